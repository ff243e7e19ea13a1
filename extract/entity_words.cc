#include "extract/entity_words.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/ids.h"
#include "embedded_AliasMarkers.h"
#include "embedded_Boilerplate.h"
#include "embedded_CommonNames.h"
#include "embedded_CompanyRoles.h"
#include "embedded_CompanySuffixes.h"
#include "embedded_CompanyWords.h"
#include "embedded_EvidenceWords.h"
#include "embedded_GenericNames.h"
#include "embedded_LatinCompanyEnds.h"
#include "embedded_NameChars.h"
#include "embedded_NameEdges.h"
#include "embedded_NameOddsTable.h"
#include "embedded_NameSides.h"
#include "embedded_NameTraps.h"
#include "embedded_OrganizationSuffixes.h"
#include "embedded_PlaceSuffixes.h"
#include "embedded_PolicyHeads.h"
#include "embedded_Posts.h"
#include "embedded_ProductHeads.h"
#include "embedded_SpeechVerbs.h"
#include "embedded_UnnamedChars.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

constexpr std::array<std::pair<std::string_view, CueKind>, 38> kKindNames = {{
    {"legal", CueKind::kLegal},         {"group", CueKind::kGroup},
    {"firm", CueKind::kFirm},           {"trade", CueKind::kTrade},
    {"ware", CueKind::kWare},           {"government", CueKind::kGovernment},
    {"court", CueKind::kCourt},         {"regulator", CueKind::kRegulator},
    {"military", CueKind::kMilitary},   {"university", CueKind::kUniversity},
    {"research", CueKind::kResearch},   {"association", CueKind::kAssociation},
    {"exchange", CueKind::kExchange},   {"institution", CueKind::kInstitution},
    {"media", CueKind::kMedia},         {"before", CueKind::kBefore},
    {"both", CueKind::kBoth},           {"after", CueKind::kAfter},
    {"context", CueKind::kContext},     {"sport", CueKind::kSport},
    {"verb", CueKind::kVerb},           {"paper", CueKind::kPaper},
    {"figure", CueKind::kFigure},       {"against", CueKind::kAgainst},
    {"policy", CueKind::kPolicy},       {"report", CueKind::kReport},
    {"work", CueKind::kWork},           {"contract", CueKind::kContract},
    {"corporate", CueKind::kCorporate}, {"programme", CueKind::kProgramme},
    {"short", CueKind::kShort},         {"other", CueKind::kOther},
    {"former", CueKind::kFormer},       {"foreign", CueKind::kForeign},
    {"start", CueKind::kStart},         {"end", CueKind::kEnd},
    {"whole", CueKind::kWhole},         {"part", CueKind::kPart},
}};

// Lists whose second column is a kind; the others have only a note behind the word.
bool HasKind(CueClass cue) {
  return cue != CueClass::kSpeech && cue != CueClass::kEdge && cue != CueClass::kProductHead &&
         cue != CueClass::kGeneric && cue != CueClass::kPlaceSuffix && cue != CueClass::kTrap;
}

CueKind KindOf(std::string_view name) {
  for (const auto& [word, kind] : kKindNames) {
    if (word == name) return kind;
  }
  return CueKind::kNone;
}

std::string_view TakeUntil(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return part;
}

Error BadLine(std::string_view file, int line, std::string_view what) {
  return Error{ErrorCode::kCorruption, std::string(file) + ":" + std::to_string(line) + ": " + std::string(what)};
}

}  // namespace

Status WordTable::AddList(CueClass cue, std::string_view file, std::string_view tsv, text::AutomatonBuilder& builder) {
  int number = 0;
  while (!tsv.empty()) {
    std::string_view line = TakeUntil(tsv, '\n');
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::string_view word = TakeUntil(line, '\t');
    CueWord entry{cue, CueKind::kNone, CueKind::kNone, false};
    if (HasKind(cue)) {
      entry.kind = KindOf(TakeUntil(line, '\t'));
      if (entry.kind == CueKind::kNone) return BadLine(file, number, "unknown kind in the second column");
    }
    if (cue == CueClass::kCompanyWord) entry.strong = line == "shares" || line == "trading";
    if (cue == CueClass::kPost || cue == CueClass::kOrgSuffix) {
      const std::string_view third = TakeUntil(line, '\t');
      entry.strong = third == "company" || third == "place";
      if (third == "media") entry.detail = CueKind::kMedia;
      if (third == "none") entry.detail = CueKind::kWhole;
    }
    if (line.empty()) return BadLine(file, number, "a column is missing");
    const auto value = static_cast<std::uint32_t>(words_.size());
    words_.push_back(entry);
    const text::FoldedText folded(word);
    if (Status status = builder.Add(folded.units(), value); !status) return std::move(status).error().Prefixed(file);
  }
  return {};
}

