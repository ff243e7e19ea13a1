#include "store/holder.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/core.h>

namespace mailuo::store {
namespace {

std::filesystem::path HolderPath(const std::string& store_path) { return std::filesystem::path(store_path) / "HOLDER"; }

std::string HostName() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

// The program and its subcommand: arguments beyond may hold what is nobody's business.
std::string Command() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::string program;
  std::string subcommand;
  if (!std::getline(file, program, '\0')) return "unknown";
  std::string command = std::filesystem::path(program).filename().string();
  if (std::getline(file, subcommand, '\0') && !subcommand.empty() && subcommand[0] != '-') command += " " + subcommand;
  return command;
}

}  // namespace

void WriteHolder(const std::string& store_path) {
  std::ofstream file(HolderPath(store_path), std::ios::trunc);
  file << fmt::format("process {} on host {} ({})", getpid(), HostName(), Command());
}

void RemoveHolder(const std::string& store_path) {
  std::error_code ignored;
  std::filesystem::remove(HolderPath(store_path), ignored);
}

std::string DescribeHolder(const std::string& store_path) {
  std::ifstream file(HolderPath(store_path));
  std::string line;
  constexpr std::size_t kMaxSize = 1024;
  if (!std::getline(file, line) || line.empty() || line.size() > kMaxSize) return "another process";
  return line;
}

}  // namespace mailuo::store
