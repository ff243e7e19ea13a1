#include "store/collisions.h"

#include <optional>

#include <fmt/core.h>

#include "store/contribution.h"
#include "store/engine.h"
#include "store/keys.h"
#include "store/scan.h"
#include "store/store_parts.h"

namespace mailuo::store {

Result<std::vector<std::string>> EntityCollisions(const Store& store, NameFolder fold_name, std::size_t max_found) {
  const std::string prefix = SpacePrefix(Space::kName);
  const auto view = internal::EngineOf(store)->View();
  const auto cursor = view->Scan(Table::kGraph, prefix);
  std::vector<std::string> found;
  EntityId id;
  std::optional<MentionType> type;
  std::string folded;
  std::string name;
  for (cursor->Seek(prefix); cursor->valid() && found.size() < max_found; cursor->Next()) {
    const auto key = ParseNameKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    if (key->use != NameUse::kName) continue;
    MAILUO_ASSIGN_OR_RETURN(const Tally tally, ReadTally(cursor->key(), cursor->value(), kNameWidth));
    bool canonical = false;
    for (const TallyRow& row : tally.rows) canonical = canonical || row.counts[kAsCanonical] > 0;
    if (!canonical) continue;
    std::string key_folded = fold_name(key->text);
    if (type && id == key->entity && (*type != key->type || folded != key_folded)) {
      found.push_back(fmt::format("two entities have the id {}: {} {} and {} {}", FormatId(key->type, id), Word(*type),
                                  name, Word(key->type), key->text));
    }
    id = key->entity;
    type = key->type;
    folded = std::move(key_folded);
    name = key->text;
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  return found;
}

}  // namespace mailuo::store
