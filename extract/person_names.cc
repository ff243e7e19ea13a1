#include "extract/person_names.h"

#include <algorithm>
#include <optional>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

class PersonReader {
 public:
  explicit PersonReader(EntityScratch& scratch)
      : scratch_(scratch), words_(*scratch.words), taken_(scratch.units.size() + 1, 0) {
    for (const Candidate& candidate : scratch.candidates) {
      if (candidate.confidence < 0.6F) continue;
      const bool major =
          candidate.entity != kNone && scratch.Trait(static_cast<std::uint32_t>(candidate.entity)).major_place;
      const std::uint8_t mark = MarkOf(candidate, major);
      for (std::uint32_t unit = candidate.span.start; unit < candidate.span.end; ++unit) {
        taken_[unit] = std::max(taken_[unit], mark);
      }
    }
    for (const dates::FoundDate& date : scratch.document->dates) {
      std::fill(taken_.begin() + date.span.start, taken_.begin() + date.span.end, kTaken);
    }
    MarkTitles();
  }

  void Read() {
    ReadBesidePosts();
    ReadBeforeVerbs();
    ReadDotted();
    ReadSpeakers();
    ReadByShape();
    ReadLists();
  }

 private:
  static constexpr auto kCommonWord = static_cast<std::uint16_t>(
      Mask(CueClass::kEdge) | Mask(CueClass::kPost) | Mask(CueClass::kGeneric) | Mask(CueClass::kCompanyWord));

  // Of taken_: a name of two characters may turn out to be the given name of a person (杨|振兴, 李|迅雷); beside a
  // post whatever it names, without one only a place.
  static constexpr std::uint8_t kShortPlace = 1;
  static constexpr std::uint8_t kShortName = 2;
  static constexpr std::uint8_t kTaken = 3;

  static std::uint8_t MarkOf(const Candidate& candidate, bool major) {
    if (candidate.span.size() != 2 || major) return kTaken;
    return candidate.type == MentionType::kPlace ? kShortPlace : kShortName;
  }

  char16_t At(std::uint32_t unit) const { return scratch_.At(unit); }

  // Inside 《》 stand works, not people.
  void MarkTitles() {
    in_title_.assign(scratch_.units.size() + 1, 0);
    std::size_t open = scratch_.units.find(u'《');
    while (open != std::u16string_view::npos) {
      const std::size_t close = scratch_.units.find_first_of(u"》\n", open);
      if (close == std::u16string_view::npos) return;
      std::fill(in_title_.begin() + static_cast<std::ptrdiff_t>(open),
                in_title_.begin() + static_cast<std::ptrdiff_t>(close), std::uint8_t{1});
      open = scratch_.units.find(u'《', close);
    }
  }

  bool Free(UnitSpan span, std::uint8_t limit) const {
    if (span.end > scratch_.units.size()) return false;
    // A name at the very start is that name (美国...), one behind a surname may be a given name.
    if (taken_[span.start] != 0) return false;
    return std::none_of(taken_.begin() + span.start, taken_.begin() + span.end,
                        [&](std::uint8_t f) { return f > limit; }) &&
           std::none_of(scratch_.skip.begin() + span.start, scratch_.skip.begin() + span.end,
                        [](std::uint8_t f) { return f != 0; });
  }

  void Add(UnitSpan span, float confidence, std::string_view rule) {
    if (!Free(span, confidence >= 0.8F ? kShortName : kShortPlace)) return;
    std::fill(taken_.begin() + span.start, taken_.begin() + span.end, kTaken);
    scratch_.candidates.push_back(
        {span, MentionType::kPerson, confidence >= 0.7F ? Rank::kName : Rank::kGuess, confidence, rule, kNone, kNone});
    found_.push_back(span);
  }

  // What may stand right behind a name: punctuation, a verb of speech, a post, a word of grammar.
  bool FollowsName(std::uint32_t unit) const {
    const char16_t next = At(unit);
    if (IsBreak(next) || IsGrammarUnit(next) || text::IsAsciiDigit(next)) return true;
    return scratch_.cues.AnyStarting(
        unit, static_cast<std::uint16_t>(Mask(CueClass::kSpeech) | Mask(CueClass::kPost) | Mask(CueClass::kEdge)));
  }

