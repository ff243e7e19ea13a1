// What a reader of an article would call right: which names it holds, what they are, and whose code is whose.
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

#include "extract/annotator.h"
#include "extract/fake_lexicon.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

using lexicon::NameStrength;

std::shared_ptr<const Knowledge> TestKnowledge() {
  static const std::shared_ptr<const Knowledge> kKnowledge = [] {
    std::vector<FakeEntity> entities = {
        {MentionType::kCompany, "listed", {{"英伟达"}, {"NVIDIA"}}, {"NVDA.US"}},
        {MentionType::kCompany, "listed", {{"海光信息"}}, {"688041.SH"}},
        {MentionType::kCompany, "listed", {{"长安汽车"}}, {"000625.SZ"}},
        {MentionType::kCompany, "listed", {{"中国船舶"}}, {"600150.SH"}},
        {MentionType::kCompany, "listed", {{"万科"}}, {"000002.SZ"}},
        {MentionType::kCompany, "listed", {{"小米集团"}, {"小米", NameStrength::kWeak}}, {"01810.HK"}},
        {MentionType::kCompany, "listed", {{"苹果", NameStrength::kWeak}}, {"AAPL.US"}},
        {MentionType::kCompany, "private", {{"华为"}}, {}},
        {MentionType::kCompany, "listed", {{"宁德时代"}}, {"300750.SZ"}},
        {MentionType::kCompany, "listed", {{"招商银行"}, {"招行"}}, {"600036.SH"}},
        {MentionType::kCompany, "listed", {{"全国", NameStrength::kTickerOnly}}, {"9937.TW"}},
        {MentionType::kCompany, "listed", {{"新松机器人"}, {"机器人", NameStrength::kWeak}}, {"300024.SZ"}},
        {MentionType::kCompany, "listed", {{"同花顺"}}, {"300033.SZ"}},
        {MentionType::kCompany, "listed", {{"京东方"}}, {"000725.SZ"}},
        {MentionType::kProduct, "car", {{"小米YU7"}}, {}},
        {MentionType::kPlace, "municipality", {{"上海市"}, {"上海"}}, {}},
        {MentionType::kPlace, "municipality", {{"重庆市"}, {"重庆"}}, {}},
        {MentionType::kPlace, "prefecture", {{"白银市"}, {"白银", NameStrength::kWeak}}, {}},
        {MentionType::kPlace, "country", {{"美国"}}, {}},
        {MentionType::kPerson, "", {{"黄仁勋"}}, {}},
        {MentionType::kPolicy, "law", {{"中华人民共和国数据安全法"}, {"数据安全法"}}, {}},
    };
    Result<std::shared_ptr<const Knowledge>> knowledge =
        Knowledge::Create(std::make_shared<FakeLexicon>(std::move(entities)));
    REQUIRE(knowledge.has_value());
    return *knowledge;
  }();
  return kKnowledge;
}

// "英伟达/company/英伟达/NVDA.US": the words of the text, the type, the canonical name and the first code.
std::vector<std::string> Read(const std::string& text, const std::string& title = "") {
  static Annotator annotator(TestKnowledge());
  Article article;
  article.text = text;
  article.title = title;
  std::vector<std::string> out;
  for (const Mention& mention : annotator.Annotate(article).mentions) {
    std::string line(text::SliceCodePoints(text, mention.span.start, mention.span.end));
    line += '/';
    line += Word(mention.type);
    line += '/';
    line += mention.name;
    if (!mention.tickers.empty()) line += '/' + mention.tickers[0];
    out.push_back(std::move(line));
  }
  return out;
}

bool Has(const std::vector<std::string>& found, const std::string& line) {
  return std::find(found.begin(), found.end(), line) != found.end();
}

using Lines = std::vector<std::string>;

TEST_CASE("A company and the code in its bracket are two mentions of which the first bears the code",
          "[extract][entities]") {
  CHECK(Read("对于英伟达（NASDAQ: NVDA）而言") ==
        Lines{"英伟达/company/英伟达/NVDA.US", "NASDAQ: NVDA/ticker/NVDA.US/NVDA.US"});
  CHECK(Read("海光信息(688041)今日涨停") ==
        Lines{"海光信息/company/海光信息/688041.SH", "688041/ticker/688041.SH/688041.SH"});
}

TEST_CASE("The kind of share before the code is no part of the name", "[extract][entities]") {
  const Lines known = {"宁德时代/company/宁德时代/300750.SZ", "300750.SZ/ticker/300750.SZ/300750.SZ"};
  CHECK(Read("宁德时代A股（300750.SZ）涨停。") == known);
  CHECK(Read("宁德时代A/H股（300750.SZ）涨停。") == known);
  CHECK(Read("宁德时代股票（300750.SZ）涨停。") == known);
  CHECK(Has(Read("星沉光学H股（09988.HK）上市。"), "星沉光学/company/星沉光学/09988.HK"));
}

