// Turns what the grammar read into days: against the day of publication, against earlier mentions (the discourse), and
// against the tables of feasts and trading days.
// Thread safety: one thread at a time; one resolver for one text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.h"
#include "dates/date_finder.h"
#include "dates/expression.h"

namespace mailuo::dates {

enum class Side : std::uint8_t { kUnknown, kPast, kFuture };

// What the text around a mention says about it.
struct Surroundings {
  std::uint32_t sentence = 0;
  std::uint32_t paragraph = 0;
  Side side = Side::kUnknown;
  bool certain = false;              // The word that gives the side stands right at the mention.
  bool standalone = false;           // The text is nothing but this expression: a query, a cell.
  bool compared = false;             // 较, 比: a foil, not a step of the story.
  bool dateline = false;             // 8月7日电: the day of the report.
  std::u16string_view left_context;  // The text up to the mention.
};

class Resolver {
 public:
  explicit Resolver(const DateContext& context) : published_(context.published) {}

  // Nothing where the expression cannot be placed (no publication day, an impossible day). `steps`, if not null, gets
  // one sentence per step.
  std::optional<FoundDate> Resolve(const Parsed& parsed, const Surroundings& around, std::vector<std::string>* steps);

 private:
  struct Outcome {
    Period period;
    DateAnchor anchor = DateAnchor::kNone;
    DateKind kind = DateKind::kFull;
  };
  struct Earlier {
    Period period;
    Item item = Item::kYear;
    std::uint32_t sentence = 0;
    std::uint32_t paragraph = 0;
  };
  using Maybe = std::optional<Outcome>;

  // resolver.cc
  Maybe One(const Expression& e, const Period* left);
  void Place(const Parsed& parsed, const Outcome& left, const Period& whole, FoundDate& found);
  void Remember(const Parsed& parsed, const Period& period);
  void Say(std::string text) const;
  int PublishedYear() const { return ToCivil(*published_).year; }
  bool InSentence() const { return earlier_ && earlier_->sentence == around_->sentence; }
  bool AtHead() const;
  const Earlier* ThatDay() const;
  bool InParagraph() const { return earlier_ && earlier_->paragraph == around_->paragraph; }

  // resolve_calendar.cc
  std::optional<int> YearOf(const Expression& e, const Period* left) const;
  int FullYear(int written) const;
  std::optional<Period> InYear(const Expression& e, int year) const;
  std::optional<Period> BesideHoliday(const Expression& e, int year) const;
  std::optional<Period> InMonth(const Expression& e, int year, int month) const;
  Maybe Calendar(const Expression& e, const Period* left);
  Maybe Dayless(const Expression& e, const Period* left);
  std::optional<int> YearOfPart(const Expression& e) const;
  std::optional<int> CarriedYear(const Expression& e) const;
  std::optional<Period> NearestYear(const Expression& e) const;
  Maybe DayOnly(const Expression& e, const Period* left);
  Maybe MonthSlot(const Expression& e, const Period* left);

  // resolve_relative.cc
  Maybe RelativeDay(const Expression& e, const Period* left) const;
  Maybe Weekday(const Expression& e, const Period* left) const;
  Maybe Window(const Expression& e) const;
  Maybe Ago(const Expression& e) const;
  Maybe Centuries(const Expression& e) const;
  Maybe SamePeriod(const Expression& e) const;
  Maybe Fiscal(const Expression& e) const;
  Maybe TradingDay(const Expression& e) const;

  std::optional<Date> published_;
  std::optional<Earlier> earlier_;
  std::optional<Earlier> earlier_day_;
  std::optional<Earlier> head_day_;  // The last day with which a sentence begins: the news of the day.
  bool told_year_ = false;           // The text has named the year of publication in full.
  std::optional<int> last_holiday_;  // Index into Holidays().
  const Surroundings* around_ = nullptr;
  std::vector<std::string>* steps_ = nullptr;
};

// Narrows a period to its 初 中 末 and the like; `part` as in corpus/dates/words.tsv.
std::optional<Period> YearPartPeriod(int year, int part);
std::optional<Period> MonthPartPeriod(int year, int month, int part);

}  // namespace mailuo::dates
