// Operations of users on entities, and the journal that keeps them: "these two are one", "what these articles mean is
// another", and taking either back.
//
// The journal only grows. It changes no article and no key of the graph: what the operations in force mean is laid over
// the graph when it is read (resolution.h). So undoing one is exact, deletion of articles stays exact, and the digest
// of the graph stays a function of the set of articles. Thread safety: value types and pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/types.h"
#include "store/engine.h"

namespace mailuo::store {

// Frozen numbers.
enum class OperationKind : std::uint8_t {
  kMerge = 1,  // `from` is `into`: one entity, with the id, type and name of `into`.
  kSplit = 2,  // What the fitting articles call `from` is `into`.
  kUndo = 3,   // Operation `undoes` does not hold. Undoing an undo makes it hold again.
};
std::string_view Word(OperationKind kind);  // "merge", "split", "undo"

// An entity as it was called at the time.
struct OperationParty {
  EntityId id;
  MentionType type = MentionType::kCompany;
  std::string name;
  friend bool operator==(const OperationParty&, const OperationParty&) = default;
};

struct EntityOperation {
  OperationKind kind = OperationKind::kMerge;
  Date day;  // When it was done. Says nothing about publication days: an operation holds as of every day.
  std::string reason;
  OperationParty from;  // Of kUndo: those of the operation that it undoes.
  OperationParty into;
  // kSplit: an article fits if every written form of `from` in it is one of `aliases` (compared folded), and it is one
  // of `articles`; an empty list asks nothing, but not both are empty. One name has one sense in one article: where
  // 平安 stands beside 中国平安, it is not another 平安.
  std::vector<std::string> aliases;
  std::vector<ArticleId> articles;
  std::uint64_t undoes = 0;  // kUndo.
  friend bool operator==(const EntityOperation&, const EntityOperation&) = default;
};

struct JournalEntry {
  std::uint64_t number = 0;  // 1, 2, 3, ...
  EntityOperation operation;
  std::uint64_t undone_by = 0;  // The operation in force that undoes it; 0: it is in force.
};

// Limits of one operation.
inline constexpr std::size_t kMaxReasonBytes = 1000;
inline constexpr std::size_t kMaxSplitConditions = 1000;  // Aliases and articles together.

// "J" and the number: the key in Table::kMeta.
std::string OperationKey(std::uint64_t number);
std::string EncodeOperation(const EntityOperation& operation);
// Nothing for bytes that no EncodeOperation gives.
std::optional<EntityOperation> DecodeOperation(std::string_view bytes);

// The whole journal, by number. kCorruption: a damaged entry.
Result<std::vector<JournalEntry>> ReadJournal(const EngineView& view);

// May `operation` follow this journal? The error says in one line why not: kInvalidArgument (one and the same entity,
// two types, limits), kNotFound (a number that the journal does not have), kAlreadyExists (what an earlier operation is
// in the way of: an entity that was merged away, an operation that is undone or that a later one builds on). Completes
// the parties of an undo.
Status CheckOperation(std::span<const JournalEntry> journal, EntityOperation& operation);

// One hash of what the operations in force say, in their order, without their days and reasons; empty when none is in
// force. 32 lower-case hex digits.
std::string OperationsDigest(std::span<const JournalEntry> journal);

}  // namespace mailuo::store
