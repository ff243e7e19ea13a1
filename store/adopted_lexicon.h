// Names that the store's own users adopted: a lexicon TSV that belongs to the graph and is laid over the program's
// lexicon whenever its articles are extracted. The store keeps the bytes and asks nothing of them.
// Thread safety: pure functions.
#pragma once

#include <string>

#include "core/result.h"
#include "store/engine.h"

namespace mailuo::store {

// "" where nothing was adopted. kCorruption: a damaged record.
Result<std::string> ReadAdoptedLexicon(const EngineView& view);
// Puts `tsv` in the place of what is there; "": nothing is adopted any more.
EngineChange AdoptedLexiconChange(const std::string& tsv);

}  // namespace mailuo::store
