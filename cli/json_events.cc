// Ingest events as JSON lines (--json).
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "cli/progress.h"

namespace mailuo::cli {

std::string EventJson(const ingest::IngestEvent& event) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  const auto text = [&](const char* key, std::string_view value) {
    writer.Key(key);
    writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  const auto number = [&](const char* key, std::uint64_t value) {
    writer.Key(key);
    writer.Uint64(value);
  };
  writer.StartObject();
  text("event", ingest::Word(event.kind));
  writer.Key("seconds");
  writer.Double(event.seconds);
  using ingest::IngestEventKind;
  if (event.kind == IngestEventKind::kSkipped || event.kind == IngestEventKind::kWarning ||
      event.kind == IngestEventKind::kStarted || event.kind == IngestEventKind::kWatching) {
    text("place", event.place);
    if (event.kind == IngestEventKind::kSkipped || event.kind == IngestEventKind::kWarning) {
      text("reason", event.reason);
    }
  } else {
    const ingest::IngestCounters& counters = event.counters;
    number("files", counters.files);
    number("read", counters.read);
    number("created", counters.created);
    number("known", counters.known);
    number("skipped", counters.skipped);
    number("warnings", counters.warnings);
    number("input_bytes", counters.input_bytes);
    number("text_bytes", counters.text_bytes);
    number("mentions", counters.mentions);
    number("events", counters.events);
    number("relations", counters.relations);
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace mailuo::cli
