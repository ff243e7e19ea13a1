#include "ingest/pipeline.h"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include "ingest/ordered_work.h"
#include "ingest/printable.h"
#include "ingest/raw_input.h"
#include "store/prepared.h"
#include "store/store.h"

namespace mailuo::ingest {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// What became of one raw input.
struct Extracted {
  struct Entry {
    std::string place;
    std::vector<std::string> warnings;
    store::StoredArticle stored;                                        // While it is extracted.
    Result<store::PreparedArticle> article = store::PreparedArticle();  // Empty if it is known.
    std::uint64_t text_bytes = 0;
    std::uint64_t mentions = 0;
    std::uint64_t events = 0;
    std::uint64_t relations = 0;
    bool known = false;  // In the store before this run; not annotated.
  };
  std::vector<Entry> entries;
  bool first_of_file = false;
  std::uint64_t input_bytes = 0;
};

using Work = OrderedWork<RawInput, Extracted>;

// One thread's share of the extraction.
class Extractor {
 public:
  Extractor(const std::shared_ptr<const extract::Knowledge>& knowledge, const store::Store& store, store::Reader known,
            const ReaderOptions& options)
      : annotator_(knowledge), store_(store), known_(std::move(known)), options_(options) {}

  // What becomes of each of them. Step by step: all are parsed, then annotated, then prepared.
  std::vector<Extracted> Run(std::vector<Work::Item>& items) {
    std::vector<Extracted> extracted;
    extracted.reserve(items.size());
    for (Work::Item& item : items) extracted.push_back(Parse(std::move(item.value)));
    std::vector<Pending> pending;
    for (Extracted& one : extracted) {
      for (Extracted::Entry& entry : one.entries) {
        if (entry.article && !entry.known) pending.push_back({&entry, Annotation()});
      }
    }
    // In parts that stay in the cache; an input may hold any number of articles.
    for (std::span<Pending> rest = pending; !rest.empty();) {
      std::uint64_t bytes = 0;
      std::size_t count = 0;
      while (count < rest.size() && count < kTogether && (count == 0 || bytes < kBytesTogether)) {
        bytes += rest[count++].entry->text_bytes;
      }
      const std::span<Pending> part = rest.first(count);
      Annotate(part);
      for (Pending& one : part) Prepare(one);
      rest = rest.subspan(count);
    }
    return extracted;
  }

  static constexpr std::size_t kTogether = 64;

 private:
  static constexpr std::uint64_t kBytesTogether = kMiB / 4;
  struct Pending {
    Extracted::Entry* entry = nullptr;
    Result<Annotation> annotation = Annotation();
  };

  Extracted Parse(RawInput&& input) {
    Extracted out;
    out.first_of_file = input.first_of_file;
    out.input_bytes = input.bytes.size();
    const std::string place = input.origin.place;
    // Libraries may throw (memory, above all); one bad input must not end the run.
    try {
      ParseRawInput(std::move(input), options_, [&](ReadOutcome&& outcome) { Add(std::move(outcome), out); });
    } catch (const std::exception& error) {
      Extracted::Entry& failed = out.entries.emplace_back();
      failed.place = place;
      failed.article = Failed(error);
    }
    return out;
  }

  void Add(ReadOutcome&& outcome, Extracted& out) {
    Extracted::Entry& entry = out.entries.emplace_back();
    entry.place = std::move(outcome.place);
    entry.warnings = std::move(outcome.warnings);
    if (!outcome.article) {
      entry.article = std::move(outcome.article).error();
      return;
    }
    entry.stored.article = *std::move(outcome.article);
    entry.text_bytes = entry.stored.article.text.size();
    const auto known = known_.GetMeta(entry.stored.article.id);
    entry.known = known && known->has_value();
    if (entry.known) entry.stored = {};
  }

  // Libraries may throw here, too: then each article by itself.
  void Annotate(std::span<Pending> pending) {
    try {
      std::vector<const Article*> articles;
      articles.reserve(pending.size());
      for (const Pending& one : pending) articles.push_back(&one.entry->stored.article);
      std::vector<Annotation> annotations = annotator_.Annotate(articles);
      for (std::size_t i = 0; i < pending.size(); ++i) pending[i].annotation = std::move(annotations[i]);
    } catch (const std::exception&) {
      for (Pending& one : pending) AnnotateAlone(one);
    }
  }

