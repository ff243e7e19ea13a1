// Layout of a blob, all numbers little-endian, every section 8-byte aligned:
//   Header    32 bytes
//   codes     65,536 x u16: dense code of each unit, 0 for a unit of no pattern. Codes 1..first_codes are the units
//   that
//             begin a pattern, so that the step out of the root needs no look at the nodes.
//   nodes     the double array. The child of node s by code c is node s.base + c (modulo 2^32) if that node's `check`
//   is
//             s. The root is node 0 with base 0: its children are nodes 1..first_codes.
//   records   one for each distinct pattern, in breadth-first order: the record of a pattern's longest proper suffix
//             that is a pattern stands before it, so following `next` ends.
//   values    u32, those of one pattern side by side.
#include "text/automaton.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

namespace mailuo::text {

static_assert(std::endian::native == std::endian::little, "blobs are read in place");

struct Automaton::Node {
  std::uint32_t base = 0;
  std::uint32_t check = std::numeric_limits<std::uint32_t>::max();  // Parent; the maximum marks a free slot.
  std::uint32_t fail = 0;
  std::uint32_t output = 0;  // 1 + index of the record of the longest pattern that ends here; 0: none.
};

struct Automaton::Record {
  std::uint32_t first_value = 0;
  std::uint32_t value_count = 0;
  std::uint32_t length = 0;
  std::uint32_t next = 0;  // 1 + index of the record of the next shorter pattern that ends here; 0: none.
};

namespace {

constexpr std::size_t kUnits = 65536;
constexpr std::array<char, 8> kMagic{'M', 'L', 'U', 'O', 'A', 'C', '0', '1'};

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t first_codes = 0;
  std::uint32_t node_count = 0;
  std::uint32_t record_count = 0;
  std::uint32_t value_count = 0;
  std::uint64_t blob_size = 0;
};
static_assert(sizeof(Header) == 32);

// Slots of the double array that are still free, as a list in slot order. Slot 0 is the root and serves as list head.
class FreeSlots {
 public:
  std::uint32_t Count() const { return static_cast<std::uint32_t>(next_.size()); }
  std::uint32_t First() const { return next_[0]; }  // 0: none.
  std::uint32_t Next(std::uint32_t slot) const { return next_[slot]; }
  bool IsFree(std::uint32_t slot) const { return slot >= Count() || (slot != 0 && next_[slot] != slot); }

  void GrowTo(std::uint32_t count) {
    while (Count() < count) {
      const std::uint32_t slot = Count();
      const std::uint32_t last = previous_[0];
      next_.push_back(0);
      previous_.push_back(last);
      next_[last] = slot;
      previous_[0] = slot;
    }
  }
  void Take(std::uint32_t slot) {
    GrowTo(slot + 1);
    next_[previous_[slot]] = next_[slot];
    previous_[next_[slot]] = previous_[slot];
    next_[slot] = slot;  // Marks it as taken.
  }

 private:
  std::vector<std::uint32_t> next_{0};
  std::vector<std::uint32_t> previous_{0};
};

template <typename T>
void AppendBytes(const T* data, std::size_t count, std::string& out) {
  out.append(reinterpret_cast<const char*>(data), count * sizeof(T));
  out.resize((out.size() + 7) / 8 * 8, '\0');
}

std::uint64_t Padded(std::uint64_t bytes) { return (bytes + 7) / 8 * 8; }

}  // namespace

// Lays the trie of sorted patterns out breadth first: a node is a range of the patterns that share its prefix.
class AutomatonLayout {
 public:
  using Pattern = std::pair<std::u16string, std::uint32_t>;

  explicit AutomatonLayout(const std::vector<Pattern>& patterns) {
    sorted_.reserve(patterns.size());
    for (const Pattern& pattern : patterns) sorted_.push_back(&pattern);
    std::stable_sort(sorted_.begin(), sorted_.end(),
                     [](const Pattern* a, const Pattern* b) { return a->first < b->first; });
    AssignCodes();
    nodes_.resize(1);
    nodes_[0].check = 0;
    pending_.push_back({0, 0, sorted_.size(), 0});
    for (std::size_t i = 0; i < pending_.size(); ++i) Expand(Range{pending_[i]});
  }

  std::string Serialize() const {
    Header header;
    header.first_codes = first_codes_;
    header.node_count = static_cast<std::uint32_t>(nodes_.size());
    header.record_count = static_cast<std::uint32_t>(records_.size());
    header.value_count = static_cast<std::uint32_t>(values_.size());
    std::string blob;
    AppendBytes(&header, 1, blob);
    AppendBytes(codes_.data(), codes_.size(), blob);
    AppendBytes(nodes_.data(), nodes_.size(), blob);
    AppendBytes(records_.data(), records_.size(), blob);
    AppendBytes(values_.data(), values_.size(), blob);
    header.blob_size = blob.size();
    std::memcpy(blob.data(), &header, sizeof(header));
    return blob;
  }

