// The fields of an article as a record (JSON, CSV, front matter, HTML metadata) gives them, before they are understood.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailuo::ingest {

enum class Field : std::uint8_t { kNone, kId, kTitle, kText, kPublished, kOutlet, kAuthor, kUrl };

struct FieldName {
  Field field = Field::kNone;
  std::uint16_t rank = 0;  // Lower wins among the names of one field.
  bool may_be_html = false;
};
// Looks `name` up in corpus/ingest/fields.tsv. Thread safety: any thread.
FieldName LookUpField(std::string_view name);

// Thread safety: value type.
struct RecordFields {
  std::string id;
  std::string title;
  std::string text;
  std::string published;
  std::string outlet;
  std::string author;
  std::string url;
  bool text_may_be_html = false;

  // Takes `value` for the field that `name` names, unless a name of better rank was there before. Values without
  // anything but spaces are passed over.
  void Offer(std::string_view name, std::string value);
  bool IsEmpty() const;

 private:
  std::array<std::uint16_t, 8> ranks_{};  // Of what is there, plus one; 0: nothing.
};

}  // namespace mailuo::ingest
