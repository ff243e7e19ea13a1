// corpus/samples and its list in corpus/README.md.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kCorpus = fs::path(MAILUO_SOURCE_DIR) / "corpus";

std::string Bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> SampleNames() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCorpus / "samples")) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

struct Row {
  std::string name;
  std::string kind;
  std::string what;
};

// The rows | `name` | articles | encoding | kind | what | of the list.
std::vector<Row> ListedRows() {
  const std::regex row(R"(\| `([^`]+)` \| (\d+) \| ([^|]+) \| ([^|]+) \| (.+) \|)");
  std::vector<Row> rows;
  std::ifstream in(kCorpus / "README.md");
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) rows.push_back({match[1], match[4], match[5]});
  }
  return rows;
}

}  // namespace

TEST_CASE("Every sample is in the list of corpus README, in order", "[data][samples]") {
  std::vector<std::string> listed;
  for (const Row& row : ListedRows()) listed.push_back(row.name);
  CHECK(listed == SampleNames());
  CHECK(listed.size() >= 66);
}

TEST_CASE("Every sample says whether it is public or invented, and what it tells", "[data][samples]") {
  for (const Row& row : ListedRows()) {
    CAPTURE(row.name);
    CHECK((row.kind == "public" || row.kind == "invented"));
    CHECK(row.what.size() > 8);
  }
}

TEST_CASE("Names of samples are ASCII and start with the month", "[data][samples]") {
  const std::regex name(R"(20\d\d-[01]\d(-[0-3]\d)?(-[a-z0-9]+)+\.(txt|md|html|json|jsonl|csv)(\.gz)?)");
  for (const std::string& sample : SampleNames()) {
    CAPTURE(sample);
    CHECK(std::regex_match(sample, name));
  }
}

TEST_CASE("No two samples are the same bytes", "[data][samples]") {
  std::map<std::string, std::string> seen;
  for (const std::string& sample : SampleNames()) {
    const auto [first, is_new] = seen.emplace(Bytes(kCorpus / "samples" / sample), sample);
    CAPTURE(sample, first->second);
    CHECK(is_new);
    CHECK_FALSE(first->first.empty());
  }
}

TEST_CASE("Every format and encoding that ingest reads has a sample", "[data][samples]") {
  std::string list = Bytes(kCorpus / "README.md");
  for (const char* part :
       {".txt`", ".md`", ".html`", ".json`", ".jsonl`", ".csv`", ".txt.gz`", ".jsonl.gz`", "| UTF-8 |", "| UTF-8 BOM |",
        "| UTF-16LE BOM |", "| UTF-16BE BOM |", "| GB18030 |", "| GBK |", "| Big5 |"}) {
    CAPTURE(part);
    CHECK(list.find(part) != std::string::npos);
  }
}
