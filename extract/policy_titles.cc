#include "extract/policy_titles.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

constexpr std::uint32_t kLongestTitle = 120;

// (试行), (2025年修订), (征求意见稿) at the end of a title are not its head.
std::uint32_t WithoutBrackets(std::u16string_view units, UnitSpan title) {
  std::uint32_t end = title.end;
  while (end > title.start && units[end - 1] == u')') {
    const std::size_t open = units.rfind(u'(', end - 1);
    if (open == std::u16string_view::npos || open <= title.start) break;
    end = static_cast<std::uint32_t>(open);
  }
  return end;
}

const Cue* HeadOf(const EntityScratch& scratch, std::uint32_t end, std::uint32_t title_start) {
  const Cue* best = nullptr;
  for (const Cue& cue : scratch.cues.EndingAt(end)) {
    if (cue.word.cue != CueClass::kTitleHead || cue.span.start < title_start || cue.word.kind == CueKind::kCorporate ||
        cue.word.kind == CueKind::kProgramme) {
      continue;
    }
    if (best == nullptr || cue.span.size() > best->span.size()) best = &cue;
  }
  return best;
}

// The title speaks of shares, boards and shareholders: a company's own paper.
bool IsCorporate(const EntityScratch& scratch, UnitSpan title) {
  for (std::uint32_t unit = title.start; unit < title.end; ++unit) {
    for (const Cue& cue : scratch.cues.StartingAt(unit)) {
      if (cue.word.cue == CueClass::kTitleHead && cue.word.kind == CueKind::kCorporate && cue.span.end <= title.end) {
        return true;
      }
    }
  }
  return false;
}

const lexicon::NameHit* LexiconTitle(const EntityScratch& scratch, UnitSpan title) {
  const auto first =
      std::lower_bound(scratch.hits.begin(), scratch.hits.end(), title.start,
                       [](const lexicon::NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start == title.start; ++hit) {
    if (hit->span == title) return &*hit;
  }
  return nullptr;
}

struct NamedPolicy {
  std::u16string head;
  std::int32_t entity;
  std::int32_t article;
};

class TitleReader {
 public:
  explicit TitleReader(EntityScratch& scratch) : scratch_(scratch) {}

  void Read(UnitSpan title) {
    if (title.empty() || scratch_.skip[title.start] != 0) return;
    if (const lexicon::NameHit* hit = LexiconTitle(scratch_, title)) {
      const MentionType type = scratch_.Trait(hit->entity).type;
      if (type == MentionType::kPolicy || type == MentionType::kOrganization) {
        Add(title, type, 0.98F, "title-lexicon", static_cast<std::int32_t>(hit->entity), kNone);
        if (type == MentionType::kPolicy) Remember(title, static_cast<std::int32_t>(hit->entity), kNone);
        return;
      }
    }
    const std::uint32_t end = WithoutBrackets(scratch_.units, title);
    const Cue* const head = HeadOf(scratch_, end, title.start);
    if (head == nullptr) return;
    if (head->word.kind == CueKind::kMedia) {
      Add(title, MentionType::kOrganization, 0.85F, "title-media", kNone,
          scratch_.AddArticleEntity(MentionType::kOrganization, scratch_.document->text.Original(title), "media", {}));
      return;
    }
    if (head->word.kind != CueKind::kPolicy || IsCorporate(scratch_, title)) return;
    if (head->span.start == title.start) {
      ReadShort(title);
      return;
    }
    if (title.size() < 4) return;
    const std::int32_t article =
        scratch_.AddArticleEntity(MentionType::kPolicy, scratch_.document->text.Original(title), "document", {});
    Add(title, MentionType::kPolicy, 0.93F, "title", kNone, article);
    Remember(title, kNone, article);
  }

 private:
  void Add(UnitSpan span, MentionType type, float confidence, std::string_view rule, std::int32_t entity,
           std::int32_t article) {
    scratch_.candidates.push_back({span, type, Rank::kCode, confidence, rule, entity, article});
  }

  void Remember(UnitSpan title, std::int32_t entity, std::int32_t article) {
    const Cue* const head = HeadOf(scratch_, WithoutBrackets(scratch_.units, title), title.start);
    if (head == nullptr) return;
    named_.push_back({std::u16string(scratch_.units.substr(head->span.start, head->span.size())), entity, article});
  }

  // 《意见》: the last full title whose end it repeats.
  void ReadShort(UnitSpan title) {
    const std::u16string_view word = scratch_.units.substr(title.start, title.size());
    for (auto named = named_.rbegin(); named != named_.rend(); ++named) {
      const std::u16string_view head = named->head;
      if (head.size() < word.size() || head.substr(head.size() - word.size()) != word) continue;
      Add(title, MentionType::kPolicy, 0.85F, "title-short", named->entity, named->article);
      return;
    }
  }

  EntityScratch& scratch_;
  std::vector<NamedPolicy> named_;
};

// “AI算力券”: a programme in quotes that ends in a programme's word.
void AddQuotedProgrammes(EntityScratch& scratch) {
  constexpr std::uint32_t kLongest = 24;
  for (const Cue& cue : scratch.cues.all()) {
    if (cue.word.cue != CueClass::kTitleHead || cue.word.kind != CueKind::kProgramme) continue;
    if (scratch.At(cue.span.end) != u'”' && scratch.At(cue.span.end) != u'"') continue;
    const std::uint32_t stop = cue.span.end > kLongest ? cue.span.end - kLongest : 0;
    for (std::uint32_t at = cue.span.start; at > stop; --at) {
      const char16_t unit = scratch.units[at - 1];
      if (unit != u'“' && unit != u'"') {
        if (!IsNameUnit(unit) && unit != u' ') break;
        continue;
      }
      const UnitSpan span{at, cue.span.end};
      const std::int32_t article =
          scratch.AddArticleEntity(MentionType::kPolicy, scratch.document->text.Original(span), "programme", {});
      scratch.candidates.push_back(
          {span, MentionType::kPolicy, Rank::kBound, 0.85F, "programme-quoted", kNone, article});
      break;
    }
  }
}

bool EndsOneOf(std::u16string_view text, std::span<const std::u16string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::u16string_view word) {
    return text.size() >= word.size() && text.substr(text.size() - word.size()) == word;
  });
}

