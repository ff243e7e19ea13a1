#include "lexicon/row_merge.h"

#include <algorithm>
#include <string>

#include "text/folded_text.h"

namespace mailuo::lexicon {

RowName* FindName(LexiconRow& row, std::string_view text) {
  const std::string key = text::FoldKey(text);
  const auto same = std::find_if(row.names.begin(), row.names.end(),
                                 [&key](const RowName& name) { return text::FoldKey(name.text) == key; });
  return same == row.names.end() ? nullptr : &*same;
}

void MergeTickersAndAttributes(const LexiconRow& from, LexiconRow& into) {
  for (const std::string& ticker : from.tickers) {
    if (std::find(into.tickers.begin(), into.tickers.end(), ticker) == into.tickers.end()) {
      into.tickers.push_back(ticker);
    }
  }
  for (const auto& attribute : from.attributes) {
    const auto same = std::find_if(into.attributes.begin(), into.attributes.end(),
                                   [&](const auto& known) { return known.first == attribute.first; });
    if (same == into.attributes.end()) {
      into.attributes.push_back(attribute);
    } else {
      same->second = attribute.second;
    }
  }
}

}  // namespace mailuo::lexicon
