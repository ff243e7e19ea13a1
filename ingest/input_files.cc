#include "ingest/input_files.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "ingest/printable.h"

namespace mailuo::ingest {
namespace {

constexpr int kMaxDepth = 64;

std::string ErrnoText(int error) {
  std::string buffer(128, '\0');
  return strerror_r(error, buffer.data(), buffer.size());
}

Error ErrnoError(int error) {
  if (error == ELOOP) return {ErrorCode::kIo, "a loop of symbolic links"};
  return {error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, ErrnoText(error)};
}

std::string_view FileName(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool EndsWithNoCase(std::string_view name, std::string_view end) {
  if (name.size() <= end.size()) return false;  // A name that is all extension is a hidden file.
  const std::string_view tail = name.substr(name.size() - end.size());
  return std::equal(tail.begin(), tail.end(), end.begin(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

class Walker {
 public:
  explicit Walker(const std::function<bool(InputFile&&)>& visit) : visit_(visit) {}

  // False when the visitor wants no more.
  bool Folder(const std::string& path, const std::string& relative, int depth) {
    if (depth > kMaxDepth) {
      return Refuse(path, relative, {ErrorCode::kLimitExceeded, fmt::format("folders nest deeper than {}", kMaxDepth)});
    }
    std::vector<std::string> names;
    {
      const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
      if (folder == nullptr) return Refuse(path, relative, ErrnoError(errno));
      while (const dirent* const entry = readdir(folder.get())) {  // NOLINT(concurrency-mt-unsafe): own DIR
        if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
      }
    }
    std::sort(names.begin(), names.end());
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return Entry(path + "/" + name, relative.empty() ? name : relative + "/" + name, depth);
    });
  }

  // Remembers a folder; false if it was there before.
  bool Enter(const struct stat& info) { return entered_.insert({info.st_dev, info.st_ino}).second; }

 private:
  bool Entry(const std::string& path, const std::string& relative, int depth) {
    const std::optional<FileKind> kind = KindOfFile(path);
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) {
      const int error = errno;
      // A dangling link of another kind is none of our business; a loop may hide anything.
      if (!kind && error != ELOOP) return true;
      return Refuse(path, relative, ErrnoError(error));
    }
    if (S_ISDIR(info.st_mode)) {
      if (Enter(info)) return Folder(path, relative, depth + 1);
      return Refuse(path, relative, {ErrorCode::kIo, "a link to a folder that is already being read"});
    }
    if (!kind) return true;
    return visit_({path, relative, *kind, info.st_mtime, std::nullopt});
  }

  bool Refuse(const std::string& path, const std::string& relative, Error error) {
    return visit_({path, relative, {}, 0, std::move(error)});
  }

  const std::function<bool(InputFile&&)>& visit_;
  std::set<std::pair<dev_t, ino_t>> entered_;
};

}  // namespace

std::optional<FileKind> KindOfFile(std::string_view name) {
  FileKind kind;
  name = FileName(name);
  if (EndsWithNoCase(name, ".gz")) {
    kind.gzip = true;
    name.remove_suffix(3);
  }
  constexpr std::array<std::pair<std::string_view, InputFormat>, 11> kEnds{{{".txt", InputFormat::kText},
                                                                            {".text", InputFormat::kText},
                                                                            {".md", InputFormat::kMarkdown},
                                                                            {".markdown", InputFormat::kMarkdown},
                                                                            {".html", InputFormat::kHtml},
                                                                            {".htm", InputFormat::kHtml},
                                                                            {".xhtml", InputFormat::kHtml},
                                                                            {".json", InputFormat::kJson},
                                                                            {".jsonl", InputFormat::kJsonLines},
                                                                            {".ndjson", InputFormat::kJsonLines},
                                                                            {".csv", InputFormat::kCsv}}};
  for (const auto& [end, format] : kEnds) {
    if (EndsWithNoCase(name, end)) return FileKind{format, kind.gzip};
  }
  if (EndsWithNoCase(name, ".tsv")) return FileKind{InputFormat::kTsv, kind.gzip};
  return std::nullopt;
}

Status ListInputFiles(const std::string& path, const std::function<bool(InputFile&&)>& visit, std::string_view root) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return ErrnoError(errno).Prefixed(Printable(path));
  if (S_ISDIR(info.st_mode)) {
    Walker walker(visit);
    walker.Enter(info);
    std::string folder = path;
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    walker.Folder(folder, "", 0);
    return {};
  }
  while (root.size() > 1 && root.back() == '/') root.remove_suffix(1);
  const bool below = !root.empty() && path.size() > root.size() + 1 && path.compare(0, root.size(), root) == 0 &&
                     path[root.size()] == '/';
  const std::string_view relative = below ? std::string_view(path).substr(root.size() + 1) : FileName(path);
  InputFile file{path, std::string(relative), {}, info.st_mtime, std::nullopt};
  if (const auto kind = KindOfFile(path)) {
    file.kind = *kind;
  } else {
    file.error = Error{
        ErrorCode::kUnsupported,
        "a kind of file that is not read: expected .txt, .md, .html, .json, .jsonl, .csv, or one of them with .gz"};
  }
  visit(std::move(file));
  return {};
}

}  // namespace mailuo::ingest
