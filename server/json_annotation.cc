#include "server/json_annotation.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "server/json_build.h"
#include "server/json_value.h"
#include "text/utf8.h"

namespace mailuo::server {
namespace {

// Slices of one text by code points in ascending order of their start cost one walk over the text, not one walk each.
class CodePointSlicer {
 public:
  explicit CodePointSlicer(std::string_view text) : text_(text) {}

  std::string_view Slice(TextSpan span) {
    if (span.start < point_) byte_ = point_ = 0;
    const std::size_t first = Advance(byte_, span.start - point_);
    byte_ = first;
    point_ = span.start;
    const std::size_t last = Advance(first, span.end - std::min(span.start, span.end));
    return text_.substr(first, last - first);
  }

 private:
  std::size_t Advance(std::size_t byte, std::uint32_t points) const {
    for (; points > 0 && byte < text_.size(); --points) {
      ++byte;
      while (byte < text_.size() && (static_cast<unsigned char>(text_[byte]) & 0xC0U) == 0x80U) ++byte;
    }
    return byte;
  }

  std::string_view text_;
  std::size_t byte_ = 0;
  std::uint32_t point_ = 0;
};

class Printer {
 public:
  Printer(const Article& article, const Annotation& annotation, const AnnotationFilter& filter)
      : article_(article), annotation_(annotation), filter_(filter), slicer_(article.text) {}

  std::string Print(const std::vector<extract::Refused>* refused) {
    json_.Open();
    json_.Field("id", article_.external_id.empty() ? FormatId(article_.id) : article_.external_id);
    json_.Key("published");
    json_.Day(article_.published ? std::optional(article_.published->date) : std::nullopt);
    json_.Field("published_from", Word(article_.published_from));
    List("sentences", annotation_.sentences, [this](const TextSpan& span) { Sentence(span); });
    if (filter_.mentions) PrintMentions();
    if (filter_.dates) List("dates", annotation_.dates, [this](const DateMention& date) { PrintDate(date); });
    if (filter_.events) {
      std::int32_t printed = 0;
      List("events", annotation_.events, [this, &printed](const Event& event) {
        const bool wanted = event.confidence >= filter_.min_confidence;
        event_index_.push_back(wanted ? printed++ : -1);
        if (wanted) PrintEvent(event);
      });
    }
    if (filter_.relations) {
      List("relations", annotation_.relations, [this](const Relation& relation) {
        if (relation.confidence >= filter_.min_confidence) PrintRelation(relation);
      });
    }
    if (filter_.events && !annotation_.links.empty()) {
      List("links", annotation_.links, [this](const EventLink& link) { PrintLink(link); });
    }
    if (refused != nullptr) List("refused", *refused, [this](const extract::Refused& item) { PrintRefused(item); });
    json_.Close();
    return json_.Take();
  }

 private:
  template <typename Items, typename Print>
  void List(std::string_view key, const Items& items, Print print) {
    json_.Key(key);
    json_.OpenArray();
    for (const auto& item : items) print(item);
    json_.CloseArray();
  }

  void Span(TextSpan span) {
    json_.Field("start", span.start);
    json_.Field("end", span.end);
  }
  void Sentence(TextSpan span) {
    json_.Open();
    Span(span);
    json_.Close();
  }
  void Interval(const DateInterval& interval) {
    json_.Field("from", interval.from);
    json_.Field("to", interval.to);
  }

  bool Wanted(const Mention& mention) const {
    if (mention.confidence < filter_.min_confidence) return false;
    return filter_.types.empty() ||
           std::find(filter_.types.begin(), filter_.types.end(), mention.type) != filter_.types.end();
  }

  void PrintMentions() {
    std::int32_t printed = 0;
    index_.assign(annotation_.mentions.size(), -1);
    json_.Key("mentions");
    json_.OpenArray();
    for (std::size_t i = 0; i < annotation_.mentions.size(); ++i) {
      const Mention& mention = annotation_.mentions[i];
      if (!Wanted(mention)) continue;
      index_[i] = printed++;
      json_.Open();
      Span(mention.span);
      json_.Field("text", slicer_.Slice(mention.span));
      json_.Field("type", Word(mention.type));
      json_.Field("name", mention.name);
      List("tickers", mention.tickers, [this](const std::string& ticker) { json_.String(ticker); });
      json_.FieldShare("confidence", mention.confidence);
      json_.Field("rule", mention.rule);
      json_.Close();
    }
    json_.CloseArray();
  }

