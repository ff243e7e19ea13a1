#include "lexicon/tsv_reader.h"

#include <catch2/catch.hpp>
#include <string>

namespace mailuo::lexicon {
namespace {

constexpr std::string_view kHeader = "name\ttype\tkind\tstrength\taliases\ttickers\tattributes\tsource\n";

std::string ErrorOf(std::string_view tsv) {
  const auto rows = ReadLexiconTsv("mine.tsv", tsv);
  if (rows) return "";
  return rows.error().message;
}

TEST_CASE("a full line is read with its marks", "[lexicon][tsv]") {
  const auto rows =
      ReadLexiconTsv("mine.tsv", std::string(kHeader) +
                                     "小米\tcompany\tlisted\tweak\t小米集团|?short:米厂|!老米|en:Xiaomi|"
                                     "?former:小米科技\t01810.HK\tcountry=中国|english=Xiaomi\tcurated\n");
  REQUIRE(rows);
  REQUIRE(rows->size() == 1);
  const LexiconRow& row = rows->front();
  CHECK(row.line == 2);
  CHECK(row.type == MentionType::kCompany);
  CHECK(row.kind == "listed");
  CHECK(row.source == "curated");
  CHECK(row.tickers == std::vector<std::string>{"01810.HK"});
  CHECK(row.attributes == std::vector<std::pair<std::string, std::string>>{{"country", "中国"}, {"english", "Xiaomi"}});
  REQUIRE(row.names.size() == 6);
  const auto is = [&](std::size_t i, std::string_view text, NameStrength strength, NameKind kind) {
    return row.names[i].text == text && row.names[i].strength == strength && row.names[i].kind == kind;
  };
  CHECK(is(0, "小米", NameStrength::kWeak, NameKind::kCanonical));
  CHECK(is(1, "小米集团", NameStrength::kSure, NameKind::kAlias));
  CHECK(is(2, "米厂", NameStrength::kWeak, NameKind::kShort));
  CHECK(is(3, "老米", NameStrength::kTickerOnly, NameKind::kAlias));
  CHECK(is(4, "Xiaomi", NameStrength::kSure, NameKind::kEnglish));
  CHECK(is(5, "小米科技", NameStrength::kWeak, NameKind::kFormer));
}

TEST_CASE("name and type are enough, in any order, with comments, blank lines and CR LF", "[lexicon][tsv]") {
  const auto rows = ReadLexiconTsv("mine.tsv", "\xEF\xBB\xBF# my names\r\ntype\tname\r\n\r\nperson\t张三丰\r\n");
  REQUIRE(rows);
  REQUIRE(rows->size() == 1);
  CHECK(rows->front().names.front().text == "张三丰");
  CHECK(rows->front().line == 4);
}

TEST_CASE("errors name the file, the line and the column", "[lexicon][tsv]") {
  const std::string header(kHeader);
  CHECK(ErrorOf("") == "mine.tsv:1: the line of column names is missing");
  CHECK(ErrorOf("name\tkind\n") == "mine.tsv:1: column 'type' is missing");
  CHECK(ErrorOf("name\ttype\tname\n") == "mine.tsv:1: column 'name' appears twice");
  CHECK(ErrorOf("name\ttype\tcolour\n").rfind("mine.tsv:1: unknown column 'colour'", 0) == 0);
  CHECK(ErrorOf("name\ttype\n腾讯\n") == "mine.tsv:2: 1 fields, but the header names 2 columns");
  CHECK(ErrorOf("name\ttype\n腾讯\tfirm\n").rfind("mine.tsv:2: column 'type': 'firm' is none of", 0) == 0);
  CHECK(ErrorOf("name\ttype\n腾讯\tticker\n").rfind("mine.tsv:2: column 'type'", 0) == 0);
  CHECK(ErrorOf("name\ttype\n\tcompany\n") == "mine.tsv:2: column 'name': an empty name");
  CHECK(ErrorOf("name\ttype\n腾\tcompany\n") ==
        "mine.tsv:2: column 'name': '腾' is too short: a name has at least 2 characters");
  CHECK(ErrorOf("name\ttype\n\xE2\x80\x8B\tcompany\n") ==
        "mine.tsv:2: column 'name': nothing is left of '\xE2\x80\x8B' after folding");
  CHECK(ErrorOf("name\ttype\n腾\xFFx\tcompany\n") == "mine.tsv:2: byte 4 of the line is not UTF-8");
  CHECK(ErrorOf("name\ttype\taliases\n腾讯\tcompany\t騰訊\n") ==
        "mine.tsv:2: column 'aliases': '騰訊' is the same name as another one of this line");
  CHECK(ErrorOf("name\ttype\taliases\n腾讯\tcompany\t鹅厂||\n") == "mine.tsv:2: column 'aliases': an empty name");
  CHECK(ErrorOf("name\ttype\tstrength\n腾讯\tcompany\tstrong\n") ==
        "mine.tsv:2: column 'strength': 'strong' is none of sure, weak, ticker");
  CHECK(ErrorOf("name\ttype\ttickers\n腾讯\tcompany\t700.HK\n") ==
        "mine.tsv:2: column 'tickers': '700.HK' is not CODE.EXCHANGE, like 688041.SH, 00700.HK or NVDA.US");
  CHECK(ErrorOf("name\ttype\ttickers\n马化腾\tperson\t00700.HK\n") ==
        "mine.tsv:2: column 'tickers': only companies and indexes have tickers");
  CHECK(ErrorOf("name\ttype\tattributes\n腾讯\tcompany\tcountry\n") ==
        "mine.tsv:2: column 'attributes': 'country' is not key=value");
  CHECK(ErrorOf("name\ttype\tattributes\n腾讯\tcompany\ta=1|a=2\n") ==
        "mine.tsv:2: column 'attributes': 'a' appears twice");
  CHECK(ErrorOf("name\ttype\tkind\n腾讯\tcompany\tBig Tech\n") ==
        "mine.tsv:2: column 'kind': a kind is a word of a-z, 0-9 and _");
}

TEST_CASE("sizes are bounded", "[lexicon][tsv]") {
  const auto code_of = [](const std::string& tsv) {
    const auto rows = ReadLexiconTsv("mine.tsv", tsv);
    REQUIRE_FALSE(rows);
    return rows.error().code;
  };
  CHECK(code_of("name\ttype\n" + std::string(kMaxLineBytes, 'x') + "\tcompany\n") == ErrorCode::kLimitExceeded);
  CHECK(code_of("name\ttype\n" + std::string(kMaxNameUnits + 1, 'x') + "\tcompany\n") == ErrorCode::kLimitExceeded);
  std::string many = "name\ttype\taliases\n腾讯\tcompany\tx1";
  for (std::size_t i = 0; i < kMaxNamesPerRow; ++i) many += "|n" + std::to_string(i);
  CHECK(code_of(many) == ErrorCode::kLimitExceeded);
}

TEST_CASE("tickers are CODE.EXCHANGE of a known exchange", "[lexicon][tsv]") {
  for (const std::string_view good :
       {"688041.SH", "000725.SZ", "430047.BJ", "00700.HK", "NVDA.US", "BRK.B.US", "2330.TW", "7203.T", "005930.KS"}) {
    CAPTURE(good);
    CHECK(IsCanonicalTicker(good));
  }
  for (const std::string_view bad : {"", ".", "688041", "688041.", ".SH", "68804.SH", "70O.HK", "700.HK", "nvda.US",
                                     "NVDA.NASDAQ", "NVDA .US", "-A.US", "6880411.SH"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsCanonicalTicker(bad));
  }
}

}  // namespace
}  // namespace mailuo::lexicon
