// Names of files as they may be printed and stored.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace mailuo::ingest {

// Well-formed UTF-8 on one line: control characters become \n, \t or \x1b, bytes that are no UTF-8 become \xff, and a
// backslash becomes two, so that no two names look alike.
std::string Printable(std::string_view bytes);

}  // namespace mailuo::ingest