  // A word of the dictionary of two or more characters starts (ends) here: the breaker is sure of what it reads there.
  bool WordStarts(std::uint32_t unit) const {
    return unit + 1 < scratch_.units.size() && scratch_.IsBoundary(unit) && !scratch_.IsBoundary(unit + 1) &&
           text::IsHan(At(unit));
  }
  bool WordEnds(std::uint32_t unit) const {
    return unit > 1 && scratch_.IsBoundary(unit) && !scratch_.IsBoundary(unit - 1) && text::IsHan(At(unit - 1));
  }

  bool SurnameAt(std::uint32_t unit, std::uint32_t& length) const {
    if (words_.IsCompoundSurname(At(unit), At(unit + 1))) {
      length = 2;
      return true;
    }
    length = 1;
    return words_.IsSurname(At(unit));
  }

  // How well [start, end) reads as a Chinese name; negative if not at all.
  int ChineseScore(UnitSpan span) const {
    std::uint32_t surname = 0;
    if (!SurnameAt(span.start, surname) || (IsGrammarUnit(At(span.start)) && At(span.start) != u'于')) return -1;
    // 黄金, 车型, 时任: words of the language that begin like names.
    for (const Cue& cue : scratch_.cues.StartingAt(span.start)) {
      if (cue.word.cue == CueClass::kGeneric && cue.span.size() >= 2 && cue.span.end + 1 >= span.end) return -1;
    }
    const std::uint32_t given = span.size() - surname;
    if (span.size() <= surname || given > 2) return -1;
    int score = words_.IsCommonSurname(At(span.start)) || surname == 2 ? 2
                : words_.IsRareSurname(At(span.start))                 ? -1
                                                                       : 1;
    for (std::uint32_t unit = span.start + surname; unit < span.end; ++unit) {
      if (!text::IsHan(At(unit))) return -1;
      // 王为民, 李之南: between two others some of them are given names.
      const bool inner = unit + 1 < span.end && (At(unit) == u'为' || At(unit) == u'之' || At(unit) == u'以');
      if (IsGrammarUnit(At(unit)) && !inner) return -1;
      if (words_.IsCommonGiven(At(unit))) {
        score += 2;
      } else if (words_.IsGiven(At(unit))) {
        score += words_.IsRareGiven(At(unit)) ? 0 : 1;
      } else {
        score -= 2;
      }
    }
    // 先生, 女士, 董事长 are no given names.
    for (std::uint32_t unit = span.start; unit < span.end; ++unit) {
      if (scratch_.cues.AnyStarting(unit, Mask(CueClass::kPost))) return -1;
    }
    // 曹舟南|向…: the breaker may have joined the last character with the preposition behind.
    score += scratch_.IsBoundary(span.end) ? 1 : IsGrammarUnit(At(span.end)) ? 0 : -2;
    score += scratch_.IsBoundary(span.start) ? 1 : -1;
    // A dictionary word of the same length is mostly that word (高峰, 方向).
    if (IsOneWord(span)) score -= 3;
    return score;
  }

  bool IsOneWord(UnitSpan span) const {
    if (!scratch_.IsBoundary(span.start) || !scratch_.IsBoundary(span.end)) return false;
    for (std::uint32_t unit = span.start + 1; unit < span.end; ++unit) {
      if (scratch_.IsBoundary(unit)) return false;
    }
    return true;
  }

  // Rightwards over characters of foreign names, but not into a word of the dictionary that goes beyond them.
  std::uint32_t TranslitEnd(std::uint32_t start) const {
    std::uint32_t end = start;
    while (end < scratch_.units.size()) {
      if (IsGrammarUnit(At(end))) return end;
      if ((At(end) == u'·' || At(end) == u'-') && end > start && words_.IsTransliteration(At(end + 1))) {
        ++end;
        continue;
      }
      std::uint32_t next = end + 1;
      while (!scratch_.IsBoundary(next)) ++next;
      // 本|赛季: a word of two or more characters belongs to the name only if all of it can.
      bool all = true;
      for (std::uint32_t unit = end; unit < next && all; ++unit) all = words_.IsTransliteration(At(unit));
      if (!all || (next - end > 1 && scratch_.cues.AnyStarting(end, kCommonWord))) return end;
      end = next;
    }
    return end;
  }

