// What an article and its sentences are about: whom 公司, 他 and sentences without a subject go on about.
// Thread safety: a pure function.
#pragma once

#include "extract/code_words.h"
#include "extract/document.h"
#include "extract/rules_scan.h"

namespace mailuo::extract {

// Fills RuleScan::main_company and main_person, and topic_before and company_before of each sentence. REQUIRES: the
// mentions of all sentences.
void FindTopics(const Document& document, const CodeWords& words, RuleScan& scan);

}  // namespace mailuo::extract
