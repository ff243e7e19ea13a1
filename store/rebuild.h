// A store's graph made anew from its articles, beside the one that is served: after the lexicon or the rules changed.
//
// The new graph is a generation of its own (generation.h), a whole store in the folder generation-N. The served one
// answers, and takes changes, until the new one holds every article; then one rename serves the new one. A rebuild
// that was cut short goes on where it was: what is missing is what the two sets of articles differ by.
// Thread safety: one thread at a time; fresh() and served() are stores.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "store/store.h"

namespace mailuo::store {

class Rebuild {
 public:
  struct Difference {
    std::vector<ArticleId> missing;  // In the new graph, ascending.
    std::vector<ArticleId> extra;    // Deleted since they were put there, ascending. An id may be in both.
  };

  // `options`: what the new graph is made by (versions, folder of names). An unfinished generation of the same versions
  // is gone on with, another is thrown away. kAlreadyExists: another process rebuilds. kIo: the disk has not the
  // room for a second graph.
  static Result<std::unique_ptr<Rebuild>> Start(const std::string& path, const StoreOptions& options);
  ~Rebuild();
  Rebuild(const Rebuild&) = delete;
  Rebuild& operator=(const Rebuild&) = delete;

  const Store& served() const { return *served_; }  // For reading; the state of the last Compare.
  Store& fresh() { return *fresh_; }

  // By the publication lists of both, after a look at what the served store holds now.
  Result<Difference> Compare();

  // Ends the rebuild: nobody can change the store while `catch_up` does what a last Compare says, then the new graph is
  // served. What users have said in the store (journals) goes over with it.
  // REQUIRES: Compare() gave little, for writers wait meanwhile. On an error the old graph is served as before.
  // Afterwards neither served() nor fresh() is there.
  Status Finish(const std::function<Status(const Difference&)>& catch_up);

 private:
  Rebuild(std::string path, std::uint64_t number, std::unique_ptr<Store> served, std::unique_ptr<Store> fresh);

  std::string path_;
  std::uint64_t number_;
  std::unique_ptr<Store> served_;
  std::unique_ptr<Store> fresh_;
};

}  // namespace mailuo::store
