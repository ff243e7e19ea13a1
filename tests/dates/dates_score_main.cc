// Scores the engine on a file of cases (columns as in the first line: source, case_id, text, reference_datetime, span,
// start, end, match, flag, alt, rec_start, rec_end, span_offset), intervals half-open days.
//   mailuo-dates-eval CASES.tsv [--fails] [--held-back]
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/date.h"
#include "dates/date_finder.h"
#include "text/folded_text.h"
#include "text/sentence.h"
#include "text/utf8.h"

namespace {

using mailuo::Date;

struct Mention {
  std::uint32_t start, end;
  int from, to;  // Days, half-open; far away when open.
  std::string text;
};

constexpr int kOpenFrom = -10'000'000;
constexpr int kOpenTo = 10'000'000;

using Row = std::unordered_map<std::string, std::string>;

std::vector<std::string> Split(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (;;) {
    const std::size_t end = line.find(separator, at);
    parts.push_back(line.substr(at, end - at));
    if (end == std::string::npos) return parts;
    at = end + 1;
  }
}

int Day(const std::string& text, int open) {
  const auto date = mailuo::ParseIsoDate(std::string_view(text).substr(0, 10));
  return date ? date->days : open;
}

double Overlap(int a, int b, int c, int d) {
  const double inside = std::min(b, d) - std::max(a, c);
  const double all = std::max(b, d) - std::min(a, c);
  return inside > 0 ? inside / all : 0;
}

bool Near(int a, int b, int tolerance) { return std::abs(a - b) <= tolerance; }

bool ValueRight(Row& row, const Mention& mention, bool contested) {
  const std::string& match = row["match"];
  if (match == "span" || row["start"].empty()) return true;
  std::vector<std::pair<std::string, std::string>> wanted{{row["start"], row["end"]}};
  for (const std::string& alt : Split(row["alt"], ';')) {
    if (const auto parts = Split(alt, '/'); parts.size() == 2) wanted.emplace_back(parts[0], parts[1]);
  }
  if (contested && !row["rec_start"].empty()) wanted = {{row["rec_start"], row["rec_end"]}};
  const int tolerance = row["flag"].find("BOUNDARY_TOL") != std::string::npos ? 1 : 0;
  for (const auto& [from, to] : wanted) {
    const int c = Day(from, kOpenFrom);
    const int d = Day(to, kOpenTo);
    const int a = mention.from;
    const int b = mention.to;
    if ((match == "exact" || match == "any") && a == c && b == d) return true;
    if (match == "tol" && ((Near(a, c, 1) && Near(b, d, 1)) || Overlap(a, b, c, d) >= 0.9)) return true;
    if (match == "iou" && Overlap(a, b, c, d) >= 0.5) return true;
    if (match == "start" && Near(a, c, tolerance)) return true;
    if (match == "end" && Near(b, d, tolerance)) return true;
    if (match == "contains" && a <= c && c < b && b - a <= 366) return true;
  }
  return false;
}

std::vector<Mention> Find(const std::string& text, const std::string& reference) {
  const mailuo::text::FoldedText folded(text);
  std::vector<mailuo::dates::FoundDate> found;
  mailuo::dates::DateContext context;
  context.published = mailuo::ParseIsoDate(reference.empty() ? "2026-01-26" : reference.substr(0, 10));
  mailuo::dates::FindDates(folded, mailuo::text::SplitSentences(folded), context, found);
  std::vector<Mention> mentions;
  for (const auto& date : found) {
    const mailuo::TextSpan span = folded.ToCodePoints(date.span);
    mentions.push_back({span.start, span.end, date.interval.from ? date.interval.from->days : kOpenFrom,
                        date.interval.to ? date.interval.to->days + 1 : kOpenTo,
                        std::string(folded.Original(date.span))});
  }
  return mentions;
}

struct Tally {
  int right = 0;
  int all = 0;
  void Add(bool good) {
    right += good ? 1 : 0;
    ++all;
  }
};

}  // namespace

