#include "store/scan.h"

#include <algorithm>

#include <fmt/core.h>

namespace mailuo::store {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    buffer = buffer << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xFF);
    buffer &= (1U << bits) - 1;
  }
  if (bits >= 6 || buffer != 0) return std::nullopt;
  return bytes;
}

}  // namespace

DayWindow::DayWindow(const PublishedRange& range, const std::optional<Date>& as_of)
    : undated_(!range.from && !range.to && !as_of) {
  if (range.from) first_ = DayNumber(range.from);
  if (range.to) last_ = DayNumber(range.to);
  if (as_of) last_ = std::min(last_, DayNumber(as_of));
}

KeySpan DaysOf(std::string prefix, const DayWindow& window) {
  KeySpan span;
  if (!window.everything()) {
    // Complemented: the last day comes first. The number before the first day is the end, 0 being the undated.
    span.first = AtDay(prefix, window.last());
    span.end = AtDay(prefix, window.first() - 1);
    if (window.empty()) span.end = span.first;
  } else {
    span.first = prefix;
  }
  span.prefix = std::move(prefix);
  return span;
}

RangeScan::RangeScan(const EngineView& view, KeySpan span, Order order, std::string_view resume)
    : span_(std::move(span)), order_(order), cursor_(view.Scan(Table::kGraph, span_.prefix)) {
  const std::string position = span_.prefix + std::string(resume);
  if (order_ == Order::kNewestFirst) {
    if (resume.empty() || position < span_.first) {
      cursor_->Seek(span_.first);
    } else {
      cursor_->Seek(position);
      if (cursor_->valid() && cursor_->key() == position) cursor_->Next();
    }
  } else if (!resume.empty() && (span_.end.empty() || position < span_.end)) {
    cursor_->SeekBefore(position);
  } else if (!span_.end.empty()) {
    cursor_->SeekBefore(span_.end);
  } else {
    cursor_->SeekToLast();
  }
}

bool RangeScan::valid() const {
  if (!cursor_->valid()) return false;
  if (order_ == Order::kNewestFirst) return span_.end.empty() || cursor_->key() < span_.end;
  return cursor_->key() >= span_.first;
}

void RangeScan::Next() {
  if (order_ == Order::kNewestFirst) {
    cursor_->Next();
  } else {
    cursor_->Prev();
  }
}

void RangeScan::SkipPast(std::string_view key_prefix) {
  if (order_ == Order::kOldestFirst) return cursor_->SeekBefore(key_prefix);
  const std::string next = After(key_prefix);
  if (next.empty() || next.compare(0, span_.prefix.size(), span_.prefix) != 0) {
    // Nothing of the prefix can follow: go to the end of it.
    while (cursor_->valid()) cursor_->Next();
    return;
  }
  cursor_->Seek(next);
}

std::string MakeResume(char question, std::string_view position) {
  std::string text(1, question);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : position) {
    buffer = buffer << 8 | static_cast<std::uint8_t>(c);
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += kAlphabet[buffer >> bits & 63];
    }
    buffer &= (1U << bits) - 1;
  }
  if (bits > 0) text += kAlphabet[buffer << (6 - bits) & 63];
  return text;
}

Result<std::string> ParseResume(char question, std::string_view resume) {
  if (resume.empty()) return std::string();
  auto position = resume.front() == question ? FromBase64(resume.substr(1)) : std::nullopt;
  if (position && !position->empty()) return *std::move(position);
  return Error{ErrorCode::kInvalidArgument, "the position to resume from belongs to another question"};
}

Error Damaged(std::string_view key) {
  std::string hex;
  for (const char c : key) hex += fmt::format("{:02x}", static_cast<std::uint8_t>(c));
  return Error{ErrorCode::kCorruption, fmt::format("the record of key {} is damaged: run `mailuo verify`", hex)};
}

Result<Tally> ReadTally(std::string_view key, std::string_view value, std::uint8_t width) {
  Tally tally;
  MAILUO_RETURN_IF_ERROR(ReadTally(key, value, width, tally));
  return tally;
}

Status ReadTally(std::string_view key, std::string_view value, std::uint8_t width, Tally& tally) {
  if (!DecodeTally(value, tally) || tally.width != width) return Damaged(key);
  return {};
}

}  // namespace mailuo::store
