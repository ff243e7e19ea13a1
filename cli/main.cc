#include "cli/app.h"

int main(int argc, char** argv) { return mailuo::cli::RunApp(argc, argv); }
