// The JSON lines of labelled.h.
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/core.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "eval/event_labels.h"
#include "eval/labelled.h"
#include "text/ticker.h"
#include "text/utf8.h"

namespace mailuo::eval {
namespace {

using Json = rapidjson::Value;

Error Wrong(std::string message) { return Error{ErrorCode::kInvalidArgument, std::move(message)}; }

std::string Text(const Json& object, const char* key) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

// Day and nothing else: labelled sets write "2026-04-27 22:03 UTC" and the like.
std::optional<PublishedTime> Day(const std::string& text) {
  const auto date = ParseIsoDate(std::string_view(text).substr(0, 10));
  return date ? std::optional(PublishedTime{*date, -1}) : std::nullopt;
}

Result<LabelledLine> ReadArticle(const Json& json) {
  if (!json.IsObject()) return Wrong("expected an object");
  LabelledLine line;
  line.article.text = Text(json, "text");
  line.article.title = Text(json, "title");
  line.article.external_id = Text(json, "id");
  line.article.published = Day(Text(json, json.HasMember("published") ? "published" : "date"));
  if (line.article.text.empty()) return Wrong("expected a string \"text\"");
  if (text::FindInvalidUtf8(line.article.text) || line.article.text.find('\0') != std::string::npos) {
    return Wrong("\"text\" is not well-formed");
  }
  return line;
}

// Calls each(span, item) for every [start, end, ...] of the list `key` that has at least `fields` entries.
template <typename Each>
Status ForEachSpan(const Json& json, const char* key, rapidjson::SizeType fields, std::size_t size, Each each) {
  const auto list = json.FindMember(key);
  if (list == json.MemberEnd() || !list->value.IsArray()) return Wrong(fmt::format("expected a list \"{}\"", key));
  for (const Json& item : list->value.GetArray()) {
    if (!item.IsArray() || item.Size() < fields || !item[0].IsUint() || !item[1].IsUint()) {
      return Wrong(fmt::format("expected [start, end, ...] in \"{}\"", key));
    }
    const TextSpan span{item[0].GetUint(), item[1].GetUint()};
    if (span.start >= span.end || span.end > size) {
      return Wrong(fmt::format("span {}-{} does not fit the text", span.start, span.end));
    }
    each(span, item);
  }
  return {};
}

// The codes of data vendors name the venue (MCO.NYSE, 03690.HKEX); ours name the market.
std::optional<std::string> OurTicker(std::string_view code) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kVenues{
      {{".NYSE", ".US"}, {".NASDAQ", ".US"}, {".AMEX", ".US"}, {".HKEX", ".HK"}}};
  for (const auto& [venue, market] : kVenues) {
    if (!code.ends_with(venue)) continue;
    return text::CanonicalTicker(fmt::format("{}{}", code.substr(0, code.size() - venue.size()), market));
  }
  // Some write Beijing's codes with Shenzhen's mark (920592.SZ).
  if (code.ends_with(".SZ")) {
    std::optional<std::string> bare = text::CanonicalTicker(code.substr(0, code.size() - 3));
    if (bare && bare->ends_with(".BJ")) return bare;
  }
  return text::CanonicalTicker(code);
}

Result<rapidjson::Document> Parse(std::string_view json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (!document.HasParseError()) return document;
  return Wrong(
      fmt::format("byte {}: {}", document.GetErrorOffset(), rapidjson::GetParseError_En(document.GetParseError())));
}

// The span of ["quote", start] (or ["role", "quote", start]) whose quote is at `at`.
Result<TextSpan> Quoted(const Json& item, rapidjson::SizeType at, std::string_view text, std::size_t size) {
  if (!item.IsArray() || item.Size() < at + 2 || !item[at].IsString() || !item[at + 1].IsUint()) {
    return Wrong("expected a quote and its start");
  }
  const std::string_view quote(item[at].GetString(), item[at].GetStringLength());
  const std::size_t points = text::FindInvalidUtf8(quote) ? 0 : text::CountCodePoints(quote);
  const std::uint32_t start = item[at + 1].GetUint();
  if (points == 0 || points > size || start > size - points) {
    return Wrong(fmt::format("quote at {} does not fit the text", start));
  }
  const TextSpan span{start, start + static_cast<std::uint32_t>(points)};
  if (text::SliceCodePoints(text, span.start, span.end) != quote) {
    return Wrong(fmt::format("\"{}\" does not stand at {}", quote, start));
  }
  return span;
}

Result<LabelledEvent> ReadEvent(const Json& json, std::string_view text, std::size_t size) {
  if (!json.IsObject()) return Wrong("expected objects in \"events\"");
  LabelledEvent event;
  event.label = Text(json, "type");
  const auto trigger = json.FindMember("trigger");
  if (trigger == json.MemberEnd()) return Wrong("expected a list \"trigger\"");
  MAILUO_ASSIGN_OR_RETURN(event.trigger, Quoted(trigger->value, 0, text, size));
  const auto list = json.FindMember("args");
  if (list == json.MemberEnd() || !list->value.IsArray()) return Wrong("expected a list \"args\"");
  for (const Json& item : list->value.GetArray()) {
    if (!item.IsArray() || item.Empty() || !item[0].IsString()) {
      return Wrong("expected [role, quote, start] in \"args\"");
    }
    LabelledArgument argument;
    argument.role = item[0].GetString();
    MAILUO_ASSIGN_OR_RETURN(argument.span, Quoted(item, 1, text, size));
    event.arguments.push_back(std::move(argument));
  }
  return event;
}

}  // namespace

