// Writes text/fold_table.inc: the folded form of each BMP character (see text/folded_text.h), from ICU's NFKC and
// Traditional-Simplified data and lower-casing. Run at build time; its output depends on ICU's version only.
#include <cstdio>
#include <memory>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "text/fold_table.h"

namespace {

using mailuo::text::kFoldDrop;
using mailuo::text::kFoldSlow;

constexpr UChar32 kEllipsis = 0x2026;

char16_t Fold(UChar32 c, const icu::Normalizer2& nfkc, const icu::Transliterator& to_simplified) {
  switch (c) {
    case 0x300C: return 0x201C;  // 「 -> “
    case 0x300D: return 0x201D;
    case 0x300E: return 0x2018;  // 『 -> ‘
    case 0x300F: return 0x2019;
    case 0x30FB:
    case 0x2022:
    case 0x2027:
    case 0xFF65: return 0x00B7;  // middle dots
    case kEllipsis: return static_cast<char16_t>(kEllipsis);
    case 0x6607: return u'昇';  // A standard character again since 2013, in names (昇腾 is not 升腾).
    case '\n': return u'\n';
    case 0: return kFoldDrop;
    default: break;
  }
  if (c >= 0xD800 && c < 0xE000) return kFoldSlow;
  if (c >= 0xFFF0) return kFoldDrop;  // Specials and noncharacters; also keeps the table's own marks free.
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return kFoldDrop;
  if (u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR) return u' ';
  if ((U_GET_GC_MASK(c) & U_GC_M_MASK) != 0) return kFoldSlow;
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString text = nfkc.normalize(icu::UnicodeString(c), error);
  if (U_FAILURE(error) || text.length() != 1) return kFoldSlow;
  const char16_t normal = text[0];
  to_simplified.transliterate(text);
  const char16_t simple = text.length() == 1 ? text[0] : normal;
  const UChar32 lower = u_tolower(simple);
  const auto folded = static_cast<char16_t>(lower < 0x10000 ? lower : simple);
  return u_isUWhiteSpace(folded) ? u' ' : folded;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fold_table_gen OUTPUT\n");
    return 2;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  const std::unique_ptr<icu::Transliterator> to_simplified(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, error));
  if (U_FAILURE(error)) {
    std::fprintf(stderr, "fold_table_gen: ICU: %s\n", u_errorName(error));
    return 1;
  }
  std::FILE* out = std::fopen(argv[1], "w");
  if (out == nullptr) {
    std::fprintf(stderr, "fold_table_gen: cannot write %s\n", argv[1]);
    return 1;
  }
  for (UChar32 c = 0; c < 0x10000; ++c) {
    std::fprintf(out, "%u,%s", static_cast<unsigned>(Fold(c, *nfkc, *to_simplified)), c % 16 == 15 ? "\n" : "");
  }
  return std::fclose(out) == 0 ? 0 : 1;
}
