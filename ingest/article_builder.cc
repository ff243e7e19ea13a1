#include "ingest/article_builder.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "ingest/byte_source.h"
#include "ingest/dateline.h"
#include "ingest/html_page.h"
#include "ingest/outlets.h"
#include "ingest/page_lines.h"
#include "ingest/publication.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

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

Error Refused(ErrorCode code, std::string message) { return {code, std::move(message)}; }

}  // namespace

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
    if (!dateline.published && !dateline.month_day) {
      dateline.published = inner.published;
      dateline.month_day = inner.month_day;
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
  FindPublication(fields, dateline, origin, TodayOf(options), article, outcome.warnings);
  article.id = MakeArticleId(article);
  outcome.article = std::move(article);
  return outcome;
}

}  // namespace mailuo::ingest
