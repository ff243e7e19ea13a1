// From the store's edges to what is shown of a relation. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <cstdint>
#include <optional>

#include "query/results.h"
#include "query/session.h"
#include "store/reader.h"

namespace mailuo::query {

// `filter`: which statements count (statuses, days).
Answer<RelationItem> MakeRelationItem(Session& session, const store::EdgeSummary& edge,
                                      const store::EdgeFilter& filter);

// Since when and until when a state holds, from its statements in order of publication: one with a start opens it, one
// with an end closes it, and so does one that says it was terminated (on the day it was published, for want of
// another). Nothing else ever closes it. A start after the end opens it again.
struct Validity {
  std::optional<Date> from;
  std::optional<Date> until;
};
class ValidityReader {
 public:
  // In the order of EdgeSummary::told.
  void Add(const store::StateTold& statement);
  Validity result() const { return validity_; }

 private:
  Validity validity_;
};

// Normalised pointwise mutual information of two things that occur in `x` and `y` of `n` places, together in `xy`:
// ln(p(x,y) / (p(x) p(y))) / -ln p(x,y), in -1..1 (Bouma 2009). 1 when they only occur together, 0 when independent;
// nothing where it is not defined.
std::optional<double> Npmi(std::uint64_t xy, std::uint64_t x, std::uint64_t y, std::uint64_t n);

}  // namespace mailuo::query
