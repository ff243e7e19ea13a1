// Texts for tests of stories: sentences about one of several subjects, put together by number.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace mailuo::test {

struct Subject {
  const char* name;
  std::array<const char*, 6> acts;
};

// Different numbers below 36 give different sentences of a subject; all of them name it.
inline std::string SentenceOf(std::size_t subject, std::size_t number) {
  static constexpr std::array<Subject, 4> kSubjects{{
      {"星沉光学硅光晶圆厂",
       {"氟化氢断供", "刻蚀机台停摆", "洁净室抢修", "晶圆良率下滑", "光模块交付延期", "靶材库存告罄"}},
      {"岚屿银行跨境结算", {"牌照获批", "反洗钱整改", "离岸账户冻结", "汇率对冲亏损", "清算系统宕机", "同业拆借收紧"}},
      {"云岫机器人关节专利",
       {"谐波减速器侵权", "法院开庭审理", "无效宣告被驳回", "原告索赔升级", "鉴定意见出炉", "和解谈判破裂"}},
      {"沧澜汽车电池召回",
       {"电芯热失控", "车主集体维权", "质检总局约谈", "更换模组免费", "保险理赔争议", "隔膜供应商道歉"}},
  }};
  const Subject& about = kSubjects.at(subject % kSubjects.size());
  return std::string(about.name) + about.acts.at(number % 6) + "，" + about.acts.at(number / 6 % 6) + "。";
}

inline std::string TextOf(std::size_t subject, std::size_t first, std::size_t sentences) {
  std::string text;
  for (std::size_t i = 0; i < sentences; ++i) text += SentenceOf(subject, first + i * 5);
  return text;
}

}  // namespace mailuo::test
