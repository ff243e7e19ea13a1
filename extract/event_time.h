// When an event happened, and how that is known.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <vector>

#include "core/annotation.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

// A date in the trigger's clause, or one that stands alone in the clause before: explicit. Otherwise the nearest date
// before it in the sentence, then the last day or month of the paragraph: context. Otherwise the day of publication.
// A period (2024年, 上半年) is the time of figures; of other events only where it stands in the trigger's clause or
// alone.
EventTime FindEventTime(const RuleSite& site, bool figures = false);

// Events of the headline without a date of their own take the day that the body gives the same happening: same type,
// a common participant.
void AdoptBodyTimes(const Document& document, std::vector<Event>& events, std::size_t first);

}  // namespace mailuo::extract
