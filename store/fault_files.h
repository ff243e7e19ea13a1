// The file system under RocksDB while a fault hook is set (fault.h). Included by rocks_engine.cc only.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/listener.h>

#include <memory>

namespace mailuo::store {

// The process's own file system with the points of fault.h in it. Lives as long as the process.
rocksdb::Env* FaultEnv();
std::shared_ptr<rocksdb::EventListener> FaultListener();

}  // namespace mailuo::store
