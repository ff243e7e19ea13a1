// OverlayRows() of compiler.h: how a user's names come to lie over the built-in ones.
#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <unordered_set>

#include <fmt/core.h>

#include "lexicon/compiler.h"
#include "lexicon/row_merge.h"
#include "text/folded_text.h"

namespace mailuo::lexicon {
namespace {

std::string TypedKey(MentionType type, std::string_view name) {
  std::string key(1, static_cast<char>(type));
  key += text::FoldKey(name);
  return key;
}

bool SharesTicker(const LexiconRow& a, const LexiconRow& b) {
  return std::any_of(a.tickers.begin(), a.tickers.end(), [&](const std::string& ticker) {
    return std::find(b.tickers.begin(), b.tickers.end(), ticker) != b.tickers.end();
  });
}

// Names, tickers and attributes of `user` into `base`, those of the user winning.
void Merge(const LexiconRow& user, LexiconRow& base) {
  for (const RowName& name : user.names) {
    if (RowName* const same = FindName(base, name.text)) {
      same->strength = name.strength;
      same->matched = true;
    } else {
      base.names.push_back(name);
    }
  }
  MergeTickersAndAttributes(user, base);
  if (!user.kind.empty()) base.kind = user.kind;
  base.file = user.file;  // What goes wrong with the merged entity is for the user to mend.
  base.line = user.line;
}

}  // namespace

Result<std::vector<LexiconRow>> OverlayRows(std::vector<LexiconRow> base, std::vector<LexiconRow> user) {
  std::unordered_map<std::string, std::vector<std::size_t>> by_name;
  for (std::size_t i = 0; i < base.size(); ++i) {
    by_name[TypedKey(base[i].type, base[i].names.front().text)].push_back(i);
  }
  std::unordered_set<std::string> user_names;
  for (const LexiconRow& row : user) {
    for (const RowName& name : row.names) user_names.insert(TypedKey(row.type, name.text));
  }
  for (LexiconRow& row : base) {
    for (RowName& name : row.names) name.matched = name.matched && user_names.count(TypedKey(row.type, name.text)) == 0;
  }
  const std::size_t base_count = base.size();
  for (LexiconRow& row : user) {
    const auto found = by_name.find(TypedKey(row.type, row.names.front().text));
    if (found == by_name.end()) {
      base.push_back(std::move(row));
      continue;
    }
    const std::vector<std::size_t>& candidates = found->second;
    std::size_t target = base_count;
    for (const std::size_t candidate : candidates) {
      if (candidates.size() == 1 || SharesTicker(row, base[candidate])) target = candidate;
    }
    if (target == base_count) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}:{}: {} entities are called '{}'; name the ticker of the one that is meant", row.file,
                               row.line, candidates.size(), row.names.front().text)};
    }
    Merge(row, base[target]);
  }
  return base;
}

}  // namespace mailuo::lexicon
