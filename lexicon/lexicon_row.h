// One line of a lexicon TSV, read and checked. Columns and marks are described in corpus/lexicon/README.md.
// Thread safety: value types.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/types.h"
#include "lexicon/lexicon.h"

namespace mailuo::lexicon {

struct RowName {
  std::string text;  // As written, without its marks.
  NameStrength strength = NameStrength::kSure;
  NameKind kind = NameKind::kAlias;
  // False: another line took this spelling over (a user's name wins); the name is listed but never matched.
  bool matched = true;
};

struct LexiconRow {
  std::string file;  // For messages: the name the file was read under, and the line of the row in it.
  std::uint32_t line = 0;
  MentionType type = MentionType::kCompany;
  std::string kind;
  std::vector<RowName> names;  // Canonical first; never empty; no two fold to the same key.
  std::vector<std::string> tickers;
  std::vector<std::pair<std::string, std::string>> attributes;  // Keys are distinct.
  std::string source;
};

}  // namespace mailuo::lexicon
