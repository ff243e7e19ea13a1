// A linear model over hashed features of a pair of company names: how likely each relation is between them.
// The bytes are made by mailuo-train-relations and read in place.
//
// Layout (little-endian): "MLRM", u32 version = 1, u32 classes, u32 log2 of buckets, f32 scale, u32 zero, classes x 24
// bytes of NUL-padded name, u32 kept rows, u32 zero, a u16 for each bucket of the hash table: the kept row that holds
// its weights (0: a row of zeros), then kept rows x stride int8 weights (stride: classes rounded up to 32). A weight
// stands for value * scale. Class names are "-" (none) or a relation code and ">" (the first name is the head), "<"
// (the second is) or "=" (symmetric).
// Thread safety: const methods may be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/types.h"

namespace mailuo::extract {

struct RelationClass {
  std::optional<RelationType> type;  // Nothing: no relation.
  bool forward = true;               // The first name is the head.
};

class RelationModel {
 public:
  RelationModel() = default;  // Knows no relation.
  // The model of the program.
  static RelationModel BuiltIn();
  // Hash of its bytes.
  static std::uint64_t BuiltInVersion();
  // `bytes` must outlive the model. No bytes give a model that knows no relation.
  static Result<RelationModel> Open(std::string_view bytes);

  bool empty() const { return classes_.empty(); }
  const std::vector<RelationClass>& classes() const { return classes_; }
  // Replaces `probabilities` by one number for each class; they sum to 1.
  void Score(const std::vector<std::uint32_t>& features, std::vector<float>& probabilities) const;

 private:
  std::vector<RelationClass> classes_;
  std::size_t RowOf(std::size_t bucket) const;

  unsigned shift_ = 0;      // A feature's bucket: hash >> shift.
  std::string_view index_;  // Little-endian u16 for each bucket.
  std::size_t stride_ = 0;
  float scale_ = 0;
  const std::int8_t* weights_ = nullptr;
};

// "ACQUIRES>" and back; nothing for what is no class name.
std::string RelationClassName(const RelationClass& relation_class);
std::optional<RelationClass> ParseRelationClass(std::string_view name);

}  // namespace mailuo::extract
