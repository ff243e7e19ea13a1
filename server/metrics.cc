#include "server/metrics.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace mailuo::server {

Metrics::Metrics(std::vector<std::string> routes) {
  routes.emplace_back("none");
  for (std::string& route : routes) series_.emplace_back().route = std::move(route);
}

void Metrics::Count(std::size_t route, int status, std::chrono::microseconds took, std::uint64_t bytes) {
  Series& series = series_[std::min(route, series_.size() - 1)];
  const auto us = static_cast<std::uint64_t>(took.count());
  const auto bucket =
      static_cast<std::size_t>(std::distance(kBounds.begin(), std::lower_bound(kBounds.begin(), kBounds.end(), us)));
  constexpr auto kRelaxed = std::memory_order_relaxed;
  series.by_class.at(static_cast<std::size_t>(std::clamp(status / 100, 0, 5))).fetch_add(1, kRelaxed);
  series.buckets.at(bucket).fetch_add(1, kRelaxed);
  series.total_us.fetch_add(us, kRelaxed);
  series.bytes.fetch_add(bytes, kRelaxed);
}

std::string Metrics::Text(std::uint64_t snapshot) const {
  std::string text;
  const auto line = [&text](const std::string& content) { text += content + "\n"; };
  line("# HELP mailuo_http_requests_total Requests answered, by route and class of status.");
  line("# TYPE mailuo_http_requests_total counter");
  for (const Series& series : series_) {
    for (std::size_t i = 1; i < series.by_class.size(); ++i) {
      const std::uint64_t count = series.by_class.at(i).load();
      if (count == 0) continue;
      line(fmt::format("mailuo_http_requests_total{{route=\"{}\",status=\"{}xx\"}} {}", series.route, i, count));
    }
  }
  line("# HELP mailuo_http_request_seconds Time to answer, without the transfer.");
  line("# TYPE mailuo_http_request_seconds histogram");
  for (const Series& series : series_) {
    std::uint64_t sum = 0;
    for (const auto& bucket : series.buckets) sum += bucket.load();
    if (sum == 0) continue;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      below += series.buckets.at(i).load();
      line(fmt::format("mailuo_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}", series.route,
                       static_cast<double>(kBounds.at(i)) / 1e6, below));
    }
    line(fmt::format("mailuo_http_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}", series.route, sum));
    line(fmt::format("mailuo_http_request_seconds_sum{{route=\"{}\"}} {}", series.route,
                     static_cast<double>(series.total_us.load()) / 1e6));
    line(fmt::format("mailuo_http_request_seconds_count{{route=\"{}\"}} {}", series.route, sum));
  }
  std::uint64_t bytes = 0;
  for (const Series& series : series_) bytes += series.bytes.load();
  line("# TYPE mailuo_http_response_bytes_total counter");
  line(fmt::format("mailuo_http_response_bytes_total {}", bytes));
  line("# HELP mailuo_http_rejected_total Connections turned away because the queue was full.");
  line("# TYPE mailuo_http_rejected_total counter");
  line(fmt::format("mailuo_http_rejected_total {}", rejected_.load()));
  line("# TYPE mailuo_http_in_flight gauge");
  line(fmt::format("mailuo_http_in_flight {}", in_flight_.load()));
  line("# HELP mailuo_store_sequence Sequence number of the store's state.");
  line("# TYPE mailuo_store_sequence gauge");
  line(fmt::format("mailuo_store_sequence {}", snapshot));
  return text;
}

}  // namespace mailuo::server
