// Two entities with one id. Ids are 64 bits of a hash of type and folded name: with ten million entities the odds are
// one to a few hundred thousand. The lexicon's own are checked when it is compiled; this looks at what articles
// brought. Thread safety: a pure function of the store's present state.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.h"
#include "store/store.h"

namespace mailuo::store {

// Entities that share an id although their types or folded canonical names differ, a line each: their postings are one
// until one of them is written differently. The same lines whatever the order of the articles.
Result<std::vector<std::string>> EntityCollisions(const Store& store, NameFolder fold_name,
                                                  std::size_t max_found = 100);

}  // namespace mailuo::store
