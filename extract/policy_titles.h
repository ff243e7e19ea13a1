// Titles in 《》: policies by the word that ends them, newspapers as organizations; and programmes in quotes.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// 《关于…的通知》 is a policy under its title; 《意见》 alone is the last policy before it that ends in the same word.
// Titles of books, films, reports and of the papers of companies give nothing.
void AddPolicyTitles(EntityScratch& scratch);

}  // namespace mailuo::extract
