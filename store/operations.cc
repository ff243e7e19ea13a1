#include "store/operations.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "core/bytes.h"
#include "store/contribution.h"
#include "store/enums.h"
#include "store/keys.h"
#include "store/resolution.h"
#include "store/scan.h"

namespace mailuo::store {
namespace {

constexpr std::uint8_t kOperationVersion = 1;
constexpr std::string_view kJournalPrefix = "J";

void AddParty(ByteWriter& bytes, const OperationParty& party) {
  bytes.Fixed(party.id.value, 8);
  bytes.Byte(static_cast<std::uint8_t>(party.type));
  bytes.Text(party.name);
}

OperationParty ReadParty(ByteReader& bytes) {
  OperationParty party;
  party.id = EntityId{bytes.Fixed(8)};
  party.type = ReadEnum<MentionType>(bytes);
  party.name = bytes.Text();
  return party;
}

// What the operation means: everything but day and reason.
void AddMeaning(ByteWriter& bytes, const EntityOperation& operation) {
  bytes.Byte(static_cast<std::uint8_t>(operation.kind));
  AddParty(bytes, operation.from);
  AddParty(bytes, operation.into);
  bytes.Varint(operation.aliases.size());
  for (const std::string& alias : operation.aliases) bytes.Text(alias);
  bytes.Varint(operation.articles.size());
  for (const ArticleId& article : operation.articles) {
    bytes.Fixed(article.high, 8);
    bytes.Fixed(article.low, 8);
  }
}

std::optional<std::uint64_t> ParseNumber(std::string_view key) {
  ByteReader bytes(key);
  if (bytes.Bytes(kJournalPrefix.size()) != kJournalPrefix) return std::nullopt;
  const std::uint64_t number = bytes.Fixed(8);
  return bytes.Complete() && number != 0 ? std::optional(number) : std::nullopt;
}

// From the last to the first: what undoes an operation comes after it.
void MarkUndone(std::vector<JournalEntry>& journal) {
  for (auto entry = journal.rbegin(); entry != journal.rend(); ++entry) {
    if (entry->operation.kind != OperationKind::kUndo || entry->undone_by != 0) continue;
    const std::uint64_t target = entry->operation.undoes;
    if (target >= 1 && target < entry->number) journal[target - 1].undone_by = entry->number;
  }
}

bool Touches(const EntityOperation& a, const EntityOperation& b) {
  const auto is_party = [&b](EntityId id) { return id == b.from.id || id == b.into.id; };
  return is_party(a.from.id) || is_party(a.into.id);
}

std::string Called(const OperationParty& party) {
  return fmt::format("{} ({})", party.name, FormatId(party.type, party.id));
}

Status CheckParty(const Resolution& resolution, const OperationParty& party) {
  if (!party.id) return Error{ErrorCode::kInvalidArgument, "an operation names no entity"};
  if (party.name.empty() || party.name.size() > kMaxNameBytes) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("a name must be 1 to {} bytes", kMaxNameBytes)};
  }
  const EntityId now = resolution.Current(party.id);
  if (now == party.id) return {};
  return Error{ErrorCode::kAlreadyExists,
               fmt::format("{} is {} since operation {}: name that one, or undo the operation", Called(party),
                           resolution.NameOf(now), resolution.MergedBy(party.id))};
}

Status CheckUndo(std::span<const JournalEntry> journal, EntityOperation& undo) {
  if (undo.undoes == 0 || undo.undoes > journal.size()) {
    return Error{ErrorCode::kNotFound,
                 journal.empty()
                     ? std::string("the journal is empty: there is nothing to undo")
                     : fmt::format("there is no operation {}: the journal has 1 to {}", undo.undoes, journal.size())};
  }
  const JournalEntry& target = journal[undo.undoes - 1];
  if (target.undone_by != 0) {
    return Error{ErrorCode::kAlreadyExists,
                 fmt::format("operation {} is undone already, by operation {}", target.number, target.undone_by)};
  }
  // What the target changes in the end: an undo of an undo brings back the first operation, at its place.
  std::uint64_t root = target.number;
  while (journal[root - 1].operation.kind == OperationKind::kUndo) root = journal[root - 1].operation.undoes;
  for (std::size_t i = root; i < journal.size(); ++i) {
    const JournalEntry& later = journal[i];
    if (later.undone_by != 0 || later.operation.kind == OperationKind::kUndo) continue;
    if (!Touches(later.operation, journal[root - 1].operation)) continue;
    return Error{ErrorCode::kAlreadyExists,
                 fmt::format("operation {} builds on operation {}: undo it first", later.number, root)};
  }
  undo.from = target.operation.from;
  undo.into = target.operation.into;
  return {};
}

}  // namespace

