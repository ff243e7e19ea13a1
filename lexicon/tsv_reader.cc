#include "lexicon/tsv_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

#include <fmt/core.h>

#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::lexicon {
namespace {

enum Column : std::size_t { kName, kType, kKind, kStrength, kAliases, kTickers, kAttributes, kSource, kColumnCount };
constexpr std::array<std::string_view, kColumnCount> kColumnNames{"name",    "type",    "kind",       "strength",
                                                                  "aliases", "tickers", "attributes", "source"};
constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
constexpr std::size_t kMaxColumns = 32;

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0;;) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    parts.push_back(text.substr(start, end - start));
    if (end == text.size()) return parts;
    start = end + 1;
  }
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpperOrDigit(char c) { return IsDigit(c) || (c >= 'A' && c <= 'Z'); }

// Kinds and attribute keys: lower-case words of the schema, never prose.
bool IsWord(std::string_view text) {
  return text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || c == '_'; });
}

class Reader {
 public:
  explicit Reader(std::string_view file_name) : file_(file_name) {}

  Result<std::vector<LexiconRow>> Read(std::string_view bytes) {
    if (bytes.size() > kMaxTsvBytes) {
      return Error{ErrorCode::kLimitExceeded,
                   fmt::format("{}: {} bytes, the limit is {}", file_, bytes.size(), kMaxTsvBytes)};
    }
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      std::string_view line = bytes.substr(0, end);
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
      ++line_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      MAILUO_RETURN_IF_ERROR(TakeLine(line));
    }
    if (!have_header_) return Failed("the line of column names is missing");
    return std::move(rows_);
  }

 private:
  Error Failed(std::string_view message, ErrorCode code = ErrorCode::kInvalidArgument) const {
    return {code, fmt::format("{}:{}: {}", file_, std::max(line_, 1U), message)};
  }
  Error FailedIn(Column column, std::string_view message, ErrorCode code = ErrorCode::kInvalidArgument) const {
    return Failed(fmt::format("column '{}': {}", kColumnNames[column], message), code);
  }

  Status TakeLine(std::string_view line) {
    if (line.size() > kMaxLineBytes) {
      return Failed(fmt::format("the line has {} bytes, the limit is {}", line.size(), kMaxLineBytes),
                    ErrorCode::kLimitExceeded);
    }
    if (const auto invalid = text::FindInvalidUtf8(line)) {
      return Failed(fmt::format("byte {} of the line is not UTF-8", *invalid + 1));
    }
    if (line.find('\0') != std::string_view::npos) return Failed("the line holds a zero byte");
    if (Trim(line).empty() || line.front() == '#') return {};
    if (!have_header_) return TakeHeader(line);
    if (rows_.size() == kMaxRows) {
      return Failed(fmt::format("more than {} rows", kMaxRows), ErrorCode::kLimitExceeded);
    }
    return TakeRow(line);
  }

  Status TakeHeader(std::string_view line) {
    have_header_ = true;
    columns_.fill(kAbsent);
    const std::vector<std::string_view> names = Split(line, '\t');
    if (names.size() > kMaxColumns) return Failed(fmt::format("more than {} columns", kMaxColumns));
    column_count_ = names.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto* const known = std::find(kColumnNames.begin(), kColumnNames.end(), Trim(names[i]));
      if (known == kColumnNames.end()) {
        return Failed(
            fmt::format("unknown column '{}'; the columns are name, type, kind, strength, aliases, tickers, "
                        "attributes, source",
                        names[i]));
      }
      std::size_t& at = columns_[static_cast<std::size_t>(known - kColumnNames.begin())];
      if (at != kAbsent) return Failed(fmt::format("column '{}' appears twice", *known));
      at = i;
    }
    for (const Column required : {kName, kType}) {
      if (columns_[required] == kAbsent) return Failed(fmt::format("column '{}' is missing", kColumnNames[required]));
    }
    return {};
  }

  Status TakeRow(std::string_view line) {
    const std::vector<std::string_view> fields = Split(line, '\t');
    if (fields.size() != column_count_) {
      return Failed(fmt::format("{} fields, but the header names {} columns", fields.size(), column_count_));
    }
    const auto field = [&](Column column) {
      return columns_[column] == kAbsent ? std::string_view() : Trim(fields[columns_[column]]);
    };
    LexiconRow row;
    row.file = file_;
    row.line = line_;
    row.kind = field(kKind);
    row.source = field(kSource);
    MAILUO_RETURN_IF_ERROR(TakeType(field(kType), row));
    if (!IsWord(row.kind)) return FailedIn(kKind, "a kind is a word of a-z, 0-9 and _");
    MAILUO_RETURN_IF_ERROR(TakeCanonical(field(kName), field(kStrength), row));
    MAILUO_RETURN_IF_ERROR(TakeAliases(field(kAliases), row));
    MAILUO_RETURN_IF_ERROR(TakeTickers(field(kTickers), row));
    MAILUO_RETURN_IF_ERROR(TakeAttributes(field(kAttributes), row));
    rows_.push_back(std::move(row));
    return {};
  }

  Status TakeType(std::string_view word, LexiconRow& row) const {
    const auto type = ParseMentionType(word);
    if (!type || *type == MentionType::kTicker) {
      return FailedIn(kType,
                      fmt::format("'{}' is none of company, person, organization, policy, product, place, sector, "
                                  "index",
                                  word));
    }
    row.type = *type;
    return {};
  }

  Status TakeCanonical(std::string_view name, std::string_view strength, LexiconRow& row) {
    RowName canonical{std::string(name), NameStrength::kSure, NameKind::kCanonical};
    if (strength == "weak") {
      canonical.strength = NameStrength::kWeak;
    } else if (strength == "ticker") {
      canonical.strength = NameStrength::kTickerOnly;
    } else if (!strength.empty() && strength != "sure") {
      return FailedIn(kStrength, fmt::format("'{}' is none of sure, weak, ticker", strength));
    }
    return AddName(kName, std::move(canonical), row);
  }

  Status TakeAliases(std::string_view list, LexiconRow& row) {
    if (list.empty()) return {};
    for (std::string_view part : Split(list, '|')) {
      part = Trim(part);
      RowName alias;
      if (part.substr(0, 1) == "?" || part.substr(0, 1) == "!") {
        alias.strength = part.front() == '?' ? NameStrength::kWeak : NameStrength::kTickerOnly;
        part.remove_prefix(1);
      }
      constexpr std::array<std::pair<std::string_view, NameKind>, 4> kMarks{{{"full:", NameKind::kFull},
                                                                             {"former:", NameKind::kFormer},
                                                                             {"en:", NameKind::kEnglish},
                                                                             {"short:", NameKind::kShort}}};
      for (const auto& [mark, kind] : kMarks) {
        if (part.substr(0, mark.size()) != mark) continue;
        alias.kind = kind;
        part.remove_prefix(mark.size());
        break;
      }
      alias.text = Trim(part);
      MAILUO_RETURN_IF_ERROR(AddName(kAliases, std::move(alias), row));
    }
    return {};
  }

  Status AddName(Column column, RowName name, LexiconRow& row) {
    if (name.text.empty()) return FailedIn(column, "an empty name");
    if (name.text.find('|') != std::string::npos) return FailedIn(column, "a name must not hold '|'");
    if (row.names.size() == kMaxNamesPerRow) {
      return FailedIn(column, fmt::format("more than {} names", kMaxNamesPerRow), ErrorCode::kLimitExceeded);
    }
    std::u16string key = text::FoldKey16(name.text);
    if (key.empty()) return FailedIn(column, fmt::format("nothing is left of '{}' after folding", name.text));
    if (key.size() < kMinNameUnits) {
      return FailedIn(column,
                      fmt::format("'{}' is too short: a name has at least {} characters", name.text, kMinNameUnits));
    }
    if (key.size() > kMaxNameUnits) {
      return FailedIn(column, fmt::format("a name of {} characters, the limit is {}", key.size(), kMaxNameUnits),
                      ErrorCode::kLimitExceeded);
    }
    if (row.names.empty()) keys_.clear();
    if (std::find(keys_.begin(), keys_.end(), key) != keys_.end()) {
      return FailedIn(column, fmt::format("'{}' is the same name as another one of this line", name.text));
    }
    keys_.push_back(std::move(key));
    row.names.push_back(std::move(name));
    return {};
  }

  Status TakeTickers(std::string_view list, LexiconRow& row) const {
    if (list.empty()) return {};
    if (row.type != MentionType::kCompany && row.type != MentionType::kIndex) {
      return FailedIn(kTickers, "only companies and indexes have tickers");
    }
    for (std::string_view ticker : Split(list, '|')) {
      ticker = Trim(ticker);
      if (!IsCanonicalTicker(ticker)) {
        return FailedIn(kTickers,
                        fmt::format("'{}' is not CODE.EXCHANGE, like 688041.SH, 00700.HK or NVDA.US", ticker));
      }
      if (std::find(row.tickers.begin(), row.tickers.end(), ticker) != row.tickers.end()) {
        return FailedIn(kTickers, fmt::format("'{}' appears twice", ticker));
      }
      if (row.tickers.size() == kMaxTickersPerRow) {
        return FailedIn(kTickers, fmt::format("more than {} tickers", kMaxTickersPerRow), ErrorCode::kLimitExceeded);
      }
      row.tickers.emplace_back(ticker);
    }
    return {};
  }

  Status TakeAttributes(std::string_view list, LexiconRow& row) const {
    if (list.empty()) return {};
    for (const std::string_view part : Split(list, '|')) {
      const std::size_t equals = part.find('=');
      const std::string_view key = Trim(part.substr(0, equals));
      if (equals == std::string_view::npos || key.empty() || !IsWord(key)) {
        return FailedIn(kAttributes, fmt::format("'{}' is not key=value", part));
      }
      const bool twice = std::any_of(row.attributes.begin(), row.attributes.end(),
                                     [&](const auto& attribute) { return attribute.first == key; });
      if (twice) return FailedIn(kAttributes, fmt::format("'{}' appears twice", key));
      if (row.attributes.size() == kMaxAttributesPerRow) {
        return FailedIn(kAttributes, fmt::format("more than {} attributes", kMaxAttributesPerRow),
                        ErrorCode::kLimitExceeded);
      }
      row.attributes.emplace_back(key, Trim(part.substr(equals + 1)));
    }
    return {};
  }

  std::string file_;
  std::uint32_t line_ = 0;
  bool have_header_ = false;
  std::size_t column_count_ = 0;
  std::array<std::size_t, kColumnCount> columns_{};  // Field index of each known column, or kAbsent.
  std::vector<std::u16string> keys_;                 // Folded names of the row in work.
  std::vector<LexiconRow> rows_;
};

