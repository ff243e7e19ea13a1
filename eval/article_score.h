// Compares what extraction found in one article with what a careful reader found there, and counts, by kind:
//
//   mention, mention/TYPE   span and type equal                     ratios: mention.name, mention.tickers (main
//   listing) date.span               span equal date.value              spans overlap and the interval is equal (with
//   since and after its start, with until, by,
//                           before and as-of its end)               ratios: date.precision, date.relation
//   event, event/TYPE       type equal, triggers overlap*            ratios: event.status, event.time (first day)
//   event.sentence          type equal, trigger in the same sentence
//   event.participant       role and name, of events found by their sentence
//   event.value             number, of events found by their sentence
//   relation, relation/TYPE type, head and tail                     ratio: relation.status
//   timeline                entity, first day, type of every participant of every event
//   false_company           companies found where only common words are; gold is 0
//                           ratio: article.no_false_company, of the articles of common words
//
// * or are the same word of the same sentence.
// ALIAS_OF and CO_OCCURS are not compared. What lies on an unscored span counts neither way. A mention that was found
// with another canonical name counts against mention.name only: events, timeline and relations compare with the gold's
// name for it.
// Thread safety: pure functions; one board by one thread at a time.
#pragma once

#include "core/annotation.h"
#include "core/article.h"
#include "eval/gold.h"
#include "eval/scoreboard.h"

namespace mailuo::eval {

// Leaves out what extraction itself trusts less than `min_confidence`.
void DropUnsure(double min_confidence, Annotation& annotation);

// REQUIRES: CheckQuotes(gold, article.text) is ok; `found` was made of `article`.
void ScoreArticle(const GoldArticle& gold, const Article& article, const Annotation& found, Scoreboard& board);

}  // namespace mailuo::eval
