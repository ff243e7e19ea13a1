#include "store/prepared.h"

#include <utility>

#include "store/keys.h"
#include "store/records.h"

namespace mailuo::store {

void ChangePack::Reserve(std::size_t changes, std::size_t bytes) {
  entries_.reserve(changes);
  bytes_.reserve(bytes);
}

void ChangePack::Add(Table table, ChangeKind kind, std::string_view key, std::string_view value) {
  Entry& entry = entries_.emplace_back();
  entry.key = static_cast<std::uint32_t>(bytes_.size());
  bytes_ += key;
  entry.value = static_cast<std::uint32_t>(bytes_.size());
  bytes_ += value;
  entry.table = table;
  entry.kind = kind;
}

Result<PreparedArticle> Prepare(const StoredArticle& stored, NameFolder fold_name) {
  MAILUO_RETURN_IF_ERROR(Validate(stored));
  const std::vector<Change> changes = Contribution(stored, fold_name);
  const std::string record = EncodeArticle(stored, Sum(changes));
  const std::string key = ArticleKey(stored.article.id);
  std::size_t bytes = key.size() + record.size();
  for (const Change& change : changes) bytes += change.key.size() + change.value.size();
  PreparedArticle prepared;
  prepared.id = stored.article.id;
  prepared.changes.Reserve(changes.size() + 1, bytes);
  for (const Change& change : changes) {
    const ChangeKind kind = IsTally(change) ? ChangeKind::kAdd : ChangeKind::kPut;
    prepared.changes.Add(Table::kGraph, kind, change.key, change.value);
  }
  prepared.changes.Add(Table::kArticles, ChangeKind::kPut, key, record);
  return prepared;
}

}  // namespace mailuo::store
