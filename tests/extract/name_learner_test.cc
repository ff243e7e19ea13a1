#include "extract/name_learner.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "extract/annotator.h"
#include "lexicon/tsv_reader.h"
#include "lexicon/tsv_writer.h"

namespace mailuo::extract {
namespace {

std::shared_ptr<const Knowledge> TestKnowledge() {
  static const auto kKnowledge = *Knowledge::Create(lexicon::Lexicon::BuiltIn());
  return kKnowledge;
}

struct Read {
  Article article;
  Annotation annotation;
};

Read ReadText(const std::string& text, const std::string& day, const std::string& outlet = "样报") {
  Read read;
  read.article.text = text;
  read.article.outlet = outlet;
  read.article.published = PublishedTime{*ParseIsoDate(day)};
  read.article.published_from = PublishedFrom::kMetadata;
  read.article.id = MakeArticleId(read.article);
  Annotator annotator(TestKnowledge());
  read.annotation = annotator.Annotate(read.article);
  return read;
}

Learned LearnFrom(const std::vector<Read>& articles, const LearnThresholds& thresholds = {}) {
  NameLearner learner(TestKnowledge()->lexicon());
  for (const Read& read : articles) learner.Add(read.article, read.annotation);
  return learner.Propose(thresholds);
}

std::string Names(const LearnedEntity& entity) {
  std::string line = lexicon::WriteLexiconLine(entity.row);
  return line.substr(0, line.rfind('\t'));
}

std::vector<Read> SampleReads() {
  return {
      ReadText("杭州岚屿智算科技股份有限公司（以下简称“岚屿智算”，688999.SH）3月10日在上交所科创板上市。", "2025-03-10",
               "甲报"),
      ReadText("3月11日，杭州岚屿智算科技股份有限公司（以下简称“岚屿智算”，688999.SH）公告，拟回购股份。", "2025-03-11",
               "乙报"),
      ReadText("星沉光电（301999.SZ）3月12日公告，净利润增长10%。", "2025-03-12", "甲报"),
      ReadText("3月13日，星沉光电（301999.SZ）涨停。", "2025-03-13", "甲报"),
      ReadText("深圳星河测试材料有限公司（以下简称“华泰新材”）成立。", "2025-03-14"),
      ReadText("3月14日，深圳星河测试材料有限公司（以下简称“华泰新材”）增资。", "2025-03-15"),
      ReadText("北京云迹未来机器人有限公司（以下简称“华泰新材”）成立。", "2025-03-16"),
      ReadText("3月15日，北京云迹未来机器人有限公司（以下简称“华泰新材”）增资。", "2025-03-17"),
      ReadText("上海青禾远山生物有限公司（以下简称“青禾远山”）成立。", "2025-03-18"),
  };
}

}  // namespace

TEST_CASE("names that articles bind are learned with their support", "[learn]") {
  const Learned learned = LearnFrom(SampleReads());
  REQUIRE(learned.entities.size() == 2);
  const LearnedEntity& lanyu = learned.entities[0];
  CHECK(Names(lanyu) == "岚屿智算\tcompany\t\t\tfull:杭州岚屿智算科技股份有限公司\t688999.SH\t");
  CHECK_FALSE(lanyu.known);
  CHECK(lanyu.support.articles == 2);
  CHECK(lanyu.support.sources == 2);
  CHECK(lanyu.support.first == ParseIsoDate("2025-03-10"));
  CHECK(lanyu.support.last == ParseIsoDate("2025-03-11"));
  CHECK(lanyu.support.quote.find("科创板上市") != std::string::npos);
  CHECK(Names(learned.entities[1]) == "星沉光电\tcompany\t\t\t\t301999.SZ\t");
  // One article alone says little.
  CHECK(LearnFrom(SampleReads(), {1, 1}).entities.size() == 3);
  CHECK(LearnFrom(SampleReads(), {2, 2}).entities.size() == 1);
}

TEST_CASE("a name that two companies are given is nobody's", "[learn]") {
  const Learned learned = LearnFrom(SampleReads());
  REQUIRE(learned.conflicts.size() == 1);
  CHECK(learned.conflicts[0].name == "华泰新材");
  CHECK(learned.conflicts[0].owners ==
        std::vector<std::string>{"北京云迹未来机器人有限公司", "深圳星河测试材料有限公司"});
  CHECK(learned.conflicts[0].support.articles == 4);
}

TEST_CASE("a company that the lexicon knows gets what is new of it", "[learn]") {
  const std::vector<Read> articles{
      ReadText("宁德时代新能源科技股份有限公司（以下简称“宁时新能”，300750.SZ）3月10日公告，净利润增长。",
               "2025-03-10"),
      ReadText("3月12日，宁德时代新能源科技股份有限公司（以下简称“宁时新能”）公告，拟回购股份。", "2025-03-12")};
  const Learned learned = LearnFrom(articles);
  REQUIRE(learned.entities.size() == 1);
  CHECK(learned.entities[0].known);
  CHECK(learned.entities[0].row.names.front().text == "宁德时代");
  CHECK(Names(learned.entities[0]).find("short:宁时新能") != std::string::npos);
}

TEST_CASE("kinds of shares, codes and mere heads of papers are no names to learn", "[learn]") {
  const Learned learned = LearnFrom({
      ReadText("宁德时代A股（300750.SZ）3月12日涨停。", "2025-03-12"),
      ReadText("宁德时代A股（300750.SZ）3月13日跌停。", "2025-03-13"),
      ReadText("特斯拉（TSLA）3月12日公布财报。", "2025-03-12"),
      ReadText("特斯拉（TSLA）3月13日下调售价。", "2025-03-13"),
      ReadText("有关部门印发《关于促进岚屿算力发展的指导意见》（以下简称《指导意见》）。", "2025-03-12"),
      ReadText("《关于促进岚屿算力发展的指导意见》（以下简称《指导意见》）3月13日公布。", "2025-03-13"),
  });
  CHECK(learned.entities.empty());
}

TEST_CASE("the same articles give the same proposals, in any order", "[learn]") {
  std::vector<Read> articles = SampleReads();
  const std::string tsv = WriteLearned(LearnFrom(articles, {1, 1}));
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(articles.begin(), articles.end(), random);
    CHECK(WriteLearned(LearnFrom(articles, {1, 1})) == tsv);
  }
  articles.insert(articles.end(), articles.begin(), articles.begin() + 4);
  CHECK(WriteLearned(LearnFrom(articles, {1, 1})) == tsv);
}

TEST_CASE("proposals are a lexicon that the program reads", "[learn]") {
  const std::string tsv = WriteLearned(LearnFrom(SampleReads()));
  CAPTURE(tsv);
  const auto rows = lexicon::ReadLexiconTsv("proposals", tsv);
  REQUIRE(rows);
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].names[0].text == "岚屿智算");
  CHECK((*rows)[0].names[1].kind == lexicon::NameKind::kFull);
  CHECK((*rows)[0].tickers == std::vector<std::string>{"688999.SH"});
  CHECK((*rows)[0].source == "learned: 2 articles, 2 sources, 2025-03-10..2025-03-11");
  CHECK(tsv.find("# conflict: company 华泰新材") != std::string::npos);
  const auto lexicon = lexicon::Lexicon::With(tsv, {});
  REQUIRE(lexicon);
  CHECK((*lexicon)->version() != lexicon::Lexicon::BuiltIn()->version());
  CHECK((*lexicon)->FindByTicker("688999.SH"));
  // What is known is not learned again.
  NameLearner again(**lexicon);
  for (const Read& read : SampleReads()) again.Add(read.article, read.annotation);
  CHECK(again.Propose({}).entities.empty());
}

}  // namespace mailuo::extract
