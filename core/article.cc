#include "core/article.h"

namespace mailuo {

ArticleId MakeArticleId(const Article& article) {
  // Fields end in NUL, which valid article fields never hold, so no two field lists give the same bytes.
  std::string key;
  key.reserve(article.text.size() + article.title.size() + article.url.size() + article.outlet.size() + 64);
  for (const std::string* field : {&article.title, &article.outlet, &article.author, &article.url}) {
    key += *field;
    key += '\0';
  }
  if (article.published && article.published_from != PublishedFrom::kMtime) {
    key += FormatPublishedTime(*article.published);
  }
  key += '\0';
  key += article.text;
  return StableHash128(key);
}

}  // namespace mailuo
