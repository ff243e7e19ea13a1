// A file beside the graph that holds what can be made again from it at any time: worth keeping because making it takes
// long. It may be missing, cut short, damaged or of another version; then it reads as nothing. Any process that reads
// the store may write it. One that is killed leaves a file that the next one writes over; two at once may spoil each
// other's, which reads as nothing.
// Thread safety: pure functions on files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailuo::store {

// False where it could not be written, a read-only disk for one: nothing is lost.
// `version`: another number for bytes that mean something else.
bool WriteDerivedFile(const std::string& folder, std::string_view name, std::uint8_t version, std::string_view bytes);
std::optional<std::string> ReadDerivedFile(const std::string& folder, std::string_view name, std::uint8_t version);

}  // namespace mailuo::store
