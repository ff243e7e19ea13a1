#include "dates/cues.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "dates/table_text.h"
#include "embedded_Cues.h"
#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

struct CueRow {
  std::u16string text;
  bool before;
  Side side;
};

const std::vector<CueRow>& Rows() {
  static const std::vector<CueRow> rows = [] {
    std::vector<CueRow> all;
    TableReader reader(embedded::Cues());
    std::array<std::string_view, TableReader::kMostColumns> row;
    while (reader.Next(row)) {
      all.push_back({text::FoldKey16(row[0]), row[1] == "before", row[2] == "future" ? Side::kFuture : Side::kPast});
    }
    return all;
  }();
  return rows;
}

bool EndsClause(char16_t unit) {
  return unit == u',' || unit == u';' || unit == u'。' || unit == u'!' || unit == u'?' || unit == u':';
}

// 将 in 将军, 将近 is no auxiliary.
bool Auxiliary(std::u16string_view text, std::size_t at) {
  const std::u16string_view rest = text.substr(at);
  return !rest.starts_with(u"将近") && !rest.starts_with(u"将军") && !rest.starts_with(u"将领");
}

}  // namespace

Cue SideOf(std::u16string_view units, std::uint32_t begin, std::uint32_t end, std::uint32_t start, std::uint32_t stop) {
  constexpr std::uint32_t kAhead = 8;
  constexpr std::uint32_t kBehind = 12;
  std::uint32_t from = start;
  while (from > begin && start - from < kAhead && !EndsClause(units[from - 1])) --from;
  std::uint32_t to = stop;
  while (to < end && to - stop < kBehind && !EndsClause(units[to])) ++to;
  const std::u16string_view ahead = units.substr(from, start - from);
  const std::u16string_view behind = units.substr(stop, to - stop);
  Cue found;
  for (const CueRow& cue : Rows()) {
    const std::u16string_view text = cue.before ? ahead : behind;
    const std::size_t at = text.find(cue.text);
    if (at == std::u16string_view::npos || !Auxiliary(text, at)) continue;
    const bool touches = !cue.before && cue.side == Side::kPast ? false
                         : cue.before                           ? at + cue.text.size() + 1 >= ahead.size()
                                                                : at <= 1;
    // The future wins: 公布将于周五… reports what is to come.
    if (found.side == Side::kFuture && (cue.side != Side::kFuture || found.certain)) continue;
    found = {cue.side, touches};
  }
  return found;
}

}  // namespace mailuo::dates
