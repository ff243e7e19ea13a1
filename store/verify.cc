// Verify: is the graph exactly the sum of what its articles contribute?
//
// Both sides are added up into fingerprints, many buckets of them by key, in one pass over the articles and one over
// the graph, whatever the size of the store. Only the keys of buckets that differ are then compared one by one.
#include <map>
#include <vector>

#include <fmt/core.h>

#include "core/bytes.h"
#include "store/contribution.h"
#include "store/keys.h"
#include "store/meta.h"
#include "store/reader.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/sums.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

constexpr std::size_t kBuckets = 4096;

std::string ToHex(std::string_view bytes) {
  std::string hex;
  for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<std::uint8_t>(c));
  return hex;
}

std::size_t BucketOf(std::string_view key) { return StableHash64(key) % kBuckets; }

// Of one key and value, such that sums of values have the sum of the fingerprints. Nothing for a damaged value.
std::optional<std::uint64_t> Fingerprint(std::string_view key, std::string_view value) {
  const std::uint64_t key_hash = StableHash64(key);
  if (key.empty() || !IsTallySpace(static_cast<Space>(key[0]))) return key_hash * 3 ^ StableHash64(value);
  std::uint64_t sum = 0;
  std::string cell;  // Where a counter stands: its key, code and column (of a neighbour list: its row, the neighbour).
  const auto add = [&](std::uint64_t code, std::uint64_t column, std::int64_t count) {
    cell.clear();
    ByteWriter bytes(cell);
    bytes.Fixed(key_hash, 8);
    bytes.Fixed(code, 8);
    bytes.Fixed(column, 8);
    sum += StableHash64(cell) * static_cast<std::uint64_t>(count);
  };
  if (IsNeighbourList(value)) {
    const auto rows = DecodeNeighbours(value);
    if (!rows) return std::nullopt;
    for (const NeighbourRow& row : *rows) add(row.code, row.other, row.count);
    return sum;
  }
  const auto tally = DecodeTally(value);
  if (!tally) return std::nullopt;
  for (const TallyRow& row : tally->rows) {
    for (std::size_t i = 0; i < tally->width; ++i) add(row.code, i, row.counts[i]);
  }
  return sum;
}

class Verifier {
 public:
  Verifier(const EngineView& view, NameFolder fold_name, std::size_t max_problems)
      : view_(view), fold_name_(fold_name), max_problems_(max_problems), expected_(kBuckets), found_(kBuckets) {}

  Result<std::vector<std::string>> Run() {
    MAILUO_RETURN_IF_ERROR(EachArticle(true, [this](const ArticleId& /*id*/, const std::vector<Change>& changes) {
      for (const Change& change : changes) {
        if (const auto print = Fingerprint(change.key, change.value)) expected_[BucketOf(change.key)] += *print;
      }
    }));
    MAILUO_RETURN_IF_ERROR(EachRecord([this](std::string_view key, std::string_view value) {
      const auto print = Fingerprint(key, value);
      if (print) {
        found_[BucketOf(key)] += *print;
      } else {
        Report(fmt::format("the record of key {} ({}) is damaged", ToHex(key), SpaceName(static_cast<Space>(key[0]))));
      }
    }));
    if (expected_ != found_) MAILUO_RETURN_IF_ERROR(Compare());
    return std::move(problems_);
  }

 private:
  void Report(std::string problem) {
    if (problems_.size() < max_problems_) problems_.push_back(std::move(problem));
  }

  template <typename Visit>
  Status EachArticle(bool report, Visit visit) {
    const auto cursor = view_.Scan(Table::kArticles, "");
    for (cursor->Seek(""); cursor->valid(); cursor->Next()) {
      const auto id = ParseArticleKey(cursor->key());
      const auto record = id ? DecodeArticle(*id, cursor->value()) : std::nullopt;
      if (!record) {
        const std::string name = id ? FormatId(*id) : ToHex(cursor->key());
        if (report) Report(fmt::format("the record of article {} is damaged", name));
        continue;
      }
      if (const Status valid = Validate(record->stored); !valid) {
        if (report) Report(valid.error().message);
        continue;
      }
      const std::vector<Change> changes = Contribution(record->stored, fold_name_);
      if (report && Sum(changes) != record->sum) {
        Report(fmt::format("the reverse record of article {} does not fit it", FormatId(*id)));
      }
      visit(*id, changes);
    }
    return cursor->status();
  }

  template <typename Visit>
  Status EachRecord(Visit visit) {
    const auto cursor = view_.Scan(Table::kGraph, "");
    for (cursor->Seek(""); cursor->valid(); cursor->Next()) visit(cursor->key(), cursor->value());
    return cursor->status();
  }

  bool Differs(std::string_view key) const {
    const std::size_t bucket = BucketOf(key);
    return expected_[bucket] != found_[bucket];
  }

  // Key by key, in the buckets that differ.
  Status Compare() {
    std::map<std::string, std::string, std::less<>> expected;
    std::map<std::string, ArticleId, std::less<>> contributor;
    MAILUO_RETURN_IF_ERROR(EachArticle(false, [&](const ArticleId& id, const std::vector<Change>& changes) {
      for (const Change& change : changes) {
        if (!Differs(change.key)) continue;
        std::string& value = expected[change.key];
        const std::array<std::string_view, 2> parts{value, change.value};
        value = value.empty() ? change.value : AddSums(parts).value_or(change.value);
        contributor[change.key] = id;
      }
    }));
    MAILUO_RETURN_IF_ERROR(EachRecord([&](std::string_view key, std::string_view value) {
      if (!Differs(key)) return;
      const auto want = expected.find(key);
      const bool tally = IsTallySpace(static_cast<Space>(key[0]));
      if (want == expected.end()) {
        if (!(tally && IsEmptySum(value))) Report(Describe(key, "belongs to no article"));
        return;
      }
      if (want->second != value) {
        Report(Describe(key, tally ? "does not count what the articles hold"
                                   : "differs from article " + FormatId(contributor[want->first])));
      }
      expected.erase(want);
    }));
    for (const auto& [key, value] : expected) {
      Report(Describe(key, "is missing; article " + FormatId(contributor[key]) + " has it"));
    }
    return {};
  }

  static std::string Describe(std::string_view key, std::string_view problem) {
    return fmt::format("{} key {} {}", SpaceName(static_cast<Space>(key[0])), ToHex(key), problem);
  }

  const EngineView& view_;
  NameFolder fold_name_;
  std::size_t max_problems_;
  std::vector<std::uint64_t> expected_;
  std::vector<std::uint64_t> found_;
  std::vector<std::string> problems_;
};

}  // namespace

Result<std::vector<std::string>> Reader::Verify(std::size_t max_problems) const {
  MAILUO_ASSIGN_OR_RETURN(const StoreVersions versions, ReadVersions(view_->base()));
  if (versions.folder != FolderFingerprint(view_->fold_name())) {
    return Error{ErrorCode::kInvalidArgument, "the store was written with another StoreOptions::fold_name"};
  }
  return Verifier(view_->base(), view_->fold_name(), max_problems).Run();
}

}  // namespace mailuo::store
