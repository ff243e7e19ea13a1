#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <fmt/core.h>

#include "bench/scale_bench.h"
#include "ingest/article_reader.h"
#include "ingest/pipeline.h"
#include "lexicon/lexicon.h"
#include "text/folded_text.h"
#include "text/segmenter.h"
#include "text/utf8.h"

namespace mailuo::bench {
namespace {

double Now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    constexpr double kMicro = 1e-6;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * kMicro;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Since its making.
class Watch {
 public:
  IngestRun Stop(std::uint64_t articles) const { return {Now() - start_, CpuSeconds() - cpu_, articles}; }

 private:
  double start_ = Now();
  double cpu_ = CpuSeconds();
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string FoldName(std::string_view utf8) { return text::FoldKey(utf8); }

void PrintRun(const char* what, const IngestRun& run) {
  fmt::print("  {:<8} {:8.2f} s  {:8.2f} s CPU  {:8.0f} articles/s\n", what, run.seconds, run.cpu_seconds,
             static_cast<double>(run.articles) / run.seconds);
  std::fflush(stdout);
}

}  // namespace

store::StoreOptions BenchStoreOptions(const extract::Knowledge& knowledge) {
  store::StoreOptions options;
  options.fold_name = &FoldName;
  options.lexicon_version = knowledge.lexicon().version();
  options.rules_version = knowledge.rules_version();
  return options;
}

Result<IngestRun> IngestOnce(const std::string& path, const std::string& db,
                             const std::shared_ptr<const extract::Knowledge>& knowledge, std::size_t threads,
                             std::uint32_t wait_ms) {
  ingest::KeepFreedMemory();
  std::error_code error;
  std::filesystem::remove_all(db, error);
  const Watch watch;
  MAILUO_ASSIGN_OR_RETURN(const auto store, store::Store::Open(db, BenchStoreOptions(*knowledge)));
  ingest::IngestOptions options;
  options.threads = threads;
  options.max_wait_ms = wait_ms;
  MAILUO_ASSIGN_OR_RETURN(const ingest::IngestReport report, ingest::IngestPaths({path}, *store, knowledge, options));
  return watch.Stop(report.counters.created);
}

Result<std::vector<std::string>> ReadTexts(const std::string& path) {
  std::vector<std::string> texts;
  const Status status = ingest::ReadArticles(path, {}, [&texts](ingest::ReadOutcome&& outcome) {
    if (outcome.article) texts.push_back(std::move(outcome.article->text));
    return true;
  });
  if (!status) return status.error();
  return texts;
}

Result<IngestRun> BreakWords(const std::vector<std::string>& texts, std::size_t threads) {
  std::atomic<std::size_t> words = 0;
  std::vector<text::Segmenter> segmenters;
  for (std::size_t i = 0; i < threads; ++i) {
    MAILUO_ASSIGN_OR_RETURN(text::Segmenter segmenter, text::Segmenter::Create());
    segmenters.push_back(std::move(segmenter));
  }
  const Watch watch;
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i) {
    running.emplace_back([&, i] {
      std::vector<std::uint32_t> boundaries;
      std::size_t found = 0;
      for (std::size_t at = i; at < texts.size(); at += threads) {
        boundaries.clear();
        segmenters[i].IcuBoundaries(text::ToUtf16(texts[at]), boundaries);
        found += boundaries.size();
      }
      words += found;
    });
  }
  for (std::thread& thread : running) thread.join();
  if (words == 0) return Error{ErrorCode::kInvalidArgument, "the articles hold no words"};
  return watch.Stop(texts.size());
}

Status CompareSpeed(const std::string& path, const std::string& work_folder, std::size_t rounds) {
  constexpr std::size_t kThreads = 2;
  constexpr std::uint32_t kWaitMs = 2000;
  MAILUO_ASSIGN_OR_RETURN(const auto knowledge, extract::Knowledge::Create(lexicon::Lexicon::BuiltIn()));
  MAILUO_ASSIGN_OR_RETURN(const std::vector<std::string> texts, ReadTexts(path));
  std::uint64_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  fmt::print("{} articles, {} bytes of text\n", texts.size(), bytes);
  const std::string db = work_folder + "/ratio.db";
  std::vector<double> icu;
  std::vector<double> ingest;
  std::vector<double> cpu;
  for (std::size_t round = 0; round < rounds; ++round) {
    MAILUO_ASSIGN_OR_RETURN(const IngestRun broken, BreakWords(texts, kThreads));
    PrintRun("ICU", broken);
    MAILUO_ASSIGN_OR_RETURN(const IngestRun stored, IngestOnce(path, db, knowledge, kThreads, kWaitMs));
    PrintRun("ingest", stored);
    icu.push_back(broken.seconds);
    ingest.push_back(stored.seconds);
    cpu.push_back(broken.cpu_seconds / stored.cpu_seconds);
  }
  std::error_code error;
  std::filesystem::remove_all(db, error);
  fmt::print("ingest_over_icu {:.3f}\n", Median(icu) / Median(ingest));
  fmt::print("ingest_over_icu_cpu {:.3f}\n", Median(cpu));
  return {};
}

}  // namespace mailuo::bench
