// A file beside the graph that holds what can be made again from it at any time: worth keeping because making it takes
// long. It may be missing, cut short or damaged; then it reads as nothing. Any process that reads the store may write
// it, beside others: the last one stands, whole.
// Thread safety: pure functions on files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailuo::store {

// False where it could not be written, a read-only disk for one: nothing is lost.
bool WriteDerivedFile(const std::string& folder, std::string_view name, std::string_view bytes);
std::optional<std::string> ReadDerivedFile(const std::string& folder, std::string_view name);

}  // namespace mailuo::store
