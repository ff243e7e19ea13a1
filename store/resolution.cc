#include "store/resolution.h"

#include <algorithm>
#include <set>

#include "store/code_points.h"

namespace mailuo::store {
namespace {

const Resolution::Rename* Find(std::span<const Resolution::Rename> renames, EntityId id) {
  const auto found = std::find_if(renames.begin(), renames.end(), [id](const auto& r) { return r.from == id; });
  return found == renames.end() ? nullptr : &*found;
}

enum class Purpose : std::uint8_t { kGraph, kDisplay };

// `named`: a mention, a participant or the end of a relation.
template <typename Named>
const Resolution::Rename* Apply(std::span<const Resolution::Rename> renames, Purpose purpose, Named& named) {
  const Resolution::Rename* rename = Find(renames, named.entity);
  if (rename == nullptr) return nullptr;
  named.entity = rename->into;
  // Merged: the name that the article used goes on to find the entity.
  if (rename->split || purpose == Purpose::kDisplay) {
    named.type = rename->party->type;
    named.name = rename->party->name;
  }
  return rename;
}

void RenameAll(std::span<const Resolution::Rename> renames, Purpose purpose, Annotation& annotation) {
  for (Mention& mention : annotation.mentions) {
    const Resolution::Rename* rename = Apply(renames, purpose, mention);
    if (rename != nullptr && rename->split) mention.tickers.clear();
  }
  for (Event& event : annotation.events) {
    for (Participant& participant : event.participants) Apply(renames, purpose, participant);
  }
  for (Relation& relation : annotation.relations) {
    const bool was_loop = relation.head.entity == relation.tail.entity;
    Apply(renames, purpose, relation.head);
    Apply(renames, purpose, relation.tail);
    if (purpose == Purpose::kGraph && !was_loop && relation.head.entity == relation.tail.entity) {
      relation.head.entity = {};
    }
  }
}

}  // namespace

Resolution::Resolution(std::span<const JournalEntry> journal, NameFolder fold_name) : fold_name_(fold_name) {
  for (const JournalEntry& entry : journal) {
    if (entry.undone_by != 0 || entry.operation.kind == OperationKind::kUndo) continue;
    Step step{entry.number, entry.operation, {}};
    for (const std::string& alias : step.operation.aliases) {
      step.folded.push_back(fold_name == nullptr ? alias : fold_name(alias));
    }
    std::sort(step.folded.begin(), step.folded.end());
    by_source_[step.operation.from.id].push_back(operations_.size());
    operations_.push_back(std::move(step));
  }
}

EntityId Resolution::CurrentByName(EntityId raw, std::string_view folded) const {
  EntityId current = raw;
  std::size_t next = 0;  // Operations before it are behind us.
  for (;;) {
    const auto source = by_source_.find(current);
    if (source == by_source_.end()) return current;
    const auto fits = [&](std::size_t index) {
      const Step& step = operations_[index];
      if (index < next) return false;
      if (step.operation.kind == OperationKind::kMerge) return true;
      return !folded.empty() && step.operation.articles.empty() &&
             std::binary_search(step.folded.begin(), step.folded.end(), folded);
    };
    const auto step = std::find_if(source->second.begin(), source->second.end(), fits);
    if (step == source->second.end()) return current;
    current = operations_[*step].operation.into.id;
    next = *step + 1;
  }
}

std::vector<OperationParty> Resolution::MembersOf(EntityId current) const {
  std::map<EntityId, OperationParty> members;
  for (const Step& step : operations_) {
    const OperationParty& from = step.operation.from;
    if (step.operation.kind == OperationKind::kMerge && from.id != current && Current(from.id) == current) {
      members.emplace(from.id, from);
    }
  }
  std::vector<OperationParty> list;
  list.reserve(members.size());
  for (auto& [id, party] : members) list.push_back(std::move(party));
  return list;
}

std::vector<std::string> Resolution::AliasesOf(EntityId current) const {
  std::set<std::string> aliases;
  for (const Step& step : operations_) {
    if (!step.operation.articles.empty()) continue;
    for (const std::string& alias : step.operation.aliases) {
      const std::string folded = fold_name_ == nullptr ? alias : fold_name_(alias);
      if (CurrentByName(step.operation.from.id, folded) == current) aliases.insert(alias);
    }
  }
  return {aliases.begin(), aliases.end()};
}

const OperationParty* Resolution::Known(EntityId id) const {
  // The last one names it.
  for (auto step = operations_.rbegin(); step != operations_.rend(); ++step) {
    if (step->operation.into.id == id) return &step->operation.into;
  }
  return nullptr;
}

std::vector<OperationParty> Resolution::Parties() const {
  std::vector<OperationParty> parties;
  for (const Step& step : operations_) {
    for (const OperationParty* party : {&step.operation.from, &step.operation.into}) {
      parties.push_back({Current(party->id), party->type, party->name});
    }
  }
  return parties;
}

std::string Resolution::NameOf(EntityId id) const {
  const OperationParty* party = Known(id);
  return party != nullptr ? party->name : FormatId(MentionType::kCompany, id);
}

std::uint64_t Resolution::MergedBy(EntityId raw) const {
  const auto source = by_source_.find(raw);
  if (source == by_source_.end()) return 0;
  for (const std::size_t index : source->second) {
    if (operations_[index].operation.kind == OperationKind::kMerge) return operations_[index].number;
  }
  return 0;
}

std::vector<EntityId> Resolution::Sources() const {
  std::vector<EntityId> sources;
  sources.reserve(by_source_.size());
  for (const auto& [id, steps] : by_source_) sources.push_back(id);
  return sources;
}

std::vector<const EntityOperation*> Resolution::SplitsOf(EntityId raw) const {
  std::vector<const EntityOperation*> splits;
  const auto source = by_source_.find(raw);
  if (source == by_source_.end()) return splits;
  for (const std::size_t index : source->second) {
    if (operations_[index].operation.kind != OperationKind::kSplit) break;
    splits.push_back(&operations_[index].operation);
  }
  return splits;
}

std::vector<Resolution::Rename> Resolution::RenamesOf(const StoredArticle& stored) const {
  const Annotation& annotation = stored.annotation;
  std::map<EntityId, std::set<std::string>> written;  // Folded forms, of those that operations start from.
  const auto note = [&](EntityId id) { return by_source_.count(id) != 0 ? &written[id] : nullptr; };
  const TextSlicer slicer(stored.article.text);
  for (const Mention& mention : annotation.mentions) {
    auto* forms = note(mention.entity);
    if (forms == nullptr) continue;
    const std::string text(slicer.Slice(mention.span));
    forms->insert(fold_name_ == nullptr ? text : fold_name_(text));
  }
  for (const Event& event : annotation.events) {
    for (const Participant& participant : event.participants) note(participant.entity);
  }
  for (const Relation& relation : annotation.relations) {
    note(relation.head.entity);
    note(relation.tail.entity);
  }
  std::vector<Rename> renames;
  for (const auto& [raw, written_forms] : written) {
    // Clang 14 captures no structured binding.
    const auto fits = [&forms = written_forms, &stored](const Step& step) {
      if (step.operation.kind == OperationKind::kMerge) return true;
      const auto& articles = step.operation.articles;
      if (!articles.empty() && std::find(articles.begin(), articles.end(), stored.article.id) == articles.end()) {
        return false;
      }
      if (step.folded.empty()) return true;
      return !forms.empty() && std::includes(step.folded.begin(), step.folded.end(), forms.begin(), forms.end());
    };
    Rename rename{raw, raw, false, nullptr};
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Step& step = operations_[i];
      if (step.operation.from.id != rename.into || !fits(step)) continue;
      rename.into = step.operation.into.id;
      rename.party = &step.operation.into;
      rename.split = rename.split || step.operation.kind == OperationKind::kSplit;
    }
    if (rename.into != raw) renames.push_back(rename);
  }
  return renames;
}

void Resolution::ForGraph(std::span<const Rename> renames, Annotation& annotation) {
  RenameAll(renames, Purpose::kGraph, annotation);
}
void Resolution::ForDisplay(std::span<const Rename> renames, Annotation& annotation) {
  RenameAll(renames, Purpose::kDisplay, annotation);
}

}  // namespace mailuo::store
