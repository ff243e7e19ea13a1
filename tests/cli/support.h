// The real program, run as a user runs it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rapidjson/document.h>

#include "support/subprocess.h"

namespace mailuo::testing {

// mailuo ARGS... with MAILUO_DB=db (when given).
ProcessResult Mailuo(std::vector<std::string> args, const std::string& db = {}, std::string_view input = {});

// Fails the test when `text` is not one JSON text.
rapidjson::Document Json(const std::string& text);

// RapidJSON's own == with a plain value calls itself without end under C++20: compare through these.
std::string Text(const rapidjson::Value& value);  // "" unless a string.
double Number(const rapidjson::Value& value);     // -1 unless a number.

// dir/news: a small folder of articles that the queries of the tests ask about.
void WriteArticles(const TempDir& dir);

}  // namespace mailuo::testing
