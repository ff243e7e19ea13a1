// Training of the relation model: multinomial logistic regression by AdaGrad over hashed features.
// Deterministic: the same examples in the same order give the same bytes.
// Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/relation_model.h"

namespace mailuo::extract {

struct RelationExample {
  std::vector<std::uint32_t> features;
  std::vector<std::uint32_t> classes;  // Into the class list; several share the weight. Never empty.
};

struct RelationTraining {
  unsigned log2_rows = 18;
  int epochs = 8;
  double rate = 0.15;
  std::uint32_t min_count = 3;  // Rows that fewer examples touch stay zero.
};

// The bytes of a model (relation_model.h).
std::string TrainRelationModel(const std::vector<RelationClass>& classes, std::vector<RelationExample> examples,
                               const RelationTraining& training);

}  // namespace mailuo::extract
