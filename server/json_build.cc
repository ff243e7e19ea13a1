#include "server/json_build.h"

#include <cmath>

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>

#include "server/json_pretty.h"

namespace mailuo::server {
namespace {

// Above 2^53 a double no longer tells neighbouring integers apart.
constexpr double kExactIntegers = 9007199254740992.0;

// Numbers stay as they were written.
class PrettyPrinter : public rapidjson::PrettyWriter<rapidjson::StringBuffer> {
 public:
  using PrettyWriter::PrettyWriter;
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return RawValue(text, size, rapidjson::kNumberType);
  }
};

}  // namespace

void JsonBuild::Key(std::string_view key) { writer_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size())); }

void JsonBuild::String(std::string_view text) {
  writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void JsonBuild::Number(double value) {
  if (!std::isfinite(value)) return Null();
  if (value == std::trunc(value) && std::abs(value) < kExactIntegers) return Integer(static_cast<std::int64_t>(value));
  const std::string digits = fmt::format("{:.15g}", value);
  writer_.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
}

void JsonBuild::Share(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  Number(std::round(value * scale) / scale);
}

void JsonBuild::Day(const std::optional<Date>& date) {
  if (!date) return Null();
  String(FormatDate(*date));
}

void JsonBuild::Raw(std::string_view json) { writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType); }

void JsonBuild::FieldOrNull(std::string_view key, std::string_view text) {
  Key(key);
  if (text.empty()) return Null();
  String(text);
}

std::string JsonBuild::Take() { return {buffer_.GetString(), buffer_.GetSize()}; }

std::string PrettyJson(std::string_view json) {
  rapidjson::StringBuffer buffer;
  PrettyPrinter writer(buffer);
  writer.SetIndent(' ', 2);
  rapidjson::Reader reader;
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
  if (!reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(input, writer)) {
    return std::string(json);
  }
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace mailuo::server
