#include "lexicon/compiler.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include <fmt/core.h>

#include "core/ids.h"
#include "lexicon/blob_format.h"
#include "lexicon/tsv_reader.h"
#include "text/automaton.h"
#include "text/folded_text.h"

namespace mailuo::lexicon {
namespace {

std::string Place(const LexiconRow& row) { return fmt::format("{}:{}", row.file, row.line); }

Error FailedAt(const LexiconRow& row, std::string_view message) {
  return {ErrorCode::kInvalidArgument, fmt::format("{}: {}", Place(row), message)};
}

std::string_view MainTicker(const LexiconRow& row) {
  return row.tickers.empty() ? std::string_view() : std::string_view(row.tickers.front());
}

template <typename Callback>
Status ForEachCode(const LexiconRow& row, const Callback& callback) {
  for (const std::string& ticker : row.tickers) MAILUO_RETURN_IF_ERROR(callback(std::string_view(ticker)));
  for (const auto& [key, value] : row.attributes) {
    if (key != kCodesAttribute) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view code = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (!IsCanonicalTicker(code)) {
        return FailedAt(row, fmt::format("column 'attributes': codes: '{}' is not CODE.EXCHANGE", code));
      }
      MAILUO_RETURN_IF_ERROR(callback(code));
    }
  }
  return {};
}

// A row with what sorting and comparing need of it.
struct KeyedRow {
  LexiconRow row;
  std::string key;  // Folded canonical name.
  EntityId id;
};

bool SameEntityName(const KeyedRow& a, const KeyedRow& b) { return a.row.type == b.row.type && a.key == b.key; }

class Compiler {
 public:
  Result<std::string> Compile(std::vector<LexiconRow> rows, std::vector<NotName> not_names) {
    MAILUO_RETURN_IF_ERROR(Sort(std::move(rows)));
    for (const KeyedRow& keyed : rows_) MAILUO_RETURN_IF_ERROR(AddEntity(keyed));
    MAILUO_RETURN_IF_ERROR(AddNotNames(std::move(not_names)));
    MAILUO_RETURN_IF_ERROR(SortIds());
    MAILUO_RETURN_IF_ERROR(SortCodes());
    SortNames();
    return Serialize();
  }

 private:
  Status Sort(std::vector<LexiconRow> rows) {
    rows_.reserve(rows.size());
    for (LexiconRow& row : rows) {
      std::string key = text::FoldKey(row.names.front().text);
      rows_.push_back({std::move(row), std::move(key), {}});
    }
    std::sort(rows_.begin(), rows_.end(), [](const KeyedRow& a, const KeyedRow& b) {
      const auto rank = [](const KeyedRow& keyed) {
        return std::tuple(keyed.row.type, std::string_view(keyed.key), MainTicker(keyed.row),
                          std::string_view(keyed.row.file), keyed.row.line);
      };
      return rank(a) < rank(b);
    });
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool shared = (i > 0 && SameEntityName(rows_[i - 1], rows_[i])) ||
                          (i + 1 < rows_.size() && SameEntityName(rows_[i], rows_[i + 1]));
      std::string normal_form = rows_[i].key;
      if (i > 0 && SameEntityName(rows_[i - 1], rows_[i])) MAILUO_RETURN_IF_ERROR(CheckApart(rows_[i - 1], rows_[i]));
      // The one without a ticker keeps the plain form: what a text says of the bare name is more likely about it.
      if (shared && !rows_[i].row.tickers.empty()) {
        normal_form += '\n';
        normal_form += MainTicker(rows_[i].row);
      }
      rows_[i].id = MakeEntityId(rows_[i].row.type, normal_form);
    }
    return {};
  }

  // Two entities may share a canonical name only when their main tickers tell them apart.
  static Status CheckApart(const KeyedRow& first, const KeyedRow& second) {
    if (MainTicker(first.row) != MainTicker(second.row)) return {};
    const bool swap = std::tie(first.row.file, first.row.line) > std::tie(second.row.file, second.row.line);
    const LexiconRow& earlier = swap ? second.row : first.row;
    const LexiconRow& later = swap ? first.row : second.row;
    return FailedAt(later, fmt::format("{} '{}' is already at {}; two entities of one name need different main tickers",
                                       Word(later.type), later.names.front().text, Place(earlier)));
  }

