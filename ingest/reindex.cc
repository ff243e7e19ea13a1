#include "ingest/reindex.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "ingest/ordered_work.h"
#include "store/rebuild.h"

namespace mailuo::ingest {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kGroup = 1024;    // Articles of one write: enough for sorted files.
constexpr std::size_t kLastGroup = 64;  // Of those that writers wait for, at the end.

// What became of one article.
struct Extracted {
  std::optional<Error> error;
  std::optional<store::StoredArticle> article;  // With its new annotation; nothing: it is gone.
  AnnotationDiff diff;
  bool resumed = false;  // The new graph has it already.
};

using Work = OrderedWork<ArticleId, Extracted>;

// One thread's share.
class Extractor {
 public:
  // `fresh`: the new graph as far as it goes; nothing in a dry run.
  Extractor(const std::shared_ptr<const extract::Knowledge>& knowledge, store::Reader served,
            std::optional<store::Reader> fresh, bool compare)
      : annotator_(knowledge), served_(std::move(served)), fresh_(std::move(fresh)), compare_(compare) {}

  Extracted Run(const ArticleId& id) {
    Extracted out;
    // Libraries may throw (memory, above all).
    try {
      if (const Status status = Fill(id, out); !status) out.error = status.error();
    } catch (const std::exception& error) {
      out.error = Error{ErrorCode::kInternal, "extracting " + FormatId(id) + " failed: " + error.what()};
    }
    return out;
  }

 private:
  Status Fill(const ArticleId& id, Extracted& out) {
    MAILUO_ASSIGN_OR_RETURN(std::optional<store::StoredArticle> stored, served_.GetAsExtracted(id));
    if (!stored) return {};
    Annotation old_annotation = std::move(stored->annotation);
    std::optional<store::StoredArticle> done;
    if (fresh_) {
      MAILUO_ASSIGN_OR_RETURN(done, fresh_->GetAsExtracted(id));
    }
    out.resumed = done.has_value();
    stored->annotation = done ? std::move(done->annotation) : annotator_.Annotate(stored->article);
    if (compare_) out.diff = Compare(stored->article, old_annotation, stored->annotation);
    out.article = std::move(stored);
    return {};
  }

  extract::Annotator annotator_;
  store::Reader served_;
  std::optional<store::Reader> fresh_;
  bool compare_;
};

class Reindexer {
 public:
  Reindexer(std::shared_ptr<const extract::Knowledge> knowledge, const ReindexOptions& options)
      : knowledge_(std::move(knowledge)),
        options_(options),
        threads_(options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency())) {}

  Result<ReindexReport> DryRun(const std::string& path, store::StoreOptions store_options) {
    store_options.mode = store::OpenMode::kReadOnly;
    store_options.accept_older_format = true;
    MAILUO_ASSIGN_OR_RETURN(const auto served, store::Store::Open(path, store_options));
    MAILUO_ASSIGN_OR_RETURN(const std::vector<ArticleId> all, AllArticles(served->Read()));
    MAILUO_RETURN_IF_ERROR(Run(all, served->Read(), nullptr, true));
    return report_;
  }

  Result<ReindexReport> Rebuild(const std::string& path, const store::StoreOptions& store_options) {
    MAILUO_ASSIGN_OR_RETURN(const auto rebuild, store::Rebuild::Start(path, store_options));
    MAILUO_ASSIGN_OR_RETURN(const auto before, rebuild->fresh().Read().GetTotals());
    report_.resumed = before.articles;
    bool compare = options_.on_article != nullptr;
    for (bool first = true;; first = false) {
      MAILUO_ASSIGN_OR_RETURN(store::Rebuild::Difference difference, rebuild->Compare());
      // What little is left is done while writers wait.
      if (!first && difference.missing.size() + difference.extra.size() < kLastGroup) break;
      if (first && compare) {
        MAILUO_RETURN_IF_ERROR(RemoveExtra(difference, rebuild->fresh()));
        MAILUO_ASSIGN_OR_RETURN(difference.missing, AllArticles(rebuild->served().Read()));
        difference.extra.clear();
      }
      MAILUO_RETURN_IF_ERROR(CatchUp(difference, *rebuild, compare));
      if (report_.stopped) return report_;
    }
    // From here on it ends, whatever `stop` says: writers wait.
    finishing_ = true;
    MAILUO_RETURN_IF_ERROR(rebuild->Finish(
        [&](const store::Rebuild::Difference& difference) { return CatchUp(difference, *rebuild, compare); }));
    return report_;
  }