  // The name that starts at `start` where a post stands before it.
  std::optional<UnitSpan> NameFrom(std::uint32_t start) const {
    UnitSpan best;
    int best_score = 0;
    for (std::uint32_t size = 2; size <= 4; ++size) {
      const UnitSpan span{start, start + size};
      if (span.end > scratch_.units.size()) break;
      int score = ChineseScore(span);
      if (score < 0) continue;
      score += FollowsName(span.end) ? 3 : WordStarts(span.end) ? 2 : 0;
      if (score > best_score || (score == best_score && size == 3)) {
        best_score = score;
        best = span;
      }
    }
    if (const std::optional<UnitSpan> latin = LatinNameAt(start)) return latin;
    const std::uint32_t foreign = TranslitEnd(start);
    if (foreign - start >= 3 && foreign > best.end + 1 && FollowsName(foreign)) return UnitSpan{start, foreign};
    if (best_score >= 4) return best;
    if (const std::optional<UnitSpan> known = ForeignNameAt(start);
        known && (FollowsName(known->end) || WordStarts(known->end)) && !ThingFollows(known->end)) {
      return known;
    }
    if (foreign - start >= 3 && (FollowsName(foreign) || WordStarts(foreign))) return UnitSpan{start, foreign};
    if (foreign - start >= 2 && foreign - start <= 8 && FollowsName(foreign) && scratch_.IsBoundary(foreign) &&
        !IsOneWord({start, foreign})) {
      return UnitSpan{start, foreign};
    }
    return std::nullopt;
  }

  // The name that ends at `end` where a verb or a post stands behind it.
  std::optional<UnitSpan> NameUpTo(std::uint32_t end) const {
    UnitSpan best;
    int best_score = 0;
    for (std::uint32_t size = 2; size <= 4 && size <= end; ++size) {
      const UnitSpan span{end - size, end};
      int score = ChineseScore(span);
      if (score < 0) continue;
      if (OpensName(span.start)) score += 3;
      if (score > best_score || (score == best_score && size == 3)) {
        best_score = score;
        best = span;
      }
    }
    std::uint32_t foreign = end;
    while (foreign > 0 && (words_.IsTransliteration(At(foreign - 1)) || (At(foreign - 1) == u'·' && foreign != end))) {
      --foreign;
    }
    if (end - foreign >= 3 && OpensName(foreign) && foreign < best.start) return UnitSpan{foreign, end};
    if (best_score >= 6) return best;
    for (std::uint32_t size = 2; size <= 5 && size <= end; ++size) {
      if (words_.IsForeignName(scratch_.units.substr(end - size, size)) && scratch_.IsBoundary(end - size) &&
          OpensName(end - size)) {
        return UnitSpan{end - size, end};
      }
    }
    return std::nullopt;
  }

  // 设计师Ken Rolston: words of letters alone, where a post stands before them.
  std::optional<UnitSpan> LatinNameAt(std::uint32_t start) const {
    constexpr std::uint32_t kShortest = 4;
    constexpr std::uint32_t kLongest = 30;
    std::uint32_t end = start;
    while (text::IsAsciiLetter(At(end)) || (end > start && (At(end) == u' ' || At(end) == u'.' || At(end) == u'-') &&
                                            text::IsAsciiLetter(At(end + 1)))) {
      ++end;
    }
    if (end - start < kShortest || end - start > kLongest || text::IsAsciiDigit(At(end)) || !FollowsName(end)) {
      return std::nullopt;
    }
    return UnitSpan{start, end};
  }

  // 布朗, 史密斯: the longest name of the list that the breaker lets stand here.
  std::optional<UnitSpan> ForeignNameAt(std::uint32_t start) const {
    if (!words_.IsTransliteration(At(start)) || !scratch_.IsBoundary(start)) return std::nullopt;
    for (std::uint32_t size = 5; size >= 2; --size) {
      const UnitSpan span{start, start + size};
      if (span.end <= scratch_.units.size() && scratch_.IsBoundary(span.end) &&
          words_.IsForeignName(scratch_.units.substr(start, size))) {
        return span;
      }
    }
    return std::nullopt;
  }

