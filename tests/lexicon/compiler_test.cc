#include "lexicon/compiler.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <random>
#include <string>

#include "core/ids.h"
#include "lexicon/blob_lexicon.h"
#include "lexicon/tsv_reader.h"
#include "text/folded_text.h"

namespace mailuo::lexicon {
namespace {

std::vector<LexiconRow> Rows(std::string_view tsv, std::string_view file = "a.tsv") {
  auto rows = ReadLexiconTsv(file, tsv);
  if (!rows) FAIL(rows.error().message);
  return *std::move(rows);
}

std::string Compile(std::vector<LexiconRow> rows) {
  auto blob = CompileLexicon(std::move(rows));
  if (!blob) FAIL(blob.error().message);
  return *std::move(blob);
}

std::shared_ptr<const BlobLexicon> Open(std::vector<LexiconRow> rows) {
  auto lexicon = BlobLexicon::OpenOwned(Compile(std::move(rows)));
  REQUIRE(lexicon);
  return *std::move(lexicon);
}

std::string CompileError(std::vector<LexiconRow> rows) {
  const auto blob = CompileLexicon(std::move(rows));
  return blob ? "" : blob.error().message;
}

constexpr std::string_view kSmall =
    "name\ttype\tstrength\taliases\ttickers\tattributes\n"
    "腾讯\tcompany\t\t腾讯控股|en:Tencent\t00700.HK\tcodes=80700.HK|country=中国\n"
    "苹果\tcompany\tweak\t苹果公司\tAAPL.US\t\n"
    "中国稀土\tcompany\t\t\t000831.SZ\t\n"
    "中国稀土\tcompany\t\t\t00769.HK\t\n"
    "马化腾\tperson\t\t\t\torg=腾讯\n";

TEST_CASE("the order of rows does not change the blob", "[lexicon][compiler]") {
  std::vector<LexiconRow> rows = Rows(kSmall);
  const std::string blob = Compile(rows);
  std::mt19937 random(5);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(rows.begin(), rows.end(), random);
    CHECK(Compile(rows) == blob);
  }
}

TEST_CASE("two companies of one name are told apart by their tickers", "[lexicon][compiler]") {
  const auto lexicon = Open(Rows(kSmall));
  const auto shenzhen = lexicon->FindByTicker("000831.SZ");
  const auto hong_kong = lexicon->FindByTicker("00769.HK");
  REQUIRE(shenzhen);
  REQUIRE(hong_kong);
  CHECK(*shenzhen != *hong_kong);
  CHECK(lexicon->Entity(*shenzhen).id == MakeEntityId(MentionType::kCompany, "中国稀土\n000831.SZ"));
  CHECK(lexicon->Entity(*hong_kong).id == MakeEntityId(MentionType::kCompany, "中国稀土\n00769.HK"));
  CHECK(lexicon->FindByName("中国稀土").size() == 2);
}

TEST_CASE("contradictions between lines are errors at the later line", "[lexicon][compiler]") {
  CHECK(CompileError(Rows("name\ttype\n腾讯\tcompany\n騰訊\tcompany\n")) ==
        "a.tsv:3: company '騰訊' is already at a.tsv:2; two entities of one name need different main tickers");
  CHECK(CompileError(Rows("name\ttype\ttickers\n腾讯\tcompany\t00700.HK\n阿里\tcompany\t00700.HK\n"))
            .find("ticker 00700.HK of ") != std::string::npos);
  CHECK(CompileError(Rows("name\ttype\tattributes\n腾讯\tcompany\tcodes=700\n")) ==
        "a.tsv:2: column 'attributes': codes: '700' is not CODE.EXCHANGE");
  CHECK(CompileError(Rows("name\ttype\n苹果\tcompany\n苹果\tproduct\n")).empty());
}

TEST_CASE("an empty lexicon compiles and knows nothing", "[lexicon][compiler]") {
  const auto lexicon = Open({});
  CHECK(lexicon->size() == 0);
  std::vector<NameHit> hits;
  lexicon->FindNames(text::FoldedText("腾讯"), hits);
  CHECK(hits.empty());
  CHECK(lexicon->Prefix("", 10).empty());
}

TEST_CASE("a compiled lexicon gives its rows back", "[lexicon][compiler]") {
  const std::string blob = Compile(Rows(kSmall));
  const auto lexicon = BlobLexicon::OpenOwned(blob);
  REQUIRE(lexicon);
  CHECK(Compile((*lexicon)->Rows()) == blob);
}

TEST_CASE("a word denies the name it is not, and a star every name that lies partly in it", "[lexicon][compiler]") {
  const std::vector<NotName> words{{"苹果汁", "苹果"}, {"部门", "*"}};
  auto blob = CompileLexicon(Rows("name\ttype\n苹果\tcompany\n公安部\torganization\n苹果汁大王\tcompany\n"), words);
  REQUIRE(blob);
  const auto lexicon = BlobLexicon::OpenOwned(*std::move(blob));
  REQUIRE(lexicon);
  const auto count = [&](std::string_view utf8) {
    std::vector<NameHit> hits;
    (*lexicon)->FindNames(text::FoldedText(utf8), hits);
    return hits.size();
  };
  CHECK(count("苹果和公安部") == 2);
  CHECK(count("苹果汁") == 0);
  CHECK(count("苹果汁大王") == 1);  // The longer name itself is found.
  CHECK(count("公安部门") == 0);
  CHECK((*lexicon)->FindByName("苹果汁").empty());
  CHECK((*lexicon)->NotNames().size() == 2);
  CHECK((*lexicon)->size() == 3);
}

TEST_CASE("words that are no names are read with the line of an error", "[lexicon][tsv]") {
  const auto words = ReadNotNames("w.tsv", "word\tnot\n高通量\t高通\n部门\t*\n");
  REQUIRE(words);
  CHECK(words->size() == 2);
  for (const std::string_view bad : {"高通量", "高\t高通", "高通量\t", "\xFF\xFE\tx", "a\tb\tc"}) {
    const auto refused = ReadNotNames("w.tsv", "word\tnot\n" + std::string(bad) + "\n");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.rfind("w.tsv:2:", 0) == 0);
  }
}

