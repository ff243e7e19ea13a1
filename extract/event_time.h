// When an event happened, and how that is known.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/annotation.h"
#include "extract/rules_compiled.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

// What is dated: a happening; a figure of a time (CPI of a month); a company's figure of a reported period.
enum class TimeOf : std::uint8_t { kHappening, kFigure, kReport, kMarket };

// A date in the trigger's clause, or one that stands alone in the clause before: explicit. Otherwise the nearest date
// before it in the sentence, then the last day or month of the paragraph: context. Otherwise the day of publication.
// 近日 gives way to a day of an earlier clause; a later clause counts where it says so (质押登记日为…).
// A period (2024年, 上半年) is the time of figures; of other events only where it stands in the trigger's clause or
// alone. A report's figure without a date in its sentence is of the period that was last spoken of. A move of the
// market without one is of the days around the publication: the paragraph's older days are background. Without `rules`
// no word before a date says whose it is.
EventTime FindEventTime(const RuleSite& site, TimeOf what = TimeOf::kHappening, const CompiledRules* rules = nullptr);

// Events of the headline without a date of their own take the day that the body gives the same happening: same type,
// a common participant. Failing that, and elsewhere in the article rather than the day of publication, the day with
// which the first sentences begin, if it is not long before the publication: the news are of that day. Figures take a
// period from the body, never the day of the report.
void AdoptBodyTimes(const CodeWords& words, const Document& document, std::vector<Event>& events, std::size_t first);

}  // namespace mailuo::extract
