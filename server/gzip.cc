#include "server/gzip.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <zlib.h>

namespace mailuo::server {
namespace {

constexpr int kLevel = 5;             // Within a tenth of the best size, at a third of its time, on our JSON.
constexpr int kGzipWindow = 15 + 16;  // zlib: 32 KiB window, gzip header.
constexpr int kMemory = 8;            // zlib's default.

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool IsZeroQuality(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return false;
  const std::string_view number = Trim(parameters.substr(at + 2));
  double quality = 1;
  std::from_chars(number.data(), number.data() + number.size(), quality);
  return quality <= 0;
}

}  // namespace

bool AcceptsGzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const std::string_view item = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), item.size() + 1));
    const std::size_t semicolon = item.find(';');
    const std::string_view coding = Trim(item.substr(0, semicolon));
    if (coding != "gzip" && coding != "*") continue;
    return semicolon == std::string_view::npos || !IsZeroQuality(item.substr(semicolon + 1));
  }
  return false;
}

std::optional<std::string> Gzip(std::string_view bytes) {
  z_stream stream;
  std::memset(&stream, 0, sizeof stream);
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) return std::nullopt;
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write to it.
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) return std::nullopt;
  return out;
}

}  // namespace mailuo::server