TEST_CASE("a user's line adds to the entity it names", "[lexicon][overlay]") {
  auto rows = OverlayRows(Rows(kSmall), Rows("name\ttype\taliases\tattributes\n"
                                             "腾讯\tcompany\t企鹅公司\tcountry=开曼群岛|note=mine\n"
                                             "我的公司\tcompany\t\t\n",
                                             "mine.tsv"));
  REQUIRE(rows);
  const auto lexicon = Open(*std::move(rows));
  const auto tencent = lexicon->FindByTicker("00700.HK");
  REQUIRE(tencent);
  CHECK(lexicon->Entity(*tencent).id == MakeEntityId(MentionType::kCompany, "腾讯"));
  CHECK(lexicon->FindByName("企鹅公司").at(0).entity == *tencent);
  CHECK(lexicon->Attribute(*tencent, "country") == "开曼群岛");
  CHECK(lexicon->Attribute(*tencent, "note") == "mine");
  CHECK(lexicon->FindByName("我的公司").size() == 1);
}

TEST_CASE("a user's name takes its spelling from built-in entities of the type", "[lexicon][overlay]") {
  auto rows = OverlayRows(Rows(kSmall), Rows("name\ttype\taliases\n果园集团\tcompany\t苹果\n", "mine.tsv"));
  REQUIRE(rows);
  const auto lexicon = Open(*std::move(rows));
  const auto found = lexicon->FindByName("苹果");
  REQUIRE(found.size() == 1);
  CHECK(lexicon->Entity(found.front().entity).name == "果园集团");
  const auto apple = lexicon->FindByTicker("AAPL.US");
  REQUIRE(apple);
  CHECK(lexicon->Entity(*apple).name == "苹果");  // Still called so, only never found by it.
  CHECK(lexicon->FindByName("苹果公司").at(0).entity == *apple);
}

