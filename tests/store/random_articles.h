// Many different articles out of a number: the input of property tests. Equal seeds give equal articles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/postings.h"
#include "support/sample_graph.h"

namespace mailuo::testing {

// SplitMix64: small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  std::size_t Below(std::size_t end) { return Next() % end; }
  bool OneIn(std::size_t n) { return Below(n) == 0; }

 private:
  std::uint64_t state_;
};

// Few names, so that articles share entities, events, edges and days. The text holds the seed: distinct ids.
inline store::StoredArticle RandomArticle(std::uint64_t seed) {
  static const std::vector<std::string> kNames{"英伟达", "华为",     "中芯国际", "Arm",
                                               "比亚迪", "宁德时代", "台积电",   "AMD"};
  Random random(seed * 7919 + 1);
  const int month = static_cast<int>(1 + random.Below(12));
  const int day = static_cast<int>(1 + random.Below(28));
  const std::string published = FormatDate(*MakeDate(2025, month, day));
  SampleArticle article(random.OneIn(8) ? "" : published, "第" + std::to_string(seed) + "篇");
  const std::size_t sentences = 1 + random.Below(4);
  for (std::size_t s = 0; s < sentences; ++s) {
    const std::string a = kNames[random.Below(kNames.size())];
    const std::string b = kNames[random.Below(kNames.size())];
    const std::string alias = random.OneIn(3)
                                  ? "[" + a + "集团=" + a + "]"
                                  : "[" + a + (random.OneIn(4) ? "@T" + std::to_string(a.size()) + ".US" : "") + "]";
    article.Sentence("第" + std::to_string(seed) + "篇说" + alias + "和[" + b + "]。");
    FactOptions options;
    options.status = static_cast<FactStatus>(1 + random.Below(5));
    options.confidence = static_cast<float>(30 + random.Below(70)) / 100;
    if (!random.OneIn(3)) options.day = FormatDate(*MakeDate(2025, static_cast<int>(1 + random.Below(12)), 15));
    const auto type = static_cast<EventType>(1 + random.Below(4));
    if (random.OneIn(5)) {
      article.Event(type, {}, options);
    } else {
      const std::string_view first_role = Info(type).roles.substr(0, Info(type).roles.find('|'));
      article.Event(type, {{first_role, a}, {"company", b}}, options);
    }
    const auto relation = random.OneIn(2) ? RelationType::kAcquires : RelationType::kCompetesWith;
    article.Relation(relation, a, b, options);
  }
  return article.Build();
}

inline std::vector<store::StoredArticle> RandomArticles(std::uint64_t first_seed, std::size_t count) {
  std::vector<store::StoredArticle> articles;
  articles.reserve(count);
  for (std::size_t i = 0; i < count; ++i) articles.push_back(RandomArticle(first_seed + i));
  return articles;
}

}  // namespace mailuo::testing
