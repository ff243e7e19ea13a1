// ParseGold: the JSON of corpus/gold.
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/core.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "eval/gold.h"

namespace mailuo::eval {
namespace {

using Json = rapidjson::Value;

// Reads members and remembers the first thing that is wrong, so that the readers below stay straight lines.
class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  bool ok() const { return problem_.empty(); }
  Error error() const { return Error{ErrorCode::kInvalidArgument, name_ + ": " + problem_}; }
  void Fail(std::string problem) {
    if (ok()) problem_ = std::move(problem);
  }

  // Null where the member is absent or `object` is none.
  const Json* Find(const Json& object, const char* key) {
    if (!object.IsObject()) {
      Fail(fmt::format("expected an object with \"{}\"", key));
      return nullptr;
    }
    const auto member = object.FindMember(key);
    return member == object.MemberEnd() ? nullptr : &member->value;
  }
  std::string Text(const Json& object, const char* key) {
    const Json* value = Find(object, key);
    if (value == nullptr || !value->IsString()) {
      Fail(fmt::format("expected a string \"{}\"", key));
      return {};
    }
    return {value->GetString(), value->GetStringLength()};
  }
  TextSpan Span(const Json& object) { return {Number(object, "start"), Number(object, "end")}; }
  std::optional<Date> Day(const Json& object, const char* key) {
    const Json* value = Find(object, key);
    if (value == nullptr || value->IsNull()) return std::nullopt;
    const auto date = value->IsString() ? ParseIsoDate(value->GetString()) : std::nullopt;
    if (!date) Fail(fmt::format("\"{}\" is not a day YYYY-MM-DD", key));
    return date;
  }
  template <typename Each>
  void List(const Json& object, const char* key, Each each) {
    const Json* value = Find(object, key);
    if (value == nullptr || !value->IsArray()) return Fail(fmt::format("expected a list \"{}\"", key));
    for (const Json& item : value->GetArray()) each(item);
  }
  // `parse` turns a word into an optional enum.
  template <typename Parse>
  auto Enum(const Json& object, const char* key, Parse parse) {
    const std::string word = Text(object, key);
    const auto value = parse(word);
    if (!value) Fail(fmt::format("\"{}\": unknown word \"{}\"", key, word));
    return value.value_or(typename decltype(parse(word))::value_type{});
  }

 private:
  std::uint32_t Number(const Json& object, const char* key) {
    const Json* value = Find(object, key);
    if (value == nullptr || !value->IsUint()) {
      Fail(fmt::format("expected a number \"{}\"", key));
      return 0;
    }
    return value->GetUint();
  }

