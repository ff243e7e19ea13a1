// Companies that no lexicon has, as a reader of the news meets them: by what they are called, by their role, in
// letters.
#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "extract/annotator.h"
#include "extract/fake_lexicon.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

using lexicon::NameStrength;
using Names = std::vector<std::string>;

std::shared_ptr<const Knowledge> TestKnowledge() {
  static const std::shared_ptr<const Knowledge> kKnowledge = [] {
    std::vector<FakeEntity> entities = {
        {MentionType::kCompany, "listed", {{"中国移动"}}, {"600941.SH"}},
        {MentionType::kCompany, "private", {{"中国移动通信集团"}}, {}},
        {MentionType::kCompany, "listed", {{"国联证券"}}, {"601456.SH"}},
        {MentionType::kCompany, "listed", {{"美光科技"}, {"美光"}}, {"MU.US"}},
        {MentionType::kCompany, "listed", {{"小米集团"}, {"小米"}}, {"01810.HK"}},
        {MentionType::kCompany, "listed", {{"岭东重工"}}, {"600777.SH"}},
        {MentionType::kPlace, "municipality", {{"上海市"}, {"上海"}}, {}},
        {MentionType::kPlace, "prefecture", {{"深圳市"}, {"深圳"}}, {}},
        {MentionType::kPlace, "prefecture", {{"潍坊市"}, {"潍坊"}}, {}},
        {MentionType::kPlace, "prefecture", {{"杭州市"}, {"杭州"}}, {}},
        {MentionType::kPlace, "county", {{"平潭县"}, {"平潭"}}, {}},
        {MentionType::kPlace, "country", {{"中国"}}, {}},
    };
    Result<std::shared_ptr<const Knowledge>> knowledge =
        Knowledge::Create(std::make_shared<FakeLexicon>(std::move(entities)));
    REQUIRE(knowledge.has_value());
    return *knowledge;
  }();
  return kKnowledge;
}

// The companies as the text writes them.
Names Companies(const std::string& text) {
  static Annotator annotator(TestKnowledge());
  Article article;
  article.text = text;
  Names out;
  for (const Mention& mention : annotator.Annotate(article).mentions) {
    if (mention.type != MentionType::kCompany) continue;
    out.emplace_back(text::SliceCodePoints(text, mention.span.start, mention.span.end));
  }
  return out;
}

// Among words of markets, which short names need.
Names InMarketNews(const std::string& text) {
  Names found = Companies("股价与市值公布，营收同比增长。" + text);
  return found;
}

TEST_CASE("A registered name goes on over a word that otherwise ends a stretch", "[extract][company]") {
  CHECK(Companies("股东上海砺岭投资有限公司签字。") == Names{"上海砺岭投资有限公司"});
  CHECK(Companies("股东岚岭投资管理中心(有限合伙)减持。") == Names{"岚岭投资管理中心(有限合伙)"});
  CHECK(Companies("对岚岭成长投资（杭州）合伙企业（有限合伙）的投资") ==
        Names{"岚岭成长投资（杭州）合伙企业（有限合伙）"});
}

TEST_CASE("A registered name begins where a word ends, whatever the breaker says", "[extract][company]") {
  CHECK(Companies("公司近日与国联证券资产管理有限公司签约。") == Names{"国联证券资产管理有限公司"});
  CHECK(Companies("曾任深圳市长盛实业发展有限公司经理。") == Names{"深圳市长盛实业发展有限公司"});
  CHECK(Companies("购买上海曾岭智控科技有限公司（简称“曾岭智控”）股权。") ==
        Names{"上海曾岭智控科技有限公司", "曾岭智控"});
}

TEST_CASE("A subsidiary with words for a name and the group above are companies of their own", "[extract][company]") {
  CHECK(Companies("中国移动国际有限公司设立。") == Names{"中国移动国际有限公司"});
  CHECK(Companies("中国移动通信集团有限公司获得许可。") == Names{"中国移动通信集团有限公司"});
}

TEST_CASE("A line of business goes on as a longer one", "[extract][company]") {
  CHECK(InMarketNews("子公司拟与砺睿绿能国际签署协议。") == Names{"砺睿绿能国际"});
  CHECK(InMarketNews("董事长来自乙巳能源集团。") == Names{"乙巳能源集团"});
}

TEST_CASE("Words of the language before a line of business are no company", "[extract][company]") {
  for (const std::string text : {"选择对多只科技股加仓。", "并记入证券期货市场诚信档案。", "更安全、更具科技感。",
                                 "恢复接受单个基金账户的申请。", "一家AI公司说。", "创下公司新纪录。"}) {
    CAPTURE(text);
    CHECK(InMarketNews(text).empty());
  }
  CHECK(InMarketNews("，美光数据中心业务增长。") == Names{"美光"});
  CHECK(InMarketNews("在小米投资者日上发布。") == Names{"小米"});
}

TEST_CASE("A role tells a company that has no other mark", "[extract][company]") {
  CHECK(InMarketNews("公司股东平潭尚岚拟减持不超过3%。") == Names{"平潭尚岚"});
  CHECK(InMarketNews("岭东重工：平潭尚岚拟减持不超过3%") == Names{"岭东重工", "平潭尚岚"});
}

TEST_CASE("Companies in letters are told by form, role, post and share price", "[extract][company]") {
  CHECK(Companies("收购方是Norrland Metals Corp，交易已完成。") == Names{"Norrland Metals Corp"});
  CHECK(Companies("美国初创公司Verdanix完成融资。") == Names{"Verdanix"});
  CHECK(Companies("Loop Nordic首席执行官表示，价格会涨。") == Names{"Loop Nordic"});
  CHECK(Companies("Bitlantis涨近15%。") == Names{"Bitlantis"});
  CHECK(Companies("德国零售商KADEONIX表示欢迎。") == Names{"KADEONIX"});
  CHECK(Companies("公司AI业务增长，SaaS涨价，发布Vector 5样机。").empty());
}

}  // namespace
}  // namespace mailuo::extract
