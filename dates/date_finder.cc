#include "dates/date_finder.h"

#include <utility>

#include <fmt/core.h>

#include "dates/cues.h"
#include "dates/parser.h"
#include "dates/resolver.h"
#include "dates/word_table.h"
#include "text/utf8.h"

namespace mailuo::dates {
namespace {

bool NeedsSide(const Expression& e) {
  return (e.year.base == Base::kNone) || e.item == Item::kWithinYear || e.item == Item::kLately;
}

// The digits of a longer number, and Latin words, begin no expression in their middle.
bool Inside(std::u16string_view units, std::uint32_t begin, std::uint32_t at) {
  // But a year of four digits behind a name: Meta2025年.
  if (at > begin && text::IsAsciiLetter(units[at - 1]) && at + 4 < units.size() && units[at + 4] == u'年') return false;
  return at > begin && units[at] < 0x80 && text::IsAsciiAlnum(units[at]) && text::IsAsciiAlnum(units[at - 1]);
}

std::string Describe(const FoundDate& found) {
  return fmt::format("{} {} .. {} ({}, {})", mailuo::Word(found.relation),
                     found.interval.from ? FormatDate(*found.interval.from) : "open",
                     found.interval.to ? FormatDate(*found.interval.to) : "open", mailuo::Word(found.precision),
                     mailuo::Word(found.certainty));
}

class Finder {
 public:
  Finder(const text::FoldedText& text, const DateContext& context, std::vector<FoundDate>& out,
         std::vector<DateTrace>* trace)
      : words_(WordTable::Get()), text_(text), resolver_(context), out_(out), trace_(trace) {}

  void Sentence(const text::Sentence& sentence, std::uint32_t index, bool only) {
    const std::uint32_t begin = sentence.span.start;
    const std::uint32_t end = sentence.span.end;
    const std::u16string_view units = text_.units().substr(0, end);
    const Parser parser(units, begin, only);
    std::uint32_t floor = begin;
    for (std::uint32_t at = begin; at < end;) {
      if (!words_.MayStart(units[at]) || Inside(units, begin, at)) {
        ++at;
        continue;
      }
      const auto parsed = parser.ParseAt(at, floor);
      if (!parsed) {
        ++at;
        continue;
      }
      if (parsed->rejected) {
        at = parsed->end;
        continue;
      }
      Surroundings around;
      around.sentence = index;
      around.paragraph = sentence.paragraph;
      around.standalone = only && parsed->start == begin && parsed->end == end;
      around.compared =
          parsed->start > begin && (units[parsed->start - 1] == u'较' || units[parsed->start - 1] == u'比');
      around.dateline = parsed->end < end && (units[parsed->end] == u'电' || units[parsed->end] == u'讯');
      around.left_context = units.substr(0, parsed->start);
      if (NeedsSide(parsed->left) && !around.compared) {
        const Cue cue = SideOf(units, begin, end, parsed->start, parsed->end);
        around.side = cue.side;
        around.certain = cue.certain;
      }
      DateTrace steps{{parsed->start, parsed->end}, {}};
      const auto found = resolver_.Resolve(*parsed, around, trace_ != nullptr ? &steps.steps : nullptr);
      if (found) {
        out_.push_back(*found);
        if (trace_ != nullptr) {
          steps.steps.push_back(Describe(*found));
          trace_->push_back(std::move(steps));
        }
      }
      at = parsed->end;
      floor = at;
    }
  }

 private:
  const WordTable& words_;
  const text::FoldedText& text_;
  Resolver resolver_;
  std::vector<FoundDate>& out_;
  std::vector<DateTrace>* trace_;
};

}  // namespace

void FindDates(const text::FoldedText& text, const std::vector<text::Sentence>& sentences, const DateContext& context,
               std::vector<FoundDate>& out, std::vector<DateTrace>* trace) {
  Finder finder(text, context, out, trace);
  for (std::uint32_t i = 0; i < sentences.size(); ++i) finder.Sentence(sentences[i], i, sentences.size() == 1);
}

std::optional<DateInterval> ParseDateQuery(std::string_view query, Date today) {
  constexpr std::size_t kLongest = 256;
  if (query.size() > kLongest || text::FindInvalidUtf8(query)) return std::nullopt;
  const text::FoldedText folded(query);
  const auto sentences = text::SplitSentences(folded);
  if (sentences.size() != 1) return std::nullopt;
  std::vector<FoundDate> found;
  FindDates(folded, sentences, DateContext{today}, found);
  if (found.size() != 1 || found.front().span != sentences.front().span) return std::nullopt;
  return found.front().interval;
}

}  // namespace mailuo::dates