 private:
  static Result<std::vector<ArticleId>> AllArticles(const store::Reader& reader) {
    std::vector<ArticleId> ids;
    std::string resume;
    do {
      MAILUO_ASSIGN_OR_RETURN(const auto page, reader.Articles({}, store::Order::kOldestFirst, resume, 4096));
      for (const store::ArticleRef& ref : page.items) ids.push_back(ref.article);
      resume = page.resume;
    } while (!resume.empty());
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  Status RemoveExtra(const store::Rebuild::Difference& difference, store::Store& fresh) {
    for (const ArticleId& id : difference.extra) {
      MAILUO_ASSIGN_OR_RETURN(const bool known, fresh.Delete(id));
      report_.deleted += known ? 1U : 0U;
    }
    return {};
  }

  Status CatchUp(const store::Rebuild::Difference& difference, store::Rebuild& rebuild, bool compare) {
    // First: an article whose day of publication is another now is in both lists.
    MAILUO_RETURN_IF_ERROR(RemoveExtra(difference, rebuild.fresh()));
    return Run(difference.missing, rebuild.served().Read(), &rebuild.fresh(), compare);
  }

  // Extracts the articles, and puts them into `fresh` unless this is a dry run.
  Status Run(const std::vector<ArticleId>& ids, const store::Reader& served, store::Store* fresh, bool compare) {
    total_ += ids.size();
    Work work(2 * kGroup, 2 * kGroup);
    std::vector<std::thread> threads;
    Status status;
    const auto join = [&threads] {
      for (std::thread& thread : threads) thread.join();
    };
    threads.emplace_back([&] {
      for (const ArticleId& id : ids) {
        if (!work.Put(id, 1)) return;
      }
      work.EndInput();
    });
    for (std::size_t i = 0; i < std::min(threads_, ids.size()); ++i) {
      threads.emplace_back([&] {
        std::optional<store::Reader> known;
        if (fresh != nullptr && compare) known = fresh->Read();
        Extractor extractor(knowledge_, served, std::move(known), compare);
        while (auto item = work.Take()) work.Publish(item->number, extractor.Run(item->value));
      });
    }
    while (auto extracted = work.Next()) {
      status = Collect(*std::move(extracted), fresh);
      if (!status || report_.stopped) break;
    }
    if (status) status = Flush(fresh);
    work.Abort();
    join();
    return status;
  }

  Status Collect(Extracted&& extracted, store::Store* fresh) {
    if (extracted.error) return *std::move(extracted.error);
    if (!extracted.article) return {};
    if (options_.on_article) options_.on_article(extracted.article->article, extracted.diff);
    if (extracted.resumed) return {};
    group_.push_back(*std::move(extracted.article));
    return group_.size() < kGroup ? Status() : Flush(fresh);
  }

  Status Flush(store::Store* fresh) {
    if (fresh != nullptr && !group_.empty()) MAILUO_RETURN_IF_ERROR(fresh->Put(group_).map([](const auto&) {}));
    report_.extracted += group_.size();
    group_.clear();
    if (options_.on_progress && Clock::now() >= next_progress_) {
      next_progress_ = Clock::now() + std::chrono::milliseconds(50);
      options_.on_progress({report_.extracted, total_});
    }
    report_.stopped = !finishing_ && options_.stop && options_.stop();
    return {};
  }

  std::shared_ptr<const extract::Knowledge> knowledge_;
  const ReindexOptions& options_;
  std::size_t threads_;
  ReindexReport report_;
  std::vector<store::StoredArticle> group_;
  std::uint64_t total_ = 0;
  bool finishing_ = false;
  Clock::time_point next_progress_;
};

}  // namespace

Result<ReindexReport> Reindex(const std::string& path, const store::StoreOptions& store_options,
                              const std::shared_ptr<const extract::Knowledge>& knowledge,
                              const ReindexOptions& options) {
  Reindexer reindexer(knowledge, options);
  return options.dry_run ? reindexer.DryRun(path, store_options) : reindexer.Rebuild(path, store_options);
}

}  // namespace mailuo::ingest
