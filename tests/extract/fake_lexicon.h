// A lexicon made in memory, so that tests of extraction say themselves which names there are.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "core/check.h"
#include "lexicon/lexicon.h"
#include "text/automaton.h"

namespace mailuo::extract {

struct FakeName {
  std::string text;
  lexicon::NameStrength strength = lexicon::NameStrength::kSure;
};

struct FakeEntity {
  MentionType type = MentionType::kCompany;
  std::string kind;
  std::vector<FakeName> names;  // Canonical first.
  std::vector<std::string> tickers;
};

class FakeLexicon : public lexicon::Lexicon {
 public:
  explicit FakeLexicon(std::vector<FakeEntity> entities) : entities_(std::move(entities)) {
    text::AutomatonBuilder builder;
    for (std::size_t i = 0; i < entities_.size(); ++i) {
      for (std::size_t n = 0; n < entities_[i].names.size(); ++n) {
        MAILUO_CHECK(
            builder.Add(text::FoldKey16(entities_[i].names[n].text), static_cast<std::uint32_t>(values_.size())));
        values_.push_back({static_cast<lexicon::EntityIndex>(i), n});
      }
      for (const std::string& ticker : entities_[i].tickers) {
        by_ticker_.emplace_back(ticker, static_cast<lexicon::EntityIndex>(i));
      }
    }
    std::stable_sort(by_ticker_.begin(), by_ticker_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Result<std::string> blob = builder.Build();
    MAILUO_CHECK(blob.has_value());
    aligned_.resize((blob->size() + 7) / 8);
    std::memcpy(aligned_.data(), blob->data(), blob->size());
    Result<text::Automaton> automaton =
        text::Automaton::Open({reinterpret_cast<const char*>(aligned_.data()), blob->size()});
    MAILUO_CHECK(automaton.has_value());
    automaton_ = *automaton;
  }

  std::uint64_t version() const override { return 1; }
  std::uint32_t size() const override { return static_cast<std::uint32_t>(entities_.size()); }

  void FindNames(const text::FoldedText& text, std::vector<lexicon::NameHit>& out) const override {
    std::vector<text::AutomatonMatch> matches;
    automaton_.FindAll(text.units(), matches);
    const std::size_t first = out.size();
    for (const text::AutomatonMatch& match : matches) {
      const std::u16string_view units = text.units();
      if (text::IsAsciiAlnum(units[match.span.start]) && match.span.start > 0 &&
          text::IsAsciiAlnum(units[match.span.start - 1])) {
        continue;
      }
      if (text::IsAsciiAlnum(units[match.span.end - 1]) && match.span.end < units.size() &&
          text::IsAsciiAlnum(units[match.span.end])) {
        continue;
      }
      const auto [entity, name] = values_[match.value];
      out.push_back({match.span, entity, entities_[entity].names[name].strength,
                     name == 0 ? lexicon::NameKind::kCanonical : lexicon::NameKind::kAlias});
    }
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(), [](const auto& a, const auto& b) {
      if (a.span.start != b.span.start) return a.span.start < b.span.start;
      if (a.span.end != b.span.end) return a.span.end > b.span.end;
      return a.entity < b.entity;
    });
  }

  lexicon::EntityInfo Entity(lexicon::EntityIndex index) const override {
    const FakeEntity& entity = entities_[index];
    lexicon::EntityInfo info;
    info.id = MakeEntityId(entity.type, text::FoldKey(entity.names[0].text));
    info.type = entity.type;
    info.kind = entity.kind;
    info.name = entity.names[0].text;
    info.tickers.assign(entity.tickers.begin(), entity.tickers.end());
    return info;
  }
  std::string_view Attribute(lexicon::EntityIndex, std::string_view) const override { return {}; }
  std::vector<std::string_view> Names(lexicon::EntityIndex index) const override {
    std::vector<std::string_view> names;
    for (const FakeName& name : entities_[index].names) names.push_back(name.text);
    return names;
  }
  std::optional<lexicon::EntityIndex> FindById(EntityId id) const override {
    for (lexicon::EntityIndex i = 0; i < size(); ++i) {
      if (Entity(i).id == id) return i;
    }
    return std::nullopt;
  }
  std::optional<lexicon::EntityIndex> FindByTicker(std::string_view ticker) const override {
    const auto at = std::lower_bound(by_ticker_.begin(), by_ticker_.end(), ticker,
                                     [](const auto& a, std::string_view key) { return a.first < key; });
    if (at == by_ticker_.end() || at->first != ticker) return std::nullopt;
    return at->second;
  }
  std::vector<lexicon::NameEntry> FindByName(std::string_view) const override { return {}; }
  std::vector<lexicon::NameEntry> Prefix(std::string_view, std::size_t) const override { return {}; }

 private:
  std::vector<FakeEntity> entities_;
  std::vector<std::pair<lexicon::EntityIndex, std::size_t>> values_;
  std::vector<std::pair<std::string, lexicon::EntityIndex>> by_ticker_;
  std::vector<std::uint64_t> aligned_;
  text::Automaton automaton_;
};

}  // namespace mailuo::extract
