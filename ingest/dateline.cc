#include "ingest/dateline.h"

#include <algorithm>
#include <bitset>
#include <utility>
#include <vector>

#include "core/check.h"
#include "embedded_IngestDatelines.h"
#include "ingest/loose_time.h"
#include "ingest/outlets.h"
#include "ingest/tsv_table.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

using text::FoldedText;
using text::IsAsciiDigit;
using text::IsHan;

enum class Label : std::uint8_t { kPublished, kOutlet, kAuthor, kTitle, kStop, kFrom, kNone };

struct LabelWord {
  std::u16string word;
  Label label;
};

struct Words {
  std::vector<LabelWord> labels;      // By first unit; of one first unit the longest first.
  std::bitset<0x10000> label_starts;  // The units with which they begin: few places of a text have one.
  std::vector<std::u16string> wire;
  std::vector<std::u16string> told;
  std::vector<std::u16string> name_end;
  std::vector<std::u16string> skip;
  std::vector<std::u16string> others;
};

// The list of a kind that is no label.
std::vector<std::u16string>& ListOf(Words& words, std::string_view kind) {
  if (kind == "wire") return words.wire;
  if (kind == "told") return words.told;
  if (kind == "name_end") return words.name_end;
  if (kind == "skip") return words.skip;
  MAILUO_CHECK(kind == "later" || kind == "past" || kind == "until");  // Those are text_days.cc's.
  return words.others;
}

Label LabelByWord(std::string_view kind) {
  if (kind == "published") return Label::kPublished;
  if (kind == "outlet") return Label::kOutlet;
  if (kind == "author") return Label::kAuthor;
  if (kind == "title") return Label::kTitle;
  if (kind == "stop") return Label::kStop;
  if (kind == "from") return Label::kFrom;
  return Label::kNone;
}

const Words& Table() {
  static const Words the_words = [] {
    Words words;
    for (const auto& row : ReadTable(embedded::IngestDatelines(), 3)) {
      std::u16string key = text::FoldKey16(row[0]);
      const Label label = LabelByWord(row[1]);
      if (label != Label::kNone) {
        words.labels.push_back({std::move(key), label});
      } else {
        ListOf(words, row[1]).push_back(std::move(key));
      }
    }
    std::stable_sort(words.labels.begin(), words.labels.end(), [](const LabelWord& a, const LabelWord& b) {
      if (a.word.front() != b.word.front()) return a.word.front() < b.word.front();
      return a.word.size() > b.word.size();
    });
    for (const LabelWord& label : words.labels) words.label_starts.set(label.word.front());
    return words;
  }();
  return the_words;
}

bool StartsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.starts_with(word); });
}
bool EndsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.ends_with(word); });
}

bool IsLabelMark(char16_t unit) { return unit == u':' || unit == u'/' || unit == u'|' || unit == u'丨'; }
bool IsBreak(char16_t unit) { return std::u16string_view(u" ()|·;【、,").find(unit) != std::u16string_view::npos; }
bool IsNameUnit(char16_t unit) { return IsHan(unit) || text::IsAsciiAlnum(unit); }

struct FoundLabel {
  Label label = Label::kNone;
  std::size_t start = 0;
  std::size_t value = 0;  // First unit of the value.
};

// The label at `at`, if one starts there.
FoundLabel LabelAt(std::u16string_view line, std::size_t at, bool line_start) {
  const Words& table = Table();
  auto found = std::lower_bound(table.labels.begin(), table.labels.end(), line[at],
                                [](const LabelWord& word, char16_t unit) { return word.word.front() < unit; });
  for (; found != table.labels.end() && found->word.front() == line[at]; ++found) {
    const LabelWord& word = *found;
    if (line.substr(at, word.word.size()) != word.word) continue;
    if (word.word.size() == 1 && !line_start) continue;
    std::size_t next = at + word.word.size();
    if (word.label == Label::kFrom) return {word.label, at, next};
    while (next < line.size() && line[next] == u' ') ++next;
    if (next < line.size() && IsLabelMark(line[next])) return {word.label, at, next + 1};
    // 发布于 2025-07-05 has no mark.
    if (word.label == Label::kPublished && next < line.size() && IsAsciiDigit(line[next])) {
      return {word.label, at, next};
    }
  }
  return {};
}

