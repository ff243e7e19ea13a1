// The record of the signature space: what copies and stories are found by.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "story/signature.h"

namespace mailuo::store {

struct SignatureFacts {
  std::int16_t minute = -1;  // Of the day of publication, 0..1439; -1 unknown, which comes first.
  story::Signature signature;
  friend bool operator==(const SignatureFacts&, const SignatureFacts&) = default;
};

std::string EncodeSignatureFacts(const SignatureFacts& facts);
// Nothing for bytes that no EncodeSignatureFacts gives.
std::optional<SignatureFacts> DecodeSignatureFacts(std::string_view bytes);

}  // namespace mailuo::store
