#include "query/cursor.h"

#include <array>

#include "core/ids.h"

namespace mailuo::query {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr char kVersion = 1;
constexpr std::size_t kHashBytes = 8;
constexpr std::size_t kCheckBytes = 4;

void AppendBigEndian(std::uint64_t value, std::size_t bytes, std::string& out) {
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
}

std::string CheckSum(std::string_view bytes) {
  std::string out;
  AppendBigEndian(StableHash64(bytes) >> 32, kCheckBytes, out);
  return out;
}

std::string ToBase64(std::string_view bytes) {
  std::string out;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    buffer = buffer << 8 | static_cast<unsigned char>(byte);
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      out.push_back(kAlphabet[buffer >> bits & 0x3FU]);
    }
    buffer &= (1U << bits) - 1;
  }
  if (bits > 0) out.push_back(kAlphabet[buffer << (6 - bits) & 0x3FU]);
  return out;
}

// Nothing for a character outside the alphabet or left-over bits that are not zero: a token has one spelling.
std::optional<std::string> FromBase64(std::string_view text) {
  std::string out;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = buffer << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<char>(buffer >> bits & 0xFFU));
      buffer &= (1U << bits) - 1;
    }
  }
  if (bits >= 6 || buffer != 0) return std::nullopt;
  return out;
}

}  // namespace

QuestionHash& QuestionHash::Add(std::string_view part) {
  AppendBigEndian(part.size(), 4, bytes_);
  bytes_ += part;
  return *this;
}

QuestionHash& QuestionHash::Add(std::uint64_t part) {
  AppendBigEndian(part, 8, bytes_);
  return *this;
}

QuestionHash& QuestionHash::Add(std::optional<Date> part) { return Add(part ? FormatDate(*part) : std::string()); }

std::uint64_t QuestionHash::value() const { return StableHash64(bytes_); }

std::string EncodeCursor(std::uint64_t question, std::string_view position) {
  if (position.empty()) return {};
  std::string bytes(1, kVersion);
  AppendBigEndian(question, kHashBytes, bytes);
  bytes += position;
  return ToBase64(bytes + CheckSum(bytes));
}

Answer<std::string> DecodeCursor(std::string_view cursor, std::uint64_t question) {
  if (cursor.empty()) return std::string();
  const auto bad = [](std::string detail) {
    return Refuse({ProblemKind::kBadCursor, std::move(detail), "cursor", "start again without a cursor", {}});
  };
  if (cursor.size() > kMaxCursorBytes) return bad("the cursor is longer than any that was given out");
  const auto bytes = FromBase64(cursor);
  if (!bytes || bytes->size() <= 1 + kHashBytes + kCheckBytes) return bad("the cursor is damaged");
  const std::string_view body = std::string_view(*bytes).substr(0, bytes->size() - kCheckBytes);
  if (bytes->substr(body.size()) != CheckSum(body)) return bad("the cursor is damaged");
  std::string expected(1, kVersion);
  AppendBigEndian(question, kHashBytes, expected);
  if (body.substr(0, expected.size()) != expected) return bad("the cursor belongs to another question");
  return std::string(body.substr(expected.size()));
}

}  // namespace mailuo::query
