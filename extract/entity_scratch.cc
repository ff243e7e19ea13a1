#include "extract/entity_scratch.h"

#include <utility>
#include <vector>

#include "text/folded_text.h"

namespace mailuo::extract {

std::int32_t EntityScratch::AddArticleEntity(MentionType type, std::string_view name, std::string_view kind,
                                             std::vector<std::string> new_tickers) {
  const EntityId id = MakeEntityId(type, text::FoldKey(name));
  for (std::size_t i = 0; i < article_entities.size(); ++i) {
    ArticleEntity& known = article_entities[i];
    if (known.type != type || known.id != id) continue;
    if (known.tickers.empty()) known.tickers = std::move(new_tickers);
    return static_cast<std::int32_t>(i);
  }
  article_entities.push_back({type, id, std::string(name), std::string(kind), std::move(new_tickers)});
  return static_cast<std::int32_t>(article_entities.size() - 1);
}

bool IsNameUnit(char16_t unit) {
  return text::IsHan(unit) || text::IsAsciiAlnum(unit) || unit == u'·' || unit == u'-' || unit == u'&';
}

bool IsBreak(char16_t unit) { return !IsNameUnit(unit); }

bool IsGrammarUnit(char16_t unit) {
  // All of them lie between 一 and the end of the common Han block.
  if (unit < 0x4E00 || unit > 0x9FFF) return false;
  static const std::vector<bool> the_units = [] {
    static constexpr std::u16string_view kUnits =
        u"的了着过是在和与及或也都就而且但被把将对向从于为以并等这那其此该之所";
    std::vector<bool> is(0x9FFF - 0x4E00 + 1, false);
    for (const char16_t one : kUnits) is[one - 0x4E00U] = true;
    return is;
  }();
  return the_units[unit - 0x4E00U];
}

}  // namespace mailuo::extract