TEST_CASE("A name that no lexicon has is bound to the code behind it", "[extract][entities]") {
  CHECK(Read("其中，蓝湾芯材（301999.SZ）涨停。") ==
        Lines{"蓝湾芯材/company/蓝湾芯材/301999.SZ", "301999.SZ/ticker/301999.SZ/301999.SZ"});
  // The code is known under another name.
  CHECK(Has(Read("输了官司的NVIDIA公司旧称图芯（NVDA.O）"), "NVDA.O/ticker/NVDA.US/NVDA.US"));
}

TEST_CASE("A capital abbreviation in brackets is no code", "[extract][entities]") {
  CHECK(Read("人工智能(AI)发展很快").empty());
}

TEST_CASE("A weak name needs evidence", "[extract][entities]") {
  CHECK(Read("秋天的苹果和小米都熟了。").empty());
  CHECK(Has(Read("苹果公司发布新品。"), "苹果公司/company/苹果/AAPL.US"));
  CHECK(Has(Read("苹果股价下跌。"), "苹果/company/苹果/AAPL.US"));
  CHECK(Has(Read("华为、小米均有布局。"), "小米/company/小米集团/01810.HK"));
  CHECK(Has(Read("小米集团今日公告。小米称销量创新高。"), "小米/company/小米集团/01810.HK"));
  CHECK(Read("全国气温下降。").empty());
}

TEST_CASE("A registered name is one mention of the company in its middle", "[extract][entities]") {
  CHECK(Read("重庆长安汽车股份有限公司公告称") == Lines{"重庆长安汽车股份有限公司/company/长安汽车/000625.SZ"});
}

TEST_CASE("The group behind a listed company is another company", "[extract][entities]") {
  CHECK(Read("据悉，中国船舶集团发布消息。") == Lines{"中国船舶集团/company/中国船舶集团"});
}

TEST_CASE("An unknown registered name is found with its left edge", "[extract][entities]") {
  CHECK(Read("公司与上海蓝湾新能源科技有限公司签订合同。") ==
        Lines{"上海蓝湾新能源科技有限公司/company/上海蓝湾新能源科技有限公司"});
  const Lines found = Read("近日，上海蓝湾新能源科技有限公司宣布融资。蓝湾新能源表示将扩产。");
  CHECK(Has(found, "蓝湾新能源/company/上海蓝湾新能源科技有限公司"));
}

TEST_CASE("A second name that the article gives holds in that article", "[extract][entities]") {
  const Lines found = Read("重庆星海动力股份有限公司（以下简称“星海动力”）公告，星海动力拟增资。");
  CHECK(found ==
        Lines{"重庆星海动力股份有限公司/company/星海动力", "星海动力/company/星海动力", "星海动力/company/星海动力"});
  CHECK(Has(Read("宁德时代新能源科技股份有限公司(下称“宁德时代”)"),
            "宁德时代新能源科技股份有限公司/company/宁德时代/300750.SZ"));
}

TEST_CASE("A company that only this article knows is called what the press would call it", "[extract][entities]") {
  CHECK(Has(Read("重庆银海银行股份有限公司公告"), "重庆银海银行股份有限公司/company/重庆银海银行"));
  CHECK(Has(Read("控股股东星沉控股集团有限公司公告"), "星沉控股集团有限公司/company/星沉控股集团"));
}

TEST_CASE("A role of a company is no name", "[extract][entities]") {
  for (const char* const line : {"宁德时代的控股子公司公告", "上市公司股东减持", "多家科技公司表示", "各大主流博彩公司",
                                 "国内互联网公司裁员", "该公司全资子公司"}) {
    CAPTURE(line);
    const Lines found = Read(line);
    CHECK(std::none_of(found.begin(), found.end(),
                       [](const std::string& mention) { return mention.find("公司/company") != std::string::npos; }));
  }
}

TEST_CASE("A name that is mostly a word needs its code or a word of shares", "[extract][entities]") {
  CHECK(Read("机器人公司发布人形机器人产品，净利润同比增长，股价上涨，A股投资者关注。").empty());
  CHECK(Has(Read("个股方面，机器人涨停。"), "机器人/company/新松机器人/300024.SZ"));
  CHECK(Read("有人抓到一手同花顺。").empty());
}

TEST_CASE("A word that goes on over the end of a name is no name", "[extract][entities]") {
  CHECK(Read("上海大学生创业").size() == 1);
  CHECK(Read("京东方言故事会").empty());
}

TEST_CASE("Models lose their maker and what merely classifies them", "[extract][entities]") {
  CHECK(Read("小米YU7发布") == Lines{"小米/company/小米集团/01810.HK", "YU7/product/小米YU7"});
}

