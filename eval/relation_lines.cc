#include "eval/relation_lines.h"

#include <algorithm>
#include <istream>

#include <fmt/core.h>

#include "core/ids.h"
#include "extract/event_extractor.h"
#include "extract/relation_pairs.h"
#include "extract/rules_tsv.h"

namespace mailuo::eval {
namespace {

using extract::Document;

struct FoundName {
  std::uint32_t end = 0;
  std::string name;
};

// Where the labelled names stand; a longer name hides the shorter ones inside it.
std::map<std::uint32_t, FoundName> FindNames(const RelationText& labelled, std::u16string_view units) {
  std::set<std::pair<std::size_t, std::string>> names;
  for (const RelationLine& line : labelled.lines) {
    names.emplace(SIZE_MAX - line.head.size(), line.head);
    names.emplace(SIZE_MAX - line.tail.size(), line.tail);
  }
  std::map<std::uint32_t, FoundName> found;
  std::vector<bool> taken(units.size(), false);
  for (const auto& [order, name] : names) {
    const std::u16string key = text::FoldKey16(name);
    if (key.empty()) continue;
    for (std::size_t at = units.find(key); at != std::u16string_view::npos; at = units.find(key, at + 1)) {
      const auto first = taken.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = first + static_cast<std::ptrdiff_t>(key.size());
      if (std::find(first, last, true) != last) continue;
      std::fill(first, last, true);
      found[static_cast<std::uint32_t>(at)] = {static_cast<std::uint32_t>(at + key.size()), name};
    }
  }
  return found;
}

void MakeDocument(const RelationText& labelled, LabelledDocument& out) {
  out.article.text = labelled.text;
  Document& document = out.document;
  document.article = &out.article;
  document.text = text::FoldedText(out.article.text);
  for (const text::Sentence& sentence : text::SplitSentences(document.text)) {
    extract::DocumentSentence of_document;
    of_document.sentence = sentence;
    document.sentences.push_back(of_document);
  }
  for (const auto& [start, found] : FindNames(labelled, document.text.units())) {
    extract::EntityMention mention;
    mention.span = {start, found.end};
    mention.sentence = static_cast<std::uint32_t>(document.SentenceAt(start));
    mention.name = found.name;
    mention.entity = MakeEntityId(mention.type, text::FoldKey(mention.name));
    mention.confidence = 1;
    document.mentions.push_back(std::move(mention));
  }
}

// The labels have no direction for these: the name that stands first is the head, whatever the row says.
bool InTextOrder(const std::string& relation_class) {
  return relation_class.starts_with("SUES") || relation_class.starts_with("SUPPLIES_TO");
}

std::string Flip(std::string relation_class) {
  if (relation_class.back() == '>' || relation_class.back() == '<') {
    relation_class.back() = relation_class.back() == '>' ? '<' : '>';
  }
  return relation_class;
}

using Labels = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

Labels LabelsOf(const RelationText& labelled) {
  Labels labels;
  for (const RelationLine& line : labelled.lines) {
    auto& forward = labels[{line.head, line.tail}];
    auto& backward = labels[{line.tail, line.head}];
    if (line.relation_class == "-") continue;
    forward.insert(line.relation_class);
    backward.insert(Flip(line.relation_class));
  }
  return labels;
}

class Judge {
 public:
  Judge()
      : rules_(*extract::Rules::BuiltIn()),
        events_(rules_),
        without_(rules_, extract::RelationModel()),
        with_(rules_) {}

  void Run(const RelationText& labelled, LabelledDocument& out) {
    MakeDocument(labelled, out);
    std::vector<Event> events;
    events_.Extract(out.document, scan_, events);
    without_.Extract(out.document, scan_, events, out.by_rules);
    with_.Extract(out.document, scan_, events, out.by_all);
    const Labels labels = LabelsOf(labelled);
    std::set<std::pair<std::string, std::string>> seen;
    for (std::uint32_t s = 0; s < out.document.sentences.size(); ++s) {
      extract::FindCompanyPairs(out.document, s, pairs_);
      for (const extract::CompanyPair& pair : pairs_) AddPair(labels, s, pair, seen, out);
    }
    for (const auto& [names, classes] : labels) {
      if (names.first < names.second && !seen.contains(names)) out.missed += classes.size();
    }
  }

 private:
  void AddPair(const Labels& labels, std::uint32_t sentence, const extract::CompanyPair& pair,
               std::set<std::pair<std::string, std::string>>& seen, LabelledDocument& out) {
    LabelledPair judged;
    judged.sentence = sentence;
    judged.first = out.document.mentions[pair.first].name;
    judged.second = out.document.mentions[pair.second].name;
    const auto of_pair = labels.find({judged.first, judged.second});
    if (of_pair == labels.end() || !seen.insert(std::minmax(judged.first, judged.second)).second) return;
    std::vector<text::UnitSpan> spans;
    extract::ComputeRelationFeatures(
        extract::DescribePair(rules_->compiled(), out.document, scan_, sentence, pair, out.by_rules, spans),
        judged.features);
    // Training adds up in this order: the same examples give the same model.
    std::sort(judged.features.begin(), judged.features.end());
    for (const std::string& label : of_pair->second) {
      judged.gold.insert(InTextOrder(label) ? label.substr(0, label.size() - 1) + ">" : label);
    }
    out.pairs.push_back(std::move(judged));
  }

  std::shared_ptr<const extract::Rules> rules_;
  extract::EventExtractor events_;
  extract::RelationExtractor without_;
  extract::RelationExtractor with_;
  extract::RuleScan scan_;
  std::vector<extract::CompanyPair> pairs_;
};

}  // namespace

Result<std::vector<RelationText>> ReadRelationTexts(std::istream& lines) {
  std::vector<RelationText> texts;
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    const auto columns = extract::SplitAlternatives(line, '\t');
    if (columns.size() != 4 || !extract::ParseRelationClass(columns[3])) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("line {}: expected text, head, tail and class, separated by tabs", number)};
    }
    if (texts.empty() || texts.back().text != columns[0]) texts.push_back({std::string(columns[0]), {}});
    texts.back().lines.push_back({std::string(columns[1]), std::string(columns[2]), std::string(columns[3])});
  }
  return texts;
}

std::map<std::string, const Relation*> LabelledDocument::ClassesOf(const std::vector<Relation>& relations,
                                                                   const LabelledPair& pair) {
  std::map<std::string, const Relation*> classes;
  for (const Relation& relation : relations) {
    const bool forward = relation.head.name == pair.first && relation.tail.name == pair.second;
    const bool backward = relation.head.name == pair.second && relation.tail.name == pair.first;
    if (!forward && !backward) continue;
    const Relation*& best = classes[extract::RelationClassName({relation.type, forward})];
    if (best == nullptr || best->confidence < relation.confidence) best = &relation;
  }
  return classes;
}

std::deque<LabelledDocument> JudgeRelationTexts(const std::vector<RelationText>& texts) {
  Judge judge;
  std::deque<LabelledDocument> documents;
  for (const RelationText& labelled : texts) judge.Run(labelled, documents.emplace_back());
  return documents;
}

}  // namespace mailuo::eval
