// The annotation part of the article record: lists of small numbers over a table of strings and a table of entities.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/ids.h"
#include "store/enums.h"
#include "store/interval.h"
#include "store/records.h"

namespace mailuo::store {
namespace {

constexpr std::uint8_t kVersion = 1;           // Five lists.
constexpr std::uint8_t kVersionWithLinks = 2;  // Six: written only where there are links.

struct EntityEntry {
  EntityId id;
  MentionType type = MentionType::kCompany;
  std::string_view name;
};

// ---- Writing ----

// Numbers by hash, for up to some hundred things: open addressing, at most half full.
class Numbers {
 public:
  // The number whose thing `is_same`; nothing: `next` is put in its place.
  template <typename IsSame>
  std::optional<std::uint32_t> FindOrPut(std::uint64_t hash, std::uint32_t next, IsSame is_same) {
    if (2 * (std::size_t{next} + 1) > slots_.size()) Grow();
    for (std::size_t place = hash & (slots_.size() - 1);; place = (place + 1) & (slots_.size() - 1)) {
      Slot& slot = slots_[place];
      if (slot.number == kNone) {
        slot = {hash, next};
        return std::nullopt;
      }
      if (slot.hash == hash && is_same(slot.number)) return slot.number;
    }
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = kNone;
  };

  void Grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number == kNone) continue;
      std::size_t place = slot.hash & (slots_.size() - 1);
      while (slots_[place].number != kNone) place = (place + 1) & (slots_.size() - 1);
      slots_[place] = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(256);
};

// Gives every distinct string and entity a number, in order of first use.
class Tables {
 public:
  std::uint64_t String(std::string_view text) {
    const auto next = static_cast<std::uint32_t>(strings_.size());
    const auto known =
        string_numbers_.FindOrPut(StableHash64(text), next, [&](std::uint32_t n) { return strings_[n] == text; });
    if (known) return *known;
    strings_.push_back(text);
    return next;
  }
  std::uint64_t Entity(EntityId id, MentionType type, std::string_view name) {
    const auto next = static_cast<std::uint32_t>(entities_.size());
    const auto known = entity_numbers_.FindOrPut(id.value, next, [&](std::uint32_t n) {
      return entities_[n].id == id && entities_[n].type == type && entities_[n].name == name;
    });
    if (known) return *known;
    String(name);
    entities_.push_back({id, type, name});
    return next;
  }
  void Write(ByteWriter& bytes) {
    bytes.Varint(strings_.size());
    for (const std::string_view text : strings_) bytes.Text(text);
    bytes.Varint(entities_.size());
    for (const EntityEntry& entity : entities_) {
      bytes.Fixed(entity.id.value, 8);
      bytes.Byte(static_cast<std::uint8_t>(entity.type));
      bytes.Varint(String(entity.name));
    }
  }

 private:
  Numbers string_numbers_;
  std::vector<std::string_view> strings_;
  Numbers entity_numbers_;
  std::vector<EntityEntry> entities_;
};

// Spans follow each other in the text, so the distance from the one before is a small number.
class SpanWriter {
 public:
  explicit SpanWriter(ByteWriter& bytes) : bytes_(bytes) {}
  void Write(const TextSpan& span) {
    bytes_.Signed(static_cast<std::int64_t>(span.start) - previous_);
    bytes_.Signed(static_cast<std::int64_t>(span.end) - static_cast<std::int64_t>(span.start));
    previous_ = span.start;
  }

