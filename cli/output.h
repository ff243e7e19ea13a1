// Where a command writes: answers to `out`, remarks to `err`. In a terminal answers are coloured and cut to its width;
// piped, they are plain and whole.
// Thread safety: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::cli {

enum class Style { kPlain, kHeading, kName, kDate, kQuote, kFaint, kGood, kBad };

class Output {
 public:
  // Not owned. Colours when `out` is a terminal, NO_COLOR is not set and TERM is not "dumb".
  Output(std::FILE* out, std::FILE* err);

  bool terminal() const { return terminal_; }
  std::size_t columns() const { return columns_; }  // Of the terminal; 0 when piped: no limit.

  void Print(std::string_view text);  // As it is.
  void Print(std::string_view text, Style style);
  void Line(std::string_view text = {}) {
    Print(text);
    Print("\n");
  }
  void Warn(std::string_view text);  // "mailuo: text" to err.
  // False once a write failed (a closed pipe, a full disk); the command then ends with an error.
  bool Flush();

 private:
  std::FILE* out_;
  std::FILE* err_;
  bool terminal_ = false;
  bool colour_ = false;
  std::size_t columns_ = 0;
};

// Columns aligned by display width. In a terminal the last column is cut to what is left of the line.
class Table {
 public:
  explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }
  void Print(Output& output) const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace mailuo::cli
