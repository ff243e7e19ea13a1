#include "text/encoding.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "support/recode.h"

namespace mailuo::text {
namespace {

using testing::Recode;

constexpr std::string_view kNews =
    "中新网北京4月27日电(记者 "
    "张三)公司公告称,拟以490.34亿元收购其持有的全部股权。市场人士认为,这一交易将对行业产生深远影响。\n"
    "据了解,该公司上半年实现营业收入1788.86亿元,同比增长7.3%;归母净利润同比增长15.6%。";
constexpr std::string_view kTraditional =
    "該公司公告稱,擬以三億元收購其持有的全部股權。市場人士認為,這一交易將對行業產生深遠影響。台積電與鴻海表示,"
    "將擴大在美國的投資。";

TEST_CASE("News round trips through every encoding", "[text][encoding]") {
  struct Case {
    const char* iconv_name;
    std::string_view text;
    Encoding encoding;
    std::string_view bom;
  };
  const Case row = GENERATE(
      Case{"UTF-8", kNews, Encoding::kUtf8, ""}, Case{"UTF-8", kNews, Encoding::kUtf8, "\xEF\xBB\xBF"},
      Case{"UTF-16LE", kNews, Encoding::kUtf16Le, "\xFF\xFE"},
      Case{"UTF-16BE", kTraditional, Encoding::kUtf16Be, "\xFE\xFF"}, Case{"GBK", kNews, Encoding::kGb18030, ""},
      Case{"GB18030", kTraditional, Encoding::kGb18030, ""}, Case{"BIG5", kTraditional, Encoding::kBig5, ""});
  CAPTURE(row.iconv_name);
  const auto decoded = DecodeText(std::string(row.bom) + Recode(row.text, row.iconv_name));
  REQUIRE(decoded);
  CHECK(decoded->utf8 == row.text);
  CHECK(decoded->encoding == row.encoding);
  CHECK(decoded->had_bom == !row.bom.empty());
}

TEST_CASE("Short headlines in GBK and Big5 are told apart", "[text][encoding]") {
  for (const std::string_view text :
       {"英伟达公布财报", "央行降准", "公司股价大跌", "上海发布新政策", "证监会立案调查", "联通"}) {
    CAPTURE(text);
    const auto decoded = DecodeText(Recode(text, "GBK"));
    REQUIRE(decoded);
    CHECK(decoded->utf8 == text);
  }
  for (const std::string_view text : {"台積電公布財報", "央行宣布降息", "公司股價大跌", "鴻海與輝達合作發展電動車"}) {
    CAPTURE(text);
    const auto decoded = DecodeText(Recode(text, "BIG5"));
    REQUIRE(decoded);
    CHECK(decoded->utf8 == text);
  }
}

TEST_CASE("A declared charset does not win over the bytes", "[text][encoding]") {
  const auto utf8 = DecodeText(kNews, Encoding::kGb18030);
  REQUIRE(utf8);
  CHECK(utf8->utf8 == kNews);
  const auto gbk = DecodeText(Recode(kNews, "GBK"), Encoding::kBig5);
  REQUIRE(gbk);
  CHECK(gbk->utf8 == kNews);
}

TEST_CASE("A bad byte in UTF-8 is named by its offset", "[text][encoding]") {
  std::string bytes(kNews);
  bytes[4] = '\xFF';
  const auto decoded = DecodeText(bytes);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == ErrorCode::kCorruption);
  CHECK(decoded.error().message == "invalid UTF-8 at byte 3");
  bytes = std::string(kNews) + std::string(kNews);
  bytes.resize(bytes.size() - 1);
  bytes[kNews.size() + 1] = '\x41';
  const auto late = DecodeText(bytes);
  REQUIRE_FALSE(late);
  CHECK(late.error().message == "invalid UTF-8 at byte " + std::to_string(kNews.size()));
}

TEST_CASE("A bad byte in a text of another encoding is named there", "[text][encoding]") {
  std::string bytes = Recode(kNews, "GBK");
  bytes.insert(100, "\xFF");
  const auto decoded = DecodeText(bytes);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().message.find("invalid GB18030 at byte ") == 0);
}

TEST_CASE("Bytes that are no text are refused by kind", "[text][encoding]") {
  CHECK(BinaryKind("%PDF-1.7\n") == "PDF document");
  CHECK(BinaryKind("\x89PNG\r\n") == "PNG image");
  CHECK(BinaryKind(std::string("PK\x03\x04") + "abc") == "ZIP archive (also .docx, .xlsx, .epub)");
  CHECK(BinaryKind(std::string(1000, '\0')) == "binary data");
  CHECK(BinaryKind(kNews).empty());
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 4096; ++i) {
    state = state * 1664525 + 1013904223;
    noise += static_cast<char>(state >> 24);
  }
  const auto decoded = DecodeText(noise);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == ErrorCode::kUnsupported);
  const auto latin = DecodeText("caf\xE9 au lait");
  REQUIRE_FALSE(latin);
  CHECK(latin.error().message == "invalid UTF-8 at byte 3");
}

TEST_CASE("A stream decodes alike at any chunk size", "[text][encoding]") {
  const std::string text = std::string(kNews) + "𠮷野家";
  const std::size_t chunk = GENERATE(1U, 2U, 3U, 7U, 64U, 100000U);
  const auto [name, encoding] =
      GENERATE(std::pair{"GB18030", Encoding::kGb18030}, std::pair{"UTF-16LE", Encoding::kUtf16Le},
               std::pair{"UTF-8", Encoding::kUtf8});
  const std::string bytes = Recode(text, name);
  StreamDecoder decoder(encoding);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += chunk) {
    REQUIRE(decoder.Decode(std::string_view(bytes).substr(i, chunk), i + chunk >= bytes.size(), out));
  }
  CHECK(out == text);
}

TEST_CASE("A stream names the byte where it breaks", "[text][encoding]") {
  std::string bytes = Recode(kNews, "GBK");
  const std::size_t at = 100;
  bytes[at] = '\xFF';
  StreamDecoder decoder(Encoding::kGb18030);
  std::string out;
  const auto first = decoder.Decode(std::string_view(bytes).substr(0, 50), false, out);
  REQUIRE(first);
  const auto second = decoder.Decode(std::string_view(bytes).substr(50), true, out);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::kCorruption);
  CHECK(second.error().message.find("invalid GB18030 at byte ") == 0);
}

TEST_CASE("The encoding of a stream is sniffed from a cut head", "[text][encoding]") {
  for (std::size_t cut = 60; cut < 70; ++cut) {
    CHECK(SniffEncoding(kNews.substr(0, cut)).value().encoding == Encoding::kUtf8);
    const std::string gbk = Recode(kNews, "GBK").substr(0, cut);
    CHECK(SniffEncoding(gbk).value().encoding == Encoding::kGb18030);
  }
  CHECK_FALSE(SniffEncoding("%PDF-1.4"));
}

TEST_CASE("Labels of charsets name encodings", "[text][encoding]") {
  CHECK(EncodingByLabel("GB2312") == Encoding::kGb18030);
  CHECK(EncodingByLabel("gb_2312-80") == Encoding::kGb18030);
  CHECK(EncodingByLabel("Big5-HKSCS") == Encoding::kBig5);
  CHECK(EncodingByLabel("UTF-8") == Encoding::kUtf8);
  CHECK_FALSE(EncodingByLabel("iso-8859-1"));
}

}  // namespace
}  // namespace mailuo::text
