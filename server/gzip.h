// gzip for answers.
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailuo::server {

// Does an Accept-Encoding header take gzip? "gzip;q=0" does not; "*" does.
bool AcceptsGzip(std::string_view accept_encoding);

// Nothing if zlib fails; then the answer goes out as it is.
std::optional<std::string> Gzip(std::string_view bytes);

}  // namespace mailuo::server
