// Columns that a text takes in a terminal.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailuo::text {

// East Asian wide and full-width characters count two columns, combining and zero-width ones none, control characters
// none. `utf8` must be well-formed.
std::size_t DisplayWidth(std::string_view utf8);

// At most `columns` columns of `utf8`; what is longer is cut and ends in "…" (which is counted).
std::string FitWidth(std::string_view utf8, std::size_t columns);

}  // namespace mailuo::text