Result<EventLine> ParseEventLine(std::string_view json) {
  MAILUO_ASSIGN_OR_RETURN(const rapidjson::Document document, Parse(json));
  MAILUO_ASSIGN_OR_RETURN(LabelledLine line, ReadArticle(document));
  const auto list = document.FindMember("events");
  if (list == document.MemberEnd() || !list->value.IsArray()) return Wrong("expected a list \"events\"");
  EventLine out{std::move(line.article), {}};
  const std::size_t size = text::CountCodePoints(out.article.text);
  for (const Json& item : list->value.GetArray()) {
    MAILUO_ASSIGN_OR_RETURN(LabelledEvent event, ReadEvent(item, out.article.text, size));
    out.events.push_back(std::move(event));
  }
  return out;
}

Result<LabelledLine> ParseNerLine(std::string_view json) {
  MAILUO_ASSIGN_OR_RETURN(const rapidjson::Document document, Parse(json));
  MAILUO_ASSIGN_OR_RETURN(LabelledLine line, ReadArticle(document));
  const std::size_t size = text::CountCodePoints(line.article.text);
  MAILUO_RETURN_IF_ERROR(ForEachSpan(document, "spans", 3, size, [&](TextSpan span, const Json& item) {
    if (item[2].IsString()) line.spans.push_back({span, item[2].GetString()});
  }));
  return line;
}

Result<LabelledLine> ParseTickerLine(std::string_view json) {
  MAILUO_ASSIGN_OR_RETURN(const rapidjson::Document document, Parse(json));
  MAILUO_ASSIGN_OR_RETURN(LabelledLine line, ReadArticle(document));
  const std::size_t size = text::CountCodePoints(line.article.text);
  MAILUO_RETURN_IF_ERROR(ForEachSpan(document, "mentions", 4, size, [&](TextSpan span, const Json& item) {
    if (!item[2].IsString() || !item[3].IsString() || std::string_view(item[3].GetString()) != "security") return;
    if (auto ticker = OurTicker(item[2].GetString())) line.spans.push_back({span, *std::move(ticker)});
  }));
  return line;
}

Result<StoryLine> ParseStoryLine(std::string_view json) {
  MAILUO_ASSIGN_OR_RETURN(const rapidjson::Document document, Parse(json));
  MAILUO_ASSIGN_OR_RETURN(LabelledLine labelled, ReadArticle(document));
  StoryLine line{std::move(labelled.article), Text(document, "story"), Text(document, "event")};
  if (line.story.empty() || line.event.empty()) return Wrong("expected strings \"story\" and \"event\"");
  line.article.published = ParsePublishedTime(Text(document, "date"));
  if (!line.article.published) return Wrong("expected a day or a time \"date\"");
  if (text::FindInvalidUtf8(line.article.title)) return Wrong("\"title\" is not well-formed");
  return line;
}

}  // namespace mailuo::eval
