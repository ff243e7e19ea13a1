#include "query/entities.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "query/cursor.h"
#include "query/relations.h"
#include "text/folded_text.h"

namespace mailuo::query {
namespace {

// With an empty question the most mentioned entities are listed; beyond this many the list ends.
constexpr std::size_t kMaxListed = 10000;

bool Wanted(const EntitiesRequest& request, MentionType type) {
  return request.types.empty() || std::find(request.types.begin(), request.types.end(), type) != request.types.end();
}

Answer<std::vector<EntityMatch>> MostMentioned(Session& session, const EntitiesRequest& request) {
  std::vector<EntityMatch> matches;
  std::size_t visited = 0;
  const auto take = [&](const store::EntityRecord& record) {
    if (++visited % 256 == 0 && session.Late()) return false;
    if (!Wanted(request, record.type)) return true;
    EntityMatch match;
    match.entity = {record.id, record.type, record.name};
    match.matched = record.name;
    for (const store::NameSeen& ticker : record.tickers) match.tickers.push_back(ticker.text);
    match.articles = record.counts.articles;
    match.events = record.counts.events;
    match.first_seen = record.first_published;
    match.last_seen = record.last_published;
    matches.push_back(std::move(match));
    return true;
  };
  MAILUO_ANSWER_CHECK(session.reader().VisitEntities(take));
  MAILUO_ANSWER_CHECK(session.CheckDeadline());
  std::sort(matches.begin(), matches.end(), [](const EntityMatch& a, const EntityMatch& b) {
    return std::tuple(~a.articles, ~a.events, a.entity.id) < std::tuple(~b.articles, ~b.events, b.entity.id);
  });
  if (matches.size() > kMaxListed) matches.resize(kMaxListed);
  return matches;
}

void AddNames(const Session& session, const store::EntityRecord* record, EntityResult& result) {
  std::set<std::string> known;
  const EntityId id = result.match.entity.id;
  const store::Resolution& resolution = session.reader().resolution();
  const auto add_lexicon = [&](EntityId member) {
    const auto index = session.lexicon().FindById(member);
    if (!index) return;
    for (const std::string_view name : session.lexicon().Names(*index)) {
      // A split may have given it to another.
      if (!resolution.empty() && resolution.CurrentByName(member, text::FoldKey(name)) != id) continue;
      if (known.emplace(name).second) result.names.push_back({std::string(name), "lexicon", 0});
    }
  };
  add_lexicon(id);
  for (const store::OperationParty& member : resolution.MembersOf(id)) {
    result.merged.push_back({member.id, member.type, member.name});
    add_lexicon(member.id);
    if (known.emplace(member.name).second) result.names.push_back({member.name, "operations", 0});
  }
  for (const std::string& alias : resolution.AliasesOf(id)) {
    if (known.emplace(alias).second) result.names.push_back({alias, "operations", 0});
  }
  if (record == nullptr) return;
  for (const store::NameSeen& seen : record->names) {
    const auto same = std::find_if(result.names.begin(), result.names.end(),
                                   [&](const EntityResult::Name& name) { return name.text == seen.text; });
    if (same != result.names.end()) {
      same->articles = seen.articles;
    } else {
      result.names.push_back({seen.text, "articles", seen.articles});
    }
  }
}

void AddTickers(const store::EntityRecord* record, EntityResult& result) {
  for (const std::string& ticker : result.match.tickers) result.tickers.push_back({ticker, "lexicon", 0});
  if (record == nullptr) return;
  for (const store::NameSeen& seen : record->tickers) {
    const auto same = std::find_if(result.tickers.begin(), result.tickers.end(),
                                   [&](const EntityResult::Ticker& t) { return t.ticker == seen.text; });
    if (same != result.tickers.end()) {
      same->articles = seen.articles;
    } else {
      result.tickers.push_back({seen.text, "articles", seen.articles});
    }
  }
}

void AddAttributes(const Session& session, EntityResult& result) {
  auto index = session.lexicon().FindById(result.match.entity.id);
  for (const EntityRef& member : result.merged) {
    if (!index) index = session.lexicon().FindById(member.id);
  }
  if (!index) return;
  result.kind = session.lexicon().Entity(*index).kind;
  constexpr std::array<std::string_view, 9> kKeys{"english", "country", "industry", "org",   "role",
                                                  "maker",   "issuer",  "date",     "parent"};
  for (const std::string_view key : kKeys) {
    const std::string_view value = session.lexicon().Attribute(*index, key);
    if (!value.empty()) result.attributes.emplace_back(key, value);
  }
}

}  // namespace

Answer<EntitiesResult> FindEntities(Session& session, const Lookup& lookup, const EntitiesRequest& request) {
  QuestionHash hash("entities");
  hash.Add(request.as_of).Add(request.q).Add(request.prefix ? 1 : 0).AddAll(request.types);
  MAILUO_ANSWER(const std::string after, DecodeCursor(request.page.cursor, hash.value()));
  const auto gather = [&]() -> Answer<std::vector<EntityMatch>> {
    if (request.q.empty()) return MostMentioned(session, request);
    MAILUO_ANSWER(auto matches, lookup.All(session, request.q, request.prefix));
    matches.erase(std::remove_if(matches.begin(), matches.end(),
                                 [&](const EntityMatch& m) { return !Wanted(request, m.entity.type); }),
                  matches.end());
    return matches;
  };
  MAILUO_ANSWER(auto matches, gather());
  const auto position = [](const EntityMatch& m) { return fmt::format("{:x}", m.entity.id.value); };
  auto next = matches.begin();
  if (!after.empty()) {
    next = std::find_if(matches.begin(), matches.end(), [&](const EntityMatch& m) { return position(m) == after; });
    if (next != matches.end()) ++next;
  }
  EntitiesResult result;
  result.snapshot = session.MakeSnapshot();
  result.page.limit = request.page.limit;
  result.page.total = matches.size();
  result.page.total_exact = matches.size() < kMaxListed;
  for (; next != matches.end() && result.items.size() < request.page.limit; ++next) result.items.push_back(*next);
  if (next != matches.end()) result.page.next_cursor = EncodeCursor(hash.value(), position(result.items.back()));
  return result;
}

Answer<EntityResult> DescribeEntity(Session& session, const EntityRequest& request, EntityMatch match) {
  EntityResult result;
  result.snapshot = session.MakeSnapshot();
  result.match = std::move(match);
  MAILUO_ANSWER(const auto record, session.reader().Entity(result.match.entity.id));
  const store::EntityRecord* seen = record ? &*record : nullptr;
  AddNames(session, seen, result);
  AddTickers(seen, result);
  AddAttributes(session, result);
  if (seen == nullptr) return result;
  result.articles = seen->counts.articles;
  result.sentences = seen->counts.sentences;
  result.mentions = seen->counts.mentions;
  result.events = seen->counts.events;
  result.relations = seen->counts.relations;
  if (request.relations > 0) {
    RelationsRequest top;
    top.as_of = request.as_of;
    top.page.limit = request.relations;
    MAILUO_ANSWER(auto relations, FindRelations(session, top, result.match, std::nullopt));
    result.top_relations = std::move(relations.items);
  }
  return result;
}

}  // namespace mailuo::query
