#include "ingest/record_splitter.h"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "ingest/byte_source.h"

namespace mailuo::ingest {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

bool IsBlank(std::string_view text) { return text.find_first_not_of(kBlank) == std::string_view::npos; }

// Keeps the record that is being read, up to the limit.
class RecordBuffer {
 public:
  explicit RecordBuffer(std::uint64_t max_bytes) : max_bytes_(max_bytes) {}

  void Append(std::string_view part) {
    if (too_long_) return;
    if (bytes_.size() + part.size() > max_bytes_) {
      too_long_ = true;
      bytes_ = std::string();
      return;
    }
    bytes_ += part;
  }
  bool too_long() const { return too_long_; }
  bool empty() const { return bytes_.empty() && !too_long_; }
  std::string_view bytes() const { return bytes_; }

  SplitRecord Take(std::uint64_t number) {
    SplitRecord record{number, std::exchange(bytes_, {}), std::nullopt};
    if (std::exchange(too_long_, false)) {
      record.error = Error{ErrorCode::kLimitExceeded, fmt::format("record is longer than {}", FormatBytes(max_bytes_))};
    }
    return record;
  }

 private:
  std::uint64_t max_bytes_;
  std::string bytes_;
  bool too_long_ = false;
};

class LineSplitter : public RecordSplitter {
 public:
  explicit LineSplitter(std::uint64_t max_bytes) : record_(max_bytes) {}

  bool Feed(std::string_view text, const SplitSink& sink) override {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      record_.Append(text.substr(0, end));
      if (end == std::string_view::npos) return true;
      text.remove_prefix(end + 1);
      if (!Emit(sink)) return false;
    }
    return true;
  }
  bool Finish(const SplitSink& sink) override { return record_.empty() || Emit(sink); }

 private:
  bool Emit(const SplitSink& sink) {
    SplitRecord record = record_.Take(++line_);
    if (!record.error && IsBlank(record.bytes)) return true;
    return sink(std::move(record));
  }

  RecordBuffer record_;
  std::uint64_t line_ = 0;
};

// RFC 4180, with line ends of any kind and quotes that matter only at the start of a field.
class CsvSplitter : public RecordSplitter {
 public:
  CsvSplitter(char separator, std::uint64_t max_bytes) : separator_(separator), record_(max_bytes) {}

  bool Feed(std::string_view text, const SplitSink& sink) override {
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!Step(text[i])) continue;
      record_.Append(text.substr(start, i - start));
      start = i + 1;
      if (!Emit(sink)) return false;
    }
    record_.Append(text.substr(start));
    // An open quote swallows the rest of the file: nothing after it can be trusted.
    if (quoted_ && record_.too_long()) return sink(Unclosed()), false;
    return true;
  }

  bool Finish(const SplitSink& sink) override {
    if (quoted_) return sink(Unclosed()), false;
    return record_.empty() || Emit(sink);
  }

 private:
  // True at the line end that ends a row.
  bool Step(char c) {
    const bool at_start = std::exchange(field_start_, false);
    if (quoted_) {
      if (c == '"') quoted_ = false;  // A doubled quote opens it again at once.
      reopen_ = c == '"';
      return false;
    }
    if (c == '"' && (at_start || reopen_)) {
      quoted_ = true;
    } else if (c == separator_) {
      field_start_ = true;
    } else if (c == '\n') {
      field_start_ = true;
      reopen_ = false;
      return true;
    }
    reopen_ = false;
    return false;
  }

  bool Emit(const SplitSink& sink) {
    SplitRecord record = record_.Take(++row_);
    if (!record.error && IsBlank(record.bytes)) return true;
    return sink(std::move(record));
  }

  SplitRecord Unclosed() {
    record_.Take(0);
    return {row_ + 1, "",
            Error{ErrorCode::kCorruption, "a quoted field is never closed; the rest of the file is not read"}};
  }

  char separator_;
  RecordBuffer record_;
  std::uint64_t row_ = 0;
  bool quoted_ = false;
  bool reopen_ = false;
  bool field_start_ = true;
};

// The elements of a top-level array, or the top-level values one after another.
class JsonSplitter : public RecordSplitter {
 public:
  explicit JsonSplitter(std::uint64_t max_bytes) : record_(max_bytes) {}

  bool Feed(std::string_view text, const SplitSink& sink) override {
    std::size_t start = 0;  // Of the part of this chunk that belongs to the record.
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (!in_value_) {
        if (kBlank.find(c) != std::string_view::npos || Between(c)) continue;
        if (c == ']' || c == '}' || c == ':') return Broken(fmt::format("unexpected '{}' between elements", c), sink);
        in_value_ = true;
        depth_ = 0;
        start = i;
        opened_ = c == '{' || c == '[' || c == '"';
      } else if (!opened_ && (c == ',' || c == ']' || c == '}' || c == '\n')) {
        // A bare number or word has no end of its own.
        record_.Append(text.substr(start, i - start));
        if (!Emit(sink)) return false;
        --i;
        continue;
      }
      if (Step(c)) {
        record_.Append(text.substr(start, i + 1 - start));
        if (!Emit(sink)) return false;
      } else if (depth_ > kMaxJsonDepth) {
        return Broken(fmt::format("nested deeper than {} levels", kMaxJsonDepth), sink);
      }
    }
    if (in_value_) record_.Append(text.substr(start));
    return true;
  }

  bool Finish(const SplitSink& sink) override {
    if (in_value_ && !opened_) return Emit(sink);
    if (in_value_) return Broken("the file ends inside an element", sink);
    if (in_array_) return Broken("the file ends inside its array", sink);
    return true;
  }

 private:
  // Marks between records: brackets of the outer array and its commas.
  bool Between(char c) {
    if (c == '[' && !in_array_ && !array_done_ && count_ == 0) {
      in_array_ = true;
      return true;
    }
    if (c == ']' && in_array_) {
      in_array_ = false;
      array_done_ = true;
      return true;
    }
    return c == ',' && in_array_;
  }

  // True at the last character of an object, array or string.
  bool Step(char c) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
        return depth_ == 0 && opened_;
      }
      return false;
    }
    if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      --depth_;
      return depth_ <= 0;
    }
    return false;
  }

  bool Emit(const SplitSink& sink) {
    in_value_ = false;
    return sink(record_.Take(++count_));
  }

  bool Broken(std::string reason, const SplitSink& sink) {
    record_.Take(0);
    in_value_ = false;
    in_array_ = false;
    sink({count_ + 1, "", Error{ErrorCode::kCorruption, std::move(reason)}});
    return false;
  }

  RecordBuffer record_;
  std::uint64_t count_ = 0;
  int depth_ = 0;
  bool in_array_ = false;
  bool array_done_ = false;
  bool in_value_ = false;
  bool opened_ = false;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace

std::unique_ptr<RecordSplitter> RecordSplitter::Create(InputFormat format, std::uint64_t max_record_bytes) {
  switch (format) {
    case InputFormat::kCsv: return std::make_unique<CsvSplitter>(',', max_record_bytes);
    case InputFormat::kTsv: return std::make_unique<CsvSplitter>('\t', max_record_bytes);
    case InputFormat::kJson: return std::make_unique<JsonSplitter>(max_record_bytes);
    default: return std::make_unique<LineSplitter>(max_record_bytes);
  }
}

}  // namespace mailuo::ingest