  Status AddEntity(const KeyedRow& keyed) {
    const LexiconRow& row = keyed.row;
    const auto index = static_cast<std::uint32_t>(entities_.size());
    EntityRecord entity;
    entity.id = keyed.id.value;
    entity.type = static_cast<std::uint8_t>(row.type);
    MAILUO_ASSIGN_OR_RETURN(entity.kind, Intern(row.kind));
    entity.first_name = static_cast<std::uint32_t>(names_.size());
    entity.name_count = static_cast<std::uint16_t>(row.names.size());
    entity.first_ticker = static_cast<std::uint32_t>(tickers_.size());
    entity.ticker_count = static_cast<std::uint8_t>(row.tickers.size());
    entity.first_attribute = static_cast<std::uint32_t>(attributes_.size());
    entity.attribute_count = static_cast<std::uint8_t>(row.attributes.size());
    for (const RowName& name : row.names) MAILUO_RETURN_IF_ERROR(AddName(row, name, index));
    for (const std::string& ticker : row.tickers) {
      MAILUO_ASSIGN_OR_RETURN(const StringRef text, Intern(ticker));
      tickers_.push_back({text});
    }
    for (const auto& [key, value] : row.attributes) {
      MAILUO_ASSIGN_OR_RETURN(const StringRef key_text, Intern(key));
      MAILUO_ASSIGN_OR_RETURN(const StringRef value_text, Intern(value));
      attributes_.push_back({key_text, value_text});
    }
    MAILUO_RETURN_IF_ERROR(ForEachCode(row, [&](std::string_view code) -> Status {
      MAILUO_ASSIGN_OR_RETURN(const StringRef text, Intern(code));
      codes_.push_back({text, index});
      return {};
    }));
    ids_.push_back({keyed.id.value, index, 0});
    entities_.push_back(entity);
    return {};
  }

  Status AddName(const LexiconRow& row, const RowName& name, std::uint32_t entity) {
    const std::string folded = text::FoldKey(name.text);
    NameRecord record;
    MAILUO_ASSIGN_OR_RETURN(record.text, Intern(name.text));
    MAILUO_ASSIGN_OR_RETURN(record.folded, Intern(folded));
    record.entity = entity;
    record.strength = static_cast<std::uint8_t>(name.strength);
    record.kind = static_cast<std::uint8_t>(name.kind);
    record.matched = name.matched ? 1 : 0;
    if (name.matched) {
      const auto added = automaton_.Add(text::FoldKey16(name.text), static_cast<std::uint32_t>(names_.size()));
      if (!added) return Error(added.error()).Prefixed(Place(row));
    }
    names_.push_back(record);
    return {};
  }

  Status AddNotNames(std::vector<NotName> words) {
    std::sort(words.begin(), words.end(),
              [](const NotName& a, const NotName& b) { return std::tie(a.word, a.name) < std::tie(b.word, b.name); });
    for (const NotName& word : words) {
      NameRecord record;
      MAILUO_ASSIGN_OR_RETURN(record.text, Intern(word.word));
      MAILUO_ASSIGN_OR_RETURN(record.folded, Intern(word.name == "*" ? std::string() : text::FoldKey(word.name)));
      record.entity = kNoEntity;
      MAILUO_RETURN_IF_ERROR(automaton_.Add(text::FoldKey16(word.word), static_cast<std::uint32_t>(names_.size())));
      names_.push_back(record);
    }
    return {};
  }

  Status SortIds() {
    std::sort(ids_.begin(), ids_.end(),
              [](const IdRecord& a, const IdRecord& b) { return std::tie(a.id, a.entity) < std::tie(b.id, b.entity); });
    const auto same =
        std::adjacent_find(ids_.begin(), ids_.end(), [](const IdRecord& a, const IdRecord& b) { return a.id == b.id; });
    if (same == ids_.end()) return {};
    const LexiconRow& first = rows_[same->entity].row;
    const LexiconRow& second = rows_[(same + 1)->entity].row;
    return FailedAt(second, fmt::format("'{}' gets the same id as '{}' at {}; write one of the names differently",
                                        second.names.front().text, first.names.front().text, Place(first)));
  }

