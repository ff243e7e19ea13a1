#include "query/lookup.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "text/folded_text.h"
#include "text/pinyin.h"
#include "text/ticker.h"
#include "text/utf8.h"

namespace mailuo::query {
namespace {

constexpr std::size_t kMaxPrefixMatches = 200;  // From each source.
constexpr std::size_t kMaxCandidates = 20;      // Named in a problem.
constexpr std::size_t kSuggestions = 5;
// Pinyin is a guess: of several entities that read alike, one this much more mentioned than the rest is taken.
constexpr std::uint64_t kDominance = 10;

struct Hit {
  MatchReason why = MatchReason::kSimilar;
  std::string matched;
};

// The best reason for each entity.
class Hits {
 public:
  void Add(EntityId id, MatchReason why, std::string_view matched) {
    const auto [it, fresh] = hits_.try_emplace(id, Hit{why, std::string(matched)});
    if (!fresh && why < it->second.why) it->second = {why, std::string(matched)};
  }
  bool empty() const { return hits_.empty(); }
  std::size_t size() const { return hits_.size(); }
  const std::map<EntityId, Hit>& all() const { return hits_; }

 private:
  std::map<EntityId, Hit> hits_;
};

bool IsBareSymbol(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// `text` as tickers: in a written form that says its exchange, or a bare American symbol.
std::vector<std::string> AsTickers(std::string_view text) {
  std::vector<std::string> tickers;
  if (auto ticker = text::CanonicalTicker(text)) tickers.push_back(*std::move(ticker));
  const std::string key = PinyinKey(text);
  if (IsBareSymbol(key)) {
    std::string upper;
    for (const char c : key) upper.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    const std::string american = upper + ".US";
    if (tickers.empty() || tickers.front() != american) tickers.push_back(american);
  }
  return tickers;
}

// The entity of the lexicon, by what operations say of one who is called `name`.
EntityId Meant(const Session& session, lexicon::EntityIndex index, std::string_view name) {
  const EntityId id = session.lexicon().Entity(index).id;
  const store::Resolution& resolution = session.reader().resolution();
  if (resolution.empty()) return id;
  return resolution.CurrentByName(id, text::FoldKey(name));
}

void AddLexiconName(const Session& session, std::string_view text, Hits& hits) {
  for (const lexicon::NameEntry& entry : session.lexicon().FindByName(text)) {
    const EntityId id = session.lexicon().Entity(entry.entity).id;
    const EntityId meant = Meant(session, entry.entity, text);
    const bool canonical = entry.kind == lexicon::NameKind::kCanonical && meant == id;
    hits.Add(meant, canonical ? MatchReason::kName : MatchReason::kAlias, text);
  }
}

// By the names that operations gave to entities.
void AddOperationName(const Session& session, std::string_view text, std::string_view key, Hits& hits) {
  for (const store::OperationParty& party : session.reader().resolution().Parties()) {
    if (text::FoldKey(party.name) == key) hits.Add(party.id, MatchReason::kAlias, text);
  }
}

Answer<void> AddExact(Session& session, std::string_view text, Hits& hits) {
  const lexicon::Lexicon& lexicon = session.lexicon();
  for (const std::string& ticker : AsTickers(text)) {
    if (const auto index = lexicon.FindByTicker(ticker)) {
      hits.Add(Meant(session, *index, ticker), MatchReason::kTicker, ticker);
    }
    MAILUO_ANSWER(const auto seen, session.reader().FindName(text::FoldKey(ticker)));
    for (const store::NameMatch& match : seen) {
      if (match.use == store::NameUse::kTicker) hits.Add(match.entity, MatchReason::kTicker, ticker);
    }
  }
  AddLexiconName(session, text, hits);
  const std::string key = text::FoldKey(text);
  AddOperationName(session, text, key, hits);
  MAILUO_ANSWER(const auto seen, session.reader().FindName(key));
  for (const store::NameMatch& match : seen) {
    if (match.use != store::NameUse::kName) continue;
    MAILUO_ANSWER(const EntityRef ref, session.Ref(match.entity));
    hits.Add(match.entity, text::FoldKey(ref.name) == key ? MatchReason::kName : MatchReason::kSeen, text);
  }
  return {};
}

// How good a match is: its reason, but what no article mentions gives way to what people mean: a bare symbol comes just
// before kPrefix, a name or alias just behind those of entities that articles do mention (恒大 is 中国恒大, not a
// company of that name abroad).
int TierOf(const EntityMatch& match, bool bare_symbol) {
  const auto tier = [](MatchReason why, int behind) { return 4 * static_cast<int>(why) + behind; };
  if (match.articles > 0) return tier(match.why, 0);
  if (bare_symbol && match.why == MatchReason::kTicker) return tier(MatchReason::kInitials, 1);
  if (match.why == MatchReason::kName) return tier(MatchReason::kSeen, 1);
  if (match.why == MatchReason::kAlias) return tier(MatchReason::kSeen, 2);
  return tier(match.why, 0);
}

// A ticker is an entity too (LISTED_AS); who looks one up means its company.
void DropBareTickers(std::vector<EntityMatch>& matches) {
  const auto is_ticker = [](const EntityMatch& match) { return match.entity.type == MentionType::kTicker; };
  if (std::all_of(matches.begin(), matches.end(), is_ticker)) return;
  matches.erase(std::remove_if(matches.begin(), matches.end(), is_ticker), matches.end());
}

}  // namespace

Answer<EntityMatch> Lookup::Describe(Session& session, EntityId id, MatchReason why, std::string_view matched) const {
  EntityMatch match;
  match.why = why;
  match.matched = matched;
  MAILUO_ANSWER(match.entity, session.Ref(id));
  const auto add_tickers = [&](EntityId member) {
    const auto index = lexicon_.FindById(member);
    if (!index) return;
    for (const std::string_view ticker : lexicon_.Entity(*index).tickers) match.tickers.emplace_back(ticker);
  };
  add_tickers(id);
  for (const store::OperationParty& member : session.reader().resolution().MembersOf(id)) add_tickers(member.id);
  MAILUO_ANSWER(const auto record, session.reader().EntityBrief(id));
  if (!record) return match;
  match.articles = record->counts.articles;
  match.events = record->counts.events;
  match.first_seen = record->first_published;
  match.last_seen = record->last_published;
  return match;
}

Answer<std::vector<EntityMatch>> Lookup::All(Session& session, std::string_view text, bool prefix) const {
  Hits hits;
  if (const auto id = ParseEntityId(text)) {
    const store::Resolution& resolution = session.reader().resolution();
    const EntityId current = resolution.Current(id->id);
    MAILUO_ANSWER(const auto record, session.reader().EntityBrief(current));
    if (record || lexicon_.FindById(current) || resolution.Known(current) != nullptr) {
      hits.Add(current, MatchReason::kId, text);
    }
  }
  if (hits.empty()) MAILUO_ANSWER_CHECK(AddExact(session, text, hits));
  const std::string pinyin = PinyinKey(text);
  const bool bare = IsBareSymbol(pinyin);
  if (pinyin.size() >= 2 && (hits.empty() || prefix || bare)) {
    for (const PinyinIndex::Hit& hit : Pinyin().Exact(pinyin)) {
      hits.Add(Meant(session, hit.entity, {}), hit.initials ? MatchReason::kInitials : MatchReason::kPinyin, hit.key);
    }
  }
  if (prefix) {
    for (const lexicon::NameEntry& entry : lexicon_.Prefix(text, kMaxPrefixMatches)) {
      hits.Add(Meant(session, entry.entity, entry.name), MatchReason::kPrefix, entry.name);
    }
    MAILUO_ANSWER(const auto seen, session.reader().FindPrefix(text::FoldKey(text), kMaxPrefixMatches));
    for (const store::NameMatch& match : seen) hits.Add(match.entity, MatchReason::kPrefix, match.key);
    if (!pinyin.empty()) {
      for (const PinyinIndex::Hit& hit : Pinyin().Prefix(pinyin, kMaxPrefixMatches)) {
        hits.Add(Meant(session, hit.entity, {}), MatchReason::kPrefix, hit.key);
      }
    }
  }
  std::vector<EntityMatch> matches;
  for (const auto& [id, hit] : hits.all()) {
    MAILUO_ANSWER(EntityMatch match, Describe(session, id, hit.why, hit.matched));
    matches.push_back(std::move(match));
  }
  const auto rank = [&](const EntityMatch& match) {
    return std::tuple(TierOf(match, bare), ~match.articles, ~match.events, match.tickers.empty(),
                      match.entity.name.size(), match.entity.id);
  };
  std::sort(matches.begin(), matches.end(),
            [&](const EntityMatch& a, const EntityMatch& b) { return rank(a) < rank(b); });
  DropBareTickers(matches);
  return matches;
}

Answer<EntityMatch> Lookup::Find(Session& session, std::string_view text, std::string_view parameter) const {
  MAILUO_ANSWER(std::vector<EntityMatch> matches, All(session, text, false));
  if (matches.empty()) {
    MAILUO_ANSWER(std::vector<EntityMatch> similar, Similar(session, text, kSuggestions));
    std::string hint = similar.empty() ? "try a ticker, pinyin, or GET /v1/entities?q=… with prefix=true"
                                       : "did you mean one of these?";
    return Refuse({ProblemKind::kUnknownEntity, fmt::format("no entity is known as \"{}\"", text),
                   std::string(parameter), std::move(hint), std::move(similar)});
  }
  const MatchReason best = matches.front().why;
  const bool bare = IsBareSymbol(PinyinKey(text));
  const int tier = TierOf(matches.front(), bare);
  const auto end =
      std::find_if(matches.begin(), matches.end(), [&](const EntityMatch& m) { return TierOf(m, bare) != tier; });
  const auto count = static_cast<std::size_t>(end - matches.begin());
  if (count == 1) return std::move(matches.front());
  // Sorted by articles: one that is mentioned beats those that are not.
  const std::uint64_t first = matches[0].articles;
  const std::uint64_t second = matches[1].articles;
  const bool guessed = best == MatchReason::kPinyin || best == MatchReason::kInitials;
  if ((first > 0 && second == 0) || (guessed && first >= kDominance * second && first > 0)) {
    return std::move(matches.front());
  }
  matches.resize(std::min(count, kMaxCandidates));
  return Refuse({ProblemKind::kAmbiguousEntity, fmt::format("\"{}\" may stand for {} entities", text, count),
                 std::string(parameter), "ask again with the id of one of them", std::move(matches)});
}

Answer<std::vector<EntityMatch>> Lookup::Similar(Session& session, std::string_view text, std::size_t limit) const {
  Hits hits;
  const std::u16string folded = text::FoldKey16(text);
  for (const text::PinyinForm& form : text::PinyinForms(folded, 4)) {
    for (const PinyinIndex::Hit& hit : Pinyin().Exact(form.full)) {
      if (!hit.initials) hits.Add(Meant(session, hit.entity, {}), MatchReason::kSimilar, hit.key);
    }
  }
  std::vector<lexicon::NameHit> inside;
  lexicon_.FindNames(text::FoldedText(text), inside);
  for (const lexicon::NameHit& hit : inside) {
    if (hit.span.size() >= 2 && hits.size() < limit) {
      hits.Add(Meant(session, hit.entity, {}), MatchReason::kSimilar, text::ToUtf8(folded));
    }
  }
  // Names that share as much of the beginning as any does.
  for (std::size_t keep = folded.size(); keep-- > 2 && hits.size() < limit;) {
    const std::string beginning = text::ToUtf8(folded.substr(0, keep));
    for (const lexicon::NameEntry& entry : lexicon_.Prefix(beginning, limit)) {
      hits.Add(Meant(session, entry.entity, entry.name), MatchReason::kSimilar, entry.name);
    }
    MAILUO_ANSWER(const auto seen, session.reader().FindPrefix(beginning, limit));
    for (const store::NameMatch& match : seen) hits.Add(match.entity, MatchReason::kSimilar, match.key);
  }
  const std::string pinyin = PinyinKey(text);
  for (std::size_t keep = pinyin.size(); keep-- > 2 && hits.empty();) {
    for (const PinyinIndex::Hit& hit : Pinyin().Prefix(std::string_view(pinyin).substr(0, keep), limit)) {
      hits.Add(Meant(session, hit.entity, {}), MatchReason::kSimilar, hit.key);
    }
  }
  std::vector<EntityMatch> matches;
  for (const auto& [id, hit] : hits.all()) {
    MAILUO_ANSWER(EntityMatch match, Describe(session, id, hit.why, hit.matched));
    matches.push_back(std::move(match));
  }
  std::sort(matches.begin(), matches.end(), [](const EntityMatch& a, const EntityMatch& b) {
    return std::tuple(~a.articles, a.entity.name.size(), a.entity.id) <
           std::tuple(~b.articles, b.entity.name.size(), b.entity.id);
  });
  if (matches.size() > limit) matches.resize(limit);
  return matches;
}

}  // namespace mailuo::query
