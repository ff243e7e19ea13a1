// A user's lexicon is outside input: reading, compiling, opening and using it must not crash on any bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "lexicon/blob_lexicon.h"
#include "lexicon/compiler.h"
#include "lexicon/tsv_reader.h"
#include "text/folded_text.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailuo;  // NOLINT(google-build-using-namespace)
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto rows = lexicon::ReadLexiconTsv("fuzz.tsv", bytes);
  if (!rows) return 0;
  auto twice = lexicon::OverlayRows(*rows, *rows);
  if (twice) rows = std::move(twice);
  auto blob = lexicon::CompileLexicon(*std::move(rows));
  if (!blob) return 0;
  const auto opened = lexicon::BlobLexicon::OpenOwned(*std::move(blob));
  if (!opened) return 0;
  std::vector<lexicon::NameHit> hits;
  (*opened)->FindNames(text::FoldedText(bytes), hits);
  for (const lexicon::NameHit& hit : hits) (*opened)->Names(hit.entity);
  (*opened)->Prefix(bytes.substr(0, text::FindInvalidUtf8(bytes.substr(0, 3)) ? 0 : 3), 10);
  return 0;
}
