// What the store's own modules may take out of a Store. Not for anyone outside store/ and its tests.
#pragma once

#include <memory>
#include <string>

#include "store/store.h"

namespace mailuo::store::internal {

// The engine of the generation that answers now.
std::shared_ptr<Engine> EngineOf(const Store& store);

// A store over an engine that somebody else opened. The folder `root` is there: it has the lock and the name of who
// writes. The engine is of the first generation, and nothing of RocksDB lies in the folder.
Result<std::unique_ptr<Store>> OpenOver(std::shared_ptr<Engine> engine, const std::string& root,
                                        const StoreOptions& options);

}  // namespace mailuo::store::internal
