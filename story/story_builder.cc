#include "story/story_builder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace mailuo::story {
namespace {

// Chosen on three quarters of the stories of a labelled set, told by a hash of their ids (docs/STORIES.md).
constexpr double kLeastStory = 0.045;     // Likeness of an article and its story.
constexpr double kLeastHappening = 0.16;  // Likeness of an article and its happening.
constexpr double kCommon = 30;            // A feature of all stories counts 1 / (1 + kCommon).
constexpr double kFirstStories = 50;      // Of the first few stories nearly everything is in a large share.
constexpr double kFade = 0.2;             // A feature that n other articles of the story have counts 1 / (1 + kFade n).
constexpr double kNearest = 0.3;  // Part of the nearest article in the likeness to a happening; the rest is the mean.
constexpr double kLeastTelling = 0.02;

// Bounds of cost. Of each feature only the stories that took it up last are looked at; of those only the ones with
// most in common are compared.
constexpr std::size_t kStoriesOfFeature = 256;
constexpr std::size_t kCompared = 24;
constexpr std::size_t kMaxTerms = 2048;  // Of a story; past it the half with the smaller sums is forgotten.
constexpr std::size_t kMaxRecent = 64;   // Articles of a story that happenings are compared by.
constexpr std::int64_t kUnit = 4096;

// Calls each(a, b) for the entries of two lists by ascending id that have one id; the second list is much longer.
template <typename A, typename B, typename Each>
void ForEachFound(const A& few, const B& many, Each each) {
  auto from = many.begin();
  for (const auto& entry : few) {
    from = std::lower_bound(from, many.end(), entry.id, [](const auto& e, std::uint32_t id) { return e.id < id; });
    if (from == many.end()) return;
    if (from->id == entry.id) each(entry, *from);
  }
}

// The same of two short lists.
template <typename A, typename B, typename Each>
void ForEachShared(const A& a, const B& b, Each each) {
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (x->id < y->id) {
      ++x;
    } else if (y->id < x->id) {
      ++y;
    } else {
      each(*x++, *y++);
    }
  }
}

struct Weighted {
  std::uint32_t id = 0;
  double weight = 0;
};

// Features by how telling they are, as a vector of length 1.
void Weigh(const std::vector<Feature>& features, const std::vector<double>& telling, std::vector<Weighted>& weighted) {
  weighted.clear();
  weighted.reserve(features.size());
  double square = 0;
  for (const Feature& feature : features) {
    const double weight = feature.weight * telling[feature.id];
    weighted.push_back({feature.id, weight});
    square += weight * weight;
  }
  const double length = std::sqrt(square);
  for (Weighted& w : weighted) w.weight /= length;
}

}  // namespace

StoryBuilder::StoryBuilder()
    : stories_of_(std::size_t{1} << kFeatureBits), telling_(std::size_t{1} << kFeatureBits, 1) {}

Place StoryBuilder::Add(std::int32_t day, const std::vector<Feature>& features) {
  std::int64_t square = 0;
  for (const Feature& feature : features) square += std::int64_t{feature.weight} * feature.weight;
  const double length = std::sqrt(static_cast<double>(square));
  std::vector<Term> article;
  article.reserve(features.size());
  for (const Feature& feature : features) {
    article.push_back({feature.id, 1, std::lround(static_cast<double>(kUnit * feature.weight) / length)});
  }
  const std::uint32_t number = FindStory(article);
  Join(number, article);
  Story& story = stories_[number];
  const std::uint32_t happening = FindHappening(story, day, features);
  happenings_ = std::max(happenings_, happening + 1);
  story.recent.push_back({day, happening, features});
  return {number, happening};
}

double StoryBuilder::Likeness(const std::vector<Term>& article, const std::vector<double>& commonness,
                              const Story& story) {
  double dot = 0;
  ForEachFound(article, story.terms, [&](const Term& a, const Term& b) {
    dot += static_cast<double>(a.sum * b.sum) / commonness[static_cast<std::size_t>(&a - article.data())];
  });
  return dot / (static_cast<double>(kUnit) * std::sqrt(static_cast<double>(story.square)));
}

