#include "server/json_value.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "core/date.h"
#include "text/utf8.h"

namespace mailuo::server {
namespace {

constexpr int kMaxDepth = 32;

// Collects the objects of the top level; what lies deeper is only counted. Returning false ends the parse, and then
// `error` says why.
class Collector {
 public:
  bool Null() { return Scalar(JsonField::Kind::kNull, {}); }
  bool Bool(bool value) { return Scalar(JsonField::Kind::kBool, value ? "true" : "false"); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return Scalar(JsonField::Kind::kNumber, {text, size});
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return Scalar(JsonField::Kind::kString, {text, size});
  }
  bool StartObject() {
    if (depth_ == 0 || (depth_ == 1 && is_array)) {
      objects.emplace_back();
      object_depth_ = depth_ + 1;
    } else if (depth_ == object_depth_) {
      objects.back().back().kind = JsonField::Kind::kNested;
    }
    return Deeper();
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ != object_depth_) return true;
    const std::string_view key(text, size);
    auto& fields = objects.back();
    const auto same = std::find_if(fields.begin(), fields.end(), [&](const JsonField& f) { return f.key == key; });
    if (same != fields.end()) return Fail(fmt::format("member \"{}\" appears twice", key));
    fields.push_back({std::string(key), JsonField::Kind::kNull, {}});
    return true;
  }
  bool EndObject(rapidjson::SizeType /*members*/) {
    --depth_;
    return true;
  }
  bool StartArray() {
    if (depth_ == 0) {
      is_array = true;
    } else if (depth_ == object_depth_) {
      objects.back().back().kind = JsonField::Kind::kNested;
    } else if (depth_ == 1 && is_array) {
      return Fail("expected an object in the array, found an array");
    }
    return Deeper();
  }
  bool EndArray(rapidjson::SizeType /*elements*/) {
    --depth_;
    return true;
  }
  // Required by the reader's interface; numbers come as RawNumber.
  bool Int(int /*value*/) { return false; }
  bool Uint(unsigned /*value*/) { return false; }
  bool Int64(std::int64_t /*value*/) { return false; }
  bool Uint64(std::uint64_t /*value*/) { return false; }
  bool Double(double /*value*/) { return false; }

  std::vector<std::vector<JsonField>> objects;
  bool is_array = false;
  std::string error;

 private:
  bool Fail(std::string message) {
    error = std::move(message);
    return false;
  }
  bool Deeper() {
    if (++depth_ > kMaxDepth) return Fail(fmt::format("nested deeper than {} levels", kMaxDepth));
    return true;
  }
  bool Scalar(JsonField::Kind kind, std::string_view text) {
    if (depth_ == 0) return Fail("expected an object");
    if (depth_ == object_depth_) {
      objects.back().back().kind = kind;
      objects.back().back().text = text;
    } else if (depth_ == 1 && is_array) {
      return Fail("expected an object in the array");
    }
    return true;
  }

  int depth_ = 0;
  int object_depth_ = -1;  // Depth inside the object that is being collected.
};

Error BadInput(std::string message) { return Error{ErrorCode::kInvalidArgument, std::move(message)}; }

Status SetText(const JsonField& field, std::string& out) {
  if (field.kind == JsonField::Kind::kNull) return {};
  if (field.kind != JsonField::Kind::kString) return BadInput(fmt::format("\"{}\" must be a string", field.key));
  out = field.text;
  return {};
}

}  // namespace

Result<JsonValue> JsonValue::Parse(std::string_view json) {
  if (const auto bad = text::FindInvalidUtf8(json)) return BadInput(fmt::format("invalid UTF-8 at byte {}", *bad));
  Collector collector;
  rapidjson::Reader reader;
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  const auto result = reader.Parse<kFlags>(input, collector);
  if (!result) {
    const std::string what =
        collector.error.empty() ? std::string(rapidjson::GetParseError_En(result.Code())) : collector.error;
    return BadInput(fmt::format("not valid JSON at byte {}: {}", result.Offset(), what));
  }
  JsonValue value;
  value.is_array_ = collector.is_array;
  value.objects_ = std::move(collector.objects);
  return value;
}

Result<Article> ReadArticle(const std::vector<JsonField>& object, std::string& id) {
  Article article;
  const auto named = [&](std::string_view key) -> const JsonField* {
    const auto it = std::find_if(object.begin(), object.end(), [&](const JsonField& f) { return f.key == key; });
    return it == object.end() ? nullptr : &*it;
  };
  if (const JsonField* field = named("id"); field != nullptr && field->kind != JsonField::Kind::kNull) {
    if (field->kind != JsonField::Kind::kString && field->kind != JsonField::Kind::kNumber) {
      return BadInput("\"id\" must be a string or a number");
    }
    article.external_id = id = field->text;
  }
  const std::pair<std::string_view, std::string*> strings[] = {
      {"title", &article.title},   {"url", &article.url},       {"source", &article.outlet},
      {"outlet", &article.outlet}, {"author", &article.author}, {"text", &article.text},
  };
  for (const auto& [key, target] : strings) {
    if (const JsonField* field = named(key)) MAILUO_RETURN_IF_ERROR(SetText(*field, *target));
  }
  if (named("text") == nullptr || named("text")->kind == JsonField::Kind::kNull) {
    return BadInput("\"text\" is missing: expected {\"text\":\"…\",\"published\":\"YYYY-MM-DD\"}");
  }
  if (const JsonField* field = named("published"); field != nullptr && field->kind != JsonField::Kind::kNull) {
    std::string published;
    MAILUO_RETURN_IF_ERROR(SetText(*field, published));
    article.published = ParsePublishedTime(published);
    if (!article.published) {
      return BadInput(fmt::format("\"published\" must be YYYY-MM-DD or an RFC 3339 time, got \"{}\"", published));
    }
    article.published_from = PublishedFrom::kMetadata;
  }
  if (article.text.find('\0') != std::string::npos) return BadInput("\"text\" holds a NUL character");
  return article;
}

Result<Article> ReadArticle(const JsonValue& value, std::string& id) {
  if (value.is_array() || value.objects().size() != 1) return BadInput("expected one JSON object");
  return ReadArticle(value.objects().front(), id);
}

}  // namespace mailuo::server
