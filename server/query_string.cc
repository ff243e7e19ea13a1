#include "server/query_string.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "text/utf8.h"

namespace mailuo::server {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

query::Answer<std::string> Decode(std::string_view text, bool plus_is_space, std::string_view what) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out.push_back(' ');
    } else if (text[i] != '%') {
      out.push_back(text[i]);
    } else {
      const int high = i + 1 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        return query::Refuse(query::BadParameter(
            {}, fmt::format("{} holds a % that two hex digits do not follow", what), "write % as %25"));
      }
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  if (text::FindInvalidUtf8(out)) {
    return query::Refuse(query::BadParameter({}, fmt::format("{} is not UTF-8", what)));
  }
  if (std::any_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
    return query::Refuse(query::BadParameter({}, fmt::format("{} holds a control character", what)));
  }
  return out;
}

// The text before `separator`, which is taken off `rest` together with it.
std::string_view Next(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

}  // namespace

query::Answer<Target> ParseTarget(std::string_view target) {
  if (target.size() > kMaxTargetBytes) {
    return query::Refuse(query::BadParameter(
        {}, fmt::format("the request target must be at most {} bytes, got {}", kMaxTargetBytes, target.size())));
  }
  std::string_view rest = target.substr(0, target.find('#'));
  std::string_view path = Next(rest, '?');
  Target parsed;
  while (!path.empty()) {
    const std::string_view segment = Next(path, '/');
    if (segment.empty()) continue;
    auto decoded = Decode(segment, false, "the path");
    if (!decoded) return query::Refuse(std::move(decoded).error());
    parsed.segments.push_back(*std::move(decoded));
  }
  while (!rest.empty()) {
    std::string_view value = Next(rest, '&');
    if (value.empty()) continue;
    const std::string_view name = Next(value, '=');
    auto decoded_name = Decode(name, true, "a parameter's name");
    if (!decoded_name) return query::Refuse(std::move(decoded_name).error());
    auto decoded = Decode(value, true, *decoded_name);
    if (!decoded) return query::Refuse(std::move(decoded).error());
    if (parsed.parameters.size() == kMaxParameters) {
      return query::Refuse(query::BadParameter({}, fmt::format("more than {} parameters", kMaxParameters)));
    }
    parsed.parameters.emplace_back(*std::move(decoded_name), *std::move(decoded));
  }
  return parsed;
}

}  // namespace mailuo::server
