// RocksDB's log files (write-ahead logs and manifests) end where their writer was stopped. RocksDB takes a last record
// that is longer than the file for one that was cut short in being written, which is legal, and drops it and all that
// seems to be inside it. A damaged length looks the same, and what it hides had been acknowledged: here the two are
// told apart. A record that was cut short has no length at which its checksum is right.
//
// And RocksDB takes for granted that logs follow each other: two that are the same, byte for byte, end the process.
// Thread safety: pure functions on files.
#pragma once

#include <string>

#include "core/result.h"

namespace mailuo::store {

// Of all log files that the database in the folder would read. kCorruption names the file. Reads the last 32
// KiB of each, and logs of one size whole. A file that goes meanwhile (a live writer's) is no error.
Status CheckLogs(const std::string& folder);

}  // namespace mailuo::store
