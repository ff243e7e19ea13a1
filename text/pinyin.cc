#include "text/pinyin.h"

#include <algorithm>
#include <utility>

#include "text/folded_text.h"
#include "text/pinyin_table.h"

namespace mailuo::text {
namespace {

void AppendToAll(std::vector<PinyinForm>& forms, char16_t unit) {
  for (PinyinForm& form : forms) {
    form.full.push_back(static_cast<char>(unit));
    form.initials.push_back(static_cast<char>(unit));
  }
}

void MultiplyBy(std::vector<PinyinForm>& forms, std::string_view readings, std::size_t limit) {
  std::vector<PinyinForm> product;
  while (!readings.empty()) {
    const std::string_view reading = readings.substr(0, readings.find(' '));
    readings.remove_prefix(std::min(readings.size(), reading.size() + 1));
    for (const PinyinForm& form : forms) {
      if (product.size() == limit) break;
      product.push_back({form.full + std::string(reading), form.initials + reading.front()});
    }
  }
  forms = std::move(product);
}

}  // namespace

std::string_view PinyinReadings(char16_t unit) {
  if (unit < kPinyinFirst || unit > kPinyinLast) return {};
  return kPinyinTable[unit - kPinyinFirst];
}

std::vector<PinyinForm> PinyinForms(std::u16string_view folded, std::size_t limit) {
  std::vector<PinyinForm> forms(1);
  bool han = false;
  for (const char16_t unit : folded) {
    if (IsAsciiAlnum(unit)) {
      AppendToAll(forms, unit);
    } else if (IsHan(unit)) {
      const std::string_view readings = PinyinReadings(unit);
      if (readings.empty()) return {};
      MultiplyBy(forms, readings, limit);
      han = true;
    }
  }
  if (!han) forms.clear();
  return forms;
}

}  // namespace mailuo::text
