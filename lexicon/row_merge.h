// Two rows of one entity becoming one: what a user's names over the built-in ones and adopted names among themselves
// have in common. Thread safety: pure functions.
#pragma once

#include <string_view>

#include "lexicon/lexicon_row.h"

namespace mailuo::lexicon {

// The name of `row` that folds as `text` does; nullptr: none.
RowName* FindName(LexiconRow& row, std::string_view text);

// Tickers that `into` lacks, and attributes, those of `from` winning.
void MergeTickersAndAttributes(const LexiconRow& from, LexiconRow& into);

}  // namespace mailuo::lexicon
