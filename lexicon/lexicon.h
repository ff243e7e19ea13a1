// The names and entities that the program knows: corpus/lexicon/*.tsv compiled at build time into one blob inside the
// program and read in place, plus a user's own TSV compiled in memory by the same code.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/types.h"
#include "text/folded_text.h"
#include "text/span.h"

namespace mailuo::lexicon {

// What a name needs before it may be taken for its entity.
enum class NameStrength : std::uint8_t {
  kSure = 0,  // 英伟达: nothing.
  kWeak = 1,  // 苹果, 小米, 平安: evidence in the article (ticker, suffix, role, a sure mention, finance context).
  kTickerOnly = 2,  // 全国, 世界: only with its ticker beside it.
};

enum class NameKind : std::uint8_t {
  kCanonical = 0,
  kAlias = 1,
  kFull = 2,
  kFormer = 3,
  kEnglish = 4,
  kShort = 5,
};

// Index of an entity within one Lexicon object; not stable across builds: store EntityId.
using EntityIndex = std::uint32_t;

struct NameHit {
  text::UnitSpan span;
  EntityIndex entity = 0;
  NameStrength strength = NameStrength::kSure;
  NameKind kind = NameKind::kCanonical;
};

struct NameEntry {
  EntityIndex entity = 0;
  NameStrength strength = NameStrength::kSure;
  NameKind kind = NameKind::kCanonical;
  std::string name;  // Filled by Prefix(): the folded name that matched.
};

// Views live as long as the Lexicon.
struct EntityInfo {
  EntityId id;
  MentionType type = MentionType::kCompany;
  std::string_view kind;  // "listed", "private", "regulator", "exchange", "media", "law", "country", "chip" ...
  std::string_view name;  // Canonical.
  std::vector<std::string_view> tickers;  // CODE.EXCHANGE, main listing first.
};

// Thread safety: const methods may be called from any thread.
class Lexicon {
 public:
  virtual ~Lexicon() = default;
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;

  // The lexicon of the program; opened on first use, in well under a millisecond.
  static std::shared_ptr<const Lexicon> BuiltIn();
  // The same with a user's TSV laid over it: its names win over built-in names of the same spelling and type; a line
  // whose canonical name is a built-in entity's adds names to it. Errors name the file, line and column.
  static Result<std::shared_ptr<const Lexicon>> WithUserNames(const std::string& tsv_path);

  // Both ways at once: names that a graph adopted (the bytes of a TSV), and over them a user's file. Either may be
  // empty.
  static Result<std::shared_ptr<const Lexicon>> With(std::string_view adopted_tsv, const std::string& user_tsv_path);

  // Hash of every entity and name: a part of what extraction is a function of.
  virtual std::uint64_t version() const = 0;
  virtual std::uint32_t size() const = 0;

  // Appends every occurrence of every name, overlaps included, ordered by (start, longest first, entity). A Latin or
  // digit name matches only whole (no ASCII letter or digit on either side).
  virtual void FindNames(const text::FoldedText& text, std::vector<NameHit>& out) const = 0;

  // Of an index past the end: empty.
  virtual EntityInfo Entity(EntityIndex index) const = 0;
  // An attribute of the entity (corpus/lexicon/README.md lists them: "english", "country", "industry", "org", "role",
  // "maker", "issuer", "date", "parent" ...); empty if it has none.
  virtual std::string_view Attribute(EntityIndex index, std::string_view key) const = 0;
  // Every name of the entity as written in the source, canonical first.
  virtual std::vector<std::string_view> Names(EntityIndex index) const = 0;

  virtual std::optional<EntityIndex> FindById(EntityId id) const = 0;
  // CODE.EXCHANGE; also former and second codes that EntityInfo::tickers does not show (430047.BJ, 80700.HK).
  virtual std::optional<EntityIndex> FindByTicker(std::string_view ticker) const = 0;
  virtual std::vector<NameEntry> FindByName(std::string_view name) const = 0;  // Folds `name` itself.
  // Entities with a name that starts with `prefix` (folded inside), in name order.
  virtual std::vector<NameEntry> Prefix(std::string_view prefix, std::size_t limit) const = 0;

 protected:
  Lexicon() = default;
};

}  // namespace mailuo::lexicon
