// mailuo-train-relations TRAIN.tsv MODEL        trains and writes a model
// mailuo-train-relations --measure MODEL TEST.tsv   prints precision and recall by threshold
// Lines: text, head, tail, class ("ACQUIRES>": head is the head; "<": tail is; "PARTNERS_WITH=", "-"). Lines of one
// text stand together. docs/RULES.md says where the lines come from.
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "core/ids.h"
#include "extract/event_extractor.h"
#include "extract/relation_extractor.h"
#include "extract/relation_pairs.h"
#include "extract/relation_trainer.h"
#include "extract/rules_tsv.h"

namespace {

using namespace mailuo;           // NOLINT(google-build-using-namespace): a program of one file.
using namespace mailuo::extract;  // NOLINT(google-build-using-namespace)

struct Line {
  std::string head, tail, relation_class;
};
struct LabelledText {
  std::string text;
  std::vector<Line> lines;
};

std::vector<LabelledText> ReadTexts(const std::string& path) {
  std::ifstream file(path);
  std::vector<LabelledText> texts;
  for (std::string line; std::getline(file, line);) {
    const auto columns = SplitAlternatives(line, '\t');
    if (columns.size() != 4) continue;
    if (texts.empty() || texts.back().text != columns[0]) texts.push_back({std::string(columns[0]), {}});
    texts.back().lines.push_back({std::string(columns[1]), std::string(columns[2]), std::string(columns[3])});
  }
  return texts;
}

// The labelled names are the only mentions, each one an entity of its own.
Document MakeDocument(const LabelledText& labelled, const Article& article) {
  Document document;
  document.article = &article;
  document.text = text::FoldedText(article.text);
  for (const text::Sentence& sentence : text::SplitSentences(document.text)) {
    DocumentSentence of_document;
    of_document.sentence = sentence;
    document.sentences.push_back(of_document);
  }
  std::map<std::uint32_t, std::pair<std::uint32_t, std::string>> found;  // Start -> end, name.
  std::set<std::pair<std::size_t, std::string>> names;
  for (const Line& line : labelled.lines) {
    names.emplace(SIZE_MAX - line.head.size(), line.head);
    names.emplace(SIZE_MAX - line.tail.size(), line.tail);
  }
  const std::u16string_view units = document.text.units();
  std::vector<bool> taken(units.size(), false);
  for (const auto& [order, name] : names) {
    const std::u16string key = text::FoldKey16(name);
    if (key.empty()) continue;
    for (std::size_t at = units.find(key); at != std::u16string_view::npos; at = units.find(key, at + 1)) {
      bool free = true;
      for (std::size_t i = at; i < at + key.size(); ++i) free = free && !taken[i];
      if (!free) continue;
      for (std::size_t i = at; i < at + key.size(); ++i) taken[i] = true;
      found[static_cast<std::uint32_t>(at)] = {static_cast<std::uint32_t>(at + key.size()), name};
    }
  }
  for (const auto& [start, end_name] : found) {
    EntityMention mention;
    mention.span = {start, end_name.first};
    mention.sentence = static_cast<std::uint32_t>(document.SentenceAt(start));
    mention.name = end_name.second;
    mention.entity = MakeEntityId(mention.type, text::FoldKey(mention.name));
    mention.confidence = 1;
    document.mentions.push_back(std::move(mention));
  }
  return document;
}

struct Judged {
  RelationExample example;
  std::set<std::string> gold;  // Class names, seen from the first name of the text.
};

// The labels have no direction for these: the name that stands first is the head, whatever the row says.
bool InTextOrder(const std::string& relation_class) {
  return relation_class.starts_with("SUES") || relation_class.starts_with("SUPPLIES_TO");
}

std::string Flip(const std::string& relation_class) {
  std::string flipped = relation_class;
  if (flipped.back() == '>' || flipped.back() == '<') flipped.back() = flipped.back() == '>' ? '<' : '>';
  return flipped;
}

// The judged pairs of all texts; `missed` counts the labels of pairs that no sentence holds.
std::vector<Judged> Judge(const std::vector<LabelledText>& texts, std::size_t& missed) {
  const auto rules = *Rules::BuiltIn();
  const EventExtractor event_extractor(rules);
  const RelationExtractor relation_extractor(rules, RelationModel());
  RuleScan scan;
  std::vector<Judged> all;
  for (const LabelledText& labelled : texts) {
    Article article;
    article.text = labelled.text;
    const Document document = MakeDocument(labelled, article);
    std::vector<Event> events;
    std::vector<Relation> relations;
    event_extractor.Extract(document, scan, events);
    relation_extractor.Extract(document, scan, events, relations);
    std::map<std::pair<std::string, std::string>, std::set<std::string>> gold;
    for (const Line& line : labelled.lines) {
      auto& forward = gold[{line.head, line.tail}];
      auto& backward = gold[{line.tail, line.head}];
      if (line.relation_class == "-") continue;
      forward.insert(line.relation_class);
      backward.insert(Flip(line.relation_class));
    }
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t s = 0; s < document.sentences.size(); ++s) {
      std::vector<CompanyPair> pairs;
      FindCompanyPairs(document, s, pairs);
      for (const CompanyPair& pair : pairs) {
        const std::string& first = document.mentions[pair.first].name;
        const std::string& second = document.mentions[pair.second].name;
        const auto labels = gold.find({first, second});
        if (labels == gold.end() || !seen.insert(std::minmax(first, second)).second) continue;
        std::vector<text::UnitSpan> spans;
        Judged judged;
        ComputeRelationFeatures(DescribePair(rules->compiled(), document, scan, s, pair, relations, spans), judged.example.features);
        for (const std::string& label : labels->second) {
          judged.gold.insert(InTextOrder(label) ? label.substr(0, label.size() - 1) + ">" : label);
        }
        all.push_back(std::move(judged));
      }
    }
    for (const auto& [names, labels] : gold) {
      if (names.first < names.second && !seen.contains(std::minmax(names.first, names.second))) missed += labels.size();
    }
  }
  return all;
}

