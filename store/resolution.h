// Who is meant, by what the operations in force say: ids that annotations carry ("raw") to the entities that answers
// speak of. Operations apply in the order of the journal: an id goes on to `into` of the first operation that fits it,
// then to that of the first later one, and so on; there are no cycles, because numbers only grow.
// Thread safety: const methods may be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/contribution.h"
#include "store/operations.h"
#include "store/postings.h"

namespace mailuo::store {

class Resolution {
 public:
  // One id of one article that is another entity there.
  struct Rename {
    EntityId from;
    EntityId into;
    bool split = false;  // Somewhere on the way: then the article's own name and tickers for it do not hold.
    const OperationParty* party = nullptr;  // `into`; lives as long as the resolution.
    friend bool operator==(const Rename& a, const Rename& b) {
      return a.from == b.from && a.into == b.into && a.split == b.split;
    }
  };

  Resolution() = default;
  // Of the entries that are in force. `fold_name` may be null: then aliases are compared as they are.
  Resolution(std::span<const JournalEntry> journal, NameFolder fold_name);

  bool empty() const { return operations_.empty(); }

  // The entity that `raw` was merged into, over any number of steps; else `raw`.
  EntityId Current(EntityId raw) const { return CurrentByName(raw, {}); }
  // The same for one who is only known to be called `folded`: a split of that alias counts too.
  EntityId CurrentByName(EntityId raw, std::string_view folded) const;
  // Everyone who was merged into `current`, by id; without itself.
  std::vector<OperationParty> MembersOf(EntityId current) const;
  // The aliases that splits gave to `current`, as they were given.
  std::vector<std::string> AliasesOf(EntityId current) const;
  // As operations name the entity; null for one that is `into` of none.
  const OperationParty* Known(EntityId id) const;
  // All that operations name, each by what it is now.
  std::vector<OperationParty> Parties() const;
  std::string NameOf(EntityId id) const;       // Known or not.
  std::uint64_t MergedBy(EntityId raw) const;  // Number of the operation; 0: not merged into another.

  // ---- Of articles. ----
  // Ids that may be others in some article; in ascending order.
  std::vector<EntityId> Sources() const;
  bool IsMerged(EntityId raw) const { return MergedBy(raw) != 0; }
  // Conditions of splits of `raw` that do not follow a merge of it.
  std::vector<const EntityOperation*> SplitsOf(EntityId raw) const;
  std::vector<Rename> RenamesOf(const StoredArticle& stored) const;

  // The annotation as it would be if extraction had known: for the graph. A relation of an entity with itself ends.
  static void ForGraph(std::span<const Rename> renames, Annotation& annotation);
  // The same for people: names are those of the entities, and nothing is taken out.
  static void ForDisplay(std::span<const Rename> renames, Annotation& annotation);

 private:
  struct Step {
    std::uint64_t number = 0;
    EntityOperation operation;
    std::vector<std::string> folded;  // Of its aliases, ascending.
  };

  std::vector<Step> operations_;
  std::map<EntityId, std::vector<std::size_t>> by_source_;  // Ascending indexes of operations_.
  NameFolder fold_name_ = nullptr;
};

}  // namespace mailuo::store
