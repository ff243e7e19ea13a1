#include "ingest/publication.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include <fmt/core.h>

#include "ingest/loose_time.h"
#include "ingest/text_days.h"

namespace mailuo::ingest {
namespace {

constexpr int kFirstYear = 1990;
constexpr std::int64_t kSecondsPerDay = std::int64_t{24} * 60 * 60;
constexpr std::int64_t kShanghaiSeconds = std::int64_t{8} * 60 * 60;

Date DayOfMtime(std::int64_t mtime) {
  std::int64_t days = (mtime + kShanghaiSeconds) / kSecondsPerDay;
  if ((mtime + kShanghaiSeconds) % kSecondsPerDay < 0) --days;
  constexpr std::int64_t kMaxDays = 2'900'000;  // Year 9909.
  return Date{static_cast<std::int32_t>(std::clamp<std::int64_t>(days, 0, kMaxDays))};
}

std::optional<PublishedTime> WholeDay(std::optional<Date> date) {
  return date ? std::optional(PublishedTime{*date, -1}) : std::nullopt;
}

std::string_view PathOfUrl(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  return path == std::string_view::npos ? std::string_view() : url.substr(path);
}

class PublicationFinder {
 public:
  PublicationFinder(const RecordFields& fields, const Dateline& dateline, const Origin& origin, Date today,
                    Article& article, std::vector<std::string>& warnings)
      : fields_(fields), dateline_(dateline), origin_(origin), today_(today), article_(article), warnings_(warnings) {}

  void Find() {
    if (Take(FromField(), PublishedFrom::kMetadata)) return;
    if (Take(Believed(dateline_.published, "dateline"), PublishedFrom::kText)) return;
    if (!dateline_.problem.empty()) Warn("dateline", dateline_.problem);
    const auto url = Believed(WholeDay(FindNameDate(PathOfUrl(fields_.url))), "");
    const auto file = Believed(WholeDay(FindNameDate(origin_.file_name)), "");
    if (dateline_.month_day) {
      if (Take(NearYear(dateline_.month_day, url ? url : file), PublishedFrom::kText)) return;
      if (Take(NearTextDays(dateline_.month_day), PublishedFrom::kText)) return;
    }
    if (Take(url, PublishedFrom::kMetadata) || Take(file, PublishedFrom::kFilename)) return;
    if (Take(FromNameMonth(), PublishedFrom::kFilename)) return;
    const HeadDay head = FindHeadDay(article_.title, article_.text);
    if (Take(Believed(WholeDay(head.date), ""), PublishedFrom::kText)) return;
    const MonthDay day = dateline_.month_day ? dateline_.month_day : head.month_day;
    if (day && Take(NearTextDays(day), PublishedFrom::kText)) return;
    if (!day && Take(FromTextDays(), PublishedFrom::kText)) return;
    // The year of a day is a guess wherever the file's time has a part in it, whatever part: so the article keeps its
    // id when the file is touched.
    const bool guess = origin_.mtime.has_value();
    if (day && Take(YearFromMtimeOrText(day), guess ? PublishedFrom::kMtime : PublishedFrom::kText)) return;
    Take(Mtime(), PublishedFrom::kMtime);
  }

 private:
  bool Take(const std::optional<PublishedTime>& time, PublishedFrom from) {
    if (!time) return false;
    article_.published = time;
    article_.published_from = from;
    return true;
  }

  void Warn(std::string_view where, std::string_view what) {
    warnings_.push_back(fmt::format("{}: {}; ignored", where, what));
  }

  std::optional<PublishedTime> FromField() {
    if (fields_.published.empty()) return std::nullopt;
    const LooseTime loose = ReadLooseTime(fields_.published);
    if (loose.time) return Believed(loose.time, "published");
    Warn("published", loose.problem);
    return std::nullopt;
  }