  const std::string& name_;
  std::string problem_;
};

template <typename E, E kLast>
std::optional<E> ByWord(std::string_view word) {
  for (int i = 1; i <= static_cast<int>(kLast); ++i) {
    if (Word(static_cast<E>(i)) == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

void ReadUnscored(Reader& reader, const Json& json, GoldArticle& gold) {
  UnscoredSpan unscored{reader.Span(json), std::nullopt};
  if (reader.Find(json, "type") != nullptr) unscored.type = reader.Enum(json, "type", ParseMentionType);
  gold.unscored.push_back(unscored);
}

void ReadMention(Reader& reader, const Json& json, GoldArticle& gold) {
  Mention mention;
  mention.span = reader.Span(json);
  mention.type = reader.Enum(json, "type", ParseMentionType);
  mention.name = reader.Text(json, "name");
  if (reader.Find(json, "tickers") != nullptr) {
    reader.List(json, "tickers", [&](const Json& ticker) {
      if (!ticker.IsString()) return reader.Fail("expected strings in \"tickers\"");
      mention.tickers.emplace_back(ticker.GetString());
    });
  }
  gold.quotes.push_back({mention.span, reader.Text(json, "text")});
  gold.annotation.mentions.push_back(std::move(mention));
}

void ReadDate(Reader& reader, const Json& json, GoldArticle& gold) {
  DateMention date;
  date.span = reader.Span(json);
  date.interval = {reader.Day(json, "from"), reader.Day(json, "to")};
  date.precision = reader.Enum(json, "precision", ByWord<DatePrecision, DatePrecision::kFuzzy>);
  date.relation = reader.Enum(json, "relation", ByWord<DateRelation, DateRelation::kWithin>);
  gold.quotes.push_back({date.span, reader.Text(json, "text")});
  gold.annotation.dates.push_back(date);
}

void ReadEvent(Reader& reader, const Json& json, GoldArticle& gold) {
  Event event;
  event.type = reader.Enum(json, "type", ParseEventType);
  event.status = reader.Enum(json, "status", ParseFactStatus);
  if (const Json* trigger = reader.Find(json, "trigger")) {
    event.trigger = reader.Span(*trigger);
    gold.quotes.push_back({event.trigger, reader.Text(*trigger, "text")});
  } else {
    reader.Fail("expected \"trigger\"");
  }
  if (const Json* time = reader.Find(json, "time")) {
    event.time.interval = {reader.Day(*time, "from"), reader.Day(*time, "to")};
  }
  reader.List(json, "participants", [&](const Json& item) {
    Participant participant;
    participant.role = reader.Text(item, "role");
    participant.name = reader.Text(item, "name");
    event.participants.push_back(std::move(participant));
  });
  reader.List(json, "values", [&](const Json& item) {
    Value value;
    value.role = reader.Text(item, "role");
    value.unit = reader.Text(item, "unit");
    const Json* number = reader.Find(item, "number");
    if (number == nullptr || !(number->IsNumber() || number->IsNull())) reader.Fail("expected a number \"number\"");
    if (number != nullptr && number->IsNumber()) value.number = number->GetDouble();
    gold.value_texts.push_back(reader.Text(item, "text"));
    event.values.push_back(std::move(value));
  });
  gold.annotation.events.push_back(std::move(event));
}

std::string EndName(Reader& reader, const Json& json, const char* key) {
  const Json* end = reader.Find(json, key);
  if (end == nullptr) {
    reader.Fail(fmt::format("expected \"{}\"", key));
    return {};
  }
  return reader.Text(*end, "name");
}

void ReadRelation(Reader& reader, const Json& json, GoldArticle& gold) {
  Relation relation;
  relation.type = reader.Enum(json, "type", ParseRelationType);
  relation.status = reader.Enum(json, "status", ParseFactStatus);
  relation.head.name = EndName(reader, json, "head");
  relation.tail.name = EndName(reader, json, "tail");
  gold.annotation.relations.push_back(std::move(relation));
}

}  // namespace

Result<GoldArticle> ParseGold(std::string_view json, const std::string& name) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{}: byte {}: {}", name, document.GetErrorOffset(),
                                                          rapidjson::GetParseError_En(document.GetParseError()))};
  }
  Reader reader(name);
  GoldArticle gold;
  gold.name = name;
  gold.sample = reader.Text(document, "sample");
  if (const auto day = reader.Day(document, "published")) {
    gold.published = *day;
  } else {
    reader.Fail("expected a day \"published\"");
  }
  if (const Json* common = reader.Find(document, "common_words")) gold.common_words = common->IsTrue();
  reader.List(document, "unscored", [&](const Json& item) { ReadUnscored(reader, item, gold); });
  reader.List(document, "mentions", [&](const Json& item) { ReadMention(reader, item, gold); });
  reader.List(document, "dates", [&](const Json& item) { ReadDate(reader, item, gold); });
  reader.List(document, "events", [&](const Json& item) { ReadEvent(reader, item, gold); });
  reader.List(document, "relations", [&](const Json& item) { ReadRelation(reader, item, gold); });
  if (!reader.ok()) return reader.error();
  return gold;
}

}  // namespace mailuo::eval