  void PrintDate(const DateMention& date) {
    json_.Open();
    Span(date.span);
    json_.Field("text", slicer_.Slice(date.span));
    Interval(date.interval);
    json_.Field("precision", Word(date.precision));
    json_.Field("relation", Word(date.relation));
    json_.Field("certainty", Word(date.certainty));
    json_.Field("kind", Word(date.kind));
    json_.Field("anchor", Word(date.anchor));
    json_.Close();
  }

  // Index into the printed mentions, or null.
  void MentionIndex(std::int32_t mention) {
    json_.Key("mention");
    const auto index = static_cast<std::size_t>(mention);
    if (mention < 0 || index >= index_.size() || index_[index] < 0) return json_.Null();
    json_.Integer(index_[index]);
  }

  void PrintEvent(const Event& event) {
    json_.Open();
    json_.Field("type", Word(event.type));
    PrintTrigger(event.trigger);
    json_.Field("sentence", event.sentence);
    json_.Field("status", Word(event.status));
    json_.Field("polarity", static_cast<int>(event.polarity));
    json_.Key("time");
    json_.Open();
    Interval(event.time.interval);
    json_.FieldOrNull("precision",
                      event.time.source == EventTimeSource::kNone ? std::string_view{} : Word(event.time.precision));
    json_.Field("source", Word(event.time.source));
    json_.Close();
    List("participants", event.participants, [this](const Participant& participant) {
      json_.Open();
      json_.Field("role", participant.role);
      MentionIndex(participant.mention);
      json_.Field("name", participant.name);
      json_.Close();
    });
    List("values", event.values, [this](const Value& value) {
      json_.Open();
      json_.Field("role", value.role);
      json_.Field("text", slicer_.Slice(value.span));
      json_.FieldNumber("number", value.number);
      json_.Field("unit", value.unit);
      json_.Close();
    });
    json_.FieldShare("confidence", event.confidence);
    json_.Field("rule", event.rule);
    json_.Close();
  }

  void PrintTrigger(TextSpan trigger) {
    json_.Key("trigger");
    json_.Open();
    Span(trigger);
    json_.Field("text", slicer_.Slice(trigger));
    json_.Close();
  }

  void PrintEnd(std::string_view key, const RelationEnd& end) {
    json_.Key(key);
    json_.Open();
    MentionIndex(end.mention);
    json_.Field("name", end.name);
    json_.Close();
  }

  void PrintRelation(const Relation& relation) {
    json_.Open();
    json_.Field("type", Word(relation.type));
    PrintEnd("head", relation.head);
    PrintEnd("tail", relation.tail);
    json_.Field("sentence", relation.sentence);
    json_.Field("status", Word(relation.status));
    json_.FieldShare("confidence", relation.confidence);
    json_.Field("rule", relation.rule);
    json_.Close();
  }

  // A link whose events are not both printed is left out.
  void PrintLink(const EventLink& link) {
    if (link.from >= event_index_.size() || link.to >= event_index_.size()) return;
    if (event_index_[link.from] < 0 || event_index_[link.to] < 0) return;
    json_.Open();
    json_.Field("type", Word(link.type));
    json_.Field("from", event_index_[link.from]);
    json_.Field("to", event_index_[link.to]);
    json_.Field("sentence", link.sentence);
    PrintTrigger(link.trigger);
    json_.Close();
  }

  void PrintRefused(const extract::Refused& refused) {
    json_.Open();
    json_.Field("what", extract::Word(refused.what));
    json_.Field("type", refused.type);
    json_.Field("rule", refused.rule);
    PrintTrigger(refused.trigger);
    json_.Field("sentence", refused.sentence);
    json_.Field("reason", extract::Word(refused.reason));
    json_.Field("detail", refused.detail);
    json_.Close();
  }

  const Article& article_;
  const Annotation& annotation_;
  const AnnotationFilter& filter_;
  CodePointSlicer slicer_;
  JsonBuild json_;
  std::vector<std::int32_t> event_index_;  // Of each event: likewise.
  std::vector<std::int32_t> index_;        // Of each mention: its index among the printed ones, -1 if left out.
};

}  // namespace

std::string AnnotationJson(const Article& article, const Annotation& annotation, const AnnotationFilter& filter,
                           const std::vector<extract::Refused>* refused) {
  return Printer(article, annotation, filter).Print(refused);
}

std::string AnnotationErrorJson(std::string_view id, std::string_view message) {
  JsonBuild json;
  json.Open();
  json.FieldOrNull("id", id);
  json.Field("error", message);
  json.Close();
  return json.Take();
}

Result<Article> ParseAnnotateLine(std::string_view line, std::string& id) {
  id.clear();
  MAILUO_ASSIGN_OR_RETURN(const JsonValue value, JsonValue::Parse(line));
  return ReadArticle(value, id);
}

}  // namespace mailuo::server
