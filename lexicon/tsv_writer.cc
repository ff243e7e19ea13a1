#include "lexicon/tsv_writer.h"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "lexicon/row_merge.h"
#include "text/folded_text.h"

namespace mailuo::lexicon {
namespace {

std::string_view MarkOf(NameStrength strength) {
  switch (strength) {
    case NameStrength::kSure: return "";
    case NameStrength::kWeak: return "?";
    case NameStrength::kTickerOnly: return "!";
  }
  return "";
}

std::string_view MarkOf(NameKind kind) {
  switch (kind) {
    case NameKind::kFull: return "full:";
    case NameKind::kFormer: return "former:";
    case NameKind::kEnglish: return "en:";
    case NameKind::kShort: return "short:";
    case NameKind::kCanonical:
    case NameKind::kAlias: return "";
  }
  return "";
}

std::string_view StrengthWord(NameStrength strength) {
  switch (strength) {
    case NameStrength::kSure: return "";
    case NameStrength::kWeak: return "weak";
    case NameStrength::kTickerOnly: return "ticker";
  }
  return "";
}

void AddNames(const LexiconRow& from, LexiconRow& into) {
  for (const RowName& name : from.names) {
    if (FindName(into, name.text) == nullptr) into.names.push_back(name);
  }
  MergeTickersAndAttributes(from, into);
  if (!from.kind.empty()) into.kind = from.kind;
  if (!from.source.empty()) into.source = from.source;
}

}  // namespace

std::string LexiconHeader() { return "name\ttype\tkind\tstrength\taliases\ttickers\tattributes\tsource\n"; }

std::string WriteLexiconLine(const LexiconRow& row) {
  std::string line = row.names.front().text;
  line += '\t';
  line += Word(row.type);
  line += '\t';
  line += row.kind;
  line += '\t';
  line += StrengthWord(row.names.front().strength);
  line += '\t';
  for (std::size_t i = 1; i < row.names.size(); ++i) {
    if (i > 1) line += '|';
    line += MarkOf(row.names[i].strength);
    line += MarkOf(row.names[i].kind);
    line += row.names[i].text;
  }
  line += '\t';
  for (std::size_t i = 0; i < row.tickers.size(); ++i) {
    if (i > 0) line += '|';
    line += row.tickers[i];
  }
  line += '\t';
  for (std::size_t i = 0; i < row.attributes.size(); ++i) {
    if (i > 0) line += '|';
    line += row.attributes[i].first + '=' + row.attributes[i].second;
  }
  line += '\t';
  line += row.source;
  line += '\n';
  return line;
}

std::vector<LexiconRow> UniteRows(std::vector<LexiconRow> rows) {
  std::map<std::pair<MentionType, std::string>, LexiconRow> united;
  for (LexiconRow& row : rows) {
    std::pair key(row.type, text::FoldKey(row.names.front().text));
    const auto found = united.find(key);
    if (found == united.end()) {
      united.emplace(std::move(key), std::move(row));
    } else {
      AddNames(row, found->second);
    }
  }
  std::vector<LexiconRow> list;
  list.reserve(united.size());
  for (auto& [key, row] : united) list.push_back(std::move(row));
  return list;
}

}  // namespace mailuo::lexicon
