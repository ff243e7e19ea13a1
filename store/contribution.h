// What one article puts into the graph, beside its own record: a pure function of the article, its annotation and the
// name folder. Deletion computes it again and takes it out. A change of what it gives is a change of kFormatVersion.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/postings.h"
#include "store/records.h"

namespace mailuo::store {

using NameFolder = std::string (*)(std::string_view utf8);

// The number of entities of one article that count as appearing together: with all n of a long list (a market report
// names hundreds) the pairs, n * (n - 1), would outgrow the rest of the graph and say nothing. The most mentioned come
// first, then the smaller id. Tickers do not count: they appear beside their own company.
inline constexpr std::size_t kMaxCooccurring = 16;

// Counters of the tallies, by space. Codes: name, folded, state, totals: DayNumber of publication; edge:
// EdgeCode; cooccur: the other entity. Of the space of neighbours: neighbour_list.h.
inline constexpr std::uint8_t kNameWidth = 6;
enum NameCounter : std::uint8_t {
  kAsCanonical = 0,  // Articles that resolved to this canonical name. The other counters but kAsWritten go with it.
  kAsWritten = 1,    // Articles that hold this written form; of a ticker: that give it.
  kNameSentences = 2,
  kNameMentions = 3,
  kNameEvents = 4,
  kNameRelations = 5,
};
inline constexpr std::uint8_t kFoldedWidth = 1;  // Articles.
inline constexpr std::uint8_t kEdgeWidth = 1;    // Statements.
inline constexpr std::uint8_t kStateWidth = 1;   // Statements.
inline constexpr std::uint8_t kCooccurWidth = 2;
enum CooccurCounter : std::uint8_t { kTogetherArticles = 0, kTogetherSentences = 1 };
inline constexpr std::uint8_t kTotalsWidth = 5;
enum TotalsCounter : std::uint8_t {
  kTotalArticles = 0,
  kTotalSentences = 1,
  kTotalMentions = 2,
  kTotalEvents = 3,
  kTotalRelations = 4,
};

// The row of an edge tally: publication day, status and confidence of statements.
struct EdgeCode {
  std::uint32_t published = 0;  // DayNumber.
  FactStatus status = FactStatus::kOccurred;
  std::uint8_t confidence = 0;  // Hundredths.
};
std::uint64_t Pack(const EdgeCode& code);
EdgeCode UnpackEdgeCode(std::uint64_t code);

// The edge that a relation is a statement of: ends of a symmetric type in ascending order.
EdgeId EdgeOf(RelationType type, EntityId head, EntityId tail);

// Does the statement open or close what holds over an interval? What is planned, rumoured or denied does neither, and
// most other statements only say that it holds.
bool TellsState(RelationType type, FactStatus status, const DateInterval& valid);

// One key of the graph and what to write there: the whole value, or in a tally space (IsTallySpace) what to add.
struct Change {
  std::string key;  // Begins with the byte of its space (keys.h).
  std::string value;
};
bool IsTally(const Change& change);

// An article has at most this many events, and relations: their numbers have 16 bits in keys.
inline constexpr std::size_t kMaxFactsPerArticle = 65535;
inline constexpr std::size_t kMaxNameBytes = 1024;

// kInvalidArgument naming the article and what does not fit: a zero id, spans outside the text, indexes outside their
// lists, unknown enum numbers, days outside the years 1 to 9999, text or names beyond the limits.
Status Validate(const StoredArticle& stored);

// REQUIRES: Validate(stored). No key comes twice but in tally spaces.
std::vector<Change> Contribution(const StoredArticle& stored, NameFolder fold_name);
ContributionSum Sum(const std::vector<Change>& changes);

// The entities that count as appearing together, in the order of the cap, with the sentences they share: also the
// reader's way to count a part of a month.
struct CooccurringEntity {
  EntityId entity;
  std::uint32_t mentions = 0;
  std::vector<std::uint32_t> sentences;  // Ascending, distinct.
};
std::vector<CooccurringEntity> CooccurringEntities(const Annotation& annotation);
std::uint32_t SharedSentences(const CooccurringEntity& a, const CooccurringEntity& b);

}  // namespace mailuo::store
