#include "ingest/annotation_diff.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/core.h>

#include "store/records.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;  // Type and text of facts, sorted.

std::string ShowDay(const std::optional<Date>& day) { return day ? FormatDate(*day) : std::string(); }

std::string ShowInterval(const DateInterval& interval) {
  if (!interval.from && !interval.to) return {};
  if (interval.from == interval.to) return " " + ShowDay(interval.from);
  return " " + ShowDay(interval.from) + ".." + ShowDay(interval.to);
}

class Describer {
 public:
  explicit Describer(const Article& article) : text_(article.text) {}

  Lines Mentions(const Annotation& annotation) const {
    Lines lines;
    for (const Mention& mention : annotation.mentions) {
      std::string text =
          fmt::format("{} {} {}", Place(mention.span), FormatId(mention.type, mention.entity), mention.name);
      for (const std::string& ticker : mention.tickers) text += " " + ticker;
      lines.emplace_back(Word(mention.type), std::move(text));
    }
    return Sorted(std::move(lines));
  }

  Lines Events(const Annotation& annotation) const {
    Lines lines;
    for (const Event& event : annotation.events) {
      std::string text =
          fmt::format("{} {}{}", Place(event.trigger), Word(event.status), ShowInterval(event.time.interval));
      for (const Participant& participant : event.participants) {
        text += fmt::format(" {}={}", participant.role, participant.name);
      }
      for (const Value& value : event.values) {
        text += fmt::format(" {}={:.10g}{}", value.role, value.number, value.unit);
      }
      lines.emplace_back(Word(event.type), std::move(text));
    }
    return Sorted(std::move(lines));
  }

  Lines Relations(const Annotation& annotation) const {
    Lines lines;
    for (const Relation& relation : annotation.relations) {
      lines.emplace_back(Word(relation.type),
                         fmt::format("sentence {} {} -> {} {}{}", relation.sentence, relation.head.name,
                                     relation.tail.name, Word(relation.status), ShowInterval(relation.valid)));
    }
    return Sorted(std::move(lines));
  }

 private:
  std::string Place(TextSpan span) const {
    return fmt::format("{}-{} \"{}\"", span.start, span.end, text::SliceCodePoints(text_, span.start, span.end));
  }
  static Lines Sorted(Lines lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
  }
  std::string_view text_;
};

void Add(FactKind kind, const Lines& old_lines, const Lines& new_lines, std::vector<FactChange>& changes) {
  Lines removed;
  Lines added;
  std::set_difference(old_lines.begin(), old_lines.end(), new_lines.begin(), new_lines.end(),
                      std::back_inserter(removed));
  std::set_difference(new_lines.begin(), new_lines.end(), old_lines.begin(), old_lines.end(),
                      std::back_inserter(added));
  for (auto& [type, text] : removed) changes.push_back({kind, false, std::move(type), std::move(text)});
  for (auto& [type, text] : added) changes.push_back({kind, true, std::move(type), std::move(text)});
}

}  // namespace

std::string_view Word(FactKind kind) {
  switch (kind) {
    case FactKind::kMention: return "mention";
    case FactKind::kEvent: return "event";
    case FactKind::kRelation: return "relation";
  }
  return "mention";
}

AnnotationDiff Compare(const Article& article, const Annotation& old_annotation, const Annotation& new_annotation) {
  AnnotationDiff diff;
  if (store::EncodeAnnotation(old_annotation) == store::EncodeAnnotation(new_annotation)) return diff;
  const Describer describer(article);
  Add(FactKind::kMention, describer.Mentions(old_annotation), describer.Mentions(new_annotation), diff.changes);
  Add(FactKind::kEvent, describer.Events(old_annotation), describer.Events(new_annotation), diff.changes);
  Add(FactKind::kRelation, describer.Relations(old_annotation), describer.Relations(new_annotation), diff.changes);
  diff.otherwise = diff.changes.empty();
  return diff;
}

}  // namespace mailuo::ingest
