// The HTTP server: sockets, threads and their limits. What it answers is in routes.h.
//
//   auto server = Server::Create(options, service);   // checks the options
//   (*server)->Start();                               // binds: port() is known, clients may connect
//   (*server)->Run();                                 // serves until Stop() is called from another thread
//
// Limits: one thread serves one connection at a time and lets go of it when it is idle for keep_alive_seconds, or after
// keep_alive_requests. Connections that find no thread wait in a queue of max_queued; beyond it they are told 503 with
// Retry-After. Request line and headers are limited to 8 KiB each by the library.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/result.h"
#include "server/dispatcher.h"
#include "server/service.h"

namespace mailuo::server {

struct ServerOptions {
  std::string address = "127.0.0.1";
  int port = 8080;           // 0: any free one.
  std::size_t threads = 32;  // They wait for the network most of the time.
  std::size_t max_queued = 128;
  int keep_alive_seconds = 5;
  std::size_t keep_alive_requests = 10000;
  int read_timeout_seconds = 10;  // Of one read of a request.
  int write_timeout_seconds = 10;
  DispatchLimits limits;
};

// Thread safety: Stop and port may be called from any thread.
class Server {
 public:
  static Result<std::unique_ptr<Server>> Create(ServerOptions options, Service service);
  ~Server();  // Stops. The thread that is in Run() must have left it.
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // kIo: the address cannot be bound; the message says which.
  Status Start();
  int port() const;
  // Returns after Stop(), when the requests under way are answered. REQUIRES: Start() succeeded; once only.
  void Run();
  void Stop();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::server
