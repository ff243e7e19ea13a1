#include "lexicon/blob_lexicon.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <unordered_set>

#include "text/folded_text.h"

namespace mailuo::lexicon {
namespace {

constexpr std::size_t RecordSize(Section section) {
  switch (section) {
    case Section::kEntities: return sizeof(EntityRecord);
    case Section::kNames: return sizeof(NameRecord);
    case Section::kTickers: return sizeof(TickerRecord);
    case Section::kAttributes: return sizeof(AttributeRecord);
    case Section::kIds: return sizeof(IdRecord);
    case Section::kCodes: return sizeof(CodeRecord);
    case Section::kSorted: return sizeof(std::uint32_t);
    case Section::kStrings:
    case Section::kAutomaton:
    case Section::kCount: return 1;
  }
  return 1;
}

// A Latin or digit name stands for itself only when the word or number does not go on: H20 is not in H200, GPT-3 is not
// in GPT-3.5.
bool GoesOn(std::u16string_view units, std::uint32_t inside, std::uint32_t outside, std::uint32_t beyond) {
  if (outside >= units.size() || !text::IsAsciiAlnum(units[inside])) return false;
  if (text::IsAsciiAlnum(units[outside])) return true;
  return units[outside] == u'.' && text::IsAsciiDigit(units[inside]) && beyond < units.size() &&
         text::IsAsciiDigit(units[beyond]);
}

bool StandsAlone(std::u16string_view units, text::UnitSpan span) {
  // Before the text an index wraps and is then past its end.
  return !GoesOn(units, span.start, span.start - 1, span.start - 2) &&
         !GoesOn(units, span.end - 1, span.end, span.end + 1);
}

// A word of the text that is no name, and the name it is not.
struct FoundWord {
  text::UnitSpan span;
  StringRef name;
};

bool Denies(const FoundWord& word, text::UnitSpan span, StringRef name) {
  if (!word.span.Overlaps(span) || span.Contains(word.span)) return false;
  return word.name.size == 0 ? !word.span.Contains(span) : word.name == name;
}

}  // namespace

Result<std::shared_ptr<const BlobLexicon>> BlobLexicon::Open(std::string_view blob) {
  const auto broken = [](std::string_view what) {
    return Error{ErrorCode::kCorruption, "lexicon: " + std::string(what)};
  };
  if (reinterpret_cast<std::uintptr_t>(blob.data()) % 8 != 0) return broken("the blob is not 8-byte aligned");
  const std::shared_ptr<BlobLexicon> lexicon(new BlobLexicon());  // NOLINT: the constructor is private
  if (blob.size() < sizeof(BlobHeader)) return broken("the blob is shorter than its header");
  std::memcpy(&lexicon->header_, blob.data(), sizeof(BlobHeader));
  if (lexicon->header_.magic != kBlobMagic) return broken("not a lexicon blob, or of another version");
  if (lexicon->header_.blob_size != blob.size()) return broken("the blob has been cut");
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    const SectionRange range = lexicon->header_.sections.at(i);
    if (range.offset % 8 != 0 || range.offset > blob.size() || range.bytes > blob.size() - range.offset ||
        range.bytes % RecordSize(static_cast<Section>(i)) != 0) {
      return broken("a section lies outside the blob");
    }
  }
  lexicon->blob_ = blob;
  const SectionRange automaton = lexicon->header_.sections[static_cast<std::size_t>(Section::kAutomaton)];
  MAILUO_ASSIGN_OR_RETURN(lexicon->automaton_, text::Automaton::Open(blob.substr(automaton.offset, automaton.bytes)));
  return std::shared_ptr<const BlobLexicon>(lexicon);
}

Result<std::shared_ptr<const BlobLexicon>> BlobLexicon::OpenOwned(std::string blob) {
  std::vector<std::uint64_t> words(blob.size() / 8 + 1);
  std::memcpy(words.data(), blob.data(), blob.size());
  MAILUO_ASSIGN_OR_RETURN(const std::shared_ptr<const BlobLexicon> opened,
                          Open({reinterpret_cast<const char*>(words.data()), blob.size()}));
  const auto lexicon = std::const_pointer_cast<BlobLexicon>(opened);
  lexicon->owned_ = std::move(words);  // The buffer keeps its place.
  return opened;
}

