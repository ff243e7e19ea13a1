#include "text/encoding.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

#include "embedded_FrequentCharacters.h"
#include "text/utf8.h"

namespace mailuo::text {
namespace {

// Bytes that the judgement of a candidate encoding reads: enough for certainty, and a bound on its cost.
constexpr std::size_t kJudgedBytes = std::size_t{64} * 1024;
// Below this no candidate is taken: a wrong decoding rarely reaches 0.2.
constexpr double kMinPlausibility = 0.25;
// What ucsdet's first guess adds to a candidate: it breaks ties of short texts.
constexpr double kHintBonus = 0.05;

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

const char* IcuName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8: return "UTF-8";
    case Encoding::kUtf16Le: return "UTF-16LE";
    case Encoding::kUtf16Be: return "UTF-16BE";
    case Encoding::kGb18030: return "gb18030";
    case Encoding::kBig5: return "Big5-HKSCS";
  }
  return "UTF-8";
}

Converter OpenConverter(Encoding encoding) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(IcuName(encoding), &status));
  if (U_FAILURE(status)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return U_FAILURE(status) ? nullptr : std::move(converter);
}

const std::bitset<0x10000>& FrequentCharacters() {
  static const std::bitset<0x10000> the_set = [] {
    std::bitset<0x10000> set;
    std::string_view table = embedded::FrequentCharacters();
    bool header = true;
    while (!table.empty()) {
      const std::string_view line = table.substr(0, table.find('\n'));
      table.remove_prefix(std::min(line.size() + 1, table.size()));
      if (line.empty() || line.front() == '#') continue;
      if (std::exchange(header, false)) continue;
      for (const char16_t unit : ToUtf16(line.substr(0, line.find('\t')))) set.set(unit);
    }
    return set;
  }();
  return the_set;
}

bool IsMisplaced(char16_t unit) {
  // Private use and surrogates: GB18030 maps every 4-byte form to something, mostly to these.
  return (unit >= 0xD800 && unit < 0xF900) || unit == 0xFFFD || unit < 0x20 || (unit >= 0x7F && unit < 0xA0);
}

std::optional<double> Plausibility(std::u16string_view units) {
  std::size_t seen = 0;
  double points = 0;
  for (const char16_t unit : units) {
    if (unit == u'\n' || unit == u'\r' || unit == u'\t' || (unit >= 0x20 && unit < 0x7F)) continue;
    ++seen;
    if (FrequentCharacters()[unit]) points += 1;
    if (IsMisplaced(unit)) points -= 1;
  }
  if (seen == 0) return std::nullopt;
  return std::max(0.0, points / static_cast<double>(seen));
}

struct Converted {
  std::string utf8;
  std::optional<std::size_t> bad_byte;  // Offset of the first ill-formed byte.
};

}  // namespace

class StreamDecoder::Impl {
 public:
  explicit Impl(Encoding encoding) : encoding_(encoding), converter_(OpenConverter(encoding)) {}

  Status Decode(std::string_view bytes, bool last, std::string& utf8) {
    if (encoding_ == Encoding::kUtf8) {
      utf8 += bytes;
      return {};
    }
    if (converter_ == nullptr) return Error{ErrorCode::kInternal, fmt::format("ICU has no {}", IcuName(encoding_))};
    std::array<UChar, 8192> units;
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    while (true) {
      UChar* target = units.data();
      UErrorCode status = U_ZERO_ERROR;
      ucnv_toUnicode(converter_.get(), &target, units.data() + units.size(), &source, source_end, nullptr, last ? 1 : 0,
                     &status);
      Append({units.data(), static_cast<std::size_t>(target - units.data())}, utf8);
      if (status == U_BUFFER_OVERFLOW_ERROR) continue;
      if (U_FAILURE(status)) return BadByte(static_cast<std::size_t>(source - bytes.data()));
      break;
    }
    consumed_ += bytes.size();
    if (last && high_ != 0) AppendUtf8(0xFFFD, utf8);
    return {};
  }