TEST_CASE("Houses and streets named after a company are not the company", "[extract][entities]") {
  CHECK(Read("他住在万科魅力之城小区。").empty());
  CHECK(Has(Read("万科公告称"), "万科/company/万科/000002.SZ"));
}

TEST_CASE("A place inside a longer word is no place", "[extract][entities]") {
  CHECK(Read("真金白银地投入。").empty());
  CHECK(Has(Read("甘肃省白银市的企业"), "白银市/place/白银市"));
  CHECK(Read("白银市场大涨，白银期货跟涨").empty());
}

TEST_CASE("People are found by post and by verb", "[extract][entities]") {
  CHECK(Has(Read("宁德时代董事长曾毓群表示，"), "曾毓群/person/曾毓群"));
  CHECK(Has(Read("王晓东认为，市场将回暖。"), "王晓东/person/王晓东"));
  CHECK(Has(Read("CEO黄仁勋到访。"), "黄仁勋/person/黄仁勋"));
  CHECK(Has(Read("记者 李明 摄"), "李明/person/李明"));
  CHECK(Has(Read("温特沃斯·米勒到访。"), "温特沃斯·米勒/person/温特沃斯·米勒"));
}

TEST_CASE("Foreign people are found under the names that the press writes", "[extract][entities]") {
  CHECK(Has(Read("检察长布朗的办公室回应了此事。"), "布朗/person/布朗"));
  CHECK(Has(Read("首席设计师Ken Rolston表示，进展顺利。"), "Ken Rolston/person/Ken Rolston"));
  CHECK(Has(Read("首席执行官乔治·库尔茨表示，事故已经查明。"), "乔治·库尔茨/person/乔治·库尔茨"));
  CHECK(Has(Read("名导斯坦利-库布里克的作品重映。"), "斯坦利-库布里克/person/斯坦利-库布里克"));
  // A name of the list beside nothing that speaks for a person, and the name of something else.
  CHECK_FALSE(Has(Read("他住在布朗大街附近。"), "布朗/person/布朗"));
}

TEST_CASE("What people do and who is with them tells a name", "[extract][entities]") {
  CHECK(Has(Read("顾明远解盘：主场难守。"), "顾明远/person/顾明远"));
  CHECK(Has(Read("会后林静华等人离开了会场。"), "林静华/person/林静华"));
  CHECK(Has(Read("小岛秀夫表示，新作明年推出。"), "小岛秀夫/person/小岛秀夫"));
  CHECK(Has(Read("到场的还有陈永和，两人握手。"), "陈永和/person/陈永和"));
  CHECK_FALSE(Has(Read("第二天他们来到舍夫沙万，城墙是蓝色的。"), "舍夫沙万/person/舍夫沙万"));
}

TEST_CASE("A name ends before what its bearer does", "[extract][entities]") {
  CHECK(Has(Read("董事长王良因个人原因辞职。"), "王良/person/王良"));
  CHECK(Has(Read("新闻秘书杰夫·莫雷尔说，不会。"), "杰夫·莫雷尔/person/杰夫·莫雷尔"));
  for (const char* const line : {"央行曾明确表示要稳住预期。", "校方由于一直没有答复，", "双方均承认存在分歧。",
                                 "嫌疑人某某带着行李，", "他沿吉华路走回来。"}) {
    CAPTURE(line);
    const Lines found = Read(line);
    CHECK(std::none_of(found.begin(), found.end(),
                       [](const std::string& mention) { return mention.find("/person/") != std::string::npos; }));
  }
}

TEST_CASE("Names of a byline stand side by side, and a column is named after its writer", "[extract][entities]") {
  const Lines found = Read("本报记者陈珂胡琼黄惠敏发自上海");
  CHECK(Has(found, "陈珂/person/陈珂"));
  CHECK(Has(found, "胡琼/person/胡琼"));
  CHECK(Has(found, "黄惠敏/person/黄惠敏"));
  CHECK(Has(Read("编辑丨陈珂明"), "陈珂明/person/陈珂明"));
  CHECK(Has(Read("宫磊主场推荐：客队难胜"), "宫磊/person/宫磊"));
}

TEST_CASE("A name that no word beside it names is read where its characters are those of names",
          "[extract][entities]") {
  CHECK(Has(Read("会后，郭庆祥告上法庭的消息传开。"), "郭庆祥/person/郭庆祥"));
  CHECK(Has(Read("年轻女画家海菱，住在山里。"), "海菱/person/海菱"));
  CHECK(Has(Read("消费者李华(化名)报了警。"), "李华/person/李华"));
}

