// The words of the API for the engine's small choices, in answers and parameters alike.
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "query/requests.h"

namespace mailuo::server {

std::string_view Word(query::Direction direction);  // "both" for kAny.
std::string_view Word(query::Bucket bucket);
std::string_view Word(query::Measure measure);
std::string_view Word(query::Window window);

}  // namespace mailuo::server
