// The diff of a reindex as JSON lines (--json).
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "cli/reindex_report.h"

namespace mailuo::cli {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void Text(Writer& writer, const char* key, std::string_view value) {
  writer.Key(key);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void Number(Writer& writer, const char* key, std::uint64_t value) {
  writer.Key(key);
  writer.Uint64(value);
}

void Flag(Writer& writer, const char* key, bool value) {
  writer.Key(key);
  writer.Bool(value);
}

}  // namespace

std::string DiffJson(const Article& article, const ingest::AnnotationDiff& diff) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  Text(writer, "article", FormatId(article.id));
  Text(writer, "title", article.title);
  writer.Key("changes");
  writer.StartArray();
  for (const ingest::FactChange& change : diff.changes) {
    writer.StartObject();
    Text(writer, "change", change.added ? "added" : "removed");
    Text(writer, "fact", Word(change.kind));
    Text(writer, "type", change.type);
    Text(writer, "text", change.text);
    writer.EndObject();
  }
  writer.EndArray();
  Flag(writer, "otherwise", diff.otherwise);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string ReportJson(const ingest::ReindexReport& report, const ReindexTotals* totals, bool dry_run) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  Flag(writer, "dry_run", dry_run);
  Number(writer, "extracted", report.extracted);
  Number(writer, "resumed", report.resumed);
  Flag(writer, "stopped", report.stopped);
  if (totals != nullptr) {
    Number(writer, "articles", totals->articles);
    Number(writer, "articles_changed", totals->changed);
    Number(writer, "articles_otherwise", totals->otherwise);
    writer.Key("totals");
    writer.StartArray();
    for (const auto& [key, counts] : totals->by_type) {
      writer.StartObject();
      Text(writer, "fact", Word(key.first));
      Text(writer, "type", key.second);
      Number(writer, "added", counts.added);
      Number(writer, "removed", counts.removed);
      writer.EndObject();
    }
    writer.EndArray();
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace mailuo::cli
