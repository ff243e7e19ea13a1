#include "store/opening.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "store/high_water.h"
#include "store/holder.h"
#include "store/keys.h"

namespace mailuo::store {
namespace {

EngineOptions MakeEngineOptions(const StoreOptions& options, const Generation& generation) {
  EngineOptions engine;
  engine.read_only = options.mode == OpenMode::kReadOnly;
  // Where a store was, an empty one must not take its place.
  engine.create = generation.number == 0 && !HoldsRocksEngine(generation.path);
  engine.block_cache_bytes = options.block_cache_bytes;
  engine.write_buffer_bytes = options.write_buffer_bytes;
  engine.background_jobs = options.background_jobs;
  engine.bulk_changes = options.bulk_changes;
  // Room for 10^12 changes of one generation, and for 8,000 generations in what JSON readers take for an integer.
  engine.first_sequence = generation.number << 40;
  return engine;
}

}  // namespace

Status CheckFormat(const std::string& path, const StoreVersions& versions, const StoreOptions& options) {
  if (versions.format == kFormatVersion) return {};
  if (versions.format > kFormatVersion) {
    return Error{ErrorCode::kUnsupported,
                 fmt::format("{} has store format {}, made by a newer mailuo; this program reads format {}", path,
                             versions.format, kFormatVersion)};
  }
  if (versions.format < kOldestFormatToRebuild) {
    return Error{ErrorCode::kUnsupported,
                 fmt::format("{} has store format {}, this program needs {}: ingest its articles into a new store with "
                             "`mailuo ingest PATH --db NEW`",
                             path, versions.format, kFormatVersion)};
  }
  if (options.accept_older_format && options.mode == OpenMode::kReadOnly) return {};
  return Error{ErrorCode::kUnsupported,
               fmt::format("{} has store format {}, this program needs {}: run `mailuo reindex --db {}`", path,
                           versions.format, kFormatVersion, path)};
}

Status CheckVersions(const std::string& path, const StoreVersions& versions, const StoreOptions& options) {
  const bool same = (options.lexicon_version == 0 || versions.lexicon == options.lexicon_version) &&
                    (options.rules_version == 0 || versions.rules == options.rules_version);
  if (same || options.accept_other_versions) return {};
  return Error{
      ErrorCode::kUnsupported,
      fmt::format("{} was made by lexicon {:016x} and rules {:016x}, this program has {:016x} and {:016x}: "
                  "run `mailuo reindex --db {}`",
                  path, versions.lexicon, versions.rules, options.lexicon_version, options.rules_version, path)};
}

Status CheckFolder(const std::string& path, const StoreVersions& versions, const StoreOptions& options) {
  if (versions.folder == FolderFingerprint(options.fold_name)) return {};
  return Error{ErrorCode::kUnsupported,
               fmt::format("the names of {} were folded by other rules: run `mailuo reindex --db {}`", path, path)};
}

Error Explain(Error error, const std::string& path) {
  if (error.code == ErrorCode::kCorruption && error.message.find("mailuo repair") == std::string::npos) {
    error.message += fmt::format(": run `mailuo repair --db {}`", path);
  }
  if (error.code != ErrorCode::kAlreadyExists) return error;
  return {ErrorCode::kAlreadyExists,
          fmt::format("the store {} is open for writing by {}: wait for it to end, or send it the articles over HTTP",
                      path, DescribeHolder(path))};
}

Status PrepareFolder(const std::string& path, const StoreOptions& options) {
  if (HasGenerationFile(path) || HoldsRocksEngine(path)) return {};
  if (HighWater::Exists(path)) {
    return Error{ErrorCode::kCorruption,
                 fmt::format("the store {} has lost its file CURRENT: run `mailuo repair --db {}`", path, path)};
  }
  if (options.mode == OpenMode::kReadOnly || !options.create) {
    return Error{ErrorCode::kNotFound, fmt::format("there is no store at {}: make one with `mailuo ingest`", path)};
  }
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    // LOCK and its like are there when an opening was cut short.
    bool foreign = !std::filesystem::is_directory(path, error);
    if (!foreign) {
      for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
        const std::string name = entry.path().filename().string();
        const auto is = [&name](std::string_view prefix) { return name.compare(0, prefix.size(), prefix) == 0; };
        foreign =
            foreign || !(is("LOCK") || is("LOG") || is("IDENTITY") || is("MANIFEST") || is("OPTIONS") || is("HOLDER") ||
                         entry.path().extension() == ".dbtmp" || entry.path().extension() == ".log");
      }
    }
    if (foreign) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{} holds other things and no store: name a new folder", path)};
    }
  }
  std::filesystem::create_directories(path, error);
  if (error) return Error{ErrorCode::kIo, fmt::format("making the folder {}: {}", path, error.message())};
  return {};
}

Result<Opened> OpenServed(const std::string& root, const StoreOptions& options) {
  // Between our look at GENERATION and the opening another one may come to be served, and the files go.
  constexpr int kTries = 20;
  for (int i = 1;; ++i) {
    Opened opened;
    opened.stamp = StampOf(root);
    MAILUO_ASSIGN_OR_RETURN(opened.generation, ServedGeneration(root));
    opened.files = RocksFilesFingerprint(opened.generation.path);
    auto engine = OpenRocksEngine(opened.generation.path, MakeEngineOptions(options, opened.generation));
    const bool moved = StampOf(root) != opened.stamp;
    if (moved && i < kTries) continue;
    if (!engine) return std::move(engine).error();
    opened.engine = *std::move(engine);
    return opened;
  }
}

}  // namespace mailuo::store
