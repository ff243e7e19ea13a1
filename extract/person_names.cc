#include "extract/person_names.h"

#include <algorithm>
#include <optional>
#include <span>

#include "extract/name_shapes.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

class PersonReader : private NameShapes {
 public:
  explicit PersonReader(EntityScratch& scratch)
      : NameShapes(scratch), scratch_(scratch), words_(*scratch.words), taken_(scratch.units.size() + 1, 0) {
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
  static constexpr int kLeastEvidence = -8;
  static constexpr int kLeastScore = -2;
  static constexpr std::u16string_view kPostJoints = u" :|丨";  // 编辑 | 张三, 作者：李四

  // Of taken_: a name of two characters may turn out to be the given name of a person (杨|振兴, 李|迅雷); beside a
  // post whatever it names, without one only a place.
  static constexpr std::uint8_t kShortPlace = 1;
  static constexpr std::uint8_t kShortName = 2;
  static constexpr std::uint8_t kTaken = 3;

  static std::uint8_t MarkOf(const Candidate& candidate, bool major) {
    if (candidate.span.size() != 2 || major) return kTaken;
    return candidate.type == MentionType::kPlace ? kShortPlace : kShortName;
  }

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

  // 马克·福斯特: a name around a dot is longer than what the lexicon knows of it, and so wins.
  void AddWhole(UnitSpan span) {
    if (scratch_.skip[span.start] != 0 || scratch_.skip[span.end - 1] != 0) return;
    std::fill(taken_.begin() + span.start, taken_.begin() + span.end, kTaken);
    scratch_.candidates.push_back({span, MentionType::kPerson, Rank::kName, 0.85F, "name-dotted", kNone, kNone});
    found_.push_back(span);
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
    if (foreign - start >= 3 && foreign > best.end && FollowsName(foreign) &&
        (foreign > best.end + 1 || !FollowsName(best.end))) {
      return UnitSpan{start, foreign};
    }
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
    return UnknownNameFrom(start);
  }

  // 画家海菱，: behind a post even rare characters are a name where no word of the language reads them, and a given
  // name stands alone.
  std::optional<UnitSpan> UnknownNameFrom(std::uint32_t start) const {
    constexpr int kLeastNamed = -10;  // Tenths of a nat.
    constexpr int kLeastGiven = 10;
    constexpr int kLeastWord = 30;
    for (const std::uint32_t size : {3U, 2U}) {
      const UnitSpan span{start, start + size};
      if (!MayBeUnknownName(span)) continue;
      std::uint32_t surname = 0;
      const bool named = SurnameAt(start, surname) && surname == 1;
      if (named &&
          words_.odds().Of(scratch_.units.substr(start, size), 1) >= (IsOneWord(span) ? kLeastWord : kLeastNamed)) {
        return span;
      }
      if (size == 2 && !IsOneWord(span) && words_.odds().Of(scratch_.units.substr(start, 2), 0) >= kLeastGiven) {
        return span;
      }
    }
    return std::nullopt;
  }

  bool MayBeUnknownName(UnitSpan span) const {
    if (span.end > scratch_.units.size() || !scratch_.IsBoundary(span.start) || !EndsAt(span.end)) return false;
    if (!FollowsName(span.end) || ThingFollows(span.end)) return false;
    for (std::uint32_t unit = span.start; unit < span.end; ++unit) {
      if (!text::IsHan(At(unit)) || IsGrammarUnit(At(unit))) return false;
      for (const Cue& cue : scratch_.cues.StartingAt(unit)) {
        if (cue.span.size() >= 2 && cue.word.cue != CueClass::kNameSide) return false;
      }
    }
    return true;
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
        while (kPostJoints.find(At(start)) != std::u16string_view::npos) ++start;
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

  // Names of a byline stand behind one another, at times without a space.
  void ReadSpacedNames(std::uint32_t at) {
    constexpr int kLeastRunOn = 25;  // Tenths of a nat.
    while (true) {
      const bool spaced = At(at) == u' ' || At(at) == u'、';
      const std::optional<UnitSpan> name = NameFrom(spaced ? at + 1 : at);
      if (!name) return;
      std::uint32_t surname = 0;
      if (!spaced && (name->size() > 3 || !SurnameAt(at, surname) || surname != 1 || words_.IsRareSurname(At(at)) ||
                      words_.odds().Of(scratch_.units.substr(at, name->size()), 1) < kLeastRunOn)) {
        return;
      }
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
        start = WholeWordStart(start);
        // 秘书杰夫·莫雷尔: 书 is of 刘易斯 and its like.
        if (const Cue* const post = scratch_.cues.LongestStarting(start, CueClass::kPost);
            post != nullptr && post->span.size() >= 2 && post->span.end < at) {
          start = post->span.end;
        }
        end = WordEnd(end, end + 2);
        const bool sure = !ThingFollows(end) && (At(at) == u'·' || (at - start >= 2 && end - at > 2));
        if (sure && text::IsHan(At(start)) && text::IsHan(At(end - 1))) AddWhole({start, end});
      }
      dot = scratch_.units.find_first_of(kDots, next);
    }
  }

  // 刘易斯|·: the whole word belongs to the name, unless it is a place or a post (长沙|基卜·, 秘书|杰夫·). 小, 老: so
  // too.
  std::uint32_t WholeWordStart(std::uint32_t start) const {
    std::uint32_t at = WordStart(start, start > 2 ? start - 2 : 0);
    if (taken_[at] != 0 || scratch_.cues.AnyEnding(start, Mask(CueClass::kPost))) at = start;
    const char16_t before = scratch_.Before(at);
    const bool alone = at > 0 && scratch_.IsBoundary(at) && scratch_.IsBoundary(at - 1);
    return alone && (before == u'小' || before == u'老') ? at - 1 : at;
  }

  // No word beside it says so, but the breaker could not read it and its characters are those of names.
  void ReadByShape() {
    const auto size = static_cast<std::uint32_t>(scratch_.units.size());
    for (std::uint32_t start = 0; start + 1 < size; ++start) {
      if (!scratch_.IsBoundary(start) || taken_[start] == kTaken) continue;
      if (!words_.IsSurname(At(start)) && !words_.IsTransliteration(At(start))) continue;
      // 在|舍夫沙万: all of it is the place.
      if (const std::uint32_t end = AfterPlaceWord(start) ? TranslitEnd(start) : start; end >= start + 3) {
        start = end - 1;
        continue;
      }
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
      const bool thing = words_.IsThing(At(foreign - 1));  // 库克山
      if (!thing && (one_word || (singles + 2 >= foreign - start && singles >= 2)) && scratch_.IsBoundary(foreign) &&
          !ThingFollows(foreign) && (start == 0 || taken_[start - 1] == 0) && !AfterPlaceWord(start) &&
          (FollowsName(foreign) || scratch_.sport)) {
        return UnitSpan{start, foreign};
      }
    }
    if (const std::optional<UnitSpan> known = ForeignNameAt(start);
        known && !ThingFollows(known->end) && !AfterPlaceWord(start) &&
        (OpensName(start) || (known->size() >= 3 && WordEnds(start))) &&
        (FollowsName(known->end) || (known->size() >= 3 && WordStarts(known->end)))) {
      return known;
    }
    // The beginning of a longer foreign name is no Chinese one.
    if (foreign - start >= 4) return std::nullopt;
    if (text::IsAsciiDigit(scratch_.Before(start)) || IsAmount(start)) return std::nullopt;
    UnitSpan best;
    int most = kLeastEvidence;
    for (const std::uint32_t size : {2U, 3U, 4U}) {
      const UnitSpan span{start, start + size};
      if (span.end > scratch_.units.size()) continue;
      // 方|肇|新的: the breaker may have joined the last character with a word of grammar.
      if (!EndsAt(span.end) && !(size == 3 && IsGrammarUnit(At(span.end)))) continue;
      const int score = ChineseScore(span);
      if (score < kLeastScore) continue;
      if (const int evidence = Evidence(span, score); evidence >= most) {
        most = evidence;
        best = span;
      }
    }
    if (!best.empty()) return best;
    return std::nullopt;
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
      if (sentence.sentence.span.size() > 3) ReadColumnist(span);
    }
  }

  // 宫磊西甲推荐：…: the writer of a column in front of its name.
  void ReadColumnist(UnitSpan line) {
    constexpr std::uint32_t kLongestHead = 12;
    constexpr int kLeastOdds = 15;
    std::uint32_t colon = line.start + 4;
    while (colon < line.end && colon - line.start <= kLongestHead && At(colon) != u':') ++colon;
    if (colon >= line.end || At(colon) != u':' || taken_[line.start] != 0) return;
    const std::span<const Cue> cues = scratch_.cues.EndingAt(colon);
    const bool column = std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
      return cue.word.cue == CueClass::kNameSide && cue.word.kind == CueKind::kAfter && cue.span.size() == 2;
    });
    if (!column) return;
    for (const std::uint32_t size : {3U, 2U}) {
      const UnitSpan name{line.start, line.start + size};
      if (name.end + 2 > colon || !EndsAt(name.end) || ChineseScore(name) < 1) continue;
      if (words_.odds().Of(scratch_.units.substr(name.start, size), 1) < kLeastOdds) continue;
      Add(name, 0.7F, "name-colon");
      return;
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
