#include "extract/passive.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "extract/word_match.h"

namespace mailuo::extract {
namespace {

using Units = std::u16string_view;

// 被自然人詹某于今年1月告上法庭, 获北向资金大幅增持: whoever stands behind 被 has no name here.
bool IsPassiveByNobody(const CodeWords& words, Units before) {
  constexpr std::size_t kFar = 16;  // Units between the particle and the rule's word.
  constexpr std::size_t kNear = 10;
  const auto any = [&](const CodeWords::Words& particles, std::size_t reach) {
    return std::any_of(particles.begin(), particles.end(), [&](const std::u16string& particle) {
      const std::size_t at = before.rfind(particle);
      return at != Units::npos && at + particle.size() < before.size() && before.size() - at <= reach &&
             !StartsWithAny(before.substr(at), words.not_passive) &&
             (before.find(u'的', at) == Units::npos ||
              StartsWithAny(before.substr(at + particle.size()), words.unnamed_actors)) &&
             before.find_first_of(words.passive_ends, at) == Units::npos;
    });
  };
  return any(words.passive_far, kFar) || any(words.passive_near, kNear);
}

}  // namespace

bool IsPassive(const RuleSite& site) {
  const Units before = site.before();
  if (EndsWithAny(before, site.words.passives)) return true;
  const ScanClause& clause = site.in_clause();
  for (std::uint32_t m = clause.first_mention; m < clause.last_mention; ++m) {
    const ScanMention& mention = site.scan.mentions[m];
    if (mention.span.end <= site.word.start && mention.particle == Particle::kBy) return true;
  }
  return IsPassiveByNobody(site.words, before);
}

}  // namespace mailuo::extract
