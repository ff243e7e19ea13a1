#include "text/pinyin_table.h"

namespace mailuo::text {

const char* const kPinyinTable[kPinyinLast - kPinyinFirst + 1] = {
#include "pinyin_table.inc"  // Generated in the build folder.
};

}  // namespace mailuo::text
