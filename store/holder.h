// A small file in the store's folder that says who has it open for writing, for the message that the next one gets.
// The lock itself is the engine's: this file decides nothing, and may be left over from a process that was killed.
#pragma once

#include <string>

namespace mailuo::store {

// Names this process: id, host and program.
void WriteHolder(const std::string& store_path);
void RemoveHolder(const std::string& store_path);
// "process 4711 on host box (mailuo serve)"; "another process" where the file says nothing.
std::string DescribeHolder(const std::string& store_path);

}  // namespace mailuo::store
