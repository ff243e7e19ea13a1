#include "extract/provincial_names.h"

#include <algorithm>
#include <string_view>

namespace mailuo::extract {
namespace {

using text::UnitSpan;

auto FirstFrom(const EntityScratch& scratch, std::uint32_t start) {
  return std::lower_bound(scratch.hits.begin(), scratch.hits.end(), start,
                          [](const lexicon::NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
}

}  // namespace

// 中国移动广东公司: a subsidiary, named with its province; 中国移动广东分公司 is a part of the company itself.
void AddProvincialNames(EntityScratch& scratch) {
  const std::size_t count = scratch.candidates.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Candidate company = scratch.candidates[i];
    if (company.type != MentionType::kCompany || company.entity == kNone || company.confidence < 0.9F) continue;
    for (auto hit = FirstFrom(scratch, company.span.end);
         hit != scratch.hits.end() && hit->span.start == company.span.end; ++hit) {
      if (scratch.Trait(hit->entity).type != MentionType::kPlace) continue;
      const std::u16string_view rest = scratch.units.substr(hit->span.end, 3);
      const bool part = rest == u"分公司";
      if (!part && rest.substr(0, 2) != u"公司") continue;
      const UnitSpan span{company.span.start, hit->span.end + (part ? 3 : 2)};
      Candidate candidate{span, MentionType::kCompany, Rank::kName, 0.85F, "provincial", kNone, kNone};
      if (part) {
        candidate.entity = company.entity;
      } else {
        candidate.article =
            scratch.AddArticleEntity(MentionType::kCompany, scratch.document->text.Original(span), "", {});
      }
      scratch.candidates.push_back(candidate);
      break;
    }
  }
}

}  // namespace mailuo::extract
