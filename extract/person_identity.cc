#include "extract/person_identity.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

struct Employer {
  MentionType type = MentionType::kCompany;
  EntityId id;
};

bool IsBody(const EntityMention& mention) {
  return (mention.type == MentionType::kCompany || mention.type == MentionType::kOrganization) &&
         mention.kind != "media";
}

// Where the posts that end at `end` start: 董事长兼总裁|李伟, 原副总经理|李伟.
std::uint32_t PostsStart(const EntityScratch& scratch, std::uint32_t end) {
  static constexpr std::u16string_view kBetween = u"兼、和 原前时任副";
  std::uint32_t start = end;
  constexpr std::uint32_t kFarthest = 24;
  while (start > 0 && end - start < kFarthest) {
    const Cue* const post = scratch.cues.LongestEnding(start, CueClass::kPost);
    if (post != nullptr && post->word.kind != CueKind::kAfter) {
      start = post->span.start;
    } else if (start != end && kBetween.find(scratch.units[start - 1]) != std::u16string_view::npos) {
      --start;
    } else {
      break;
    }
  }
  return start;
}

// The last body named in the sentence before `end`; nothing if there are two.
std::optional<Employer> OnlyBodyBefore(const Document& document, std::size_t person) {
  const EntityMention& self = document.mentions[person];
  std::optional<Employer> found;
  for (std::size_t i = person; i-- > 0 && document.mentions[i].sentence == self.sentence;) {
    const EntityMention& other = document.mentions[i];
    if (!IsBody(other)) continue;
    if (found && found->id != other.entity) return std::nullopt;
    found = Employer{other.type, other.entity};
  }
  return found;
}

std::optional<Employer> EmployerOf(const EntityScratch& scratch, const Document& document, std::size_t person) {
  const EntityMention& self = document.mentions[person];
  const std::uint32_t posts = PostsStart(scratch, self.span.start);
  if (posts != self.span.start) {
    for (std::size_t i = person; i-- > 0;) {
      const EntityMention& other = document.mentions[i];
      if (other.span.end < posts && posts - other.span.end > 1) break;
      if (!IsBody(other)) continue;
      // 的 between, or nothing.
      if (other.span.end == posts || scratch.units[other.span.end] == u'的') return Employer{other.type, other.entity};
    }
    return OnlyBodyBefore(document, person);
  }
  // 李伟,现任甲公司董事: behind the name, with a post behind the body.
  if (person + 1 < document.mentions.size()) {
    const EntityMention& next = document.mentions[person + 1];
    constexpr std::uint32_t kNear = 6;
    if (IsBody(next) && next.sentence == self.sentence && next.span.start - self.span.end <= kNear &&
        scratch.cues.AnyStarting(next.span.end, Mask(CueClass::kPost))) {
      const std::u16string_view between = scratch.units.substr(self.span.end, next.span.start - self.span.end);
      static constexpr std::u16string_view kLinks[] = {u"现任", u"任", u"是", u"担任", u"为", u","};
      const bool linked = std::any_of(std::begin(kLinks), std::end(kLinks), [&](std::u16string_view word) {
        return between.size() >= word.size() && between.substr(between.size() - word.size()) == word;
      });
      if (linked) return Employer{next.type, next.entity};
    }
  }
  return std::nullopt;
}

// A name that the lexicon has is the lexicon's person, unless it is a weak one of another company.
bool IsOpen(const EntityScratch& scratch, const EntityMention& mention, const std::optional<Employer>& employer) {
  if (mention.type != MentionType::kPerson) return false;
  const auto known = scratch.lexicon->FindById(mention.entity);
  if (!known) return true;
  if (mention.rule != "lexicon-weak" || !employer || employer->type != MentionType::kCompany) return false;
  const std::int32_t owner = scratch.Trait(*known).owner;
  return owner != kNone && scratch.lexicon->Entity(static_cast<std::uint32_t>(owner)).id != employer->id;
}

}  // namespace

void TellNamesakesApart(const EntityScratch& scratch, Document& document) {
  struct Person {
    std::size_t mention;
    std::optional<Employer> employer;
  };
  std::vector<Person> people;
  for (std::size_t i = 0; i < document.mentions.size(); ++i) {
    if (document.mentions[i].type != MentionType::kPerson) continue;
    std::optional<Employer> employer = EmployerOf(scratch, document, i);
    if (IsOpen(scratch, document.mentions[i], employer)) people.push_back({i, employer});
  }
  std::vector<EntityId> before;
  before.reserve(people.size());
  for (const Person& person : people) before.push_back(document.mentions[person.mention].entity);
  for (std::size_t i = 0; i < people.size(); ++i) {
    std::optional<Employer> employer = people[i].employer;
    for (std::size_t j = i; !employer && j-- > 0;) {
      if (before[j] == before[i]) employer = people[j].employer;
    }
    for (std::size_t j = i + 1; !employer && j < people.size(); ++j) {
      if (before[j] == before[i]) employer = people[j].employer;
    }
    if (!employer) continue;
    EntityMention& mention = document.mentions[people[i].mention];
    mention.entity =
        MakeEntityId(MentionType::kPerson, text::FoldKey(mention.name) + "\n" + FormatId(employer->type, employer->id));
  }
}

}  // namespace mailuo::extract