std::vector<FoundLabel> FindLabels(std::u16string_view line) {
  std::vector<FoundLabel> found;
  std::size_t first = line.find_first_not_of(u" (【");
  if (first == std::u16string_view::npos) return found;
  const auto& starts = Table().label_starts;
  for (std::size_t i = first; i < line.size(); ++i) {
    if (!starts.test(line[i])) continue;
    // Behind a date or a name there may be no separator: 2025-07-05 08:15来源:新华社.
    const bool candidate = i == first || IsBreak(line[i - 1]) || IsAsciiDigit(line[i - 1]);
    if (!candidate) continue;
    const FoundLabel label = LabelAt(line, i, i == first);
    if (label.label == Label::kNone) continue;
    found.push_back(label);
    i = label.value > i ? label.value - 1 : i;
  }
  return found;
}

text::UnitSpan TrimSpan(std::u16string_view units, std::size_t start, std::size_t end, std::u16string_view trimmed) {
  while (start < end && trimmed.find(units[start]) != std::u16string_view::npos) ++start;
  while (end > start && trimmed.find(units[end - 1]) != std::u16string_view::npos) --end;
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

constexpr std::u16string_view kValueTrim = u" :/|丨“”\"'《》〈〉【】[]()·,;、。■-—@";

// The value of an outlet or author label: up to a mark that cannot belong to a name.
std::string NameValue(const FoldedText& line, std::size_t start, std::size_t end, bool author) {
  const std::u16string_view units = line.units();
  std::size_t stop = start;
  const auto skip_marks = [&] {
    while (stop < end && std::u16string_view(u" (《“").find(units[stop]) != std::u16string_view::npos) ++stop;
  };
  skip_marks();
  for (const std::u16string& word : Table().skip) {
    if (author || units.substr(stop, word.size()) != word || stop + word.size() >= end) continue;
    stop += word.size();
    start = stop;
    skip_marks();
    break;
  }
  const std::u16string_view ends =
      author ? std::u16string_view(u"|丨()。;:【】■") : std::u16string_view(u"|丨()。;:,，》”【】■");
  while (stop < end && ends.find(units[stop]) == std::u16string_view::npos) {
    // Two spaces part fields; one space parts names of authors, but ends the name of an outlet written in Chinese.
    if (units[stop] == u' ' && stop + 1 < end && (units[stop + 1] == u' ' || IsAsciiDigit(units[stop + 1]))) break;
    if (units[stop] == u' ' && !author && stop > start && IsHan(units[stop - 1])) break;
    ++stop;
  }
  constexpr std::size_t kMaxUnits = 40;
  const text::UnitSpan span = TrimSpan(units, start, stop, kValueTrim);
  if (span.empty() || span.size() > kMaxUnits) return {};
  const bool has_name = std::any_of(units.begin() + span.start, units.begin() + span.end,
                                    [](char16_t u) { return IsHan(u) || text::IsAsciiLetter(u); });
  if (!has_name) return {};
  std::string value(line.Original(span));
  if (!author) return std::string(CanonicalOutlet(value));
  // Several authors: 张三 李四, 张三/李四, 张三，李四.
  std::string joined;
  const FoldedText folded(value);
  std::size_t from = 0;
  for (std::size_t i = 0; i <= folded.size(); ++i) {
    const bool parts = i == folded.size() || folded.units()[i] == u',' || folded.units()[i] == u'、' ||
                       folded.units()[i] == u'/' ||
                       (folded.units()[i] == u' ' && i > 0 && IsHan(folded.units()[i - 1]));
    if (!parts) continue;
    const text::UnitSpan name = TrimSpan(folded.units(), from, i, kValueTrim);
    from = i + 1;
    if (name.empty()) continue;
    if (!joined.empty()) joined += "、";
    joined += folded.Original(name);
  }
  return joined;
}

// Collects what one text says.
class DatelineReader {
 public:
  // False if the line has nothing of a dateline. `number`: of the lines that hold text, from 0.
  bool Line(std::string_view utf8, int number) {
    const FoldedText line(utf8);
    const std::u16string_view units = line.units();
    constexpr std::size_t kLabelLine = 120;
    bool found = false;
    if (units.size() <= kLabelLine) {
      found = Labels(line) || found;
      found = Byline(line, number) || found;
      found = DateAlone(line) || found;
    }
    constexpr int kWireLines = 6;
    if (number < kWireLines) Wire(line);
    return found;
  }

  // A line among the last ones. `seen`: it went through Line, and its labels say nothing new.
  void LastLine(std::string_view utf8, bool seen, bool very_last) {
    if (seen && !very_last) return;
    const FoldedText line(utf8);
    constexpr std::size_t kLabelLine = 120;
    if (!seen && line.size() <= kLabelLine) Labels(line);
    if (very_last) Signature(line.units());
  }

  Dateline Take() {
    Dateline& out = out_;
    if (!out.published) out.published = alone_;
    if (!out.published) out.published = wire_;
    if (!out.published) out.month_day = month_day_;
    if (!out.published && !month_day_) out.published = signature_;
    if (out.outlet.empty()) out.outlet = weak_outlet_;
    if (out.author.empty()) out.author = weak_author_;
    return std::move(out_);
  }

 private:
  bool Labels(const FoldedText& line) {
    const std::u16string_view units = line.units();
    const std::vector<FoundLabel> labels = FindLabels(units);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const std::size_t end = i + 1 < labels.size() ? labels[i + 1].start : units.size();
      Take(line, labels[i], end);
    }
    // 2025年07月05日 08:15 来源：新华社 编辑：X: the date has no label of its own.
    if (!labels.empty() && !out_.published && labels.front().start > 0) {
      if (const auto day = FindFullDay(units.substr(0, labels.front().start), 0)) Keep(*day, out_.published);
    }
    return !labels.empty();
  }

  void Take(const FoldedText& line, const FoundLabel& label, std::size_t end) {
    switch (label.label) {
      case Label::kPublished:
        if (out_.published) return;
        if (const auto day = FindFullDay(line.units().substr(0, end), label.value)) Keep(*day, out_.published);
        return;
      case Label::kOutlet:
      case Label::kFrom:
        if (out_.outlet.empty()) out_.outlet = NameValue(line, label.value, end, false);
        return;
      case Label::kAuthor:
        if (out_.author.empty()) out_.author = NameValue(line, label.value, end, true);
        return;
      case Label::kTitle:
        if (out_.title.empty()) out_.title = std::string(line.Original(TrimSpan(line.units(), label.value, end, u" ")));
        return;
      case Label::kStop:
      case Label::kNone: return;
    }
  }

  // 《投资者网》引线 | 吴微
  bool Byline(const FoldedText& line, int number) {
    constexpr std::size_t kMaxUnits = 40;
    constexpr int kLines = 6;
    const std::u16string_view units = line.units();
    const std::size_t bar = units.find_first_of(u"|丨");
    if (number >= kLines || units.size() > kMaxUnits || units.empty() || units.front() != u'《' ||
        bar == std::u16string_view::npos) {
      return false;
    }
    const std::size_t close = units.find(u'》');
    if (close == std::u16string_view::npos || close > bar) return false;
    if (weak_outlet_.empty()) weak_outlet_ = NameValue(line, 1, close, false);
    if (weak_author_.empty()) weak_author_ = NameValue(line, bar + 1, units.size(), true);
    return true;
  }

  // A line that holds a day with its clock time, or a day and nothing else but an outlet.
  bool DateAlone(const FoldedText& line) {
    const std::u16string_view units = line.units();
    constexpr std::size_t kMaxUnits = 60;
    if (units.size() > kMaxUnits) return false;
    const auto day = FindFullDay(units, 0);
    if (!day) return false;
    const bool clock = day->end > day->day_end;
    const text::UnitSpan before = TrimSpan(units, 0, day->start, kValueTrim);
    const text::UnitSpan after = TrimSpan(units, day->end, units.size(), kValueTrim);
    const bool at_edge = before.empty() || after.empty();
    constexpr std::uint32_t kMaxRest = 16;
    const text::UnitSpan rest = before.empty() ? after : before;
    if (!rest.empty()) {
      if (!at_edge || rest.size() > kMaxRest) return false;
      const std::u16string_view name = units.substr(rest.start, rest.size());
      const bool known = OutletAtStart(name).length == name.size();
      const bool named =
          known || (EndsWithAny(name, Table().name_end) && std::all_of(name.begin(), name.end(), IsNameUnit));
      if (!clock && !named) return false;
      if (named && weak_outlet_.empty()) weak_outlet_ = CanonicalOutlet(line.Original(rest));
    }
    if (!alone_) Keep(*day, alone_);
    return true;
  }

  // 新华社北京3月24日电, 财联社7月5日讯（记者 张三）, 每经AI快讯，…, 记者 张三 3月24日电
  void Wire(const FoldedText& line) {
    const std::u16string_view units = line.units();
    std::size_t start = units.find_first_not_of(u" (【—-");
    if (start == std::u16string_view::npos) return;
    // 【标题】财联社7月5日电
    if (start > 0 && units[start - 1] == u'【') {
      const std::size_t close = units.find(u'】');
      constexpr std::size_t kMaxTitle = 60;
      if (close < kMaxTitle && OutletAtStart(units.substr(start)).length == 0) {
        start = close + 1;
      }
    }
    constexpr std::size_t kReach = 48;
    const std::u16string_view head = units.substr(0, std::min(units.size(), start + kReach));
    const OutletMatch outlet = OutletAtStart(head.substr(std::min(start, head.size())));
    const bool dated = WireDay(head, start, outlet.length != 0);
    std::size_t behind = start + outlet.length;
    if (head.substr(std::min(behind, head.size()), 3) == u"app") behind += 3;
    const bool told =
        outlet.length != 0 && (dated || StartsWithAny(head.substr(std::min(behind, head.size())), Table().told));
    if (told && weak_outlet_.empty()) weak_outlet_ = outlet.name;
    if (dated || told) Reporter(line, start);
  }

  bool WireDay(std::u16string_view head, std::size_t start, bool known_outlet) {
    for (std::size_t i = start; i < head.size(); ++i) {
      if (!IsAsciiDigit(head[i]) || (i > 0 && IsAsciiDigit(head[i - 1]))) continue;
      if (const auto full = FindFullDay(head.substr(0, std::min(head.size(), i + 24)), i); full && full->start == i) {
        if (!IsWireEnd(head, full->day_end, known_outlet)) return false;
        if (!wire_) Keep(*full, wire_);
        return true;
      }
      std::size_t at = i;
      const auto number = [&head, &at] {
        int value = 0;
        std::size_t digits = 0;
        while (at < head.size() && IsAsciiDigit(head[at]) && digits < 3) {
          value = value * 10 + (head[at++] - u'0'), ++digits;
        }
        return value;
      };
      const auto skip_spaces = [&head, &at] {
        while (at < head.size() && head[at] == u' ') ++at;
      };
      const int month = number();
      skip_spaces();
      if (at >= head.size() || head[at] != u'月') continue;
      ++at;
      skip_spaces();
      const int day = number();
      skip_spaces();
      if (at >= head.size() || head[at] != u'日' || !IsWireEnd(head, at + 1, known_outlet)) return false;
      constexpr int kLeapYear = 2024;
      if (!MakeDate(kLeapYear, month, day)) return false;
      if (!month_day_) month_day_ = {month, day};
      return true;
    }
    return false;
  }

  static bool IsWireEnd(std::u16string_view head, std::size_t at, bool known_outlet) {
    while (at < head.size() && head[at] == u' ') ++at;
    const std::u16string_view rest = head.substr(std::min(at, head.size()));
    if (StartsWithAny(rest, Table().wire)) return true;
    // 财联社7月5日，…: the outlet at the start makes it a dateline.
    return known_outlet && !rest.empty() && (rest.front() == u',' || rest.front() == u'|' || rest.front() == u':');
  }

  // (记者 张三 李四) or 记者张三 near the start of a wire's first paragraph.
  void Reporter(const FoldedText& line, std::size_t start) {
    constexpr std::size_t kReach = 60;
    const std::u16string_view units = line.units().substr(0, start + kReach);
    const std::size_t word = units.find(u"记者");
    if (word == std::u16string_view::npos || !weak_author_.empty()) return;
    std::size_t end = units.find_first_of(u")，,。:", word + 2);
    end = std::min(end, units.size());
    // 记者 张三 3月24日电
    for (std::size_t i = word + 2; i < end; ++i) {
      if (IsAsciiDigit(units[i])) end = i;
    }
    const bool in_brackets = word > 0 && units[word - 1] == u'(';
    const bool spaced = word + 2 < end && units[word + 2] == u' ';
    // 记者从…获悉 is no name.
    if (in_brackets || spaced) weak_author_ = NameValue(line, word + 2, end, true);
  }

  // A day alone: the signature of a notice.
  void Signature(std::u16string_view units) {
    const auto day = FindFullDay(units, 0);
    if (!day || !TrimSpan(units, 0, day->start, kValueTrim).empty() ||
        !TrimSpan(units, day->end, units.size(), kValueTrim).empty()) {
      return;
    }
    Keep(*day, signature_);
  }

  void Keep(const FoundDay& day, std::optional<PublishedTime>& where) {
    if (day.time) {
      where = day.time;
    } else if (out_.problem.empty()) {
      out_.problem =
          "there is no " + std::to_string(day.year) + "-" + std::to_string(day.month) + "-" + std::to_string(day.day);
    }
  }

  Dateline out_;
  std::optional<PublishedTime> alone_;
  std::optional<PublishedTime> wire_;
  std::optional<PublishedTime> signature_;
  MonthDay month_day_;
  std::string weak_outlet_;
  std::string weak_author_;
};

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

