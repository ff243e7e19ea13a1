// The command line: flags to option structs, then the command. The only user of CLI11.
#pragma once

namespace mailuo::cli {

// The exit code (exit_code.h).
int RunApp(int argc, const char* const* argv);

}  // namespace mailuo::cli
