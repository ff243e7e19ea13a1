#include "ingest/outlets.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "embedded_IngestOutlets.h"
#include "ingest/tsv_table.h"
#include "text/folded_text.h"

namespace mailuo::ingest {
namespace {

struct Outlets {
  std::map<std::u16string, std::string_view, std::less<>> names;  // Folded form -> name.
  std::map<std::string, std::string_view, std::less<>> hosts;
  std::size_t longest = 0;
};

std::vector<std::string_view> SplitBars(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    parts.push_back(list.substr(0, bar));
    list.remove_prefix(bar == std::string_view::npos ? list.size() : bar + 1);
  }
  return parts;
}

const Outlets& Table() {
  static const Outlets the_outlets = [] {
    Outlets outlets;
    for (const auto& row : ReadTable(embedded::IngestOutlets(), 4)) {
      std::vector<std::string_view> forms = SplitBars(row[1]);
      forms.push_back(row[0]);
      for (const std::string_view form : forms) {
        const std::u16string key = text::FoldKey16(form);
        outlets.longest = std::max(outlets.longest, key.size());
        outlets.names.emplace(key, row[0]);
      }
      for (const std::string_view host : SplitBars(row[2])) outlets.hosts.emplace(host, row[0]);
    }
    return outlets;
  }();
  return the_outlets;
}

}  // namespace

OutletMatch OutletAtStart(std::u16string_view folded) {
  const Outlets& outlets = Table();
  for (std::size_t length = std::min(folded.size(), outlets.longest); length > 1; --length) {
    const auto found = outlets.names.find(folded.substr(0, length));
    if (found != outlets.names.end()) return {found->second, length};
  }
  return {};
}

std::string_view OutletOfUrl(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  std::string host(url.substr(0, url.find_first_of("/?#:")));
  std::transform(host.begin(), host.end(), host.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::string_view rest = host;
  while (!rest.empty()) {
    const auto found = Table().hosts.find(rest);
    if (found != Table().hosts.end()) return found->second;
    const std::size_t dot = rest.find('.');
    rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
  }
  return {};
}

std::string_view CanonicalOutlet(std::string_view name) {
  const auto found = Table().names.find(text::FoldKey16(name));
  return found == Table().names.end() ? name : found->second;
}

}  // namespace mailuo::ingest
