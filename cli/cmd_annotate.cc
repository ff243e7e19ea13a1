// mailuo annotate: the extraction of texts, stored nowhere. The output is the annotate contract.
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/wiring.h"
#include "ingest/article_reader.h"
#include "server/json_annotation.h"
#include "server/json_pretty.h"

namespace mailuo::cli {
namespace {

// A line above it is refused whole: memory stays bounded whatever comes in.
constexpr std::size_t kMaxLineBytes = 16U << 20;

Result<server::AnnotationFilter> MakeFilter(const AnnotateOptions& options) {
  server::AnnotationFilter filter;
  filter.min_confidence = options.min_confidence;
  for (const std::string& word : options.types) {
    const auto type = ParseMentionType(word);
    if (!type) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("--type: there is no mention type '{}' (company, ticker, person, organization, policy, "
                               "product, place, sector, index)",
                               word)};
    }
    filter.types.push_back(*type);
  }
  return filter;
}

// Reads one line of at most kMaxLineBytes; a longer one is read to its end and `too_long` is set.
bool ReadLine(std::istream& in, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  std::streambuf& buffer = *in.rdbuf();
  bool any = false;
  for (int c = buffer.sbumpc(); c != std::char_traits<char>::eof(); c = buffer.sbumpc()) {
    any = true;
    if (c == '\n') return true;
    if (line.size() < kMaxLineBytes) {
      line += static_cast<char>(c);
    } else {
      too_long = true;
    }
  }
  return any;
}

class AnnotateRun {
 public:
  AnnotateRun(std::shared_ptr<const extract::Knowledge> knowledge, server::AnnotationFilter filter,
              const AnnotateOptions& options, Output& output)
      : annotator_(std::move(knowledge)), filter_(std::move(filter)), options_(options), output_(output) {}

  void Print(const Article& article) {
    std::vector<extract::Refused> refused;
    const Annotation annotation = annotator_.Annotate(article, options_.explain ? &refused : nullptr);
    const std::string json =
        server::AnnotationJson(article, annotation, filter_, options_.explain ? &refused : nullptr);
    output_.Line(options_.pretty ? server::PrettyJson(json) : json);
  }

  int Lines(std::istream& in) {
    int exit_code = kExitOk;
    std::string line;
    bool too_long = false;
    for (std::size_t number = 1; ReadLine(in, line, too_long); ++number) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      std::string id;
      auto article = too_long ? Result<Article>(Error{ErrorCode::kLimitExceeded,
                                                      fmt::format("the line is longer than {} bytes", kMaxLineBytes)})
                              : server::ParseAnnotateLine(line, id);
      if (article) {
        article->id = MakeArticleId(*article);
        Print(*article);
      } else {
        exit_code = kExitPartial;
        output_.Line(server::AnnotationErrorJson(id, article.error().message));
        output_.Warn(fmt::format("line {}: {}", number, article.error().message));
      }
      if (!output_.Flush()) return kExitStore;
    }
    return exit_code;
  }

  int File(const std::string& path) {
    int exit_code = kExitOk;
    bool any = false;
    const Status status = ingest::ReadArticles(path, {}, [&](ingest::ReadOutcome&& outcome) {
      any = true;
      for (const std::string& warning : outcome.warnings) output_.Warn(fmt::format("{}: {}", outcome.place, warning));
      if (outcome.article) {
        Print(*outcome.article);
      } else {
        exit_code = kExitPartial;
        output_.Line(server::AnnotationErrorJson(outcome.external_id, outcome.article.error().message));
        output_.Warn(fmt::format("{}: {}", outcome.place, outcome.article.error().message));
      }
      return output_.Flush();
    });
    if (!status) return Fail(status.error(), output_);
    if (!any) return Fail({ErrorCode::kNotFound, fmt::format("{}: no article found", path)}, output_);
    return exit_code;
  }

 private:
  extract::Annotator annotator_;
  server::AnnotationFilter filter_;
  const AnnotateOptions& options_;
  Output& output_;
};

}  // namespace

int RunAnnotate(const AnnotateOptions& options, Output& output) {
  auto filter = MakeFilter(options);
  if (!filter) return Fail(filter.error(), output);
  const auto lexicon = LoadLexicon(options.lexicon);
  if (!lexicon) return Fail(lexicon.error(), output);
  auto knowledge = LoadKnowledge(*lexicon, options.model);
  if (!knowledge) return Fail(knowledge.error(), output);
  AnnotateRun run(*std::move(knowledge), *std::move(filter), options, output);

  std::ios::sync_with_stdio(false);
  if (options.jsonl) {
    if (options.file == "-") return run.Lines(std::cin);
    std::ifstream file(options.file, std::ios::binary);
    if (!file) return Fail({ErrorCode::kNotFound, fmt::format("{}: cannot be opened", options.file)}, output);
    return run.Lines(file);
  }
  if (options.file != "-") return run.File(options.file);
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  auto outcome = ingest::ReadTextArticle(text, {}, {});
  if (!outcome.article) return Fail(std::move(outcome.article.error()).Prefixed("standard input"), output);
  run.Print(*outcome.article);
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
