// What a store says of itself: format, versions, folder of names.
// Thread safety: pure functions over a view.
#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"
#include "store/contribution.h"
#include "store/engine.h"

namespace mailuo::store {

struct StoreVersions {
  std::uint32_t format = 0;  // 0: the store was never finished.
  std::uint64_t lexicon = 0;
  std::uint64_t rules = 0;
  std::string folder;  // FolderFingerprint of the folder that its names were folded by.
};

Result<StoreVersions> ReadVersions(const EngineView& view);
Status WriteVersions(Engine& engine, const StoreVersions& versions);
// Is the name of kMeta one of the versions, or the engine's? All others are what users have said, and belong to the
// store whatever its graph is made by.
bool IsVersionName(std::string_view name);
// What a folder makes of some telling characters: two folders with one fingerprint are taken for the same.
std::string FolderFingerprint(NameFolder fold_name);

}  // namespace mailuo::store
