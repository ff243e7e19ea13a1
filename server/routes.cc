#include "server/routes.h"

#include <array>

#include "server/handlers.h"

namespace mailuo::server {
namespace {

constexpr auto kText = ParameterKind::kText;
constexpr auto kInteger = ParameterKind::kInteger;
constexpr auto kNumber = ParameterKind::kNumber;
constexpr auto kBoolean = ParameterKind::kBoolean;
constexpr auto kDate = ParameterKind::kDate;
constexpr auto kWords = ParameterKind::kWords;

using Parameters = std::vector<Parameter>;

Parameters operator+(Parameters left, const Parameters& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Parameters AsOf() { return {{"as_of", kDate, "Only articles published on or before this day count."}}; }

// What every list takes.
Parameters List() {
  return AsOf() + Parameters{
                      {"limit", kInteger, "Items on a page, 1..200.", "", "20"},
                      {"cursor", kText, "next_cursor of the page before."},
                      {"format", kWords, "How the list is written.", "json|ndjson|csv", "json"},
                  };
}

Parameter Entity(std::string_view name, std::string_view doc, bool required, bool many = false) {
  return {name, kText, doc, "", "", many, required};
}
constexpr std::string_view kEntityDoc = "An id, a name, an alias, a ticker in any form, or pinyin.";

Parameters Days(std::string_view what) {
  const bool published = what == "published";
  return {{"from", kDate, published ? "First publication day." : "First day, of time_field."},
          {"to", kDate, published ? "Last publication day." : "Last day, of time_field."}};
}

Parameters Selection(bool entity_required) {
  return Parameters{Entity("entity", "Takes part; repeated: all of them. An id, a name, an alias, a ticker or pinyin.",
                           entity_required, true),
                    {"type", kWords, "Event types (codes of /v1/schema).", "", "", true},
                    {"status", kWords, "occurred, planned, rumoured, denied, terminated.", "", "", true}} +
         Days("event") +
         Parameters{{"time_field", kWords, "Which day from, to and order mean.", "event|published", "event"},
                    {"min_confidence", kNumber, "Least confidence, 0..1.", "", "0"},
                    {"role", kText, "The role in which the first entity takes part."},
                    {"q", kText, "The evidence sentence holds this text."},
                    {"novel_only", kBoolean, "Only events first reported inside from..to (with time_field=published).",
                     "", "false"}};
}

Parameters Types(std::string_view name, std::string_view doc) { return {{name, kWords, doc, "", "", true}}; }

std::vector<Route> MakeQueryRoutes() {
  const Parameters evidence3{{"max_evidence", kInteger, "Sentences of each item, 1..20.", "", "3"}};
  const Parameters evidence1{{"max_evidence", kInteger, "Sentences of each item, 1..20.", "", "1"}};
  return {
      {Method::kGet,
       "/v1/entities",
       "searchEntities",
       "Entities that a text may stand for, best first, with why.",
       Parameters{{"q", kText, "What to look for; without it the most mentioned entities come."},
                  {"prefix", kBoolean, "Also names and pinyin that start with q.", "", "false"}} +
           Types("type", "Entity types.") + List(),
       {},
       true,
       GetEntities},
      {Method::kGet,
       "/v1/entities/{id}",
       "getEntity",
       "Names with their sources, tickers, counts, first and last seen, and top relations of one entity.",
       Parameters{{"relations", kInteger, "Top relations to show, 0..50.", "", "10"}} + AsOf(),
       {},
       true,
       GetEntity},
      {Method::kGet,
       "/v1/timeline",
       "getTimeline",
       "The timeline of entities: one item per distinct event, its reports folded in.",
       Selection(true) +
           Parameters{
               {"order", kWords, "By day.", "asc|desc", "asc"},
               {"bucket", kWords, "Counts by day, week or month instead of events.", "none|day|week|month", "none"}} +
           evidence3 + List(),
       {},
       true,
       GetTimeline},
      {Method::kGet,
       "/v1/events",
       "listEvents",
       "Distinct events, newest first.",
       Selection(false) + Parameters{{"order", kWords, "By day.", "asc|desc", "desc"}} + evidence1 + List(),
       {},
       true,
       GetEvents},
      {Method::kGet, "/v1/events/{id}", "getEvent", "One event with all its reports.", AsOf(), {}, true, GetEvent},
      {Method::kGet,
       "/v1/day",
       "getDay",
       "Events that happened, and articles published, on one day.",
       Parameters{{"date", kDate, "The day.", "", "", false, true}} + Types("type", "Event types.") + AsOf() +
           Parameters{{"limit", kInteger, "Events on a page, 1..200.", "", "20"},
                      {"cursor", kText, "next_cursor of the page before."}},
       {},
       true,
       GetDay},
      {Method::kGet,
       "/v1/relations",
       "listRelations",
       "Typed relations of an entity, or between two, most statements first. CO_OCCURS (statistics) only when named.",
       Parameters{Entity("entity", kEntityDoc, true), Entity("with", "The other end; else anyone.", false)} +
           Types("type", "Relation types (codes of /v1/schema).") +
           Parameters{{"direction", kWords, "Seen from entity.", "any|out|in", "any"},
                      {"status", kWords, "Statements that count.", "", "", true},
                      {"min_confidence", kNumber, "Of the best statement, 0..1.", "", "0"}} +
           Days("published") + List(),
       {},
       true,
       GetRelations},
      {Method::kGet,
       "/v1/paths",
       "findPaths",
       "The k best paths between two entities, with a quote on each hop.",
       Parameters{Entity("from", kEntityDoc, true),
                  Entity("to", kEntityDoc, true),
                  {"max_hops", kInteger, "1..4.", "", "3"},
                  {"k", kInteger, "Paths wanted, 1..10.", "", "3"}} +
           Types("types", "Relation types that may be walked.") +
           Parameters{Entity("exclude", "Entities that no path may touch.", false, true)} + AsOf() +
           Parameters{{"format", kWords, "How the list is written.", "json|ndjson|csv", "json"}},
       {},
       true,
       GetPaths},
      {Method::kGet,
       "/v1/subgraph",
       "getSubgraph",
       "Nodes and edges around an entity, for drawing.",
       Parameters{Entity("entity", kEntityDoc, true),
                  {"depth", kInteger, "1..2.", "", "1"},
                  {"max_nodes", kInteger, "2..300.", "", "50"}} +
           Types("types", "Relation types.") + AsOf(),
       {},
       true,
       GetSubgraph},
      {Method::kGet,
       "/v1/cooccurrence",
       "listCooccurrence",
       "Who appears with an entity, counted or by NPMI.",
       Parameters{Entity("entity", kEntityDoc, true),
                  {"measure", kWords, "What to rank by.", "count|npmi", "count"},
                  {"window", kWords, "Together in a sentence, or in an article.", "sentence|article", "sentence"},
                  {"min_support", kInteger, "Times a pair must meet to be ranked by npmi.", "", "2"}} +
           Days("published") + List(),
       {},
       true,
       GetCooccurrence},
      {Method::kGet,
       "/v1/stories",
       "listStories",
       "Groups of articles that follow one matter, the one with the last article first.",
       Parameters{Entity("entity", "That some of their articles mention.", false)} + Days("published") + List(),
       {},
       true,
       GetStories},
      {Method::kGet,
       "/v1/stories/{id}",
       "getStory",
       "One story: its happenings with their articles and copies, and the events that they tell.",
       AsOf(),
       {},
       true,
       GetStory},
      {Method::kGet,
       "/v1/articles",
       "listArticles",
       "Articles, newest first.",
       Parameters{Entity("entity", "That they mention.", false),
                  {"order", kWords, "By publication.", "asc|desc", "desc"}} +
           Days("published") + List(),
       {},
       true,
       GetArticles},
      {Method::kGet,
       "/v1/articles/{id}",
       "getArticle",
       "The stored text with its annotations.",
       Parameters{
           {"with", kWords, "Annotations to show: mentions, dates, events, relations, none; else all.", "", "", true}} +
           AsOf(),
       {},
       true,
       GetArticle},
      {Method::kGet,
       "/v1/operations",
       "listOperations",
       "The journal of merges, splits and undos of entities, newest first.",
       Parameters{{"limit", kInteger, "Items on a page, 1..200.", "", "20"},
                  {"cursor", kText, "next_cursor of the page before."},
                  {"format", kWords, "How the list is written.", "json|ndjson|csv", "json"}},
       {},
       true,
       GetOperations},
      {Method::kGet,
       "/v1/schema",
       "getSchema",
       "Types of entities, events and relations, with names and roles.",
       {},
       {},
       false,
       GetSchema},
      {Method::kGet, "/v1/stats", "getStats", "Counts of everything, and versions.", AsOf(), {}, true, GetStats},
  };
}

std::vector<Route> MakeWriteRoutes() {
  const std::vector<std::string_view> one{"application/json", "text/plain"};
  const Parameters fields{{"title", kText, "Of a text/plain article."},
                          {"outlet", kText, "Of a text/plain article."},
                          {"author", kText, "Of a text/plain article."},
                          {"url", kText, "Of a text/plain article."},
                          {"id", kText, "Of a text/plain article: its id at the sender."},
                          {"published", kText, "Of a text/plain article: a day or an RFC 3339 time."}};
  const Parameters reason{{"reason", kText, "Why, for the journal."}};
  return {
      {Method::kPost,
       "/v1/articles",
       "addArticles",
       "Stores articles: 201 created, 200 known already. One object, an array, NDJSON, or a text with parameters.",
       fields,
       {"application/json", "application/x-ndjson", "application/ndjson", "application/jsonl", "text/plain"},
       false,
       PostArticles},
      {Method::kPut, "/v1/articles/{id}", "replaceArticle",
       "Takes the article out and puts the sent one in, as one change. Its id is that of its content.", fields, one,
       false, PutArticle},
      {Method::kDelete,
       "/v1/articles/{id}",
       "deleteArticle",
       "Takes the article out, with all that it put in.",
       {},
       {},
       false,
       DeleteArticle},
      {Method::kPost,
       "/v1/entities/{id}/merge",
       "mergeEntities",
       "Two entities are one from now on: the other joins this one. Any name may stand for {id}.",
       Parameters{Entity("with", "The one that joins it. An id, a name, an alias, a ticker or pinyin.", true)} + reason,
       {},
       false,
       PostMerge},
      {Method::kPost,
       "/v1/entities/{id}/split",
       "splitEntity",
       "What fitting articles call this entity is another one from now on.",
       Parameters{
           {"alias", kText, "Articles that call it by nothing else; repeated: by nothing but these.", "", "", true},
           {"article", kText, "Only this article; repeated: these.", "", "", true},
           {"into", kText, "The known entity that is meant there."},
           {"as", kText, "Or the name of a new one; else the alias."},
           {"type", kText, "Of the new one; else that of this entity."}} +
           reason,
       {},
       false,
       PostSplit},
      {Method::kPost,
       "/v1/operations/{id}/undo",
       "undoOperation",
       "Takes an operation back, as if it had never been. {id} is its number.",
       reason,
       {},
       false,
       PostUndo},
      {Method::kPost, "/v1/annotate", "annotate", "The annotate object of a text; stores nothing.",
       fields + Parameters{{"type", kWords, "Entity types to show.", "", "", true},
                           {"min_confidence", kNumber, "Least confidence, 0..1.", "", "0.3"}},
       one, false, PostAnnotate},
  };
}

std::vector<Route> MakeServerRoutes() {
  return {
      {Method::kGet, "/v1/version", "getVersion", "Version of the program.", {}, {}, false, GetVersion},
      {Method::kGet, "/healthz", "getHealth", "Alive.", {}, {}, false, GetHealth},
      {Method::kGet, "/readyz", "getReady", "Able to answer questions.", {}, {}, false, GetReady},
      {Method::kGet, "/metrics", "getMetrics", "Counters in Prometheus' text format.", {}, {}, false, GetMetrics},
      {Method::kGet, "/openapi.json", "getOpenApi", "This description.", {}, {}, false, GetOpenApi},
      {Method::kGet, "/", "getPage", "The web page.", {}, {}, false, GetPage},
  };
}

bool Matches(std::string_view path, const std::vector<std::string>& segments, std::string& id) {
  std::size_t index = 0;
  path.remove_prefix(1);
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    if (index == segments.size()) return false;
    if (part == "{id}") {
      id = segments[index];
    } else if (part != segments[index]) {
      return false;
    }
    ++index;
    path.remove_prefix(std::min(path.size(), part.size() + 1));
  }
  return index == segments.size();
}

}  // namespace

std::string_view Word(Method method) {
  constexpr std::array<std::string_view, 4> kNames{"GET", "POST", "PUT", "DELETE"};
  return kNames.at(static_cast<std::size_t>(method));
}

std::span<const Route> Routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> routes = MakeQueryRoutes();
    for (std::vector<Route>& more : std::array<std::vector<Route>, 2>{MakeWriteRoutes(), MakeServerRoutes()}) {
      for (Route& route : more) routes.push_back(std::move(route));
    }
    return routes;
  }();
  return all;
}

std::optional<std::size_t> FindRoute(Method method, const std::vector<std::string>& segments,
                                     std::vector<Method>& allowed, std::string& id) {
  const auto routes = Routes();
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    std::string candidate;
    if (!Matches(routes[i].path, segments, candidate)) continue;
    allowed.push_back(routes[i].method);
    if (routes[i].method == method) {
      found = i;
      id = std::move(candidate);
    }
  }
  return found;
}

}  // namespace mailuo::server
