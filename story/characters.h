// The characters of a text that count when texts are compared. Internal to story/.
// Thread safety: value types and pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace mailuo::story {

// Code points of UTF-8, one after another. Anything ill-formed gives some code point, never a read outside the bytes.
class CharacterReader {
 public:
  explicit CharacterReader(std::string_view utf8) : bytes_(utf8) {}
  bool done() const { return next_ >= bytes_.size(); }
  std::size_t position() const { return next_; }  // In bytes.
  // REQUIRES: !done()
  char32_t Next() {
    const auto lead = static_cast<unsigned char>(bytes_[next_++]);
    if (lead < 0x80) return lead;
    if ((lead & 0xF0U) == 0xE0U && bytes_.size() - next_ >= 2) {  // Nearly all of a Chinese text.
      const auto second = static_cast<unsigned char>(bytes_[next_]);
      const auto third = static_cast<unsigned char>(bytes_[next_ + 1]);
      next_ += 2;
      return (lead & 0x0FU) << 12 | (second & 0x3FU) << 6 | (third & 0x3FU);
    }
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    char32_t code_point = lead & (0x3FU >> more);
    for (int i = 0; i < more && next_ < bytes_.size(); ++i) {
      code_point = code_point << 6 | (static_cast<unsigned char>(bytes_[next_++]) & 0x3FU);
    }
    return code_point;
  }

 private:
  std::string_view bytes_;
  std::size_t next_ = 0;
};

inline bool IsHan(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF); }
// Latin letters in lower case and digits.
inline bool IsAlnum(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
// Lower case; letters and digits of double width as usual ones.
inline char32_t Plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

}  // namespace mailuo::story
