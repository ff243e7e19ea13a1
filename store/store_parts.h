// What the store's own modules may take out of a Store. Not for anyone outside store/ and its tests.
#pragma once

#include <memory>

#include "store/store.h"

namespace mailuo::store::internal {

// The engine of the generation that answers now.
std::shared_ptr<Engine> EngineOf(const Store& store);

}  // namespace mailuo::store::internal
