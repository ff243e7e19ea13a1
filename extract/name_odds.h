// How much likelier the characters of a Chinese name are in names than in other text (corpus/words/name_odds.tsv).
// Thread safety: immutable after Parse.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace mailuo::extract {

class NameOdds {
 public:
  // Lines of place, tenths of a nat, characters. Errors name the line.
  static Result<NameOdds> Parse(std::string_view tsv);

  // In tenths of a nat: of a whole name whose first `surname` units (0 to 2) are its surname; 0 is as likely as not but
  // for what else is known. REQUIRES: one or two units are left for the given name.
  int Of(std::u16string_view name, std::uint32_t surname) const;

 private:
  enum Place : std::uint8_t { kSurname = 0, kFirst = 1, kLast = 2, kOnly = 3 };
  static constexpr std::size_t kPlaces = 4;
  using Row = std::array<std::int8_t, kPlaces>;
  static constexpr Row kUnlisted = {-40, -20, -20, -20};
  static constexpr int kCompoundSurname = 30;  // Two characters that are mostly a surname where they stand together.
  static constexpr char16_t kFirstHan = 0x4E00;
  static constexpr char16_t kLastHan = 0x9FFF;

  int At(char16_t unit, Place place) const {
    return unit < kFirstHan || unit > kLastHan ? kUnlisted[place] : rows_[unit - kFirstHan][place];
  }

  std::vector<Row> rows_;
};

}  // namespace mailuo::extract
