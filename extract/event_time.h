// When an event happened, and how that is known.
// Thread safety: pure functions.
#pragma once

#include "core/annotation.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

// A date in the trigger's clause, or one that stands alone in the clause before: explicit. Otherwise the nearest date
// before it in the sentence, then the last day or month of the paragraph: context. Otherwise the day of publication.
EventTime FindEventTime(const RuleSite& site);

}  // namespace mailuo::extract
