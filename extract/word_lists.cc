#include "extract/word_lists.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mailuo::extract {
namespace {

constexpr char kMark = '@';

bool IsOfName(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

}  // namespace

Result<WordLists> WordLists::Parse(const RuleFile& file) {
  WordLists lists;
  lists.file_ = file.name;
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 3));
  for (const RuleLine& line : lines) {
    const std::string_view name = line.columns[0];
    if (name.empty() || !std::all_of(name.begin(), name.end(), IsOfName)) {
      return line.Fail("name", "expected small letters and _, got '" + std::string(name) + "'");
    }
    if (line.columns[1].empty()) return line.Fail("words", "a list needs words");
    List list;
    list.line = line.number;
    MAILUO_RETURN_IF_ERROR(lists.ExpandLine(file, line.number, line.columns[1], list.words));
    if (!lists.lists_.emplace(name, std::move(list)).second) return line.Fail("name", "the name is taken");
  }
  return lists;
}

Status WordLists::ExpandLine(const RuleFile& file, std::size_t number, std::string_view line, std::string& expanded) {
  for (;;) {
    const std::size_t mark = line.find(kMark);
    expanded += line.substr(0, mark);
    if (mark == std::string_view::npos) return {};
    line.remove_prefix(mark + 1);
    const auto size = static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), IsOfName) - line.begin());
    const auto list = lists_.find(line.substr(0, size));
    if (list == lists_.end()) {
      return RuleLine{file.name, number, {}}.Fail("", "no list @" + std::string(line.substr(0, size)) + " above");
    }
    list->second.used = true;
    expanded += list->second.words;
    line.remove_prefix(size);
  }
}

Result<std::string> WordLists::Expand(const RuleFile& file) {
  std::string expanded;
  std::size_t number = 0;
  for (const std::string_view line : SplitAlternatives(file.text, '\n')) {
    if (number++ > 0) expanded += '\n';
    if (line.empty() || line.front() == '#') {
      expanded += line;
      continue;
    }
    MAILUO_RETURN_IF_ERROR(ExpandLine(file, number, line, expanded));
  }
  return expanded;
}

std::optional<RuleLine> WordLists::Find(std::string_view name) {
  const auto list = lists_.find(name);
  if (list == lists_.end()) return std::nullopt;
  list->second.used = true;
  return RuleLine{file_, list->second.line, {list->first, list->second.words}};
}

Status WordLists::CheckAllUsed() const {
  for (const auto& [name, list] : lists_) {
    if (!list.used) return RuleLine{file_, list.line, {}}.Fail("name", "no rule uses @" + name);
  }
  return {};
}

}  // namespace mailuo::extract