Status WordTable::AddNameChars(std::string_view tsv) {
  chars_.assign(65536, 0);
  int surname_lines = 0;
  int given_lines = 0;
  int number = 0;
  while (!tsv.empty()) {
    std::string_view line = TakeUntil(tsv, '\n');
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::string_view cls = TakeUntil(line, '\t');
    std::string_view words = TakeUntil(line, '\t');
    if (cls == "foreign") {
      while (!words.empty()) foreign_names_.push_back(text::FoldKey16(TakeUntil(words, ' ')));
      for (const std::u16string& name : foreign_names_) {
        if (name.size() < 2) return BadLine("name_chars.tsv", number, "a foreign name has two characters or more");
      }
      continue;
    }
    if (cls == "half-word") {
      while (!words.empty()) half_words_.push_back(text::FoldKey16(TakeUntil(words, ' ')));
      continue;
    }
    if (cls == "latin") {
      while (!words.empty()) latin_given_names_.push_back(text::FoldKey16(TakeUntil(words, ' ')));
      continue;
    }
    const std::u16string characters = text::FoldKey16(words);
    std::uint16_t bits = 0;
    if (cls == "surname") {
      // The lines go from frequent to rare.
      bits = surname_lines == 0 ? kSurname | kCommonSurname : surname_lines == 1 ? kSurname : kSurname | kRareSurname;
      ++surname_lines;
    } else if (cls == "given") {
      bits = given_lines == 0 ? kGiven | kCommonGiven : given_lines == 1 ? kGiven : kGiven | kRareGiven;
      ++given_lines;
    } else if (cls == "translit") {
      bits = kTranslit;
    } else if (cls == "never-given") {
      bits = kNeverGiven;
    } else if (cls == "goes-on") {
      bits = kGoesOn;
    } else if (cls == "thing") {
      bits = kThing;
    } else if (cls == "thing-end") {
      bits = kThing | kThingEnd;
    } else if (cls == "compound") {
      for (std::size_t i = 0; i + 1 < characters.size(); i += 2) {
        compound_surnames_.push_back(characters.substr(i, 2));
        chars_[characters[i]] = static_cast<std::uint16_t>(chars_[characters[i]] | kCompound);
      }
      continue;
    } else {
      return BadLine("name_chars.tsv", number, "unknown class");
    }
    for (const char16_t unit : characters) {
      // A character keeps the most frequent line it stands in.
      if ((bits & kRareGiven) != 0 && (chars_[unit] & kGiven) != 0) continue;
      chars_[unit] = static_cast<std::uint16_t>(chars_[unit] | bits);
    }
  }
  std::sort(compound_surnames_.begin(), compound_surnames_.end());
  std::sort(half_words_.begin(), half_words_.end());
  std::sort(foreign_names_.begin(), foreign_names_.end());
  std::sort(latin_given_names_.begin(), latin_given_names_.end());
  for (const std::u16string& name : foreign_names_) foreign_starts_.set(PairBit(name[0], name[1]));
  return {};
}

Status WordTable::AddUnnamedChars(std::string_view tsv) {
  for (int number = 1; !tsv.empty(); ++number) {
    std::string_view line = TakeUntil(tsv, '\n');
    if (line.empty() || line[0] == '#') continue;
    const std::string_view cls = TakeUntil(line, '\t');
    if (cls != "never" && cls != "bare") return BadLine("unnamed_chars.tsv", number, "unknown class");
    std::bitset<65536>& characters = cls == "never" ? unnamed_ : unnamed_bare_;
    for (const char16_t unit : text::FoldKey16(TakeUntil(line, '\t'))) characters.set(unit);
  }
  return {};
}

Status WordTable::AddLatinEnds(std::string_view tsv) {
  for (int number = 1; !tsv.empty(); ++number) {
    std::string_view line = TakeUntil(tsv, '\n');
    if (line.empty() || line[0] == '#') continue;
    const std::u16string word = text::FoldKey16(TakeUntil(line, '\t'));
    const std::string_view kind = TakeUntil(line, '\t');
    if (kind != "form" && kind != "kind") return BadLine("latin_company_ends.tsv", number, "unknown kind");
    (kind == "form" ? latin_forms_ : latin_kinds_).push_back(word);
  }
  std::sort(latin_forms_.begin(), latin_forms_.end());
  std::sort(latin_kinds_.begin(), latin_kinds_.end());
  return {};
}

bool WordTable::IsLatinCompanyForm(std::u16string_view word) const {
  return std::binary_search(latin_forms_.begin(), latin_forms_.end(), word);
}

