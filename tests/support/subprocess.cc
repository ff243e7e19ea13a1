#include "support/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace mailuo::testing {
namespace {

using Clock = std::chrono::steady_clock;

struct Child {
  pid_t pid = -1;
  int in = -1;
  int out = -1;
  int err = -1;
};

void Pipe(std::array<int, 2>& ends) {
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
}

Child Start(const std::vector<std::string>& argv, const std::vector<std::string>& environment, bool keep_err) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  Pipe(in);
  Pipe(out);
  Pipe(err);
  std::vector<char*> args;
  for (const std::string& arg : argv) args.push_back(const_cast<char*>(arg.c_str()));
  args.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    if (keep_err) dup2(err[1], STDERR_FILENO);
    for (const std::string& entry : environment) putenv(const_cast<char*>(entry.c_str()));
    execv(args[0], args.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  close(err[1]);
  return {pid, in[1], out[0], err[0]};
}

int ExitCode(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

// Reads what is there; false at the end of the stream.
bool ReadSome(int fd, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t got = read(fd, buffer.data(), buffer.size());
  if (got <= 0) return false;
  into.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

}  // namespace

ProcessResult Run(const std::vector<std::string>& argv, std::string_view input,
                  const std::vector<std::string>& environment, int timeout_seconds) {
  signal(SIGPIPE, SIG_IGN);
  Child child = Start(argv, environment, true);
  fcntl(child.in, F_SETFL, O_NONBLOCK);
  ProcessResult result;
  const auto deadline = Clock::now() + std::chrono::seconds(timeout_seconds);
  bool out_open = true;
  bool err_open = true;
  while (out_open || err_open) {
    if (input.empty() && child.in >= 0) {
      close(child.in);
      child.in = -1;
    }
    std::array<pollfd, 3> fds{pollfd{out_open ? child.out : -1, POLLIN, 0},
                              pollfd{err_open ? child.err : -1, POLLIN, 0}, pollfd{child.in, POLLOUT, 0}};
    poll(fds.data(), fds.size(), 100);
    if (fds[0].revents != 0) out_open = ReadSome(child.out, result.out);
    if (fds[1].revents != 0) err_open = ReadSome(child.err, result.err);
    if (fds[2].revents != 0 && !input.empty()) {
      const ssize_t wrote = write(child.in, input.data(), input.size());
      input.remove_prefix(wrote > 0 ? static_cast<std::size_t>(wrote) : input.size());
    }
    if (Clock::now() > deadline) {
      kill(child.pid, SIGKILL);
      break;
    }
  }
  if (child.in >= 0) close(child.in);
  close(child.out);
  close(child.err);
  int status = 0;
  waitpid(child.pid, &status, 0);
  result.exit_code = ExitCode(status);
  return result;
}

BackgroundProcess::BackgroundProcess(const std::vector<std::string>& argv,
                                     const std::vector<std::string>& environment) {
  const Child child = Start(argv, environment, false);
  close(child.in);
  close(child.err);
  pid_ = child.pid;
  out_ = child.out;
}

BackgroundProcess::~BackgroundProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(out_);
}

std::string BackgroundProcess::WaitForLine(std::string_view part, int timeout_seconds) {
  const auto deadline = Clock::now() + std::chrono::seconds(timeout_seconds);
  while (Clock::now() < deadline) {
    const std::size_t at = seen_.find(part);
    const std::size_t end = at == std::string::npos ? at : seen_.find('\n', at);
    if (end != std::string::npos) {
      const std::size_t start = seen_.rfind('\n', at) == std::string::npos ? 0 : seen_.rfind('\n', at) + 1;
      return seen_.substr(start, end - start);
    }
    pollfd fd{out_, POLLIN, 0};
    if (poll(&fd, 1, 100) > 0 && !ReadSome(out_, seen_)) return {};
  }
  return {};
}

void BackgroundProcess::Signal(int signal) const { kill(pid_, signal); }

int BackgroundProcess::Wait() {
  const auto deadline = Clock::now() + std::chrono::seconds(60);
  int status = 0;
  while (waitpid(pid_, &status, WNOHANG) == 0) {
    if (Clock::now() > deadline) kill(pid_, SIGKILL);
    usleep(10000);
  }
  pid_ = -1;
  return ExitCode(status);
}

TempDir::TempDir() {
  std::string name = (std::filesystem::temp_directory_path() / "mailuo-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::Write(std::string_view name, std::string_view bytes) const {
  const std::filesystem::path file = std::filesystem::path(path_) / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
  return file.string();
}

}  // namespace mailuo::testing
