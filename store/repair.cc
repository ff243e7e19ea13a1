#include "store/repair.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/bytes.h"
#include "store/contribution.h"
#include "store/engine.h"
#include "store/generation.h"
#include "store/keys.h"
#include "store/meta.h"
#include "store/records.h"
#include "store/salvage.h"
#include "store/store_parts.h"

namespace mailuo::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kGroup = 256;

// The title stands first in a record, so that it may be readable where the rest is not.
std::string TitleOf(std::string_view record) {
  constexpr std::size_t kLongest = 1000;
  ByteReader reader(record);
  reader.Byte();
  const std::string_view title = reader.Text();
  return title.size() > kLongest ? std::string() : std::string(title);
}

// Takes in what salvage finds, and puts whole articles into `fresh`, if there is one.
class Collector {
 public:
  Collector(RepairReport& report, Store* fresh) : report_(report), fresh_(fresh) {}

  void Add(Table table, std::string_view key, std::string_view value) {
    switch (table) {
      case Table::kMeta: meta_.emplace(key, value); return;
      case Table::kGraph: AddListed(key); return;
      case Table::kArticles: AddArticle(key, value); return;
    }
  }

  Status Finish() {
    Flush();
    MAILUO_RETURN_IF_ERROR(std::move(status_));
    for (const ArticleId& id : listed_) {
      if (kept_.count(id) == 0) broken_.emplace(id, LostArticle{id, {}, "its record is gone or cannot be read"});
    }
    for (auto& [id, lost] : broken_) {
      if (kept_.count(id) == 0) report_.lost.push_back(std::move(lost));
    }
    report_.kept = kept_.size();
    for (const auto& [key, value] : meta_) {
      if (!IsVersionName(key)) ++report_.journal;
    }
    return {};
  }
  const std::map<std::string, std::string, std::less<>>& meta() const { return meta_; }

 private:
  void AddListed(std::string_view key) {
    if (const auto published = ParsePublishedKey(key)) listed_.insert(published->article);
  }
  void AddArticle(std::string_view key, std::string_view value) {
    const auto id = ParseArticleKey(key);
    if (!id || kept_.count(*id) != 0) return;
    auto record = DecodeArticle(*id, value);
    if (!record || !Validate(record->stored)) {
      broken_.emplace(*id, LostArticle{*id, TitleOf(value), "its record is damaged"});
      return;
    }
    kept_.insert(*id);
    if (fresh_ == nullptr) return;
    group_.push_back(std::move(record->stored));
    if (group_.size() == kGroup) Flush();
  }
  void Flush() {
    if (!status_ || group_.empty()) return;
    status_ = fresh_->Put(group_).map([](const auto&) {});
    group_.clear();
  }

  RepairReport& report_;
  Store* fresh_;
  Status status_;
  std::set<ArticleId> kept_;
  std::set<ArticleId> listed_;
  std::map<ArticleId, LostArticle> broken_;
  std::map<std::string, std::string, std::less<>> meta_;
  std::vector<StoredArticle> group_;
};

