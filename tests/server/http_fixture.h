// A real server on 127.0.0.1 over a small graph, and a client for it.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <httplib.h>
#include <rapidjson/document.h>

#include "extract/annotator.h"
#include "ingest/pipeline.h"
#include "query/operations.h"
#include "server/server.h"
#include "support/graph.h"

namespace mailuo::testing {

// Made once: compiling the rules is the slowest part of a test.
inline std::shared_ptr<const extract::Knowledge> TestKnowledge() {
  static const auto kKnowledge = [] {
    auto made = extract::Knowledge::Create(lexicon::Lexicon::BuiltIn());
    if (!made) throw std::runtime_error(made.error().message);
    return *made;
  }();
  return kKnowledge;
}

inline std::vector<store::StoredArticle> NoArticles() { return {}; }

class TestServer {
 public:
  explicit TestServer(const std::vector<store::StoredArticle>& articles = ChipNews(),
                      server::ServerOptions options = {}, bool writable = true)
      : graph_(articles) {
    options.port = 0;
    options.limits.access_log = false;
    server::Service service;
    service.engine = &graph_.engine();
    service.today = [] { return SampleDay("2025-12-15"); };
    service.reader.today = SampleDay("2025-12-15");
    if (writable) {
      service.knowledge = TestKnowledge();
      service.writer = Writer();
      service.operations = Operations();
    }
    auto made = server::Server::Create(options, std::move(service));
    if (!made) throw std::runtime_error(made.error().message);
    server_ = *std::move(made);
    if (const auto started = server_->Start(); !started) throw std::runtime_error(started.error().message);
    thread_ = std::thread([this] { server_->Run(); });
  }
  ~TestServer() {
    server_->Stop();
    thread_.join();
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  Graph& graph() { return graph_; }
  server::Server& server() { return *server_; }
  httplib::Client Client() const {
    httplib::Client client("127.0.0.1", server_->port());
    client.set_read_timeout(60);
    client.set_tcp_nodelay(true);
    return client;
  }

 private:
  server::ArticleWriter Writer() {
    server::ArticleWriter writer;
    writer.add = [this](const std::vector<Article>& articles, extract::Annotator& annotator) {
      return ingest::IngestArticles(articles, graph_.store(), annotator);
    };
    writer.replace = [this](const ArticleId& old_id, const Article& article, extract::Annotator& annotator) {
      return graph_.store().Replace(old_id, {article, annotator.Annotate(article)});
    };
    writer.remove = [this](const ArticleId& id) { return graph_.store().Delete(id); };
    return writer;
  }

  server::EntityOperator Operations() {
    server::EntityOperator operations;
    operations.merge = [this](const query::MergeRequest& request) { return operator_.Merge(request); };
    operations.split = [this](const query::SplitRequest& request) { return operator_.Split(request); };
    operations.undo = [this](const query::UndoRequest& request) { return operator_.Undo(request); };
    return operations;
  }

  Graph graph_;
  query::Operator operator_{graph_.engine(), graph_.store()};
  std::unique_ptr<server::Server> server_;
  std::thread thread_;
};

inline rapidjson::Document ParseJson(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.c_str(), text.size());
  if (document.HasParseError()) throw std::runtime_error("not JSON: " + text);
  return document;
}

}  // namespace mailuo::testing
