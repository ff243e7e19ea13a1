#include "store/fault.h"

#include <utility>

namespace mailuo::store::fault {
namespace {

Hook& TheHook() {
  static Hook hook;
  return hook;
}

}  // namespace

std::atomic<bool> internal::armed = false;

void SetHook(Hook hook) {
  TheHook() = std::move(hook);
  internal::armed = static_cast<bool>(TheHook());
}

Action internal::Ask(std::string_view point) { return TheHook()(point); }

}  // namespace mailuo::store::fault
