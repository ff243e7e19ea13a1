#include "server/json_annotation.h"

#include <catch2/catch.hpp>

#include "server/json_pretty.h"

namespace mailuo::server {
namespace {

Date Day(int year, int month, int day) { return MakeDate(year, month, day).value(); }

Article EarningsArticle() {
  Article article;
  article.external_id = "a1";
  article.published = PublishedTime{Day(2025, 10, 20)};
  article.published_from = PublishedFrom::kMetadata;
  article.text = "10月20日晚间，宁德时代披露三季报，营收490.34亿元，对手是比亚迪。";
  return article;
}

Annotation EarningsAnnotation() {
  Annotation a;
  a.sentences = {{0, 37}};
  Mention catl;
  catl.span = {9, 13};
  catl.name = "宁德时代";
  catl.tickers = {"300750.SZ"};
  catl.confidence = 0.98F;
  catl.rule = "lexicon";
  Mention byd;
  byd.span = {33, 36};
  byd.name = "比亚迪";
  byd.confidence = 0.25F;
  byd.rule = "tagger";
  a.mentions = {catl, byd};
  DateMention date;
  date.span = {0, 8};
  date.interval = {Day(2025, 10, 20), std::nullopt};
  date.kind = DateKind::kPartial;
  date.anchor = DateAnchor::kPublished;
  a.dates = {date};
  Event event;
  event.type = EventType::kEarnings;
  event.trigger = {13, 15};
  event.time = {{Day(2025, 10, 20), Day(2025, 10, 20)}, DatePrecision::kDay, EventTimeSource::kExplicit, 0};
  event.participants = {{"company", 0, {}, MentionType::kCompany, "宁德时代"},
                        {"company", 1, {}, MentionType::kCompany, "比亚迪"}};
  event.values = {{"amount", {21, 29}, 490.34e8, "CNY"}, {"yoy", {21, 24}, 12.9, "pct"}};
  event.confidence = 0.912F;
  event.rule = "EARNINGS/1";
  a.events = {event};
  Relation relation;
  relation.type = RelationType::kCompetesWith;
  relation.head = {1, {}, MentionType::kCompany, "比亚迪"};
  relation.tail = {0, {}, MentionType::kCompany, "宁德时代"};
  relation.confidence = 0.75F;
  relation.rule = "COMPETES_WITH/2";
  a.relations = {relation};
  return a;
}

TEST_CASE("The annotate object has the fields, order and number forms of the contract", "[server][annotate]") {
  const std::string json = AnnotationJson(EarningsArticle(), EarningsAnnotation(), {{}, 0.0});
  CHECK(json ==
        R"({"id":"a1","published":"2025-10-20","published_from":"metadata","sentences":[{"start":0,"end":37}],)"
        R"("mentions":[{"start":9,"end":13,"text":"宁德时代","type":"company","name":"宁德时代",)"
        R"("tickers":["300750.SZ"],"confidence":0.98,"rule":"lexicon"},)"
        R"({"start":33,"end":36,"text":"比亚迪","type":"company","name":"比亚迪","tickers":[],"confidence":0.25,)"
        R"("rule":"tagger"}],)"
        R"("dates":[{"start":0,"end":8,"text":"10月20日晚间","from":"2025-10-20","to":null,"precision":"day",)"
        R"("relation":"at","certainty":"exact","kind":"partial","anchor":"published"}],)"
        R"("events":[{"type":"EARNINGS","trigger":{"start":13,"end":15,"text":"披露"},"sentence":0,)"
        R"("status":"occurred","polarity":0,"time":{"from":"2025-10-20","to":"2025-10-20","precision":"day",)"
        R"("source":"explicit"},"participants":[{"role":"company","mention":0,"name":"宁德时代"},)"
        R"({"role":"company","mention":1,"name":"比亚迪"}],)"
        R"("values":[{"role":"amount","text":"490.34亿元","number":49034000000,"unit":"CNY"},)"
        R"({"role":"yoy","text":"490","number":12.9,"unit":"pct"}],"confidence":0.91,"rule":"EARNINGS/1"}],)"
        R"("relations":[{"type":"COMPETES_WITH","head":{"mention":1,"name":"比亚迪"},)"
        R"("tail":{"mention":0,"name":"宁德时代"},"sentence":0,"status":"occurred","confidence":0.75,)"
        R"("rule":"COMPETES_WITH/2"}]})");
}

TEST_CASE("Filtered mentions leave null references and later ones are renumbered", "[server][annotate]") {
  Annotation annotation = EarningsAnnotation();
  annotation.mentions[0].type = MentionType::kPerson;
  annotation.mentions[1].confidence = 0.9F;
  const std::string json = AnnotationJson(EarningsArticle(), annotation, {{MentionType::kCompany}, 0.3});
  CHECK(json.find(R"({"role":"company","mention":null,"name":"宁德时代"})") != std::string::npos);
  CHECK(json.find(R"({"role":"company","mention":0,"name":"比亚迪"})") != std::string::npos);
}

TEST_CASE("The default leaves out what is below 0.3", "[server][annotate]") {
  const std::string json = AnnotationJson(EarningsArticle(), EarningsAnnotation());
  CHECK(json.find("tagger") == std::string::npos);
}

TEST_CASE("An event without a time prints null", "[server][annotate]") {
  Annotation annotation = EarningsAnnotation();
  annotation.events[0].time = {};
  const std::string json = AnnotationJson(EarningsArticle(), annotation);
  CHECK(json.find(R"("time":{"from":null,"to":null,"precision":null,"source":"none"})") != std::string::npos);
}

TEST_CASE("Pretty printing keeps numbers as written", "[server][annotate]") {
  CHECK(PrettyJson(R"({"a":[49034000000,0.98],"b":null})") ==
        "{\n  \"a\": [\n    49034000000,\n    0.98\n  ],\n  \"b\": null\n}");
}

TEST_CASE("An annotate line gives an article", "[server][annotate]") {
  std::string id;
  const auto article = ParseAnnotateLine(
      R"({"id":7,"title":"题","published":"2025-10-20","text":"正文","extra":{"a":[1,{"text":2}]}})", id);
  REQUIRE(article);
  CHECK(article->external_id == "7");
  CHECK(id == "7");
  CHECK(article->title == "题");
  CHECK(article->text == "正文");
  CHECK(article->published == PublishedTime{Day(2025, 10, 20)});
  CHECK(article->published_from == PublishedFrom::kMetadata);
}

TEST_CASE("A bad annotate line is named, with its id where it has one", "[server][annotate]") {
  const auto [line, message] = GENERATE(table<std::string, std::string>({
      {R"({"id":"x","published":"2025-10-20"})", "\"text\" is missing"},
      {R"({"id":"x","text":5})", "\"text\" must be a string"},
      {R"({"id":"x","text":"a","published":"20. Oktober"})", "\"published\" must be"},
      {R"({"id":"x","text":"a","text":"b"})", "appears twice"},
      {R"({"id":"x","text":"a\u0000b"})", "NUL"},
      {R"([1])", "expected an object"},
      {R"({"id":"x")", "not valid JSON at byte"},
      {"{\"text\":\"\xff\"}", "invalid UTF-8 at byte 9"},
      {"", "not valid JSON"},
      {std::string(100000, '['), "not valid JSON"},
      {"{\"a\":" + std::string(100000, '['), "nested deeper"},
  }));
  std::string id;
  const auto article = ParseAnnotateLine(line, id);
  REQUIRE_FALSE(article);
  CAPTURE(article.error().message);
  CHECK(article.error().message.find(message) != std::string::npos);
  CHECK(article.error().code == ErrorCode::kInvalidArgument);
  if (message.find("text") != std::string::npos) CHECK(id == "x");
  CHECK(AnnotationErrorJson("x", "no \"text\"") == R"({"id":"x","error":"no \"text\""})");
}

}  // namespace
}  // namespace mailuo::server
