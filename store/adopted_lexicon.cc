#include "store/adopted_lexicon.h"

#include <optional>

#include "store/scan.h"

namespace mailuo::store {
namespace {

constexpr std::string_view kKey = "L";
constexpr char kVersion = 1;

}  // namespace

Result<std::string> ReadAdoptedLexicon(const EngineView& view) {
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> record, view.Get(Table::kMeta, kKey));
  if (!record) return std::string();
  if (record->empty() || record->front() != kVersion) return Damaged(kKey);
  return record->substr(1);
}

EngineChange AdoptedLexiconChange(const std::string& tsv) {
  if (tsv.empty()) return {Table::kMeta, ChangeKind::kDelete, std::string(kKey), {}};
  return {Table::kMeta, ChangeKind::kPut, std::string(kKey), std::string(1, kVersion) + tsv};
}

}  // namespace mailuo::store
