#include "cli/reindex_report.h"

#include <fmt/core.h>

namespace mailuo::cli {

void ReindexTotals::Add(const ingest::AnnotationDiff& diff) {
  ++articles;
  changed += diff.changes.empty() ? 0U : 1U;
  otherwise += diff.otherwise ? 1U : 0U;
  for (const ingest::FactChange& change : diff.changes) {
    FactCounts& counts = by_type[{change.kind, change.type}];
    if (change.added) {
      ++counts.added;
    } else {
      ++counts.removed;
    }
  }
}

FactCounts ReindexTotals::Sum(ingest::FactKind kind) const {
  FactCounts sum;
  for (const auto& [key, counts] : by_type) {
    if (key.first != kind) continue;
    sum.added += counts.added;
    sum.removed += counts.removed;
  }
  return sum;
}

void ShowDiff(const Article& article, const ingest::AnnotationDiff& diff, Output& output) {
  if (diff.changes.empty()) return;
  output.Print(FormatId(article.id), Style::kFaint);
  output.Line(" " + article.title);
  for (const ingest::FactChange& change : diff.changes) {
    output.Print(fmt::format("  {} {} {} {}", change.added ? '+' : '-', Word(change.kind), change.type, change.text),
                 change.added ? Style::kGood : Style::kBad);
    output.Line();
  }
}

void ShowTotals(const ReindexTotals& totals, Output& output) {
  Table table({"", "type", "added", "removed"});
  for (const auto& [key, counts] : totals.by_type) {
    table.Add({std::string(Word(key.first)), key.second, std::to_string(counts.added), std::to_string(counts.removed)});
  }
  if (!table.empty()) table.Print(output);
  output.Line(fmt::format("{} of {} articles gain or lose facts; in {} more only confidences or dates differ",
                          totals.changed, totals.articles, totals.otherwise));
}

}  // namespace mailuo::cli
