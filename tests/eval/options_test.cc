#include "eval/options.h"

#include <catch2/catch.hpp>

namespace mailuo::eval {

TEST_CASE("The command line of each mode is read", "[eval][options]") {
  const auto gold = ParseOptions({"gold", "--fails", "corpus/gold", "corpus/samples", "--min", "event.status=0.5"});
  REQUIRE(gold.has_value());
  CHECK(gold->mode == Mode::kGold);
  CHECK(gold->gold_folder == "corpus/gold");
  CHECK(gold->samples_folder == "corpus/samples");
  CHECK(gold->list_failures);
  REQUIRE(gold->floors.size() == 1);
  CHECK(gold->floors[0].kind == "event.status");
  CHECK(gold->floors[0].at_least == 0.5);

  const auto ner = ParseOptions({"ner", "-", "--labels", "ORG=company", "--min-confidence", "0.6", "--tenth", "3"});
  REQUIRE(ner.has_value());
  CHECK(ner->tenth == 3);
  CHECK_FALSE(ParseOptions({"ner", "-", "--tenth", "10"}).has_value());
  CHECK(ner->mode == Mode::kNer);
  CHECK(ner->lines_path == "-");
  CHECK(ner->labels.size() == 1);
  CHECK(ner->min_confidence == 0.6);

  const auto links = ParseOptions({"ticker-links", "dev.jsonl"});
  REQUIRE(links.has_value());
  CHECK(links->mode == Mode::kTickerLinks);

  const auto ambiguity = ParseOptions({"ambiguity", "names.tsv"});
  REQUIRE(ambiguity.has_value());
  CHECK(ambiguity->mode == Mode::kAmbiguity);
  CHECK(ambiguity->lines_path == "names.tsv");

  const auto events = ParseOptions({"events", "fewfc.jsonl", "--part", "held"});
  REQUIRE(events.has_value());
  CHECK(events->mode == Mode::kEvents);
  CHECK(events->part == Part::kHeld);
  const auto stories = ParseOptions({"stories", "clusters.jsonl.gz"});
  REQUIRE(stories.has_value());
  CHECK(stories->mode == Mode::kStories);
  CHECK(stories->lines_path == "clusters.jsonl.gz");
}

TEST_CASE("Wrong arguments are named", "[eval][options]") {
  const auto error = [](const std::vector<std::string>& arguments) {
    const auto options = ParseOptions(arguments);
    return options ? std::string("accepted") : options.error().message;
  };
  CHECK(error({}) == "expected a command: gold, ner, ticker-links, ambiguity, events or stories");
  CHECK(error({"gold", "a"}) == "gold: expected GOLD SAMPLES");
  CHECK(error({"ner"}) == "ner: expected FILE");
  CHECK(error({"events", "a", "--part", "half"}) == "--part: expected all, tuned or held, got \"half\"");
  CHECK(error({"norm", "a"}) == "unknown command \"norm\"");
  CHECK(error({"ner", "a", "--all"}) == "unknown option \"--all\"");
  CHECK(error({"ner", "a", "--min"}) == "--min needs a value");
  CHECK(error({"ner", "a", "--min", "x=2"}) == "expected KIND=SHARE with a share in 0..1, got \"x=2\"");
}

}  // namespace mailuo::eval
