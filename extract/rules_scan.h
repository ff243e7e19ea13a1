// What one pass over a document finds for all rules: rule words, clauses, and the mentions of each sentence with the
// particle they stand behind. Filled by EventExtractor::Extract, read by the extractors only.
// Thread safety: one thread at a time; keep one per annotator and reuse it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/refused.h"
#include "extract/rules.h"
#include "text/amount.h"
#include "text/automaton.h"
#include "text/span.h"

namespace mailuo::extract {

// The particle right before a mention, which says what the mention is to the verb that follows.
enum class Particle : std::uint8_t {
  kNone = 0,
  kBy,      // 被 遭 由 受: the one who acts.
  kTo,      // 对 为: the one it is done to.
  kToward,  // 向 给: the one who receives, or is asked.
  kWith,    // 与 和 同 跟 携: the partner.
  kTake,    // 将 把: the thing acted on.
  kFrom,    // 从 自: the source.
  kAt,      // 在 于: the place.
  kAbout,   // 因 以 比 按 针对: neither subject nor object.
  kSource,  // 据…报道: who tells the news.
};

struct ScanClause {
  text::UnitSpan span;
  std::uint32_t first_mention = 0, last_mention = 0;  // [first, last) into RuleScan::mentions.
};

struct ScanMention {
  std::uint32_t mention = 0;  // Into Document::mentions.
  std::uint32_t clause = 0;   // Into RuleScan::clauses.
  text::UnitSpan span;        // With the brackets that follow and only explain it: 英伟达(NASDAQ: NVDA).
  Particle particle = Particle::kNone;
  bool genitive = false;     // 的 follows.
  bool coordinated = false;  // 、 or 和 joins it to the mention before.
  bool chained = false;      // The same, or over names that nobody knows and stakes: 甲30%股权、无名公司和乙.
  bool afar = false;         // A description stands between the particle and the name.
  bool aside = false;        // In the bracket that explains the mention before: 乙 in 甲(以下简称“乙”).
};

struct ScanHit {
  text::UnitSpan span;
  std::uint32_t word = 0;  // Into CompiledRules::words.
  std::uint32_t clause = 0;
};

struct ScanSentence {
  std::uint32_t first_clause = 0, last_clause = 0;
  std::uint32_t first_mention = 0, last_mention = 0;
  std::uint32_t first_hit = 0, last_hit = 0;
  std::uint32_t first_amount = 0, last_amount = 0;
  std::int32_t topic_before = -1;    // Into RuleScan::mentions: what a sentence without a subject goes on about.
  std::int32_t company_before = -1;  // Likewise: the company that 公司 in the sentence stands for.
};

struct RuleScan {
  std::vector<ScanSentence> sentences;  // One for each of Document::sentences; empty ranges for boilerplate.
  std::vector<ScanClause> clauses;
  std::vector<ScanMention> mentions;
  std::vector<ScanHit> hits;          // Rule words, sorted by (start, longest first).
  std::vector<text::Amount> amounts;  // Of the sentences with a trigger, sorted by start.
  std::int32_t main_company = -1;     // Into `mentions`: the company 公司 stands for when nothing nearer does.
  std::int32_t main_person = -1;      // Into `mentions`: the person 他 stands for, likewise.
  std::vector<text::AutomatonMatch> matches;  // Buffer.
};

// 证监会主席吴清: what stands between an organization and the person it only says the post of, if it is short enough
// for that; nothing where they are not such a pair. REQUIRES: neighbours in one clause.
std::optional<std::u16string_view> PostBetween(const Document& document, const ScanMention& organization,
                                               const ScanMention& person);

// Fills `scan` for the sentences of `document` that are no boilerplate. Rule words inside a name are left out, and so
// are words inside a longer word of the same use. Media outlets and tickers take no part.
// `refused`, if given, gets the triggers that were left out.
void ScanDocument(const CompiledRules& rules, const Document& document, RuleScan& scan, RefusedList refused = nullptr);

}  // namespace mailuo::extract