  void AnnotateAlone(Pending& one) {
    try {
      one.annotation = annotator_.Annotate(one.entry->stored.article);
    } catch (const std::exception& error) {
      one.annotation = Failed(error);
    }
  }

  // What goes on from here is small and in few pieces: article and annotation end on the thread that made them.
  void Prepare(Pending& pending) {
    Extracted::Entry& entry = *pending.entry;
    if (!pending.annotation) {
      entry.article = std::move(pending.annotation).error();
      return;
    }
    store::StoredArticle stored = std::move(entry.stored);
    stored.annotation = *std::move(pending.annotation);
    entry.mentions = stored.annotation.mentions.size();
    entry.events = stored.annotation.events.size();
    entry.relations = stored.annotation.relations.size();
    entry.article = store_.Prepare(stored);
  }

  static Error Failed(const std::exception& error) {
    return {ErrorCode::kInternal, std::string("extraction failed: ") + error.what()};
  }

  extract::Annotator annotator_;
  const store::Store& store_;
  store::Reader known_;
  const ReaderOptions& options_;
};

// The writing end: batches, counters, events. Lives on one thread.
class Collector {
 public:
  Collector(store::Store& store, const IngestOptions& options, Clock::time_point start)
      : store_(store), options_(options), start_(start), last_progress_(start) {}

  // `left`: how many are still to come, where that is known.
  Status Add(Extracted&& extracted, std::optional<std::size_t> left) {
    IngestCounters& counters = report_.counters;
    counters.files += extracted.first_of_file ? 1 : 0;
    counters.input_bytes += extracted.input_bytes;
    for (Extracted::Entry& entry : extracted.entries) {
      for (std::string& warning : entry.warnings) Warn(entry.place, std::move(warning));
      if (!entry.article) {
        Skip(entry.place, std::move(entry.article).error());
        continue;
      }
      ++counters.read;
      counters.text_bytes += entry.text_bytes;
      if (entry.known) {
        ++counters.known;
        continue;
      }
      batch_.push_back(*std::move(entry.article));
      facts_.push_back({entry.mentions, entry.events, entry.relations});
      if (batch_.size() == 1) first_waits_since_ = Clock::now();
      if (batch_.size() >= options_.batch_articles) MAILUO_RETURN_IF_ERROR(Flush());
    }
    // Towards the end groups get smaller: while the last one is written nobody else has anything to do.
    constexpr std::size_t kLeast = 1024;
    const bool near_end = left && batch_.size() >= std::max(*left, kLeast);
    if (near_end) MAILUO_RETURN_IF_ERROR(Flush());
    const auto max_wait = std::chrono::milliseconds(options_.max_wait_ms);
    if (!batch_.empty() && Clock::now() - first_waits_since_ >= max_wait) MAILUO_RETURN_IF_ERROR(Flush());
    Progress();
    return {};
  }

  Status Flush() {
    if (batch_.empty()) return {};
    const Clock::time_point begin = Clock::now();
    MAILUO_ASSIGN_OR_RETURN(const std::vector<store::PutOutcome> outcomes, store_.PutPrepared(batch_));
    for (std::size_t i = 0; i < batch_.size(); ++i) Count(facts_[i], outcomes[i]);
    report_.write_seconds += SecondsSince(begin);
    batch_.clear();
    facts_.clear();
    return {};
  }

  void Emit(IngestEventKind kind, std::string place = {}, std::string reason = {}) {
    if (options_.on_event) {
      options_.on_event({kind, report_.counters, SecondsSince(start_), std::move(place), std::move(reason)});
    }
  }

  void Skip(const std::string& place, Error error) {
    ++report_.counters.skipped;
    Emit(IngestEventKind::kSkipped, place, error.message);
    if (report_.skipped.size() < options_.max_reported) {
      report_.skipped.push_back({place, error.code, std::move(error.message)});
    }
  }

  IngestReport& report() { return report_; }