  bool OpensName(std::uint32_t unit) const {
    if (unit == 0) return true;
    const char16_t before = At(unit - 1);
    if (IsBreak(before) || IsGrammarUnit(before) || taken_[unit - 1] != 0) return true;
    return scratch_.cues.AnyEnding(unit, static_cast<std::uint16_t>(Mask(CueClass::kPost) | Mask(CueClass::kEdge)));
  }

  void ReadBesidePosts() {
    for (const Cue& cue : scratch_.cues.all()) {
      if (cue.word.cue != CueClass::kPost) continue;
      if (!scratch_.IsBoundary(cue.span.end)) continue;
      if (cue.word.kind != CueKind::kAfter) {
        std::uint32_t start = cue.span.end;
        while (At(start) == u' ' || At(start) == u':') ++start;
        if (const std::optional<UnitSpan> name = NameFrom(start)) {
          Add(*name, 0.9F, "post-name");
          // 记者 张三 李四
          if (cue.word.detail == CueKind::kMedia) ReadSpacedNames(name->end);
        }
      }
      if (cue.word.kind != CueKind::kBefore && cue.span.start > 0 && scratch_.IsBoundary(cue.span.start)) {
        if (const std::optional<UnitSpan> name = NameUpTo(cue.span.start)) Add(*name, 0.8F, "name-post");
      }
    }
  }

  void ReadSpacedNames(std::uint32_t at) {
    while (At(at) == u' ' || At(at) == u'、') {
      const std::optional<UnitSpan> name = NameFrom(at + 1);
      if (!name) return;
      Add(*name, 0.85F, "post-name");
      at = name->end;
    }
  }

  void ReadBeforeVerbs() {
    for (const Cue& cue : scratch_.cues.all()) {
      if (cue.word.cue != CueClass::kSpeech || !scratch_.IsBoundary(cue.span.start)) continue;
      if (const std::optional<UnitSpan> name = NameUpTo(cue.span.start)) Add(*name, 0.8F, "name-verb");
    }
  }

  bool InDotted(std::uint32_t unit) const {
    if (unit >= scratch_.units.size() || !text::IsHan(At(unit)) || IsGrammarUnit(At(unit))) return false;
    for (const Cue& cue : scratch_.cues.StartingAt(unit)) {
      if (cue.span.size() >= 2 && (Mask(cue.word.cue) & (kCommonWord | Mask(CueClass::kSpeech))) != 0) return false;
    }
    // 乔治, 大卫, 马修: too common in other words to be read as foreign anywhere but beside a dot.
    static constexpr std::u16string_view kBesideDots = u"治卫修刘各歇书果华";
    return words_.IsTransliteration(At(unit)) || kBesideDots.find(At(unit)) != std::u16string_view::npos;
  }

  // The whole word of the breaker around the end of a foreign name belongs to it: 刘易斯|·, ·乔治|执导.
  std::uint32_t WordStart(std::uint32_t unit, std::uint32_t least) const {
    std::uint32_t at = unit;
    while (at > least && !scratch_.IsBoundary(at)) --at;
    return at;
  }
  std::uint32_t WordEnd(std::uint32_t unit, std::uint32_t most) const {
    std::uint32_t at = unit;
    while (at < most && !scratch_.IsBoundary(at)) ++at;
    return at;
  }

