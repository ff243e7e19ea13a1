#include "store/rebuild.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "store/engine.h"
#include "store/generation.h"
#include "store/keys.h"
#include "store/meta.h"
#include "store/scan.h"
#include "store/store_parts.h"

namespace mailuo::store {
namespace {

// Walks the publication list: keys without their space.
class PublishedList {
 public:
  explicit PublishedList(const EngineView& view) : cursor_(view.Scan(Table::kGraph, SpacePrefix(Space::kPublished))) {
    cursor_->Seek(SpacePrefix(Space::kPublished));
  }
  bool valid() const { return cursor_->valid(); }
  std::string_view key() const { return cursor_->key(); }
  void Next() { cursor_->Next(); }
  Status status() const { return cursor_->status(); }

 private:
  std::unique_ptr<Cursor> cursor_;
};

Status AddArticle(std::string_view key, std::vector<ArticleId>& ids) {
  const auto parsed = ParsePublishedKey(key);
  if (!parsed) return Damaged(key);
  ids.push_back(parsed->article);
  return {};
}

// Room for a graph as large as the one that is there, articles included.
Status CheckRoom(const std::string& path, const Store& served) {
  MAILUO_ASSIGN_OR_RETURN(const StoreInfo info, served.Info());
  std::error_code error;
  const auto space = std::filesystem::space(path, error);
  if (error || space.available >= info.disk_bytes) return {};
  return Error{
      ErrorCode::kIo,
      fmt::format("{} has {} MiB free; a second graph beside the one of {} MiB that goes on being served needs "
                  "as much: make room, or back up and work on a larger disk",
                  path, space.available >> 20U, info.disk_bytes >> 20U)};
}

Result<std::unique_ptr<Store>> OpenFresh(const std::string& path, const StoreOptions& options) {
  auto fresh = Store::Open(path, options);
  // Not what a full disk or a second reindex says.
  if (fresh || fresh.error().code == ErrorCode::kAlreadyExists || fresh.error().code == ErrorCode::kIo) return fresh;
  // Made by other versions, or cut short in its first moments: nothing in it that cannot be made again.
  MAILUO_RETURN_IF_ERROR(DestroyRocksEngine(path));
  std::error_code error;
  std::filesystem::remove_all(path, error);
  return Store::Open(path, options);
}

// What users have said, as it stands in `from`: sorted, no key twice.
Result<std::vector<EngineChange>> CopyOfOwnRecords(const EngineView& from, const EngineView& to) {
  std::map<std::string, EngineChange, std::less<>> changes;
  const auto old = to.Scan(Table::kMeta, "");
  for (old->Seek(""); old->valid(); old->Next()) {
    if (IsVersionName(old->key())) continue;
    const std::string key(old->key());
    changes[key] = {Table::kMeta, ChangeKind::kDelete, key, {}};
  }
  MAILUO_RETURN_IF_ERROR(old->status());
  const auto cursor = from.Scan(Table::kMeta, "");
  for (cursor->Seek(""); cursor->valid(); cursor->Next()) {
    if (IsVersionName(cursor->key())) continue;
    const std::string key(cursor->key());
    changes[key] = {Table::kMeta, ChangeKind::kPut, key, std::string(cursor->value())};
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  std::vector<EngineChange> sorted;
  sorted.reserve(changes.size());
  for (auto& [key, change] : changes) sorted.push_back(std::move(change));
  return sorted;
}

}  // namespace

Rebuild::Rebuild(std::string path, std::uint64_t number, std::unique_ptr<Store> served, std::unique_ptr<Store> fresh)
    : path_(std::move(path)), number_(number), served_(std::move(served)), fresh_(std::move(fresh)) {}
Rebuild::~Rebuild() = default;

Result<std::unique_ptr<Rebuild>> Rebuild::Start(const std::string& path, const StoreOptions& options) {
  StoreOptions reading = options;
  reading.mode = OpenMode::kReadOnly;
  reading.accept_older_format = true;
  MAILUO_ASSIGN_OR_RETURN(std::unique_ptr<Store> served, Store::Open(path, reading));
  MAILUO_ASSIGN_OR_RETURN(const Generation generation, ServedGeneration(path));
  const std::uint64_t number = generation.number + 1;
  const std::string fresh_path = GenerationPath(path, number);
  if (!HoldsRocksEngine(fresh_path)) MAILUO_RETURN_IF_ERROR(CheckRoom(path, *served));
  StoreOptions writing = options;
  writing.mode = OpenMode::kReadWrite;
  writing.create = true;
  writing.accept_other_versions = false;
  // Nobody has been told of what is in it before it is served; then all of it is flushed to disk.
  writing.sync = SyncPolicy::kOs;
  auto fresh = OpenFresh(fresh_path, writing);
  if (!fresh && fresh.error().code == ErrorCode::kAlreadyExists) {
    return Error{ErrorCode::kAlreadyExists, fmt::format("{} is being reindexed already: wait for that to end", path)};
  }
  if (!fresh) return std::move(fresh).error();
  return std::unique_ptr<Rebuild>(new Rebuild(path, number, std::move(served), *std::move(fresh)));
}

Result<Rebuild::Difference> Rebuild::Compare() {
  MAILUO_RETURN_IF_ERROR(served_->Refresh());
  const auto served_view = internal::EngineOf(*served_)->View();
  const auto fresh_view = internal::EngineOf(*fresh_)->View();
  PublishedList served(*served_view);
  PublishedList fresh(*fresh_view);
  Difference difference;
  while (served.valid() || fresh.valid()) {
    if (!fresh.valid() || (served.valid() && served.key() < fresh.key())) {
      MAILUO_RETURN_IF_ERROR(AddArticle(served.key(), difference.missing));
      served.Next();
    } else if (!served.valid() || fresh.key() < served.key()) {
      MAILUO_RETURN_IF_ERROR(AddArticle(fresh.key(), difference.extra));
      fresh.Next();
    } else {
      served.Next();
      fresh.Next();
    }
  }
  MAILUO_RETURN_IF_ERROR(served.status());
  MAILUO_RETURN_IF_ERROR(fresh.status());
  // In the order in which the articles lie.
  std::sort(difference.missing.begin(), difference.missing.end());
  std::sort(difference.extra.begin(), difference.extra.end());
  return difference;
}

Status Rebuild::Finish(const std::function<Status(const Difference&)>& catch_up) {
  MAILUO_ASSIGN_OR_RETURN(const RootLock lock, RootLock::Take(path_, RootLock::Mode::kExclusive));
  MAILUO_ASSIGN_OR_RETURN(const Generation generation, ServedGeneration(path_));
  if (generation.number + 1 != number_) {
    return Error{ErrorCode::kAlreadyExists, fmt::format("{} was reindexed by another process meanwhile", path_)};
  }
  MAILUO_ASSIGN_OR_RETURN(const Difference difference, Compare());
  MAILUO_RETURN_IF_ERROR(catch_up(difference));
  MAILUO_ASSIGN_OR_RETURN(const Difference rest, Compare());
  if (!rest.missing.empty() || !rest.extra.empty()) {
    return Error{ErrorCode::kInternal, fmt::format("{} articles differ from the served graph after catching up",
                                                   rest.missing.size() + rest.extra.size())};
  }
  std::shared_ptr<Engine> engine = internal::EngineOf(*fresh_);
  MAILUO_ASSIGN_OR_RETURN(const std::vector<EngineChange> own,
                          CopyOfOwnRecords(*internal::EngineOf(*served_)->View(), *engine->View()));
  if (!own.empty()) MAILUO_RETURN_IF_ERROR(engine->Write(own, true));
  MAILUO_RETURN_IF_ERROR(engine->Flush());
  // Closed, so that whoever writes to the served store can go on writing to it.
  engine.reset();
  fresh_.reset();
  MAILUO_RETURN_IF_ERROR(ServeGeneration(path_, number_));
  served_.reset();
  RemoveOldGenerations(path_, {number_, GenerationPath(path_, number_)});
  return {};
}

}  // namespace mailuo::store
