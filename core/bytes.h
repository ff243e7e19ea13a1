// Writing and reading the bytes of keys and records. The reader never trusts a length: after the first thing that does
// not fit, it is failed for good and gives zeros and empty strings, so a decoder checks once, at its end.
// Thread safety: value types.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailuo {

// Appends to a string that somebody else owns.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  void Byte(std::uint8_t value) { out_ += static_cast<char>(value); }
  // Big-endian, so that byte order is value order.
  void Fixed(std::uint64_t value, int bytes) {
    std::array<char, sizeof(value)> buffer{};
    std::size_t size = 0;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) buffer[size++] = static_cast<char>(value >> shift & 0xFF);
    out_.append(buffer.data(), size);
  }
  // LEB128: seven bits a byte, low bits first.
  void Varint(std::uint64_t value) {
    std::array<char, 10> buffer{};
    std::size_t size = 0;
    while (value >= 0x80) {
      buffer[size++] = static_cast<char>(value | 0x80);
      value >>= 7;
    }
    buffer[size++] = static_cast<char>(value);
    out_.append(buffer.data(), size);
  }
  void Signed(std::int64_t value) {
    Varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void Bytes(std::string_view bytes) { out_ += bytes; }  // Without their number.
  void Text(std::string_view text) {
    Varint(text.size());
    out_ += text;
  }
  void Float(float value) { Fixed(std::bit_cast<std::uint32_t>(value), 4); }
  void Double(double value) { Fixed(std::bit_cast<std::uint64_t>(value), 8); }

 private:
  std::string& out_;
};

// Reads from bytes that outlive it.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return rest_.empty(); }
  // Nothing failed and nothing is left over.
  bool Complete() const { return ok_ && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }
  void Fail() {
    ok_ = false;
    rest_ = {};
  }

  std::uint8_t Byte() { return static_cast<std::uint8_t>(Fixed(1)); }
  std::uint64_t Fixed(int bytes) {
    const auto size = static_cast<std::size_t>(bytes);
    if (rest_.size() < size) {
      Fail();
      return 0;
    }
    std::uint64_t value = 0;
    for (const char c : rest_.substr(0, size)) value = value << 8 | static_cast<std::uint8_t>(c);
    rest_.remove_prefix(size);
    return value;
  }
  std::uint64_t Varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<std::uint8_t>(rest_.front());
      if (shift == 63 && byte > 1) break;  // Beyond 64 bits.
      rest_.remove_prefix(1);
      if (byte == 0 && shift > 0) break;  // Longer than need be: a number has one form.
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }
  // At most `max`; more is a failure.
  std::uint64_t Varint(std::uint64_t max) {
    const std::uint64_t value = Varint();
    if (value <= max) return value;
    Fail();
    return 0;
  }
  std::uint32_t Varint32() { return static_cast<std::uint32_t>(Varint(UINT32_MAX)); }
  std::int64_t Signed() {
    const std::uint64_t value = Varint();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  // A count of things that take at least `min_bytes` each: never more than can follow.
  std::size_t Count(std::size_t min_bytes) { return Varint(rest_.size() / (min_bytes == 0 ? 1 : min_bytes)); }
  std::string_view Bytes(std::size_t size) {
    if (rest_.size() < size) {
      Fail();
      return {};
    }
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  std::string_view Text() { return Bytes(Varint(rest_.size())); }
  std::string_view Rest() { return Bytes(rest_.size()); }
  float Float() { return std::bit_cast<float>(static_cast<std::uint32_t>(Fixed(4))); }
  double Double() { return std::bit_cast<double>(Fixed(8)); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace mailuo
