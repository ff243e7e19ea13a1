// Paragraphs and sentences of a folded text.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "text/folded_text.h"
#include "text/span.h"

namespace mailuo::text {

struct Sentence {
  UnitSpan span;            // Without outer spaces; never empty; never crosses a line end.
  std::uint32_t paragraph;  // Number of the line among the lines that hold text.
};

// A sentence ends at a line end, at 。！？!? and at ……, closing quotes and brackets that follow included; also at an
// ASCII full stop that follows a letter and is followed by a space and a capital or a Han character. ？ and ! inside a
// URL or a Latin word do not end one. Text inside 《》 or () never ends one, unless the bracket stays open to the line
// end.
std::vector<Sentence> SplitSentences(const FoldedText& text);

}  // namespace mailuo::text
