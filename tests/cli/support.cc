#include "cli/support.h"

#include <catch2/catch.hpp>

namespace mailuo::testing {

ProcessResult Mailuo(std::vector<std::string> args, const std::string& db, std::string_view input) {
  args.insert(args.begin(), MAILUO_BINARY);
  std::vector<std::string> environment{"TERM=dumb"};
  if (!db.empty()) environment.push_back("MAILUO_DB=" + db);
  ProcessResult result = Run(args, input, environment);
  // A sanitizer's report ends the program with a code that a test may take for its own: show it.
  if (result.err.find("runtime error") != std::string::npos) FAIL(result.err);
  return result;
}

rapidjson::Document Json(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.c_str());
  INFO(text);
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::string Text(const rapidjson::Value& value) { return value.IsString() ? value.GetString() : ""; }
double Number(const rapidjson::Value& value) { return value.IsNumber() ? value.GetDouble() : -1; }

void WriteArticles(const TempDir& dir) {
  dir.Write("news/2025-03-10_byd.txt",
            "宁德时代与比亚迪签署合作协议\n\n"
            "证券时报3月10日讯 宁德时代（300750.SZ）与比亚迪（002594.SZ）3月10日签署战略合作协议，合同金额约20亿元。"
            "宁德时代董事长曾毓群出席签约仪式。\n");
  dir.Write("news/2025-06-20_catl.md",
            "---\ntitle: 宁德时代拟收购一家电池材料公司\npublished: 2025-06-20\nsource: 测试日报\n---\n\n"
            "宁德时代6月20日公告，拟以30亿元收购星河测试材料有限公司51%股权。\n");
  dir.Write("news/tw.json",
            "{\"id\":\"tw-1\",\"title\":\"騰訊回購\",\"published\":\"2025-08-14\",\"text\":"
            "\"騰訊控股（00700.HK）8月14日公告，當日回購股份86萬股，涉資約5億港元。\"}");
}

}  // namespace mailuo::testing