 private:
  struct Range {
    std::uint32_t node;
    std::size_t first;
    std::size_t last;
    std::size_t depth;
  };
  struct Child {
    std::uint32_t code;
    std::size_t first;
    std::size_t last;
  };

  // Frequent units get small codes: children then lie close together and the array stays dense.
  void AssignCodes() {
    std::vector<std::uint64_t> uses(kUnits);
    std::vector<bool> begins(kUnits);
    for (const Pattern* pattern : sorted_) {
      begins[pattern->first.front()] = true;
      for (const char16_t unit : pattern->first) ++uses[unit];
    }
    std::vector<std::uint32_t> units;
    for (std::uint32_t unit = 0; unit < kUnits; ++unit) {
      if (uses[unit] != 0) units.push_back(unit);
    }
    std::sort(units.begin(), units.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (begins[a] != begins[b]) return static_cast<bool>(begins[a]);
      return uses[a] != uses[b] ? uses[a] > uses[b] : a < b;
    });
    std::uint16_t code = 0;
    for (const std::uint32_t unit : units) {
      codes_[unit] = ++code;
      if (begins[unit]) first_codes_ = code;
    }
  }

  void Expand(const Range range) {
    children_.clear();
    std::size_t at = range.first;
    while (at < range.last && sorted_[at]->first.size() == range.depth) ++at;
    while (at < range.last) {
      const char16_t unit = sorted_[at]->first[range.depth];
      const std::size_t first = at;
      while (at < range.last && sorted_[at]->first[range.depth] == unit) ++at;
      children_.push_back({codes_[unit], first, at});
    }
    if (children_.empty()) return;
    std::sort(children_.begin(), children_.end(), [](const Child& a, const Child& b) { return a.code < b.code; });
    const std::uint32_t base = range.node == 0 ? 0 : FindBase();
    nodes_[range.node].base = base;
    for (const Child& child : children_) AddChild(range, base, child);
  }

  void AddChild(const Range& parent, std::uint32_t base, const Child& child) {
    const std::uint32_t slot = base + child.code;
    free_.Take(slot);
    if (free_.Count() > nodes_.size()) nodes_.resize(free_.Count());
    Automaton::Node& node = nodes_[slot];
    node.check = parent.node;
    node.fail = parent.node == 0 ? 0 : Step(nodes_[parent.node].fail, child.code);
    node.output = nodes_[node.fail].output;
    std::size_t at = child.first;
    while (at < child.last && sorted_[at]->first.size() == parent.depth + 1) ++at;
    if (at > child.first) {
      records_.push_back({static_cast<std::uint32_t>(values_.size()), static_cast<std::uint32_t>(at - child.first),
                          static_cast<std::uint32_t>(parent.depth + 1), node.output});
      for (std::size_t i = child.first; i < at; ++i) values_.push_back(sorted_[i]->second);
      node.output = static_cast<std::uint32_t>(records_.size());
    }
    pending_.push_back({slot, child.first, child.last, parent.depth + 1});
  }

  // The state after `code` in state `state`: all shallower nodes are laid out already.
  std::uint32_t Step(std::uint32_t state, std::uint32_t code) const {
    for (; state != 0; state = nodes_[state].fail) {
      const std::uint32_t next = nodes_[state].base + code;
      if (next < nodes_.size() && nodes_[next].check == state) return next;
    }
    return code <= first_codes_ ? code : 0;
  }

  // First fit for children_, but never more than kMaxTries looks: then the node goes to the end of the array.
  std::uint32_t FindBase() {
    constexpr int kMaxTries = 4000;
    const std::uint32_t lowest = children_.front().code;
    std::uint32_t slot = free_.First();
    for (int tries = 0; slot != 0 && tries < kMaxTries; ++tries, slot = free_.Next(slot)) {
      const std::uint32_t base = slot - lowest;  // May wrap: so does the addition when it is used.
      if (std::all_of(children_.begin(), children_.end(),
                      [&](const Child& child) { return free_.IsFree(base + child.code); })) {
        return base;
      }
    }
    return free_.Count() - lowest;
  }

  std::vector<const Pattern*> sorted_;
  std::vector<std::uint16_t> codes_ = std::vector<std::uint16_t>(kUnits);
  std::uint32_t first_codes_ = 0;
  std::vector<Automaton::Node> nodes_;
  std::vector<Automaton::Record> records_;
  std::vector<std::uint32_t> values_;
  std::vector<Range> pending_;
  std::vector<Child> children_;  // Scratch of Expand().
  FreeSlots free_;
};

Status AutomatonBuilder::Add(std::u16string_view pattern, std::uint32_t value) {
  if (pattern.empty()) return Error{ErrorCode::kInvalidArgument, "a pattern must not be empty"};
  if (pattern.size() > kMaxPatternUnits) {
    return Error{ErrorCode::kLimitExceeded, "a pattern has " + std::to_string(pattern.size()) +
                                                " units, the limit is " + std::to_string(kMaxPatternUnits)};
  }
  patterns_.emplace_back(pattern, value);
  return {};
}

