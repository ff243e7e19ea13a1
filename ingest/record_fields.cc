#include "ingest/record_fields.h"

#include <map>
#include <utility>

#include "core/check.h"
#include "embedded_IngestFields.h"
#include "ingest/tsv_table.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

// Longer names are no field of ours; folding them would only cost time.
constexpr std::size_t kMaxNameBytes = 64;

std::string NameKey(std::string_view name) {
  std::string key;
  for (const char c : text::FoldKey(name)) {
    if (c != '_' && c != '-' && c != ' ') key += c;
  }
  return key;
}

Field FieldByWord(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Field>, 8> kWords{{{"id", Field::kId},
                                                                      {"title", Field::kTitle},
                                                                      {"text", Field::kText},
                                                                      {"html", Field::kText},
                                                                      {"published", Field::kPublished},
                                                                      {"outlet", Field::kOutlet},
                                                                      {"author", Field::kAuthor},
                                                                      {"url", Field::kUrl}}};
  for (const auto& [name, field] : kWords) {
    if (word == name) return field;
  }
  return Field::kNone;
}

const std::map<std::string, FieldName>& Table() {
  static const std::map<std::string, FieldName> the_table = [] {
    std::map<std::string, FieldName> table;
    std::uint16_t rank = 0;
    for (const auto& row : ReadTable(embedded::IngestFields(), 3)) {
      const FieldName name{FieldByWord(row[1]), rank++, row[1] == "html"};
      MAILUO_CHECK(name.field != Field::kNone);
      table.emplace(NameKey(row[0]), name);
    }
    return table;
  }();
  return the_table;
}

}  // namespace

FieldName LookUpField(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || text::FindInvalidUtf8(name)) return {};
  const auto found = Table().find(NameKey(name));
  return found == Table().end() ? FieldName{} : found->second;
}

void RecordFields::Offer(std::string_view name, std::string value) {
  const FieldName known = LookUpField(name);
  if (known.field == Field::kNone || value.find_first_not_of(" \t\r\n") == std::string::npos) return;
  std::uint16_t& rank = ranks_.at(static_cast<std::size_t>(known.field));
  if (rank != 0 && rank <= known.rank + 1) return;
  rank = static_cast<std::uint16_t>(known.rank + 1);
  switch (known.field) {
    case Field::kId: id = std::move(value); break;
    case Field::kTitle: title = std::move(value); break;
    case Field::kText:
      text = std::move(value);
      text_may_be_html = known.may_be_html;
      break;
    case Field::kPublished: published = std::move(value); break;
    case Field::kOutlet: outlet = std::move(value); break;
    case Field::kAuthor: author = std::move(value); break;
    case Field::kUrl: url = std::move(value); break;
    case Field::kNone: break;
  }
}

bool RecordFields::IsEmpty() const {
  return id.empty() && title.empty() && text.empty() && published.empty() && outlet.empty() && author.empty() &&
         url.empty();
}

}  // namespace mailuo::ingest
