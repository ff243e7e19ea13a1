// Request targets and cursors: whatever the bytes, a target is taken apart or refused, its parameters become a question
// or a problem, and a cursor gives back what it was made from or is refused.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "query/cursor.h"
#include "server/params.h"
#include "server/query_string.h"
#include "server/request_parser.h"
#include "server/routes.h"

using mailuo::Date;
using mailuo::server::Params;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::uint64_t kQuestion = 42;
  if (const auto position = mailuo::query::DecodeCursor(bytes, kQuestion); position && !bytes.empty()) {
    if (mailuo::query::EncodeCursor(kQuestion, *position) != bytes) __builtin_trap();
  }
  auto target = mailuo::server::ParseTarget(bytes);
  if (!target) return 0;
  for (const mailuo::server::Route& route : mailuo::server::Routes()) {
    const auto params = Params::Create(target->parameters, route.parameters, Date{20000});
    if (!params) continue;
    static_cast<void>(mailuo::server::ParseTimeline(*params));
    static_cast<void>(mailuo::server::ParseEvents(*params));
    static_cast<void>(mailuo::server::ParseRelations(*params));
    static_cast<void>(mailuo::server::ParsePaths(*params));
    static_cast<void>(mailuo::server::ParseCooccurrence(*params));
    static_cast<void>(mailuo::server::ParseEntities(*params));
    static_cast<void>(mailuo::server::ParseArticles(*params));
    static_cast<void>(mailuo::server::ParseDay(*params));
  }
  return 0;
}
