#include "tagger/model.h"

#include <cstring>

#include <fmt/core.h>

#include "tagger/model_format.h"
#include "tagger/viterbi.h"

namespace mailuo::tagger {

Result<Model> Model::Open(std::string_view bytes) {
  const auto bad = [](std::string_view why) {
    return Error{ErrorCode::kCorruption, fmt::format("tagger model: {}", why)};
  };
  ModelHeader header{};
  if (bytes.size() < sizeof header) return bad("shorter than its header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, kModelMagic, sizeof kModelMagic) != 0) return bad("not a model file");
  if (header.version != kModelVersion) {
    return bad(fmt::format("version {}, expected {}", header.version, kModelVersion));
  }
  if (header.labels == 0 || header.labels > kMaxLabels) return bad("number of labels out of range");
  if (header.log_rows < kMinLogRows || header.log_rows > kMaxLogRows) return bad("number of rows out of range");
  const std::size_t rows_at = RowsOffset(header.labels);
  const std::size_t rows_size = (std::size_t{1} << header.log_rows) * RowWidth(header.labels);
  if (bytes.size() != rows_at + rows_size) return bad("length does not agree with its header");

  Model model;
  const char* at = bytes.data() + sizeof header;
  for (std::uint32_t i = 0; i < header.labels; ++i, at += kLabelBytes) {
    model.names_.emplace_back(at, strnlen(at, kLabelBytes));
  }
  for (std::uint32_t i = 0; i < header.labels; ++i, at += sizeof model.inner_[i]) {
    std::memcpy(&model.inner_[i], at, sizeof model.inner_[i]);
  }
  model.rows_ = reinterpret_cast<const std::int8_t*>(bytes.data() + rows_at);
  model.mask_ = (1U << header.log_rows) - 1;
  return model;
}

void Decoder::Tag(const Sequence& sequence, std::vector<TaggedSpan>& out) {
  const std::size_t labels = model_->labels();
  const std::size_t size = sequence.units.size();
  if (labels == 0 || size == 0) return;
  const std::size_t width = RowWidth(labels);
  ComputeFeatures(sequence, features_);
  emissions_.assign(size * width, 0);
  for (std::size_t i = 0; i < size; ++i) {
    std::int16_t* sum = &emissions_[i * width];
    for (const std::uint32_t feature : features_[i]) {
      const std::int8_t* row = model_->rows_ + (feature & model_->mask_) * width;
      for (std::size_t t = 0; t < width; ++t) sum[t] = static_cast<std::int16_t>(sum[t] + row[t]);
    }
  }
  thread_local std::vector<std::uint8_t> tags;
  BestTags(emissions_.data(), size, width, labels, model_->inner_, back_, tags);
  for (std::size_t i = 0; i < size;) {
    if (tags[i] == kOutside) {
      ++i;
      continue;
    }
    const std::size_t label = (tags[i] - std::size_t{1}) / 4;
    const std::size_t start = i;
    int margin = 0;
    while (true) {
      margin += emissions_[i * width + tags[i]] - emissions_[i * width + kOutside];
      const std::size_t position = (tags[i] - std::size_t{1}) % 4;
      ++i;
      if (position == kEnd || position == kSingle || i == size) break;
    }
    out.push_back({{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(i)},
                   static_cast<std::uint8_t>(label),
                   static_cast<float>(margin) / static_cast<float>(i - start)});
  }
}

}  // namespace mailuo::tagger
