#include "text/segmenter.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <string>
#include <utility>

namespace mailuo::text {

class Segmenter::Impl {
 public:
  std::unique_ptr<icu::BreakIterator> breaker;
};

Segmenter::Segmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

Result<Segmenter> Segmenter::Create() {
  UErrorCode status = U_ZERO_ERROR;
  auto impl = std::make_unique<Impl>();
  impl->breaker.reset(icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), status));
  if (U_FAILURE(status) || !impl->breaker) {
    return Error{ErrorCode::kInternal, std::string("ICU's word breaker does not open: ") + u_errorName(status)};
  }
  return Segmenter(std::move(impl));
}

void Segmenter::Boundaries(std::u16string_view units, std::vector<std::uint32_t>& out) {
  if (units.empty()) return;
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUChars(&text, units.data(), static_cast<std::int64_t>(units.size()), &status);
  impl_->breaker->setText(&text, status);  // Keeps its own shallow clone.
  utext_close(&text);
  if (U_FAILURE(status)) {
    out.push_back(0);
    out.push_back(static_cast<std::uint32_t>(units.size()));
    return;
  }
  for (std::int32_t at = impl_->breaker->first(); at != icu::BreakIterator::DONE; at = impl_->breaker->next()) {
    out.push_back(static_cast<std::uint32_t>(at));
  }
}

}  // namespace mailuo::text
