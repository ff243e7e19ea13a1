// Lexicon rows as TSV: what ReadLexiconTsv (tsv_reader.h) reads back as the same rows.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "lexicon/lexicon_row.h"

namespace mailuo::lexicon {

// The columns of WriteLexiconLine: name, type, kind, strength, aliases, tickers, attributes, source.
std::string LexiconHeader();
// One line. REQUIRES: no tab, line end or '|' in any text.
std::string WriteLexiconLine(const LexiconRow& row);

// Rows that name one entity (type and folded canonical name) become one: names, tickers and attributes of the later row
// are added to the earlier one, and its kind and source stand. Sorted by type and canonical name, so that the order of
// the rows leaves no trace but in the order of further names.
std::vector<LexiconRow> UniteRows(std::vector<LexiconRow> rows);

}  // namespace mailuo::lexicon
