// Stories, happenings and copies against a labelled set: JSON lines {"id", "date", "title", "text", "story", "event"}.
//
// Two parts, told by a hash of the story's id: "held" is the quarter that nothing was tuned on, "rest" the others. Each
// is grouped by itself: B-cubed precision and recall.
//
// "copies": of the pairs of articles taken for copies, the share whose texts are: eight tenths of the shorter one's
// runs of five characters stand in the other. That is counted over the whole texts, not over the sketches that the pair
// was found by. "copies.made": of copies made from each article (cut, or framed by other words), the share that is
// found.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "core/result.h"
#include "eval/scoreboard.h"

namespace mailuo::eval {

// `name` stands in errors, with the number of the line.
Result<Scoreboard> MeasureStories(std::string_view jsonl, std::string_view name);

}  // namespace mailuo::eval
