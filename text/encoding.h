// Bytes of unknown encoding to UTF-8: a byte order mark decides; else well-formed UTF-8 is UTF-8; else the encoding
// that decodes without an error and reads most like Chinese. ICU's detector is only a hint there: it is often wrong on
// short Chinese texts.
//
// How much a text reads like Chinese: the share of its non-ASCII characters that are frequent characters or punctuation
// of Chinese (corpus/ingest/frequent_characters.tsv). Right decodings of news lie at 0.6-0.9, wrong ones below 0.2.
// Thread safety: pure functions; StreamDecoder by one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace mailuo::text {

enum class Encoding : std::uint8_t { kUtf8, kUtf16Le, kUtf16Be, kGb18030, kBig5 };
std::string_view EncodingName(Encoding encoding);  // "UTF-8", "GB18030", ...
// The encoding that a charset label names ("gb2312", "GBK", "big5-hkscs", "utf8"); nothing for labels of encodings that
// Mailuo does not read.
std::optional<Encoding> EncodingByLabel(std::string_view label);

struct DecodedText {
  std::string utf8;  // Well-formed, without a byte order mark.
  Encoding encoding = Encoding::kUtf8;
  bool had_bom = false;
};

// The whole of a text. `declared` is what its metadata says (HTML meta charset) and is tried first among the
// candidates. Errors: kUnsupported for bytes that are no text ("PDF document", "ZIP archive", "binary data: ...");
// kCorruption with the byte offset where UTF-8, or what a byte order mark announced, or the encoding that the text
// reads like, breaks.
Result<DecodedText> DecodeText(std::string_view bytes, std::optional<Encoding> declared = std::nullopt);

// What the bytes are if they are no text: "PDF document", "ZIP archive", ... by their first bytes, or "binary data" by
// the share of control characters; empty for text.
std::string_view BinaryKind(std::string_view bytes);

// The encoding of a long text, judged by its first bytes, which may end amid a character. kUnsupported as above. Bytes
// that fit nothing count as UTF-8: the reader of each record then names the place of what is wrong.
struct SniffedEncoding {
  Encoding encoding = Encoding::kUtf8;
  std::size_t bom_bytes = 0;
};
Result<SniffedEncoding> SniffEncoding(std::string_view head);

// Decodes a text chunk by chunk.
class StreamDecoder {
 public:
  explicit StreamDecoder(Encoding encoding);
  ~StreamDecoder();
  StreamDecoder(const StreamDecoder&) = delete;
  StreamDecoder& operator=(const StreamDecoder&) = delete;

  // Appends the text of `bytes` to `utf8`. `last`: no more bytes follow. UTF-8 is passed on as it is, unchecked. For
  // the others an ill-formed byte is kCorruption with its offset from the start of the stream; what came before it is
  // appended.
  Status Decode(std::string_view bytes, bool last, std::string& utf8);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Share of non-ASCII characters that are frequent in Chinese, 0..1; nothing for a text without any.
std::optional<double> ChinesePlausibility(std::string_view utf8);

}  // namespace mailuo::text
