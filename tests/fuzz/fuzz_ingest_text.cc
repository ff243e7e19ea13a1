// Any text as an article: datelines, headlines and dates are looked for in whatever is there.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ingest/article_reader.h"
#include "ingest/loose_time.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  mailuo::ingest::ReadLooseTime(bytes);
  mailuo::ingest::FindNameDate(bytes);
  mailuo::ingest::FindNameMonth(bytes);
  mailuo::ingest::ReaderOptions options;
  options.today = mailuo::MakeDate(2026, 6, 1);
  const auto outcome = mailuo::ingest::ReadTextArticle(bytes, {}, options);
  if (!outcome.article) return 0;
  const mailuo::Article& article = *outcome.article;
  if (article.published && article.published->date > *options.today + 1) std::abort();
  for (const std::string* field : {&article.text, &article.title, &article.outlet, &article.author}) {
    if (mailuo::text::FindInvalidUtf8(*field)) std::abort();
  }
  return 0;
}
