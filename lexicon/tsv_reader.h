// Reads lexicon TSVs, ours at build time and a user's at run time, by the same rules. The input is hostile: every size
// is bounded and every error names the file, the line and the column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "lexicon/lexicon_row.h"

namespace mailuo::lexicon {

inline constexpr std::size_t kMaxTsvBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxLineBytes = std::size_t{64} << 10;
inline constexpr std::size_t kMaxRows = 1'000'000;
inline constexpr std::size_t kMaxNamesPerRow = 256;
inline constexpr std::size_t kMaxTickersPerRow = 16;
inline constexpr std::size_t kMaxAttributesPerRow = 32;
inline constexpr std::size_t kMaxNameUnits = 120;  // Folded UTF-16 units: the longest law titles have about 90.
inline constexpr std::size_t kMinNameUnits = 2;    // One character says too little to be a name.

// `file_name` is used in messages only. Blank lines and lines that start with '#' are skipped; a byte order mark and
// CR LF line ends are accepted. Only the columns `name` and `type` are required.
Result<std::vector<LexiconRow>> ReadLexiconTsv(std::string_view file_name, std::string_view bytes);
// The same, from a file.
Result<std::vector<LexiconRow>> ReadLexiconFile(const std::string& path);

// A word in which a name's characters stand without meaning it: 高通 in 高通量. See corpus/lexicon/README.md.
struct NotName {
  std::string word;
  std::string name;  // "*": every name that lies only partly inside `word` (公安部 and 部门).
};
// words/not_names.tsv: columns `word` and `not`, same conventions.
Result<std::vector<NotName>> ReadNotNames(std::string_view file_name, std::string_view bytes);
Result<std::vector<NotName>> ReadNotNamesFile(const std::string& path);

// CODE.EXCHANGE as in the annotate contract: 688041.SH, 00700.HK, NVDA.US, 2330.TW, 7203.T, 005930.KS.
bool IsCanonicalTicker(std::string_view ticker);

}  // namespace mailuo::lexicon
