// Rows to a blob (blob_format.h). Runs at build time over corpus/lexicon/*.tsv and at run time when a user brings
// names. Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "lexicon/lexicon_row.h"
#include "lexicon/tsv_reader.h"

namespace mailuo::lexicon {

// Attribute whose value lists further codes of an entity, separated by commas: old Beijing codes, B shares, the
// renminbi counters of Hong Kong. FindByTicker() knows them; EntityInfo::tickers does not show them.
inline constexpr std::string_view kCodesAttribute = "codes";

// Errors name the later line of the two: an entity given twice, a ticker of two entities, two names with one id.
// The order of the rows and words does not matter: the same ones give the same bytes.
Result<std::string> CompileLexicon(std::vector<LexiconRow> rows, std::vector<NotName> not_names = {});

// Lays `user` rows over `base` rows. A user row whose canonical name is that of a base entity of its type (several: the
// one that shares a ticker) adds to that entity: names, strengths, tickers and attributes of the user win. A user's
// name takes its spelling from all other base entities of the type.
Result<std::vector<LexiconRow>> OverlayRows(std::vector<LexiconRow> base, std::vector<LexiconRow> user);

}  // namespace mailuo::lexicon
