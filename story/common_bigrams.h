// How little a pair of characters says about what an article is about: 公司 stands in every second one, 梅姨 in few.
// The table is fixed and shipped, so that what an article writes never depends on which others are in the store.
// Thread safety: pure functions.
#pragma once

#include <cstdint>

namespace mailuo::story {

inline constexpr std::uint32_t kRareWeight = 100;

// Per cent of the weight of a rare pair, 0..100. Pairs that the table does not have are rare.
std::uint32_t BigramWeight(char32_t first, char32_t second);
// Brings what the table says of the pair into the cache, for a question that comes soon.
void FetchBigram(char32_t first, char32_t second);

}  // namespace mailuo::story
