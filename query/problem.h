// Why a question has no answer, in terms that the asker can act on.
// Thread safety: value types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/types.h"

namespace mailuo::query {

// Why an entity was found; best first: a lower number is a better match.
enum class MatchReason : std::uint8_t {
  kId = 0,        // Its id.
  kTicker = 1,    // One of its tickers, in any written form.
  kName = 2,      // Its canonical name.
  kAlias = 3,     // Another name that the lexicon knows: alias, full, former, English, short.
  kSeen = 4,      // A name that articles use for it.
  kPinyin = 5,    // A name read out: yingweida.
  kInitials = 6,  // First letters of that: ywd.
  kPrefix = 7,    // A name, or its pinyin, starts with the text.
  kSimilar = 8,   // Close to the text; only suggested.
};
std::string_view Word(MatchReason reason);  // "id", "ticker", "name", ...

struct EntityRef {
  EntityId id;
  MentionType type = MentionType::kCompany;
  std::string name;
};

struct EntityMatch {
  EntityRef entity;
  std::vector<std::string> tickers;  // CODE.EXCHANGE, main listing first.
  MatchReason why = MatchReason::kName;
  std::string matched;         // The name, ticker or pinyin that matched.
  std::uint64_t articles = 0;  // That mention it, as of the asked day; 0 for one that only the lexicon knows.
  std::uint64_t events = 0;
  std::optional<Date> first_seen;  // Publication days.
  std::optional<Date> last_seen;
};

enum class ProblemKind : std::uint8_t {
  kBadParameter,
  kBadCursor,
  kUnknownEntity,    // `candidates` are similar names, maybe none.
  kAmbiguousEntity,  // `candidates` are the entities that bear the name, best first.
  kNotFound,         // No such event or article.
  kDeadline,
  kInternal,          // The store failed.
  kConflict,          // An earlier change is in the way.
  kUnknownParameter,  // Of the server's routes; the engine itself never says so.
};
std::string_view Word(ProblemKind kind);  // "bad_parameter", "unknown_entity", ...

struct [[nodiscard]] Problem {
  ProblemKind kind = ProblemKind::kInternal;
  std::string detail;     // One line: what was expected, what was found.
  std::string parameter;  // The one at fault; may be empty.
  std::string hint;       // What to do; may be empty.
  std::vector<EntityMatch> candidates;
};

template <typename T>
using Answer = tl::expected<T, Problem>;

inline tl::unexpected<Problem> Refuse(Problem problem) { return tl::unexpected<Problem>(std::move(problem)); }
Problem BadParameter(std::string parameter, std::string detail, std::string hint = {});
Problem FromError(const Error& error);  // kInternal, or kBadCursor for a resume key that the store refuses.

}  // namespace mailuo::query