bool HoldsText(std::string_view line) { return line.find_first_not_of(" \t\r") != std::string_view::npos; }

// A long line cannot be a dateline as a whole, but its head can: cut between characters.
std::string_view HeadOfLine(std::string_view line) {
  constexpr std::size_t kMaxBytes = 600;
  if (line.size() <= kMaxBytes) return line;
  std::size_t cut = kMaxBytes;
  while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
  return line.substr(0, cut);
}

}  // namespace

Dateline ReadDateline(std::string_view utf8) {
  constexpr int kHeadLines = 30;
  constexpr std::size_t kTailLines = 5;
  DatelineReader reader;
  std::string_view rest = utf8;
  int number = 0;
  while (!rest.empty() && number < kHeadLines) {
    const std::string_view line = TakeLine(rest);
    if (HoldsText(line)) reader.Line(HeadOfLine(line), number++);
  }
  const bool seen = rest.empty();
  std::size_t tail = 0;
  rest = utf8;
  while (!rest.empty() && tail < kTailLines) {
    const std::size_t start = rest.find_last_of('\n');
    const std::string_view line = start == std::string_view::npos ? rest : rest.substr(start + 1);
    rest = start == std::string_view::npos ? std::string_view() : rest.substr(0, start);
    if (!HoldsText(line)) continue;
    reader.LastLine(HeadOfLine(line), seen, tail++ == 0);
  }
  return reader.Take();
}

bool IsDateline(std::string_view line) {
  constexpr std::size_t kMaxBytes = 400;
  return line.size() <= kMaxBytes && DatelineReader().Line(line, 0);
}

}  // namespace mailuo::ingest
