#include "ingest/article_reader.h"

#include <utility>

#include <fmt/core.h>

#include "ingest/raw_input.h"
#include "ingest/record_splitter.h"
#include "text/utf8.h"

namespace mailuo::ingest {

Status ReadArticles(const std::string& path, const ReaderOptions& options, const ArticleSink& sink) {
  return ReadRawInputs(path, options, [&](RawInput&& input) {
    bool go_on = true;
    ParseRawInput(std::move(input), options, [&](ReadOutcome&& outcome) { go_on = go_on && sink(std::move(outcome)); });
    return go_on;
  });
}

ReadOutcome ReadJsonArticle(std::string_view json, const ReaderOptions& options) {
  RawInput input;
  input.format = InputFormat::kJsonLines;
  input.bytes = std::string(json);
  ReadOutcome first;
  bool found = false;
  ParseRawInput(std::move(input), options, [&](ReadOutcome&& outcome) {
    if (!std::exchange(found, true)) first = std::move(outcome);
  });
  return first;
}

ReadOutcome ReadTextArticle(std::string_view text, const ArticleFields& fields, const ReaderOptions& options) {
  ReadOutcome outcome;
  outcome.external_id = fields.id;
  const std::pair<std::string_view, std::string_view> checked[] = {
      {"text", text},      {"title", fields.title}, {"outlet", fields.outlet},       {"author", fields.author},
      {"url", fields.url}, {"id", fields.id},       {"published", fields.published},
  };
  for (const auto& [name, value] : checked) {
    if (const auto bad = text::FindInvalidUtf8(value)) {
      outcome.external_id.clear();
      outcome.article = Error{ErrorCode::kCorruption, fmt::format("{}: invalid UTF-8 at byte {}", name, *bad)};
      return outcome;
    }
  }
  RecordFields record;
  record.Offer("text", std::string(text));
  record.Offer("title", fields.title);
  record.Offer("outlet", fields.outlet);
  record.Offer("author", fields.author);
  record.Offer("url", fields.url);
  record.Offer("id", fields.id);
  record.Offer("published", fields.published);
  return BuildArticle(std::move(record), "", Origin{}, TextForm::kCountable, options);
}

void ReadJsonArticles(std::string_view body, const ReaderOptions& options, const ArticleSink& sink) {
  // JSON values one after another and the elements of an array are the same to the splitter, so NDJSON needs no case of
  // its own, except that a broken line must not take the lines behind it along.
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  const bool array = start != std::string_view::npos && body[start] == '[';
  const std::size_t line_end = body.find('\n', start == std::string_view::npos ? 0 : start);
  const bool lines = !array && line_end != std::string_view::npos &&
                     body.find('{', line_end) != std::string_view::npos &&
                     body.substr(0, line_end).find_last_of('}') != std::string_view::npos;
  const auto splitter =
      RecordSplitter::Create(lines ? InputFormat::kJsonLines : InputFormat::kJson, options.max_record_bytes);
  bool any = false;
  const SplitSink on_record = [&](SplitRecord&& record) {
    any = true;
    RawInput input;
    input.format = InputFormat::kJsonLines;
    input.bytes = std::move(record.bytes);
    input.error = std::move(record.error);
    input.origin.place = fmt::format("{}", record.number);
    bool go_on = true;
    ParseRawInput(std::move(input), options, [&](ReadOutcome&& outcome) { go_on = go_on && sink(std::move(outcome)); });
    return go_on;
  };
  if (splitter->Feed(body, on_record)) splitter->Finish(on_record);
  if (any) return;
  ReadOutcome outcome;
  outcome.place = "1";
  outcome.article = Error{ErrorCode::kInvalidArgument, "no articles in the body"};
  sink(std::move(outcome));
}

}  // namespace mailuo::ingest
