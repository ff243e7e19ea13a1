#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/log.h"
#include "server/handlers.h"
#include "server/http_error.h"
#include "server/json_misc.h"
#include "server/request_parser.h"

namespace mailuo::server {
namespace {

constexpr std::size_t kMaxArticlesPerCall = 10000;

Reply JsonReply(int status, std::string body) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

Reply ReadOnly() {
  return ProblemReply(HttpProblem::kReadOnly, "this server only reads", "start it without --read-only");
}

// A store that fails is our fault; what it says goes to the log, and its kind to the caller.
Reply StoreFailed(const Error& error) {
  log::Error("store: {}", error.message);
  if (error.code == ErrorCode::kInvalidArgument) return ProblemReply(query::BadParameter({}, error.message));
  return ProblemReply(HttpProblem::kInternal, "the store could not be written");
}

// A body refused as a whole.
Reply BadBody(const Error& error) {
  if (error.code == ErrorCode::kLimitExceeded) return ProblemReply(HttpProblem::kPayloadTooLarge, error.message);
  return ProblemReply(HttpProblem::kBadRequest, error.message);
}

// What a body holds: articles, and a place for each of them and for those that could not be read.
struct Batch {
  std::vector<Article> articles;
  std::vector<WriteItem> items;
  std::vector<std::size_t> item_of;  // Of each article.
  ErrorCode first_error = ErrorCode::kInvalidArgument;
  bool too_many = false;

  bool Add(ingest::ReadOutcome&& outcome) {
    if (items.size() == kMaxArticlesPerCall) {
      too_many = true;
      return false;
    }
    WriteItem item;
    item.external_id = outcome.external_id;
    item.warnings = std::move(outcome.warnings);
    if (outcome.article) {
      Article article = *std::move(outcome.article);
      article.source_path.clear();
      article.id = MakeArticleId(article);
      item.article = article.id;
      item_of.push_back(items.size());
      articles.push_back(std::move(article));
    } else {
      if (items.empty()) first_error = outcome.article.error().code;
      item.status = "error";
      item.error = outcome.article.error().message;
    }
    items.push_back(std::move(item));
    return true;
  }
};

ingest::ReadOutcome ReadText(const Call& call) {
  ingest::ArticleFields fields;
  fields.title = call.params.Text("title");
  fields.outlet = call.params.Text("outlet");
  fields.author = call.params.Text("author");
  fields.url = call.params.Text("url");
  fields.id = call.params.Text("id");
  fields.published = call.params.Text("published");
  return ingest::ReadTextArticle(call.body, fields, call.service.reader);
}

bool IsJsonObject(const Call& call) {
  const std::size_t first = call.body.find_first_not_of(" \t\r\n");
  return call.content_type == "application/json" && first != std::string_view::npos && call.body[first] == '{';
}

Batch ReadBody(const Call& call) {
  Batch batch;
  if (call.content_type == "text/plain") {
    batch.Add(ReadText(call));
  } else {
    ingest::ReadJsonArticles(call.body, call.service.reader,
                             [&](ingest::ReadOutcome&& outcome) { return batch.Add(std::move(outcome)); });
  }
  return batch;
}

// One article of a body that must hold exactly one.
Result<Article> ReadOne(const Call& call) {
  Batch batch = ReadBody(call);
  if (batch.items.size() != 1) return Error{ErrorCode::kInvalidArgument, "expected one article"};
  if (batch.articles.empty()) return Error{batch.first_error, batch.items.front().error};
  return std::move(batch.articles.front());
}

}  // namespace

Reply PostArticles(const Call& call) {
  const Service& service = call.service;
  if (!service.writer.add || service.annotators == nullptr) return ReadOnly();
  Batch batch = ReadBody(call);
  if (batch.too_many) {
    return ProblemReply(HttpProblem::kPayloadTooLarge,
                        fmt::format("more than {} articles in one call", kMaxArticlesPerCall));
  }
  if (batch.items.empty()) return ProblemReply(HttpProblem::kBadRequest, "the body holds no article");
  const bool single = batch.items.size() == 1 && (call.content_type == "text/plain" || IsJsonObject(call));
  if (batch.items.size() == 1 && batch.articles.empty()) return BadBody({batch.first_error, batch.items.front().error});
  bool created = false;
  if (!batch.articles.empty()) {
    const auto annotator = service.annotators->Borrow();
    const auto written = service.writer.add(batch.articles, *annotator);
    if (!written) return StoreFailed(written.error());
    for (std::size_t i = 0; i < written->size() && i < batch.item_of.size(); ++i) {
      const bool is_new = (*written)[i].verdict == ingest::IngestVerdict::kCreated;
      batch.items[batch.item_of[i]].status = is_new ? "created" : "known";
      created = created || is_new;
    }
  }
  return JsonReply(created ? 201 : 200, single ? WriteJson(batch.items.front()) : WriteJson(batch.items));
}

Reply PutArticle(const Call& call) {
  const Service& service = call.service;
  if (!service.writer.replace || service.annotators == nullptr) return ReadOnly();
  const auto old_id = ParseArticleIdOfPath(call.id);
  if (!old_id) return ProblemReply(old_id.error());
  const Result<Article> article = ReadOne(call);
  if (!article) return BadBody(article.error());
  const auto annotator = service.annotators->Borrow();
  const Result<bool> replaced = service.writer.replace(*old_id, *article, *annotator);
  if (!replaced) return StoreFailed(replaced.error());
  WriteItem item;
  item.article = article->id;
  item.status = *replaced ? "replaced" : "created";
  item.external_id = article->external_id;
  return JsonReply(*replaced ? 200 : 201, WriteJson(item));
}

Reply DeleteArticle(const Call& call) {
  if (!call.service.writer.remove) return ReadOnly();
  const auto id = ParseArticleIdOfPath(call.id);
  if (!id) return ProblemReply(id.error());
  const Result<bool> removed = call.service.writer.remove(*id);
  if (!removed) return StoreFailed(removed.error());
  if (!*removed) {
    return ProblemReply({query::ProblemKind::kNotFound, "no such article: " + FormatId(*id), "id", {}, {}});
  }
  WriteItem item;
  item.article = *id;
  item.status = "deleted";
  return JsonReply(200, WriteJson(item));
}

Reply PostAnnotate(const Call& call) {
  if (call.service.annotators == nullptr) return ReadOnly();
  const auto filter = ParseAnnotationFilter(call.params);
  if (!filter) return ProblemReply(filter.error());
  const Result<Article> article = ReadOne(call);
  if (!article) return BadBody(article.error());
  const auto annotator = call.service.annotators->Borrow();
  return JsonReply(200, AnnotationJson(*article, annotator->Annotate(*article), *filter));
}

}  // namespace mailuo::server
