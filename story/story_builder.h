// Groups articles into stories, and the articles of a story into happenings, one article after another in the order of
// publication.
//
// Where an article goes depends only on the articles before it. So the stories of a set of articles are a function of
// the set, whatever the order of ingest; and the stories as of a day are those of the articles up to that day: later
// articles never change them, they only join.
//
// A story is kept as the sum of its articles' features. An article joins the story that it has most in common with, or
// begins one; what many stories have counts less. Inside a story, what its articles all say tells nothing: a feature
// counts the less, the more of them have it. By what is left, an article joins a happening of the last days, or begins
// one. The cost of an article is bounded, whatever the number of stories.
// Thread safety: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "story/signature.h"

namespace mailuo::story {

// Days back that a happening is looked for.
inline constexpr std::int32_t kHappeningDays = 3;

struct Place {
  std::uint32_t story = 0;      // Numbered from 0 in order of their first articles.
  std::uint32_t happening = 0;  // Likewise, over all stories.
  friend bool operator==(const Place&, const Place&) = default;
};

class StoryBuilder {
 public:
  StoryBuilder();

  // REQUIRES: days do not descend; within a day the caller keeps an order of its own (time, id).
  Place Add(std::int32_t day, const std::vector<Feature>& features);

  std::size_t stories() const { return stories_.size(); }
  std::size_t happenings() const { return happenings_; }

  // All that later places depend on, to go on from another time. REQUIRES: the next article is of `next_day` or later.
  std::string Save(std::int32_t next_day) const;
  // Nothing for bytes that no Save of this program's version gives.
  static std::optional<StoryBuilder> Load(std::string_view bytes);

 private:
  // A feature of a story.
  struct Term {
    std::uint32_t id = 0;
    std::uint32_t articles = 0;  // That have it.
    std::int64_t sum = 0;        // Over these, each article's vector having the length kUnit.
  };
  struct Member {
    std::int32_t day = 0;
    std::uint32_t happening = 0;
    std::vector<Feature> features;
  };
  struct Story {
    std::vector<Term> terms;  // Ascending ids.
    std::int64_t square = 0;  // Of the sums.
    std::uint32_t articles = 0;
    std::vector<Member> recent;  // Of the last days, oldest first.
  };

  void SetTelling(const Story& story);
  void ClearTelling(const Story& story);
  // `commonness`: of each term of the article, at least 1; the more stories have it, the less it counts.
  static double Likeness(const std::vector<Term>& article, const std::vector<double>& commonness, const Story& story);
  std::uint32_t FindStory(const std::vector<Term>& article);
  void Join(std::uint32_t story, const std::vector<Term>& article);
  std::uint32_t FindHappening(Story& story, std::int32_t day, const std::vector<Feature>& features);

  std::vector<Story> stories_;
  std::uint32_t happenings_ = 0;
  std::vector<std::vector<std::uint32_t>> stories_of_;  // By feature, in the order in which stories took it up.
  std::vector<std::int64_t> overlap_;                   // By story; zero between calls.
  std::vector<double> telling_;                         // By feature: of the story at work; 1 between calls.
};

}  // namespace mailuo::story