TEST_CASE("a user's line that could mean two entities must name a ticker", "[lexicon][overlay]") {
  const auto unclear = OverlayRows(Rows(kSmall), Rows("name\ttype\taliases\n中国稀土\tcompany\t赣稀\n", "mine.tsv"));
  REQUIRE_FALSE(unclear);
  CHECK(unclear.error().message ==
        "mine.tsv:2: 2 entities are called '中国稀土'; name the ticker of the one that is meant");
  auto clear =
      OverlayRows(Rows(kSmall), Rows("name\ttype\taliases\ttickers\n中国稀土\tcompany\t赣稀\t000831.SZ\n", "mine.tsv"));
  REQUIRE(clear);
  const auto lexicon = Open(*std::move(clear));
  CHECK(lexicon->FindByName("赣稀").at(0).entity == lexicon->FindByTicker("000831.SZ"));
}

TEST_CASE("a user's file is laid over the built-in lexicon", "[lexicon][overlay]") {
  const std::string path = "user_names_test.tsv";
  {
    std::ofstream file(path);
    file << "name\ttype\taliases\n英伟达\tcompany\t老黄家\n脉络测试公司\tcompany\t\n";
  }
  const auto lexicon = Lexicon::WithUserNames(path);
  REQUIRE(lexicon);
  const auto nvidia = (*lexicon)->FindByTicker("NVDA.US");
  REQUIRE(nvidia);
  CHECK((*lexicon)->FindByName("老黄家").at(0).entity == *nvidia);
  CHECK((*lexicon)->size() == Lexicon::BuiltIn()->size() + 1);
  CHECK((*lexicon)->version() != Lexicon::BuiltIn()->version());
  std::remove(path.c_str());
}

TEST_CASE("a user's file that is missing or wrong is an error with its place", "[lexicon][overlay]") {
  const auto missing = Lexicon::WithUserNames("no/such/file.tsv");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kIo);
  const std::string path = "user_names_bad_test.tsv";
  {
    std::ofstream file(path);
    file << "name\ttype\ttickers\n鹅厂公司\tcompany\t00700.HK\n";
  }
  const auto wrong = Lexicon::WithUserNames(path);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("00700.HK") != std::string::npos);
  CHECK(wrong.error().message.find(path + ":2") != std::string::npos);
  std::remove(path.c_str());
}

TEST_CASE("cut and foreign blobs are errors, damaged ones never overrun", "[lexicon][blob]") {
  const std::string blob = Compile(Rows(kSmall));
  for (const std::size_t size : {std::size_t{0}, std::size_t{8}, sizeof(BlobHeader), blob.size() - 1}) {
    CHECK_FALSE(BlobLexicon::OpenOwned(blob.substr(0, size)));
  }
  std::mt19937 random(3);
  const text::FoldedText text("腾讯控股和苹果公司的Tencent马化腾中国稀土");
  std::size_t hits_seen = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = blob;
    const std::size_t automaton_codes = std::size_t{65536} * 2;  // Damage in them is covered by the automaton's test.
    for (int flips = 1 + static_cast<int>(random() % 6); flips > 0; --flips) {
      damaged[random() % (damaged.size() - automaton_codes)] = static_cast<char>(random() % 256);
    }
    const auto lexicon = BlobLexicon::OpenOwned(std::move(damaged));
    if (!lexicon) continue;
    std::vector<NameHit> hits;
    (*lexicon)->FindNames(text, hits);
    hits_seen += hits.size();
    for (const NameHit& hit : hits) {
      const EntityInfo info = (*lexicon)->Entity(hit.entity);
      (*lexicon)->FindById(info.id);
      (*lexicon)->Names(hit.entity);
      (*lexicon)->Attribute(hit.entity, "country");
    }
    (*lexicon)->FindByTicker("00700.HK");
    (*lexicon)->Prefix("腾", 5);
    (*lexicon)->FindByName("苹果");
  }
  CHECK(hits_seen > 0);
}

}  // namespace
}  // namespace mailuo::lexicon
