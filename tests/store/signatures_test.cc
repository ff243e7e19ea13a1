#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "store/signature_record.h"
#include "store/store.h"
#include "story/texts.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;
using mailuo::testing::TempDir;

StoredArticle Article(std::string_view published, std::string_view title, const std::string& text) {
  return SampleArticle(published, title).Sentence(text).Build();
}

// A report, two copies of it (one cut), another article of the same subject, and one of another.
std::vector<StoredArticle> Reports() {
  return {Article("2025-07-04", "断供", test::TextOf(0, 0, 14)), Article("2025-07-05", "突发", test::TextOf(0, 0, 14)),
          Article("2025-07-05", "短讯", test::TextOf(0, 0, 9)), Article("2025-07-05", "另一篇", test::TextOf(0, 3, 14)),
          Article("2025-07-05", "银行", test::TextOf(1, 0, 14))};
}

class Fixture {
 public:
  explicit Fixture(const std::vector<StoredArticle>& articles) {
    StoreOptions options;
    options.sync = SyncPolicy::kOs;
    store_ = *Store::Open(folder_ / "db", options);
    for (const StoredArticle& article : articles) REQUIRE(store_->Put({&article, 1}).has_value());
  }
  Store& store() { return *store_; }
  Reader Read() const { return store_->Read(); }

 private:
  TempDir folder_;
  std::unique_ptr<Store> store_;
};

std::vector<ArticleId> CopiesOf(const Reader& reader, const StoredArticle& article) {
  std::vector<ArticleId> ids;
  const std::vector<CopyRef> copies = *reader.Copies({article.article.id, article.article.published->date});
  for (const CopyRef& copy : copies) ids.push_back(copy.article);
  return ids;
}

std::vector<ArticleId> OrderOf(const Reader& reader) {
  std::vector<ArticleId> ids;
  REQUIRE(reader.VisitSignatures(std::nullopt, [&ids](const SignedArticle& article) {
    ids.push_back(article.article);
    return true;
  }));
  return ids;
}

}  // namespace

TEST_CASE("an article finds its copies, and no other article", "[store][signatures]") {
  const std::vector<StoredArticle> reports = Reports();
  const Fixture fixture(reports);
  const std::vector<ArticleId> copies = CopiesOf(fixture.Read(), reports[0]);
  CHECK(copies.size() == 2);
  CHECK(std::count(copies.begin(), copies.end(), reports[1].article.id) == 1);
  CHECK(std::count(copies.begin(), copies.end(), reports[2].article.id) == 1);
  CHECK(CopiesOf(fixture.Read(), reports[3]).empty());
  CHECK(CopiesOf(fixture.Read(), reports[4]).empty());
  // As of the day before the copies there were none.
  CHECK(CopiesOf(fixture.Read().AsOf(SampleDay("2025-07-04")), reports[0]).empty());
  CHECK(fixture.Read().Copies({ArticleId{1, 2}, std::nullopt})->empty());
}

TEST_CASE("copies among given articles are grouped under the first", "[store][signatures]") {
  const std::vector<StoredArticle> reports = Reports();
  const Fixture fixture(reports);
  std::vector<ArticleRef> refs;
  for (const StoredArticle& report : reports) refs.push_back({report.article.id, report.article.published->date});
  CHECK(*fixture.Read().GroupCopies(refs) == std::vector<std::size_t>{0, 0, 0, 3, 4});
  CHECK(fixture.Read().GroupCopies({})->empty());
}

TEST_CASE("signatures come in order of publication whatever the order of ingest", "[store][signatures]") {
  std::vector<StoredArticle> articles = Reports();
  StoredArticle early = SampleArticle("2025-07-05", "早报").Sentence("早。").Build();
  early.article.published->minute = 5;
  early.article.id = MakeArticleId(early.article);
  articles.push_back(early);
  articles.push_back(SampleArticle("", "没有日期").Sentence("无。").Build());
  const std::vector<ArticleId> order = OrderOf(Fixture(articles).Read());
  CHECK(order.size() == 6);
  CHECK(order.front() == articles[0].article.id);
  CHECK(order.back() == early.article.id);  // After those of the day whose minute is unknown.
  std::reverse(articles.begin(), articles.end());
  const Fixture reversed(articles);
  CHECK(OrderOf(reversed.Read()) == order);
  CHECK(OrderOf(reversed.Read().AsOf(SampleDay("2025-07-04"))) == std::vector<ArticleId>{order.front()});
}

TEST_CASE("an article that is taken out leaves no signature", "[store][signatures]") {
  const std::vector<StoredArticle> reports = Reports();
  Fixture all(reports);
  REQUIRE(all.store().Delete(reports[1].article.id).value_or(false));
  const Fixture without({reports[0], reports[2], reports[3], reports[4]});
  CHECK(*all.Read().Digest() == *without.Read().Digest());
  CHECK(OrderOf(all.Read()) == OrderOf(without.Read()));
  CHECK(CopiesOf(all.Read(), reports[0]) == std::vector<ArticleId>{reports[2].article.id});
  CHECK(all.Read().Verify()->empty());
}

TEST_CASE("a record of a signature comes back, damaged ones are nothing", "[store][signatures]") {
  SignatureFacts facts;
  facts.minute = 1439;
  facts.signature =
      story::MakeSignature("标题", test::TextOf(2, 0, 20), [](std::string_view text) { return std::string(text); });
  const std::string bytes = EncodeSignatureFacts(facts);
  CHECK(bytes.size() < 340);
  CHECK(DecodeSignatureFacts(bytes) == facts);
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(DecodeSignatureFacts(bytes.substr(0, size)));
  CHECK_FALSE(DecodeSignatureFacts(bytes + "x"));
}

}  // namespace mailuo::store