bool WordTable::IsLatinCompanyKind(std::u16string_view word) const {
  return std::binary_search(latin_kinds_.begin(), latin_kinds_.end(), word);
}

Status WordTable::AddRoles(std::string_view tsv) {
  constexpr std::array<std::pair<std::string_view, CompanyRole>, 3> kSides = {
      {{"left", CompanyRole::kLeft}, {"right", CompanyRole::kRight}, {"share", CompanyRole::kShare}}};
  for (int number = 1; !tsv.empty(); ++number) {
    std::string_view line = TakeUntil(tsv, '\n');
    if (line.empty() || line[0] == '#') continue;
    const std::u16string word = text::FoldKey16(TakeUntil(line, '\t'));
    const std::string_view name = TakeUntil(line, '\t');
    const auto* const side =
        std::find_if(kSides.begin(), kSides.end(), [name](const auto& entry) { return entry.first == name; });
    if (side == kSides.end()) return BadLine("company_roles.tsv", number, "unknown side");
    roles_.emplace_back(word, side->second);
  }
  std::sort(roles_.begin(), roles_.end());
  return {};
}

CompanyRole WordTable::RoleOf(std::u16string_view word) const {
  const auto behind = std::upper_bound(roles_.begin(), roles_.end(), word,
                                       [](std::u16string_view key, const auto& entry) { return key < entry.first; });
  if (behind == roles_.begin() || std::prev(behind)->first != word) return CompanyRole::kNone;
  return std::prev(behind)->second;
}

bool WordTable::IsForeignName(std::u16string_view name) const {
  if (name.size() < 2 || !MayBeForeignName(name[0], name[1])) return false;
  return std::binary_search(foreign_names_.begin(), foreign_names_.end(), name);
}

bool WordTable::IsHalfWord(char16_t before, char16_t surname) const {
  if (!IsSurname(surname)) return false;
  const std::array<char16_t, 2> pair = {before, surname};
  return std::binary_search(half_words_.begin(), half_words_.end(), std::u16string(pair.data(), pair.size()));
}

bool WordTable::IsLatinGivenName(std::u16string_view name) const {
  return std::binary_search(latin_given_names_.begin(), latin_given_names_.end(), name);
}

Result<WordTable> WordTable::Create() {
  struct List {
    CueClass cue;
    std::string_view file;
    std::string_view tsv;
  };
  const std::array<List, 16> lists = {{
      {CueClass::kCompanySuffix, "company_suffixes.tsv", embedded::CompanySuffixes()},
      {CueClass::kOrgSuffix, "organization_suffixes.tsv", embedded::OrganizationSuffixes()},
      {CueClass::kPost, "posts.tsv", embedded::Posts()},
      {CueClass::kSpeech, "speech_verbs.tsv", embedded::SpeechVerbs()},
      {CueClass::kCompanyWord, "company_words.tsv", embedded::CompanyWords()},
      {CueClass::kTitleHead, "policy_heads.tsv", embedded::PolicyHeads()},
      {CueClass::kAliasMarker, "alias_markers.tsv", embedded::AliasMarkers()},
      {CueClass::kBoilerplate, "boilerplate.tsv", embedded::Boilerplate()},
      {CueClass::kEdge, "name_edges.tsv", embedded::NameEdges()},
      {CueClass::kProductHead, "product_heads.tsv", embedded::ProductHeads()},
      {CueClass::kGeneric, "generic_names.tsv", embedded::GenericNames()},
      {CueClass::kPlaceSuffix, "place_suffixes.tsv", embedded::PlaceSuffixes()},
      {CueClass::kTrap, "name_traps.tsv", embedded::NameTraps()},
      {CueClass::kCommonName, "common_names.tsv", embedded::CommonNames()},
      {CueClass::kEvidence, "evidence_words.tsv", embedded::EvidenceWords()},
      {CueClass::kNameSide, "name_sides.tsv", embedded::NameSides()},
  }};
  WordTable table;
  text::AutomatonBuilder builder;
  std::string all;
  for (const List& list : lists) {
    MAILUO_RETURN_IF_ERROR(table.AddList(list.cue, list.file, list.tsv, builder));
    all += list.tsv;
  }
  MAILUO_RETURN_IF_ERROR(table.AddNameChars(embedded::NameChars()));
  all += embedded::NameChars();
  MAILUO_RETURN_IF_ERROR(table.AddUnnamedChars(embedded::UnnamedChars()));
  all += embedded::UnnamedChars();
  MAILUO_RETURN_IF_ERROR(table.AddLatinEnds(embedded::LatinCompanyEnds()));
  all += embedded::LatinCompanyEnds();
  MAILUO_RETURN_IF_ERROR(table.AddRoles(embedded::CompanyRoles()));
  all += embedded::CompanyRoles();
  MAILUO_ASSIGN_OR_RETURN(table.odds_, NameOdds::Parse(embedded::NameOddsTable()));
  all += embedded::NameOddsTable();
  table.version_ = StableHash64(all);
  MAILUO_ASSIGN_OR_RETURN(const std::string blob, builder.Build());
  table.aligned_.resize((blob.size() + 7) / 8);
  std::memcpy(table.aligned_.data(), blob.data(), blob.size());
  // The vector's buffer stays where it is when the table is moved, so the automaton's view stays good.
  const char* const bytes = reinterpret_cast<const char*>(table.aligned_.data());  // NOLINT(*-reinterpret-cast)
  MAILUO_ASSIGN_OR_RETURN(table.automaton_, text::Automaton::Open(std::string_view(bytes, blob.size())));
  return table;
}

