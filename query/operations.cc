#include "query/operations.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "query/cursor.h"
#include "query/journal.h"
#include "query/session.h"
#include "store/store.h"
#include "text/folded_text.h"

namespace mailuo::query {
namespace {

constexpr std::size_t kNamesInHint = 12;

store::OperationParty ToParty(const EntityRef& entity) { return {entity.id, entity.type, entity.name}; }

// What the journal refuses.
Problem FromJournal(const Error& error, std::string parameter) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument: return BadParameter(std::move(parameter), error.message);
    case ErrorCode::kNotFound: return {ProblemKind::kNotFound, error.message, std::move(parameter), {}, {}};
    case ErrorCode::kAlreadyExists:
      return {ProblemKind::kConflict, error.message, std::move(parameter), "the journal lists the operations", {}};
    default: return FromError(error);
  }
}

bool SameName(std::string_view a, std::string_view b) { return text::FoldKey(a) == text::FoldKey(b); }

// Every alias is a name of the entity.
Answer<void> CheckAliases(const Engine& engine, const EntityRef& entity, const std::vector<std::string>& aliases) {
  EntityRequest page;
  page.entity = FormatId(entity.type, entity.id);
  page.relations = 0;
  MAILUO_ANSWER(const EntityResult known, engine.Entity(page));
  for (const std::string& alias : aliases) {
    const auto same = [&](const EntityResult::Name& name) { return SameName(name.text, alias); };
    if (std::any_of(known.names.begin(), known.names.end(), same)) continue;
    std::string names;
    for (std::size_t i = 0; i < std::min(known.names.size(), kNamesInHint); ++i) {
      names += (names.empty() ? "" : ", ") + known.names[i].text;
    }
    return Refuse(
        BadParameter("alias", fmt::format("{} is never called \"{}\"", entity.name, alias), "its names: " + names));
  }
  return {};
}

