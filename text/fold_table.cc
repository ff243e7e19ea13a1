#include "text/fold_table.h"

namespace mailuo::text {

const char16_t kFoldTable[65536] = {
#include "fold_table.inc"  // Generated in the build folder.
};

}  // namespace mailuo::text
