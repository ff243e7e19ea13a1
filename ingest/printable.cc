#include "ingest/printable.h"

#include <fmt/core.h>

#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

void AppendEscaped(unsigned char byte, std::string& out) {
  if (byte == '\n') {
    out += "\\n";
  } else if (byte == '\t') {
    out += "\\t";
  } else if (byte == '\\') {
    out += "\\\\";
  } else {
    out += fmt::format("\\x{:02x}", byte);
  }
}

}  // namespace

std::string Printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t good = text::FindInvalidUtf8(bytes).value_or(bytes.size());
    for (const char c : bytes.substr(0, good)) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x20 || byte == 0x7F || byte == '\\') {
        AppendEscaped(byte, out);
      } else {
        out += c;
      }
    }
    if (good < bytes.size()) AppendEscaped(static_cast<unsigned char>(bytes[good]), out);
    bytes.remove_prefix(std::min(good + 1, bytes.size()));
  }
  return out;
}

}  // namespace mailuo::ingest
