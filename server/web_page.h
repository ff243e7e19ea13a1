// The web page: one document with its style and script inside (web/), put together when the program is built.
// Thread safety: pure function.
#pragma once

#include <string>

namespace mailuo::server {

std::string WebPage();

}  // namespace mailuo::server