 private:
  ByteWriter& bytes_;
  std::int64_t previous_ = 0;
};

template <typename Enum>
void WriteEnum(ByteWriter& bytes, Enum value) {
  bytes.Byte(static_cast<std::uint8_t>(value));
}

void WriteMention(ByteWriter& bytes, SpanWriter& spans, Tables& tables, const Mention& mention) {
  spans.Write(mention.span);
  bytes.Varint(tables.Entity(mention.entity, mention.type, mention.name));
  bytes.Float(mention.confidence);
  bytes.Varint(tables.String(mention.rule));
  bytes.Varint(mention.tickers.size());
  for (const std::string& ticker : mention.tickers) bytes.Varint(tables.String(ticker));
}

void WriteDate(ByteWriter& bytes, SpanWriter& spans, const DateMention& date) {
  spans.Write(date.span);
  WriteInterval(bytes, date.interval);
  WriteEnum(bytes, date.precision);
  WriteEnum(bytes, date.relation);
  WriteEnum(bytes, date.certainty);
  WriteEnum(bytes, date.kind);
  WriteEnum(bytes, date.anchor);
}

void WriteEvent(ByteWriter& bytes, SpanWriter& spans, Tables& tables, const Event& event) {
  WriteEnum(bytes, event.type);
  spans.Write(event.trigger);
  bytes.Varint(event.sentence);
  WriteEnum(bytes, event.status);
  bytes.Signed(event.polarity);
  WriteInterval(bytes, event.time.interval);
  WriteEnum(bytes, event.time.precision);
  WriteEnum(bytes, event.time.source);
  bytes.Signed(event.time.date);
  bytes.Varint(event.participants.size());
  for (const Participant& participant : event.participants) {
    bytes.Varint(tables.String(participant.role));
    bytes.Signed(participant.mention);
    bytes.Varint(tables.Entity(participant.entity, participant.type, participant.name));
  }
  bytes.Varint(event.values.size());
  for (const Value& value : event.values) {
    bytes.Varint(tables.String(value.role));
    spans.Write(value.span);
    bytes.Double(value.number);
    bytes.Varint(tables.String(value.unit));
  }
  bytes.Float(event.confidence);
  bytes.Varint(tables.String(event.rule));
}

void WriteRelation(ByteWriter& bytes, Tables& tables, const Relation& relation) {
  WriteEnum(bytes, relation.type);
  for (const RelationEnd* end : {&relation.head, &relation.tail}) {
    bytes.Signed(end->mention);
    bytes.Varint(tables.Entity(end->entity, end->type, end->name));
  }
  bytes.Varint(relation.sentence);
  WriteEnum(bytes, relation.status);
  WriteInterval(bytes, relation.valid);
  bytes.Float(relation.confidence);
  bytes.Varint(tables.String(relation.rule));
}

// ---- Reading ----

class AnnotationReader {
 public:
  explicit AnnotationReader(std::string_view bytes) : bytes_(bytes) {}

  std::optional<Annotation> Read() {
    const std::uint8_t version = bytes_.Byte();
    if (version != kVersion && version != kVersionWithLinks) return std::nullopt;
    ReadTables();
    Annotation annotation;
    ReadList(annotation.sentences, 2, [this](TextSpan& span) { span = Span(); });
    ReadList(annotation.mentions, 9, [this](Mention& mention) { ReadMention(mention); });
    ReadList(annotation.dates, 8, [this](DateMention& date) { ReadDate(date); });
    ReadList(annotation.events, 16, [this](Event& event) { ReadEvent(event); });
    ReadList(annotation.relations, 13, [this](Relation& relation) { ReadRelation(relation); });
    if (version == kVersionWithLinks) ReadLinks(annotation);
    if (!bytes_.Complete()) return std::nullopt;
    return annotation;
  }

 private:
  // `min_bytes`: the least that an element takes, so that a hostile count cannot ask for more memory than it brings
  // bytes.
  template <typename T, typename ReadOne>
  void ReadList(std::vector<T>& list, std::size_t min_bytes, ReadOne read_one) {
    previous_ = 0;
    list.resize(bytes_.Count(min_bytes));
    for (T& element : list) {
      if (!bytes_.ok()) return;
      read_one(element);
    }
  }

  void ReadTables() {
    strings_.resize(bytes_.Count(1));
    for (std::string_view& text : strings_) text = bytes_.Text();
    entities_.resize(bytes_.Count(10));
    for (EntityEntry& entity : entities_) {
      entity.id = {bytes_.Fixed(8)};
      entity.type = ReadEnum<MentionType>(bytes_);
      entity.name = String();
    }
  }

  std::string_view String() {
    const std::uint64_t number = bytes_.Varint();
    if (number < strings_.size()) return strings_[number];
    bytes_.Fail();
    return {};
  }

  template <typename Named>  // Mention, Participant or RelationEnd
  void ReadEntity(Named& named) {
    const std::uint64_t number = bytes_.Varint();
    if (number >= entities_.size()) return bytes_.Fail();
    named.entity = entities_[number].id;
    named.type = entities_[number].type;
    named.name = entities_[number].name;
  }

  TextSpan Span() {
    const std::int64_t start = previous_ + bytes_.Signed();
    const std::int64_t size = bytes_.Signed();
    constexpr std::int64_t kMax = UINT32_MAX;
    if (start < 0 || start > kMax || size < -kMax || size > kMax || start + size < 0 || start + size > kMax) {
      bytes_.Fail();
      return {};
    }
    previous_ = start;
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(start + size)};
  }

  std::int32_t Index() {
    const std::int64_t index = bytes_.Signed();
    if (index >= -1 && index <= INT32_MAX) return static_cast<std::int32_t>(index);
    bytes_.Fail();
    return -1;
  }