 private:
  struct Facts {
    std::uint64_t mentions = 0;
    std::uint64_t events = 0;
    std::uint64_t relations = 0;
  };

  void Count(const Facts& facts, store::PutOutcome outcome) {
    IngestCounters& counters = report_.counters;
    if (outcome == store::PutOutcome::kKnown) {
      ++counters.known;
      return;
    }
    ++counters.created;
    counters.mentions += facts.mentions;
    counters.events += facts.events;
    counters.relations += facts.relations;
  }

  void Warn(const std::string& place, std::string reason) {
    ++report_.counters.warnings;
    Emit(IngestEventKind::kWarning, place, reason);
    if (report_.warnings.size() < options_.max_reported) {
      report_.warnings.push_back({place, ErrorCode::kInvalidArgument, std::move(reason)});
    }
  }

  void Progress() {
    const Clock::time_point now = Clock::now();
    if (now - last_progress_ < std::chrono::milliseconds(options_.progress_ms)) return;
    last_progress_ = now;
    Emit(IngestEventKind::kProgress);
  }

  store::Store& store_;
  const IngestOptions& options_;
  Clock::time_point start_;
  Clock::time_point last_progress_;
  Clock::time_point first_waits_since_;  // If batch_ is not empty.
  IngestReport report_;
  std::vector<store::PreparedArticle> batch_;
  std::vector<Facts> facts_;  // Of each article of the batch.
};

// Joins its threads whatever happens.
class Threads {
 public:
  Threads() = default;
  ~Threads() { Join(); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  template <typename Function>
  void Start(Function&& function) {
    threads_.emplace_back(std::forward<Function>(function));
  }
  void Join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  std::vector<std::thread> threads_;
};

// Everything that the paths hold, into `work`; the only thread that opens files.
class Feeder {
 public:
  Feeder(const std::vector<std::string>& paths, const IngestOptions& options, Work& work)
      : paths_(paths), options_(options), work_(work) {}

  void Run() {
    const Clock::time_point begin = Clock::now();
    for (const std::string& path : paths_) {
      if (!go_on_) break;
      const Status status = Read(path);
      if (!status) Missing(path, status.error());
    }
    seconds_ = SecondsSince(begin) - waited_;
    work_.EndInput();
  }

  // After the thread has ended.
  bool stopped() const { return stopped_; }
  double seconds() const { return seconds_; }
  const std::optional<Error>& missing() const { return missing_; }

 private:
  Status Read(const std::string& path) {
    try {
      return ReadRawInputs(path, options_.reader, [this](RawInput&& input) {
        const Clock::time_point put = Clock::now();
        go_on_ = !(options_.stop && options_.stop());
        stopped_ = !go_on_;
        // A record weighs what it holds and what its annotation will.
        constexpr std::uint64_t kOverhead = 4096;
        const std::uint64_t cost = input.bytes.size() + kOverhead;
        go_on_ = go_on_ && work_.Put(std::move(input), cost);
        waited_ += SecondsSince(put);
        return go_on_;
      });
    } catch (const std::exception& error) {
      return Error{ErrorCode::kInternal, std::string("reading failed: ") + error.what()};
    }
  }

  void Missing(const std::string& path, const Error& error) {
    missing_ = error;
    if (paths_.size() == 1) return;  // The run itself fails with it.
    RawInput input;
    input.origin.place = Printable(path);
    input.error = error;
    go_on_ = work_.Put(std::move(input), 0);
  }

