// Multi-pattern matching in one pass (Aho-Corasick over folded UTF-16 units, double-array transitions).
//
// Builder and matcher are apart: the builder writes one relocatable blob, the matcher reads it in place, so a blob that
// was made at build time costs nothing to load. Blobs are little-endian, start with a magic and a version. Opening
// checks the header and the size of every section and touches nothing else; every index read later is checked where it
// is used and every chain is bounded. So a cut or foreign blob is an Error, and a blob damaged inside gives wrong
// matches, never an overrun or an endless loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "text/span.h"

namespace mailuo::text {

inline constexpr std::size_t kMaxPatternUnits = 255;

// Thread safety: one thread at a time.
class AutomatonBuilder {
 public:
  // Patterns are folded (text/folded_text.h), not empty, at most kMaxPatternUnits units. Adding a pattern twice keeps
  // both values; matches report them in the order of adding.
  Status Add(std::u16string_view pattern, std::uint32_t value);
  // The same patterns in the same order give the same bytes.
  Result<std::string> Build() const;

 private:
  std::vector<std::pair<std::u16string, std::uint32_t>> patterns_;
};

struct AutomatonMatch {
  UnitSpan span;
  std::uint32_t value;
};

// Thread safety: const methods may be called from any thread.
class Automaton {
 public:
  Automaton() = default;  // Matches nothing.
  // `blob` must be 8-byte aligned and outlive the automaton.
  static Result<Automaton> Open(std::string_view blob);

  // Appends every match in `text`, overlapping ones included, ordered by end, then longest first. `offset` is added to
  // the spans. About 10 instructions a unit and 20 a match.
  void FindAll(std::u16string_view text, std::vector<AutomatonMatch>& out, std::uint32_t offset = 0) const;
  // Values of exactly this pattern, appended.
  void FindExact(std::u16string_view pattern, std::vector<std::uint32_t>& out) const;

 private:
  struct Node;
  struct Record;
  friend class AutomatonBuilder;
  friend class AutomatonLayout;

  void Report(std::uint32_t output, std::uint32_t end, std::vector<AutomatonMatch>& out) const;

  // Views into the blob; see automaton.cc for the layout.
  const std::uint16_t* codes_ = nullptr;  // 65,536 entries.
  const Node* nodes_ = nullptr;
  const Record* records_ = nullptr;
  const std::uint32_t* values_ = nullptr;
  std::uint32_t first_codes_ = 0;
  std::uint32_t node_count_ = 0;
  std::uint32_t record_count_ = 0;
  std::uint32_t value_count_ = 0;
};

}  // namespace mailuo::text