// 印发|扩大内需战略规划纲要: a title without its brackets, behind the verb that issues it.
void AddBareTitles(EntityScratch& scratch) {
  static constexpr std::u16string_view kHeads[] = {u"规划纲要", u"行动计划",   u"行动方案", u"实施方案", u"实施细则",
                                                   u"实施意见", u"指导意见",   u"若干措施", u"若干意见", u"管理办法",
                                                   u"管理条例", u"负面清单",   u"专项行动", u"补贴政策", u"暂行办法",
                                                   u"暂行规定", u"征求意见稿", u"工程"};
  static constexpr std::u16string_view kIssues[] = {u"印发", u"发布",   u"公布", u"出台",   u"推出", u"启动",
                                                    u"实施", u"施行",   u"下发", u"颁布",   u"修订", u"制定",
                                                    u"通过", u"印发了", u"落实", u"发布了", u"开展", u"出台了"};
  // 出台一系列支持政策, 制定相关实施细则: talk of papers, no title.
  static constexpr std::u16string_view kVague = u"一多各相有新首更系具配若两三几本该此其这那上同全近最首个类";
  constexpr std::uint32_t kShortest = 3;
  constexpr std::uint32_t kLongest = 24;
  for (const Cue& cue : scratch.cues.all()) {
    if (cue.word.cue != CueClass::kTitleHead || scratch.skip[cue.span.start] != 0) continue;
    const std::uint32_t end = cue.span.end;
    const std::uint32_t lowest = end > kLongest ? end - kLongest : 0;
    if (!EndsOneOf(scratch.units.substr(lowest, end - lowest), kHeads) || !scratch.IsBoundary(end)) continue;
    for (std::uint32_t at = cue.span.start; at > lowest; --at) {
      const char16_t unit = scratch.units[at - 1];
      if (!IsNameUnit(unit) || unit == u'的' || unit == u'和') break;
      const std::uint32_t from = at > 3 ? at - 3 : 0;
      if (!scratch.IsBoundary(at) || !EndsOneOf(scratch.units.substr(from, at - from), kIssues)) continue;
      const UnitSpan span{at, end};
      if (cue.span.start - at < kShortest || kVague.find(scratch.units[at]) != std::u16string_view::npos) break;
      const std::int32_t article =
          scratch.AddArticleEntity(MentionType::kPolicy, scratch.document->text.Original(span), "document", {});
      scratch.candidates.push_back({span, MentionType::kPolicy, Rank::kName, 0.7F, "title-bare", kNone, article});
      break;
    }
  }
}

}  // namespace

void AddPolicyTitles(EntityScratch& scratch) {
  TitleReader reader(scratch);
  std::size_t open = scratch.units.find(u'《');
  while (open != std::u16string_view::npos) {
    const std::size_t close = scratch.units.find_first_of(u"》\n", open);
    if (close == std::u16string_view::npos) break;
    const UnitSpan title{static_cast<std::uint32_t>(open) + 1, static_cast<std::uint32_t>(close)};
    if (scratch.units[close] == u'》' && title.size() <= kLongestTitle) reader.Read(title);
    open = scratch.units.find(u'《', close);
  }
  AddQuotedProgrammes(scratch);
  AddBareTitles(scratch);
}

}  // namespace mailuo::extract