  // Nothing for the future and the time before Chinese news went online; says so where `where` is given.
  std::optional<PublishedTime> Believed(std::optional<PublishedTime> time, std::string_view where) {
    if (!time) return std::nullopt;
    const bool future = time->date > today_ + 1;
    if (!future && ToCivil(time->date).year >= kFirstYear) return time;
    if (!where.empty()) {
      Warn(where, fmt::format("{} is {}", FormatDate(time->date), future ? "in the future" : "before 1990"));
    }
    return std::nullopt;
  }

  std::optional<PublishedTime> InYear(MonthDay day, int year) {
    return Believed(WholeDay(MakeDate(year, day.month, day.day)), "");
  }

  // The day in the year that brings it nearest to `near`.
  std::optional<PublishedTime> NearYear(MonthDay day, const std::optional<PublishedTime>& near) {
    if (!near) return std::nullopt;
    std::optional<PublishedTime> best;
    const int year = ToCivil(near->date).year;
    for (const int candidate : {year, year - 1, year + 1}) {
      const auto time = InYear(day, candidate);
      if (time && (!best || std::abs(time->date - near->date) < std::abs(best->date - near->date))) best = time;
    }
    return best;
  }

  // The text's latest full day, unless its years go on well beyond: then it tells that day as history.
  std::optional<PublishedTime> FromTextDays() {
    const auto day = LatestDayToldAsPast(article_.text, today_ + 1);
    if (!day) return std::nullopt;
    if (FindYears(article_.text, ToCivil(today_).year).latest > ToCivil(*day).year + 1) return std::nullopt;
    return Believed(WholeDay(day), "");
  }

  // The day in the year of the text's own full days, where it lies close to the latest of them.
  std::optional<PublishedTime> NearTextDays(MonthDay day) {
    constexpr int kCloseDays = 60;
    const auto latest = FromTextDays();
    const auto near = NearYear(day, latest);
    return near && std::abs(near->date - latest->date) <= kCloseDays ? near : std::nullopt;
  }

  // The latest year up to the file's time that has the day, unless the text's years end well before it: files are
  // copied, and then their time says little.
  std::optional<PublishedTime> YearFromMtimeOrText(MonthDay day) {
    const YearsTold years = FindYears(article_.text, ToCivil(today_ + 1).year);
    if (const auto mtime = Mtime()) {
      const int year = ToCivil(mtime->date).year;
      for (const int candidate : {year, year - 1}) {
        const auto time = InYear(day, candidate);
        const bool copied = years.latest != 0 && candidate > years.latest + 1;
        if (time && time->date <= mtime->date + 1 && !copied) return time;
      }
    }
    if (years.latest == 0) return std::nullopt;
    // In the first months of a year the news tells the figures of the year before.
    constexpr int kReportingMonths = 4;
    if (day.month <= kReportingMonths && !years.year_before_too) {
      if (const auto next = InYear(day, years.latest + 1)) return next;
    }
    return InYear(day, years.latest);
  }

  // 2025-08-x.txt: the last day of that month that the text speaks of as past, or the month's end, so that nothing of
  // the article shows before it can have appeared.
  std::optional<PublishedTime> FromNameMonth() {
    const auto name = FindNameMonth(origin_.file_name);
    if (!name) return std::nullopt;
    const int last = DaysInMonth(name->year, name->month);
    const int day = std::min(LatestDayOfMonth(article_.text, name->month).value_or(last), last);
    return InYear({name->month, day}, name->year);
  }

  std::optional<PublishedTime> Mtime() {
    return origin_.mtime ? Believed(WholeDay(DayOfMtime(*origin_.mtime)), "") : std::nullopt;
  }

  const RecordFields& fields_;
  const Dateline& dateline_;
  const Origin& origin_;
  Date today_;
  Article& article_;
  std::vector<std::string>& warnings_;
};

}  // namespace

void FindPublication(const RecordFields& fields, const Dateline& dateline, const Origin& origin, Date today,
                     Article& article, std::vector<std::string>& warnings) {
  PublicationFinder(fields, dateline, origin, today, article, warnings).Find();
}

Date TodayOf(const ReaderOptions& options) {
  if (options.today) return *options.today;
  const std::int64_t now = std::time(nullptr);
  return DayOfMtime(now);
}

}  // namespace mailuo::ingest
