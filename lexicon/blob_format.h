// The compiled lexicon: one flat, relocatable, little-endian blob that is read in place.
//
//   BlobHeader
//   entities    EntityRecord, sorted by (type, folded canonical name, main ticker)
//   names       NameRecord, those of one entity side by side, canonical first
//   tickers     TickerRecord, those of one entity side by side, main listing first
//   attributes  AttributeRecord, those of one entity side by side
//   ids         IdRecord, sorted by id
//   codes       CodeRecord, sorted by the bytes of the code: tickers and further codes (attribute "codes")
//   sorted      u32 indexes of matched names, sorted by (bytes of the folded name, name index)
//   strings     UTF-8, referred to by (offset, size)
//   automaton   text::Automaton over the folded names; its values are name indexes
//
// Every section starts at a multiple of 8. Opening checks the header and that the sections lie inside the blob;
// whatever is read later is range-checked where it is read.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace mailuo::lexicon {

static_assert(std::endian::native == std::endian::little, "blobs are read in place");

inline constexpr std::array<char, 8> kBlobMagic{'M', 'L', 'U', 'O', 'L', 'X', '0', '1'};

enum class Section : std::size_t {
  kEntities,
  kNames,
  kTickers,
  kAttributes,
  kIds,
  kCodes,
  kSorted,
  kStrings,
  kAutomaton,
  kCount,
};
inline constexpr std::size_t kSectionCount = static_cast<std::size_t>(Section::kCount);

struct SectionRange {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

struct BlobHeader {
  std::array<char, 8> magic = kBlobMagic;
  std::uint64_t version = 0;  // Hash of all sections: what Lexicon::version() tells.
  std::uint64_t blob_size = 0;
  std::array<SectionRange, kSectionCount> sections{};
};

struct StringRef {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  friend constexpr bool operator==(const StringRef&, const StringRef&) = default;
};

struct EntityRecord {
  std::uint64_t id = 0;
  StringRef kind;
  std::uint32_t first_name = 0;
  std::uint32_t first_ticker = 0;
  std::uint32_t first_attribute = 0;
  std::uint16_t name_count = 0;
  std::uint8_t ticker_count = 0;
  std::uint8_t attribute_count = 0;
  std::uint8_t type = 0;  // MentionType.
  std::array<std::uint8_t, 7> padding{};
};

// Entity of a NameRecord that is a word and no name (tsv_reader.h: NotName). These records stand after all names; their
// `folded` is the name that the word is not, empty for every name that lies partly in it. Equal strings are stored
// once, so that two StringRefs are equal exactly when their texts are.
inline constexpr std::uint32_t kNoEntity = 0xFFFFFFFF;

struct NameRecord {
  StringRef text;    // As written.
  StringRef folded;  // text::FoldKey of it.
  std::uint32_t entity = 0;
  std::uint8_t strength = 0;  // NameStrength.
  std::uint8_t kind = 0;      // NameKind.
  std::uint8_t matched = 0;   // 0: listed, but another entity's name took the spelling over.
  std::uint8_t padding = 0;
};

struct TickerRecord {
  StringRef text;
};

struct AttributeRecord {
  StringRef key;
  StringRef value;
};

struct IdRecord {
  std::uint64_t id = 0;
  std::uint32_t entity = 0;
  std::uint32_t padding = 0;
};

struct CodeRecord {
  StringRef code;
  std::uint32_t entity = 0;
};

}  // namespace mailuo::lexicon