Result<std::string> AutomatonBuilder::Build() const {
  // Keeps every slot number and wrapped base far from 2^32.
  constexpr std::size_t kMaxUnits = std::size_t{1} << 28;
  std::size_t units = 0;
  for (const auto& pattern : patterns_) units += pattern.first.size();
  if (units > kMaxUnits) {
    return Error{ErrorCode::kLimitExceeded,
                 "the patterns have " + std::to_string(units) + " units, the limit is " + std::to_string(kMaxUnits)};
  }
  return AutomatonLayout(patterns_).Serialize();
}

Result<Automaton> Automaton::Open(std::string_view blob) {
  const auto broken = [](std::string_view what) {
    return Error{ErrorCode::kCorruption, "automaton: " + std::string(what)};
  };
  if (reinterpret_cast<std::uintptr_t>(blob.data()) % 8 != 0) return broken("the blob is not 8-byte aligned");
  if (blob.size() < sizeof(Header)) return broken("the blob is shorter than its header");
  Header header;
  std::memcpy(&header, blob.data(), sizeof(header));
  if (header.magic != kMagic) return broken("not an automaton blob, or of another version");
  const std::uint64_t nodes_at = sizeof(Header) + kUnits * sizeof(std::uint16_t);
  const std::uint64_t records_at = nodes_at + header.node_count * std::uint64_t{sizeof(Node)};
  const std::uint64_t values_at = records_at + header.record_count * std::uint64_t{sizeof(Record)};
  const std::uint64_t end = values_at + Padded(header.value_count * std::uint64_t{sizeof(std::uint32_t)});
  if (end != blob.size() || header.blob_size != end) return broken("the sections do not fill the blob");
  if (header.node_count == 0 || header.first_codes >= header.node_count) return broken("nodes are missing");
  Automaton automaton;
  automaton.codes_ = reinterpret_cast<const std::uint16_t*>(blob.data() + sizeof(Header));
  automaton.nodes_ = reinterpret_cast<const Node*>(blob.data() + nodes_at);
  automaton.records_ = reinterpret_cast<const Record*>(blob.data() + records_at);
  automaton.values_ = reinterpret_cast<const std::uint32_t*>(blob.data() + values_at);
  automaton.first_codes_ = header.first_codes;
  automaton.node_count_ = header.node_count;
  automaton.record_count_ = header.record_count;
  automaton.value_count_ = header.value_count;
  return automaton;
}

void Automaton::FindAll(std::u16string_view text, std::vector<AutomatonMatch>& out, std::uint32_t offset) const {
  if (node_count_ == 0) return;
  std::uint32_t state = 0;
  // A unit takes the state at most one deeper and a fail step at least one up, so a sound blob never needs more.
  std::size_t fail_steps_left = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint32_t code = codes_[text[i]];
    if (code == 0) {
      state = 0;
      continue;
    }
    std::uint32_t next = code <= first_codes_ ? code : 0;
    while (state != 0) {
      const Node& node = nodes_[state];
      const std::uint32_t child = node.base + code;
      if (child < node_count_ && nodes_[child].check == state) {
        next = child;
        break;
      }
      state = node.fail;
      if (state >= node_count_ || fail_steps_left-- == 0) return;
    }
    state = next;
    const std::uint32_t output = nodes_[state].output;
    if (output != 0) Report(output, static_cast<std::uint32_t>(i + 1) + offset, out);
  }
}

void Automaton::Report(std::uint32_t output, std::uint32_t end, std::vector<AutomatonMatch>& out) const {
  std::uint32_t bound = record_count_ + 1;  // `next` must fall: records stand behind those of their suffixes.
  while (output != 0 && output < bound) {
    bound = output;
    const Record& record = records_[output - 1];
    if (record.length > end || record.first_value > value_count_ ||
        record.value_count > value_count_ - record.first_value) {
      return;
    }
    for (std::uint32_t i = 0; i < record.value_count; ++i) {
      out.push_back({{end - record.length, end}, values_[record.first_value + i]});
    }
    output = record.next;
  }
}

void Automaton::FindExact(std::u16string_view pattern, std::vector<std::uint32_t>& out) const {
  if (node_count_ == 0 || pattern.empty()) return;
  std::uint32_t state = 0;
  for (const char16_t unit : pattern) {
    const std::uint32_t code = codes_[unit];
    const std::uint32_t child = nodes_[state].base + code;
    if (code == 0 || child >= node_count_ || nodes_[child].check != state) return;
    state = child;
  }
  const std::uint32_t output = nodes_[state].output;
  if (output == 0 || output > record_count_) return;
  const Record& record = records_[output - 1];
  if (record.length != pattern.size() || record.first_value > value_count_ ||
      record.value_count > value_count_ - record.first_value) {
    return;
  }
  for (std::uint32_t i = 0; i < record.value_count; ++i) out.push_back(values_[record.first_value + i]);
}

}  // namespace mailuo::text
