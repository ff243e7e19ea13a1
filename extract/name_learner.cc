#include "extract/name_learner.h"

#include <algorithm>
#include <charconv>

#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

using lexicon::NameKind;

constexpr std::size_t kLongestName = 60;     // Code points.
constexpr std::uint32_t kFarthestCode = 24;  // Code points between a name and its code, or between codes.
constexpr std::size_t kLongestQuote = 160;   // Code points.
constexpr std::size_t kShortestPolicy = 4;   // 《意见》 is another one in the next article.
constexpr std::string_view kAliasRule = "ALIAS_OF/";

bool IsLearnt(MentionType type) {
  return type == MentionType::kCompany || type == MentionType::kOrganization || type == MentionType::kProduct ||
         type == MentionType::kPolicy || type == MentionType::kPerson;
}

bool HasPrefix(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// What a TSV can hold, in lengths that names have.
bool IsUsable(MentionType type, std::string_view name) {
  const bool control = std::any_of(
      name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '|' || c == '\x7F'; });
  // What a TSV reads as a mark.
  const bool mark = name.empty() || name.front() == '?' || name.front() == '!' || name.front() == '#' ||
                    name.find(':') != std::string_view::npos;
  if (control || mark) return false;
  const std::u16string folded = text::FoldKey16(name);
  // The rest of a name whose beginning extraction did not take for one: (杭州)合伙企业.
  constexpr std::u16string_view kNoBeginning = u"([{<《〈“‘\"'·-,.;、";
  if (folded.empty() || kNoBeginning.find(folded.front()) != std::u16string_view::npos) return false;
  const std::size_t size = folded.size();
  // 指导意见, 实施方案: in the next article another one. 反垄断法 is itself.
  if (type == MentionType::kPolicy && size == kShortestPolicy && folded.back() != u'法') return false;
  return size >= (type == MentionType::kPolicy ? kShortestPolicy : 2) && size <= kLongestName;
}

// The number behind ALIAS_OF/ is document.h's AliasKind.
std::optional<NameKind> KindOf(std::string_view rule) {
  if (!HasPrefix(rule, kAliasRule)) return std::nullopt;
  int kind = 0;
  std::from_chars(rule.data() + kAliasRule.size(), rule.data() + rule.size(), kind);
  switch (kind) {
    case 1: return NameKind::kShort;
    case 3: return NameKind::kFormer;
    case 4: return NameKind::kEnglish;
    default: return NameKind::kAlias;
  }
}

std::string OneLine(std::string_view text) {
  std::string line;
  std::size_t points = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++points > kLongestQuote) return line + "…";
    line += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return line;
}

}  // namespace

// Reads one article.
class NameLearner::Reader {
 public:
  Reader(NameLearner& learner, const Article& article, const Annotation& annotation)
      : learner_(learner), article_(article), annotation_(annotation) {}

  void Read() {
    for (std::size_t i = 0; i < annotation_.mentions.size(); ++i) {
      const Mention& mention = annotation_.mentions[i];
      if (mention.rule == "ticker-name" && mention.type == MentionType::kCompany) BindCodes(i, mention.entity);
    }
    for (const Relation& relation : annotation_.relations) {
      const auto kind = relation.type == RelationType::kAliasOf ? KindOf(relation.rule) : std::nullopt;
      if (!kind || !IsMention(relation.head.mention) || !IsMention(relation.tail.mention)) continue;
      ReadAlias(static_cast<std::size_t>(relation.head.mention), static_cast<std::size_t>(relation.tail.mention),
                *kind);
    }
  }

 private:
  bool IsMention(std::int32_t index) const {
    return index >= 0 && static_cast<std::size_t>(index) < annotation_.mentions.size();
  }
  std::string Written(std::size_t mention) const { return Slice(annotation_.mentions[mention].span); }
  std::string Slice(const TextSpan& span) const {
    return std::string(text::SliceCodePoints(article_.text, span.start, span.end));
  }

  // The codes that follow a mention in its bracket.
  std::vector<std::string> CodesAfter(std::size_t mention) const {
    std::vector<std::string> codes;
    for (std::size_t i = mention + 1; i < annotation_.mentions.size(); ++i) {
      const Mention& next = annotation_.mentions[i];
      const TextSpan gap{annotation_.mentions[i - 1].span.end, next.span.start};
      if (next.type != MentionType::kTicker || gap.end < gap.start || gap.end - gap.start > kFarthestCode) break;
      const std::string between = Slice(gap);
      const auto ends = [&between](std::string_view mark) { return between.find(mark) != std::string::npos; };
      if (ends(")") || ends("）") || ends("。") || ends("\n")) break;
      codes.push_back(next.name);
    }
    return codes;
  }

