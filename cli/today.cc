#include "cli/today.h"

#include <chrono>

namespace mailuo::cli {

Date Today() {
  const auto shanghai = std::chrono::system_clock::now() + std::chrono::hours(8);
  const auto day = std::chrono::floor<std::chrono::days>(shanghai);
  return Date{static_cast<std::int32_t>(day.time_since_epoch().count())};
}

}  // namespace mailuo::cli
