#include "store/event_key.h"

#include <algorithm>
#include <array>
#include <string>

namespace mailuo::store {
namespace {

// In enum order.
constexpr std::array<MainRoles, kEventTypeCount> kMainRoles{{
    {"acquirer|target", ""},               // ACQUISITION
    {"party_a|party_b", "resulting_org"},  // MERGER_RESTRUCTURE
    {"seller|asset", "buyer"},             // DIVESTITURE
    {"company", "transferor|transferee"},  // EQUITY_TRANSFER
    {"company|holder", ""},                // STAKE_INCREASE
    {"company|holder", ""},                // STAKE_DECREASE
    {"company", ""},                       // SHARE_BUYBACK
    {"company|pledger", "pledgee"},        // PLEDGE_FREEZE
    {"company", "investor|lead"},          // FUNDING_ROUND
    {"company", "ticker"},                 // IPO_LISTING
    {"company", ""},                       // DELIST_HALT
    {"issuer", "subscriber"},              // SHARE_BOND_ISSUE
    {"company", ""},                       // DIVIDEND
    {"company", ""},                       // EARNINGS
    {"company", ""},                       // LOSS_IMPAIRMENT
    {"guarantor|borrower", "lender"},      // GUARANTEE_LOAN
    {"company", "creditor"},               // DEFAULT_BANKRUPT
    {"party_a|party_b", ""},               // CONTRACT_WIN
    {"partners", ""},                      // PARTNERSHIP
    {"company|product", ""},               // PRODUCT_LAUNCH
    {"company|product", ""},               // RECALL_TAKEDOWN
    {"org", "technology"},                 // TECH_BREAKTHROUGH
    {"substitute|incumbent", "sector"},    // SUBSTITUTION
    {"company", "facility|place"},         // CAPACITY_EXPANSION
    {"supplier|customer", "product"},      // SUPPLY_DISRUPTION
    {"company|product", ""},               // PRICE_CHANGE
    {"person", "org"},                     // EXEC_CHANGE
    {"company", ""},                       // LAYOFF
    {"visitor|host", "place"},             // VISIT_MEETING
    {"broker|company", ""},                // RATING_FORECAST
    {"document", "issuer"},                // POLICY_ISSUED
    {"issuer", "beneficiary_sector"},      // SUBSIDY_SUPPORT
    {"imposer|target_org", "product"},     // TRADE_CONTROL
    {"applicant", "authority"},            // APPROVAL
    {"target", "authority"},               // INVESTIGATION
    {"target", "authority"},               // PENALTY
    {"plaintiff|defendant", ""},           // LAWSUIT
    {"security", ""},                      // STOCK_MOVE
    {"authority|instrument", ""},          // MACRO_RATE
    {"org", ""},                           // PLAN_TARGET
    {"org", "place"},                      // INCIDENT
}};

bool HasRole(std::string_view roles, std::string_view role) {
  while (!roles.empty()) {
    const std::size_t bar = roles.find('|');
    if (roles.substr(0, bar) == role) return true;
    if (bar == std::string_view::npos) return false;
    roles.remove_prefix(bar + 1);
  }
  return false;
}

std::vector<EntityId> ParticipantsIn(const Event& event, std::string_view roles) {
  std::vector<EntityId> found;
  for (const Participant& participant : event.participants) {
    if (participant.entity && HasRole(roles, participant.role)) found.push_back(participant.entity);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void Append(std::string& key, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) key += static_cast<char>(value >> (8 * i) & 0xFF);
}

void AppendDay(std::string& key, const std::optional<Date>& day) {
  key += day ? '\1' : '\0';
  Append(key, day ? static_cast<std::uint32_t>(day->days) : 0, 4);
}

}  // namespace

MainRoles MainRolesOf(EventType type) { return kMainRoles.at(static_cast<std::size_t>(type) - 1); }

std::vector<EntityId> MainParticipants(const Event& event) {
  const MainRoles roles = MainRolesOf(event.type);
  std::vector<EntityId> found = ParticipantsIn(event, roles.first);
  if (found.empty()) found = ParticipantsIn(event, roles.second);
  return found;
}

EventId MakeEventId(const Event& event, const ArticleId& article, std::uint32_t number) {
  const std::vector<EntityId> participants = MainParticipants(event);
  const DateInterval& interval = event.time.interval;
  std::string key;
  key += static_cast<char>(event.type);
  AppendDay(key, interval.from);
  AppendDay(key, interval.to);
  if (participants.empty() || (!interval.from && !interval.to)) {
    key += 'a';
    Append(key, article.high, 8);
    Append(key, article.low, 8);
    Append(key, number, 4);
  } else {
    key += 'p';
    for (const EntityId entity : participants) Append(key, entity.value, 8);
  }
  const std::uint64_t hash = StableHash64(key);
  return {hash == 0 ? 1 : hash};
}

}  // namespace mailuo::store
