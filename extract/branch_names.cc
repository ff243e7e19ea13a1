#include "extract/branch_names.h"

#include <algorithm>
#include <string_view>

#include "extract/name_stretch.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using lexicon::NameHit;
using lexicon::NameStrength;
using text::UnitSpan;

// 安世半导体（中国）, 星展银行（香港）: a company of its own, named with its country.
void AddNational(EntityScratch& scratch) {
  const std::size_t count = scratch.candidates.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Candidate company = scratch.candidates[i];
    if (company.type != MentionType::kCompany || company.confidence < 0.9F || scratch.At(company.span.end) != u'(') {
      continue;
    }
    for (auto hit = FirstHitFrom(scratch, company.span.end + 1);
         hit != scratch.hits.end() && hit->span.start == company.span.end + 1; ++hit) {
      if (!IsPlaceName(scratch, *hit) || scratch.At(hit->span.end) != u')') continue;
      const UnitSpan span{company.span.start, hit->span.end + 1};
      const std::int32_t article =
          scratch.AddArticleEntity(MentionType::kCompany, scratch.document->text.Original(span), "", {});
      scratch.candidates.push_back({span, MentionType::kCompany, Rank::kName, 0.85F, "national", kNone, article});
      break;
    }
  }
}

// 招商银行广州分行, 建行东四支行: one mention that stands for the bank.
void AddBranches(EntityScratch& scratch) {
  static constexpr std::u16string_view kEnds[] = {u"分行", u"支行", u"信用卡中心", u"总行"};
  for (const NameHit& hit : scratch.hits) {
    if (!scratch.Trait(hit.entity).bank || hit.strength == NameStrength::kTickerOnly ||
        scratch.skip[hit.span.start] != 0) {
      continue;
    }
    const std::u16string_view rest = scratch.units.substr(hit.span.end, 14);
    for (const std::u16string_view end : kEnds) {
      const std::size_t at = rest.find(end);
      if (at > 10) continue;  // Not there either: npos.
      const std::u16string_view between = rest.substr(0, at);
      if (std::any_of(between.begin(), between.end(),
                      [](char16_t unit) { return IsBreak(unit) || IsGrammarUnit(unit); })) {
        continue;
      }
      const auto stop = hit.span.end + static_cast<std::uint32_t>(at + end.size());
      scratch.candidates.push_back({{hit.span.start, stop},
                                    MentionType::kCompany,
                                    Rank::kName,
                                    0.9F,
                                    "branch",
                                    static_cast<std::int32_t>(hit.entity),
                                    kNone});
      break;
    }
  }
}

}  // namespace

void AddBranchNames(EntityScratch& scratch) {
  AddBranches(scratch);
  AddNational(scratch);
}

}  // namespace mailuo::extract