int Train(const std::string& input, const std::string& output) {
  std::size_t missed = 0;
  std::vector<Judged> judged = Judge(ReadTexts(input), missed);
  std::set<std::string> names{"-"};
  for (const Judged& one : judged) names.insert(one.gold.begin(), one.gold.end());
  std::vector<RelationClass> classes;
  std::map<std::string, std::uint32_t> numbers;
  for (const std::string& name : names) {
    const auto relation_class = ParseRelationClass(name);
    if (!relation_class) {
      std::cerr << "unknown class '" << name << "'\n";
      return 2;
    }
    numbers[name] = static_cast<std::uint32_t>(classes.size());
    classes.push_back(*relation_class);
  }
  std::vector<RelationExample> examples;
  for (Judged& one : judged) {
    for (const std::string& name : one.gold) one.example.classes.push_back(numbers[name]);
    if (one.gold.empty()) one.example.classes.push_back(numbers["-"]);
    examples.push_back(std::move(one.example));
  }
  const std::string model = TrainRelationModel(classes, std::move(examples), {});
  std::ofstream(output, std::ios::binary) << model;
  std::cout << fmt::format("{} pairs, {} classes, {} bytes\n", judged.size(), classes.size(), model.size());
  return 0;
}

int Measure(const std::string& model_path, const std::string& input) {
  std::ifstream file(model_path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const Result<RelationModel> model = RelationModel::Open(bytes);
  if (!model) {
    std::cerr << model.error().message << "\n";
    return 2;
  }
  std::size_t gold = 0;
  const std::vector<Judged> judged = Judge(ReadTexts(input), gold);
  std::vector<std::vector<float>> scores(judged.size());
  for (std::size_t i = 0; i < judged.size(); ++i) {
    gold += judged[i].gold.size();
    model->Score(judged[i].example.features, scores[i]);
  }
  for (const double threshold : {.2, .25, .3, .35, .4, .45, .5, .6, .7, .8, .9}) {
    std::size_t found = 0;
    std::size_t right = 0;
    for (std::size_t i = 0; i < judged.size(); ++i) {
      for (std::size_t k = 0; k < scores[i].size(); ++k) {
        if (!model->classes()[k].type || scores[i][k] < threshold) continue;
        ++found;
        right += judged[i].gold.contains(RelationClassName(model->classes()[k])) ? 1U : 0U;
      }
    }
    const double precision = found > 0 ? static_cast<double>(right) / static_cast<double>(found) : 0;
    const double recall = static_cast<double>(right) / static_cast<double>(gold);
    std::cout << fmt::format("{:.2f}  P {:.3f}  R {:.3f}\n", threshold, precision, recall);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "--measure") return Measure(arguments[1], arguments[2]);
  if (arguments.size() == 2) return Train(arguments[0], arguments[1]);
  std::cerr << "mailuo-train-relations TRAIN.tsv MODEL | --measure MODEL TEST.tsv\n";
  return 2;
}
