// Outlets by the names they use and the hosts of their pages (corpus/ingest/outlets.tsv).
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace mailuo::ingest {

struct OutletMatch {
  std::string_view name;   // As Mailuo writes it; "" if no outlet's name stands there.
  std::size_t length = 0;  // Units of `folded` that it takes.
};
// The outlet whose name `folded` starts with; the longest one.
OutletMatch OutletAtStart(std::u16string_view folded);

// By the host of a URL; "" for hosts that are not in the table.
std::string_view OutletOfUrl(std::string_view url);

// The table's way of writing an outlet that it knows under any of its names; `name` itself otherwise.
std::string_view CanonicalOutlet(std::string_view name);

}  // namespace mailuo::ingest