  Status SortCodes() {
    std::sort(codes_.begin(), codes_.end(), [&](const CodeRecord& a, const CodeRecord& b) {
      return std::tuple(Text(a.code), a.entity) < std::tuple(Text(b.code), b.entity);
    });
    const auto same = std::adjacent_find(codes_.begin(), codes_.end(), [&](const CodeRecord& a, const CodeRecord& b) {
      return Text(a.code) == Text(b.code);
    });
    if (same == codes_.end()) return {};
    const LexiconRow& first = rows_[same->entity].row;
    const LexiconRow& second = rows_[(same + 1)->entity].row;
    return FailedAt(second, fmt::format("ticker {} of '{}' belongs to '{}' at {}", Text(same->code),
                                        second.names.front().text, first.names.front().text, Place(first)));
  }

  void SortNames() {
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      if (names_[i].matched != 0) sorted_.push_back(i);
    }
    std::sort(sorted_.begin(), sorted_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tuple(Text(names_[a].folded), a) < std::tuple(Text(names_[b].folded), b);
    });
  }

  Result<StringRef> Intern(std::string_view text) {
    const auto [at, is_new] = interned_.try_emplace(std::string(text));
    if (is_new) {
      if (strings_.size() + text.size() > std::numeric_limits<std::uint32_t>::max()) {
        return Error{ErrorCode::kLimitExceeded, "the lexicon has more than 4 GiB of text"};
      }
      at->second = {static_cast<std::uint32_t>(strings_.size()), static_cast<std::uint32_t>(text.size())};
      strings_ += text;
    }
    return at->second;
  }
  std::string_view Text(StringRef ref) const { return std::string_view(strings_).substr(ref.offset, ref.size); }

  Result<std::string> Serialize() {
    MAILUO_ASSIGN_OR_RETURN(const std::string automaton, automaton_.Build());
    BlobHeader header;
    std::string blob(sizeof(header), '\0');
    const auto append = [&](Section section, const void* data, std::size_t bytes) {
      blob.resize((blob.size() + 7) / 8 * 8, '\0');
      header.sections[static_cast<std::size_t>(section)] = {blob.size(), bytes};
      blob.append(static_cast<const char*>(data), bytes);
    };
    const auto append_all = [&](Section section, const auto& records) {
      append(section, records.data(), records.size() * sizeof(records[0]));
    };
    append_all(Section::kEntities, entities_);
    append_all(Section::kNames, names_);
    append_all(Section::kTickers, tickers_);
    append_all(Section::kAttributes, attributes_);
    append_all(Section::kIds, ids_);
    append_all(Section::kCodes, codes_);
    append_all(Section::kSorted, sorted_);
    append_all(Section::kStrings, strings_);
    append_all(Section::kAutomaton, automaton);
    header.blob_size = blob.size();
    header.version = StableHash64(std::string_view(blob).substr(sizeof(header)));
    std::memcpy(blob.data(), &header, sizeof(header));
    return blob;
  }

  std::vector<KeyedRow> rows_;
  std::vector<EntityRecord> entities_;
  std::vector<NameRecord> names_;
  std::vector<TickerRecord> tickers_;
  std::vector<AttributeRecord> attributes_;
  std::vector<IdRecord> ids_;
  std::vector<CodeRecord> codes_;
  std::vector<std::uint32_t> sorted_;
  std::string strings_;
  std::unordered_map<std::string, StringRef> interned_;  // Looked up only; never walked.
  text::AutomatonBuilder automaton_;
};

}  // namespace

Result<std::string> CompileLexicon(std::vector<LexiconRow> rows, std::vector<NotName> not_names) {
  return Compiler().Compile(std::move(rows), std::move(not_names));
}

}  // namespace mailuo::lexicon
