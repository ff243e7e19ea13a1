// A store in a folder of its own, filled with sample articles, and an engine over it with the program's lexicon.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "query/engine.h"
#include "store/store.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"
#include "text/folded_text.h"

namespace mailuo::testing {

class Graph {
 public:
  explicit Graph(const std::vector<store::StoredArticle>& articles = {}) {
    store::StoreOptions options;
    options.sync = store::SyncPolicy::kOs;
    options.block_cache_bytes = std::size_t{8} << 20;
    options.fold_name = [](std::string_view name) { return text::FoldKey(name); };
    auto opened = store::Store::Open(folder_ / "db", options);
    if (!opened) throw std::runtime_error(opened.error().message);
    store_ = *std::move(opened);
    Put(articles);
    engine_ = std::make_unique<query::Engine>(*store_, lexicon::Lexicon::BuiltIn());
  }

  void Put(const std::vector<store::StoredArticle>& articles) {
    if (articles.empty()) return;
    if (const auto outcome = store_->Put(articles); !outcome) throw std::runtime_error(outcome.error().message);
  }

  store::Store& store() { return *store_; }
  const query::Engine& engine() const { return *engine_; }

 private:
  TempDir folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<query::Engine> engine_;
};

// Seven articles about 英伟达, Arm, 华为, 中芯国际, 上海市政府, 台积电 and 黄仁勋, between 2025-07-04 and 2025-12-01.
inline std::vector<store::StoredArticle> ChipNews() {
  std::vector<store::StoredArticle> articles;
  articles.push_back(
      SampleArticle("2025-07-04", "英伟达拟收购Arm")
          .Sentence("[英伟达@NVDA.US]拟收购[Arm]，[黄仁勋:person]出席。")
          .Event(EventType::kAcquisition, {{"acquirer", "英伟达"}, {"target", "Arm"}},
                 {FactStatus::kPlanned, "2025-07-04", "", 0.8F})
          .Relation(RelationType::kAcquires, "英伟达", "Arm", {FactStatus::kPlanned, "", "", 0.8F})
          .Relation(RelationType::kExecutiveOf, "黄仁勋", "英伟达", {FactStatus::kOccurred, "", "", 0.9F})
          .Build());
  articles.push_back(SampleArticle("2025-07-05", "收购Arm的更多消息")
                         .Sentence("昨日，[辉达=英伟达]宣布收购[Arm]。")
                         .Event(EventType::kAcquisition, {{"acquirer", "英伟达"}, {"target", "Arm"}},
                                {FactStatus::kPlanned, "2025-07-04", "", 0.9F})
                         .Relation(RelationType::kAcquires, "英伟达", "Arm", {FactStatus::kPlanned, "", "", 0.9F})
                         .Build());
  articles.push_back(SampleArticle("2025-09-13", "管制")
                         .Sentence("[商务部:organization]对[英伟达]发起调查。")
                         .Event(EventType::kInvestigation, {{"authority", "商务部"}, {"target", "英伟达"}},
                                {FactStatus::kOccurred, "2025-09-12", "", 0.95F})
                         .Relation(RelationType::kRegulates, "商务部", "英伟达", {})
                         .Build());
  articles.push_back(SampleArticle("2025-10-01", "竞争")
                         .Sentence("[华为]与[英伟达]竞争。")
                         .Relation(RelationType::kCompetesWith, "华为", "英伟达", {})
                         .Sentence("[中芯国际@688981.SH]为[华为]代工。")
                         .Relation(RelationType::kSuppliesTo, "中芯国际", "华为", {})
                         .Build());
  articles.push_back(
      SampleArticle("2025-11-01", "上海")
          .Sentence("[上海市政府:organization]投资[中芯国际]。")
          .Event(EventType::kSubsidySupport, {{"issuer", "上海市政府"}}, {FactStatus::kOccurred, "2025-11-01"})
          .Relation(RelationType::kInvestsIn, "上海市政府", "中芯国际", {})
          .Build());
  articles.push_back(
      SampleArticle("2025-11-20", "离任")
          .Sentence("[黄仁勋:person]卸任[英伟达]首席执行官。")
          .Event(EventType::kExecChange, {{"person", "黄仁勋"}, {"org", "英伟达"}},
                 {FactStatus::kOccurred, "2025-11-20", "", 0.85F})
          .Relation(RelationType::kExecutiveOf, "黄仁勋", "英伟达", {FactStatus::kTerminated, "", "", 0.7F})
          .Build());
  articles.push_back(SampleArticle("2025-12-01", "传闻")
                         .Sentence("[英伟达]否认收购[台积电]。")
                         .Event(EventType::kAcquisition, {{"acquirer", "英伟达"}, {"target", "台积电"}},
                                {FactStatus::kDenied, "2025-12-01", "", 0.6F})
                         .Relation(RelationType::kAcquires, "英伟达", "台积电", {FactStatus::kDenied, "", "", 0.6F})
                         .Build());
  return articles;
}

}  // namespace mailuo::testing