  const std::vector<std::string>& paths_;
  const IngestOptions& options_;
  Work& work_;
  bool go_on_ = true;
  bool stopped_ = false;
  double waited_ = 0;
  double seconds_ = 0;
  std::optional<Error> missing_;
};

}  // namespace

std::string_view Word(IngestEventKind kind) {
  switch (kind) {
    case IngestEventKind::kStarted: return "started";
    case IngestEventKind::kProgress: return "progress";
    case IngestEventKind::kSkipped: return "skipped";
    case IngestEventKind::kWarning: return "warning";
    case IngestEventKind::kFinished: return "finished";
    case IngestEventKind::kWatching: return "watching";
  }
  return "progress";
}

void IngestOptions::FitMemory(std::size_t megabytes) {
  // An article that waits for its group takes some 10 KiB, one that is extracted 40 KiB with its annotation.
  constexpr std::size_t kArticlesPerMiB = 8;
  constexpr std::size_t kFewest = 256;
  constexpr std::size_t kMost = 8192;
  constexpr std::uint64_t kPendingShare = 8;
  megabytes = std::max(megabytes, kMinMemoryMiB);
  batch_articles = std::clamp(megabytes * kArticlesPerMiB, kFewest, kMost);
  max_pending_bytes = megabytes * kMiB / kPendingShare;
}

void KeepFreedMemory() {
  constexpr int kKept = 128 << 20;
  constexpr int kLargest = 32 << 20;  // Larger pieces are the system's.
  mallopt(M_TRIM_THRESHOLD, kKept);
  mallopt(M_MMAP_THRESHOLD, kLargest);
}

Result<IngestReport> IngestPaths(const std::vector<std::string>& paths, store::Store& store,
                                 const std::shared_ptr<const extract::Knowledge>& knowledge,
                                 const IngestOptions& options) {
  const Clock::time_point start = Clock::now();
  const std::size_t threads =
      options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  // Enough on its way to keep every extractor busy while a batch is written.
  const std::size_t max_items = std::max<std::size_t>(options.batch_articles, 16 * threads);
  Work work(max_items, options.max_pending_bytes);
  Feeder feeder(paths, options, work);
  Collector collector(store, options, start);
  collector.Emit(IngestEventKind::kStarted);
  std::atomic<std::int64_t> extract_nanoseconds = 0;
  const store::Reader known = store.Read();
  Status status;
  {
    Threads running;
    running.Start([&feeder] { feeder.Run(); });
    for (std::size_t i = 0; i < threads; ++i) {
      running.Start([&] {
        Extractor extractor(knowledge, store, known, options.reader);
        for (auto items = work.TakeSome(Extractor::kTogether); !items.empty();
             items = work.TakeSome(Extractor::kTogether)) {
          const Clock::time_point begin = Clock::now();
          std::vector<Extracted> extracted = extractor.Run(items);
          extract_nanoseconds += (Clock::now() - begin).count();
          for (std::size_t k = 0; k < items.size(); ++k) work.Publish(items[k].number, std::move(extracted[k]));
        }
      });
    }
    while (auto extracted = work.Next()) {
      status = collector.Add(*std::move(extracted), work.Left());
      if (!status) break;
    }
    if (status) status = collector.Flush();
    if (!status) work.Abort();
  }
  if (!status) return std::move(status).error();
  if (paths.size() == 1 && feeder.missing()) return *feeder.missing();

  IngestReport& report = collector.report();
  report.stopped = feeder.stopped();
  report.read_seconds = feeder.seconds();
  report.extract_seconds = static_cast<double>(extract_nanoseconds) / 1e9;
  report.seconds = SecondsSince(start);
  collector.Emit(IngestEventKind::kFinished);
  return std::move(report);
}

Result<std::vector<IngestedArticle>> IngestArticles(const std::vector<Article>& articles, store::Store& store,
                                                    extract::Annotator& annotator) {
  const store::Reader known = store.Read();
  std::vector<IngestedArticle> results(articles.size());
  std::vector<store::StoredArticle> batch;
  std::vector<std::size_t> places;  // Of each article of the batch in `articles`.
  for (std::size_t i = 0; i < articles.size(); ++i) {
    results[i] = {articles[i].id, IngestVerdict::kKnown};
    const auto stored = known.GetMeta(articles[i].id);
    if (stored && stored->has_value()) continue;
    batch.push_back({articles[i], annotator.Annotate(articles[i])});
    places.push_back(i);
  }
  if (batch.empty()) return results;
  MAILUO_ASSIGN_OR_RETURN(const std::vector<store::PutOutcome> outcomes, store.Put(batch));
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const bool created = outcomes[i] == store::PutOutcome::kAdded;
    results[places[i]].verdict = created ? IngestVerdict::kCreated : IngestVerdict::kKnown;
  }
  return results;
}

}  // namespace mailuo::ingest
