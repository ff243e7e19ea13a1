#include "ingest/article_builder.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "ingest/byte_source.h"
#include "ingest/dateline.h"
#include "ingest/html_page.h"
#include "ingest/loose_time.h"
#include "ingest/outlets.h"
#include "ingest/page_lines.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

constexpr int kFirstYear = 1990;
constexpr std::int64_t kSecondsPerDay = 24 * 60 * 60;
constexpr std::int64_t kShanghaiSeconds = 8 * 60 * 60;

std::string NormalizeLines(std::string text, TextForm form) {
  if (text.find('\r') == std::string::npos && text.find('\0') == std::string::npos) return text;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      const bool pair = i + 1 < text.size() && text[i + 1] == '\n';
      if (!pair) out += '\n';
      if (pair && form == TextForm::kCountable) out += ' ';
    } else if (c == '\0') {
      if (form == TextForm::kCountable) out += ' ';
    } else {
      out += c;
    }
  }
  return out;
}

// One line without control characters, cut to `max` code points.
std::string OneLine(std::string_view text, std::size_t max) {
  std::string out;
  bool space = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F) {
      space = !out.empty();
      continue;
    }
    if (std::exchange(space, false)) out += ' ';
    out += c;
  }
  if (out.size() > max) out = std::string(text::SliceCodePoints(out, 0, max));
  return out;
}

PublishedTime FromMtime(std::int64_t mtime) {
  std::int64_t days = (mtime + kShanghaiSeconds) / kSecondsPerDay;
  if ((mtime + kShanghaiSeconds) % kSecondsPerDay < 0) --days;
  constexpr std::int64_t kMaxDays = 2'900'000;  // Year 9909.
  return {Date{static_cast<std::int32_t>(std::clamp<std::int64_t>(days, 0, kMaxDays))}, -1};
}

class PublicationFinder {
 public:
  PublicationFinder(const RecordFields& fields, const Dateline& dateline, std::string_view text, const Origin& origin,
                    Date today, std::vector<std::string>& warnings)
      : fields_(fields), dateline_(dateline), text_(text), origin_(origin), today_(today), warnings_(warnings) {}

  // In the order of trust.
  void Find(Article& article) {
    const auto take = [&article](const std::optional<PublishedTime>& time, PublishedFrom from) {
      if (!time) return false;
      article.published = time;
      article.published_from = from;
      return true;
    };
    const auto named = FindNameDate(PathOfUrl());
    const std::optional<PublishedTime> url = named ? Believed(PublishedTime{*named, -1}, "") : std::nullopt;
    const auto from_name = FindNameDate(origin_.file_name);
    const std::optional<PublishedTime> file = from_name ? Believed(PublishedTime{*from_name, -1}, "") : std::nullopt;
    if (take(FromFields(), PublishedFrom::kMetadata)) return;
    if (take(Believed(dateline_.published, "dateline"), PublishedFrom::kText)) return;
    if (!dateline_.problem.empty()) Warn("dateline", dateline_.problem);
    if (dateline_.month != 0) {
      if (take(NearYear(url ? url : file), PublishedFrom::kText)) return;
      if (take(YearFromText(), PublishedFrom::kText)) return;
    }
    if (take(url, PublishedFrom::kMetadata)) return;
    if (take(file, PublishedFrom::kFilename)) return;
    if (take(FromNameMonth(), PublishedFrom::kFilename)) return;
    if (take(FromTextDays(), PublishedFrom::kText)) return;
    if (!origin_.mtime) return;
    const std::optional<PublishedTime> mtime = Believed(FromMtime(*origin_.mtime), "");
    if (dateline_.month != 0 && mtime && take(YearUpTo(mtime->date + 1), PublishedFrom::kMtime)) return;
    take(mtime, PublishedFrom::kMtime);
  }

 private:
  void Warn(std::string_view where, std::string_view what) {
    warnings_.push_back(fmt::format("{}: {}; ignored", where, what));
  }

