// ICU's dictionary of Chinese words and the cheapest way to cut a run of Han characters into them. The words and costs
// are ICU's own data and the answer is ICU's own; what is saved is ICU's way of getting at the text.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace mailuo::text {

// Thread safety: one thread at a time (it remembers where the words of a first character are).
class CjkDictionary {
 public:
  // Null where this ICU keeps its dictionary in another form: the caller then asks ICU's break iterator.
  static std::unique_ptr<CjkDictionary> Open();
  CjkDictionary(const CjkDictionary&) = delete;
  CjkDictionary& operator=(const CjkDictionary&) = delete;
  ~CjkDictionary();

  static bool Holds(char16_t unit) { return unit >= kFirst && unit <= kLast; }

  // Appends the ends of the words of `run`, each plus `base`, in rising order; the last is base + run.size().
  // REQUIRES: Holds(every unit of `run`); `run` is not empty.
  void Split(std::u16string_view run, std::uint32_t base, std::vector<std::uint32_t>& out);

 private:
  static constexpr char16_t kFirst = 0x4E00;
  static constexpr char16_t kLast = 0x9FFF;
  class Impl;
  explicit CjkDictionary(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::text
