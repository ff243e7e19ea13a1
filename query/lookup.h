// Which entity a text stands for. Internal to query/.
// Thread safety: may be used from any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"
#include "query/pinyin_index.h"
#include "query/problem.h"
#include "query/session.h"

namespace mailuo::query {

class Lookup {
 public:
  explicit Lookup(const lexicon::Lexicon& lexicon) : lexicon_(lexicon), pinyin_(lexicon) {}

  // Engine::Find.
  Answer<EntityMatch> Find(Session& session, std::string_view text, std::string_view parameter) const;

  // Every entity that `text` matches, best first: by MatchReason, then most mentioned, then listed before others, then
  // the shorter name, then id. With `prefix` also kPrefix matches. Counts are filled. A bare American symbol that no
  // article mentions comes after pinyin and initials: who types byd means 比亚迪, not Boyd Gaming.
  Answer<std::vector<EntityMatch>> All(Session& session, std::string_view text, bool prefix) const;

  // Entities with names like `text`, best first, at most `limit`: same reading (英伟打), names that `text` contains
  // (英伟达公司), names that share its beginning.
  Answer<std::vector<EntityMatch>> Similar(Session& session, std::string_view text, std::size_t limit) const;

  // The entity with its tickers and counts.
  Answer<EntityMatch> Describe(Session& session, EntityId id, MatchReason why, std::string_view matched) const;

 private:
  const PinyinIndex& Pinyin() const { return pinyin_; }

  const lexicon::Lexicon& lexicon_;
  PinyinIndex pinyin_;
};

}  // namespace mailuo::query