TEST_CASE("Letters in the bracket behind a foreign person are the same person", "[extract][entities]") {
  CHECK(Has(Read("主教练沃尔贝克（gertjan verbeek）说，"), "gertjan verbeek/person/沃尔贝克"));
  CHECK(Has(Read("收藏家卡里·韦尔奇（Cary Welch 1928-2008）的旧藏"), "Cary Welch/person/卡里·韦尔奇"));
  CHECK_FALSE(Has(Read("导演陈永和（blog）说，"), "blog/person/陈永和"));
}

TEST_CASE("A given name in letters begins a person's name, a firm's name in letters does not", "[extract][entities]") {
  CHECK(Has(Read("加盟的还有Peter Ashdown，他曾是顾问。"), "Peter Ashdown/person/Peter Ashdown"));
  CHECK(Has(Read("编剧PeterAshdown最近谈到了续集。"), "PeterAshdown/person/PeterAshdown"));
  CHECK(Has(Read("James表示，一切照旧。"), "James/person/James"));
  CHECK_FALSE(Has(Read("这台James的屏幕很大。"), "James/person/James"));
  CHECK_FALSE(Has(Read("加盟的还有NVIDIA Labs，合作三年。"), "NVIDIA Labs/person/NVIDIA Labs"));
}

TEST_CASE("A work or a thing that is named after a person is not the person", "[extract][entities]") {
  CHECK(Has(Read("黄仁勋来到上海。"), "黄仁勋/person/黄仁勋"));
  CHECK_FALSE(Has(Read("他买了一本《黄仁勋传》。"), "黄仁勋/person/黄仁勋"));
  CHECK_FALSE(Has(Read("市场把它叫作黄仁勋定律。"), "黄仁勋/person/黄仁勋"));
}

TEST_CASE("Bodies of a place are organizations", "[extract][entities]") {
  CHECK(Has(Read("上海市第一中级人民法院裁定"), "上海市第一中级人民法院/organization/上海市第一中级人民法院"));
  CHECK(Has(Read("上海市经信委发布通知"), "上海市经信委/organization/上海市经信委"));
}

TEST_CASE("Titles are policies or newspapers by the word that ends them", "[extract][entities]") {
  CHECK(Has(Read("印发《关于促进算力发展的若干措施》。"),
            "关于促进算力发展的若干措施/policy/关于促进算力发展的若干措施"));
  CHECK(Has(Read("据《证券观察报》报道"), "证券观察报/organization/证券观察报"));
  CHECK(Has(Read("《数据安全法》施行"), "数据安全法/policy/中华人民共和国数据安全法"));
  CHECK(Read("他读完了《平凡的世界》。").empty());
  CHECK(Read("公司发布《关于公司回购股份的公告》。").empty());
}

TEST_CASE("A short title is the policy that the article named before", "[extract][entities]") {
  const Lines found = Read("发布《关于促进算力发展的意见》。《意见》提出，");
  CHECK(found == Lines{"关于促进算力发展的意见/policy/关于促进算力发展的意见", "意见/policy/关于促进算力发展的意见"});
}

TEST_CASE("A programme in quotes is a policy", "[extract][entities]") {
  CHECK(Has(Read("推行“AI算力券”，"), "AI算力券/policy/AI算力券"));
}

TEST_CASE("Models behind a maker or before what they are are products", "[extract][entities]") {
  CHECK(Has(Read("英伟达H200芯片入华"), "H200/product/H200"));
  CHECK(Has(Read("华为Mate 70开售"), "Mate 70/product/Mate 70"));
}

TEST_CASE("Branches of a bank are the bank", "[extract][entities]") {
  CHECK(Has(Read("招行上海分行行长"), "招行上海分行/company/招商银行/600036.SH"));
}

TEST_CASE("Credit lines and portal lines hold no mentions", "[extract][entities]") {
  CHECK(Read("打开华为 查看精彩图片\n责任编辑：王晓东\n").empty());
}

TEST_CASE("Mentions never overlap and lie inside the text, whatever the text", "[extract][entities]") {
  static Annotator annotator(TestKnowledge());
  for (const char* const text : {"", "\n\n", "（", "《", "》《》", "）（（NVDA））", "有限公司", "集团集团公司",
                                 "（以下简称“", "董事长", "·", "A·B", "英伟达英伟达（（以下简称“英伟达”）",
                                 "𠀀𠀁（688041.SH）", "Ａ股（ＮＶＤＡ．Ｏ）", "简称", "原名：", "王王王王王王说说说"}) {
    CAPTURE(text);
    Article article;
    article.text = text;
    const Annotation annotation = annotator.Annotate(article);
    std::uint32_t last = 0;
    for (const Mention& mention : annotation.mentions) {
      CHECK(mention.span.start >= last);
      CHECK(mention.span.start < mention.span.end);
      last = mention.span.end;
    }
    CHECK(last <= text::CountCodePoints(text));
  }
}

}  // namespace
}  // namespace mailuo::extract
