// The parameters of one request, checked against those that its route declares.
//
// A parameter that a route does not know is refused, with the nearest one that it does; so is one that is given twice
// where once is meant. Getters say what they expected and what they found.
// Thread safety: value type.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/date.h"
#include "query/problem.h"

namespace mailuo::server {

enum class ParameterKind : std::uint8_t { kText, kInteger, kNumber, kBoolean, kDate, kWords };

// One parameter of a route, as declared in routes.cc; the OpenAPI document is made from it.
struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::kText;
  std::string_view doc = {};
  std::string_view words = {};     // kWords: the words admitted, separated by '|'; "" for the codes of the schema.
  std::string_view fallback = {};  // The default, as text; "" for none.
  bool many = false;               // May be repeated; kWords also separated by commas.
  bool required = false;
};

class Params {
 public:
  using Given = std::vector<std::pair<std::string, std::string>>;
  // `today` is what 去年 and 上周 are counted from.
  static query::Answer<Params> Create(Given given, std::span<const Parameter> declared, Date today);

  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  // "" if not given.
  std::string Text(std::string_view name) const;
  std::vector<std::string> Texts(std::string_view name) const;
  query::Answer<std::uint32_t> Integer(std::string_view name, std::uint32_t fallback) const;
  query::Answer<double> Number(std::string_view name, double fallback) const;
  query::Answer<bool> Boolean(std::string_view name, bool fallback) const;
  // The first or last day of what was written: 2025-07 is 1 July for `from` and 31 July for `to`.
  query::Answer<std::optional<Date>> FirstDay(std::string_view name) const;
  query::Answer<std::optional<Date>> LastDay(std::string_view name) const;
  // Index among the declared words.
  query::Answer<std::size_t> Word(std::string_view name, std::size_t fallback) const;
  // All words of a repeated and comma-separated parameter, through `parse`.
  template <typename T>
  query::Answer<std::vector<T>> Words(std::string_view name, std::optional<T> (*parse)(std::string_view),
                                      std::string_view expected) const {
    std::vector<T> values;
    for (const std::string& word : SplitWords(name)) {
      const std::optional<T> value = parse(word);
      if (!value) return query::Refuse(BadWord(name, word, expected));
      values.push_back(*value);
    }
    return values;
  }

 private:
  const std::string* Find(std::string_view name) const;
  const Parameter* Declared(std::string_view name) const;
  std::vector<std::string> SplitWords(std::string_view name) const;
  static query::Problem BadWord(std::string_view name, std::string_view word, std::string_view expected);
  query::Answer<std::optional<DateInterval>> Interval(std::string_view name) const;

  Given given_;
  std::span<const Parameter> declared_;
  Date today_;
};

// The declared name that `name` was probably meant to be; "" if none is near.
std::string_view NearestName(std::string_view name, std::span<const Parameter> declared);

}  // namespace mailuo::server
