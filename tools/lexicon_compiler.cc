// Compiles corpus/lexicon/*.tsv into the blob that the program carries. Run at build time:
//   lexicon_compiler OUTPUT words/not_names.tsv FILE.tsv...
#include <cstdio>
#include <string>
#include <vector>

#include "lexicon/compiler.h"
#include "lexicon/tsv_reader.h"

namespace {

using mailuo::Result;
using mailuo::lexicon::LexiconRow;

// Messages and ids must not depend on where the sources lie.
std::string_view BaseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

Result<std::string> Compile(const std::string& not_names_path, const std::vector<std::string>& paths) {
  MAILUO_ASSIGN_OR_RETURN(std::vector<mailuo::lexicon::NotName> not_names,
                          mailuo::lexicon::ReadNotNamesFile(not_names_path));
  std::vector<LexiconRow> rows;
  for (const std::string& path : paths) {
    MAILUO_ASSIGN_OR_RETURN(std::vector<LexiconRow> file, mailuo::lexicon::ReadLexiconFile(path));
    for (LexiconRow& row : file) {
      row.file = BaseName(path);
      rows.push_back(std::move(row));
    }
  }
  return mailuo::lexicon::CompileLexicon(std::move(rows), std::move(not_names));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: lexicon_compiler OUTPUT NOT_NAMES.tsv FILE.tsv...\n");
    return 2;
  }
  const auto blob = Compile(argv[2], {argv + 3, argv + argc});
  if (!blob) {
    std::fprintf(stderr, "lexicon_compiler: %s\n", blob.error().message.c_str());
    return 4;
  }
  std::FILE* out = std::fopen(argv[1], "wb");
  if (out == nullptr) {
    std::fprintf(stderr, "lexicon_compiler: cannot write %s\n", argv[1]);
    return 1;
  }
  const bool written = std::fwrite(blob->data(), 1, blob->size(), out) == blob->size();
  return std::fclose(out) == 0 && written ? 0 : 1;
}
