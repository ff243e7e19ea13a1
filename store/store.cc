#include "store/store.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <set>
#include <system_error>

#include <fmt/core.h>

#include "store/adopted_lexicon.h"
#include "store/engine.h"
#include "store/fault.h"
#include "store/generation.h"
#include "store/group.h"
#include "store/holder.h"
#include "store/keys.h"
#include "store/meta.h"
#include "store/opening.h"
#include "store/prepared.h"
#include "store/records.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

// Articles of one atomic batch: what memory bounds.
constexpr std::size_t kMaxGroup = 8192;

std::string FoldAsciiOnly(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

StoreOptions Complete(const StoreOptions& options) {
  StoreOptions complete = options;
  if (complete.fold_name == nullptr) complete.fold_name = &FoldAsciiOnly;
  return complete;
}

}  // namespace

class Store::Impl {
 public:
  Impl(std::string path, const StoreOptions& options, Opened opened)
      : path_(std::move(path)), options_(options), served_(std::move(opened)) {}
  ~Impl() {
    if (!holds_) return;
    RemoveHolder(path_);
    served_.engine.reset();
    RemoveOldGenerations(path_, served_.generation);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const std::string& path() const { return path_; }
  bool writable() const { return options_.mode == OpenMode::kReadWrite; }

  // Reads or writes what the store says of itself.
  Status Start() {
    MAILUO_ASSIGN_OR_RETURN(const StoreVersions versions, ReadVersions(*served_.engine->View()));
    if (versions.format == 0) {
      if (!writable()) return Error{ErrorCode::kNotFound, fmt::format("there is no finished store at {}", path_)};
      MAILUO_RETURN_IF_ERROR(Create());
    } else {
      MAILUO_RETURN_IF_ERROR(CheckFormat(path_, versions, options_));
      if (writable()) MAILUO_RETURN_IF_ERROR(CheckWriter(versions));
    }
    if (writable()) {
      WriteHolder(path_);
      holds_ = true;
      RemoveOldGenerations(path_, served_.generation);
    }
    return {};
  }

  Result<std::vector<PutOutcome>> Put(std::span<const StoredArticle> articles) {
    MAILUO_ASSIGN_OR_RETURN(const std::vector<PreparedArticle> prepared, PrepareAll(articles));
    return PutPrepared(prepared);
  }

  Result<PreparedArticle> Prepare(const StoredArticle& stored) const {
    return store::Prepare(stored, options_.fold_name);
  }

  Result<std::vector<PutOutcome>> PutPrepared(std::span<const PreparedArticle> articles) {
    std::vector<PutOutcome> outcomes;
    outcomes.reserve(articles.size());
    while (!articles.empty()) {
      MAILUO_ASSIGN_OR_RETURN(const Writing writing, BeginWriting(Annotates::kYes));
      const auto group = articles.first(std::min(articles.size(), kMaxGroup));
      MAILUO_RETURN_IF_ERROR(PutGroup(writing, group, outcomes));
      articles = articles.subspan(group.size());
    }
    return outcomes;
  }

  Result<bool> Remove(const ArticleId& id) {
    MAILUO_ASSIGN_OR_RETURN(const Writing writing, BeginWriting(Annotates::kNo));
    const Hold hold(*this, {id});
    GroupBuilder group(options_.fold_name);
    MAILUO_ASSIGN_OR_RETURN(const bool known, RemoveFrom(writing, group, id));
    if (known) MAILUO_RETURN_IF_ERROR(Commit(writing, group, "delete"));
    return known;
  }

  Result<bool> Replace(const ArticleId& old_id, const StoredArticle& stored) {
    MAILUO_ASSIGN_OR_RETURN(const PreparedArticle prepared, Prepare(stored));
    MAILUO_ASSIGN_OR_RETURN(const Writing writing, BeginWriting(Annotates::kYes));
    const ArticleId& new_id = stored.article.id;
    const Hold hold(*this, {old_id, new_id});
    GroupBuilder group(options_.fold_name);
    MAILUO_ASSIGN_OR_RETURN(const bool known, RemoveFrom(writing, group, old_id));
    if (new_id != old_id) {
      // The new article may be known already, with another annotation.
      MAILUO_RETURN_IF_ERROR(RemoveFrom(writing, group, new_id).map([](bool) {}));
    }
    group.Add(prepared);
    MAILUO_RETURN_IF_ERROR(Commit(writing, group, "replace"));
    return known;
  }

  Result<std::size_t> Reannotate(std::span<const StoredArticle> articles) {
    MAILUO_ASSIGN_OR_RETURN(const std::vector<PreparedArticle> prepared, PrepareAll(articles));
    std::span<const PreparedArticle> rest = prepared;
    std::size_t known = 0;
    while (!rest.empty()) {
      MAILUO_ASSIGN_OR_RETURN(const Writing writing, BeginWriting(Annotates::kYes));
      const auto group = rest.first(std::min(rest.size(), kMaxGroup));
      MAILUO_ASSIGN_OR_RETURN(const std::size_t known_of_group, ReannotateGroup(writing, group));
      known += known_of_group;
      rest = rest.subspan(group.size());
    }
    return known;
  }

  Result<std::uint64_t> Operate(EntityOperation operation) {
    MAILUO_ASSIGN_OR_RETURN(const Writing writing, BeginWriting(Annotates::kNo));
    // What the journal allows stays true until it is written.
    const std::lock_guard lock(journal_mutex_);
    MAILUO_ASSIGN_OR_RETURN(const std::vector<JournalEntry> journal, ReadJournal(*writing.engine->View()));
    MAILUO_RETURN_IF_ERROR(CheckOperation(journal, operation));
    const std::uint64_t number = journal.size() + 1;
    const std::array change{
        EngineChange{Table::kMeta, ChangeKind::kPut, OperationKey(number), EncodeOperation(operation)}};
    MAILUO_RETURN_IF_ERROR(writing.engine->Write(change, true));
    return number;
  }

  Status AdoptLexicon(const std::string& tsv) {
    MAILUO_ASSIGN_OR_RETURN(const Writing writing, BeginWriting(Annotates::kNo));
    const std::array change{AdoptedLexiconChange(tsv)};
    return writing.engine->Write(change, true);
  }

  std::shared_ptr<const internal::View> View() const {
    return std::make_shared<const internal::View>(engine()->View(), options_.fold_name, resolved_);
  }

  // What answers are read from: the served generation, for a read-only store that of its opening or last Refresh.
  std::shared_ptr<Engine> engine() const {
    const std::lock_guard lock(served_mutex_);
    if (writable()) {
      // Where the new generation cannot be opened, the one before still answers; a change would say what is wrong.
      const Status adopted = Adopt(OpenMode::kReadOnly);
      if (!adopted) return served_.engine;
    }
    return served_.engine;
  }

  Status Refresh() {
    if (writable()) return {};
    {
      const std::lock_guard lock(served_mutex_);
      const bool same =
          StampOf(path_) == served_.stamp && RocksFilesFingerprint(served_.generation.path) == served_.files;
      if (same) return {};
    }
    MAILUO_ASSIGN_OR_RETURN(Opened fresh, OpenServed(path_, options_));
    const std::lock_guard lock(served_mutex_);
    served_ = std::move(fresh);
    return {};
  }

  Status SetVersions(std::uint64_t lexicon_version, std::uint64_t rules_version) {
    MAILUO_ASSIGN_OR_RETURN(const Writing writing, BeginWriting(Annotates::kNo));
    MAILUO_ASSIGN_OR_RETURN(StoreVersions versions, ReadVersions(*writing.engine->View()));
    versions.lexicon = lexicon_version;
    versions.rules = rules_version;
    return WriteVersions(*writing.engine, versions);
  }

  Result<StoreInfo> Info() const {
    const std::shared_ptr<Engine> engine = this->engine();
    const auto view = engine->View();
    MAILUO_ASSIGN_OR_RETURN(const StoreVersions versions, ReadVersions(*view));
    StoreInfo info;
    info.format_version = versions.format;
    info.lexicon_version = versions.lexicon;
    info.rules_version = versions.rules;
    info.sequence = view->sequence();
    info.disk_bytes = engine->DiskBytes();
    constexpr std::array kSpaces{Space::kArticle, Space::kPublished,  Space::kName,     Space::kFolded,
                                 Space::kMention, Space::kTimeline,   Space::kDay,      Space::kEvent,
                                 Space::kEdge,    Space::kNeighbours, Space::kEvidence, Space::kCooccur,
                                 Space::kTotals,  Space::kSignature,  Space::kBand};
    std::vector<KeyRange> ranges;
    for (const Space space : kSpaces) {
      const std::string prefix = SpacePrefix(space);
      if (space == Space::kArticle) {
        ranges.push_back({Table::kArticles, "", std::string(17, '\xFF')});
      } else {
        ranges.push_back({Table::kGraph, prefix, After(prefix)});
      }
    }
    const std::vector<std::uint64_t> sizes = engine->ApproximateBytes(ranges);
    for (std::size_t i = 0; i < kSpaces.size(); ++i) {
      info.spaces.push_back({std::string(SpaceName(kSpaces[i])), sizes[i]});
    }
    return info;
  }

 private:
  // Keeps the articles to this thread: what is decided from "is it known?" stays true until it is written.
  class Hold {
   public:
    Hold(Impl& impl, std::set<ArticleId> ids) : impl_(impl), ids_(std::move(ids)) {
      std::unique_lock lock(impl_.held_mutex_);
      // All or none, so that two groups never wait for each other.
      impl_.released_.wait(lock, [this] {
        return std::none_of(ids_.begin(), ids_.end(),
                            [this](const ArticleId& id) { return impl_.held_.count(id) != 0; });
      });
      impl_.held_.insert(ids_.begin(), ids_.end());
    }
    ~Hold() {
      {
        const std::lock_guard lock(impl_.held_mutex_);
        for (const ArticleId& id : ids_) impl_.held_.erase(id);
      }
      impl_.released_.notify_all();
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    Impl& impl_;
    std::set<ArticleId> ids_;
  };

  // While it is there, no other generation comes to be served.
  struct Writing {
    RootLock lock;
    std::shared_ptr<Engine> engine;
  };
  enum class Annotates : std::uint8_t { kNo, kYes };

  Result<Writing> BeginWriting(Annotates annotates) {
    if (!writable()) {
      return Error{ErrorCode::kUnsupported, fmt::format("the store {} is open for reading only", path_)};
    }
    MAILUO_ASSIGN_OR_RETURN(RootLock lock, RootLock::Take(path_, RootLock::Mode::kShared));
    const std::lock_guard served_lock(served_mutex_);
    MAILUO_RETURN_IF_ERROR(Adopt(OpenMode::kReadWrite));
    if (annotates == Annotates::kYes && outdated_) {
      return Error{
          ErrorCode::kUnsupported,
          fmt::format("{} was reindexed with another lexicon or other rules: start this program again", path_)};
    }
    return Writing{std::move(lock), served_.engine};
  }

  // Moves a writable store on to the generation that another process made and had served. Where yet another process
  // writes to that, it can be read at least. REQUIRES: served_mutex_.
  Status Adopt(OpenMode least) const {
    const bool wanted = borrowed_ && least == OpenMode::kReadWrite;
    if (!wanted && StampOf(path_) == served_.stamp) return {};
    StoreOptions options = options_;
    auto opened = OpenServed(path_, options);
    const bool held = !opened && opened.error().code == ErrorCode::kAlreadyExists;
    if (held && least == OpenMode::kReadOnly) {
      options.mode = OpenMode::kReadOnly;
      opened = OpenServed(path_, options);
    }
    if (!opened) return Explain(std::move(opened).error(), path_);
    MAILUO_ASSIGN_OR_RETURN(const StoreVersions versions, ReadVersions(*opened->engine->View()));
    MAILUO_RETURN_IF_ERROR(CheckFormat(path_, versions, options_));
    outdated_ = !CheckVersions(path_, versions, options_) || !CheckFolder(path_, versions, options_);
    if (!borrowed_) served_.engine->Abandon();
    served_ = *std::move(opened);
    borrowed_ = held;
    RemoveOldGenerations(path_, served_.generation);
    return {};
  }

  Status Create() {
    return WriteVersions(*served_.engine, {kFormatVersion, options_.lexicon_version, options_.rules_version,
                                           FolderFingerprint(options_.fold_name)});
  }

  Status CheckWriter(const StoreVersions& versions) {
    MAILUO_RETURN_IF_ERROR(CheckVersions(path_, versions, options_));
    return CheckFolder(path_, versions, options_);
  }

  Result<std::vector<PreparedArticle>> PrepareAll(std::span<const StoredArticle> articles) const {
    std::vector<PreparedArticle> prepared;
    prepared.reserve(articles.size());
    for (const StoredArticle& stored : articles) {
      MAILUO_ASSIGN_OR_RETURN(PreparedArticle one, Prepare(stored));
      prepared.push_back(std::move(one));
    }
    return prepared;
  }

  Status PutGroup(const Writing& writing, std::span<const PreparedArticle> articles,
                  std::vector<PutOutcome>& outcomes) {
    std::set<ArticleId> ids;
    for (const PreparedArticle& article : articles) ids.insert(article.id);
    const Hold hold(*this, ids);
    GroupBuilder group(options_.fold_name);
    for (const PreparedArticle& article : articles) {
      Status status;
      // Erased: a copy later in the group is known by then.
      const bool known =
          ids.erase(article.id) == 0 || writing.engine->Has(Table::kArticles, ArticleKey(article.id), status);
      MAILUO_RETURN_IF_ERROR(status);
      if (!known) group.Add(article);
      outcomes.push_back(known ? PutOutcome::kKnown : PutOutcome::kAdded);
    }
    return Commit(writing, group, "put");
  }

  Result<std::size_t> ReannotateGroup(const Writing& writing, std::span<const PreparedArticle> articles) {
    std::set<ArticleId> ids;
    for (const PreparedArticle& article : articles) ids.insert(article.id);
    const Hold hold(*this, ids);
    GroupBuilder group(options_.fold_name);
    std::size_t known = 0;
    for (const PreparedArticle& article : articles) {
      if (ids.erase(article.id) == 0) continue;  // A copy: the first one stands, as in Put.
      MAILUO_ASSIGN_OR_RETURN(const bool was_known, RemoveFrom(writing, group, article.id));
      if (!was_known) continue;
      group.Add(article);
      ++known;
    }
    MAILUO_RETURN_IF_ERROR(Commit(writing, group, "reannotate"));
    return known;
  }

  Result<bool> RemoveFrom(const Writing& writing, GroupBuilder& group, const ArticleId& id) {
    MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            writing.engine->View()->Get(Table::kArticles, ArticleKey(id)));
    if (!bytes) return false;
    const auto record = DecodeArticle(id, *bytes);
    if (!record) return Error{ErrorCode::kCorruption, fmt::format("the record of article {} is damaged", FormatId(id))};
    MAILUO_RETURN_IF_ERROR(group.Remove(*record));
    return true;
  }

  // `what`: the name of the change, for fault points.
  Status Commit(const Writing& writing, GroupBuilder& group, std::string_view what) const {
    const std::vector<ChangeRef> changes = group.Finish();
    if (changes.empty()) return {};
    if (fault::Armed()) fault::Reach(std::string(what) + ".before");
    MAILUO_RETURN_IF_ERROR(writing.engine->Write(changes, options_.sync == SyncPolicy::kDurable));
    if (fault::Armed()) fault::Reach(std::string(what) + ".after");
    return {};
  }

  const std::string path_;
  const StoreOptions options_;
  mutable std::mutex served_mutex_;
  mutable Opened served_;          // Guarded by served_mutex_.
  mutable bool borrowed_ = false;  // It is open for reading only, beside another writer. Guarded by served_mutex_.
  mutable bool outdated_ = false;  // The served generation was made by other versions. Guarded by served_mutex_.
  const std::shared_ptr<internal::ResolvedCache> resolved_ = std::make_shared<internal::ResolvedCache>();
  std::mutex journal_mutex_;
  bool holds_ = false;
  std::mutex held_mutex_;
  std::condition_variable released_;
  std::set<ArticleId> held_;  // Guarded by held_mutex_.
};

std::shared_ptr<Engine> internal::EngineOf(const Store& store) { return store.impl_->engine(); }

Result<std::unique_ptr<Store>> internal::OpenOver(std::shared_ptr<Engine> engine, const std::string& root,
                                                  const StoreOptions& options) {
  Opened opened{std::move(engine), {0, root}, StampOf(root), RocksFilesFingerprint(root)};
  auto impl = std::make_unique<Store::Impl>(root, Complete(options), std::move(opened));
  MAILUO_RETURN_IF_ERROR(impl->Start());
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::Open(const std::string& path, const StoreOptions& options) {
  MAILUO_RETURN_IF_ERROR(PrepareFolder(path, options));
  const StoreOptions complete = Complete(options);
  auto opened = OpenServed(path, complete);
  if (!opened) return Explain(std::move(opened).error(), path);
  auto impl = std::make_unique<Impl>(path, complete, *std::move(opened));
  MAILUO_RETURN_IF_ERROR(impl->Start());
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Result<std::vector<PutOutcome>> Store::Put(std::span<const StoredArticle> articles) { return impl_->Put(articles); }
Result<std::vector<PutOutcome>> Store::PutPrepared(std::span<const PreparedArticle> articles) {
  return impl_->PutPrepared(articles);
}
Result<PreparedArticle> Store::Prepare(const StoredArticle& stored) const { return impl_->Prepare(stored); }
Result<bool> Store::Delete(const ArticleId& id) { return impl_->Remove(id); }
Result<bool> Store::Replace(const ArticleId& old_id, const StoredArticle& article) {
  return impl_->Replace(old_id, article);
}

Result<std::size_t> Store::Reannotate(std::span<const StoredArticle> articles) { return impl_->Reannotate(articles); }

Result<std::uint64_t> Store::Operate(EntityOperation operation) { return impl_->Operate(std::move(operation)); }

Status Store::AdoptLexicon(const std::string& tsv) { return impl_->AdoptLexicon(tsv); }

Reader Store::Read(std::optional<Date> as_of) const { return Reader(impl_->View(), as_of); }

Status Store::Refresh() { return impl_->Refresh(); }
Status Store::SetVersions(std::uint64_t lexicon_version, std::uint64_t rules_version) {
  return impl_->SetVersions(lexicon_version, rules_version);
}
Result<StoreInfo> Store::Info() const { return impl_->Info(); }
const std::string& Store::folder() const { return impl_->path(); }
Status Store::Compact() { return impl_->engine()->Compact(); }
Status Store::Backup(const std::string& backup_path) const { return impl_->engine()->Backup(backup_path); }

Status Store::Restore(const std::string& backup_path, const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    return Error{ErrorCode::kAlreadyExists, fmt::format("{} exists: restore into a new folder", path)};
  }
  if (!std::filesystem::is_directory(backup_path, error)) {
    return Error{ErrorCode::kNotFound, fmt::format("there is no backup at {}", backup_path)};
  }
  return RestoreRocksEngine(backup_path, path);
}

}  // namespace mailuo::store
