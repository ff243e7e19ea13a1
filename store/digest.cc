// Readers of the whole: distinct counts and the digest.
#include <algorithm>

#include <fmt/core.h>

#include "core/bytes.h"
#include "store/contribution.h"
#include "store/interval.h"
#include "store/keys.h"
#include "store/reader.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/sums.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

// A hash over any amount of bytes, in pieces: each full buffer is hashed together with the hash before it.
class ChainedHash {
 public:
  void Add(std::string_view bytes) {
    ByteWriter(buffer_).Text(bytes);
    if (buffer_.size() >= kBufferSize) Turn();
  }
  std::string Finish() {
    Turn();
    return fmt::format("{:016x}{:016x}", hash_.high, hash_.low);
  }

 private:
  static constexpr std::size_t kBufferSize = std::size_t{1} << 20;
  void Turn() {
    ByteWriter writer(buffer_);
    writer.Fixed(hash_.high, 8);
    writer.Fixed(hash_.low, 8);
    hash_ = StableHash128(buffer_);
    buffer_.clear();
  }
  std::string buffer_;
  ArticleId hash_;
};

// What an article says, without how it is stored and where a copy of it lay.
void AddArticle(ChainedHash& hash, const StoredArticle& stored) {
  const Article& article = stored.article;
  hash.Add(ArticleKey(article.id));
  for (const std::string* field : {&article.title, &article.outlet, &article.author, &article.url, &article.text}) {
    hash.Add(*field);
  }
  hash.Add(article.published ? FormatPublishedTime(*article.published) : std::string());
  hash.Add(Word(article.published_from));
  hash.Add(EncodeAnnotation(stored.annotation));
}

// Distinct entities: each has its names together.
Status CountEntities(const Reader& reader, DistinctCounts& counts) {
  return reader.VisitEntities([&counts](const EntityRecord& record) {
    ++counts.entities;
    ++counts.entities_by_type.at(static_cast<std::size_t>(record.type));
    return true;
  });
}

Status CountEvents(const EngineView& view, const DayWindow& window, DistinctCounts& counts) {
  const std::string prefix = SpacePrefix(Space::kEvent);
  const auto cursor = view.Scan(Table::kGraph, prefix);
  EventId last;  // Zero is no event.
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    const auto key = ParseEventKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    if (key->event == last || !window.Admits(key->place.published)) continue;
    const auto facts = DecodeEventFacts(cursor->value());
    if (!facts) return Damaged(cursor->key());
    last = key->event;
    ++counts.events;
    ++counts.events_by_type.at(static_cast<std::size_t>(facts->type));
  }
  return cursor->status();
}

Status CountEdges(const EngineView& view, const DayWindow& window, DistinctCounts& counts) {
  const std::string prefix = SpacePrefix(Space::kEdge);
  const auto cursor = view.Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    if (IsStateKey(cursor->key())) continue;
    const auto key = ParseEdgeKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    MAILUO_ASSIGN_OR_RETURN(const Tally tally, ReadTally(cursor->key(), cursor->value(), kEdgeWidth));
    const bool seen = std::any_of(tally.rows.begin(), tally.rows.end(), [&window](const TallyRow& row) {
      return row.counts[0] > 0 && window.Admits(UnpackEdgeCode(row.code).published);
    });
    if (!seen) continue;
    ++counts.edges;
    ++counts.edges_by_type.at(static_cast<std::size_t>(key->edge.type));
  }
  return cursor->status();
}

}  // namespace

Result<DistinctCounts> Reader::CountDistinct() const {
  const DayWindow window({}, as_of_);
  DistinctCounts counts;
  MAILUO_RETURN_IF_ERROR(CountEntities(*this, counts));
  MAILUO_RETURN_IF_ERROR(CountEvents(view_->engine(), window, counts));
  MAILUO_RETURN_IF_ERROR(CountEdges(view_->engine(), window, counts));
  return counts;
}

Result<std::string> Reader::Digest() const {
  ChainedHash hash;
  const auto articles = view_->base().Scan(Table::kArticles, "");
  for (articles->Seek(""); articles->valid(); articles->Next()) {
    const auto id = ParseArticleKey(articles->key());
    const auto record = id ? DecodeArticle(*id, articles->value()) : std::nullopt;
    if (!record) return Damaged(articles->key());
    AddArticle(hash, record->stored);
  }
  MAILUO_RETURN_IF_ERROR(articles->status());
  const auto graph = view_->base().Scan(Table::kGraph, "");
  for (graph->Seek(""); graph->valid(); graph->Next()) {
    const std::string_view key = graph->key();
    const std::string_view value = graph->value();
    if (value.empty()) return Damaged(key);
    if (IsTallySpace(static_cast<Space>(key[0])) && IsEmptySum(value)) continue;
    hash.Add(key);
    hash.Add(value.substr(1));  // Without the version of the record.
  }
  MAILUO_RETURN_IF_ERROR(graph->status());
  return hash.Finish();
}

}  // namespace mailuo::store
