#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "bench/scale_bench.h"
#include "lexicon/lexicon.h"
#include "query/engine.h"
#include "store/reader.h"

namespace mailuo::bench {
namespace {

constexpr std::size_t kQuestions = 400;
constexpr std::size_t kBusy = 40;

double Percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
  return values[at];
}

// Of this thread: what other programs do on the machine does not blur it.
double CpuMilliseconds() {
  constexpr double kMilli = 1e3;
  constexpr double kNano = 1e-6;
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * kMilli + static_cast<double>(time.tv_nsec) * kNano;
}

using Question = std::function<std::optional<std::string>(std::size_t)>;  // Returns what was wrong.

// Asks question 0 .. questions - 1, all of them once before to warm the cache.
Status Measure(const char* name, std::size_t questions, const Question& ask) {
  std::vector<double> took;
  std::vector<double> worked;
  for (int round = 0; round < 2; ++round) {
    took.clear();
    worked.clear();
    for (std::size_t i = 0; i < questions; ++i) {
      const double cpu = CpuMilliseconds();
      const auto start = std::chrono::steady_clock::now();
      const auto problem = ask(i);
      const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
      if (problem) return Error{ErrorCode::kInternal, fmt::format("{}: {}", name, *problem)};
      took.push_back(passed.count());
      worked.push_back(CpuMilliseconds() - cpu);
    }
  }
  constexpr double kMedian = 0.5;
  constexpr double kTail = 0.99;
  fmt::print("{} {:.3f} {:.3f} {:.3f} {:.3f} {}\n", name, Percentile(took, kMedian), Percentile(took, kTail),
             Percentile(worked, kMedian), Percentile(worked, kTail), questions);
  std::fflush(stdout);
  return {};
}

template <typename Answer>
std::optional<std::string> ProblemOf(const Answer& answer) {
  if (answer) return std::nullopt;
  return std::string(query::Word(answer.error().kind));
}

struct Busy {
  std::uint64_t articles = 0;
  std::string name;
};

// The companies of the lexicon that most articles mention, most first; deterministic. Without those whose name others
// bear too.
Result<std::vector<Busy>> FindBusy(const query::Engine& engine, const store::Reader& reader,
                                   const lexicon::Lexicon& lexicon) {
  std::vector<Busy> found;
  for (lexicon::EntityIndex i = 0; i < lexicon.size(); ++i) {
    const lexicon::EntityInfo info = lexicon.Entity(i);
    if (info.type != MentionType::kCompany) continue;
    MAILUO_ASSIGN_OR_RETURN(const auto record, reader.EntityBrief(info.id));
    if (record && engine.Find(info.name)) found.push_back({record->counts.articles, std::string(info.name)});
  }
  std::sort(found.begin(), found.end(), [](const Busy& a, const Busy& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.name < b.name;
  });
  if (found.size() < kBusy) return Error{ErrorCode::kNotFound, "the store mentions too few companies of the lexicon"};
  return found;
}

}  // namespace

Status MeasureQuestions(const std::string& db, const std::string& only) {
  const auto lexicon = lexicon::Lexicon::BuiltIn();
  MAILUO_ASSIGN_OR_RETURN(const auto knowledge, extract::Knowledge::Create(lexicon));
  store::StoreOptions options = BenchStoreOptions(*knowledge);
  options.mode = store::OpenMode::kReadOnly;
  MAILUO_ASSIGN_OR_RETURN(const auto store, store::Store::Open(db, options));
  const query::Engine engine(*store, lexicon);
  MAILUO_ASSIGN_OR_RETURN(const std::vector<Busy> busy, FindBusy(engine, store->Read(), *lexicon));
  fmt::print("# busiest: {} in {} articles; of {} companies\n", busy.front().name, busy.front().articles, busy.size());

  const auto measure = [&only](const char* name, std::size_t questions, const Question& ask) -> Status {
    return only.empty() || only == name ? Measure(name, questions, ask) : Status();
  };
  MAILUO_RETURN_IF_ERROR(measure("lookup", kQuestions, [&](std::size_t i) {
    // Every other one of the busiest, the rest from the whole list.
    const std::size_t at = i % 2 == 0 ? i / 2 % kBusy : i * 7919 % busy.size();
    return ProblemOf(engine.Find(busy[at].name));
  }));
  MAILUO_RETURN_IF_ERROR(measure("entity", kQuestions, [&](std::size_t i) {
    query::EntityRequest request;
    request.entity = busy[i % 2 == 0 ? i / 2 % kBusy : i * 7919 % busy.size()].name;
    return ProblemOf(engine.Entity(request));
  }));
  std::string cursor;
  MAILUO_RETURN_IF_ERROR(measure("timeline", kQuestions, [&](std::size_t i) -> std::optional<std::string> {
    query::TimelineRequest request;
    request.events.entities = {busy.front().name};
    request.order = query::SortOrder::kDescending;
    request.page.cursor = i == 0 ? std::string() : cursor;  // Page after page; from the newest again at the end.
    const auto answer = engine.Timeline(request);
    if (!answer) return std::string(query::Word(answer.error().kind));
    cursor = answer->page.next_cursor;
    return std::nullopt;
  }));
  MAILUO_RETURN_IF_ERROR(measure("relation", kQuestions, [&](std::size_t i) {
    query::RelationsRequest request;
    request.entity = busy[i % kBusy].name;
    request.with = busy[(i % kBusy + 1 + i / kBusy) % busy.size()].name;
    return ProblemOf(engine.Relations(request));
  }));
  return measure("path3", kQuestions / 4, [&](std::size_t i) {
    query::PathsRequest request;
    request.from = busy[i % kBusy].name;
    request.to = busy[(i * 7919 + kBusy) % busy.size()].name;
    if (request.from == request.to) request.to = busy[kBusy + 1].name;
    return ProblemOf(engine.Paths(request));
  });
}

}  // namespace mailuo::bench