  bool IsNameOf(lexicon::EntityIndex entity, std::string_view name) const {
    const std::vector<lexicon::NameEntry> entries = learner_.lexicon_.FindByName(name);
    return std::any_of(entries.begin(), entries.end(),
                       [entity](const lexicon::NameEntry& entry) { return entry.entity == entity; });
  }

  // TSLA of 特斯拉: a code that the lexicon has is no other name.
  bool IsCodeOf(lexicon::EntityIndex entity, std::string_view name) const {
    const std::string key = text::FoldKey(name);
    const lexicon::EntityInfo info = learner_.lexicon_.Entity(entity);
    return std::any_of(info.tickers.begin(), info.tickers.end(), [&key](std::string_view ticker) {
      return text::FoldKey(ticker.substr(0, ticker.rfind('.'))) == key;
    });
  }

  Name Known(lexicon::EntityIndex index) const {
    const lexicon::EntityInfo info = learner_.lexicon_.Entity(index);
    Name name{info.type, {}, info.id, false};
    learner_.spellings_[name].try_emplace(std::string(info.name), 0);
    return name;
  }
  Name Unknown(MentionType type, const std::string& written) const {
    Name name{type, text::FoldKey(written), {}, false};
    ++learner_.spellings_[name][written];
    return name;
  }

  void Add(Name owner, Name name, NameKind kind, std::size_t mention) {
    Witness witness;
    if (article_.published) witness.published = article_.published->date;
    witness.outlet = article_.outlet;
    const TextSpan& at = annotation_.mentions[mention].span;
    for (const TextSpan& sentence : annotation_.sentences) {
      if (sentence.start <= at.start && at.start < sentence.end) witness.quote = OneLine(Slice(sentence));
    }
    learner_.claims_[{std::move(owner), std::move(name), kind}].try_emplace(article_.id, std::move(witness));
  }

  // `mention` stands in front of its codes.
  void BindCodes(std::size_t mention, EntityId entity) {
    const std::string written = Written(mention);
    if (!IsUsable(MentionType::kCompany, written)) return;
    for (const std::string& code : CodesAfter(mention)) {
      if (const auto bearer = learner_.lexicon_.FindByTicker(code)) {
        if (IsNameOf(*bearer, written)) continue;
        Add(Known(*bearer), Unknown(MentionType::kCompany, written), NameKind::kAlias, mention);
        continue;
      }
      const auto index = learner_.lexicon_.FindById(entity);
      Name ticker{MentionType::kCompany, code, {}, true};
      ++learner_.spellings_[ticker][code];
      Add(index ? Known(*index) : Unknown(MentionType::kCompany, written), std::move(ticker), NameKind::kCanonical,
          mention);
    }
  }

  void ReadAlias(std::size_t head, std::size_t tail, NameKind kind) {
    const Mention& owner = annotation_.mentions[head];
    const std::string full = Written(head);
    const std::string alias = Written(tail);
    if (!IsLearnt(owner.type) || !IsUsable(owner.type, full) || !IsUsable(owner.type, alias)) return;
    if (text::FoldKey(full) == text::FoldKey(alias)) return;
    const bool registered = HasPrefix(owner.rule, "suffix");
    if (const auto index = learner_.lexicon_.FindById(owner.entity)) {
      if (!IsNameOf(*index, alias) && !IsCodeOf(*index, alias)) {
        Add(Known(*index), Unknown(owner.type, alias), kind, head);
      }
      // The other name told who it is; by itself the article's long one would be nobody known.
      if (registered && !IsNameOf(*index, full)) Add(Known(*index), Unknown(owner.type, full), NameKind::kFull, head);
    } else {
      const Name name = Unknown(owner.type, full);
      if (registered) learner_.registered_.insert(name);
      Add(name, Unknown(owner.type, alias), kind, head);
    }
    if (owner.type == MentionType::kCompany) BindCodes(tail, owner.entity);
  }

  NameLearner& learner_;
  const Article& article_;
  const Annotation& annotation_;
};

void NameLearner::Add(const Article& article, const Annotation& annotation) {
  if (added_.insert(article.id).second) Reader(*this, article, annotation).Read();
}

}  // namespace mailuo::extract
