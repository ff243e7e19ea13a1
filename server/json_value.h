// JSON as it comes from outside, parsed with limits; errors say where and what was expected.
// Thread safety: const methods may be called from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "core/result.h"

namespace mailuo::server {

// One member of an object of scalars.
struct JsonField {
  enum class Kind { kNull, kBool, kNumber, kString, kNested };
  std::string key;
  Kind kind = Kind::kNull;
  std::string text;  // The string, or the number or bool as written; "" for null and nested values.
};

// A parsed text: an object, or an array of objects, each with scalar members (nested members are kept as kNested only).
class JsonValue {
 public:
  // Errors: kInvalidArgument with the byte offset. Depth is limited to 32, duplicate keys are refused.
  static Result<JsonValue> Parse(std::string_view json);

  bool is_array() const { return is_array_; }
  const std::vector<std::vector<JsonField>>& objects() const { return objects_; }

 private:
  bool is_array_ = false;
  std::vector<std::vector<JsonField>> objects_;
};

// Reads an article from one object: "text" (required), "id", "title", "published", "url", "outlet" (or "source"),
// "author". Unknown members are ignored: exports carry many. `id` is filled as soon as it is known, also on errors.
// article.id is not made.
Result<Article> ReadArticle(const std::vector<JsonField>& object, std::string& id);
// The same for a text that must be one object.
Result<Article> ReadArticle(const JsonValue& value, std::string& id);

}  // namespace mailuo::server
