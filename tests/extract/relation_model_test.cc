#include "extract/relation_model.h"

#include <numeric>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/relation_features.h"
#include "extract/relation_trainer.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

std::vector<std::uint32_t> Features(const std::string& text, text::UnitSpan first, text::UnitSpan second) {
  const text::FoldedText folded(text);
  const std::vector<text::UnitSpan> names{first, second};
  RelationPair pair;
  pair.units = folded.units();
  pair.sentence = {0, folded.size()};
  pair.first = first;
  pair.second = second;
  pair.names = &names;
  std::vector<std::uint32_t> features;
  ComputeRelationFeatures(pair, features);
  return features;
}

std::string TrainToy() {
  const std::vector<RelationClass> classes{{std::nullopt, true}, {RelationType::kAcquires, true}};
  std::vector<RelationExample> examples;
  for (int i = 0; i < 4; ++i) {
    examples.push_back({Features("甲甲收购乙乙。", {0, 2}, {4, 6}), {1}});
    examples.push_back({Features("甲甲、乙乙。", {0, 2}, {3, 5}), {0}});
  }
  RelationTraining training;
  training.log2_rows = 12;
  return TrainRelationModel(classes, examples, training);
}

TEST_CASE("A trained relation model tells what it was shown", "[extract][relation_model]") {
  const std::string bytes = TrainToy();
  CHECK(bytes == TrainToy());
  const auto model = RelationModel::Open(bytes);
  REQUIRE(model.has_value());
  std::vector<float> bought;
  std::vector<float> listed;
  model->Score(Features("丙丙收购丁丁。", {0, 2}, {4, 6}), bought);
  model->Score(Features("丙丙、丁丁。", {0, 2}, {3, 5}), listed);
  REQUIRE(bought.size() == 2);
  CHECK(bought[1] > 0.5F);
  CHECK(listed[0] > 0.5F);
  CHECK(std::accumulate(bought.begin(), bought.end(), 0.0F) == Approx(1.0F));
}

TEST_CASE("A damaged relation model is an error", "[extract][relation_model]") {
  const std::string bytes = TrainToy();
  CHECK(RelationModel::Open("").has_value());
  CHECK_FALSE(RelationModel::Open("MLR").has_value());
  CHECK_FALSE(RelationModel::Open(bytes.substr(0, bytes.size() - 1)).has_value());
  for (const std::size_t at : {0U, 4U, 8U, 13U, 24U, 72U}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    CAPTURE(at);
    CHECK_FALSE(RelationModel::Open(damaged).has_value());
  }
}

TEST_CASE("Class names and classes are one to one", "[extract][relation_model]") {
  for (const std::string name : {"-", "ACQUIRES>", "ACQUIRES<", "PARTNERS_WITH="}) {
    const auto relation_class = ParseRelationClass(name);
    REQUIRE(relation_class.has_value());
    CHECK(RelationClassName(*relation_class) == name);
  }
  for (const std::string name : {"", "ACQUIRES", "ACQUIRES=", "PARTNERS_WITH<", "X>"}) {
    CHECK_FALSE(ParseRelationClass(name).has_value());
  }
}

TEST_CASE("Numbers of any size read alike to the relation model", "[extract][relation_model]") {
  CHECK(Features("甲甲持有乙乙35%股权。", {0, 2}, {4, 6}) == Features("甲甲持有乙乙5%股权。", {0, 2}, {4, 6}));
}

TEST_CASE("The model of the program opens and knows relations", "[extract][relation_model]") {
  const RelationModel model = RelationModel::BuiltIn();
  CHECK_FALSE(model.empty());
  CHECK(model.classes().size() > 20);
}

}  // namespace
}  // namespace mailuo::extract
