// Pinyin of Chinese names without tones, as people type it: 英伟达 is "yingweida" and "ywd", 重庆 also "zhongqing",
// 绿地 "lvdi" and "ludi". Latin letters and digits of a name stand for themselves in both forms (TCL科技: "tclkeji",
// "tclkj"); everything else (spaces, brackets, dots) is left out.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::text {

struct PinyinForm {
  std::string full;
  std::string initials;
  friend bool operator==(const PinyinForm&, const PinyinForm&) = default;
};

// Every way to read `folded` (a folded name), the usual one first, at most `limit`. Empty if it holds no Han character
// or a letter that is neither Han nor ASCII.
std::vector<PinyinForm> PinyinForms(std::u16string_view folded, std::size_t limit = 8);

// Readings of one Han character separated by spaces, the usual one first; "" for any other character.
std::string_view PinyinReadings(char16_t unit);

}  // namespace mailuo::text
