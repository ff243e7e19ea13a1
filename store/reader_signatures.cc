// Signatures: copies of an article, and what stories are made from.
#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "store/keys.h"
#include "store/reader.h"
#include "store/scan.h"
#include "store/signature_record.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

// A phrase of a site's own may be the smallest hash of thousands of its articles; they are not walked through.
constexpr std::size_t kMaxBandArticles = 256;

Result<std::optional<SignatureFacts>> ReadSignature(const EngineView& view, const SignatureKey& key) {
  const std::string bytes = Encode(key);
  MAILUO_ASSIGN_OR_RETURN(const auto value, view.Get(Table::kGraph, bytes));
  if (!value) return std::optional<SignatureFacts>{};
  auto facts = DecodeSignatureFacts(*value);
  if (!facts) return Damaged(bytes);
  return facts;
}

// Articles of one day, put in order of publication.
class DayBuffer {
 public:
  explicit DayBuffer(const Visitor<SignedArticle>& visit) : visit_(visit) {}
  void Add(const SignatureKey& key, SignatureFacts facts) {
    articles_.push_back(
        {facts.minute, {key.article, *DayOfNumber(key.published), std::move(facts.signature.features)}});
  }
  std::optional<Date> day() const {
    return articles_.empty() ? std::nullopt : std::optional(articles_.front().article.published);
  }
  // False: the visitor has enough.
  bool Flush() {
    std::sort(articles_.begin(), articles_.end(), [](const Timed& a, const Timed& b) {
      return std::tie(a.minute, a.article.article) < std::tie(b.minute, b.article.article);
    });
    const bool more =
        std::all_of(articles_.begin(), articles_.end(), [this](const Timed& timed) { return visit_(timed.article); });
    articles_.clear();
    return more;
  }

 private:
  struct Timed {
    std::int16_t minute;
    SignedArticle article;
  };
  const Visitor<SignedArticle>& visit_;
  std::vector<Timed> articles_;
};

}  // namespace

Result<std::vector<CopyRef>> Reader::Copies(const ArticleRef& article) const {
  const EngineView& view = view_->engine();
  MAILUO_ASSIGN_OR_RETURN(const auto own, ReadSignature(view, {DayNumber(article.published), article.article}));
  std::vector<CopyRef> copies;
  if (!own) return copies;
  std::map<ArticleId, std::uint32_t> candidates;
  for (const std::uint64_t band : own->signature.bands) {
    if (band == 0) continue;
    RangeScan scan(view, DaysOf(BandPrefix(band), DayWindow({}, as_of_)), Order::kNewestFirst, {});
    for (std::size_t seen = 0; scan.valid() && seen < kMaxBandArticles; scan.Next(), ++seen) {
      const auto key = ParseBandKey(scan.key());
      if (!key) return Damaged(scan.key());
      if (key->article != article.article) candidates.emplace(key->article, key->published);
    }
    MAILUO_RETURN_IF_ERROR(scan.status());
  }
  for (const auto& [id, published] : candidates) {
    MAILUO_ASSIGN_OR_RETURN(const auto other, ReadSignature(view, {published, id}));
    if (other && story::NearIdentical(own->signature, other->signature)) copies.push_back({id, DayOfNumber(published)});
  }
  std::sort(copies.begin(), copies.end(), [](const CopyRef& a, const CopyRef& b) {
    return std::tie(b.published, a.article) < std::tie(a.published, b.article);
  });
  return copies;
}

Result<std::vector<std::size_t>> Reader::GroupCopies(const std::vector<ArticleRef>& articles) const {
  std::vector<std::size_t> first(articles.size());
  std::iota(first.begin(), first.end(), std::size_t{0});
  if (articles.size() < 2) return first;
  const auto root = [&first](std::size_t i) {
    while (first[i] != i) i = first[i];
    return i;
  };
  std::vector<story::Signature> signatures;
  signatures.reserve(articles.size());
  std::map<std::uint64_t, std::vector<std::size_t>> by_band;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    MAILUO_ASSIGN_OR_RETURN(auto facts,
                            ReadSignature(view_->engine(), {DayNumber(articles[i].published), articles[i].article}));
    signatures.push_back(facts ? std::move(facts->signature) : story::Signature{});
    for (const std::uint64_t band : signatures[i].bands) {
      if (band == 0) continue;
      for (const std::size_t other : by_band[band]) {
        const std::size_t a = root(i);
        const std::size_t b = root(other);
        if (a != b && story::NearIdentical(signatures[i], signatures[other])) first[std::max(a, b)] = std::min(a, b);
      }
      if (by_band[band].size() < kMaxBandArticles) by_band[band].push_back(i);
    }
  }
  for (std::size_t i = 0; i < first.size(); ++i) first[i] = root(i);
  return first;
}

Status Reader::VisitSignatures(std::optional<Date> from, const Visitor<SignedArticle>& visit) const {
  // From the first day on: undated articles come after all days.
  KeySpan span =
      DaysOf(SpacePrefix(Space::kSignature), DayWindow({from ? from : DayOfNumber(1), std::nullopt}, as_of_));
  RangeScan scan(view_->engine(), std::move(span), Order::kOldestFirst, {});
  DayBuffer buffer(visit);
  for (; scan.valid(); scan.Next()) {
    const auto key = ParseSignatureKey(scan.key());
    auto facts = key ? DecodeSignatureFacts(scan.value()) : std::nullopt;
    if (!facts) return Damaged(scan.key());
    if (buffer.day() && *buffer.day() != *DayOfNumber(key->published) && !buffer.Flush()) return {};
    buffer.Add(*key, *std::move(facts));
  }
  MAILUO_RETURN_IF_ERROR(scan.status());
  buffer.Flush();
  return {};
}

Result<std::vector<DayOfArticles>> Reader::PublicationDays() const {
  std::vector<DayOfArticles> days;
  KeySpan span = DaysOf(SpacePrefix(Space::kPublished), DayWindow({DayOfNumber(1), std::nullopt}, as_of_));
  RangeScan scan(view_->engine(), std::move(span), Order::kNewestFirst, {});
  for (; scan.valid(); scan.Next()) {
    const auto key = ParsePublishedKey(scan.key());
    const auto day = key ? DayOfNumber(key->published) : std::nullopt;
    if (!day) return Damaged(scan.key());
    if (days.empty() || days.back().day != *day) days.push_back({*day, 0, 0});
    ++days.back().articles;
    days.back().fingerprint += StableHash64(scan.key());
  }
  MAILUO_RETURN_IF_ERROR(scan.status());
  std::reverse(days.begin(), days.end());
  return days;
}

}  // namespace mailuo::store
