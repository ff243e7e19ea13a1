// Any bytes through the decoder: what comes out is UTF-8, and the same whether it is decoded whole or in two pieces.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/encoding.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  namespace text = mailuo::text;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if (const auto decoded = text::DecodeText(bytes)) {
    if (text::FindInvalidUtf8(decoded->utf8)) std::abort();
  }
  const auto sniffed = text::SniffEncoding(bytes);
  if (!sniffed || sniffed->encoding == text::Encoding::kUtf8) return 0;
  const std::string_view rest = bytes.substr(sniffed->bom_bytes);
  const std::size_t cut = rest.empty() ? 0 : data[0] % rest.size();
  std::string whole;
  std::string parts;
  text::StreamDecoder one(sniffed->encoding);
  text::StreamDecoder two(sniffed->encoding);
  const bool whole_good = one.Decode(rest, true, whole).has_value();
  const bool parts_good = two.Decode(rest.substr(0, cut), false, parts).has_value() &&
                          two.Decode(rest.substr(cut), true, parts).has_value();
  if (whole_good != parts_good || (whole_good && whole != parts)) std::abort();
  return 0;
}