  // 温特沃斯·米勒, 斯坦利-库布里克: characters of foreign names around a dot or a hyphen.
  void ReadDotted() {
    constexpr std::u16string_view kDots = u"·•-";
    constexpr std::uint32_t kLongestSide = 16;
    const auto is_dot = [&](std::uint32_t unit) { return kDots.find(At(unit)) != std::u16string_view::npos; };
    std::size_t dot = scratch_.units.find_first_of(kDots);
    while (dot != std::u16string_view::npos) {
      const auto at = static_cast<std::uint32_t>(dot);
      std::uint32_t start = at;
      while (start > 0 && at - start < kLongestSide && (InDotted(start - 1) || is_dot(start - 1))) --start;
      std::uint32_t end = at + 1;
      while (end - at < kLongestSide && (InDotted(end) || (is_dot(end) && InDotted(end + 1)))) ++end;
      while (start < at && (is_dot(start) || IsGrammarUnit(At(start)))) ++start;
      const std::size_t next = std::max<std::size_t>(end, dot + 1);
      if (start < at && end > at + 1 && in_title_[start] == 0) {
        start = WordStart(start, start > 2 ? start - 2 : 0);
        end = WordEnd(end, end + 2);
        const bool sure = !ThingFollows(end) && (At(at) == u'·' || (at - start >= 2 && end - at > 2));
        if (sure && text::IsHan(At(start)) && text::IsHan(At(end - 1))) Add({start, end}, 0.85F, "name-dotted");
      }
      dot = scratch_.units.find_first_of(kDots, next);
    }
  }

  // No word beside it says so, but the breaker could not read it and its characters are those of names.
  void ReadByShape() {
    const auto size = static_cast<std::uint32_t>(scratch_.units.size());
    for (std::uint32_t start = 0; start + 1 < size; ++start) {
      if (!scratch_.IsBoundary(start) || taken_[start] == kTaken) continue;
      if (!words_.IsSurname(At(start)) && !words_.IsTransliteration(At(start))) continue;
      if (const std::optional<UnitSpan> name = ShapeAt(start); name && !IsLexiconName(*name)) {
        Add(*name, 0.55F, name->size() > 3 || !words_.IsSurname(At(start)) ? "name-foreign" : "name-shape");
        start = name->end - 1;
      }
    }
  }

  std::optional<UnitSpan> ShapeAt(std::uint32_t start) const {
    if (in_title_[start] != 0) return std::nullopt;
    if (scratch_.cues.LongestStarting(start, CueClass::kEdge) != nullptr) return std::nullopt;
    const Cue* const common = scratch_.cues.LongestStarting(start, CueClass::kGeneric);
    if (common != nullptr && common->span.size() >= 2) return std::nullopt;
    // Foreign: three or more characters, each a word of its own to the breaker.
    const std::uint32_t foreign = TranslitEnd(start);
    if (foreign - start >= 3 && foreign - start <= 8) {
      std::uint32_t singles = 0;
      for (std::uint32_t unit = start; unit < foreign; ++unit) {
        singles += scratch_.IsBoundary(unit) && scratch_.IsBoundary(unit + 1) ? 1U : 0U;
      }
      const bool one_word = IsOneWord({start, foreign}) && foreign - start <= 5;
      if ((one_word || (singles + 2 >= foreign - start && singles >= 2)) && scratch_.IsBoundary(foreign) &&
          !ThingFollows(foreign) && (start == 0 || taken_[start - 1] == 0) && !AfterPlaceWord(start) &&
          (FollowsName(foreign) || scratch_.sport)) {
        return UnitSpan{start, foreign};
      }
    }
    if (const std::optional<UnitSpan> known = ForeignNameAt(start);
        known && !ThingFollows(known->end) && !AfterPlaceWord(start) && OpensName(start) && FollowsName(known->end)) {
      return known;
    }
    // The beginning of a longer foreign name is no Chinese one.
    if (foreign - start >= 4) return std::nullopt;
    for (const std::uint32_t size : {3U, 2U}) {
      const UnitSpan span{start, start + size};
      if (span.end > scratch_.units.size() || !scratch_.IsBoundary(span.end)) continue;
      if (words_.IsRareSurname(At(start))) continue;
      const int score = ChineseScore(span);
      // The dictionary knows names of three characters too (徐悲鸿); they keep the penalty of a word.
      bool singles = true;
      for (std::uint32_t unit = span.start; unit <= span.end; ++unit) singles = singles && scratch_.IsBoundary(unit);
      if (!singles && !(size == 3 && IsOneWord(span) && score >= 3)) continue;
      if (singles && score < (size == 3 ? 5 : 4)) continue;
      const bool opens = OpensName(span.start) || WordEnds(span.start);
      const bool follows = FollowsName(span.end) || (opens && WordStarts(span.end));
      if (size == 2 ? !OpensName(span.start) || !FollowsName(span.end) : !opens && !follows) continue;
      if (text::IsAsciiDigit(scratch_.Before(start)) || IsAmount(start)) continue;
      return span;
    }
    return std::nullopt;
  }

