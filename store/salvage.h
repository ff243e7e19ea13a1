// Reading what can be read of a damaged database. Only for repair.h.
// Thread safety: pure functions on files; nobody else may have the database open.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/engine.h"

namespace mailuo::store {

// A key and its newest value. Of kGraph only the publication list, which names articles; all of the rest is derived.
// Keys may come twice; the first is the better one.
using SalvageVisitor = std::function<void(Table table, std::string_view key, std::string_view value)>;

// What could not be read comes back as lines for a person. `scratch`: a folder that does not exist yet, on the same
// disk; it is removed at the end. The database itself is not changed.
Result<std::vector<std::string>> SalvageRocks(const std::string& path, const std::string& scratch,
                                              const SalvageVisitor& visit);

// False: another process has the database open for writing.
bool CanLockRocks(const std::string& path);

}  // namespace mailuo::store
