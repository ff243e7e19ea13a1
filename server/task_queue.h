// The threads of the server: a bounded queue of connections. Included only from server.cc.
// Thread safety: Enqueue from one thread (the one that accepts).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mailuo::server {

class TaskPool {
 public:
  // `turn_away` threads answer connections that do not fit the queue: while one runs a task, Overloaded() is true in
  // it. When they have as many waiting as the queue is long, Enqueue waits: the kernel holds the clients back.
  TaskPool(std::size_t threads, std::size_t max_queued, std::size_t turn_away = 2) : max_queued_(max_queued) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(tasks_, false); });
    for (std::size_t i = 0; i < turn_away; ++i) threads_.emplace_back([this] { Work(refused_, true); });
  }
  ~TaskPool() { Shutdown(); }
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  // True if the task was taken, false if it will be turned away.
  bool Enqueue(std::function<void()> task) {
    std::unique_lock<std::mutex> lock(mutex_);
    const bool taken = tasks_.size() < max_queued_;
    if (!taken) room_.wait(lock, [this] { return refused_.size() < max_queued_ || shutdown_; });
    (taken ? tasks_ : refused_).push_back(std::move(task));
    ready_.notify_all();
    return taken;
  }

  // Runs what is queued, then ends the threads.
  void Shutdown() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      shutdown_ = true;
    }
    ready_.notify_all();
    room_.notify_all();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  static bool Overloaded() { return OverloadedHere(); }

 private:
  static bool& OverloadedHere() {
    thread_local bool overloaded = false;
    return overloaded;
  }

  void Work(std::deque<std::function<void()>>& queue, bool turns_away) {
    OverloadedHere() = turns_away;
    while (true) {
      std::function<void()> task;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        ready_.wait(lock, [&] { return !queue.empty() || shutdown_; });
        if (queue.empty()) return;
        task = std::move(queue.front());
        queue.pop_front();
      }
      room_.notify_one();
      task();
    }
  }

  const std::size_t max_queued_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable room_;
  std::deque<std::function<void()>> tasks_;
  std::deque<std::function<void()>> refused_;
  std::vector<std::thread> threads_;
  bool shutdown_ = false;
};

}  // namespace mailuo::server
