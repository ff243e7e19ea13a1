// Annotators to borrow: each serves one request at a time and keeps its buffers for the next.
// Thread safety: may be used from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "extract/annotator.h"

namespace mailuo::server {

class AnnotatorPool {
 public:
  explicit AnnotatorPool(std::shared_ptr<const extract::Knowledge> knowledge) : knowledge_(std::move(knowledge)) {}

  // Goes back to the pool when destroyed; the pool must outlive it.
  class Loan {
   public:
    Loan(AnnotatorPool& pool, std::unique_ptr<extract::Annotator> annotator)
        : pool_(pool), annotator_(std::move(annotator)) {}
    ~Loan() { pool_.Return(std::move(annotator_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    extract::Annotator& operator*() const { return *annotator_; }
    extract::Annotator* operator->() const { return annotator_.get(); }

   private:
    AnnotatorPool& pool_;
    std::unique_ptr<extract::Annotator> annotator_;
  };

  Loan Borrow() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!idle_.empty()) {
        auto annotator = std::move(idle_.back());
        idle_.pop_back();
        return {*this, std::move(annotator)};
      }
    }
    return {*this, std::make_unique<extract::Annotator>(knowledge_)};
  }

 private:
  void Return(std::unique_ptr<extract::Annotator> annotator) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(annotator));
  }

  std::shared_ptr<const extract::Knowledge> knowledge_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<extract::Annotator>> idle_;
};

}  // namespace mailuo::server
