#include "server/server.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <httplib.h>

#include "core/log.h"
#include "server/http_error.h"
#include "server/query_string.h"
#include "server/task_queue.h"

namespace mailuo::server {
namespace {

// The library matches paths with std::regex, which recurses by length; longer ones are refused before.
constexpr std::size_t kMaxBodyPathBytes = 512;

class Queue : public httplib::TaskQueue {
 public:
  Queue(const ServerOptions& options, Metrics& metrics)
      : pool_(options.threads, options.max_queued), metrics_(metrics) {}
  void enqueue(std::function<void()> task) override {  // NOLINT(readability-identifier-naming)
    if (!pool_.Enqueue(std::move(task))) metrics_.CountRejected();
  }
  void shutdown() override { pool_.Shutdown(); }  // NOLINT(readability-identifier-naming)

 private:
  TaskPool pool_;
  Metrics& metrics_;
};

// A provider and not set_content: the library would pack text with brotli at its slowest setting.
void Send(Reply reply, httplib::Response& response) {
  response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
  response.set_header("X-Content-Type-Options", "nosniff");
  if (reply.body.empty()) return;
  const auto body = std::make_shared<const std::string>(std::move(reply.body));
  response.set_content_provider(body->size(), reply.type,
                                [body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                  return sink.write(body->data() + offset, length);
                                });
}

bool HasBody(const httplib::Request& request) {
  return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

Reply LibraryProblem(int status) {
  switch (status) {
    case 404: return ProblemReply(HttpProblem::kNoRoute, "there is nothing at this path");
    case 413: return ProblemReply(HttpProblem::kPayloadTooLarge, "the body is too large");
    case 414: return ProblemReply(HttpProblem::kTargetTooLong, "the request target is too long");
    case 415: return ProblemReply(HttpProblem::kUnsupportedType, "the body's encoding is not known");
    case 500: return ProblemReply(HttpProblem::kInternal, "the request could not be answered");
    default: return ProblemReply(HttpProblem::kBadRequest, "the request is not well-formed HTTP");
  }
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, Service service)
      : options_(std::move(options)), dispatcher_(std::move(service), options_.limits) {
    SetLimits();
    http_.set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) { return Route(request, response); });
    const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                  const httplib::ContentReader& reader) { Handle(request, response, &reader); };
    http_.Post(".*", with_body);
    http_.Put(".*", with_body);
    http_.Patch(".*", with_body);
    http_.Delete(".*", with_body);
    http_.set_exception_handler([](const httplib::Request& /*request*/, httplib::Response& response,
                                   const std::exception_ptr& /*error*/) { Send(LibraryProblem(500), response); });
    http_.set_error_handler(
        httplib::Server::HandlerWithResponse([](const httplib::Request& /*request*/, httplib::Response& response) {
          if (response.content_provider_) return httplib::Server::HandlerResponse::Unhandled;
          Send(LibraryProblem(response.status), response);
          return httplib::Server::HandlerResponse::Handled;
        }));
  }

  Status Start() {
    if (options_.port == 0) {
      port_ = http_.bind_to_any_port(options_.address);
    } else {
      port_ = http_.bind_to_port(options_.address, options_.port) ? options_.port : -1;
    }
    if (port_ > 0) return {};
    return Error{ErrorCode::kIo,
                 fmt::format("cannot listen on {}:{}; is another server there?", options_.address, options_.port)};
  }

  int port() const { return port_; }

  void Run() {
    if (!stopping_) http_.listen_after_bind();
    finished_ = true;
  }

  void Stop() {
    stopping_ = true;
    // The library forgets a stop that comes before its loop runs.
    while (run_started && !finished_) {
      if (http_.is_running()) http_.stop();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  std::atomic<bool> run_started{false};

 private:
  void SetLimits() {
    http_.new_task_queue = [this] { return new Queue(options_, dispatcher_.metrics()); };  // The library deletes it.
    http_.set_tcp_nodelay(true);
    // The library's default also sets SO_REUSEPORT: two servers would share a port unnoticed.
    http_.set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    http_.set_payload_max_length(options_.limits.max_body_bytes);
    http_.set_keep_alive_timeout(options_.keep_alive_seconds);
    http_.set_keep_alive_max_count(options_.keep_alive_requests);
    http_.set_read_timeout(options_.read_timeout_seconds);
    http_.set_write_timeout(options_.write_timeout_seconds);
  }

  httplib::Server::HandlerResponse Route(const httplib::Request& request, httplib::Response& response) {
    using Response = httplib::Server::HandlerResponse;
    if (TaskPool::Overloaded()) {
      response.set_header("Connection", "close");
      Send(ProblemReply(HttpProblem::kOverloaded, "too many connections"), response);
      return Response::Handled;
    }
    if (HasBody(request)) {
      if (request.path.size() <= kMaxBodyPathBytes) return Response::Unhandled;  // On to Handle, with its body.
      response.set_header("Connection", "close");
      Send(ProblemReply(HttpProblem::kNoRoute, "there is nothing at this path"), response);
      return Response::Handled;
    }
    Handle(request, response, nullptr);
    return Response::Handled;
  }

  void Handle(const httplib::Request& request, httplib::Response& response, const httplib::ContentReader* reader) {
    bool read = false;
    const auto read_body = [&](std::size_t limit) -> std::optional<std::string> {
      std::string body;
      if (reader == nullptr || request.is_multipart_form_data()) return body;
      read = true;
      const bool complete = (*reader)([&](const char* data, std::size_t size) {
        if (body.size() + size > limit) return false;
        body.append(data, size);
        return true;
      });
      if (!complete) return std::nullopt;
      return body;
    };
    RawRequest raw;
    raw.method = request.method;
    raw.target = request.target;
    raw.header = [&](const char* name) { return request.get_header_value(name); };
    raw.read_body = read_body;
    Reply reply = dispatcher_.Handle(raw);
    // What was not read would be taken for the next request.
    if (reader != nullptr && !read) Discard(request, *reader);
    Send(std::move(reply), response);
  }

  void Discard(const httplib::Request& request, const httplib::ContentReader& reader) const {
    if (request.is_multipart_form_data()) return;
    std::size_t size = 0;
    reader([&](const char* /*data*/, std::size_t bytes) { return (size += bytes) <= options_.limits.max_body_bytes; });
  }

  ServerOptions options_;
  Dispatcher dispatcher_;
  httplib::Server http_;
  int port_ = -1;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> finished_{false};
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { Stop(); }

Result<std::unique_ptr<Server>> Server::Create(ServerOptions options, Service service) {
  if (options.port < 0 || options.port > 65535) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("port must be 0..65535, got {}", options.port)};
  }
  if (options.threads == 0 || options.threads > 1024) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("threads must be 1..1024, got {}", options.threads)};
  }
  if (service.engine == nullptr) return Error{ErrorCode::kInvalidArgument, "the server needs an engine"};
  return std::unique_ptr<Server>(new Server(std::make_unique<Impl>(std::move(options), std::move(service))));
}

Status Server::Start() { return impl_->Start(); }
int Server::port() const { return impl_->port(); }
void Server::Run() {
  impl_->run_started = true;
  impl_->Run();
}
void Server::Stop() { impl_->Stop(); }

}  // namespace mailuo::server
