// Writes text/pinyin_table.inc: the readings of each Han character from U+4E00, from ICU's Han-Latin data and
// corpus/text/pinyin_readings.tsv. Run at build time; its output depends on ICU's version and that file only.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "text/pinyin_table.h"

namespace {

using Readings = std::vector<std::string>;

constexpr UChar32 kCombiningDiaeresis = 0x308;

bool IsSyllable(const std::string& text) {
  return !text.empty() && text.size() <= 6 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

void AddReading(Readings& readings, const std::string& reading) {
  if (std::find(readings.begin(), readings.end(), reading) == readings.end()) readings.push_back(reading);
}

// ICU marks ü as u with a diaeresis; people type v or u.
Readings FromIcu(UChar32 character, const icu::Transliterator& latin, const icu::Transliterator& strip) {
  icu::UnicodeString text(character);
  latin.transliterate(text);
  const bool umlaut = text.indexOf(kCombiningDiaeresis) >= 0;
  strip.transliterate(text);
  std::string reading;
  text.toUTF8String(reading);
  if (!IsSyllable(reading)) return {};
  Readings readings{reading};
  if (umlaut) {
    std::string typed = reading;
    std::replace(typed.begin(), typed.end(), 'u', 'v');
    AddReading(readings, typed);
  }
  return readings;
}

// False with a message on the first bad line.
bool ReadExtra(const char* path, std::map<UChar32, Readings>& extra) {
  std::ifstream file(path);
  std::string line;
  int number = 0;
  while (std::getline(file, line)) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const auto tab = line.find('\t');
    const auto tab2 = line.find('\t', tab + 1);
    const icu::UnicodeString character = icu::UnicodeString::fromUTF8(line.substr(0, tab));
    const bool known = tab2 != std::string::npos && character.length() == 1 && extra.count(character.char32At(0)) == 0;
    std::istringstream words(known ? line.substr(tab + 1, tab2 - tab - 1) : std::string());
    Readings readings;
    for (std::string word; words >> word;) AddReading(readings, IsSyllable(word) ? word : std::string());
    if (readings.size() < 2 || std::count(readings.begin(), readings.end(), "") != 0 || tab2 + 1 == line.size()) {
      std::fprintf(stderr, "%s:%d: expected a new character, two or more readings and a reason, with tabs\n", path,
                   number);
      return false;
    }
    extra[character.char32At(0)] = readings;
  }
  return !extra.empty();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: pinyin_table_gen READINGS_TSV OUTPUT\n");
    return 2;
  }
  std::map<UChar32, Readings> extra;
  if (!ReadExtra(argv[1], extra)) return 1;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Han-Latin; NFD", UTRANS_FORWARD, error));
  const std::unique_ptr<icu::Transliterator> strip(
      icu::Transliterator::createInstance("[:Nonspacing Mark:] Remove; Lower", UTRANS_FORWARD, error));
  std::FILE* out = U_SUCCESS(error) ? std::fopen(argv[2], "w") : nullptr;
  if (out == nullptr) {
    std::fprintf(stderr, "pinyin_table_gen: cannot write %s\n", argv[2]);
    return 1;
  }
  for (auto c = static_cast<UChar32>(mailuo::text::kPinyinFirst); c <= static_cast<UChar32>(mailuo::text::kPinyinLast);
       ++c) {
    Readings readings = FromIcu(c, *latin, *strip);
    if (const auto it = extra.find(c); it != extra.end()) {
      for (const std::string& reading : it->second) AddReading(readings, reading);
    }
    std::string joined;
    for (const std::string& reading : readings) joined += (joined.empty() ? "" : " ") + reading;
    std::fprintf(out, "\"%s\",%s", joined.c_str(), c % 8 == 7 ? "\n" : "");
  }
  return std::fclose(out) == 0 ? 0 : 1;
}
