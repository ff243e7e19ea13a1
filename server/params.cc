#include "server/params.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "server/date_param.h"

namespace mailuo::server {
namespace {

using query::Answer;
using query::BadParameter;
using query::Refuse;

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      cost[i][j] =
          std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

constexpr std::size_t kMaxNameBytes = 64;

std::string Shortened(std::string_view text) {
  constexpr std::size_t kShown = 80;
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

query::Problem Expected(std::string_view name, std::string_view expected, std::string_view found) {
  return BadParameter(std::string(name), fmt::format("{} must be {}, got \"{}\"", name, expected, Shortened(found)));
}

}  // namespace

std::string_view NearestName(std::string_view name, std::span<const Parameter> declared) {
  if (name.size() > kMaxNameBytes) return {};
  std::string_view nearest;
  std::size_t least = std::max<std::size_t>(2, name.size() / 2) + 1;
  for (const Parameter& parameter : declared) {
    const bool starts = name.size() >= 2 && parameter.name.substr(0, name.size()) == name;
    const std::size_t distance = starts ? 1 : EditDistance(name, parameter.name);
    if (distance < least && distance < parameter.name.size()) {
      least = distance;
      nearest = parameter.name;
    }
  }
  return nearest;
}

Answer<Params> Params::Create(Given given, std::span<const Parameter> declared, Date today) {
  Params params;
  params.declared_ = declared;
  params.today_ = today;
  for (const auto& pair : given) {
    const std::string& name = pair.first;  // Not a structured binding: clang 14 cannot capture one.
    const Parameter* parameter = params.Declared(name);
    if (parameter == nullptr) {
      const std::string_view nearest = NearestName(name, declared);
      query::Problem problem =
          BadParameter(Shortened(name), fmt::format("there is no parameter \"{}\" here", Shortened(name)),
                       nearest.empty() ? "" : fmt::format("did you mean \"{}\"?", nearest));
      problem.kind = query::ProblemKind::kUnknownParameter;
      return Refuse(std::move(problem));
    }
    const auto same = [&](const auto& other) { return other.first == name; };
    if (!parameter->many && std::count_if(given.begin(), given.end(), same) > 1) {
      return Refuse(BadParameter(name, fmt::format("{} may be given once only", name)));
    }
  }
  for (const Parameter& parameter : declared) {
    const auto same = [&](const auto& other) { return other.first == parameter.name && !other.second.empty(); };
    if (parameter.required && std::none_of(given.begin(), given.end(), same)) {
      return Refuse(BadParameter(std::string(parameter.name), fmt::format("{} is missing", parameter.name),
                                 std::string(parameter.doc)));
    }
  }
  params.given_ = std::move(given);
  return params;
}

const std::string* Params::Find(std::string_view name) const {
  const auto it = std::find_if(given_.begin(), given_.end(), [&](const auto& p) { return p.first == name; });
  return it == given_.end() || it->second.empty() ? nullptr : &it->second;
}

const Parameter* Params::Declared(std::string_view name) const {
  const auto it = std::find_if(declared_.begin(), declared_.end(), [&](const Parameter& p) { return p.name == name; });
  return it == declared_.end() ? nullptr : &*it;
}

std::string Params::Text(std::string_view name) const {
  const std::string* value = Find(name);
  return value == nullptr ? std::string() : *value;
}

std::vector<std::string> Params::Texts(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : given_) {
    if (key == name && !value.empty()) values.push_back(value);
  }
  return values;
}

Answer<std::uint32_t> Params::Integer(std::string_view name, std::uint32_t fallback) const {
  const std::string* value = Find(name);
  if (value == nullptr) return fallback;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc() || end != value->data() + value->size()) {
    return Refuse(Expected(name, "a whole number", *value));
  }
  return number;
}

Answer<double> Params::Number(std::string_view name, double fallback) const {
  const std::string* value = Find(name);
  if (value == nullptr) return fallback;
  double number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc() || end != value->data() + value->size() || !std::isfinite(number)) {
    return Refuse(Expected(name, "a number", *value));
  }
  return number;
}

Answer<bool> Params::Boolean(std::string_view name, bool fallback) const {
  const std::string* value = Find(name);
  if (value == nullptr) return fallback;
  if (*value == "true" || *value == "1" || *value == "yes") return true;
  if (*value == "false" || *value == "0" || *value == "no") return false;
  return Refuse(Expected(name, "true or false", *value));
}

Answer<std::optional<DateInterval>> Params::Interval(std::string_view name) const {
  const std::string* value = Find(name);
  if (value == nullptr) return std::optional<DateInterval>{};
  const auto interval = ParseDateParameter(*value, today_);
  if (!interval) {
    return Refuse(Expected(name, "a date (2025, 2025-07, 2025-07-04, 2025年7月, 去年, 上周)", *value));
  }
  return interval;
}

Answer<std::optional<Date>> Params::FirstDay(std::string_view name) const {
  auto interval = Interval(name);
  if (!interval) return Refuse(std::move(interval).error());
  return *interval ? (*interval)->from : std::nullopt;
}

Answer<std::optional<Date>> Params::LastDay(std::string_view name) const {
  auto interval = Interval(name);
  if (!interval) return Refuse(std::move(interval).error());
  return *interval ? (*interval)->to : std::nullopt;
}

Answer<std::size_t> Params::Word(std::string_view name, std::size_t fallback) const {
  const std::string* value = Find(name);
  if (value == nullptr) return fallback;
  const Parameter* parameter = Declared(name);
  const auto words = Split(parameter == nullptr ? std::string_view{} : parameter->words, '|');
  const auto it = std::find(words.begin(), words.end(), *value);
  if (it == words.end()) return Refuse(Expected(name, fmt::format("one of {}", fmt::join(words, ", ")), *value));
  return static_cast<std::size_t>(it - words.begin());
}

std::vector<std::string> Params::SplitWords(std::string_view name) const {
  std::vector<std::string> words;
  for (const std::string& text : Texts(name)) {
    for (const std::string_view word : Split(text, ',')) {
      if (!word.empty()) words.emplace_back(word);
    }
  }
  return words;
}

query::Problem Params::BadWord(std::string_view name, std::string_view word, std::string_view expected) {
  query::Problem problem = Expected(name, expected, word);
  problem.hint = "GET /v1/schema lists them";
  return problem;
}

}  // namespace mailuo::server
