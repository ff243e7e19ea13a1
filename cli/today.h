// The one place where the program asks the clock what day it is.
#pragma once

#include "core/date.h"

namespace mailuo::cli {

// Today in Asia/Shanghai (UTC+8 all year).
Date Today();

}  // namespace mailuo::cli
