// The graph on disk: opening it and changing it. Reading is reader.h.
//
// What an article puts into the graph is a pure function of the article and its annotation (contribution.h), so a store
// is a function of its set of articles: the order, grouping and threads of writing leave no trace (Reader::Digest).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/postings.h"
#include "store/reader.h"

namespace mailuo::store {

class Engine;
class Store;
struct PreparedArticle;  // prepared.h
struct StoreOptions;
namespace internal {
std::shared_ptr<Engine> EngineOf(const Store& store);
Result<std::unique_ptr<Store>> OpenOver(std::shared_ptr<Engine> engine, const std::string& root,
                                        const StoreOptions& options);
}  // namespace internal

enum class OpenMode : std::uint8_t {
  kReadWrite,  // One process at a time; others get kAlreadyExists with a message that names the holder.
  kReadOnly,   // The state at opening; any number, also beside a live writer, which they never disturb.
};

enum class SyncPolicy : std::uint8_t {
  kDurable,  // A call returns when its articles are on disk: they survive power loss.
  kOs,       // A call returns when the operating system has them: they survive the end of this process at any instant.
};

// The form under which names are compared (text::FoldKey). Pure; the store itself knows no text rules. Every process
// that writes or verifies one store passes the same.
using NameFolder = std::string (*)(std::string_view utf8);

struct StoreOptions {
  OpenMode mode = OpenMode::kReadWrite;
  bool create = true;  // kReadWrite only: make the store where there is none; false: kNotFound.
  SyncPolicy sync = SyncPolicy::kDurable;
  NameFolder fold_name = nullptr;  // nullptr: ASCII letters to lower case, nothing else.
  // What annotations are made by. A store remembers them; 0 takes what the store has. Opening for writing with others
  // is kUnsupported and names `mailuo reindex`, unless accept_other_versions (reindex itself).
  std::uint64_t lexicon_version = 0;
  std::uint64_t rules_version = 0;
  bool accept_other_versions = false;
  // kReadOnly only: also a store of an older format whose articles this program reads, though not its graph (reindex).
  bool accept_older_format = false;
  std::size_t block_cache_bytes = std::size_t{256} << 20;
  std::size_t write_buffer_bytes = std::size_t{64} << 20;  // Of not yet flushed writes.
  int background_jobs = 2;                                 // Flushes and compactions.
  // A group that changes at least so many keys (some hundred articles) is written as sorted files, durably, whatever
  // `sync` says: the same store for a fraction of the work of log and memtable.
  std::size_t bulk_changes = 50'000;
};

enum class PutOutcome : std::uint8_t { kAdded, kKnown };

struct SpaceStats {
  std::string name;         // "article", "timeline", ...
  std::uint64_t bytes = 0;  // On disk, after compression; an estimate.
};

struct StoreInfo {
  std::uint32_t format_version = 0;
  std::uint64_t lexicon_version = 0;
  std::uint64_t rules_version = 0;
  std::uint64_t sequence = 0;    // Grows with every change; the `snapshot` of answers.
  std::uint64_t disk_bytes = 0;  // All files of the folder.
  std::vector<SpaceStats> spaces;
};

// Another process may make the graph anew (rebuild.h). A store open for writing moves on to the new one by itself;
// where that is made by other versions, it goes on reading and deleting, and refuses new annotations (kUnsupported).
//
// Thread safety: every method may be called from any thread; calls on one article wait for each other.
class Store {
 public:
  // Errors: kNotFound (no store there), kAlreadyExists (open for writing elsewhere; names process, host and command),
  // kUnsupported (another format or other versions; names the command to run), kCorruption, kIo.
  static Result<std::unique_ptr<Store>> Open(const std::string& path, const StoreOptions& options);
  // Closes cleanly. Readers may outlive the store object: they keep the files open.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Adds articles; one outcome each, in order. Each article is written whole or not at all, and all of them are
  // acknowledged by the return (see SyncPolicy). An article whose id is known, or comes twice in `articles`, changes
  // nothing and is kKnown. Groups of 100 to 1000 cost a fraction per article of single calls, thousands again a
  // fraction of that; a longer one is written 8192 at a time. On an error none of the articles was added, but for whole
  // groups of 8192 before it: put them again. REQUIRES: kReadWrite; article.id is set. kInvalidArgument: an id of zero;
  // offsets or indexes of the annotation that do not fit the article or each other.
  Result<std::vector<PutOutcome>> Put(std::span<const StoredArticle> articles);

  // The same in two steps: what can be made ahead, by many threads, and the writing. Errors: Prepare has the
  // kInvalidArgument of Put.
  Result<PreparedArticle> Prepare(const StoredArticle& stored) const;
  Result<std::vector<PutOutcome>> PutPrepared(std::span<const PreparedArticle> articles);

  // Takes out all that the article put in: afterwards the store is as if it had never been there. False: not known.
  Result<bool> Delete(const ArticleId& id);

  // Delete(old_id) and Put(article) as one change; the ids may be equal (a new annotation of a known article).
  // False: old_id was not known, `article` was put all the same.
  Result<bool> Replace(const ArticleId& old_id, const StoredArticle& article);

  // Gives known articles new annotations, in groups like Put: reindexing. Articles that are not known are left out, so
  // that one that was deleted meanwhile does not come back. Returns how many were known. Errors as of Put.
  Result<std::size_t> Reannotate(std::span<const StoredArticle> articles);

  // Writes an operation on entities (operations.h) into the journal, synced to disk whatever the SyncPolicy, and
  // returns its number. Readers taken afterwards see it in force. Errors: those of CheckOperation.
  Result<std::uint64_t> Operate(EntityOperation operation);

  // Names that this graph's users adopted (adopted_lexicon.h), in the place of those before; synced to disk. The graph
  // stays as it is until it is extracted anew.
  Status AdoptLexicon(const std::string& tsv);

  // What is committed now, as of `as_of` (see Reader). Cheap.
  Reader Read(std::optional<Date> as_of = std::nullopt) const;

  // kReadOnly: moves on to what the writer has committed since, cheaply if that is nothing; a no-op for a writer.
  Status Refresh();

  // After reindexing every article: the versions that annotations are made by from now on.
  Status SetVersions(std::uint64_t lexicon_version, std::uint64_t rules_version);

  Result<StoreInfo> Info() const;
  // For what is derived from the graph and worth keeping (derived_file.h).
  const std::string& folder() const;

  // Rewrites everything into its final, smallest form. Long; readers and writers go on meanwhile.
  Status Compact();

  // Adds a backup of the present state to the folder `backup_path` (made if missing); files that an earlier backup
  // there has are shared.
  Status Backup(const std::string& backup_path) const;
  // Makes a store at `path` from the newest backup. kAlreadyExists if anything is at `path`.
  static Status Restore(const std::string& backup_path, const std::string& path);

 private:
  friend std::shared_ptr<Engine> internal::EngineOf(const Store& store);
  friend Result<std::unique_ptr<Store>> internal::OpenOver(std::shared_ptr<Engine> engine, const std::string& root,
                                                           const StoreOptions& options);
  class Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::store
