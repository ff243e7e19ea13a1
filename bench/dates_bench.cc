// Finds the dates of one file again and again: dates_bench FILE REPEATS. Run under valgrind --tool=callgrind with two
// repeat counts; the difference, over the bytes of the file and the repeats, is the cost of dates alone (the folding
// and the sentences are made once).
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "dates/date_finder.h"
#include "text/folded_text.h"
#include "text/sentence.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: dates_bench FILE REPEATS\n", stderr);
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const mailuo::text::FoldedText text(bytes);
  const auto sentences = mailuo::text::SplitSentences(text);
  const mailuo::dates::DateContext context{mailuo::MakeDate(2026, 1, 26)};
  std::vector<mailuo::dates::FoundDate> found;
  const int repeats = std::atoi(argv[2]);
  for (int i = 0; i < repeats; ++i) {
    found.clear();
    mailuo::dates::FindDates(text, sentences, context, found);
  }
  std::printf("%zu bytes, %zu dates\n", bytes.size(), found.size());
  return 0;
}
