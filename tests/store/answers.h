// Everything that a reader answers, as text, for comparing two readers that should see the same.
#pragma once

#include <string>
#include <vector>

#include "store/reader.h"

namespace mailuo::testing {

inline std::string Show(const std::optional<Date>& day) { return day ? FormatDate(*day) : "-"; }

inline std::string Show(const store::EventPosting& posting) {
  return FormatId(posting.event) + " " + FormatId(posting.article) + "#" + std::to_string(posting.number) + " " +
         std::string(Word(posting.type)) + " " + std::string(Word(posting.status)) + " " + Show(posting.day()) + " " +
         Show(posting.interval.to) + " " + Show(posting.published) + " " + std::to_string(posting.sentence) + " " +
         std::to_string(posting.confidence) + "\n";
}

inline std::string Show(const store::EventGroup& group) {
  std::string text = FormatId(group.event) + " " + Show(group.day) + " reports " + std::to_string(group.reports) +
                     " first " + Show(group.first_published) + " best " + Show(group.best);
  for (const auto& posting : group.evidence) text += "  " + Show(posting);
  return text;
}

inline std::string Show(const store::ArticleRef& ref) {
  return FormatId(ref.article) + " " + Show(ref.published) + "\n";
}

inline std::string Show(const store::MentionPosting& posting) {
  std::string text = FormatId(posting.article) + " " + Show(posting.published) + " " + std::to_string(posting.mentions);
  for (const auto sentence : posting.sentences) text += " s" + std::to_string(sentence);
  return text + "\n";
}

inline std::string Show(const store::EdgeId& edge) {
  return std::to_string(edge.head.value) + " " + std::string(Word(edge.type)) + " " + std::to_string(edge.tail.value);
}

inline std::string Show(const store::EdgeSummary& edge) {
  std::string text = Show(edge.edge) + " other " + std::to_string(edge.other.value) + " direction " +
                     std::to_string(static_cast<int>(edge.direction)) + " " + std::to_string(edge.statements);
  for (const auto count : edge.by_status) text += " " + std::to_string(count);
  text += " " + Show(edge.first_published) + " " + Show(edge.last_published) + " " +
          std::to_string(edge.best_confidence) + " " + Show(edge.best_published) + " " +
          std::string(edge.last_status ? Word(*edge.last_status) : "-");
  for (const auto& told : edge.told) {
    text += " " + Show(told.published) + ":" + std::string(Word(told.status)) + " " + Show(told.valid.from) + ".." +
            Show(told.valid.to);
  }
  return text + "\n";
}

inline std::string Show(const store::EdgeEvidence& evidence) {
  return Show(evidence.edge) + " " + FormatId(evidence.article) + "#" + std::to_string(evidence.number) + " " +
         Show(evidence.published) + " " + std::to_string(evidence.sentence) + " " + std::string(Word(evidence.status)) +
         " " + std::to_string(evidence.confidence) + " " + Show(evidence.valid.from) + " " + Show(evidence.valid.to) +
         "\n";
}

inline std::string Show(const store::EntityRecord& record) {
  const auto& counts = record.counts;
  std::string text = FormatId(record.type, record.id) + " " + record.name + " " + std::to_string(counts.articles) +
                     " " + std::to_string(counts.sentences) + " " + std::to_string(counts.mentions) + " " +
                     std::to_string(counts.events) + " " + std::to_string(counts.relations) + " " +
                     Show(record.first_published) + " " + Show(record.last_published);
  for (const auto& name : record.names) text += " n:" + name.text + "x" + std::to_string(name.articles);
  for (const auto& ticker : record.tickers) text += " t:" + ticker.text + "x" + std::to_string(ticker.articles);
  return text + "\n";
}

inline std::string Show(const store::Cooccurrence& together) {
  return std::to_string(together.other.value) + " " + std::to_string(together.articles) + " " +
         std::to_string(together.sentences) + "\n";
}

inline std::string Show(const store::NameMatch& match) {
  return match.key + " " + std::to_string(static_cast<int>(match.use)) + " " + FormatId(match.type, match.entity) +
         " " + std::to_string(match.articles) + "\n";
}

// All pages of a question, `read(resume)` giving one.
template <typename Read>
auto AllItems(Read read) {
  using Items = decltype(read(std::string())->items);
  Items items;
  std::string resume;
  do {
    auto page = read(resume);
    if (!page) throw std::runtime_error(page.error().message);
    items.insert(items.end(), page->items.begin(), page->items.end());
    resume = page->resume;
  } while (!resume.empty());
  return items;
}

template <typename Items>
std::string ShowAll(std::string_view title, const Items& items) {
  std::string text = "== " + std::string(title) + "\n";
  for (const auto& item : items) text += Show(item);
  return text;
}

inline std::vector<store::EventFilter> SomeFilters() {
  std::vector<store::EventFilter> filters;
  for (const auto order : {store::Order::kNewestFirst, store::Order::kOldestFirst}) {
    for (const auto field : {store::TimeField::kEvent, store::TimeField::kPublished}) {
      store::EventFilter filter;
      filter.order = order;
      filter.field = field;
      filters.push_back(filter);
      filter.from = MakeDate(2025, 3, 1);
      filters.push_back(filter);
      filter.to = MakeDate(2025, 8, 15);
      filter.statuses = {FactStatus::kOccurred, FactStatus::kPlanned};
      filters.push_back(filter);
      filter.from.reset();
      filter.types = {EventType::kAcquisition, EventType::kEquityTransfer};
      filter.min_confidence = 0.5F;
      filters.push_back(filter);
    }
  }
  return filters;
}

inline std::string AllAnswers(const store::Reader& reader, std::size_t page_size) {
  std::string text;
  const auto totals = *reader.GetTotals();
  text += std::to_string(totals.articles) + " " + std::to_string(totals.sentences) + " " +
          std::to_string(totals.mentions) + " " + std::to_string(totals.events) + " " +
          std::to_string(totals.relations) + " " + Show(totals.first_published) + " " + Show(totals.last_published) +
          "\n";
  const auto distinct = *reader.CountDistinct();
  text += std::to_string(distinct.entities) + " " + std::to_string(distinct.events) + " " +
          std::to_string(distinct.edges) + "\n";
  for (const auto order : {store::Order::kNewestFirst, store::Order::kOldestFirst}) {
    text += ShowAll("articles",
                    AllItems([&](const std::string& resume) { return reader.Articles({}, order, resume, page_size); }));
    text += ShowAll("articles of a range", AllItems([&](const std::string& resume) {
                      return reader.Articles({MakeDate(2025, 2, 10), MakeDate(2025, 9, 3)}, order, resume, page_size);
                    }));
  }
  text += ShowAll("names", *reader.FindPrefix("", 1000));
  std::vector<store::EntityRecord> entities;
  if (const auto visited = reader.VisitEntities([&](const store::EntityRecord& record) {
        entities.push_back(record);
        return true;
      });
      !visited) {
    throw std::runtime_error(visited.error().message);
  }
  text += ShowAll("entities", entities);
  for (const auto& filter : SomeFilters()) {
    if (filter.field == store::TimeField::kEvent) {
      text += ShowAll("events",
                      AllItems([&](const std::string& resume) { return reader.Events(filter, resume, page_size); }));
      text += ShowAll("event groups", AllItems([&](const std::string& resume) {
                        return reader.EventGroups(filter, resume, page_size, 2);
                      }));
    }
    for (const auto& entity : entities) {
      text += ShowAll("timeline", AllItems([&](const std::string& resume) {
                        return reader.Timeline(entity.id, filter, resume, page_size);
                      }));
      if (filter.field != store::TimeField::kEvent) continue;
      text += ShowAll("timeline groups", AllItems([&](const std::string& resume) {
                        return reader.TimelineGroups(entity.id, filter, resume, page_size, 2);
                      }));
    }
  }
  for (const auto& posting :
       AllItems([&](const std::string& resume) { return reader.Events({}, resume, page_size); })) {
    text += ShowAll("reports", AllItems([&](const std::string& resume) {
                      return reader.EventReports(posting.event, resume, page_size);
                    }));
  }
  for (const auto& entity : entities) {
    text += Show(**reader.Entity(entity.id));
    text +=
        ShowAll("mentions",
                AllItems([&](const std::string& resume) { return reader.Mentions(entity.id, {}, resume, page_size); }));
    const auto edges = *reader.Edges(entity.id, {}, 1000);
    text += ShowAll("edges", edges);
    for (const auto& edge : edges) {
      text += Show(**reader.BestEvidence(edge.edge));
      text +=
          ShowAll("evidence",
                  AllItems([&](const std::string& resume) { return reader.Evidence(edge.edge, resume, page_size); }));
    }
    text += ShowAll("together", *reader.Cooccurring(entity.id, {}, 1000));
    text += ShowAll("together in spring",
                    *reader.Cooccurring(entity.id, {MakeDate(2025, 3, 10), MakeDate(2025, 6, 20)}, 1000));
    text += ShowAll("together in a week",
                    *reader.Cooccurring(entity.id, {MakeDate(2025, 3, 10), MakeDate(2025, 3, 17)}, 1000));
  }
  return text;
}

}  // namespace mailuo::testing