  std::optional<PublishedTime> FromFields() {
    if (fields_.published.empty()) return std::nullopt;
    const LooseTime loose = ReadLooseTime(fields_.published);
    if (!loose.time) {
      Warn("published", loose.problem);
      return std::nullopt;
    }
    return Believed(loose.time, "published");
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

  std::string_view PathOfUrl() const {
    const std::string_view url = fields_.url;
    const std::size_t scheme = url.find("://");
    const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    return path == std::string_view::npos ? std::string_view() : url.substr(path);
  }

  std::optional<PublishedTime> InYear(int year) {
    const auto date = MakeDate(year, dateline_.month, dateline_.day);
    return date ? Believed(PublishedTime{*date, -1}, "") : std::nullopt;
  }

  // The dateline's day in the year that brings it nearest to `near`.
  std::optional<PublishedTime> NearYear(const std::optional<PublishedTime>& near) {
    if (!near) return std::nullopt;
    std::optional<PublishedTime> best;
    const int year = ToCivil(near->date).year;
    for (const int candidate : {year, year - 1, year + 1}) {
      const auto time = InYear(candidate);
      if (time && (!best || std::abs(time->date - near->date) < std::abs(best->date - near->date))) best = time;
    }
    return best;
  }

  std::optional<PublishedTime> YearFromText() {
    if (const auto day = LatestDayToldAsPast(text_, today_ + 1)) return NearYear(PublishedTime{*day, -1});
    const auto year = LatestYear(text_, ToCivil(today_ + 1).year);
    return year ? InYear(*year) : std::nullopt;
  }

  // 2025-08-x.txt: the last day of that month that the text speaks of as past, or the month's end, so that nothing of
  // the article shows before it can have appeared.
  std::optional<PublishedTime> FromNameMonth() {
    const auto name = FindNameMonth(origin_.file_name);
    if (!name) return std::nullopt;
    const int last = DaysInMonth(name->year, name->month);
    const auto date =
        MakeDate(name->year, name->month, std::min(LatestDayOfMonth(text_, name->month).value_or(last), last));
    return date ? Believed(PublishedTime{*date, -1}, "") : std::nullopt;
  }

  std::optional<PublishedTime> FromTextDays() {
    const auto day = LatestDayToldAsPast(text_, today_ + 1);
    if (!day) return std::nullopt;
    // A text whose years go on well beyond its last full day tells that day as history.
    const auto year = LatestYear(text_, ToCivil(today_).year);
    if (year && *year > ToCivil(*day).year + 1) return std::nullopt;
    return Believed(PublishedTime{*day, -1}, "");
  }

  std::optional<PublishedTime> YearUpTo(Date limit) {
    const int year = ToCivil(limit).year;
    for (const int candidate : {year, year - 1}) {
      const auto time = InYear(candidate);
      if (time && time->date <= limit) return time;
    }
    return std::nullopt;
  }

  const RecordFields& fields_;
  const Dateline& dateline_;
  std::string_view text_;
  const Origin& origin_;
  Date today_;
  std::vector<std::string>& warnings_;
};

Error Refused(ErrorCode code, std::string message) { return {code, std::move(message)}; }

}  // namespace

Date TodayOf(const ReaderOptions& options) {
  if (options.today) return *options.today;
  const std::int64_t now = std::time(nullptr);
  return FromMtime(now).date;
}

ReadOutcome BuildArticle(RecordFields fields, std::string_view head_lines, const Origin& origin, TextForm form,
                         const ReaderOptions& options) {
  constexpr std::size_t kMaxTitle = 300;
  constexpr std::size_t kMaxName = 120;
  constexpr std::size_t kMaxUrl = 2000;
  ReadOutcome outcome;
  outcome.place = origin.place;
  outcome.external_id = OneLine(fields.id, kMaxName);
  if (fields.text_may_be_html && LooksLikeHtml(fields.text)) {
    auto text = TextOfHtml(fields.text);
    if (!text) {
      outcome.article = std::move(text).error();
      return outcome;
    }
    fields.text = *std::move(text);
  }
  Article article;
  article.text = NormalizeLines(std::move(fields.text), form);
  // Flash news often comes as a title alone.
  if (article.text.find_first_not_of(" \t\n\f\v") == std::string::npos) article.text = OneLine(fields.title, kMaxTitle);
  if (article.text.empty()) {
    outcome.article = Refused(ErrorCode::kInvalidArgument, "no text");
    return outcome;
  }
  if (article.text.size() > options.max_text_bytes) {
    outcome.article = Refused(ErrorCode::kLimitExceeded,
                              fmt::format("text of {} is too long (limit {})", FormatBytes(article.text.size()),
                                          FormatBytes(options.max_text_bytes)));
    return outcome;
  }
  Dateline dateline;
  if (head_lines.empty()) {
    dateline = ReadDateline(article.text);
  } else {
    // A page's own lines come first; the text's only fill what they lack.
    dateline = ReadDateline(head_lines);
    Dateline inner = ReadDateline(article.text);
    if (!dateline.published && dateline.month == 0) {
      dateline.published = inner.published;
      dateline.month = inner.month;
      dateline.day = inner.day;
    }
    if (dateline.outlet.empty()) dateline.outlet = std::move(inner.outlet);
    if (dateline.author.empty()) dateline.author = std::move(inner.author);
  }
  const auto first_of = [](std::string_view a, std::string_view b) { return a.empty() ? b : a; };
  article.title = OneLine(first_of(fields.title, dateline.title), kMaxTitle);
  if (article.title.empty()) article.title = HeadlineOf(article.text);
  article.url = OneLine(fields.url, kMaxUrl);
  const std::string outlet =
      OneLine(first_of(first_of(fields.outlet, dateline.outlet), OutletOfUrl(fields.url)), kMaxName);
  article.outlet = CanonicalOutlet(outlet);
  article.author = OneLine(first_of(fields.author, dateline.author), kMaxName);
  article.external_id = outcome.external_id;
  article.source_path = origin.source_path;
  PublicationFinder(fields, dateline, article.text, origin, TodayOf(options), outcome.warnings).Find(article);
  article.id = MakeArticleId(article);
  outcome.article = std::move(article);
  return outcome;
}

}  // namespace mailuo::ingest
