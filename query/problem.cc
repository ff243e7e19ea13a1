#include "query/problem.h"

#include <array>

namespace mailuo::query {

std::string_view Word(MatchReason reason) {
  constexpr std::array<std::string_view, 9> kWords{"id",     "ticker",   "name",   "alias",  "seen",
                                                   "pinyin", "initials", "prefix", "similar"};
  return kWords.at(static_cast<std::size_t>(reason));
}

std::string_view Word(ProblemKind kind) {
  constexpr std::array<std::string_view, 9> kWords{"bad_parameter",    "bad_cursor", "unknown_entity",
                                                   "ambiguous_entity", "not_found",  "deadline",
                                                   "internal",         "conflict",   "unknown_parameter"};
  return kWords.at(static_cast<std::size_t>(kind));
}

Problem BadParameter(std::string parameter, std::string detail, std::string hint) {
  return {ProblemKind::kBadParameter, std::move(detail), std::move(parameter), std::move(hint), {}};
}

Problem FromError(const Error& error) {
  // The store is asked with checked values only: what it may refuse as an argument is the position of a page.
  if (error.code == ErrorCode::kInvalidArgument) {
    return {ProblemKind::kBadCursor, error.message, "cursor", "start again without a cursor", {}};
  }
  return {ProblemKind::kInternal, error.message, {}, {}, {}};
}

}  // namespace mailuo::query
