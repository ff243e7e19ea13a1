// Compression of texts (zstd). Thread safety: any thread; each keeps its own contexts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailuo::store {

std::string Compress(std::string_view bytes);
// Nothing unless `packed` holds exactly `size` bytes. Allocates no more than `size`.
std::optional<std::string> Decompress(std::string_view packed, std::uint64_t size);

}  // namespace mailuo::store