// Every article is there and names the entity.
Answer<std::vector<ArticleId>> FindArticles(const store::Reader& reader, const EntityRef& entity,
                                            const std::vector<std::string>& articles) {
  std::vector<ArticleId> ids;
  for (const std::string& text : articles) {
    const auto id = ParseArticleId(text);
    if (!id) {
      return Refuse(BadParameter("article", fmt::format("\"{}\" is not an article id", text), "ar_ and 32 hex digits"));
    }
    MAILUO_ANSWER(const auto stored, reader.GetArticle(*id));
    if (!stored) return Refuse(BadParameter("article", "no such article: " + text));
    const auto& mentions = stored->annotation.mentions;
    if (std::none_of(mentions.begin(), mentions.end(), [&](const Mention& m) { return m.entity == entity.id; })) {
      return Refuse(BadParameter("article", fmt::format("{} does not mention {}", text, entity.name)));
    }
    ids.push_back(*id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// The entity that a split goes to: the one that `into` names, or a new one.
Answer<EntityRef> FindTarget(const Engine& engine, const EntityRef& from, const SplitRequest& request) {
  if (!request.into.empty() && !request.as.empty()) {
    return Refuse(BadParameter("as", "into names a known entity, as a new one: give one of them"));
  }
  if (!request.into.empty()) {
    MAILUO_ANSWER(const EntityMatch match, engine.Find(request.into, {}, "into"));
    return match.entity;
  }
  if (request.as.empty() && request.aliases.size() != 1) {
    return Refuse(BadParameter("as", "whose are they? give into (a known entity) or as (the name of a new one)"));
  }
  const std::string& name = request.as.empty() ? request.aliases.front() : request.as;
  if (name.size() > kMaxNameBytes) return Refuse(BadParameter("as", "as must be 1 to 512 bytes"));
  const MentionType type = request.type.value_or(from.type);
  const EntityRef target{MakeEntityId(type, text::FoldKey(name)), type, name};
  if (target.id == from.id) {
    return Refuse(BadParameter("as", fmt::format("{} is the name of the entity itself", name),
                               "give the new one another name, with what tells it apart"));
  }
  const std::string id = FormatId(type, target.id);
  if (engine.Find(id)) {
    return Refuse(BadParameter("as", fmt::format("there is an entity {} ({})", name, id), "name it with into"));
  }
  return target;
}

}  // namespace

OperationItem ToItem(const store::JournalEntry& entry) {
  const store::EntityOperation& operation = entry.operation;
  OperationItem item;
  item.number = entry.number;
  item.kind = Word(operation.kind);
  item.day = operation.day;
  item.reason = operation.reason;
  item.from = {operation.from.id, operation.from.type, operation.from.name};
  item.into = {operation.into.id, operation.into.type, operation.into.name};
  item.aliases = operation.aliases;
  item.articles = operation.articles;
  item.undoes = operation.undoes;
  item.undone_by = entry.undone_by;
  return item;
}

Answer<OperationsResult> ListOperations(Session& session, const OperationsRequest& request) {
  const QuestionHash hash("operations");
  MAILUO_ANSWER(const std::string after, DecodeCursor(request.page.cursor, hash.value()));
  MAILUO_ANSWER(const auto journal, session.reader().Operations());
  OperationsResult result;
  result.snapshot = session.MakeSnapshot();
  result.page.limit = request.page.limit;
  result.page.total = journal.size();
  // The last one first: what one wants to undo is most often new.
  for (auto entry = journal.rbegin(); entry != journal.rend(); ++entry) {
    const std::string position = fmt::format("{:016x}", entry->number);
    if (!after.empty() && position >= after) continue;
    if (result.items.size() == request.page.limit) {
      result.page.next_cursor = EncodeCursor(hash.value(), fmt::format("{:016x}", result.items.back().number));
      break;
    }
    result.items.push_back(ToItem(*entry));
  }
  return result;
}

namespace {

Answer<OperationResult> Record(const Engine& engine, store::Store& store, const store::EntityOperation& operation,
                               std::string parameter) {
  const auto number = store.Operate(operation);
  if (!number) return Refuse(FromJournal(number.error(), std::move(parameter)));
  MAILUO_ANSWER(const auto journal, store.Read().Operations());
  OperationResult result;
  result.operation = ToItem(journal.at(*number - 1));
  const auto now = [&](const EntityRef& entity) -> EntityMatch {
    auto match = engine.Find(FormatId(entity.type, entity.id));
    if (match) return *std::move(match);
    EntityMatch nobody;
    nobody.entity = entity;
    return nobody;
  };
  result.from = now(result.operation.from);
  result.into = now(result.operation.into);
  return result;
}

}  // namespace

Answer<OperationResult> Operator::Merge(const MergeRequest& request) const {
  MAILUO_ANSWER(const EntityMatch into, engine_.Find(request.entity, {}, "entity"));
  MAILUO_ANSWER(const EntityMatch from, engine_.Find(request.with, {}, "with"));
  if (into.entity.id == from.entity.id) {
    return Refuse(BadParameter("with", fmt::format("both names stand for {} ({})", into.entity.name,
                                                   FormatId(into.entity.type, into.entity.id))));
  }
  store::EntityOperation operation;
  operation.kind = store::OperationKind::kMerge;
  operation.day = request.day;
  operation.reason = request.reason;
  operation.from = ToParty(from.entity);
  operation.into = ToParty(into.entity);
  return Record(engine_, store_, operation, "with");
}

Answer<OperationResult> Operator::Split(const SplitRequest& request) const {
  if (request.aliases.empty() && request.articles.empty()) {
    return Refuse(BadParameter("alias", "what is to be split off? give an alias or an article"));
  }
  MAILUO_ANSWER(const EntityMatch from, engine_.Find(request.entity, {}, "entity"));
  MAILUO_ANSWER_CHECK(CheckAliases(engine_, from.entity, request.aliases));
  MAILUO_ANSWER(std::vector<ArticleId> articles, FindArticles(store_.Read(), from.entity, request.articles));
  MAILUO_ANSWER(const EntityRef into, FindTarget(engine_, from.entity, request));
  store::EntityOperation operation;
  operation.kind = store::OperationKind::kSplit;
  operation.day = request.day;
  operation.reason = request.reason;
  operation.from = ToParty(from.entity);
  operation.into = ToParty(into);
  operation.aliases = request.aliases;
  operation.articles = std::move(articles);
  return Record(engine_, store_, operation, "into");
}

Answer<OperationResult> Operator::Undo(const UndoRequest& request) const {
  store::EntityOperation operation;
  operation.kind = store::OperationKind::kUndo;
  operation.day = request.day;
  operation.reason = request.reason;
  operation.undoes = request.number;
  return Record(engine_, store_, operation, "number");
}

}  // namespace mailuo::query
