// mailuo serve: the HTTP API and the web page over one store.
#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/today.h"
#include "cli/wiring.h"
#include "core/log.h"
#include "ingest/folder_watch.h"
#include "ingest/watch.h"
#include "query/engine.h"
#include "query/operations.h"
#include "server/server.h"

namespace mailuo::cli {
namespace {

// "127.0.0.1:8080", "[::1]:0".
Status ParseListen(std::string_view text, server::ServerOptions& options) {
  const std::size_t colon = text.rfind(':');
  const auto bad = [&] {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("--listen: '{}' is not ADDRESS:PORT, such as 127.0.0.1:8080", text)};
  };
  if (colon == std::string_view::npos || colon == 0) return bad();
  std::string_view address = text.substr(0, colon);
  if (address.front() == '[' && address.back() == ']') address = address.substr(1, address.size() - 2);
  int port = 0;
  const std::string_view digits = text.substr(colon + 1);
  if (digits.empty() || digits.size() > 5) return bad();
  for (const char c : digits) {
    if (c < '0' || c > '9') return bad();
    port = port * 10 + (c - '0');
  }
  if (port > 65535) return bad();
  options.address = std::string(address);
  options.port = port;
  return {};
}

server::EntityOperator MakeOperator(const query::Operator& operations) {
  server::EntityOperator made;
  made.merge = [&operations](const query::MergeRequest& request) { return operations.Merge(request); };
  made.split = [&operations](const query::SplitRequest& request) { return operations.Split(request); };
  made.undo = [&operations](const query::UndoRequest& request) { return operations.Undo(request); };
  return made;
}

server::ArticleWriter MakeWriter(store::Store& store) {
  server::ArticleWriter writer;
  writer.add = [&store](const std::vector<Article>& articles, extract::Annotator& annotator) {
    return ingest::IngestArticles(articles, store, annotator);
  };
  writer.replace = [&store](const ArticleId& old_id, const Article& article, extract::Annotator& annotator) {
    return store.Replace(old_id, {article, annotator.Annotate(article)});
  };
  writer.remove = [&store](const ArticleId& id) { return store.Delete(id); };
  return writer;
}

void LogEvent(const ingest::IngestEvent& event) {
  using ingest::IngestEventKind;
  const ingest::IngestCounters& counters = event.counters;
  switch (event.kind) {
    case IngestEventKind::kSkipped: return log::Warning("watch: skipped {}: {}", event.place, event.reason);
    case IngestEventKind::kWarning: return log::Warning("watch: {} {}", event.place, event.reason);
    case IngestEventKind::kWatching: return log::Info("watch: watching {}", event.place);
    case IngestEventKind::kFinished:
      return log::Info("watch: {} articles from {} files: {} new, {} known already", counters.read, counters.files,
                       counters.created, counters.known);
    case IngestEventKind::kStarted:
    case IngestEventKind::kProgress: return;
  }
}

// Follows folders beside the server until a signal comes; what ends it early is told, and the server goes on.
class WatchThread {
 public:
  WatchThread(const std::vector<std::string>& folders, store::Store& store,
              const std::shared_ptr<const extract::Knowledge>& knowledge) {
    if (folders.empty()) return;
    thread_ = std::thread([folders, knowledge, &store] {
      ingest::WatchOptions options;
      options.ingest.on_event = &LogEvent;
      options.ingest.stop = [] { return StopRequested(); };
      const Status status = ingest::WatchFolders(folders, store, knowledge, options);
      if (!status) log::Warning("watch: {}", status.error().message);
    });
  }
  ~WatchThread() {
    if (thread_.joinable()) thread_.join();
  }
  WatchThread(const WatchThread&) = delete;
  WatchThread& operator=(const WatchThread&) = delete;

 private:
  std::thread thread_;
};

// Runs the server until a signal comes. One that only reads follows the writer, a second behind.
int ServeUntilSignal(server::Server& server, store::Store& store) {
  constexpr auto kPoll = std::chrono::milliseconds(50);
  constexpr int kPollsBetweenRefreshes = 20;
  std::thread watcher([&] {
    for (int i = 1; !StopRequested(); ++i) {
      std::this_thread::sleep_for(kPoll);
      if (i % kPollsBetweenRefreshes != 0) continue;
      if (const Status fresh = store.Refresh(); !fresh) log::Warning("store: {}", fresh.error().message);
    }
    server.Stop();
  });
  server.Run();
  watcher.join();
  return kExitOk;
}

}  // namespace

int RunServe(const ServeOptions& options, Output& output) {
  server::ServerOptions settings;
  if (const Status listen = ParseListen(options.listen, settings); !listen) return Fail(listen.error(), output);
  if (options.threads > 0) settings.threads = options.threads;
  const auto lexicon = LexiconOf(options.store, options.lexicon);
  if (!lexicon) return Fail(lexicon.error(), output);
  auto knowledge = LoadKnowledge(*lexicon, options.model);
  if (!knowledge) return Fail(knowledge.error(), output);
  auto store = options.read_only ? OpenForReading(options.store) : OpenForWriting(options.store, **knowledge);
  if (!store) return Fail(store.error(), output);

  if (!options.watch.empty()) {
    // What cannot be followed is said before anybody is served.
    if (const auto watch = ingest::FolderWatch::Open(options.watch); !watch) return Fail(watch.error(), output);
  }
  HandleSignals();
  const query::Engine engine(**store, *lexicon);
  server::Service service;
  service.engine = &engine;
  service.knowledge = *knowledge;
  service.today = [] { return Today(); };
  const query::Operator operations(engine, **store);
  if (!options.read_only) {
    service.writer = MakeWriter(**store);
    service.operations = MakeOperator(operations);
  }
  auto server = server::Server::Create(settings, std::move(service));
  if (!server) return Fail(server.error(), output);
  if (const Status started = (*server)->Start(); !started) return Fail(started.error(), output);
  const bool v6 = settings.address.find(':') != std::string::npos;
  output.Line(
      fmt::format("listening on http://{}{}{}:{}/", v6 ? "[" : "", settings.address, v6 ? "]" : "", (*server)->port()));
  output.Flush();
  const WatchThread watch(options.watch, **store, *knowledge);
  return ServeUntilSignal(**server, **store);
}

}  // namespace mailuo::cli
