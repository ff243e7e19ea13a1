// Steps of a test over a store that must succeed: they end the test with the error's own words.
#pragma once

#include <memory>
#include <span>
#include <string>

#include <catch2/catch.hpp>

#include "store/store.h"

namespace mailuo::testing {

inline std::unique_ptr<store::Store> MustOpen(const std::string& path, const store::StoreOptions& options) {
  auto store = store::Store::Open(path, options);
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

inline void MustPut(store::Store& store, std::span<const store::StoredArticle> articles) {
  const auto outcomes = store.Put(articles);
  if (!outcomes) FAIL(outcomes.error().message);
}

inline std::string DigestOf(const store::Store& store) {
  const auto digest = store.Read().Digest();
  if (!digest) FAIL(digest.error().message);
  return *digest;
}

inline void CheckSound(const store::Store& store) {
  const auto problems = store.Read().Verify();
  if (!problems) FAIL(problems.error().message);
  CAPTURE(*problems);
  CHECK(problems->empty());
}

}  // namespace mailuo::testing
