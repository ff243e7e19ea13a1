// Words that the code asks for by name: lists of corpus/rules/lists.tsv, whose lines say what each is for. A list of
// units is a string of which every character is a word.
// Thread safety: a value.
#pragma once

#include <bitset>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/types.h"
#include "extract/word_lists.h"

namespace mailuo::extract {

struct CodeWords {
  using Words = std::vector<std::u16string>;
  using UnitSet = std::u16string;

  // Of the roles: passives, anaphora, who holds whom.
  Words passives, passive_far, passive_near, not_passive, unnamed_actors, its_shares, its_objects, brokers, anaphora,
      anaphora_alone, anaphora_company, anaphora_its, both, objects_behind, owned_things, latter, goes_on, holding,
      joins_holders, anaphors_at_verb;
  UnitSet passive_ends, its_behind, its_before, its_among, before_anaphor, pronouns, pronouns_of_women, not_pronoun,
      before_holding, joins_posts;
  // Of names in a sentence: lists, counts, who tells the news.
  Words tells_news, sites, quoted, listed_end, after_name, joiners, joining_tails, joining_words, stakes;
  UnitSet post_breaks, before_list, classifiers, numerals, joining_units, in_stakes, from_afar, not_from_afar;
  // Of status.
  Words turns;
  UnitSet turns_inside;
  // Of events.
  Words papers, only_named, still_told, value_nouns, deals, deal_done, deal_said, deal_not, deal_open, ahead, cites,
      former;
  UnitSet replaced_by;
  // Of dates.
  Words compared_before, compared_behind, since, extremes, same_time, nowadays, today, quarter_reports, half_reports,
      nine_month_reports, named_years, named_by_year, of_attribute, carried_out;
  UnitSet calendar_units;
  // Of shares and who holds them.
  Words being, and_holder, shares, not_shares, doubled_share, listed_shares, share;
  UnitSet in_share_counts;
  // Of links.
  Words reason_words, effect_inside;

  // Event types that their actor decides; bit: number of the type.
  std::bitset<kEventTypeCount + 1> decided;
  // Event types that 这笔交易 may stand for.
  std::bitset<kEventTypeCount + 1> dealt;
  // Event types of figures: which way one went may stand in a clause of its own.
  std::bitset<kEventTypeCount + 1> of_figures;
  // Event types that are less sure where nobody is named.
  std::bitset<kEventTypeCount + 1> unsure_alone;

  // What `lists` holds of them; a list that is not there stays empty.
  static Result<CodeWords> Read(WordLists& lists);
  // All of them, as a part of what extraction is a function of.
  std::string Text() const;
  // The names of the lists that are empty, for a test of the built-in rules.
  std::vector<std::string> Missing() const;
};

}  // namespace mailuo::extract
