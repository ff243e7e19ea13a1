#include "cli/answers.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "core/ids.h"
#include "extract/relation_extractor.h"
#include "text/width.h"

namespace mailuo::cli {
namespace {

std::string DayOr(const std::optional<Date>& date, std::string_view otherwise) {
  return date ? FormatDate(*date) : std::string(otherwise);
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (const std::string& part : parts) {
    if (!all.empty()) all += separator;
    all += part;
  }
  return all;
}

// 2025-07, 2025Q3, 2025 where the interval is just that; else its ends.
std::string When(const EventTime& time) {
  const auto& [from, to] = time.interval;
  if (!from && !to) return "no date";
  if (!from) return "until " + FormatDate(*to);
  if (!to) return "since " + FormatDate(*from);
  if (*from == *to) return FormatDate(*from);
  const CivilDate first = ToCivil(*from);
  const CivilDate last = ToCivil(*to);
  const bool whole_months = first.day == 1 && last.day == DaysInMonth(last.year, last.month);
  if (whole_months && first.year == last.year) {
    if (first.month == last.month) return fmt::format("{:04}-{:02}", first.year, first.month);
    if (first.month == 1 && last.month == 12) return fmt::format("{:04}", first.year);
    const bool quarter = last.month - first.month == 2 && first.month % 3 == 1;
    if (quarter) return fmt::format("{:04}Q{}", first.year, last.month / 3);
  }
  return FormatDate(*from) + ".." + FormatDate(*to);
}

std::string Source(const query::Evidence& evidence) {
  std::vector<std::string> parts;
  if (!evidence.outlet.empty()) parts.push_back(evidence.outlet);
  if (!evidence.title.empty()) parts.push_back("《" + text::FitWidth(evidence.title, 48) + "》");
  std::string day = DayOr(evidence.published, "undated");
  if (evidence.published_from == PublishedFrom::kMtime) day += " (a guess: the file's time)";
  parts.push_back(std::move(day));
  parts.push_back(FormatId(evidence.article));
  return Join(parts, "  ");
}

void ShowQuote(const query::Evidence& evidence, std::string_view indent, Output& output) {
  output.Print(indent);
  output.Print("“" + evidence.quote + "”", Style::kQuote);
  output.Print("\n");
  output.Print(indent);
  output.Print(Source(evidence), Style::kFaint);
  output.Print("\n");
}

void ShowPage(const query::PageInfo& page, std::size_t shown, std::string_view what, Output& output) {
  output.Line(fmt::format("{} of {}{} {}", shown, page.total_exact ? "" : "at least ", page.total, what));
  if (!page.next_cursor.empty()) output.Line("more: --cursor " + page.next_cursor);
}

void ShowOperation(const query::OperationItem& item, Output& output) {
  const auto called = [](const query::EntityRef& entity) {
    return fmt::format("{} ({})", entity.name, FormatId(entity.type, entity.id));
  };
  std::string line = fmt::format("{}  {}  ", item.number, FormatDate(item.day));
  if (item.undoes != 0) {
    line += fmt::format("undo of {}: {}, {}", item.undoes, called(item.from), called(item.into));
  } else {
    line += fmt::format("{}: {} is {}", item.kind, called(item.from), called(item.into));
  }
  if (!item.aliases.empty()) line += " where it is called " + Join(item.aliases, ", ");
  if (!item.articles.empty()) {
    std::vector<std::string> ids;
    ids.reserve(item.articles.size());
    for (const ArticleId& id : item.articles) ids.push_back(FormatId(id));
    line += " in " + Join(ids, ", ");
  }
  if (!item.reason.empty()) line += "  “" + item.reason + "”";
  if (item.undone_by != 0) line += fmt::format("  [undone by {}]", item.undone_by);
  output.Line(line);
}

void ShowHead(const std::vector<query::EntityMatch>& entities, Output& output) {
  for (const query::EntityMatch& match : entities) {
    output.Print(match.entity.name, Style::kName);
    std::string line = fmt::format("  {}", Word(match.entity.type));
    if (!match.tickers.empty()) line += "  " + Join(match.tickers, " ");
    output.Line(line + fmt::format("  {} articles", match.articles));
  }
}

void ShowEvent(const query::EventItem& item, Output& output) {
  output.Print(When(item.time), Style::kDate);
  output.Print(fmt::format("  {} {}", Word(item.type), Info(item.type).name), Style::kHeading);
  if (item.status != FactStatus::kOccurred) output.Print(fmt::format("  [{}]", Word(item.status)), Style::kBad);
  if (item.time.source == EventTimeSource::kPublished) output.Print("  (day of publication)", Style::kFaint);
  output.Print("\n");
  std::vector<std::string> parts;
  for (const query::ParticipantItem& participant : item.participants) {
    parts.push_back(participant.role + ": " + participant.entity.name);
  }
  for (const query::ValueItem& value : item.values) parts.push_back(value.role + ": " + value.text);
  if (!parts.empty()) output.Line("    " + Join(parts, "; "));
  if (!item.evidence.empty()) ShowQuote(item.evidence.front(), "    ", output);
  if (item.reports + item.copies > 1) {
    std::string told = fmt::format("    {} report{}", item.reports, item.reports == 1 ? "" : "s");
    if (item.copies > 0) told += fmt::format(" and {} near-identical", item.copies);
    output.Print(told + fmt::format(", the first on {}\n", DayOr(item.first_published, "an unknown day")),
                 Style::kFaint);
  }
}

void ShowStory(const query::StoryItem& item, Output& output) {
  output.Print(FormatDate(item.from), Style::kDate);
  if (item.from != item.to) output.Print(".." + FormatDate(item.to), Style::kDate);
  output.Print("  " + (item.title.empty() ? std::string("(no title)") : item.title), Style::kHeading);
  output.Line(fmt::format("\n    {}  {} article{}, {} happening{}", FormatId(item.story), item.articles,
                          item.articles == 1 ? "" : "s", item.happenings, item.happenings == 1 ? "" : "s"));
}

void ShowRelation(const query::RelationItem& item, Output& output) {
  output.Print(item.head.name, Style::kName);
  output.Print(item.symmetric ? " ── " : " ─▶ ");
  output.Print(fmt::format("{} {}", Word(item.type), Info(item.type).name), Style::kHeading);
  output.Print(item.symmetric ? " ── " : " ─▶ ");
  output.Print(item.tail.name, Style::kName);
  if (item.status != FactStatus::kOccurred) output.Print(fmt::format("  [{}]", Word(item.status)), Style::kBad);
  std::string facts;
  if (item.type == RelationType::kCoOccurs) {
    facts = fmt::format("  {} articles, {} sentences", item.articles, item.sentences);
    if (item.npmi) facts += fmt::format(", NPMI {:.2f}", *item.npmi);
  } else {
    facts =
        fmt::format("  {} statement{}, confidence {:.2f}", item.support, item.support == 1 ? "" : "s", item.confidence);
    if (item.first_seen) facts += ", " + FormatDate(*item.first_seen);
    if (item.last_seen && item.last_seen != item.first_seen) facts += ".." + FormatDate(*item.last_seen);
    if (item.valid_from) facts += ", valid from " + FormatDate(*item.valid_from);
    if (item.valid_until) facts += ", until " + FormatDate(*item.valid_until);
  }
  output.Print(facts, Style::kFaint);
  output.Print("\n");
  if (!item.evidence.empty()) ShowQuote(item.evidence.front(), "    ", output);
}

void ShowMatches(const std::vector<query::EntityMatch>& items, Output& output) {
  Table table({"name", "type", "tickers", "articles", "matched", "id"});
  for (const query::EntityMatch& match : items) {
    table.Add({match.entity.name, std::string(Word(match.entity.type)), Join(match.tickers, " "),
               std::to_string(match.articles), fmt::format("{} {}", Word(match.why), match.matched),
               FormatId(match.entity.type, match.entity.id)});
  }
  table.Print(output);
}

}  // namespace

void Show(const query::EntitiesResult& result, Output& output) {
  if (!result.items.empty()) ShowMatches(result.items, output);
  ShowPage(result.page, result.items.size(), "entities", output);
}

void Show(const query::EntityResult& result, Output& output) {
  const query::EntityMatch& match = result.match;
  output.Print(match.entity.name, Style::kName);
  output.Line(fmt::format("  {}{}  {}", Word(match.entity.type), result.kind.empty() ? "" : " (" + result.kind + ")",
                          FormatId(match.entity.type, match.entity.id)));
  output.Line(fmt::format("found by {}: {}", Word(match.why), match.matched));
  std::vector<std::string> parts;
  for (const auto& ticker : result.tickers) parts.push_back(ticker.ticker);
  if (!parts.empty()) output.Line("tickers: " + Join(parts, " "));
  parts.clear();
  for (const auto& name : result.names) {
    parts.push_back(name.articles > 0 ? fmt::format("{} ({})", name.text, name.articles) : name.text);
  }
  if (!parts.empty()) output.Line("names: " + Join(parts, "  "));
  for (const auto& [key, value] : result.attributes) output.Line(fmt::format("{}: {}", key, value));
  output.Line(fmt::format("{} articles, {} mentions, {} event reports, {} relation statements", result.articles,
                          result.mentions, result.events, result.relations));
  if (match.first_seen) {
    output.Line(fmt::format("first seen {}, last seen {}", FormatDate(*match.first_seen), DayOr(match.last_seen, "-")));
  }
  for (const query::RelationItem& relation : result.top_relations) ShowRelation(relation, output);
}

void Show(const query::TimelineResult& result, Output& output) {
  ShowHead(result.entities, output);
  for (const query::EventItem& item : result.items) ShowEvent(item, output);
  if (result.bucket != query::Bucket::kNone) {
    Table table({"from", "to", "events", "reports"});
    for (const query::BucketItem& bucket : result.buckets) {
      table.Add({FormatDate(bucket.from), FormatDate(bucket.to), std::to_string(bucket.events),
                 std::to_string(bucket.reports)});
    }
    table.Print(output);
  }
  ShowPage(result.page, std::max(result.items.size(), result.buckets.size()),
           result.bucket == query::Bucket::kNone ? "events" : "buckets", output);
}

void Show(const query::RelationsResult& result, Output& output) {
  ShowHead(result.entities, output);
  for (const query::RelationItem& item : result.items) ShowRelation(item, output);
  ShowPage(result.page, result.items.size(), "relations", output);
}

void Show(const query::PathsResult& result, Output& output) {
  ShowHead(result.entities, output);
  std::size_t number = 0;
  for (const query::PathItem& path : result.paths) {
    output.Print(fmt::format("path {}, {} hop{}\n", ++number, path.hops.size(), path.hops.size() == 1 ? "" : "s"),
                 Style::kHeading);
    for (const query::HopItem& hop : path.hops) ShowRelation(hop.relation, output);
  }
  if (result.paths.empty()) output.Line("no path found");
  if (!result.complete) output.Line("the search met its limits; there may be other paths");
}

void Show(const query::DayResult& result, Output& output) {
  output.Line(FormatDate(result.day));
  for (const query::EventItem& item : result.events) ShowEvent(item, output);
  ShowPage(result.page, result.events.size(), "events", output);
  if (result.articles.empty()) return;
  output.Line();
  output.Print("published that day\n", Style::kHeading);
  for (const query::ArticleItem& item : result.articles) {
    output.Line(fmt::format("{}  {}  {}", FormatId(item.article.id), item.article.outlet, item.article.title));
  }
}

void Show(const query::ArticleResult& result, Output& output) {
  const Article& article = result.article;
  output.Print(article.title.empty() ? std::string("(no title)") : article.title, Style::kHeading);
  output.Print("\n");
  std::string published = "undated";
  if (article.published) {
    published = fmt::format("{} (from {})", FormatPublishedTime(*article.published), Word(article.published_from));
  }
  std::vector<std::string> parts{FormatId(article.id), published};
  for (const std::string* field : {&article.outlet, &article.author, &article.url, &article.source_path}) {
    if (!field->empty()) parts.push_back(*field);
  }
  output.Print(Join(parts, "  "), Style::kFaint);
  output.Print("\n\n");
  output.Print(article.text);
  output.Print(article.text.empty() || article.text.back() != '\n' ? "\n\n" : "\n");
  output.Line(fmt::format("{} mentions, {} dates, {} events, {} relations (--json shows them)",
                          result.annotation.mentions.size(), result.annotation.dates.size(),
                          result.annotation.events.size(), result.annotation.relations.size()));
  for (const query::ArticleItem& copy : result.copies) {
    const auto& day = copy.article.published;
    output.Line(fmt::format("near-identical: {}  {}  {}  {}", FormatId(copy.article.id),
                            day ? FormatDate(day->date) : "undated", copy.article.outlet, copy.article.title));
  }
}

void Show(const query::StoriesResult& result, Output& output) {
  ShowHead(result.entities, output);
  for (const query::StoryItem& item : result.items) {
    ShowStory(item, output);
    if (!result.entities.empty() && item.matching < item.articles) {
      output.Print(fmt::format("    {} of them match\n", item.matching), Style::kFaint);
    }
  }
  ShowPage(result.page, result.items.size(), "stories", output);
}

void Show(const query::StoryResult& result, Output& output) {
  ShowStory(result.story, output);
  for (const query::HappeningItem& happening : result.happenings) {
    output.Line();
    output.Print(FormatDate(happening.from), Style::kDate);
    if (happening.from != happening.to) output.Print(".." + FormatDate(happening.to), Style::kDate);
    output.Print("\n");
    for (const query::HappeningItem::Report& report : happening.reports) {
      output.Line(fmt::format("    {}  {}  {}", FormatId(report.article.article.id), report.article.article.outlet,
                              report.article.article.title));
      for (const ArticleId& copy : report.copies) output.Print("        copy " + FormatId(copy) + "\n", Style::kFaint);
    }
  }
  if (!result.events.empty()) {
    output.Line();
    output.Print("events\n", Style::kHeading);
    for (const query::EventItem& item : result.events) ShowEvent(item, output);
  }
  if (!result.complete) output.Line("older articles, or events that fewer articles tell, are left out");
}

void Show(const query::OperationsResult& result, Output& output) {
  for (const query::OperationItem& item : result.items) ShowOperation(item, output);
  ShowPage(result.page, result.items.size(), "operations", output);
}

void Show(const query::OperationResult& result, Output& output) {
  ShowOperation(result.operation, output);
  std::vector<query::EntityMatch> entities{result.into};
  if (result.from.entity.id != result.into.entity.id) entities.push_back(result.from);
  ShowHead(entities, output);
}

void Show(const query::StatsResult& result, Output& output) {
  output.Line(fmt::format("{} articles, {} to {}", result.articles, DayOr(result.first_published, "-"),
                          DayOr(result.last_published, "-")));
  output.Line(fmt::format("{} sentences, {} mentions, {} event reports, {} relation statements", result.sentences,
                          result.mentions, result.event_reports, result.relation_statements));
  output.Line(fmt::format("{} entities, {} events, {} relations", result.entities, result.events, result.relations));
  Table table({"kind", "type", "count"});
  for (const auto& [type, count] : result.entities_by_type) {
    table.Add({"entity", std::string(Word(type)), std::to_string(count)});
  }
  for (const auto& [type, count] : result.events_by_type) {
    table.Add({"event", fmt::format("{} {}", Word(type), Info(type).name), std::to_string(count)});
  }
  for (const auto& [type, count] : result.relations_by_type) {
    table.Add({"relation", fmt::format("{} {}", Word(type), Info(type).name), std::to_string(count)});
  }
  if (!table.empty()) table.Print(output);
  output.Line(fmt::format("{} bytes on disk, format {}, lexicon {:016x} ({} entities), rules {:016x}",
                          result.disk_bytes, result.format_version, result.lexicon_version, result.lexicon_entities,
                          result.rules_version));
}

void ShowSchema(Output& output) {
  Table events({"event type", "name", "group", "polarity", "roles"});
  for (const EventTypeInfo& info : EventTypes()) {
    std::string roles(info.roles);
    std::replace(roles.begin(), roles.end(), '|', ' ');
    events.Add({std::string(info.code), std::string(info.name), std::string(info.group), std::to_string(info.polarity),
                roles});
  }
  events.Print(output);
  output.Line();
  Table relations({"relation type", "name", "kind"});
  for (const RelationTypeInfo& info : RelationTypes()) {
    relations.Add(
        {std::string(info.code), std::string(info.name),
         fmt::format("{}, {}", info.symmetric ? "symmetric" : "directed", info.state ? "state" : "point in time")});
  }
  relations.Print(output);
  output.Line();
  Table rules({"rule", "precision", "n", "measured on"});
  for (const auto& [rule, measured] : extract::RulePrecisions()) {
    rules.Add({rule, fmt::format("{:.3f}", measured.precision), std::to_string(measured.n), measured.source});
  }
  rules.Print(output);
}

void Show(const query::Problem& problem, Output& output) {
  output.Warn(problem.detail);
  if (!problem.hint.empty()) output.Warn(problem.hint);
  if (problem.candidates.empty()) return;
  output.Warn(problem.kind == query::ProblemKind::kAmbiguousEntity ? "it may be any of these; name one by its id:"
                                                                   : "did you mean:");
  for (const query::EntityMatch& match : problem.candidates) {
    output.Warn(fmt::format("  {}  {}  {}  {}", match.entity.name, Word(match.entity.type), Join(match.tickers, " "),
                            FormatId(match.entity.type, match.entity.id)));
  }
}

}  // namespace mailuo::cli