struct ExchangeFormat {
  std::string_view exchange;
  std::size_t min_size;
  std::size_t max_size;
  bool digits;  // Only digits; otherwise upper-case letters, digits and, inside, '.' or '-'.
};

// The exchanges of the annotate contract and those that the Chinese press names beside them.
constexpr std::array<ExchangeFormat, 19> kExchanges{{
    {"SH", 6, 6, true},  {"SZ", 6, 6, true},   {"BJ", 6, 6, true},  {"HK", 5, 5, true},   {"US", 1, 8, false},
    {"TW", 4, 6, false}, {"TWO", 4, 6, false}, {"T", 4, 4, false},  {"KS", 6, 6, false},  {"KQ", 6, 6, false},
    {"L", 1, 6, false},  {"PA", 1, 6, false},  {"DE", 1, 6, false}, {"AS", 1, 6, false},  {"SW", 1, 6, false},
    {"MI", 1, 6, false}, {"AX", 1, 6, false},  {"SI", 1, 6, false}, {"NS", 1, 12, false},
}};

Result<std::string> ReadBytes(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return Error{ErrorCode::kIo, fmt::format("cannot open lexicon {}: {}", path, std::strerror(errno))};
  std::string bytes;
  std::array<char, 65536> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    bytes.append(buffer.data(), count);
    if (bytes.size() > kMaxTsvBytes) break;  // The reader names the limit.
  }
  if (std::ferror(file.get()) != 0) return Error{ErrorCode::kIo, fmt::format("cannot read lexicon {}", path)};
  return bytes;
}

}  // namespace