 private:
  Error BadByte(std::size_t read) {
    std::array<char, 8> bad;
    auto length = static_cast<std::int8_t>(bad.size());
    UErrorCode status = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter_.get(), bad.data(), &length, &status);
    const std::size_t end = consumed_ + read;
    const std::size_t invalid = U_FAILURE(status) || length < 0 ? 0 : static_cast<std::size_t>(length);
    return {ErrorCode::kCorruption,
            fmt::format("invalid {} at byte {}", EncodingName(encoding_), end - std::min(invalid, end))};
  }

  // A surrogate pair may be split between two buffers.
  void Append(std::u16string_view units, std::string& utf8) {
    if (units.empty()) return;
    std::u16string joined;
    if (high_ != 0) {
      joined.assign(1, std::exchange(high_, u'\0'));
      joined += units;
      units = joined;
    }
    if (units.back() >= 0xD800 && units.back() < 0xDC00) {
      high_ = units.back();
      units.remove_suffix(1);
    }
    utf8 += ToUtf8(units);
  }

  Encoding encoding_;
  Converter converter_;
  std::size_t consumed_ = 0;
  char16_t high_ = 0;
};

StreamDecoder::StreamDecoder(Encoding encoding) : impl_(std::make_unique<Impl>(encoding)) {}
StreamDecoder::~StreamDecoder() = default;
Status StreamDecoder::Decode(std::string_view bytes, bool last, std::string& utf8) {
  return impl_->Decode(bytes, last, utf8);
}

namespace {

Result<std::string> DecodeAs(std::string_view bytes, Encoding encoding) {
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 2);
  StreamDecoder decoder(encoding);
  MAILUO_RETURN_IF_ERROR(decoder.Decode(bytes, true, utf8));
  return utf8;
}

struct Magic {
  std::string_view bytes;
  std::string_view kind;
};
using namespace std::string_view_literals;
constexpr std::array kMagics{
    Magic{"PK\x03\x04"sv, "ZIP archive (also .docx, .xlsx, .epub)"sv},
    Magic{"%PDF-"sv, "PDF document"sv},
    Magic{"\x89PNG"sv, "PNG image"sv},
    Magic{"\xFF\xD8\xFF"sv, "JPEG image"sv},
    Magic{"GIF8"sv, "GIF image"sv},
    Magic{"RIFF"sv, "RIFF media (WebP, WAV, AVI)"sv},
    Magic{"\x1F\x8B"sv, "gzip data without a .gz name"sv},
    Magic{"BZh"sv, "bzip2 data"sv},
    Magic{"\xFD\x37zXZ"sv, "xz data"sv},
    Magic{"\x28\xB5\x2F\xFD"sv, "zstd data"sv},
    Magic{"7z\xBC\xAF\x27\x1C"sv, "7z archive"sv},
    Magic{"Rar!\x1A"sv, "RAR archive"sv},
    Magic{"\x7F"
          "ELF"sv,
          "ELF program"sv},
    Magic{"\xD0\xCF\x11\xE0"sv, "Microsoft Office document"sv},
    Magic{"SQLite format 3"sv, "SQLite database"sv},
    Magic{"{\\rtf"sv, "RTF document"sv},
};

struct Bom {
  std::string_view bytes;
  Encoding encoding;
};
constexpr std::array kBoms{Bom{"\xEF\xBB\xBF"sv, Encoding::kUtf8}, Bom{"\xFF\xFE"sv, Encoding::kUtf16Le},
                           Bom{"\xFE\xFF"sv, Encoding::kUtf16Be}};

const Bom* FindBom(std::string_view bytes) {
  for (const Bom& bom : kBoms) {
    if (bytes.starts_with(bom.bytes)) return &bom;
  }
  return nullptr;
}

