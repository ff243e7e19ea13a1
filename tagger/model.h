// A trained linear-chain model, read in place from its bytes, and its decoder.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tagger/features.h"
#include "tagger/model_format.h"
#include "tagger/tags.h"
#include "tagger/viterbi.h"
#include "text/span.h"

namespace mailuo::tagger {

// Layout of the bytes (little-endian):
//   "MLTG" u32 version=4, u32 labels, u32 log2 of rows, f32 steps of weight per nat, u32 0, labels x 24 bytes of
//   NUL-padded name, labels x 8 int16 (B>I, B>E, I>I, I>E, a span of one unit, three zeros), then rows x
//   RowWidth(labels) int8 weights of at most kMaxWeight either way.
// A feature's row is the upper bits of its hash; collisions are part of what training saw.
// Thread safety: const methods may be called from any thread.
class Model {
 public:
  Model() = default;  // No labels: tags nothing.
  // `bytes` must outlive the model.
  static Result<Model> Open(std::string_view bytes);

  std::size_t labels() const { return names_.size(); }
  std::string_view label(std::size_t index) const { return names_[index]; }

 private:
  friend class Decoder;
  std::vector<std::string> names_;
  std::array<StepWeights, kMaxLabels> steps_{};
  const std::int8_t* rows_ = nullptr;
  std::uint32_t log_rows_ = 0;
  float nats_per_step_ = 1;
};

struct TaggedSpan {
  text::UnitSpan span;
  std::uint8_t label = 0;
  // Mean over the span's units of (score of the chosen tag - score of O), in nats: higher is surer.
  float margin = 0;
};

// Thread safety: one decoder per thread.
class Decoder {
 public:
  explicit Decoder(const Model& model) : model_(&model) {}
  // Appends the best spans of `sequence`, in order, never overlapping.
  void Tag(const Sequence& sequence, std::vector<TaggedSpan>& out);

 private:
  const Model* model_;
  std::vector<FeatureRow> features_;
  std::vector<std::int16_t> emissions_;
  BestPath path_;
  std::vector<std::uint8_t> tags_;
};

}  // namespace mailuo::tagger
