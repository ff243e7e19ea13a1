// Whether what happens is done to the subject of a clause.
// Thread safety: a pure function.
#pragma once

#include "extract/rules_match.h"

namespace mailuo::extract {

// 被, 遭, 获 before the word, or a mention behind one of them.
bool IsPassive(const RuleSite& site);

}  // namespace mailuo::extract
