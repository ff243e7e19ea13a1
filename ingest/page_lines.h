// Which lines of a text are headline, and which belong to the page around it (corpus/ingest/boilerplate.tsv).
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace mailuo::ingest {

// 打开网易新闻 查看精彩图片, 责任编辑：…, 相关阅读, ...
bool IsPageFurniture(std::string_view line);

// The first line of `utf8` that is neither furniture nor a dateline, if it reads like a headline: 4 to 60 characters,
// no full stop at its end, and text behind it. Empty otherwise.
std::string HeadlineOf(std::string_view utf8);

}  // namespace mailuo::ingest
