#include "eval/story_score.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/ids.h"
#include "eval/labelled.h"
#include "story/signature.h"
#include "story/story_builder.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::eval {
namespace {

constexpr std::uint64_t kParts = 4;
constexpr std::size_t kRun = 5;
constexpr std::size_t kCopyShare = 80;  // Per cent.

struct Sample {
  StoryLine line;
  story::Signature signature;
};
using Part = std::vector<const Sample*>;

bool IsHeld(const Sample& sample) { return StableHash64(sample.line.story) % kParts == 0; }

// B-cubed: for each article the share of its group that has its label, and the share of its label that is in its group.
Overlap BCubed(const std::vector<std::pair<std::string, std::uint32_t>>& labelled) {
  std::map<std::string, double> labels;
  std::map<std::uint32_t, double> groups;
  std::map<std::pair<std::string, std::uint32_t>, double> both;
  for (const auto& pair : labelled) {
    ++labels[pair.first];
    ++groups[pair.second];
    ++both[pair];
  }
  Overlap overlap{labelled.size(), labels.size(), groups.size(), 0, 0};
  for (const auto& [pair, count] : both) {
    overlap.precision += count * count / groups[pair.second];
    overlap.recall += count * count / labels[pair.first];
  }
  if (labelled.empty()) return overlap;
  overlap.precision /= static_cast<double>(labelled.size());
  overlap.recall /= static_cast<double>(labelled.size());
  return overlap;
}

void ScoreGroups(const Part& part, const std::string& name, Scoreboard& board) {
  std::vector<std::pair<std::string, std::uint32_t>> stories;
  std::vector<std::pair<std::string, std::uint32_t>> happenings;
  story::StoryBuilder builder;
  for (const Sample* sample : part) {
    const story::Place place = builder.Add(sample->line.article.published->date.days, sample->signature.features);
    stories.emplace_back(sample->line.story, place.story);
    happenings.emplace_back(sample->line.event, place.happening);
  }
  board.overlaps["story/" + name] = BCubed(stories);
  board.overlaps["event/" + name] = BCubed(happenings);
}

std::set<std::u16string> RunsOf(const Sample& sample) {
  std::u16string units;
  for (const char16_t unit : text::FoldKey16(sample.line.article.text)) {
    if (text::IsHan(unit) || text::IsAsciiAlnum(unit)) units += unit;
  }
  std::set<std::u16string> runs;
  for (std::size_t i = 0; i + kRun <= units.size(); ++i) runs.insert(units.substr(i, kRun));
  return runs;
}

bool AreCopies(const Sample& a, const Sample& b) {
  std::set<std::u16string> x = RunsOf(a);
  std::set<std::u16string> y = RunsOf(b);
  if (y.size() < x.size()) std::swap(x, y);
  const auto shared = std::count_if(x.begin(), x.end(), [&y](const auto& run) { return y.contains(run); });
  return static_cast<std::size_t>(shared) * 100 >= x.size() * kCopyShare;
}

void ScoreCopies(const Part& part, const std::string& name, Scoreboard& board) {
  std::map<std::pair<std::size_t, std::uint64_t>, std::vector<std::size_t>> bands;
  for (std::size_t i = 0; i < part.size(); ++i) {
    for (std::size_t band = 0; band < part[i]->signature.bands.size(); ++band) {
      if (part[i]->signature.bands[band] != 0) bands[{band, part[i]->signature.bands[band]}].push_back(i);
    }
  }
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [band, articles] : bands) {
    for (std::size_t i = 0; i < articles.size(); ++i) {
      for (std::size_t j = i + 1; j < articles.size(); ++j) pairs.emplace(articles[i], articles[j]);
    }
  }
  for (const auto& [i, j] : pairs) {
    if (!story::NearIdentical(part[i]->signature, part[j]->signature)) continue;
    const bool right = AreCopies(*part[i], *part[j]);
    board.Rate("copies/" + name, right);
    if (right) continue;
    board.failures.push_back({Failure::Kind::kFalse, "copies/" + name, part[i]->line.article.external_id,
                              part[j]->line.article.external_id,
                              part[i]->line.article.title + " / " + part[j]->line.article.title});
  }
}

// Copies as sites make them, of an article's own text: cut to six tenths; with a head and a foot of the copying site.
std::vector<std::pair<std::string, std::string>> MakeCopies(const std::string& text) {
  const std::size_t size = text::CountCodePoints(text);
  return {{"cut", std::string(text::SliceCodePoints(text, 0, size * 6 / 10))},
          {"framed",
           "本站快讯：记者今天从有关方面了解到。\n" + text + "\n免责声明：本文转自其他媒体，仅供参考，版权归原作者。"}};
}

void ScoreMadeCopies(const Part& part, const std::string& name, Scoreboard& board) {
  for (const Sample* sample : part) {
    const story::Signature& own = sample->signature;
    if (own.runs < story::kMaxSketch) continue;  // A line or two: cut, it is another line.
    for (const auto& [kind, text] : MakeCopies(sample->line.article.text)) {
      const story::Signature copy = story::MakeSignature({}, text, text::FoldKey);
      const bool met = copy.bands[0] == own.bands[0] || copy.bands[1] == own.bands[1];
      board.Rate(fmt::format("copies.made.{}/{}", kind, name), met && story::NearIdentical(own, copy));
    }
  }
}

}  // namespace

Result<Scoreboard> MeasureStories(std::string_view jsonl, std::string_view name) {
  std::vector<Sample> samples;
  for (std::size_t number = 1; !jsonl.empty(); ++number) {
    const std::string_view json = jsonl.substr(0, jsonl.find('\n'));
    jsonl.remove_prefix(std::min(jsonl.size(), json.size() + 1));
    if (json.empty()) continue;
    auto line = ParseStoryLine(json);
    if (!line) return std::move(line).error().Prefixed(fmt::format("{}:{}", name, number));
    Sample& sample = samples.emplace_back();
    sample.line = *std::move(line);
    sample.signature = story::MakeSignature(sample.line.article.title, sample.line.article.text, text::FoldKey);
  }
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) {
    const auto rank = [](const Sample& s) {
      const PublishedTime& time = *s.line.article.published;
      return std::tie(time.date, time.minute, s.line.article.external_id);
    };
    return rank(a) < rank(b);
  });
  Scoreboard board;
  for (const bool held : {true, false}) {
    Part part;
    for (const Sample& sample : samples) {
      if (IsHeld(sample) == held) part.push_back(&sample);
    }
    ScoreGroups(part, held ? "held" : "rest", board);
    ScoreCopies(part, held ? "held" : "rest", board);
    ScoreMadeCopies(part, held ? "held" : "rest", board);
  }
  return board;
}

}  // namespace mailuo::eval
