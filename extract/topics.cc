#include "extract/topics.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/word_match.h"

namespace mailuo::extract {
namespace {

// The company or person an article is about: named most often in its first sentences, the first of equals.
std::int32_t MainOf(MentionType type, const Document& document, const RuleScan& scan) {
  constexpr std::size_t kLead = 12;  // Sentences.
  std::vector<std::pair<EntityId, int>> counts;
  std::int32_t best = -1;
  int best_count = 0;
  for (std::size_t i = 0; i < scan.mentions.size(); ++i) {
    const EntityMention& mention = document.mentions[scan.mentions[i].mention];
    if (mention.sentence >= kLead) break;
    if (mention.type != type) continue;
    const auto found = std::find_if(counts.begin(), counts.end(),
                                    [&mention](const auto& entry) { return entry.first == mention.entity; });
    if (found == counts.end()) {
      counts.emplace_back(mention.entity, 1);
    } else {
      ++found->second;
    }
  }
  for (std::size_t i = 0; i < scan.mentions.size(); ++i) {
    for (const auto& [entity, count] : counts) {
      if (entity == document.mentions[scan.mentions[i].mention].entity && count > best_count) {
        best = static_cast<std::int32_t>(i);
        best_count = count;
      }
    }
    if (document.mentions[scan.mentions[i].mention].sentence >= kLead) break;
  }
  return best;
}

bool IsActor(MentionType type) {
  return type == MentionType::kCompany || type == MentionType::kOrganization || type == MentionType::kPerson ||
         type == MentionType::kPlace;
}

// The company that the next sentence calls 公司: its subject, unless that is a broker who judges the one the article is
// about (高盛上调甲目标价。公司…); else whom an authority asks (深交所向甲发函。公司…).
std::int32_t CompanyOf(const Document& document, const RuleScan& scan, std::size_t s, const CodeWords& words) {
  const ScanSentence& sentence = scan.sentences[s];
  const auto entity = [&](std::int32_t m) {
    return document.mentions[scan.mentions[static_cast<std::size_t>(m)].mention].entity;
  };
  std::int32_t subject = -1;
  std::int32_t marked = -1;
  std::int32_t main = -1;
  for (std::uint32_t m = sentence.first_mention; m < sentence.last_mention; ++m) {
    const ScanMention& mention = scan.mentions[m];
    if (document.mentions[mention.mention].type != MentionType::kCompany || mention.aside) continue;
    const auto index = static_cast<std::int32_t>(m);
    if (scan.main_company >= 0 && entity(scan.main_company) == entity(index)) main = index;
    if (mention.particle == Particle::kNone) {
      if (subject < 0) subject = index;
    } else if (mention.particle != Particle::kSource && marked < 0) {
      marked = index;
    }
  }
  if (subject >= 0) {
    const std::u16string_view name = document.text.units(scan.mentions[static_cast<std::size_t>(subject)].span);
    const bool judges = ContainsAny(name, words.brokers);
    return judges && main >= 0 ? main : subject;
  }
  if (main >= 0) return main;
  // 公司拟为子公司乙担保。公司…: still the same one.
  return StartsWithAny(document.text.units(document.sentences[s].sentence.span), words.anaphora_company) ? -1 : marked;
}

// What a sentence without a subject of its own speaks of: the first unmarked actor of the sentence before it in the
// same paragraph, or what that one inherited.
void InheritTopics(const Document& document, const CodeWords& words, RuleScan& scan) {
  std::int32_t topic = -1;
  std::int32_t company = -1;
  for (std::size_t s = 0; s < scan.sentences.size(); ++s) {
    const bool fresh =
        s == 0 || document.sentences[s].sentence.paragraph != document.sentences[s - 1].sentence.paragraph;
    if (fresh) topic = company = -1;
    ScanSentence& sentence = scan.sentences[s];
    sentence.topic_before = topic;
    sentence.company_before = company;
    if (const std::int32_t spoken_of = CompanyOf(document, scan, s, words); spoken_of >= 0) company = spoken_of;
    for (std::uint32_t m = sentence.first_mention; m < sentence.last_mention; ++m) {
      const ScanMention& mention = scan.mentions[m];
      const MentionType type = document.mentions[mention.mention].type;
      if (mention.particle != Particle::kNone || mention.aside || !IsActor(type) || type == MentionType::kPlace) {
        continue;
      }
      topic = static_cast<std::int32_t>(m);
      break;
    }
  }
}

}  // namespace

void FindTopics(const Document& document, const CodeWords& words, RuleScan& scan) {
  scan.main_company = MainOf(MentionType::kCompany, document, scan);
  scan.main_person = MainOf(MentionType::kPerson, document, scan);
  InheritTopics(document, words, scan);
}

}  // namespace mailuo::extract
