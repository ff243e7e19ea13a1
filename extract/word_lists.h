// Words that many rules share, under a name: "@courts" in a rule stands for the words of the list courts, joined by |.
// Thread safety: one thread at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "extract/rules.h"
#include "extract/rules_tsv.h"

namespace mailuo::extract {

class WordLists {
 public:
  // Lines of name, words, why. A list may hold lists of lines above its own. The file's text must outlive the lists.
  static Result<WordLists> Parse(const RuleFile& file);

  // The text of a rule file with words in place of names; lines stay lines. An unknown name is an error.
  Result<std::string> Expand(const RuleFile& file);
  // The line of a list, with its words; from now on the list is used. Views into this object.
  std::optional<RuleLine> Find(std::string_view name);
  // A list that nothing names is a mistake.
  Status CheckAllUsed() const;

 private:
  struct List {
    std::size_t line = 0;
    std::string words;
    bool used = false;
  };
  Status ExpandLine(const RuleFile& file, std::size_t number, std::string_view line, std::string& expanded);

  std::string_view file_;
  std::map<std::string, List, std::less<>> lists_;
};

}  // namespace mailuo::extract
