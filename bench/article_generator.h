// Invented news for load and scale tests: any number of distinct articles from a seed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "lexicon/lexicon.h"

namespace mailuo::bench {

struct GeneratedArticle {
  std::string id;  // "syn-42-17": seed and number.
  std::string title;
  std::string outlet;  // Always 合成样稿.
  PublishedTime published;
  std::string text;  // About 2.5 kB; the last line says that all of it is invented.
};

// Article `number` of a seed is a pure function of (seed, number, lexicon): it can be made alone, and the first N
// articles do not depend on how many are made. One in seven tells a happening again that one of the five articles
// before it told, in other words: work for the grouping of reports.
// Companies are those of the lexicon with a Chinese name, drawn by Zipf's law (the share of rank r is about 1/(r + 2)).
// Thread safety: const methods may be called from any thread.
class ArticleGenerator {
 public:
  ArticleGenerator(const lexicon::Lexicon& lexicon, std::uint64_t seed);

  GeneratedArticle Make(std::uint64_t number) const;

 private:
  struct Template {
    std::string_view topic;
    std::string_view part;
    std::string_view text;
  };
  struct Facts;
  class Random;
  using Slots = std::map<std::string, std::string, std::less<>>;

  struct Company {
    std::string name;
    std::string ticker;  // 300750.SZ
  };

  static void DrawNumbers(Random& random, Slots& slots);
  Facts MakeFacts(std::uint64_t happening) const;
  const Company& Draw(Random& random) const;
  std::vector<const Template*> Find(std::string_view topic, std::string_view part) const;
  std::string Fill(std::string_view text, const Facts& facts) const;

  std::uint64_t seed_;
  std::vector<Company> companies_;         // By rank.
  std::vector<std::uint64_t> cumulative_;  // Weights of ranks 0..i.
  std::vector<Template> templates_;
  std::vector<std::string_view> topics_;  // Without "any", in the order of the file.
};

}  // namespace mailuo::bench
