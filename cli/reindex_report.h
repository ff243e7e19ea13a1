// What a reindex changed, for people and as JSON lines.
// Thread safety: one thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "cli/output.h"
#include "core/article.h"
#include "ingest/annotation_diff.h"
#include "ingest/reindex.h"

namespace mailuo::cli {

struct FactCounts {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
};

struct ReindexTotals {
  std::uint64_t articles = 0;   // Compared.
  std::uint64_t changed = 0;    // With facts gained or lost.
  std::uint64_t otherwise = 0;  // Only confidences, rules, sentences or dates are others.
  std::map<std::pair<ingest::FactKind, std::string>, FactCounts> by_type;

  void Add(const ingest::AnnotationDiff& diff);
  FactCounts Sum(ingest::FactKind kind) const;
};

void ShowDiff(const Article& article, const ingest::AnnotationDiff& diff, Output& output);
void ShowTotals(const ReindexTotals& totals, Output& output);

// One line each, no line end.
std::string DiffJson(const Article& article, const ingest::AnnotationDiff& diff);
std::string ReportJson(const ingest::ReindexReport& report, const ReindexTotals* totals, bool dry_run);

}  // namespace mailuo::cli