// Generations whose folders are there, by number.
std::vector<std::uint64_t> GenerationsOf(const std::string& root) {
  constexpr std::string_view kPrefix = "generation-";
  std::vector<std::uint64_t> numbers;
  std::error_code error;
  bool root_files = false;
  for (const auto& entry : fs::directory_iterator(root, error)) {
    const std::string name = entry.path().filename().string();
    root_files = root_files || entry.path().extension() == ".sst" || entry.path().extension() == ".log";
    std::uint64_t number = 0;
    const char* const end = name.data() + name.size();
    if (name.compare(0, kPrefix.size(), kPrefix) == 0 &&
        std::from_chars(name.data() + kPrefix.size(), end, number).ptr == end) {
      numbers.push_back(number);
    }
  }
  if (root_files) numbers.push_back(0);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

class Repairer {
 public:
  Repairer(std::string root, const StoreOptions& options) : root_(std::move(root)), options_(options) {}

  Result<RepairReport> Run(RepairMode mode) {
    MAILUO_RETURN_IF_ERROR(FindDamage());
    if (report_.damage.empty()) return std::move(report_);
    if (!CanLockRocks(old_.path)) {
      return Error{ErrorCode::kAlreadyExists, fmt::format("{} is open for writing: stop that process first", root_)};
    }
    if (mode == RepairMode::kLook) {
      MAILUO_RETURN_IF_ERROR(Salvage(nullptr).map([](const auto&) {}));
      return std::move(report_);
    }
    MAILUO_ASSIGN_OR_RETURN(const RootLock lock, RootLock::Take(root_, RootLock::Mode::kExclusive));
    MAILUO_RETURN_IF_ERROR(Rebuild());
    return std::move(report_);
  }

 private:
  Status FindDamage() {
    const std::vector<std::uint64_t> numbers = GenerationsOf(root_);
    if (numbers.empty() && !HasGenerationFile(root_) && !HoldsRocksEngine(root_)) {
      return Error{ErrorCode::kNotFound, fmt::format("there is no store at {}", root_)};
    }
    next_ = numbers.empty() ? 1 : numbers.back() + 1;
    StoreOptions reading = options_;
    reading.mode = OpenMode::kReadOnly;
    const auto store = Store::Open(root_, reading);
    if (!store && store.error().code == ErrorCode::kUnsupported) return store.error();
    if (!store) {
      report_.damage.push_back(store.error().message);
    } else if (const auto problems = (*store)->Read().Verify(); !problems) {
      if (problems.error().code == ErrorCode::kInvalidArgument) return problems.error();
      report_.damage.push_back(problems.error().message);
    } else {
      report_.damage = *problems;
    }
    const auto served = ServedGeneration(root_);
    if (served && (served->number != 0 || !HasLater(numbers))) {
      old_ = *served;
      return {};
    }
    // GENERATION is damaged or gone. The served one is there whole, beside it at most one that was being built and one
    // that was left behind: the one with the most articles.
    std::uint64_t most = 0;
    for (const std::uint64_t number : numbers) {
      RepairReport report;
      Collector collector(report, nullptr);
      const std::string path = GenerationPath(root_, number);
      const auto read = SalvageRocks(
          path, ScratchPath(),
          [&](Table table, std::string_view key, std::string_view value) { collector.Add(table, key, value); });
      if (!read || !collector.Finish() || report.kept < most) continue;
      most = report.kept;
      old_ = {number, path};
    }
    if (old_.path.empty()) old_ = {0, root_};
    return {};
  }
  static bool HasLater(const std::vector<std::uint64_t>& numbers) {
    return std::find(numbers.begin(), numbers.end(), 0) == numbers.end() && !numbers.empty();
  }

  std::string ScratchPath() const { return root_ + "/repair.tmp"; }

  Result<StoreVersions> Salvage(Store* fresh) {
    Collector collector(report_, fresh);
    MAILUO_ASSIGN_OR_RETURN(
        const std::vector<std::string> problems,
        SalvageRocks(old_.path, ScratchPath(), [&](Table table, std::string_view key, std::string_view value) {
          collector.Add(table, key, value);
        }));
    for (const std::string& problem : problems) {
      if (std::find(report_.damage.begin(), report_.damage.end(), problem) == report_.damage.end()) {
        report_.damage.push_back(problem);
      }
    }
    MAILUO_RETURN_IF_ERROR(collector.Finish());
    StoreVersions versions = VersionsOf(collector.meta());
    report_.versions_lost = versions.lexicon == 0 || versions.rules == 0;
    if (fresh != nullptr) {
      std::vector<EngineChange> own;
      for (const auto& [key, value] : collector.meta()) {
        if (!IsVersionName(key) && key != std::string_view("\0", 1)) {
          own.push_back({Table::kMeta, ChangeKind::kPut, key, value});
        }
      }
      if (!own.empty()) MAILUO_RETURN_IF_ERROR(internal::EngineOf(*fresh)->Write(own, true));
    }
    return versions;
  }

  // 0 where a name is not there or is damaged.
  static StoreVersions VersionsOf(const std::map<std::string, std::string, std::less<>>& meta) {
    StoreVersions versions;
    const auto number = [&meta](std::string_view name) {
      std::uint64_t value = 0;
      const auto text = meta.find(name);
      if (text == meta.end()) return value;
      const char* const end = text->second.data() + text->second.size();
      if (std::from_chars(text->second.data(), end, value, 16).ptr != end) value = 0;
      return value;
    };
    versions.lexicon = number("lexicon");
    versions.rules = number("rules");
    return versions;
  }

  Status Rebuild() {
    const std::string path = GenerationPath(root_, next_);
    StoreOptions options = options_;
    options.mode = OpenMode::kReadWrite;
    options.create = true;
    options.sync = SyncPolicy::kOs;
    options.lexicon_version = 0;
    options.rules_version = 0;
    MAILUO_ASSIGN_OR_RETURN(std::unique_ptr<Store> fresh, Store::Open(path, options));
    Status made = Fill(*fresh);
    fresh.reset();
    if (!made) {
      if (const Status removed = DestroyRocksEngine(path); !removed) return made;
      std::error_code error;
      fs::remove_all(path, error);
      return made;
    }
    MAILUO_RETURN_IF_ERROR(KeepOldFiles());
    MAILUO_RETURN_IF_ERROR(ServeGeneration(root_, next_));
    RemoveOldGenerations(root_, {next_, path});
    report_.applied = true;
    return {};
  }

  Status Fill(Store& fresh) {
    MAILUO_ASSIGN_OR_RETURN(const StoreVersions versions, Salvage(&fresh));
    MAILUO_RETURN_IF_ERROR(fresh.SetVersions(versions.lexicon, versions.rules));
    MAILUO_ASSIGN_OR_RETURN(const std::vector<std::string> problems, fresh.Read().Verify(1));
    if (!problems.empty()) return Error{ErrorCode::kInternal, "the repaired graph is not sound: " + problems.front()};
    return internal::EngineOf(fresh)->Flush();
  }

  // Links, which take no room: the files themselves go with the old generation.
  Status KeepOldFiles() {
    std::string folder;
    std::error_code error;
    for (int i = 1; folder.empty() || fs::exists(folder, error); ++i) folder = fmt::format("{}/damaged-{}", root_, i);
    if (!fs::create_directory(folder, error)) {
      return Error{ErrorCode::kIo, fmt::format("making the folder {}: {}", folder, error.message())};
    }
    for (const auto& entry : fs::directory_iterator(old_.path, error)) {
      if (!entry.is_regular_file(error)) continue;
      const fs::path to = fs::path(folder) / entry.path().filename();
      fs::create_hard_link(entry.path(), to, error);
      if (error && !fs::copy_file(entry.path(), to, error)) {
        return Error{ErrorCode::kIo, fmt::format("keeping {}: {}", entry.path().string(), error.message())};
      }
    }
    report_.old_files = folder;
    return {};
  }

  std::string root_;
  StoreOptions options_;
  RepairReport report_;
  Generation old_;
  std::uint64_t next_ = 1;
};

}  // namespace

Result<RepairReport> Repair(const std::string& path, const StoreOptions& options, RepairMode mode) {
  return Repairer(path, options).Run(mode);
}

}  // namespace mailuo::store
