#include "cli/exit_code.h"

namespace mailuo::cli {

int ExitCodeOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument: return kExitUsage;
    case ErrorCode::kNotFound:
    case ErrorCode::kLimitExceeded: return kExitPartial;
    case ErrorCode::kAlreadyExists:
    case ErrorCode::kCorruption:
    case ErrorCode::kIo:
    case ErrorCode::kUnsupported:
    case ErrorCode::kInternal: return kExitStore;
  }
  return kExitStore;
}

}  // namespace mailuo::cli
