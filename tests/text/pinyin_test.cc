#include "text/pinyin.h"

#include <catch2/catch.hpp>

#include "text/folded_text.h"

namespace mailuo::text {
namespace {

std::vector<std::string> Full(std::string_view name) {
  std::vector<std::string> out;
  for (const PinyinForm& form : PinyinForms(FoldKey16(name))) out.push_back(form.full);
  return out;
}

bool Reads(std::string_view name, const std::string& full, const std::string& initials) {
  const auto forms = PinyinForms(FoldKey16(name));
  return std::find(forms.begin(), forms.end(), PinyinForm{full, initials}) != forms.end();
}

TEST_CASE("Names read as people type them", "[text][pinyin]") {
  CHECK(Reads("英伟达", "yingweida", "ywd"));
  CHECK(Reads("阿里巴巴", "alibaba", "albb"));
  CHECK(Reads("阿里巴巴集團", "alibabajituan", "albbjt"));
  CHECK(Reads("TCL科技", "tclkeji", "tclkj"));
  CHECK(Reads("比亚迪（香港）", "biyadixianggang", "bydxg"));
}

TEST_CASE("Characters with several readings are found by each", "[text][pinyin]") {
  CHECK(Reads("招商银行", "zhaoshangyinhang", "zsyh"));
  CHECK(Reads("重庆长安", "chongqingchangan", "cqca"));
  CHECK(Reads("绿地", "lvdi", "ld"));
  CHECK(Reads("绿地", "ludi", "ld"));
  CHECK(Reads("女娲", "nvwa", "nw"));
  CHECK(Reads("美的集团", "meidijituan", "mdjt"));
}

TEST_CASE("The number of readings is bounded", "[text][pinyin]") {
  CHECK(Full("行长重乐行长重乐行长重乐").size() == 8);
  CHECK(PinyinForms(FoldKey16("长行"), 1).size() == 1);
}

TEST_CASE("What is no Chinese name has no pinyin", "[text][pinyin]") {
  CHECK(Full("").empty());
  CHECK(Full("NVIDIA").empty());
  CHECK(PinyinReadings(u'a').empty());
  CHECK(PinyinReadings(u'、').empty());
}

}  // namespace
}  // namespace mailuo::text
