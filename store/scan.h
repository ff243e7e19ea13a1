// How the reader walks keys: windows of days, ranges in either direction, resume positions, damage.
// Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "store/engine.h"
#include "store/keys.h"
#include "store/reader.h"
#include "store/tally.h"

namespace mailuo::store {

// The publication days that count: those of a range that are not after as_of. Undated articles count only where
// neither is given.
class DayWindow {
 public:
  DayWindow(const PublishedRange& range, const std::optional<Date>& as_of);

  bool Admits(std::uint32_t day) const { return day == 0 ? undated_ : day >= first_ && day <= last_; }
  bool everything() const { return undated_; }
  bool empty() const { return first_ > last_; }
  std::uint32_t first() const { return first_; }  // DayNumbers, inclusive.
  std::uint32_t last() const { return last_; }

 private:
  std::uint32_t first_ = 1;
  std::uint32_t last_ = kMaxDayNumber;
  bool undated_ = true;
};

// Keys that go on with ~day after a prefix, limited to a window of days.
struct KeySpan {
  std::string prefix;
  std::string first;  // Inclusive.
  std::string end;    // Exclusive; "": to the end of the prefix.
};
KeySpan DaysOf(std::string prefix, const DayWindow& window);

// Walks a KeySpan in either direction, from its end or from just after a position.
class RangeScan {
 public:
  // `resume`: the part after the prefix of the key to go on behind; empty: from the beginning.
  RangeScan(const EngineView& view, KeySpan span, Order order, std::string_view resume);

  bool valid() const;
  std::string_view key() const { return cursor_->key(); }
  std::string_view value() const { return cursor_->value(); }
  void Next();
  // On to the first key that does not begin with `key_prefix`. REQUIRES: the present key does.
  void SkipPast(std::string_view key_prefix);
  Status status() const { return cursor_->status(); }

 private:
  KeySpan span_;
  Order order_;
  std::unique_ptr<Cursor> cursor_;
};

// Resume strings: a letter for the question, then the position in base64url. The question's letter and the size keep a
// cursor of one question from being taken by another.
std::string MakeResume(char question, std::string_view position);
// "" for an empty resume. kInvalidArgument for one that MakeResume(question, ...) did not give.
Result<std::string> ParseResume(char question, std::string_view resume);

// "the record of key <hex> is damaged"
Error Damaged(std::string_view key);

Result<Tally> ReadTally(std::string_view key, std::string_view value, std::uint8_t width);
// The same into a tally whose memory is used again: for walks over many.
Status ReadTally(std::string_view key, std::string_view value, std::uint8_t width, Tally& tally);

// First and last day of what was seen; undated is neither.
struct DaySpan {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  void Add(std::uint32_t day) {
    if (day == 0) return;
    if (first == 0 || day < first) first = day;
    if (day > last) last = day;
  }
};

}  // namespace mailuo::store
