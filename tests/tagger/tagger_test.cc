#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tagger/model.h"
#include "tagger/trainer.h"

namespace mailuo::tagger {
namespace {

// Every unit its own word, nothing known of it.
Example Plain(std::u16string units, std::vector<LabelledSpan> spans) {
  Example example;
  example.clues.assign(units.size(), {});
  example.units = std::move(units);
  example.spans = std::move(spans);
  return example;
}

Sequence SequenceOf(const Example& example) { return {example.units, example.clues}; }

// "甲公司CEO乙丙" in many variants: the company ends in 公司, the person follows a post.
std::vector<Example> Examples() {
  const std::u16string names = u"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
  std::vector<Example> examples;
  for (std::size_t i = 0; i + 4 < names.size(); ++i) {
    std::u16string units = u"今天";
    units += names.substr(i, 2);
    units += u"公司总裁";
    units += names.substr(i + 2, 2);
    units += u"表示满意";
    examples.push_back(Plain(units, {{{2, 6}, 0}, {{8, 10}, 1}}));
    examples.push_back(Plain(u"今天" + names.substr(i, 3) + u"表示不满意", {}));
  }
  return examples;
}

TrainerOptions Options() {
  TrainerOptions options;
  options.labels = {"company", "person"};
  options.log_rows = 14;
  return options;
}

TEST_CASE("The tagger learns what its examples show and finds names it never saw", "[tagger]") {
  std::vector<EpochReport> report;
  const auto bytes = Train(Examples(), Options(), &report);
  REQUIRE(bytes);
  CHECK(report.back().wrong == 0);
  const auto model = Model::Open(*bytes);
  REQUIRE(model);
  REQUIRE(model->labels() == 2);
  CHECK(model->label(1) == "person");
  Decoder decoder(*model);
  std::vector<TaggedSpan> spans;
  const Example unseen = Plain(u"今天天地公司总裁玄黄表示满意", {});
  decoder.Tag(SequenceOf(unseen), spans);
  REQUIRE(spans.size() == 2);
  CHECK(spans[0].span == text::UnitSpan{2, 6});
  CHECK(spans[0].label == 0);
  CHECK(spans[1].span == text::UnitSpan{8, 10});
  CHECK(spans[1].label == 1);
  CHECK(spans[0].margin > 0);
}

TEST_CASE("Training is deterministic", "[tagger]") {
  const auto first = Train(Examples(), Options());
  const auto second = Train(Examples(), Options());
  REQUIRE(first);
  REQUIRE(second);
  CHECK(*first == *second);
}

TEST_CASE("Ignored units teach nothing", "[tagger]") {
  std::vector<Example> examples = Examples();
  // A wrong label that covers only ignored units changes no prediction elsewhere.
  Example doubtful = Plain(u"今天天地公司总裁玄黄表示满意", {});
  doubtful.ignore = {{0, 14}};
  const auto without = Train(examples, Options());
  examples.push_back(doubtful);
  std::vector<EpochReport> report;
  const auto with = Train(examples, Options(), &report);
  REQUIRE(with);
  CHECK(report.back().wrong == 0);
}

TEST_CASE("Bad training input is refused with its place", "[tagger]") {
  CHECK_FALSE(Train({}, Options()));
  std::vector<Example> examples = Examples();
  examples[1].spans = {{{3, 99}, 0}};
  const auto out_of_range = Train(examples, Options());
  REQUIRE_FALSE(out_of_range);
  CHECK(out_of_range.error().message.find("example 2") != std::string::npos);
  TrainerOptions no_labels;
  CHECK_FALSE(Train(Examples(), no_labels));
}

TEST_CASE("Damaged model bytes are an error", "[tagger]") {
  const auto bytes = Train(Examples(), Options());
  REQUIRE(bytes);
  CHECK_FALSE(Model::Open(""));
  CHECK_FALSE(Model::Open(std::string_view(*bytes).substr(0, bytes->size() - 1)));
  for (std::size_t i = 0; i < 24; ++i) {
    if (i >= 16 && i < 20) continue;  // Most numbers may be a scale.
    std::string damaged = *bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x40);
    CAPTURE(i);
    CHECK_FALSE(Model::Open(damaged));
  }
  for (const float scale : {0.0F, -1.0F, std::numeric_limits<float>::infinity(), std::nanf("")}) {
    std::string damaged = *bytes;
    std::memcpy(damaged.data() + 16, &scale, sizeof scale);
    CHECK_FALSE(Model::Open(damaged));
  }
}

TEST_CASE("An empty model and an empty sequence give nothing", "[tagger]") {
  const Model none;
  Decoder decoder(none);
  std::vector<TaggedSpan> spans;
  const Example example = Plain(u"甲公司", {});
  decoder.Tag(SequenceOf(example), spans);
  decoder.Tag({}, spans);
  CHECK(spans.empty());
}

}  // namespace
}  // namespace mailuo::tagger