template <typename Record>
Record BlobLexicon::Get(Section section, std::uint64_t index) const {
  const SectionRange range = header_.sections[static_cast<std::size_t>(section)];
  Record record{};
  if (index < range.bytes / sizeof(Record)) {
    std::memcpy(&record, blob_.data() + range.offset + index * sizeof(Record), sizeof(Record));
  }
  return record;
}

template <typename Record>
std::uint32_t BlobLexicon::Count(Section section) const {
  return static_cast<std::uint32_t>(header_.sections[static_cast<std::size_t>(section)].bytes / sizeof(Record));
}

std::uint32_t BlobLexicon::size() const { return Count<EntityRecord>(Section::kEntities); }

std::string_view BlobLexicon::Text(StringRef ref) const {
  const SectionRange range = header_.sections[static_cast<std::size_t>(Section::kStrings)];
  if (ref.offset > range.bytes || ref.size > range.bytes - ref.offset) return {};
  return blob_.substr(range.offset + ref.offset, ref.size);
}

void BlobLexicon::FindNames(const text::FoldedText& text, std::vector<NameHit>& out) const {
  thread_local std::vector<text::AutomatonMatch> matches;
  matches.clear();
  const std::u16string_view units = text.units();
  automaton_.FindAll(units, matches);
  thread_local std::vector<FoundWord> words;
  words.clear();
  for (const text::AutomatonMatch& match : matches) {
    const auto name = Get<NameRecord>(Section::kNames, match.value);
    if (name.entity == kNoEntity) words.push_back({match.span, name.folded});
  }
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  for (const text::AutomatonMatch& match : matches) {
    const auto name = Get<NameRecord>(Section::kNames, match.value);
    if (name.entity == kNoEntity || !StandsAlone(units, match.span)) continue;
    const bool denied = std::any_of(words.begin(), words.end(),
                                    [&](const FoundWord& word) { return Denies(word, match.span, name.folded); });
    if (denied) continue;
    out.push_back(
        {match.span, name.entity, static_cast<NameStrength>(name.strength), static_cast<NameKind>(name.kind)});
  }
  std::sort(out.begin() + first, out.end(), [](const NameHit& a, const NameHit& b) {
    return std::tuple(a.span.start, b.span.end, a.entity) < std::tuple(b.span.start, a.span.end, b.entity);
  });
}

EntityInfo BlobLexicon::Entity(EntityIndex index) const {
  if (index >= size()) return {};
  const auto entity = Get<EntityRecord>(Section::kEntities, index);
  EntityInfo info;
  info.id = EntityId{entity.id};
  info.type = static_cast<MentionType>(entity.type);
  info.kind = Text(entity.kind);
  info.name = Text(Get<NameRecord>(Section::kNames, entity.first_name).text);
  info.tickers.reserve(entity.ticker_count);
  for (std::uint32_t i = 0; i < entity.ticker_count; ++i) {
    info.tickers.push_back(Text(Get<TickerRecord>(Section::kTickers, std::uint64_t{entity.first_ticker} + i).text));
  }
  return info;
}

std::string_view BlobLexicon::Attribute(EntityIndex index, std::string_view key) const {
  const auto entity = Get<EntityRecord>(Section::kEntities, index);
  for (std::uint32_t i = 0; i < entity.attribute_count; ++i) {
    const auto attribute = Get<AttributeRecord>(Section::kAttributes, std::uint64_t{entity.first_attribute} + i);
    if (Text(attribute.key) == key) return Text(attribute.value);
  }
  return {};
}

std::vector<std::string_view> BlobLexicon::Names(EntityIndex index) const {
  const auto entity = Get<EntityRecord>(Section::kEntities, index);
  std::vector<std::string_view> names;
  names.reserve(entity.name_count);
  for (std::uint32_t i = 0; i < entity.name_count; ++i) {
    names.push_back(Text(Get<NameRecord>(Section::kNames, std::uint64_t{entity.first_name} + i).text));
  }
  return names;
}

