#include "extract/refused.h"

#include <algorithm>
#include <tuple>

namespace mailuo::extract {

std::string_view Word(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::kInsideWord: return "inside-word";
    case RefusalReason::kInsideName: return "inside-name";
    case RefusalReason::kForbidden: return "forbidden";
    case RefusalReason::kNeeds: return "needs";
    case RefusalReason::kMissingRole: return "missing-role";
    case RefusalReason::kUnsure: return "unsure";
    case RefusalReason::kSurerRule: return "surer-rule";
    case RefusalReason::kMerged: return "merged";
    case RefusalReason::kFaint: return "faint";
    case RefusalReason::kSameRelation: return "same-relation";
    case RefusalReason::kModel: return "model";
  }
  return {};
}

std::string_view Word(RefusedWhat what) { return what == RefusedWhat::kEvent ? "event" : "relation"; }

void SortRefused(std::vector<Refused>& refused) {
  std::sort(refused.begin(), refused.end(), [](const Refused& a, const Refused& b) {
    return std::tie(a.trigger, a.what, a.rule, a.reason, a.detail) <
           std::tie(b.trigger, b.what, b.rule, b.reason, b.detail);
  });
}

}  // namespace mailuo::extract
