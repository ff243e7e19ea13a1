#include "extract/role_names.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "extract/name_stretch.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

class RoleReader {
 public:
  explicit RoleReader(EntityScratch& scratch) : scratch_(scratch), taken_(scratch.units.size() + 1, 0) {
    for (const Candidate& candidate : scratch.candidates) {
      if (candidate.type == MentionType::kPlace) continue;
      std::fill(taken_.begin() + candidate.span.start, taken_.begin() + candidate.span.end, std::uint8_t{1});
    }
  }

  void Read() {
    for (const Cue& cue : scratch_.cues.all()) {
      if (cue.word.cue == CueClass::kEdge && scratch_.words->RoleOf(Units(cue.span)) == CompanyRole::kLeft) {
        ReadAt(cue.span.end, false);
      }
    }
    for (std::size_t at = scratch_.units.find(u':'); at != std::u16string_view::npos;
         at = scratch_.units.find(u':', at + 1)) {
      ReadAt(static_cast<std::uint32_t>(at + 1), true);
    }
  }

 private:
  static constexpr std::uint32_t kLongestPlace = 8;
  static constexpr std::uint32_t kLongestCore = 4;

  // 平潭|尚见, 倍特建安: places, then characters that the breaker could not join.
  void ReadAt(std::uint32_t start, bool behind_colon) {
    const auto size = static_cast<std::uint32_t>(scratch_.units.size());
    if (start + 2 >= size || scratch_.skip[start] != 0 || !scratch_.IsBoundary(start)) return;
    const std::uint32_t core = PlacesEnd(scratch_, start, std::min(size, start + kLongestPlace));
    std::uint32_t end = core;
    while (end < size && end - core < kLongestCore && IsOwnCharacter(end) && !ClosesName(end, behind_colon)) ++end;
    if (end - core < 2 || !ClosesName(end, behind_colon)) return;
    const UnitSpan span{start, end};
    if (IsGeneric(scratch_, {core, end}) || Taken(span)) return;
    // One of the surname and the given name behind 股东: a person.
    if (core == start && end - core <= 3 && scratch_.words->IsSurname(scratch_.units[core])) return;
    const std::int32_t article =
        scratch_.AddArticleEntity(MentionType::kCompany, scratch_.document->text.Original(span), "", {});
    scratch_.candidates.push_back({span, MentionType::kCompany, Rank::kName, 0.6F, "role-name", kNone, article});
  }

  bool IsOwnCharacter(std::uint32_t unit) const {
    return text::IsHan(scratch_.units[unit]) && scratch_.IsBoundary(unit) && scratch_.IsBoundary(unit + 1) &&
           !IsGrammarUnit(scratch_.units[unit]) && !scratch_.words->IsUnnamed(scratch_.units[unit]);
  }

  bool ClosesName(std::uint32_t unit, bool behind_colon) const {
    constexpr std::uint32_t kLongestWord = 5;
    for (std::uint32_t size = kLongestWord; size > 0; --size) {
      const CompanyRole role = scratch_.words->RoleOf(scratch_.units.substr(unit, size));
      if (role == CompanyRole::kShare || (!behind_colon && role == CompanyRole::kRight)) return true;
    }
    if (behind_colon) return false;
    const char16_t next = scratch_.At(unit);
    return next == u'的' || next == u'与' || next == u'于' || next == u'将' || next == u'以' || next == u'向' ||
           next == u'在';
  }

  bool Taken(UnitSpan span) const {
    return std::any_of(taken_.begin() + span.start, taken_.begin() + span.end,
                       [](std::uint8_t flag) { return flag != 0; });
  }

  std::u16string_view Units(UnitSpan span) const { return scratch_.units.substr(span.start, span.size()); }

  EntityScratch& scratch_;
  std::vector<std::uint8_t> taken_;
};

}  // namespace

void AddRoleNames(EntityScratch& scratch) {
  if (scratch.finance) RoleReader(scratch).Read();
}

}  // namespace mailuo::extract
