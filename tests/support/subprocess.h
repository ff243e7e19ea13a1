// Runs a real program and reads what it prints.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace mailuo::testing {

struct ProcessResult {
  int exit_code = -1;  // 128 + signal where a signal ended it.
  std::string out;
  std::string err;
};

// argv[0] is the program's path. `environment` holds "NAME=value" entries laid over the test's own. Ends the program
// with SIGKILL after `timeout_seconds`.
ProcessResult Run(const std::vector<std::string>& argv, std::string_view input = {},
                  const std::vector<std::string>& environment = {}, int timeout_seconds = 120);

// A program that runs beside the test. Killed when the object goes, if it still runs.
class BackgroundProcess {
 public:
  explicit BackgroundProcess(const std::vector<std::string>& argv, const std::vector<std::string>& environment = {});
  ~BackgroundProcess();
  BackgroundProcess(const BackgroundProcess&) = delete;
  BackgroundProcess& operator=(const BackgroundProcess&) = delete;

  // The first line of standard output that contains `part`; "" when the program ends or `timeout_seconds` pass first.
  std::string WaitForLine(std::string_view part, int timeout_seconds = 60);
  void Signal(int signal) const;
  int Wait();  // Exit code as in ProcessResult; at most 60 s, then SIGKILL.

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  std::string seen_;
};

// A folder of its own for each object, removed with all it holds.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  // Writes a file below the folder (making folders on the way) and returns its path.
  std::string Write(std::string_view name, std::string_view bytes) const;

 private:
  std::string path_;
};

}  // namespace mailuo::testing