  // A name of the lexicon that was judged not to stand here is still no person's.
  bool IsLexiconName(UnitSpan span) const {
    const auto first =
        std::lower_bound(scratch_.hits.begin(), scratch_.hits.end(), span.start,
                         [](const lexicon::NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
    for (auto hit = first; hit != scratch_.hits.end() && hit->span.start == span.start; ++hit) {
      if (hit->span.end >= span.end && scratch_.Trait(hit->entity).type != MentionType::kPerson) return true;
    }
    return false;
  }

  // 600万元, 三万余元: 万 and its like are surnames too.
  bool IsAmount(std::uint32_t start) const {
    static constexpr std::u16string_view kNumerals = u"一二三四五六七八九十百千万亿几数.%至";
    return At(start) == u'万' && kNumerals.find(scratch_.Before(start)) != std::u16string_view::npos;
  }

  // 位于…, 前往…: what stands behind is a place.
  bool AfterPlaceWord(std::uint32_t start) const {
    static constexpr std::u16string_view kWords[] = {
        u"位于", u"前往", u"抵达", u"来到", u"游览", u"途经", u"飞往", u"小镇", u"沿途", u"做客", u"客战",
        u"坐镇", u"征服", u"从",   u"离",   u"至",   u"往",   u"赴",   u"市",   u"州",   u"省",   u"部"};
    const std::u16string_view before = scratch_.units.substr(start > 2 ? start - 2 : 0, std::min(start, 2U));
    return std::any_of(std::begin(kWords), std::end(kWords), [&](std::u16string_view word) {
      return before.size() >= word.size() && before.substr(before.size() - word.size()) == word;
    });
  }

  // 埃菲尔铁塔, 汉密尔顿岛, 沙尔克队: the name of something else.
  bool ThingFollows(std::uint32_t unit) const {
    static constexpr std::u16string_view kThings = u"队市岛州城县镇乡村郡省邦山河湖海江峡路街区湾塔桥宫寺堡院馆店杯节";
    const char16_t next = At(unit);
    if (scratch_.cues.AnyStarting(unit, Mask(CueClass::kPlaceSuffix) | Mask(CueClass::kOrgSuffix))) return true;
    return text::IsHan(next) && kThings.find(next) != std::u16string_view::npos;
  }

  // 姜山：…: the speaker at the start of a line.
  void ReadSpeakers() {
    for (const DocumentSentence& sentence : scratch_.document->sentences) {
      const UnitSpan span = sentence.sentence.span;
      for (std::uint32_t size = 2; size <= 4 && span.start + size < span.end; ++size) {
        if (At(span.start + size) != u':') continue;
        const UnitSpan name{span.start, span.start + size};
        if (ChineseScore(name) >= 2) Add(name, 0.7F, "name-colon");
      }
    }
  }

  // 张三、李四和王五: people keep company with people.
  void ReadLists() {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const UnitSpan span = found_[i];
      const char16_t after = At(span.end);
      if (after == u'、' || after == u'和' || after == u'与' || after == u'及') {
        if (const std::optional<UnitSpan> name = NameFrom(span.end + 1)) Add(*name, 0.75F, "name-list");
      }
      const char16_t before = scratch_.Before(span.start);
      if (span.start > 2 && (before == u'、' || before == u'和' || before == u'与')) {
        if (const std::optional<UnitSpan> name = NameUpTo(span.start - 1)) Add(*name, 0.75F, "name-list");
      }
    }
  }

  EntityScratch& scratch_;
  const WordTable& words_;
  std::vector<std::uint8_t> taken_;
  std::vector<std::uint8_t> in_title_;
  std::vector<UnitSpan> found_;
};

}  // namespace

void AddPersonNames(EntityScratch& scratch) { PersonReader(scratch).Read(); }

}  // namespace mailuo::extract
