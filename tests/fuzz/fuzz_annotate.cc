// The whole extraction of any text: nothing crashes, and every mention, date and sentence lies inside the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/article.h"
#include "core/date.h"
#include "extract/annotator.h"
#include "lexicon/lexicon.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailuo;  // NOLINT(google-build-using-namespace)
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.find('\0') != std::string_view::npos || text::FindInvalidUtf8(bytes)) return 0;
  static auto* const annotator = [] {
    auto knowledge = extract::Knowledge::Create(lexicon::Lexicon::BuiltIn());
    if (!knowledge) std::abort();
    return new extract::Annotator(*std::move(knowledge));
  }();
  Article article;
  // The first line is the title, the rest the text.
  const std::size_t line = bytes.find('\n');
  article.title = std::string(bytes.substr(0, line));
  article.text = std::string(line == std::string_view::npos ? bytes : bytes.substr(line + 1));
  article.published = PublishedTime{Date{20000}, -1};
  const Annotation annotation = annotator->Annotate(article);
  const std::size_t length = text::CountCodePoints(article.text);
  std::uint32_t last = 0;
  for (const Mention& mention : annotation.mentions) {
    if (mention.span.start < last || mention.span.end > length || mention.span.start >= mention.span.end) std::abort();
    last = mention.span.end;
  }
  for (const TextSpan span : annotation.sentences) {
    if (span.end > length) std::abort();
  }
  return 0;
}
