#include "cli/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "text/width.h"

namespace mailuo::cli {
namespace {

std::string_view Code(Style style) {
  switch (style) {
    case Style::kPlain: return "";
    case Style::kHeading: return "\x1b[1m";
    case Style::kName: return "\x1b[1;36m";
    case Style::kDate: return "\x1b[33m";
    case Style::kQuote: return "\x1b[32m";
    case Style::kFaint: return "\x1b[2m";
    case Style::kGood: return "\x1b[32m";
    case Style::kBad: return "\x1b[31m";
  }
  return "";
}

bool WantsColour() {
  const char* const term = std::getenv("TERM");
  return std::getenv("NO_COLOR") == nullptr && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace

Output::Output(std::FILE* out, std::FILE* err) : out_(out), err_(err) {
  terminal_ = isatty(fileno(out)) == 1;
  if (!terminal_) return;
  colour_ = WantsColour();
  winsize size{};
  columns_ = ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 20 ? size.ws_col : 100;
}

void Output::Print(std::string_view text) {
  // fwrite takes no null pointer, and an empty view may hold one.
  if (!text.empty()) std::fwrite(text.data(), 1, text.size(), out_);
}

void Output::Print(std::string_view text, Style style) {
  if (!colour_ || style == Style::kPlain) {
    Print(text);
    return;
  }
  Print(Code(style));
  Print(text);
  Print("\x1b[0m");
}

void Output::Warn(std::string_view text) {
  std::fflush(out_);
  std::fprintf(err_, "mailuo: %.*s\n", static_cast<int>(text.size()), text.data());
}

bool Output::Flush() { return std::fflush(out_) == 0 && std::ferror(out_) == 0; }

void Table::Print(Output& output) const {
  std::vector<std::size_t> widths(header_.size(), 0);
  const auto measure = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i) {
      widths[i] = std::max(widths[i], text::DisplayWidth(row[i]));
    }
  };
  measure(header_);
  for (const auto& row : rows_) measure(row);

  const auto print = [&](const std::vector<std::string>& row, Style style) {
    std::string line;
    std::size_t used = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool last = i + 1 == row.size();
      if (last) {
        const std::size_t columns = output.columns();
        line += columns > used + 1 ? text::FitWidth(row[i], columns - used) : row[i];
      } else {
        line += row[i];
        line.append(widths[i] - text::DisplayWidth(row[i]) + 2, ' ');
        used += widths[i] + 2;
      }
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    output.Print(line, style);
    output.Print("\n");
  };
  print(header_, Style::kHeading);
  for (const auto& row : rows_) print(row, Style::kPlain);
}

}  // namespace mailuo::cli
