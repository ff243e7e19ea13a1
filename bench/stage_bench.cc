// Runs one stage of extraction over files again and again, so that its instructions can be counted:
//   mailuo-stage-bench STAGE REPEATS FILE...     STAGE: read icu words fold sentences dates names lists entities
//   annotate
// `entities` is what annotation does before events and relations: folding, sentences, dates, words and mentions.
// bench/instructions takes the difference of two repeat counts under callgrind and divides by the bytes read.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "dates/date_finder.h"
#include "extract/annotator.h"
#include "extract/document.h"
#include "extract/entity_finder.h"
#include "extract/entity_words.h"
#include "lexicon/lexicon.h"
#include "text/folded_text.h"
#include "text/segmenter.h"
#include "text/sentence.h"
#include "text/utf8.h"

namespace mailuo {
namespace {

// A day for articles that have none, so that relative dates resolve.
const Date kPublished = *MakeDate(2026, 1, 26);

struct Input {
  Article article;
  std::u16string utf16;
  text::FoldedText folded;
  std::vector<text::Sentence> sentences;
};

using Stage = std::function<std::size_t(const Input&)>;  // Returns something that depends on the work.

Stage IcuStage() {
  auto segmenter = std::make_shared<text::Segmenter>(*text::Segmenter::Create());
  auto boundaries = std::make_shared<std::vector<std::uint32_t>>();
  return [segmenter, boundaries](const Input& input) {
    boundaries->clear();
    segmenter->IcuBoundaries(input.utf16, *boundaries);
    return boundaries->size();
  };
}

Stage WordsStage() {
  auto segmenter = std::make_shared<text::Segmenter>(*text::Segmenter::Create());
  auto boundaries = std::make_shared<std::vector<std::uint32_t>>();
  return [segmenter, boundaries](const Input& input) {
    boundaries->clear();
    segmenter->Boundaries(input.folded.units(), *boundaries);
    return boundaries->size();
  };
}

Stage DatesStage() {
  auto found = std::make_shared<std::vector<dates::FoundDate>>();
  return [found](const Input& input) {
    found->clear();
    dates::FindDates(input.folded, input.sentences, {kPublished}, *found);
    return found->size();
  };
}

Stage NamesStage() {
  auto hits = std::make_shared<std::vector<lexicon::NameHit>>();
  return [hits, lexicon = lexicon::Lexicon::BuiltIn()](const Input& input) {
    hits->clear();
    lexicon->FindNames(input.folded, *hits);
    return hits->size();
  };
}

Stage ListsStage() {
  auto words = std::make_shared<extract::WordTable>(*extract::WordTable::Create());
  auto cues = std::make_shared<extract::Cues>();
  return [words, cues](const Input& input) {
    cues->Find(*words, input.folded.units());
    return cues->all().size();
  };
}

Stage EntitiesStage() {
  std::shared_ptr<const extract::EntityKnowledge> knowledge =
      *extract::EntityKnowledge::Create(lexicon::Lexicon::BuiltIn());
  auto finder = std::make_shared<extract::EntityFinder>(*extract::EntityFinder::Create(*knowledge));
  return [knowledge, finder](const Input& input) {
    extract::Document document;
    document.article = &input.article;
    document.text = text::FoldedText(input.article.text);
    document.title = text::FoldedText(input.article.title);
    const std::vector<text::Sentence> sentences = text::SplitSentences(document.text);
    for (const text::Sentence& sentence : sentences) document.sentences.push_back({sentence, false, false});
    dates::FindDates(document.text, sentences, {kPublished}, document.dates);
    finder->Find(document);
    return document.mentions.size() + document.tokens.size();
  };
}

Stage AnnotateStage() {
  auto knowledge = extract::Knowledge::Create(lexicon::Lexicon::BuiltIn());
  if (!knowledge) {
    std::fprintf(stderr, "mailuo-stage-bench: %s\n", knowledge.error().message.c_str());
    std::exit(1);
  }
  auto annotator = std::make_shared<extract::Annotator>(*knowledge);
  return [annotator](const Input& input) { return annotator->Annotate(input.article).mentions.size(); };
}

Stage MakeStage(std::string_view name) {
  if (name == "read") return [](const Input&) { return std::size_t{1}; };
  if (name == "icu") return IcuStage();
  if (name == "words") return WordsStage();
  if (name == "fold") {
    return [](const Input& input) { return std::size_t{text::FoldedText(input.article.text).size()}; };
  }
  if (name == "sentences") return [](const Input& input) { return text::SplitSentences(input.folded).size(); };
  if (name == "dates") return DatesStage();
  if (name == "names") return NamesStage();
  if (name == "lists") return ListsStage();
  if (name == "entities") return EntitiesStage();
  if (name == "annotate") return AnnotateStage();
  return {};
}

int Main(int argc, char** argv) {
  const Stage stage = argc >= 4 ? MakeStage(argv[1]) : Stage{};
  if (!stage) {
    std::fprintf(stderr,
                 "usage: mailuo-stage-bench read|icu|words|fold|sentences|dates|names|lists|entities|annotate "
                 "REPEATS FILE...\n");
    return 2;
  }
  const int repeats = std::atoi(argv[2]);
  std::vector<Input> inputs(static_cast<std::size_t>(argc - 3));
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Input& input = inputs[i];
    std::ifstream file(argv[i + 3], std::ios::binary);
    input.article.text.assign(std::istreambuf_iterator<char>(file), {});
    if (!file || text::FindInvalidUtf8(input.article.text)) {
      std::fprintf(stderr, "mailuo-stage-bench: %s: not a readable UTF-8 file\n", argv[i + 3]);
      return 1;
    }
    input.article.published = PublishedTime{kPublished, -1};
    input.article.published_from = PublishedFrom::kMetadata;
    input.utf16 = text::ToUtf16(input.article.text);
    input.folded = text::FoldedText(input.article.text);
    input.sentences = text::SplitSentences(input.folded);
    bytes += input.article.text.size();
  }
  std::size_t sum = 0;
  for (int i = 0; i < repeats; ++i) {
    for (const Input& input : inputs) sum += stage(input);
  }
  std::printf("%zu bytes, %d repeats, checksum %zu\n", bytes, repeats, sum);
  return 0;
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): it loses track of what std::function owns.

}  // namespace
}  // namespace mailuo

int main(int argc, char** argv) { return mailuo::Main(argc, argv); }
