#include "core/types.h"

#include <array>

namespace mailuo {
namespace {

constexpr std::array<EventTypeInfo, kEventTypeCount> kEvents{{
    {EventType::kAcquisition, "ACQUISITION", "收购并购", "capital", 0,
     "acquirer|target|stake_pct|amount|completion_date"},
    {EventType::kMergerRestructure, "MERGER_RESTRUCTURE", "合并重组", "capital", 0,
     "party_a|party_b|resulting_org|amount"},
    {EventType::kDivestiture, "DIVESTITURE", "出售剥离", "capital", 0, "seller|asset|buyer|amount"},
    {EventType::kEquityTransfer, "EQUITY_TRANSFER", "股权变更", "capital", 0,
     "transferor|transferee|company|stake_pct|amount"},
    {EventType::kStakeIncrease, "STAKE_INCREASE", "增持", "capital", 1, "holder|company|shares|pct|avg_price"},
    {EventType::kStakeDecrease, "STAKE_DECREASE", "减持", "capital", -1, "holder|company|shares|pct|avg_price"},
    {EventType::kShareBuyback, "SHARE_BUYBACK", "股份回购", "capital", 1, "company|shares|pct|amount|price_range"},
    {EventType::kPledgeFreeze, "PLEDGE_FREEZE", "质押/冻结", "capital", -1, "pledger|pledgee|company|shares|pct"},
    {EventType::kFundingRound, "FUNDING_ROUND", "融资", "capital", 1, "company|investor|lead|round|amount|valuation"},
    {EventType::kIpoListing, "IPO_LISTING", "上市", "capital", 1, "company|exchange|ticker|stage|amount|price"},
    {EventType::kDelistHalt, "DELIST_HALT", "退市停复牌", "capital", -1, "company|exchange|date|reason"},
    {EventType::kShareBondIssue, "SHARE_BOND_ISSUE", "增发发债", "capital", 0, "issuer|subscriber|amount|price"},
    {EventType::kDividend, "DIVIDEND", "分红", "capital", 1, "company|per_share|total|record_date"},
    {EventType::kEarnings, "EARNINGS", "业绩", "finance", 0, "company|period|metric|value|yoy"},
    {EventType::kLossImpairment, "LOSS_IMPAIRMENT", "亏损减值", "finance", -1, "company|period|net_loss|change"},
    {EventType::kGuaranteeLoan, "GUARANTEE_LOAN", "担保借贷", "finance", 0, "guarantor|borrower|lender|amount"},
    {EventType::kDefaultBankrupt, "DEFAULT_BANKRUPT", "违约破产", "finance", -1, "company|creditor|debt|date"},
    {EventType::kContractWin, "CONTRACT_WIN", "中标签约", "ops", 1, "party_a|party_b|subject|amount|date"},
    {EventType::kPartnership, "PARTNERSHIP", "合作合资", "ops", 1, "partners|subject|form"},
    {EventType::kProductLaunch, "PRODUCT_LAUNCH", "产品发布", "ops", 1, "company|product|date|price"},
    {EventType::kRecallTakedown, "RECALL_TAKEDOWN", "召回下架", "ops", -1, "company|product|count|reason"},
    {EventType::kTechBreakthrough, "TECH_BREAKTHROUGH", "技术突破", "ops", 1, "org|technology|metric"},
    {EventType::kSubstitution, "SUBSTITUTION", "国产替代", "ops", 0, "incumbent|substitute|sector|share"},
    {EventType::kCapacityExpansion, "CAPACITY_EXPANSION", "扩产建厂", "ops", 1,
     "company|facility|place|amount|capacity"},
    {EventType::kSupplyDisruption, "SUPPLY_DISRUPTION", "断供停产", "ops", -1, "supplier|customer|product|duration"},
    {EventType::kPriceChange, "PRICE_CHANGE", "涨降价", "ops", 0, "company|product|pct|price"},
    {EventType::kExecChange, "EXEC_CHANGE", "人事变动", "people", 0, "person|org|old_post|new_post|kind"},
    {EventType::kLayoff, "LAYOFF", "裁员", "people", -1, "company|count|pct|dept"},
    {EventType::kVisitMeeting, "VISIT_MEETING", "到访会见", "people", 0, "visitor|host|place|date|purpose"},
    {EventType::kRatingForecast, "RATING_FORECAST", "评级预测", "people", 0, "broker|company|rating|target_price"},
    {EventType::kPolicyIssued, "POLICY_ISSUED", "政策出台", "policy", 0,
     "issuer|document|effective_date|sector|region"},
    {EventType::kSubsidySupport, "SUBSIDY_SUPPORT", "补贴扶持", "policy", 1, "issuer|beneficiary_sector|rate|amount"},
    {EventType::kTradeControl, "TRADE_CONTROL", "制裁关税管制", "policy", -1,
     "imposer|target_org|product|measure|rate|effective_date"},
    {EventType::kApproval, "APPROVAL", "批准许可", "policy", 1, "authority|applicant|subject|condition"},
    {EventType::kInvestigation, "INVESTIGATION", "立案问询约谈", "legal", -1, "authority|target|reason"},
    {EventType::kPenalty, "PENALTY", "处罚", "legal", -1, "authority|target|amount|reason"},
    {EventType::kLawsuit, "LAWSUIT", "诉讼仲裁", "legal", -1, "plaintiff|defendant|court|claim|amount|stage"},
    {EventType::kStockMove, "STOCK_MOVE", "股价异动", "market", 0, "security|pct|price|session"},
    {EventType::kMacroRate, "MACRO_RATE", "利率宏观", "market", 0, "authority|instrument|change_bp|value"},
    {EventType::kPlanTarget, "PLAN_TARGET", "规划目标", "policy", 0, "org|metric|value|deadline"},
    {EventType::kIncident, "INCIDENT", "事故安全", "market", -1, "place|org|casualties|cause"},
}};

constexpr std::array<RelationTypeInfo, kRelationTypeCount> kRelations{{
    {RelationType::kAcquires, "ACQUIRES", "收购", false, false},
    {RelationType::kInvestsIn, "INVESTS_IN", "投资入股", false, false},
    {RelationType::kHoldsStake, "HOLDS_STAKE", "持股", false, true},
    {RelationType::kIncreasesStake, "INCREASES_STAKE", "增持", false, false},
    {RelationType::kReducesStake, "REDUCES_STAKE", "减持转让", false, false},
    {RelationType::kTradesWith, "TRADES_WITH", "买卖双方", true, false},
    {RelationType::kParentOf, "PARENT_OF", "母子公司", false, true},
    {RelationType::kMergesWith, "MERGES_WITH", "合并重组", true, false},
    {RelationType::kJvWith, "JV_WITH", "合资", true, false},
    {RelationType::kPartnersWith, "PARTNERS_WITH", "合作", true, true},
    {RelationType::kSignsWith, "SIGNS_WITH", "签约", true, false},
    {RelationType::kSuppliesTo, "SUPPLIES_TO", "供应", false, true},
    {RelationType::kCompetesWith, "COMPETES_WITH", "竞争", true, true},
    {RelationType::kSues, "SUES", "诉讼纠纷", false, false},
    {RelationType::kFounds, "FOUNDS", "设立", false, false},
    {RelationType::kNegotiatesWith, "NEGOTIATES_WITH", "商谈", true, false},
    {RelationType::kOwesOrGuarantees, "OWES_OR_GUARANTEES", "债权担保", false, true},
    {RelationType::kIssuesTo, "ISSUES_TO", "定向发行", false, false},
    {RelationType::kCovers, "COVERS", "研报覆盖", false, false},
    {RelationType::kExecutiveOf, "EXECUTIVE_OF", "任职", false, true},
    {RelationType::kRegulates, "REGULATES", "监管", false, false},
    {RelationType::kProduces, "PRODUCES", "产品", false, true},
    {RelationType::kTargetsSector, "TARGETS_SECTOR", "政策作用", false, true},
    {RelationType::kIssuesPolicy, "ISSUES_POLICY", "出台政策", false, false},
    {RelationType::kSanctions, "SANCTIONS", "制裁", false, true},
    {RelationType::kListedAs, "LISTED_AS", "证券代码", false, true},
    {RelationType::kAliasOf, "ALIAS_OF", "别名", true, true},
    {RelationType::kLocatedIn, "LOCATED_IN", "所在地", false, true},
    {RelationType::kCoOccurs, "CO_OCCURS", "同现", true, true},
}};

// Words of a small enum, indexed by its number; an empty word is a number that does not exist.
template <typename Enum, std::size_t kN>
std::string_view WordAt(const std::array<std::string_view, kN>& words, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < kN ? words[index] : std::string_view{};
}
template <typename Enum, std::size_t kN>
std::optional<Enum> FindWord(const std::array<std::string_view, kN>& words, std::string_view word) {
  for (std::size_t i = 0; i < kN; ++i) {
    if (!words[i].empty() && words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 10> kMentionWords{"",       "company", "ticker", "person", "organization",
                                                         "policy", "product", "place",  "sector", "index"};
constexpr std::array<std::string_view, 6> kStatusWords{"", "occurred", "planned", "rumoured", "denied", "terminated"};
constexpr std::array<std::string_view, 5> kPublishedFromWords{"none", "metadata", "text", "filename", "mtime"};
constexpr std::array<std::string_view, 10> kPrecisionWords{"",     "day",  "week",   "month", "quarter",
                                                           "half", "year", "decade", "range", "fuzzy"};
constexpr std::array<std::string_view, 9> kRelationWords{"",   "at",     "since", "until", "as-of",
                                                         "by", "before", "after", "within"};
constexpr std::array<std::string_view, 4> kCertaintyWords{"", "exact", "approx", "fuzzy"};
constexpr std::array<std::string_view, 7> kKindWords{"", "full", "partial", "relative", "period", "holiday", "lunar"};
constexpr std::array<std::string_view, 4> kAnchorWords{"none", "published", "previous", "calendar"};
constexpr std::array<std::string_view, 4> kTimeSourceWords{"none", "explicit", "context", "published"};

}  // namespace

std::span<const EventTypeInfo> EventTypes() { return kEvents; }
std::span<const RelationTypeInfo> RelationTypes() { return kRelations; }
const EventTypeInfo& Info(EventType type) { return kEvents.at(static_cast<std::size_t>(type) - 1); }
const RelationTypeInfo& Info(RelationType type) { return kRelations.at(static_cast<std::size_t>(type) - 1); }

std::string_view Word(MentionType type) { return WordAt(kMentionWords, type); }
std::string_view Word(FactStatus status) { return WordAt(kStatusWords, status); }
std::string_view Word(PublishedFrom from) { return WordAt(kPublishedFromWords, from); }
std::string_view Word(DatePrecision precision) { return WordAt(kPrecisionWords, precision); }
std::string_view Word(DateRelation relation) { return WordAt(kRelationWords, relation); }
std::string_view Word(DateCertainty certainty) { return WordAt(kCertaintyWords, certainty); }
std::string_view Word(DateKind kind) { return WordAt(kKindWords, kind); }
std::string_view Word(DateAnchor anchor) { return WordAt(kAnchorWords, anchor); }
std::string_view Word(EventTimeSource source) { return WordAt(kTimeSourceWords, source); }
std::string_view Word(EventType type) { return Info(type).code; }
std::string_view Word(EventLinkType type) { return type == EventLinkType::kCauses ? "CAUSES" : "PRECEDES"; }
std::string_view Word(RelationType type) { return Info(type).code; }

std::optional<MentionType> ParseMentionType(std::string_view word) {
  return FindWord<MentionType>(kMentionWords, word);
}
std::optional<FactStatus> ParseFactStatus(std::string_view word) { return FindWord<FactStatus>(kStatusWords, word); }
std::optional<EventType> ParseEventType(std::string_view code) {
  for (const EventTypeInfo& info : kEvents) {
    if (info.code == code) return info.type;
  }
  return std::nullopt;
}
std::optional<RelationType> ParseRelationType(std::string_view code) {
  for (const RelationTypeInfo& info : kRelations) {
    if (info.code == code) return info.type;
  }
  return std::nullopt;
}

}  // namespace mailuo