Error NotText(std::string_view kind) { return {ErrorCode::kUnsupported, fmt::format("not a text: {}", kind)}; }
Error BadUtf8(std::size_t offset) { return {ErrorCode::kCorruption, fmt::format("invalid UTF-8 at byte {}", offset)}; }

// ucsdet's first guess, where it is one of ours.
std::optional<Encoding> IcuHint(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status), ucsdet_close);
  if (U_FAILURE(status)) return std::nullopt;
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  const UCharsetMatch* const match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return std::nullopt;
  const char* const name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || name == nullptr) return std::nullopt;
  return EncodingByLabel(name);
}

// How well the first bytes read in `encoding`; nothing where they do not decode. `cut`: they may end amid a character.
std::optional<double> Judge(std::string_view head, Encoding encoding, bool cut) {
  std::string utf8;
  StreamDecoder decoder(encoding);
  if (!decoder.Decode(head, !cut, utf8)) return std::nullopt;
  return Plausibility(ToUtf16(utf8)).value_or(0);
}

struct Candidate {
  Encoding encoding;
  double score;
};

// Candidates for bytes that are not UTF-8, best first. `may_be_cut`: they may end amid a character.
std::vector<Candidate> RankEncodings(std::string_view bytes, std::optional<Encoding> declared, bool may_be_cut) {
  const bool cut = may_be_cut || bytes.size() > kJudgedBytes;
  const std::string_view head = bytes.substr(0, kJudgedBytes);
  const std::optional<Encoding> hint = IcuHint(head);
  std::vector<Candidate> out;
  for (const Encoding encoding : {Encoding::kGb18030, Encoding::kBig5}) {
    const std::optional<double> score = Judge(head, encoding, cut);
    if (!score || *score < kMinPlausibility) continue;
    const double bonus = (hint == encoding ? kHintBonus : 0) + (declared == encoding ? kHintBonus : 0);
    out.push_back({encoding, *score + bonus});
  }
  std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return out;
}

// What is wrong with bytes that fit no encoding: the place where the encoding breaks that read like Chinese for
// longest.
Error NearestError(std::string_view bytes, std::size_t bad_utf8) {
  Error nearest = BadUtf8(bad_utf8);
  std::size_t longest = CountCodePoints(bytes.substr(0, bad_utf8));
  for (const Encoding encoding : {Encoding::kGb18030, Encoding::kBig5}) {
    std::string good;
    StreamDecoder decoder(encoding);
    auto status = decoder.Decode(bytes, true, good);
    if (status) continue;
    constexpr std::size_t kFewCharacters = 16;
    const std::size_t characters = CountCodePoints(good);
    const double plausibility = Plausibility(ToUtf16(good)).value_or(0);
    if (characters < longest + kFewCharacters || plausibility < kMinPlausibility) continue;
    longest = characters;
    nearest = std::move(status).error();
  }
  return nearest;
}

// Well-formed UTF-8 whose every non-ASCII character is two bytes long has no Chinese in it. A few words of GBK can look
// like that (GBK's second bytes begin at 0x40, so longer texts cannot).
bool HasOnlyTwoByteForms(std::string_view utf8) {
  bool any = false;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE0) return false;
    any = any || byte >= 0xC2;
  }
  return any;
}

constexpr std::size_t kShortText = 256;

}  // namespace

std::string_view EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8: return "UTF-8";
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be: return "UTF-16";
    case Encoding::kGb18030: return "GB18030";
    case Encoding::kBig5: return "Big5";
  }
  return "UTF-8";
}

