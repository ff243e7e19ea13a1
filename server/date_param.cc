#include "server/date_param.h"

#include "dates/date_finder.h"

namespace mailuo::server {

std::optional<DateInterval> ParseDateParameter(std::string_view text, Date today) {
  if (const auto day = ParseIsoDate(text)) return DateInterval{day, day};
  return dates::ParseDateQuery(text, today);
}

}  // namespace mailuo::server
