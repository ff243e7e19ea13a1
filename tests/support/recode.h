// Test texts in other encodings, by the C library: independent of the decoder under test.
#pragma once

#include <iconv.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace mailuo::testing {

inline std::string Recode(std::string_view utf8, const char* encoding) {
  const iconv_t converter = iconv_open(encoding, "UTF-8");
  if (converter == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error("iconv does not know the encoding");
  std::string in(utf8);
  std::string out(utf8.size() * 4 + 16, '\0');
  char* source = in.data();
  char* target = out.data();
  std::size_t source_left = in.size();
  std::size_t target_left = out.size();
  const std::size_t result = iconv(converter, &source, &source_left, &target, &target_left);
  iconv_close(converter);
  if (result == static_cast<std::size_t>(-1)) throw std::runtime_error("the text has no form in the encoding");
  out.resize(out.size() - target_left);
  return out;
}

}  // namespace mailuo::testing
