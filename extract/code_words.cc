#include "extract/code_words.h"

#include <optional>
#include <string_view>
#include <utility>

#include "extract/rules_tsv.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

using Types = std::bitset<kEventTypeCount + 1>;

constexpr std::pair<std::string_view, CodeWords::Words CodeWords::*> kWords[] = {
    {"passives", &CodeWords::passives},
    {"passive_far", &CodeWords::passive_far},
    {"passive_near", &CodeWords::passive_near},
    {"not_passive", &CodeWords::not_passive},
    {"unnamed_actors", &CodeWords::unnamed_actors},
    {"its_shares", &CodeWords::its_shares},
    {"its_objects", &CodeWords::its_objects},
    {"brokers", &CodeWords::brokers},
    {"anaphora", &CodeWords::anaphora},
    {"both", &CodeWords::both},
    {"anaphora_alone", &CodeWords::anaphora_alone},
    {"anaphora_company", &CodeWords::anaphora_company},
    {"anaphora_its", &CodeWords::anaphora_its},
    {"objects_behind", &CodeWords::objects_behind},
    {"owned_things", &CodeWords::owned_things},
    {"latter", &CodeWords::latter},
    {"goes_on", &CodeWords::goes_on},
    {"holding", &CodeWords::holding},
    {"joins_holders", &CodeWords::joins_holders},
    {"anaphors_at_verb", &CodeWords::anaphors_at_verb},
    {"tells_news", &CodeWords::tells_news},
    {"sites", &CodeWords::sites},
    {"quoted", &CodeWords::quoted},
    {"listed_end", &CodeWords::listed_end},
    {"after_name", &CodeWords::after_name},
    {"joiners", &CodeWords::joiners},
    {"joining_tails", &CodeWords::joining_tails},
    {"joining_words", &CodeWords::joining_words},
    {"stakes", &CodeWords::stakes},
    {"turns", &CodeWords::turns},
    {"papers", &CodeWords::papers},
    {"cites", &CodeWords::cites},
    {"former", &CodeWords::former},
    {"only_named", &CodeWords::only_named},
    {"still_told", &CodeWords::still_told},
    {"value_nouns", &CodeWords::value_nouns},
    {"deals", &CodeWords::deals},
    {"deal_done", &CodeWords::deal_done},
    {"deal_said", &CodeWords::deal_said},
    {"deal_not", &CodeWords::deal_not},
    {"deal_open", &CodeWords::deal_open},
    {"ahead", &CodeWords::ahead},
    {"compared_before", &CodeWords::compared_before},
    {"compared_behind", &CodeWords::compared_behind},
    {"since", &CodeWords::since},
    {"extremes", &CodeWords::extremes},
    {"same_time", &CodeWords::same_time},
    {"nowadays", &CodeWords::nowadays},
    {"today", &CodeWords::today},
    {"quarter_reports", &CodeWords::quarter_reports},
    {"half_reports", &CodeWords::half_reports},
    {"nine_month_reports", &CodeWords::nine_month_reports},
    {"named_years", &CodeWords::named_years},
    {"named_by_year", &CodeWords::named_by_year},
    {"of_attribute", &CodeWords::of_attribute},
    {"carried_out", &CodeWords::carried_out},
    {"being", &CodeWords::being},
    {"and_holder", &CodeWords::and_holder},
    {"shares", &CodeWords::shares},
    {"not_shares", &CodeWords::not_shares},
    {"doubled_share", &CodeWords::doubled_share},
    {"listed_shares", &CodeWords::listed_shares},
    {"share", &CodeWords::share},
    {"reason_words", &CodeWords::reason_words},
    {"effect_inside", &CodeWords::effect_inside}};

constexpr std::pair<std::string_view, CodeWords::UnitSet CodeWords::*> kUnits[] = {
    {"passive_ends", &CodeWords::passive_ends},
    {"replaced_by", &CodeWords::replaced_by},
    {"its_behind", &CodeWords::its_behind},
    {"its_before", &CodeWords::its_before},
    {"its_among", &CodeWords::its_among},
    {"before_anaphor", &CodeWords::before_anaphor},
    {"pronouns", &CodeWords::pronouns},
    {"pronouns_of_women", &CodeWords::pronouns_of_women},
    {"not_pronoun", &CodeWords::not_pronoun},
    {"before_holding", &CodeWords::before_holding},
    {"joins_posts", &CodeWords::joins_posts},
    {"post_breaks", &CodeWords::post_breaks},
    {"before_list", &CodeWords::before_list},
    {"classifiers", &CodeWords::classifiers},
    {"numerals", &CodeWords::numerals},
    {"joining_units", &CodeWords::joining_units},
    {"in_stakes", &CodeWords::in_stakes},
    {"from_afar", &CodeWords::from_afar},
    {"not_from_afar", &CodeWords::not_from_afar},
    {"turns_inside", &CodeWords::turns_inside},
    {"calendar_units", &CodeWords::calendar_units},
    {"in_share_counts", &CodeWords::in_share_counts}};

constexpr std::pair<std::string_view, Types CodeWords::*> kTypes[] = {{"decided", &CodeWords::decided},
                                                                      {"dealt", &CodeWords::dealt},
                                                                      {"of_figures", &CodeWords::of_figures},
                                                                      {"unsure_alone", &CodeWords::unsure_alone}};

}  // namespace

Result<CodeWords> CodeWords::Read(WordLists& lists) {
  CodeWords out;
  for (const auto& [name, words] : kWords) {
    const std::optional<RuleLine> line = lists.Find(name);
    if (!line) continue;
    MAILUO_ASSIGN_OR_RETURN(out.*words, FoldedAlternatives(*line, "words", line->columns[1]));
  }
  for (const auto& [name, units] : kUnits) {
    const std::optional<RuleLine> line = lists.Find(name);
    if (!line) continue;
    MAILUO_ASSIGN_OR_RETURN(const Words words, FoldedAlternatives(*line, "words", line->columns[1]));
    for (const std::u16string& word : words) {
      if (word.size() != 1) return line->Fail("words", "every word of this list is one character");
      (out.*units).push_back(word.front());
    }
  }
  for (const auto& [name, types] : kTypes) {
    const std::optional<RuleLine> line = lists.Find(name);
    if (!line) continue;
    for (const std::string_view code : SplitAlternatives(line->columns[1])) {
      const std::optional<EventType> type = ParseEventType(code);
      if (!type) return line->Fail("words", "unknown event type '" + std::string(code) + "'");
      (out.*types).set(static_cast<std::size_t>(*type));
    }
  }
  return out;
}

std::string CodeWords::Text() const {
  std::string text;
  for (const auto& [name, words] : kWords) {
    for (const std::u16string& word : this->*words) text += text::ToUtf8(word) + '|';
  }
  for (const auto& [name, units] : kUnits) text += text::ToUtf8(this->*units);
  for (const auto& [name, types] : kTypes) {
    if ((this->*types).any()) text += (this->*types).to_string();
  }
  return text;
}

std::vector<std::string> CodeWords::Missing() const {
  std::vector<std::string> missing;
  for (const auto& [name, words] : kWords) {
    if ((this->*words).empty()) missing.emplace_back(name);
  }
  for (const auto& [name, units] : kUnits) {
    if ((this->*units).empty()) missing.emplace_back(name);
  }
  for (const auto& [name, types] : kTypes) {
    if ((this->*types).none()) missing.emplace_back(name);
  }
  return missing;
}

}  // namespace mailuo::extract
