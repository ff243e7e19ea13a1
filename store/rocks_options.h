// How our databases are set up, for the files that know RocksDB (rocks_engine.cc, rocks_salvage.cc).
// Thread safety: pure functions.
#pragma once

#include <rocksdb/db.h>

#include <array>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/engine.h"

namespace mailuo::store {

inline constexpr int kTables = 3;
inline constexpr std::array<const char*, kTables> kFamilyNames{"default", "article", "graph"};  // By Table.

inline std::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }
inline rocksdb::Slice Slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// The one table from RocksDB's statuses to ours.
Error ToError(const rocksdb::Status& status, std::string_view doing);
Status ToStatus(const rocksdb::Status& status, std::string_view doing);

rocksdb::DBOptions MakeDbOptions(const EngineOptions& options);
std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const EngineOptions& options);

}  // namespace mailuo::store