std::optional<EntityIndex> BlobLexicon::FindById(EntityId id) const {
  std::uint32_t low = 0;
  std::uint32_t high = Count<IdRecord>(Section::kIds);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (Get<IdRecord>(Section::kIds, middle).id < id.value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const auto record = Get<IdRecord>(Section::kIds, low);
  if (!id || record.id != id.value || record.entity >= size()) return std::nullopt;
  return record.entity;
}

std::optional<EntityIndex> BlobLexicon::FindByTicker(std::string_view ticker) const {
  std::uint32_t low = 0;
  std::uint32_t high = Count<CodeRecord>(Section::kCodes);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (Text(Get<CodeRecord>(Section::kCodes, middle).code) < ticker) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const auto record = Get<CodeRecord>(Section::kCodes, low);
  if (ticker.empty() || Text(record.code) != ticker || record.entity >= size()) return std::nullopt;
  return record.entity;
}

std::string_view BlobLexicon::SortedName(std::uint32_t position) const {
  const auto name = Get<std::uint32_t>(Section::kSorted, position);
  return Text(Get<NameRecord>(Section::kNames, name).folded);
}

std::uint32_t BlobLexicon::LowerBound(std::string_view folded) const {
  std::uint32_t low = 0;
  std::uint32_t high = Count<std::uint32_t>(Section::kSorted);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (SortedName(middle) < folded) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

NameEntry BlobLexicon::Entry(std::uint32_t position) const {
  const auto name = Get<NameRecord>(Section::kNames, Get<std::uint32_t>(Section::kSorted, position));
  return {name.entity, static_cast<NameStrength>(name.strength), static_cast<NameKind>(name.kind),
          std::string(Text(name.folded))};
}

std::vector<NameEntry> BlobLexicon::FindByName(std::string_view name) const {
  std::vector<NameEntry> found;
  const std::string key = text::FoldKey(name);
  if (key.empty()) return found;
  const std::uint32_t count = Count<std::uint32_t>(Section::kSorted);
  for (std::uint32_t i = LowerBound(key); i < count && SortedName(i) == key; ++i) found.push_back(Entry(i));
  return found;
}

std::vector<NameEntry> BlobLexicon::Prefix(std::string_view prefix, std::size_t limit) const {
  std::vector<NameEntry> found;
  const std::string key = text::FoldKey(prefix);
  const std::uint32_t count = Count<std::uint32_t>(Section::kSorted);
  std::unordered_set<EntityIndex> seen;
  for (std::uint32_t i = LowerBound(key); i < count && found.size() < limit; ++i) {
    if (SortedName(i).substr(0, key.size()) != key) break;
    NameEntry entry = Entry(i);
    if (seen.insert(entry.entity).second) found.push_back(std::move(entry));
  }
  return found;
}

std::vector<LexiconRow> BlobLexicon::Rows() const {
  std::vector<LexiconRow> rows(size());
  for (EntityIndex index = 0; index < size(); ++index) {
    const auto entity = Get<EntityRecord>(Section::kEntities, index);
    LexiconRow& row = rows[index];
    row.file = "built-in lexicon";
    row.line = index + 1;
    row.type = static_cast<MentionType>(entity.type);
    row.kind = Text(entity.kind);
    for (std::uint32_t i = 0; i < entity.name_count; ++i) {
      const auto name = Get<NameRecord>(Section::kNames, std::uint64_t{entity.first_name} + i);
      row.names.push_back({std::string(Text(name.text)), static_cast<NameStrength>(name.strength),
                           static_cast<NameKind>(name.kind), name.matched != 0});
    }
    for (const std::string_view ticker : Entity(index).tickers) row.tickers.emplace_back(ticker);
    for (std::uint32_t i = 0; i < entity.attribute_count; ++i) {
      const auto attribute = Get<AttributeRecord>(Section::kAttributes, std::uint64_t{entity.first_attribute} + i);
      row.attributes.emplace_back(Text(attribute.key), Text(attribute.value));
    }
  }
  return rows;
}

std::vector<NotName> BlobLexicon::NotNames() const {
  std::vector<NotName> words;
  for (std::uint32_t i = Count<NameRecord>(Section::kNames); i-- > 0;) {
    const auto name = Get<NameRecord>(Section::kNames, i);
    if (name.entity != kNoEntity) break;
    words.push_back({std::string(Text(name.text)), name.folded.size == 0 ? "*" : std::string(Text(name.folded))});
  }
  return words;
}

}  // namespace mailuo::lexicon