bool IsCanonicalTicker(std::string_view ticker) {
  const std::size_t dot = ticker.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view code = ticker.substr(0, dot);
  const std::string_view exchange = ticker.substr(dot + 1);
  const auto* const format = std::find_if(kExchanges.begin(), kExchanges.end(),
                                          [&](const ExchangeFormat& known) { return known.exchange == exchange; });
  if (format == kExchanges.end() || code.size() < format->min_size || code.size() > format->max_size) return false;
  if (format->digits) return std::all_of(code.begin(), code.end(), IsDigit);
  return IsUpperOrDigit(code.front()) && IsUpperOrDigit(code.back()) &&
         std::all_of(code.begin(), code.end(), [](char c) { return IsUpperOrDigit(c) || c == '.' || c == '-'; });
}

Result<std::vector<LexiconRow>> ReadLexiconTsv(std::string_view file_name, std::string_view bytes) {
  return Reader(file_name).Read(bytes);
}

Result<std::vector<LexiconRow>> ReadLexiconFile(const std::string& path) {
  MAILUO_ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(path));
  return ReadLexiconTsv(path, bytes);
}

Result<std::vector<NotName>> ReadNotNames(std::string_view file_name, std::string_view bytes) {
  std::vector<NotName> words;
  std::uint32_t line_number = 0;
  for (const std::string_view line : Split(bytes, '\n')) {
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> fields = Split(line, '\t');
    const bool header = words.empty() && line == "word\tnot";
    if (header) continue;
    const bool sound = fields.size() == 2 && !text::FindInvalidUtf8(line) &&
                       text::FoldKey16(fields[0]).size() >= kMinNameUnits &&
                       text::FoldKey16(fields[0]).size() <= kMaxNameUnits && !text::FoldKey16(fields[1]).empty();
    if (!sound) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}:{}: expected a word of two characters or more, a tab, and the name it is not",
                               file_name, line_number)};
    }
    words.push_back({std::string(fields[0]), std::string(fields[1])});
  }
  return words;
}

Result<std::vector<NotName>> ReadNotNamesFile(const std::string& path) {
  MAILUO_ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(path));
  return ReadNotNames(path, bytes);
}

}  // namespace mailuo::lexicon
