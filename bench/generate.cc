// mailuo-generate --articles N [--seed S] [--first K] --out FILE.jsonl | FOLDER
// Writes N invented articles, as lines of JSON or as files below FOLDER (a thousand to a folder).
#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "bench/article_generator.h"
#include "core/date.h"

namespace mailuo::bench {
namespace {

constexpr int kUsage = 2;
constexpr int kFailed = 1;

struct Arguments {
  std::uint64_t articles = 0;
  std::uint64_t seed = 1;
  std::uint64_t first = 0;
  std::string out;
};

std::optional<std::uint64_t> ParseNumber(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Arguments> ParseArguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::string_view value = argv[i + 1];
    if (name == "--out") {
      arguments.out = value;
      continue;
    }
    const auto number = ParseNumber(value);
    std::uint64_t* const target = name == "--articles" ? &arguments.articles
                                  : name == "--seed"   ? &arguments.seed
                                  : name == "--first"  ? &arguments.first
                                                       : nullptr;
    if (!number || target == nullptr) return std::nullopt;
    *target = *number;
  }
  if (argc % 2 == 0 || arguments.articles == 0 || arguments.out.empty()) return std::nullopt;
  return arguments;
}

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

std::string JsonLine(const GeneratedArticle& article) {
  std::string line;
  const std::string published = FormatPublishedTime(article.published);
  const std::pair<std::string_view, std::string_view> fields[] = {{"id", article.id},
                                                                  {"title", article.title},
                                                                  {"source", article.outlet},
                                                                  {"published", published},
                                                                  {"text", article.text}};
  for (const auto& [name, value] : fields) {
    line += line.empty() ? "{" : ",";
    AppendJsonString(name, line);
    line += ':';
    AppendJsonString(value, line);
  }
  return line + "}\n";
}

bool Write(const std::string& bytes, std::FILE* file) {
  return std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
}

bool MakeFolder(const std::string& path) {
  constexpr mode_t kMode = 0777;
  return mkdir(path.c_str(), kMode) == 0 || errno == EEXIST;
}

// The headline, a dateline that names the outlet, the rest.
std::string FileText(const GeneratedArticle& article) {
  const CivilDate day = ToCivil(article.published.date);
  const int minute = article.published.minute;
  const std::string dateline = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}　{}\n", day.year, day.month, day.day,
                                           minute / 60, minute % 60, article.outlet);
  const std::size_t headline = article.text.find('\n') + 1;
  return article.text.substr(0, headline) + dateline + article.text.substr(headline);
}

bool WriteFiles(const ArticleGenerator& generator, const Arguments& arguments) {
  if (!MakeFolder(arguments.out)) return false;
  constexpr std::uint64_t kPerFolder = 1000;
  for (std::uint64_t i = arguments.first; i < arguments.first + arguments.articles; ++i) {
    const GeneratedArticle article = generator.Make(i);
    const std::string folder = fmt::format("{}/{:05}", arguments.out, i / kPerFolder);
    if (!MakeFolder(folder)) return false;
    const CivilDate day = ToCivil(article.published.date);
    const std::string path = fmt::format("{}/{:04}{:02}{:02}_{}.txt", folder, day.year, day.month, day.day, article.id);
    const File file(std::fopen(path.c_str(), "wbe"));
    if (file == nullptr || !Write(FileText(article), file.get())) return false;
  }
  return true;
}

bool WriteLines(const ArticleGenerator& generator, const Arguments& arguments) {
  const File file(std::fopen(arguments.out.c_str(), "wbe"));
  if (file == nullptr) return false;
  for (std::uint64_t i = arguments.first; i < arguments.first + arguments.articles; ++i) {
    if (!Write(JsonLine(generator.Make(i)), file.get())) return false;
  }
  return std::fflush(file.get()) == 0;
}

int Run(int argc, char** argv) {
  const auto arguments = ParseArguments(argc, argv);
  if (!arguments) {
    fmt::print(stderr, "usage: mailuo-generate --articles N [--seed S] [--first K] --out FILE.jsonl|FOLDER\n");
    return kUsage;
  }
  const ArticleGenerator generator(*lexicon::Lexicon::BuiltIn(), arguments->seed);
  const bool lines = arguments->out.size() > 6 && arguments->out.substr(arguments->out.size() - 6) == ".jsonl";
  if (lines ? WriteLines(generator, *arguments) : WriteFiles(generator, *arguments)) return 0;
  fmt::print(stderr, "mailuo-generate: cannot write {}: {}\n", arguments->out,
             std::strerror(errno));  // NOLINT(concurrency-mt-unsafe)
  return kFailed;
}

}  // namespace
}  // namespace mailuo::bench

int main(int argc, char** argv) { return mailuo::bench::Run(argc, argv); }
