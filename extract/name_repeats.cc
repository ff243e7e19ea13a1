#include "extract/name_repeats.h"

#include <algorithm>
#include <bitset>
#include <string_view>
#include <unordered_map>

#include "extract/company_names.h"
#include "extract/name_stretch.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

struct KnownName {
  std::u16string_view name;
  std::size_t candidate;
  bool shortened;
};

class Repeats {
 public:
  Repeats(EntityScratch& scratch, const std::vector<std::uint8_t>& occupied) : scratch_(scratch), occupied_(occupied) {}

  void Collect(const std::vector<std::size_t>& chosen) {
    for (const std::size_t index : chosen) {
      const Candidate& candidate = scratch_.candidates[index];
      const bool alias = candidate.rule == "alias";
      const bool bound = candidate.rule == "ticker-name";
      if (candidate.entity != kNone && !alias && !bound) continue;
      if (candidate.rule == "title-short") continue;  // 规定, 意见: words of the language outside 《》.
      switch (candidate.type) {
        case MentionType::kCompany: CollectCompany(index); break;
        case MentionType::kPerson:
          if (candidate.confidence >= 0.7F) CollectPerson(index);
          break;
        case MentionType::kOrganization:
        case MentionType::kPolicy:
        case MentionType::kProduct: AddName(candidate.span, index, false); break;
        default: break;
      }
    }
    for (auto& [unit, names] : by_first_) {
      std::stable_sort(names.begin(), names.end(),
                       [](const KnownName& a, const KnownName& b) { return a.name.size() > b.name.size(); });
    }
  }

  void Scan() {
    if (by_first_.empty()) return;
    const auto size = static_cast<std::uint32_t>(scratch_.units.size());
    for (std::uint32_t at = 0; at < size; ++at) {
      if (!first_[scratch_.units[at]] || occupied_[at] != 0 || scratch_.skip[at] != 0) continue;
      const auto names = by_first_.find(scratch_.units[at]);
      for (const KnownName& known : names->second) {
        if (scratch_.units.substr(at, known.name.size()) != known.name) continue;
        const UnitSpan span{at, at + static_cast<std::uint32_t>(known.name.size())};
        if (!Stands(span)) continue;
        Candidate repeat = scratch_.candidates[known.candidate];
        repeat.span = span;
        repeat.rank = Rank::kName;
        repeat.confidence = known.shortened ? 0.75F : std::max(0.7F, repeat.confidence - 0.05F);
        repeat.rule = known.shortened ? "short-form" : "repeat";
        scratch_.candidates.push_back(repeat);
        at = span.end - 1;
        break;
      }
    }
  }

 private:
  // Names that repeat without an entity of their own get one, so that all mentions are one entity.
  std::int32_t EntityOf(std::size_t index) {
    Candidate& candidate = scratch_.candidates[index];
    if (candidate.entity == kNone && candidate.article == kNone) {
      candidate.article =
          scratch_.AddArticleEntity(candidate.type, scratch_.document->text.Original(candidate.span), "", {});
    }
    return candidate.article;
  }

  void AddName(UnitSpan span, std::size_t index, bool shortened) {
    if (span.size() < 2) return;
    EntityOf(index);
    const std::u16string_view name = scratch_.units.substr(span.start, span.size());
    std::vector<KnownName>& names = by_first_[name[0]];
    for (const KnownName& known : names) {
      if (known.name == name) return;
    }
    names.push_back({name, index, shortened});
    first_.set(name[0]);
  }

  void CollectCompany(std::size_t index) {
    const Candidate candidate = scratch_.candidates[index];
    AddName(candidate.span, index, false);
    if (candidate.rule != "suffix-legal") return;
    const UnitSpan core = CoreOfCompanyName(scratch_, candidate.span);
    if (core.size() < 3 || IsGeneric(scratch_, core)) return;
    AddName(core, index, true);
    // …科技, …新能源科技: the line of business falls away too.
    const Cue* const trade = scratch_.cues.LongestEnding(core.end, CueClass::kCompanySuffix);
    if (trade == nullptr || trade->span.start < core.start + 2) return;
    const UnitSpan shorter{core.start, trade->span.start};
    if (!IsGeneric(scratch_, shorter)) AddName(shorter, index, true);
  }

  void CollectPerson(std::size_t index) {
    const Candidate candidate = scratch_.candidates[index];
    AddName(candidate.span, index, false);
    const std::u16string_view name = scratch_.units.substr(candidate.span.start, candidate.span.size());
    const std::size_t dot = name.rfind(u'·');
    if (dot != std::u16string_view::npos && name.size() - dot > 2) {
      AddName({candidate.span.start + static_cast<std::uint32_t>(dot) + 1, candidate.span.end}, index, true);
    }
  }

  bool Stands(UnitSpan span) const {
    for (std::uint32_t unit = span.start; unit < span.end; ++unit) {
      if (occupied_[unit] != 0) return false;
    }
    if (text::IsAsciiAlnum(scratch_.units[span.start]) && text::IsAsciiAlnum(scratch_.Before(span.start))) return false;
    if (text::IsAsciiAlnum(scratch_.units[span.end - 1]) && text::IsAsciiAlnum(scratch_.At(span.end))) return false;
    // A short name inside a longer word of the dictionary is that word.
    return span.size() > 2 || scratch_.IsBoundary(span.start) || scratch_.IsBoundary(span.end);
  }

  EntityScratch& scratch_;
  const std::vector<std::uint8_t>& occupied_;
  std::bitset<65536> first_;
  std::unordered_map<char16_t, std::vector<KnownName>> by_first_;  // Only looked up, never walked for output.
};

}  // namespace

void AddRepeats(EntityScratch& scratch, const std::vector<std::size_t>& chosen,
                const std::vector<std::uint8_t>& occupied) {
  Repeats repeats(scratch, occupied);
  repeats.Collect(chosen);
  repeats.Scan();
}

}  // namespace mailuo::extract
