#include "extract/name_suffix.h"

#include "extract/branch_names.h"
#include "extract/company_names.h"
#include "extract/organization_names.h"
#include "extract/trade_names.h"

namespace mailuo::extract {
namespace {

bool IsTrade(CueKind kind) { return kind == CueKind::kTrade || kind == CueKind::kWare; }

// A longer name goes on behind: 集团|有限公司, 大学|附属医院.
bool Continues(const EntityScratch& scratch, const Cue& suffix) {
  for (const Cue& next : scratch.cues.StartingAt(suffix.span.end)) {
    if (next.word.cue == CueClass::kCompanySuffix && !IsTrade(next.word.kind)) return true;
    if (next.word.cue == CueClass::kOrgSuffix && suffix.word.cue == CueClass::kOrgSuffix) return true;
  }
  for (const Cue& longer : scratch.cues.EndingAt(suffix.span.end)) {
    if (longer.word.cue == suffix.word.cue && longer.span.start < suffix.span.start) return true;
  }
  for (std::uint32_t at = suffix.span.start; at < suffix.span.end; ++at) {
    for (const Cue& longer : scratch.cues.StartingAt(at)) {
      if (longer.word.cue == suffix.word.cue && !IsTrade(longer.word.kind) && longer.span.end > suffix.span.end) {
        return true;
      }
    }
  }
  return false;
}

// 子公司, 分公司, 母公司: a role, not the end of a name.
bool InLongerWord(const EntityScratch& scratch, const Cue& suffix) {
  for (const Cue& cue : scratch.cues.EndingAt(suffix.span.end)) {
    if (cue.word.cue == CueClass::kEdge && cue.span.start < suffix.span.start) return true;
  }
  // 控股|子公司, 控股|股东: the word that goes on is the role.
  for (const Cue& cue : scratch.cues.StartingAt(suffix.span.start)) {
    if ((cue.word.cue == CueClass::kEdge || cue.word.cue == CueClass::kPost) && cue.span.end > suffix.span.end) {
      return true;
    }
  }
  return false;
}

void AddCompany(EntityScratch& scratch, const Cue& suffix) {
  const CueKind kind = suffix.word.kind;
  const std::uint32_t head_end = suffix.span.start;
  if (head_end == 0 || scratch.skip[head_end - 1] != 0) return;
  if (Continues(scratch, suffix) || InLongerWord(scratch, suffix)) return;
  if (kind == CueKind::kLegal) {
    AddRegisteredName(scratch, suffix);
  } else if (!IsTrade(kind)) {
    AddGroupName(scratch, suffix);
  } else if (scratch.finance) {
    AddTradeName(scratch, suffix);
  }
}

}  // namespace

void AddSuffixNames(EntityScratch& scratch) {
  for (const Cue& cue : scratch.cues.all()) {
    if (cue.word.cue == CueClass::kCompanySuffix) AddCompany(scratch, cue);
    if (cue.word.cue == CueClass::kOrgSuffix && !Continues(scratch, cue)) AddOrganizationName(scratch, cue);
  }
  AddBranchNames(scratch);
}

}  // namespace mailuo::extract
