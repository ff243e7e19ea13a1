// Which files a path stands for, in which order.
// Thread safety: free functions; `visit` is called on the caller's thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace mailuo::ingest {

enum class InputFormat : std::uint8_t { kText, kMarkdown, kHtml, kJson, kJsonLines, kCsv, kTsv };

struct FileKind {
  InputFormat format = InputFormat::kText;
  bool gzip = false;
};
// By the ends of the name, whatever their case; nothing for other files.
std::optional<FileKind> KindOfFile(std::string_view name);

struct InputFile {
  std::string path;      // To open; any bytes.
  std::string relative;  // Below the folder that was given; the name alone for a file that was given. Any bytes.
  FileKind kind;
  std::int64_t mtime = 0;      // Seconds since 1970, UTC.
  std::optional<Error> error;  // Why this path cannot be read (a loop of links, a folder without permission).
};

// Calls `visit` for each file below `path` in byte order of the names; stops when it returns false. Links are followed;
// a folder that was already entered is an error of its own. Folders deeper than 64 levels are refused.
// kNotFound if there is nothing at `path`. A file that lies below the folder `root` is named relative to it, as it
// would be if `root` were given.
Status ListInputFiles(const std::string& path, const std::function<bool(InputFile&&)>& visit,
                      std::string_view root = {});

}  // namespace mailuo::ingest