std::uint32_t StoryBuilder::FindStory(const std::vector<Term>& article) {
  std::vector<std::pair<std::int64_t, std::uint32_t>> likely;
  std::vector<std::uint32_t> touched;
  for (const Term& term : article) {
    const auto& stories = stories_of_[term.id];
    for (std::size_t i = stories.size() - std::min(stories.size(), kStoriesOfFeature); i < stories.size(); ++i) {
      std::int64_t& overlap = overlap_[stories[i]];
      if (overlap == 0) touched.push_back(stories[i]);
      overlap += term.sum * term.sum;
    }
  }
  likely.reserve(touched.size());
  for (const std::uint32_t story : touched) likely.emplace_back(-std::exchange(overlap_[story], 0), story);
  const std::size_t compared = std::min(likely.size(), kCompared);
  std::partial_sort(likely.begin(), likely.begin() + static_cast<std::ptrdiff_t>(compared), likely.end());
  likely.resize(compared);
  const double all = static_cast<double>(stories_.size()) + kFirstStories;
  std::vector<double> commonness;
  commonness.reserve(article.size());
  for (const Term& term : article) {
    commonness.push_back(1 + kCommon * (static_cast<double>(stories_of_[term.id].size()) / all));
  }
  const auto none = static_cast<std::uint32_t>(stories_.size());
  std::uint32_t best = none;
  double best_likeness = 0;
  for (const auto& [overlap, story] : likely) {
    const double likeness = Likeness(article, commonness, stories_[story]);
    if (likeness < kLeastStory || likeness < best_likeness || (likeness == best_likeness && story > best)) continue;
    best_likeness = likeness;
    best = story;
  }
  if (best == none) {
    stories_.emplace_back();
    overlap_.push_back(0);
  }
  return best;
}

void StoryBuilder::Join(std::uint32_t number, const std::vector<Term>& article) {
  Story& story = stories_[number];
  ++story.articles;
  std::vector<Term> merged;
  merged.reserve(story.terms.size() + article.size());
  auto old = story.terms.begin();
  for (const Term& term : article) {
    while (old != story.terms.end() && old->id < term.id) merged.push_back(*old++);
    Term sum = term;
    if (old != story.terms.end() && old->id == term.id) {
      story.square -= old->sum * old->sum;
      sum.articles += old->articles;
      sum.sum += old->sum;
      ++old;
    } else {
      stories_of_[term.id].push_back(number);
    }
    story.square += sum.sum * sum.sum;
    merged.push_back(sum);
  }
  merged.insert(merged.end(), old, story.terms.end());
  story.terms = std::move(merged);
  if (story.terms.size() <= kMaxTerms) return;
  const auto half = story.terms.begin() + kMaxTerms / 2;
  std::nth_element(story.terms.begin(), half, story.terms.end(),
                   [](const Term& a, const Term& b) { return a.sum != b.sum ? a.sum > b.sum : a.id < b.id; });
  for (auto term = half; term != story.terms.end(); ++term) {
    story.square -= term->sum * term->sum;
    std::erase(stories_of_[term->id], number);
  }
  story.terms.erase(half, story.terms.end());
  std::sort(story.terms.begin(), story.terms.end(), [](const Term& a, const Term& b) { return a.id < b.id; });
}

void StoryBuilder::SetTelling(const Story& story) {
  for (const Term& term : story.terms) {
    const double others = term.articles - 1;
    telling_[term.id] = std::max(kLeastTelling, 1 - others / story.articles) / (1 + kFade * others);
  }
}

void StoryBuilder::ClearTelling(const Story& story) {
  for (const Term& term : story.terms) telling_[term.id] = 1;
}

// Drops from `story` what has become too old to be compared.
std::uint32_t StoryBuilder::FindHappening(Story& story, std::int32_t day, const std::vector<Feature>& features) {
  std::erase_if(story.recent, [&](const Member& member) { return day - member.day > kHappeningDays; });
  if (story.recent.size() >= kMaxRecent) story.recent.erase(story.recent.begin());
  if (story.recent.empty()) return happenings_;
  SetTelling(story);
  std::vector<Weighted> mine;
  std::vector<Weighted> theirs;
  Weigh(features, telling_, mine);
  struct Likeness {
    double nearest = 0;
    double sum = 0;
    std::size_t articles = 0;
  };
  std::map<std::uint32_t, Likeness> found;
  for (const Member& member : story.recent) {
    double cosine = 0;
    Weigh(member.features, telling_, theirs);
    ForEachShared(mine, theirs, [&cosine](const Weighted& a, const Weighted& b) { cosine += a.weight * b.weight; });
    Likeness& likeness = found[member.happening];
    likeness.nearest = std::max(likeness.nearest, cosine);
    likeness.sum += cosine;
    ++likeness.articles;
  }
  ClearTelling(story);
  std::uint32_t best = happenings_;
  double best_likeness = 0;
  for (const auto& [happening, likeness] : found) {
    const double mean = likeness.sum / static_cast<double>(likeness.articles);
    const double value = kNearest * likeness.nearest + (1 - kNearest) * mean;
    if (value < kLeastHappening || value <= best_likeness) continue;
    best = happening;
    best_likeness = value;
  }
  return best;
}

}  // namespace mailuo::story