int main(int argc, char** argv) {
  bool fails = false;
  bool held_back = false;
  for (int i = 2; i < argc; ++i) {
    fails = fails || std::string_view(argv[i]) == "--fails";
    held_back = held_back || std::string_view(argv[i]) == "--held-back";
  }
  std::ifstream file(argc > 1 ? argv[1] : "");
  std::string line;
  if (!std::getline(file, line)) {
    std::cerr << "usage: mailuo-dates-eval CASES.tsv [--fails] [--held-back]\n";
    return 2;
  }
  const std::vector<std::string> header = Split(line, '\t');
  std::map<std::string, std::map<std::string, Tally>> tallies;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = Split(line, '\t');
    Row row;
    for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) row[header[i]] = cells[i];
    // FNV-1a over the text: one case in five is looked at only at the end.
    std::uint32_t hash = 2166136261U;
    for (const char c : row["text"]) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    const bool held = hash % 5 == 0;
    const std::string suite =
        row["source"].starts_with("news") ? "news" : row["source"].substr(0, row["source"].find(':'));
    const std::vector<Mention> mentions = Find(row["text"], row["reference_datetime"]);
    const bool contested = row["flag"].find("CONTESTED") != std::string::npos;
    const auto offset = row["span_offset"].empty() ? 0U : static_cast<std::uint32_t>(std::stoul(row["span_offset"]));
    const auto length = static_cast<std::uint32_t>(mailuo::text::CountCodePoints(row["span"]));
    std::string kind = row["match"];
    bool good = false;
    std::vector<Mention> over;
    for (const Mention& mention : mentions) {
      if (mention.start < offset + length && offset < mention.end) over.push_back(mention);
    }
    if (kind == "none" || kind == "dur") {
      if (contested) continue;
      good = kind == "none" ? mentions.empty() : over.empty();
      kind = "negative";
    } else {
      bool exact_span = false;
      for (const Mention& mention : over) {
        const bool exact = mention.start == offset && mention.end == offset + length;
        exact_span = exact_span || exact;
        const bool taken = exact || (row["flag"].find("SPAN_TOL") != std::string::npos);
        good = good || (taken && ValueRight(row, mention, contested));
      }
      tallies[suite]["span found"].Add(exact_span);
      if (kind == "span") {
        good = exact_span;
      } else if (contested && row["rec_start"].empty()) {
        kind = "apart";
      } else if (contested) {
        tallies[suite]["contested"].Add(good);
      }
    }
    tallies[held ? "held-back" : "seen"][kind].Add(good);
    tallies[suite][kind].Add(good);
    if (kind != "apart" && kind != "negative" && kind != "span") tallies[suite]["values"].Add(good);
    if (fails && !good && kind != "apart" && held == held_back) {
      std::cout << row["source"] << '\t' << row["match"] << '\t' << row["span"] << '\t' << row["text"].substr(0, 90)
                << '\t' << row["reference_datetime"].substr(0, 10) << '\t'
                << (row["rec_start"].empty() ? row["start"] + ".." + row["end"]
                                             : row["rec_start"] + ".." + row["rec_end"])
                << '\t' << row["flag"] << '\t';
      for (const Mention& mention : mentions) {
        std::cout << '[' << mention.text << ' '
                  << (mention.from == kOpenFrom ? "open" : mailuo::FormatDate({mention.from})) << ' '
                  << (mention.to == kOpenTo ? "open" : mailuo::FormatDate({mention.to})) << ']';
      }
      std::cout << '\n';
    }
  }
  for (const auto& [suite, kinds] : tallies) {
    std::cout << suite;
    for (const auto& [kind, tally] : kinds) {
      char cell[80];
      std::snprintf(cell, sizeof cell, "  %s %d/%d %.1f%%", kind.c_str(), tally.right, tally.all,
                    100.0 * tally.right / tally.all);
      std::cout << cell;
    }
    std::cout << '\n';
  }
  return 0;
}
