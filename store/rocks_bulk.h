// Writing a large sorted group straight into files of the tree, past log and memtable. Only for the engine on RocksDB.
// Thread safety: from any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <rocksdb/db.h>

#include "store/engine.h"

namespace mailuo::store {

// The folder below a database in which the files of a group are made. A killed process leaves them there; nothing in
// it belongs to the database.
std::string BulkFolder(const std::string& database_path);
// REQUIRES: no other process has the database open for writing.
void ClearBulkFolder(const std::string& database_path);

// All of `changes` or nothing, also after a crash, and on disk at the return: one file for each table, which RocksDB
// takes in by one record of its manifest. `families` by Table. REQUIRES: the changes of one table follow each other, in
// the order of their keys, no key twice. `count` goes in with them: a change of Table::kMeta (kChangesName) that says
// how many sequences they take.
rocksdb::Status WriteAsFiles(rocksdb::DB& db, std::span<rocksdb::ColumnFamilyHandle* const> families,
                             const std::string& database_path, std::span<const ChangeRef> changes,
                             const EngineChange& count);

}  // namespace mailuo::store
