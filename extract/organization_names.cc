#include "extract/organization_names.h"

#include <string_view>

#include "extract/name_stretch.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using lexicon::NameHit;
using lexicon::NameStrength;
using text::UnitSpan;

constexpr std::uint32_t kLongestOrganization = 18;

class OrganizationReader {
 public:
  explicit OrganizationReader(EntityScratch& scratch) : scratch_(scratch) {}

  void Read(const Cue& suffix) {
    // 大学生, 公安部门, 联盟杯: a word goes on over the end.
    if (!scratch_.IsBoundary(suffix.span.end)) return;
    if (scratch_.cues.AnyStarting(suffix.span.end, Mask(CueClass::kPlaceSuffix))) return;
    const std::uint32_t head_end = suffix.span.start;
    const std::uint32_t start = StretchStart(scratch_, head_end, kLongestOrganization);
    UnitSpan head{start, head_end};
    const NameHit* const place =
        LeftmostHit(scratch_, head.start, head.end, [&](const NameHit& hit) { return IsPlaceName(scratch_, hit); });
    if (place != nullptr) head.start = place->span.start;
    const UnitSpan core{place != nullptr ? PlacesEnd(scratch_, head.start, head.end) : head.start, head.end};
    if (suffix.word.strong) {
      // A body of a place: the place and at most a few words of its own (上海市浦东新区人民法院).
      if (place == nullptr && UnknownPlace(head)) {
        AddOrganization({head.start, suffix.span.end}, suffix, 0.7F);
        return;
      }
      const bool plain = scratch_.units.substr(suffix.span.start, suffix.span.size()) == u"政府";
      if (place == nullptr || core.size() > (plain ? 4U : 8U)) return;
      AddOrganization({head.start, suffix.span.end}, suffix, 0.85F);
      return;
    }
    if (core.empty() && place != nullptr) return AddOrganization({head.start, suffix.span.end}, suffix, 0.7F);
    if (core.size() < 2 || core.size() > 14 || IsGeneric(scratch_, core)) return;
    if (place == nullptr && core.size() > 8) return;
    AddOrganization({head.start, suffix.span.end}, suffix, place != nullptr ? 0.8F : 0.5F);
  }

 private:
  // 岚屿市…: two or three characters and 市, 县 at a clear left edge.
  bool UnknownPlace(UnitSpan head) const {
    if (head.size() > 8 || !IsBreakOrEdge(scratch_, head.start)) return false;
    for (std::uint32_t unit = head.start + 2; unit < head.end && unit <= head.start + 3; ++unit) {
      const char16_t mark = scratch_.units[unit];
      if (mark == u'市' || mark == u'县' || mark == u'省') return true;
    }
    return false;
  }

  void AddOrganization(UnitSpan span, const Cue& suffix, float confidence) {
    const std::int32_t article = scratch_.AddArticleEntity(
        MentionType::kOrganization, scratch_.document->text.Original(span), KindWord(suffix.word.kind), {});
    scratch_.candidates.push_back(
        {span, MentionType::kOrganization, Rank::kName, confidence, "suffix-organization", kNone, article});
  }

  static std::string_view KindWord(CueKind kind) {
    switch (kind) {
      case CueKind::kGovernment: return "government";
      case CueKind::kCourt: return "court";
      case CueKind::kRegulator: return "regulator";
      case CueKind::kMilitary: return "military";
      case CueKind::kUniversity: return "university";
      case CueKind::kResearch: return "research";
      case CueKind::kAssociation: return "association";
      case CueKind::kExchange: return "exchange";
      case CueKind::kMedia: return "media";
      default: return "institution";
    }
  }

  EntityScratch& scratch_;
};

}  // namespace

void AddOrganizationName(EntityScratch& scratch, const Cue& suffix) { OrganizationReader(scratch).Read(suffix); }

}  // namespace mailuo::extract
