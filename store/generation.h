// Generations of a store: whole graphs of the same articles, of which one is served.
//
// A store begins as generation 0, whose files lie in the store's folder itself. A later one lies in the folder
// generation-N and is served from the moment that the file GENERATION names it: a rename, so that whoever opens the
// store sees one or the other. Until then generation-N is being built, and nobody but its builder looks at it.
//
// Every change of the served graph is made under a shared RootLock; the switch is made under an exclusive one. So no
// change can go to a generation that has just been left behind.
// Thread safety: pure functions on files; a RootLock belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"

namespace mailuo::store {

struct Generation {
  std::uint64_t number = 0;
  std::string path;
};
std::string GenerationPath(const std::string& root, std::uint64_t number);

// What GENERATION says; 0 where there is no such file. kCorruption: it says nothing that a store has written.
Result<Generation> ServedGeneration(const std::string& root);
// Does the folder name a generation other than 0?
bool HasGenerationFile(const std::string& root);
// From now on, also after power loss, `number` is served. REQUIRES: its files are on disk; an exclusive RootLock.
Status ServeGeneration(const std::string& root, std::uint64_t number);

// Changes whenever another generation is served: cheap to compare before every read.
struct GenerationStamp {
  std::uint64_t file = 0;  // 0: there is no GENERATION.
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  friend bool operator==(const GenerationStamp&, const GenerationStamp&) = default;
};
GenerationStamp StampOf(const std::string& root);

// Frees the disk space of generations before the served one, but for those that a process still writes to.
void RemoveOldGenerations(const std::string& root, const Generation& served);

// A lock over the whole store that ends with its process, whatever happens to it.
class RootLock {
 public:
  enum class Mode : std::uint8_t { kShared, kExclusive };
  // Waits for it. kIo: the folder cannot be locked.
  static Result<RootLock> Take(const std::string& root, Mode mode);
  ~RootLock();
  RootLock(RootLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  RootLock& operator=(RootLock&&) = delete;
  RootLock(const RootLock&) = delete;
  RootLock& operator=(const RootLock&) = delete;

 private:
  explicit RootLock(int file) : file_(file) {}
  int file_;
};

}  // namespace mailuo::store
