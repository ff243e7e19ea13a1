#include "cli/json_training.h"

#include <optional>
#include <string>

#include <fmt/core.h>
#include <rapidjson/document.h>

#include "text/utf8.h"

namespace mailuo::cli {
namespace {

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message)}; }

std::optional<TextSpan> ReadSpan(const rapidjson::Value& value, std::size_t code_points) {
  if (!value.IsArray() || value.Size() < 2 || !value[0].IsUint() || !value[1].IsUint()) return std::nullopt;
  const TextSpan span{value[0].GetUint(), value[1].GetUint()};
  if (span.start >= span.end || span.end > code_points) return std::nullopt;
  return span;
}

}  // namespace

Result<LabelledLine> ParseLabelledLine(std::string_view line) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(line.data(), line.size());
  if (document.HasParseError()) return Bad(fmt::format("not JSON (byte {})", document.GetErrorOffset()));
  if (!document.IsObject() || !document.HasMember("text") || !document["text"].IsString()) {
    return Bad("an object with a string \"text\" is expected");
  }
  LabelledLine parsed;
  extract::LabelledText& labelled = parsed.text;
  if (document.HasMember("id") && document["id"].IsString()) {
    parsed.id.assign(document["id"].GetString(), document["id"].GetStringLength());
  }
  labelled.text.assign(document["text"].GetString(), document["text"].GetStringLength());
  const std::size_t size = text::CountCodePoints(labelled.text);
  if (document.HasMember("spans")) {
    if (!document["spans"].IsArray()) return Bad("\"spans\" must be a list");
    for (const rapidjson::Value& value : document["spans"].GetArray()) {
      const auto span = ReadSpan(value, size);
      if (!span || value.Size() < 3 || !value[2].IsString()) {
        return Bad("each of \"spans\" must be [start, end, \"label\"] inside the text");
      }
      labelled.spans.push_back({*span, value[2].GetString()});
    }
  }
  if (document.HasMember("ignore")) {
    if (!document["ignore"].IsArray()) return Bad("\"ignore\" must be a list");
    for (const rapidjson::Value& value : document["ignore"].GetArray()) {
      const auto span = ReadSpan(value, size);
      if (!span) return Bad("each of \"ignore\" must be [start, end] inside the text");
      labelled.ignore.push_back(*span);
    }
  }
  return parsed;
}

}  // namespace mailuo::cli