bool WordTable::IsCompoundSurname(char16_t first, char16_t second) const {
  if (!StartsCompoundSurname(first)) return false;
  const std::array<char16_t, 2> pair = {first, second};
  const std::u16string_view key(pair.data(), pair.size());
  const auto at = std::lower_bound(compound_surnames_.begin(), compound_surnames_.end(), key);
  return at != compound_surnames_.end() && *at == key;
}

void Cues::Find(const WordTable& words, std::u16string_view units) {
  matches_.clear();
  by_end_.clear();
  words.automaton().FindAll(units, matches_);
  for (const text::AutomatonMatch& match : matches_) {
    // A Latin word matches only whole.
    if (text::IsAsciiAlnum(units[match.span.start]) && match.span.start > 0 &&
        text::IsAsciiAlnum(units[match.span.start - 1])) {
      continue;
    }
    if (text::IsAsciiAlnum(units[match.span.end - 1]) && match.span.end < units.size() &&
        text::IsAsciiAlnum(units[match.span.end])) {
      continue;
    }
    by_end_.push_back({match.span, words.word(match.value)});
  }
  const std::size_t size = units.size() + 2;
  end_index_.assign(size, 0);
  start_index_.assign(size, 0);
  for (const Cue& cue : by_end_) {
    ++end_index_[cue.span.end + 1];
    ++start_index_[cue.span.start + 1];
  }
  for (std::size_t i = 1; i < size; ++i) {
    end_index_[i] += end_index_[i - 1];
    start_index_[i] += start_index_[i - 1];
  }
  // end_index_[u] counts the cues that end before u; the same for starts.
  by_start_.resize(by_end_.size());
  std::vector<std::uint32_t>& next = start_index_;
  for (const Cue& cue : by_end_) by_start_[next[cue.span.start]++] = cue;
  for (std::size_t i = size - 1; i > 0; --i) next[i] = next[i - 1];
  next[0] = 0;
}

std::span<const Cue> Cues::EndingAt(std::uint32_t unit) const {
  if (unit + 1 >= end_index_.size()) return {};
  return std::span(by_end_).subspan(end_index_[unit], end_index_[unit + 1] - end_index_[unit]);
}

std::span<const Cue> Cues::StartingAt(std::uint32_t unit) const {
  if (unit + 1 >= start_index_.size()) return {};
  return std::span(by_start_).subspan(start_index_[unit], start_index_[unit + 1] - start_index_[unit]);
}

bool Cues::AnyEnding(std::uint32_t unit, std::uint16_t mask) const {
  const std::span<const Cue> found = EndingAt(unit);
  return std::any_of(found.begin(), found.end(), [&](const Cue& cue) { return (Mask(cue.word.cue) & mask) != 0; });
}

bool Cues::AnyStarting(std::uint32_t unit, std::uint16_t mask) const {
  const std::span<const Cue> found = StartingAt(unit);
  return std::any_of(found.begin(), found.end(), [&](const Cue& cue) { return (Mask(cue.word.cue) & mask) != 0; });
}

const Cue* Cues::LongestEnding(std::uint32_t unit, CueClass cue) const {
  const Cue* best = nullptr;
  for (const Cue& found : EndingAt(unit)) {
    if (found.word.cue == cue && (best == nullptr || found.span.size() > best->span.size())) best = &found;
  }
  return best;
}

const Cue* Cues::LongestStarting(std::uint32_t unit, CueClass cue) const {
  const Cue* best = nullptr;
  for (const Cue& found : StartingAt(unit)) {
    if (found.word.cue == cue && (best == nullptr || found.span.size() > best->span.size())) best = &found;
  }
  return best;
}

}  // namespace mailuo::extract
