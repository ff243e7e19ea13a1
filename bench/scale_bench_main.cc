// mailuo-scale-bench: the measuring half of bench/run.
//   ratio PATH WORK_FOLDER ROUNDS    ingest with two threads against bare ICU word breaking with two, interleaved
//   questions DB [NAME]              latencies of the questions over a store, or of one of them
//   ingest PATH DB                   one ingest with one extractor thread, for counting its instructions
//   icu PATH                         word breaking alone, for the same
//   text PATH                        bytes and number of the texts
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "bench/scale_bench.h"
#include "lexicon/lexicon.h"

namespace mailuo::bench {
namespace {

constexpr int kUsage = 2;

Status Run(std::string_view what, const std::string& path, const std::string& second, std::size_t rounds) {
  if (what == "ratio") return CompareSpeed(path, second, rounds);
  if (what == "questions") return MeasureQuestions(path, second);
  if (what == "ingest") {
    constexpr std::uint32_t kNever = 1U << 30U;
    MAILUO_ASSIGN_OR_RETURN(const auto knowledge, extract::Knowledge::Create(lexicon::Lexicon::BuiltIn()));
    return IngestOnce(path, second, knowledge, 1, kNever).map([](const IngestRun&) {});
  }
  MAILUO_ASSIGN_OR_RETURN(const std::vector<std::string> texts, ReadTexts(path));
  if (what == "icu") return BreakWords(texts, 1).map([](const IngestRun&) {});
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  fmt::print("{} {}\n", bytes, texts.size());
  return {};
}

int Main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  const int wanted = what == "ratio" ? 5 : what == "ingest" ? 4 : 3;
  const bool known = what == "ratio" || what == "questions" || what == "ingest" || what == "icu" || what == "text";
  const bool one = what == "questions" && argc == 4;
  if (!known || (argc != wanted && !one)) {
    fmt::print(stderr,
               "usage: mailuo-scale-bench ratio PATH WORK_FOLDER ROUNDS | questions DB [NAME] | ingest PATH DB | "
               "icu PATH | text PATH\n");
    return kUsage;
  }
  const std::size_t rounds = argc > 4 ? std::strtoul(argv[4], nullptr, 10) : 0;
  if (what == "ratio" && rounds == 0) {
    fmt::print(stderr, "mailuo-scale-bench: ROUNDS: '{}' is no number above 0\n", argv[4]);
    return kUsage;
  }
  const Status status = Run(what, argv[2], argc > 3 ? argv[3] : "", rounds);
  if (status) return 0;
  fmt::print(stderr, "mailuo-scale-bench: {}\n", status.error().message);
  return 1;
}

}  // namespace
}  // namespace mailuo::bench

int main(int argc, char** argv) { return mailuo::bench::Main(argc, argv); }