std::optional<Encoding> EncodingByLabel(std::string_view label) {
  std::string key;
  for (const char c : label) {
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
  }
  constexpr std::array<std::pair<std::string_view, Encoding>, 15> kLabels{{{"utf8", Encoding::kUtf8},
                                                                           {"utf16", Encoding::kUtf16Le},
                                                                           {"utf16le", Encoding::kUtf16Le},
                                                                           {"utf16be", Encoding::kUtf16Be},
                                                                           {"gb2312", Encoding::kGb18030},
                                                                           {"gb231280", Encoding::kGb18030},
                                                                           {"gbk", Encoding::kGb18030},
                                                                           {"xgbk", Encoding::kGb18030},
                                                                           {"cp936", Encoding::kGb18030},
                                                                           {"gb18030", Encoding::kGb18030},
                                                                           {"euccn", Encoding::kGb18030},
                                                                           {"big5", Encoding::kBig5},
                                                                           {"big5hkscs", Encoding::kBig5},
                                                                           {"cp950", Encoding::kBig5},
                                                                           {"xxbig5", Encoding::kBig5}}};
  for (const auto& [name, encoding] : kLabels) {
    if (key == name) return encoding;
  }
  return std::nullopt;
}

std::string_view BinaryKind(std::string_view bytes) {
  for (const Magic& magic : kMagics) {
    if (bytes.starts_with(magic.bytes)) return magic.kind;
  }
  const std::string_view head = bytes.substr(0, kJudgedBytes);
  std::size_t controls = 0;
  for (const char c : head) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' && byte != 0x1B) ++controls;
  }
  // A stray NUL or bell is dirt in a text; one in fifty is another kind of file.
  return controls * 50 > head.size() ? "binary data" : std::string_view();
}

Result<DecodedText> DecodeText(std::string_view bytes, std::optional<Encoding> declared) {
  if (const Bom* const bom = FindBom(bytes); bom != nullptr) {
    const std::string_view rest = bytes.substr(bom->bytes.size());
    if (bom->encoding != Encoding::kUtf8) {
      MAILUO_ASSIGN_OR_RETURN(std::string utf8, DecodeAs(rest, bom->encoding));
      if (const std::string_view kind = BinaryKind(utf8); !kind.empty()) return NotText(kind);
      return DecodedText{std::move(utf8), bom->encoding, true};
    }
    if (const auto bad = FindInvalidUtf8(rest)) return BadUtf8(*bad + bom->bytes.size());
    if (const std::string_view kind = BinaryKind(rest); !kind.empty()) return NotText(kind);
    return DecodedText{std::string(rest), Encoding::kUtf8, true};
  }
  if (const std::string_view kind = BinaryKind(bytes); !kind.empty()) return NotText(kind);

  const auto bad = FindInvalidUtf8(bytes);
  const bool doubtful = !bad && bytes.size() <= kShortText && HasOnlyTwoByteForms(bytes);
  if (!bad && !doubtful) return DecodedText{std::string(bytes), Encoding::kUtf8, false};
  for (const Candidate& candidate : RankEncodings(bytes, declared, false)) {
    if (doubtful && candidate.score < 0.5) break;
    if (auto utf8 = DecodeAs(bytes, candidate.encoding)) {
      return DecodedText{*std::move(utf8), candidate.encoding, false};
    }
  }
  if (bad) return NearestError(bytes, *bad);
  return DecodedText{std::string(bytes), Encoding::kUtf8, false};
}

Result<SniffedEncoding> SniffEncoding(std::string_view head) {
  if (const Bom* const bom = FindBom(head); bom != nullptr) return SniffedEncoding{bom->encoding, bom->bytes.size()};
  if (const std::string_view kind = BinaryKind(head); !kind.empty()) return NotText(kind);
  const auto bad = FindInvalidUtf8(head);
  // The last character may be cut.
  if (!bad || *bad + 4 > head.size()) return SniffedEncoding{};
  const std::vector<Candidate> candidates = RankEncodings(head, std::nullopt, true);
  return candidates.empty() ? SniffedEncoding{} : SniffedEncoding{candidates.front().encoding, 0};
}

std::optional<double> ChinesePlausibility(std::string_view utf8) { return Plausibility(ToUtf16(utf8)); }

}  // namespace mailuo::text
