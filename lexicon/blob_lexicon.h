// A Lexicon over a compiled blob (blob_format.h), read in place.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "lexicon/blob_format.h"
#include "lexicon/lexicon.h"
#include "lexicon/lexicon_row.h"
#include "lexicon/tsv_reader.h"
#include "text/automaton.h"

namespace mailuo::lexicon {

// Thread safety: const methods may be called from any thread.
class BlobLexicon final : public Lexicon {
 public:
  // `blob` must be 8-byte aligned and outlive the lexicon. Costs the same for any size: nothing but the header is read.
  static Result<std::shared_ptr<const BlobLexicon>> Open(std::string_view blob);
  // Takes the bytes over.
  static Result<std::shared_ptr<const BlobLexicon>> OpenOwned(std::string blob);

  std::uint64_t version() const override { return header_.version; }
  std::uint32_t size() const override;
  void FindNames(const text::FoldedText& text, std::vector<NameHit>& out) const override;
  EntityInfo Entity(EntityIndex index) const override;
  std::string_view Attribute(EntityIndex index, std::string_view key) const override;
  std::vector<std::string_view> Names(EntityIndex index) const override;
  std::optional<EntityIndex> FindById(EntityId id) const override;
  std::optional<EntityIndex> FindByTicker(std::string_view ticker) const override;
  std::vector<NameEntry> FindByName(std::string_view name) const override;
  std::vector<NameEntry> Prefix(std::string_view prefix, std::size_t limit) const override;

  // The rows that would compile to this blob again.
  std::vector<LexiconRow> Rows() const;
  std::vector<NotName> NotNames() const;

 private:
  BlobLexicon() = default;

  // Reads past the end give a record of zeros: a damaged blob gives wrong answers, never an overrun.
  template <typename Record>
  Record Get(Section section, std::uint64_t index) const;
  template <typename Record>
  std::uint32_t Count(Section section) const;
  std::string_view Text(StringRef ref) const;
  std::string_view SortedName(std::uint32_t position) const;
  std::uint32_t LowerBound(std::string_view folded) const;  // In the sorted names.
  NameEntry Entry(std::uint32_t position) const;

  std::vector<std::uint64_t> owned_;  // Holds the blob of OpenOwned(), 8-byte aligned.
  std::string_view blob_;
  BlobHeader header_;
  text::Automaton automaton_;
};

}  // namespace mailuo::lexicon
