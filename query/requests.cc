#include "query/requests.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace mailuo::query {
namespace {

Answer<void> CheckRange(std::string_view parameter, std::uint32_t value, std::uint32_t low, std::uint32_t high) {
  if (value >= low && value <= high) return {};
  return Refuse(
      BadParameter(std::string(parameter), fmt::format("{} must be {}..{}, got {}", parameter, low, high, value)));
}

Answer<void> CheckPage(const PageRequest& page) { return CheckRange("limit", page.limit, 1, kMaxLimit); }

Answer<void> CheckDays(const DayRange& days) {
  if (!days.from || !days.to || *days.from <= *days.to) return {};
  return Refuse(
      BadParameter("from", fmt::format("from ({}) lies after to ({})", FormatDate(*days.from), FormatDate(*days.to))));
}

Answer<void> CheckConfidence(double value) {
  if (value >= 0 && value <= 1) return {};
  return Refuse(BadParameter("min_confidence", fmt::format("min_confidence must be 0..1, got {}", value)));
}

Answer<void> CheckName(std::string_view parameter, std::string_view name, bool required = true) {
  if (name.empty() && required) {
    return Refuse(BadParameter(std::string(parameter), fmt::format("{} is missing", parameter),
                               "a name, an alias, a ticker, pinyin or an id"));
  }
  if (name.size() > kMaxNameBytes) {
    return Refuse(BadParameter(std::string(parameter), fmt::format("{} must be at most {} bytes, got {}", parameter,
                                                                   kMaxNameBytes, name.size())));
  }
  return {};
}

Answer<void> CheckSelection(const EventSelection& selection) {
  if (selection.entities.size() > kMaxEntities) {
    return Refuse(
        BadParameter("entity", fmt::format("at most {} entities, got {}", kMaxEntities, selection.entities.size())));
  }
  for (const std::string& entity : selection.entities) {
    if (auto ok = CheckName("entity", entity); !ok) return ok;
  }
  if (selection.novel_only && selection.time_field != TimeField::kPublished) {
    return Refuse(BadParameter("novel_only", "novel_only asks for publication days", "add time_field=published"));
  }
  if (!selection.role.empty() && selection.entities.empty()) {
    return Refuse(BadParameter("role", "role needs an entity"));
  }
  if (auto ok = CheckName("q", selection.q, false); !ok) return ok;
  if (auto ok = CheckDays(selection.days); !ok) return ok;
  return CheckConfidence(selection.min_confidence);
}

// The first refusal of several checks.
template <typename... Checks>
Answer<void> All(Checks... checks) {
  Answer<void> first;
  static_cast<void>(((checks ? true : (first = checks, false)) && ...));
  return first;
}

}  // namespace

Answer<void> EntitiesRequest::Validate() const { return All(CheckName("q", q, prefix), CheckPage(page)); }

Answer<void> EntityRequest::Validate() const {
  return All(CheckName("entity", entity), CheckRange("relations", relations, 0, 50));
}

Answer<void> TimelineRequest::Validate() const {
  if (events.entities.empty()) {
    return Refuse(BadParameter("entity", "entity is missing", "a name, an alias, a ticker, pinyin or an id"));
  }
  return All(CheckSelection(events), CheckRange("max_evidence", max_evidence, 1, 20), CheckPage(page));
}

Answer<void> EventsRequest::Validate() const {
  return All(CheckSelection(events), CheckRange("max_evidence", max_evidence, 1, 20), CheckPage(page));
}

Answer<void> RelationsRequest::Validate() const {
  return All(CheckName("entity", entity), CheckName("with", with, false), CheckConfidence(min_confidence),
             CheckDays(days), CheckPage(page));
}

Answer<void> PathsRequest::Validate() const {
  if (exclude.size() > kMaxEntities) {
    return Refuse(BadParameter("exclude", fmt::format("at most {} entities, got {}", kMaxEntities, exclude.size())));
  }
  for (const std::string& entity : exclude) {
    if (auto ok = CheckName("exclude", entity); !ok) return ok;
  }
  return All(CheckName("from", from), CheckName("to", to), CheckRange("max_hops", max_hops, 1, 4),
             CheckRange("k", k, 1, 10));
}

Answer<void> SubgraphRequest::Validate() const {
  return All(CheckName("entity", entity), CheckRange("depth", depth, 1, 2), CheckRange("max_nodes", max_nodes, 2, 300));
}

Answer<void> CooccurrenceRequest::Validate() const {
  return All(CheckName("entity", entity), CheckDays(days), CheckRange("min_support", min_support, 1, 1000000),
             CheckPage(page));
}

Answer<void> ArticlesRequest::Validate() const {
  return All(CheckName("entity", entity, false), CheckDays(days), CheckPage(page));
}

Answer<void> OperationsRequest::Validate() const { return CheckPage(page); }

Answer<void> StoriesRequest::Validate() const {
  return All(CheckName("entity", entity, false), CheckDays(days), CheckPage(page));
}

Answer<void> DayRequest::Validate() const { return CheckPage(page); }

}  // namespace mailuo::query
