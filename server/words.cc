#include "server/words.h"

#include <array>

namespace mailuo::server {
namespace {
template <std::size_t kN, typename Enum>
std::string_view At(const std::array<std::string_view, kN>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}
}  // namespace

std::string_view Word(query::Direction direction) {
  return At(std::array<std::string_view, 3>{"both", "out", "in"}, direction);
}
std::string_view Word(query::Bucket bucket) {
  return At(std::array<std::string_view, 4>{"none", "day", "week", "month"}, bucket);
}
std::string_view Word(query::Measure measure) { return At(std::array<std::string_view, 2>{"count", "npmi"}, measure); }
std::string_view Word(query::Window window) {
  return At(std::array<std::string_view, 2>{"sentence", "article"}, window);
}

}  // namespace mailuo::server
