// Gold files and labelled lines of any bytes: refused with a reason or read; a line that was read has spans inside its
// text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/event_labels.h"
#include "eval/gold.h"
#include "eval/labelled.h"
#include "text/utf8.h"

namespace {

using namespace mailuo;  // NOLINT(google-build-using-namespace)

void Check(const Result<eval::LabelledLine>& line) {
  if (!line) {
    if (line.error().message.empty()) std::abort();
    return;
  }
  const std::size_t points = text::CountCodePoints(line->article.text);
  for (const eval::LabelledSpan& span : line->spans) {
    if (span.span.start >= span.span.end || span.span.end > points) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  if (size > 65536) return 0;
  Check(eval::ParseNerLine(json));
  Check(eval::ParseTickerLine(json));
  const auto events = eval::ParseEventLine(json);
  if (!events && events.error().message.empty()) std::abort();
  if (const auto story = eval::ParseStoryLine(json); story && !story->article.published) std::abort();
  const auto gold = eval::ParseGold(json, "input");
  if (!gold && gold.error().message.rfind("input: ", 0) != 0) std::abort();
  if (gold) static_cast<void>(eval::CheckQuotes(*gold, "宁德时代"));
  return 0;
}