std::string_view Word(OperationKind kind) {
  constexpr std::array<std::string_view, 3> kWords{"merge", "split", "undo"};
  const auto index = static_cast<std::size_t>(kind) - 1;
  return index < kWords.size() ? kWords[index] : std::string_view();
}

std::string OperationKey(std::uint64_t number) {
  std::string key(kJournalPrefix);
  ByteWriter(key).Fixed(number, 8);
  return key;
}

std::string EncodeOperation(const EntityOperation& operation) {
  std::string out;
  ByteWriter bytes(out);
  bytes.Byte(kOperationVersion);
  AddMeaning(bytes, operation);
  bytes.Varint(operation.undoes);
  bytes.Varint(DayNumber(operation.day));
  bytes.Text(operation.reason);
  return out;
}

std::optional<EntityOperation> DecodeOperation(std::string_view raw) {
  ByteReader bytes(raw);
  if (bytes.Byte() != kOperationVersion) return std::nullopt;
  EntityOperation operation;
  operation.kind = ReadEnum<OperationKind>(bytes);
  operation.from = ReadParty(bytes);
  operation.into = ReadParty(bytes);
  operation.aliases.resize(bytes.Count(1));
  for (std::string& alias : operation.aliases) alias = bytes.Text();
  operation.articles.resize(bytes.Count(16));
  for (ArticleId& article : operation.articles) {
    article.high = bytes.Fixed(8);
    article.low = bytes.Fixed(8);
  }
  operation.undoes = bytes.Varint();
  const auto day = DayOfNumber(static_cast<std::uint32_t>(bytes.Varint(kMaxDayNumber)));
  operation.reason = bytes.Text();
  if (!bytes.Complete() || !day) return std::nullopt;
  operation.day = *day;
  return operation;
}

Result<std::vector<JournalEntry>> ReadJournal(const EngineView& view) {
  std::vector<JournalEntry> journal;
  const auto cursor = view.Scan(Table::kMeta, std::string(kJournalPrefix));
  for (cursor->Seek(kJournalPrefix); cursor->valid(); cursor->Next()) {
    const auto number = ParseNumber(cursor->key());
    auto operation = DecodeOperation(cursor->value());
    if (!number || *number != journal.size() + 1 || !operation) return Damaged(cursor->key());
    journal.push_back({*number, *std::move(operation), 0});
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  MarkUndone(journal);
  return journal;
}

Status CheckOperation(std::span<const JournalEntry> journal, EntityOperation& operation) {
  if (operation.reason.size() > kMaxReasonBytes) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("a reason may have {} bytes", kMaxReasonBytes)};
  }
  if (operation.kind == OperationKind::kUndo) return CheckUndo(journal, operation);
  const Resolution resolution(journal, nullptr);
  MAILUO_RETURN_IF_ERROR(CheckParty(resolution, operation.from));
  MAILUO_RETURN_IF_ERROR(CheckParty(resolution, operation.into));
  if (operation.from.id == operation.into.id) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("both are {}", Called(operation.from))};
  }
  if (operation.kind == OperationKind::kMerge) {
    if (operation.from.type == operation.into.type) return {};
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("{} is a {} and {} a {}: only entities of one type can be merged", operation.from.name,
                             Word(operation.from.type), operation.into.name, Word(operation.into.type))};
  }
  const std::size_t conditions = operation.aliases.size() + operation.articles.size();
  if (conditions == 0 || conditions > kMaxSplitConditions) {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("a split takes 1 to {} aliases and articles", kMaxSplitConditions)};
  }
  const auto bad = [](const std::string& alias) { return alias.empty() || alias.size() > kMaxNameBytes; };
  if (std::any_of(operation.aliases.begin(), operation.aliases.end(), bad)) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("an alias must be 1 to {} bytes", kMaxNameBytes)};
  }
  return {};
}

std::string OperationsDigest(std::span<const JournalEntry> journal) {
  std::string meaning;
  for (const JournalEntry& entry : journal) {
    if (entry.undone_by != 0 || entry.operation.kind == OperationKind::kUndo) continue;
    ByteWriter bytes(meaning);
    AddMeaning(bytes, entry.operation);
  }
  if (meaning.empty()) return {};
  const ArticleId hash = StableHash128(meaning);
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

}  // namespace mailuo::store