  void ReadMention(Mention& mention) {
    mention.span = Span();
    ReadEntity(mention);
    mention.confidence = bytes_.Float();
    mention.rule = String();
    mention.tickers.resize(bytes_.Count(1));
    for (std::string& ticker : mention.tickers) ticker = String();
  }

  void ReadDate(DateMention& date) {
    date.span = Span();
    date.interval = ReadInterval(bytes_);
    date.precision = ReadEnum<DatePrecision>(bytes_);
    date.relation = ReadEnum<DateRelation>(bytes_);
    date.certainty = ReadEnum<DateCertainty>(bytes_);
    date.kind = ReadEnum<DateKind>(bytes_);
    date.anchor = ReadEnum<DateAnchor>(bytes_);
  }

  void ReadEvent(Event& event) {
    event.type = ReadEnum<EventType>(bytes_);
    event.trigger = Span();
    event.sentence = bytes_.Varint32();
    event.status = ReadEnum<FactStatus>(bytes_);
    event.polarity = ReadPolarity(bytes_);
    event.time.interval = ReadInterval(bytes_);
    event.time.precision = ReadEnum<DatePrecision>(bytes_);
    event.time.source = ReadEnum<EventTimeSource>(bytes_);
    event.time.date = Index();
    event.participants.resize(bytes_.Count(3));
    for (Participant& participant : event.participants) {
      participant.role = String();
      participant.mention = Index();
      ReadEntity(participant);
    }
    event.values.resize(bytes_.Count(12));
    for (Value& value : event.values) {
      value.role = String();
      value.span = Span();
      value.number = bytes_.Double();
      value.unit = String();
    }
    event.confidence = bytes_.Float();
    event.rule = String();
  }

  void ReadRelation(Relation& relation) {
    relation.type = ReadEnum<RelationType>(bytes_);
    for (RelationEnd* end : {&relation.head, &relation.tail}) {
      end->mention = Index();
      ReadEntity(*end);
    }
    relation.sentence = bytes_.Varint32();
    relation.status = ReadEnum<FactStatus>(bytes_);
    relation.valid = ReadInterval(bytes_);
    relation.confidence = bytes_.Float();
    relation.rule = String();
  }

  void ReadLinks(Annotation& annotation) {
    ReadList(annotation.links, 6, [this](EventLink& link) {
      link.trigger = Span();
      link.type = ReadEnum<EventLinkType>(bytes_);
      link.from = bytes_.Varint32();
      link.to = bytes_.Varint32();
      link.sentence = bytes_.Varint32();
    });
    const auto events = annotation.events.size();
    for (const EventLink& link : annotation.links) {
      if (link.from >= events || link.to >= events) bytes_.Fail();
    }
    if (annotation.links.empty()) bytes_.Fail();  // Version 1 says that.
  }

  ByteReader bytes_;
  std::int64_t previous_ = 0;
  std::vector<std::string_view> strings_;
  std::vector<EntityEntry> entities_;
};

}  // namespace

std::string EncodeAnnotation(const Annotation& annotation) {
  Tables tables;
  std::string lists;
  ByteWriter bytes(lists);
  const auto write_list = [&bytes](const auto& list, auto write_one) {
    bytes.Varint(list.size());
    SpanWriter spans(bytes);
    for (const auto& element : list) write_one(spans, element);
  };
  write_list(annotation.sentences, [](SpanWriter& spans, const TextSpan& span) { spans.Write(span); });
  write_list(annotation.mentions,
             [&](SpanWriter& spans, const Mention& mention) { WriteMention(bytes, spans, tables, mention); });
  write_list(annotation.dates, [&](SpanWriter& spans, const DateMention& date) { WriteDate(bytes, spans, date); });
  write_list(annotation.events,
             [&](SpanWriter& spans, const Event& event) { WriteEvent(bytes, spans, tables, event); });
  write_list(annotation.relations,
             [&](SpanWriter& /*spans*/, const Relation& relation) { WriteRelation(bytes, tables, relation); });
  if (!annotation.links.empty()) {
    write_list(annotation.links, [&bytes](SpanWriter& spans, const EventLink& link) {
      spans.Write(link.trigger);
      WriteEnum(bytes, link.type);
      bytes.Varint(link.from);
      bytes.Varint(link.to);
      bytes.Varint(link.sentence);
    });
  }
  std::string out;
  out.reserve(lists.size() + 1024);
  ByteWriter head(out);
  head.Byte(annotation.links.empty() ? kVersion : kVersionWithLinks);
  tables.Write(head);
  out += lists;
  return out;
}

std::optional<Annotation> DecodeAnnotation(std::string_view bytes) { return AnnotationReader(bytes).Read(); }

}  // namespace mailuo::store
