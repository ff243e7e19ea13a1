#include "ingest/json_record.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "ingest/record_splitter.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

using Value = rapidjson::Value;

std::string_view View(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

// Depth of the brackets outside strings; RapidJSON's own stack has no bound but memory.
bool NestsTooDeep(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxJsonDepth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

Status Parse(std::string_view json, rapidjson::Document& document) {
  if (NestsTooDeep(json)) {
    return Error{ErrorCode::kLimitExceeded, fmt::format("JSON is nested deeper than {} levels", kMaxJsonDepth)};
  }
  if (const auto bad = text::FindInvalidUtf8(json)) {
    return Error{ErrorCode::kCorruption, fmt::format("invalid UTF-8 at byte {}", *bad)};
  }
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag | rapidjson::kParseNumbersAsStringsFlag;
  document.Parse<kFlags>(json.data(), json.size());
  if (document.HasParseError()) {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("not JSON: {} (byte {})", rapidjson::GetParseError_En(document.GetParseError()),
                             document.GetErrorOffset())};
  }
  return {};
}

// The text of a value: strings and numbers, names of objects, lists of these.
std::string Flat(const Value& value, int levels = 2) {
  if (value.IsString()) return std::string(View(value));
  if (levels == 0) return {};
  if (value.IsObject()) {
    for (const char* const name : {"name", "@id", "title"}) {
      const auto member = value.FindMember(name);
      if (member != value.MemberEnd()) return Flat(member->value, levels - 1);
    }
    return {};
  }
  std::string joined;
  if (value.IsArray()) {
    for (const Value& element : value.GetArray()) {
      const std::string part = Flat(element, levels - 1);
      if (part.empty()) continue;
      if (!joined.empty()) joined += "、";
      joined += part;
    }
  }
  return joined;
}

RecordFields ReadObject(const Value& object) {
  RecordFields fields;
  for (const auto& member : object.GetObject()) {
    if (LookUpField(View(member.name)).field != Field::kNone) fields.Offer(View(member.name), Flat(member.value));
  }
  return fields;
}

bool HoldsObjects(const Value& list) {
  return list.IsArray() &&
         std::any_of(list.Begin(), list.End(), [](const Value& element) { return element.IsObject(); });
}

const Value* FindArticles(const Value& object, int levels) {
  constexpr std::array kNames{"articles", "data", "items", "results", "list", "docs", "news", "records"};
  for (const char* const name : kNames) {
    const auto member = object.FindMember(name);
    if (member == object.MemberEnd()) continue;
    if (HoldsObjects(member->value)) return &member->value;
    if (member->value.IsObject() && levels > 0) {
      if (const Value* const inner = FindArticles(member->value, levels - 1)) return inner;
    }
  }
  return nullptr;
}

bool IsArticleType(std::string_view type) {
  return type == "NewsArticle" || type == "Article" || type == "ReportageNewsArticle" || type == "BlogPosting" ||
         type == "AnalysisNewsArticle";
}

const Value* FindLinkedArticle(const Value& value, int levels) {
  if (levels == 0) return nullptr;
  if (value.IsArray()) {
    for (const Value& element : value.GetArray()) {
      if (const Value* const found = FindLinkedArticle(element, levels - 1)) return found;
    }
    return nullptr;
  }
  if (!value.IsObject()) return nullptr;
  if (const auto type = value.FindMember("@type"); type != value.MemberEnd()) {
    if (type->value.IsString() && IsArticleType(View(type->value))) return &value;
    if (type->value.IsArray()) {
      for (const Value& element : type->value.GetArray()) {
        if (element.IsString() && IsArticleType(View(element))) return &value;
      }
    }
  }
  const auto graph = value.FindMember("@graph");
  return graph == value.MemberEnd() ? nullptr : FindLinkedArticle(graph->value, levels - 1);
}

}  // namespace

Result<std::vector<RecordFields>> ReadJsonRecord(std::string_view json) {
  rapidjson::Document document;
  MAILUO_RETURN_IF_ERROR(Parse(json, document));
  if (!document.IsObject()) return Error{ErrorCode::kInvalidArgument, "not a JSON object"};
  std::vector<RecordFields> records;
  RecordFields own = ReadObject(document);
  if (const Value* const articles = own.text.empty() ? FindArticles(document, 1) : nullptr) {
    for (const Value& element : articles->GetArray()) {
      if (element.IsObject()) records.push_back(ReadObject(element));
    }
    return records;
  }
  records.push_back(std::move(own));
  return records;
}

RecordFields ReadJsonLd(std::string_view json) {
  rapidjson::Document document;
  if (!Parse(json, document)) return {};
  constexpr int kLevels = 4;
  const Value* const article = FindLinkedArticle(document, kLevels);
  return article == nullptr ? RecordFields{} : ReadObject(*article);
}

}  // namespace mailuo::ingest
