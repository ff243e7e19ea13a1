#include "query/path_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "query/session.h"

namespace mailuo::query {
namespace {

// Of one search, against questions that would look at everything: half a second, some hundred megabytes.
constexpr std::size_t kMaxSteps = 200'000;
constexpr std::size_t kMaxNodes = 2'000'000;

// Sums of the same terms in another order differ by less: what is this near is compared in the end, in one order.
constexpr double kSlack = 1e-9;

constexpr double kNever = std::numeric_limits<double>::infinity();

// Whoever is passed through has a neighbour before and one behind.
const double kLeastPassage = Passage(2);

}  // namespace

double Passage(std::uint64_t neighbours) {
  constexpr double kScale = 8;
  return std::log2(1 + static_cast<double>(neighbours)) / kScale;
}

Answer<std::vector<FoundPath>> PathSearch::Best(std::size_t k) {
  k_ = k;
  MAILUO_ANSWER(const auto* around_from, graph_.Around(from_));
  MAILUO_ANSWER(const auto* around_to, graph_.Around(to_));
  const bool forward = around_from->size() <= around_to->size();
  start_ = forward ? from_ : to_;
  end_ = forward ? to_ : from_;
  around_start_ = forward ? around_from : around_to;
  around_end_ = forward ? around_to : around_from;
  Start();
  const auto later = [](const Step& a, const Step& b) { return std::tie(a.bound, a.node) > std::tie(b.bound, b.node); };
  std::make_heap(steps_.begin(), steps_.end(), later);
  for (std::size_t taken = 0; !steps_.empty() && MayWin(steps_.front().bound); ++taken) {
    if (taken == kMaxSteps || nodes_.size() > kMaxNodes) {
      complete_ = false;
      break;
    }
    std::pop_heap(steps_.begin(), steps_.end(), later);
    const Step step = steps_.back();
    steps_.pop_back();
    const std::size_t before = steps_.size();
    switch (step.task) {
      case Task::kGuess: MAILUO_ANSWER_CHECK(Guess(step.node)); break;
      case Task::kLookAt: MAILUO_ANSWER_CHECK(LookAt(step.node)); break;
      case Task::kGoOn: MAILUO_ANSWER_CHECK(GoOn(step.node)); break;
    }
    for (std::size_t size = before + 1; size <= steps_.size(); ++size) {
      std::push_heap(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(size), later);
    }
  }
  std::sort(found_.begin(), found_.end(),
            [](const FoundPath& a, const FoundPath& b) { return std::tie(a.cost, a.way) < std::tie(b.cost, b.way); });
  if (found_.size() > k) found_.resize(k);
  return std::move(found_);
}

// The first hops.
void PathSearch::Start() {
  least_last_hop_ = kNever;
  for (const Hop& hop : *around_end_) {
    if (hop.other != start_) least_last_hop_ = std::min(least_last_hop_, hop.cost);
  }
  nodes_.reserve(around_start_->size() + 1);
  steps_.reserve(around_start_->size());
  nodes_.push_back({start_, 0, 0, 0, 0, 0});
  for (const Hop& hop : *around_start_) {
    if (hop.other == end_) {
      Finish(0, hop.cost, hop.cost);
    } else {
      Push({hop.other, 0, 1, hop.cost, hop.cost, 0});
    }
  }
}

// What passing through costs at least.
Answer<void> PathSearch::Guess(std::uint32_t number) {
  const Node& node = nodes_[number];
  if (passages_.count(node.id.value) != 0) return LookAt(number);
  MAILUO_ANSWER(const std::uint64_t least, graph_.CountAroundAtLeast(node.id));
  if (least <= 2) return LookAt(number);
  const double bound = node.cost + Passage(least) + RestOf(node);
  if (MayWin(bound)) steps_.push_back({bound, number, Task::kLookAt});
  return {};
}

// How many neighbours it has, which says what passing through costs; and the hop to the end, if there is one.
Answer<void> PathSearch::LookAt(std::uint32_t number) {
  MAILUO_ANSWER(const double passage, PassageOf(nodes_[number].id));
  nodes_[number].passage = passage;
  const Node& node = nodes_[number];
  const double cost = node.cost + passage;
  if (const Hop* const last = LastHop(node.id)) Finish(number, last->cost, cost + last->cost);
  if (node.hops + 2 > max_hops_) return {};
  const double bound = cost + kLeastHop + kLeastPassage + least_last_hop_;
  if (MayWin(bound)) steps_.push_back({bound, number, Task::kGoOn});
  return {};
}

// On to the neighbours other than the end.
Answer<void> PathSearch::GoOn(std::uint32_t number) {
  MAILUO_ANSWER(const auto* around, graph_.Around(nodes_[number].id));
  const double cost = nodes_[number].cost + nodes_[number].passage;
  const std::uint32_t hops = nodes_[number].hops + 1;
  for (const Hop& hop : *around) {
    if (hop.other == end_ || OnTheWay(number, hop.other)) continue;
    Push({hop.other, number, hops, hop.cost, cost + hop.cost, 0});
  }
  return {};
}

// Appends a step to the list; the caller sees to the heap.
void PathSearch::Push(const Node& node) {
  if (node.hops >= max_hops_) return;
  const double rest = RestOf(node);
  const double bound = node.cost + kLeastPassage + rest;
  if (rest == kNever || !MayWin(bound)) return;
  steps_.push_back({bound, static_cast<std::uint32_t>(nodes_.size()), Task::kGuess});
  nodes_.push_back(node);
}

// What is to come behind the node at least.
double PathSearch::RestOf(const Node& node) const {
  double rest = kNever;
  if (const Hop* const last = LastHop(node.id); last != nullptr) rest = last->cost;
  if (node.hops + 2 <= max_hops_) rest = std::min(rest, kLeastHop + kLeastPassage + least_last_hop_);
  return rest;
}

// A path by the way to a node and one hop more. Its cost is added up anew, from `from` to `to`.
void PathSearch::Finish(std::uint32_t number, double last_hop, double cost) {
  if (!MayWin(cost)) return;
  std::vector<EntityId> way{end_};
  std::vector<double> hops{last_hop};
  std::vector<double> passages;
  for (; number != 0; number = nodes_[number].parent) {
    way.push_back(nodes_[number].id);
    passages.push_back(nodes_[number].passage);
    hops.push_back(nodes_[number].hop);
  }
  way.push_back(start_);
  if (way.front() != from_) {
    std::reverse(way.begin(), way.end());
    std::reverse(hops.begin(), hops.end());
    std::reverse(passages.begin(), passages.end());
  }
  double sum = hops.front();
  for (std::size_t i = 0; i < passages.size(); ++i) sum = sum + passages[i] + hops[i + 1];
  found_.push_back({sum, std::move(way)});
  winners_.push_back(sum);
  std::push_heap(winners_.begin(), winners_.end());
  if (winners_.size() <= k_) return;
  std::pop_heap(winners_.begin(), winners_.end());
  winners_.pop_back();
}

bool PathSearch::OnTheWay(std::uint32_t number, EntityId id) const {
  for (; number != 0; number = nodes_[number].parent) {
    if (nodes_[number].id == id) return true;
  }
  return id == start_;
}

bool PathSearch::MayWin(double bound) const { return winners_.size() < k_ || bound <= winners_.front() + kSlack; }

const Hop* PathSearch::LastHop(EntityId id) const {
  const auto found = std::lower_bound(around_end_->begin(), around_end_->end(), id,
                                      [](const Hop& hop, EntityId wanted) { return hop.other < wanted; });
  return found != around_end_->end() && found->other == id ? &*found : nullptr;
}

Answer<double> PathSearch::PassageOf(EntityId id) {
  const auto [known, fresh] = passages_.try_emplace(id.value, 0);
  if (!fresh) return known->second;
  MAILUO_ANSWER(const std::uint64_t neighbours, graph_.CountAround(id));
  return known->second = Passage(neighbours);
}

}  // namespace mailuo::query
