// JSON for people: the same values in the same order, indented.
// Thread safety: pure function.
#pragma once

#include <string>
#include <string_view>

namespace mailuo::server {

// `json` is one JSON text; it is returned unchanged if it is not.
std::string PrettyJson(std::string_view json);

}  // namespace mailuo::server
