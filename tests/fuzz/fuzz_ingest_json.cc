// Any bytes as a record and as a body of records: no crash, and articles that hold what the store demands of them.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/article_reader.h"
#include "ingest/json_record.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  mailuo::ingest::ReaderOptions options;
  options.today = mailuo::MakeDate(2026, 6, 1);
  mailuo::ingest::ReadJsonLd(bytes);
  mailuo::ingest::ReadJsonArticles(bytes, options, [](mailuo::ingest::ReadOutcome&& outcome) {
    if (!outcome.article) return true;
    const mailuo::Article& article = *outcome.article;
    if (!article.id || article.text.empty() || article.text.find('\0') != std::string::npos) std::abort();
    for (const std::string* field : {&article.text, &article.title, &article.outlet, &article.author, &article.url}) {
      if (mailuo::text::FindInvalidUtf8(*field)) std::abort();
    }
    return true;
  });
  return 0;
}
