// The closed vocabularies of the annotate contract: mention types, event types, relation types and their qualities.
// Numbers are frozen: they are written to disk. Append only; a code of the annotate contract never changes its name.
// Thread safety: value types and constant tables.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mailuo {

enum class MentionType : std::uint8_t {
  kCompany = 1,
  kTicker = 2,
  kPerson = 3,
  kOrganization = 4,
  kPolicy = 5,
  kProduct = 6,
  kPlace = 7,
  kSector = 8,
  kIndex = 9,
};
inline constexpr int kMentionTypeCount = 9;

// Modality of an event or relation (product.md, law 5).
enum class FactStatus : std::uint8_t { kOccurred = 1, kPlanned = 2, kRumoured = 3, kDenied = 4, kTerminated = 5 };

// Where the publication time of an article was found; kMtime is a guess and marked as such everywhere.
enum class PublishedFrom : std::uint8_t { kNone = 0, kMetadata = 1, kText = 2, kFilename = 3, kMtime = 4 };

enum class DatePrecision : std::uint8_t {
  kDay = 1,
  kWeek = 2,
  kMonth = 3,
  kQuarter = 4,
  kHalf = 5,
  kYear = 6,
  kDecade = 7,
  kRange = 8,
  kFuzzy = 9,
};
enum class DateRelation : std::uint8_t {
  kAt = 1,
  kSince = 2,
  kUntil = 3,
  kAsOf = 4,
  kBy = 5,
  kBefore = 6,
  kAfter = 7,
  kWithin = 8,
};
enum class DateCertainty : std::uint8_t { kExact = 1, kApprox = 2, kFuzzy = 3 };
enum class DateKind : std::uint8_t { kFull = 1, kPartial = 2, kRelative = 3, kPeriod = 4, kHoliday = 5, kLunar = 6 };
// What a date was resolved against. Contract words: "none" (a full date needs nothing), "published", "previous" (an
// earlier mention of the text), "calendar" (a holiday or trading table).
enum class DateAnchor : std::uint8_t { kNone = 0, kPublished = 1, kPrevious = 2, kCalendar = 3 };

// How an event got its time: from a date in its own clause, from the last date of its paragraph, or, failing both,
// from the article's publication. kNone: nothing is known, from and to are empty.
enum class EventTimeSource : std::uint8_t { kNone = 0, kExplicit = 1, kContext = 2, kPublished = 3 };

// Frozen numbers; order as in the taxonomy.
enum class EventType : std::uint8_t {
  kAcquisition = 1,
  kMergerRestructure,
  kDivestiture,
  kEquityTransfer,
  kStakeIncrease,
  kStakeDecrease,
  kShareBuyback,
  kPledgeFreeze,
  kFundingRound,
  kIpoListing,
  kDelistHalt,
  kShareBondIssue,
  kDividend,
  kEarnings,
  kLossImpairment,
  kGuaranteeLoan,
  kDefaultBankrupt,
  kContractWin,
  kPartnership,
  kProductLaunch,
  kRecallTakedown,
  kTechBreakthrough,
  kSubstitution,
  kCapacityExpansion,
  kSupplyDisruption,
  kPriceChange,
  kExecChange,
  kLayoff,
  kVisitMeeting,
  kRatingForecast,
  kPolicyIssued,
  kSubsidySupport,
  kTradeControl,
  kApproval,
  kInvestigation,
  kPenalty,
  kLawsuit,
  kStockMove,
  kMacroRate,
  kPlanTarget,
  kIncident,
};
inline constexpr int kEventTypeCount = 41;

enum class RelationType : std::uint8_t {
  kAcquires = 1,
  kInvestsIn,
  kHoldsStake,
  kIncreasesStake,
  kReducesStake,
  kTradesWith,
  kParentOf,
  kMergesWith,
  kJvWith,
  kPartnersWith,
  kSignsWith,
  kSuppliesTo,
  kCompetesWith,
  kSues,
  kFounds,
  kNegotiatesWith,
  kOwesOrGuarantees,
  kIssuesTo,
  kCovers,
  kExecutiveOf,
  kRegulates,
  kProduces,
  kTargetsSector,
  kIssuesPolicy,
  kSanctions,
  kListedAs,
  kAliasOf,
  kLocatedIn,
  kCoOccurs,
};
inline constexpr int kRelationTypeCount = 29;

// What an article says of two of its events. Numbers are frozen.
enum class EventLinkType : std::uint8_t { kCauses = 1, kPrecedes = 2 };

// One row of the taxonomy. `roles` is a list separated by '|', the main role first.
struct EventTypeInfo {
  EventType type;
  std::string_view code;   // "EARNINGS"
  std::string_view name;   // 业绩
  std::string_view group;  // "finance"
  std::int8_t polarity;    // -1, 0, +1: the usual reading for the main participant.
  std::string_view roles;
};
struct RelationTypeInfo {
  RelationType type;
  std::string_view code;  // "EXECUTIVE_OF"
  std::string_view name;  // 任职
  bool symmetric;         // Stored once; asked from either side.
  bool state;             // Holds over an interval, opened and closed by statements; false: a point in time.
};
// In enum order; index = number - 1.
std::span<const EventTypeInfo> EventTypes();
std::span<const RelationTypeInfo> RelationTypes();
const EventTypeInfo& Info(EventType type);
const RelationTypeInfo& Info(RelationType type);

// Contract words ("company", "occurred", "as-of", "metadata", "EARNINGS" ...) and back.
std::string_view Word(MentionType type);
std::string_view Word(FactStatus status);
std::string_view Word(PublishedFrom from);
std::string_view Word(DatePrecision precision);
std::string_view Word(DateRelation relation);
std::string_view Word(DateCertainty certainty);
std::string_view Word(DateKind kind);
std::string_view Word(DateAnchor anchor);
std::string_view Word(EventTimeSource source);
std::string_view Word(EventType type);
std::string_view Word(RelationType type);
std::string_view Word(EventLinkType type);  // "CAUSES", "PRECEDES"
std::optional<MentionType> ParseMentionType(std::string_view word);
std::optional<FactStatus> ParseFactStatus(std::string_view word);
std::optional<EventType> ParseEventType(std::string_view code);
std::optional<RelationType> ParseRelationType(std::string_view code);

}  // namespace mailuo
