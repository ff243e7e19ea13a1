// A thin builder over RapidJSON's writer: the one way in which Mailuo prints JSON, so that numbers, nulls and dates
// look the same everywhere. Included only from json_*.cc.
//   numbers   integers without ".0"; other numbers with at most 15 significant digits; not-a-number and infinity are
//   null shares    (confidence, NPMI) rounded to a fixed number of decimals, trailing zeros dropped dates "YYYY-MM-DD",
//   null when absent
// Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "core/date.h"

namespace mailuo::server {

class JsonBuild {
 public:
  // Objects and arrays must be closed in the order of opening; Take() may be called once all are closed.
  void Open() { writer_.StartObject(); }
  void Close() { writer_.EndObject(); }
  void OpenArray() { writer_.StartArray(); }
  void CloseArray() { writer_.EndArray(); }
  void Key(std::string_view key);

  // `text` must be well-formed UTF-8.
  void String(std::string_view text);
  void Integer(std::int64_t value) { writer_.Int64(value); }
  void Unsigned(std::uint64_t value) { writer_.Uint64(value); }
  void Number(double value);
  void Share(double value, int decimals = 2);
  void Bool(bool value) { writer_.Bool(value); }
  void Null() { writer_.Null(); }
  void Day(const std::optional<Date>& date);
  // Bytes that are JSON already.
  void Raw(std::string_view json);

  void Field(std::string_view key, std::string_view text) { Key(key), String(text); }
  void Field(std::string_view key, const char* text) { Key(key), String(text); }
  void Field(std::string_view key, std::int64_t value) { Key(key), Integer(value); }
  void Field(std::string_view key, int value) { Key(key), Integer(value); }
  void Field(std::string_view key, std::uint32_t value) { Key(key), Unsigned(value); }
  void Field(std::string_view key, std::uint64_t value) { Key(key), Unsigned(value); }
  void Field(std::string_view key, bool value) { Key(key), Bool(value); }
  void Field(std::string_view key, const std::optional<Date>& date) { Key(key), Day(date); }
  // null for empty text.
  void FieldOrNull(std::string_view key, std::string_view text);
  void FieldShare(std::string_view key, double value, int decimals = 2) { Key(key), Share(value, decimals); }
  void FieldNumber(std::string_view key, double value) { Key(key), Number(value); }

  std::string Take();

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace mailuo::server
