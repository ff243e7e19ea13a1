// mailuo lexicon learn, list, forget: names that a graph's own articles teach.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/wiring.h"
#include "extract/name_learner.h"
#include "lexicon/tsv_reader.h"
#include "lexicon/tsv_writer.h"
#include "text/folded_text.h"

namespace mailuo::cli {
namespace {

constexpr std::size_t kPage = 1024;

std::string Write(const std::vector<lexicon::LexiconRow>& rows) {
  if (rows.empty()) return {};
  std::string tsv = lexicon::LexiconHeader();
  for (const lexicon::LexiconRow& row : rows) tsv += lexicon::WriteLexiconLine(row);
  return tsv;
}

Result<std::vector<lexicon::LexiconRow>> ReadRows(const std::string& file, const std::string& tsv) {
  if (tsv.empty()) return std::vector<lexicon::LexiconRow>();
  return lexicon::ReadLexiconTsv(file, tsv);
}

Result<extract::Learned> Learn(const store::Reader& reader, const lexicon::Lexicon& lexicon,
                               const extract::LearnThresholds& thresholds) {
  extract::NameLearner learner(lexicon);
  std::string resume;
  do {
    MAILUO_ASSIGN_OR_RETURN(const auto page, reader.Articles({}, store::Order::kOldestFirst, resume, kPage));
    for (const store::ArticleRef& ref : page.items) {
      MAILUO_ASSIGN_OR_RETURN(const auto stored, reader.GetAsExtracted(ref.article));
      if (stored) learner.Add(stored->article, stored->annotation);
    }
    resume = page.resume;
  } while (!resume.empty());
  return learner.Propose(thresholds);
}

// Lays `tsv` over what the store has adopted.
Result<std::size_t> Adopt(const StoreArgs& args, const std::string& file, const std::string& tsv) {
  MAILUO_ASSIGN_OR_RETURN(std::vector<lexicon::LexiconRow> fresh, ReadRows(file, tsv));
  const std::size_t count = fresh.size();
  MAILUO_ASSIGN_OR_RETURN(const auto store, OpenExisting(args));
  MAILUO_ASSIGN_OR_RETURN(const std::string before, store->Read().AdoptedLexicon());
  MAILUO_ASSIGN_OR_RETURN(std::vector<lexicon::LexiconRow> rows, ReadRows("the adopted lexicon", before));
  for (lexicon::LexiconRow& row : fresh) rows.push_back(std::move(row));
  const std::string after = Write(lexicon::UniteRows(std::move(rows)));
  // What cannot be laid over the program's names is refused now, not when articles come in.
  MAILUO_RETURN_IF_ERROR(LoadLexicon({}, after).map([](const auto&) {}));
  MAILUO_RETURN_IF_ERROR(store->AdoptLexicon(after));
  return count;
}

int SayAdopted(std::size_t entities, const StoreArgs& args, Output& output) {
  output.Line(fmt::format("{} entities adopted: `mailuo reindex --db {}` reads the stored articles with them", entities,
                          StorePath(args)));
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace

int RunLexiconLearn(const LexiconLearnOptions& options, Output& output) {
  if (!options.adopt_file.empty()) {
    const auto bytes = ReadFile(options.adopt_file);
    if (!bytes) return Fail(bytes.error(), output);
    const auto adopted = Adopt(options.store, options.adopt_file, *bytes);
    if (!adopted) return Fail(adopted.error(), output);
    return SayAdopted(*adopted, options.store, output);
  }
  std::string tsv;
  std::size_t found = 0;
  {
    const auto store = OpenForReading(options.store);
    if (!store) return Fail(store.error(), output);
    const auto lexicon = LexiconOf(**store, options.lexicon);
    if (!lexicon) return Fail(lexicon.error(), output);
    const auto learned = Learn((*store)->Read(), **lexicon, {options.min_articles, options.min_sources});
    if (!learned) return Fail(learned.error(), output);
    tsv = extract::WriteLearned(*learned);
    found = learned->entities.size();
  }
  if (!options.adopt) {
    output.Print(tsv);
    return output.Flush() ? kExitOk : kExitStore;
  }
  if (found == 0) {
    output.Line("nothing new was learned");
    return output.Flush() ? kExitOk : kExitStore;
  }
  const auto adopted = Adopt(options.store, "the proposals", tsv);
  if (!adopted) return Fail(adopted.error(), output);
  return SayAdopted(*adopted, options.store, output);
}

int RunLexiconList(const LexiconListOptions& options, Output& output) {
  const auto store = OpenForReading(options.store);
  if (!store) return Fail(store.error(), output);
  const auto adopted = (*store)->Read().AdoptedLexicon();
  if (!adopted) return Fail(adopted.error(), output);
  output.Print(*adopted);
  return output.Flush() ? kExitOk : kExitStore;
}

int RunLexiconForget(const LexiconForgetOptions& options, Output& output) {
  if (options.all != options.names.empty()) {
    return Fail({ErrorCode::kInvalidArgument, "name the entities to forget, or give --all"}, output);
  }
  const auto store = OpenExisting(options.store);
  if (!store) return Fail(store.error(), output);
  const auto adopted = (*store)->Read().AdoptedLexicon();
  if (!adopted) return Fail(adopted.error(), output);
  auto rows = ReadRows("the adopted lexicon", *adopted);
  if (!rows) return Fail(rows.error(), output);
  std::set<std::string> unwanted;
  for (const std::string& name : options.names) unwanted.insert(text::FoldKey(name));
  std::vector<lexicon::LexiconRow> kept;
  std::set<std::string> forgotten;
  for (lexicon::LexiconRow& row : *rows) {
    std::string key = text::FoldKey(row.names.front().text);
    if (options.all || unwanted.count(key) != 0) {
      forgotten.insert(std::move(key));
    } else {
      kept.push_back(std::move(row));
    }
  }
  for (const std::string& name : options.names) {
    if (forgotten.count(text::FoldKey(name)) != 0) continue;
    return Fail(
        {ErrorCode::kNotFound, fmt::format("'{}' was never adopted: `mailuo lexicon list` shows what was", name)},
        output);
  }
  const std::size_t count = rows->size() - kept.size();
  if (const Status done = (*store)->AdoptLexicon(Write(kept)); !done) return Fail(done.error(), output);
  output.Line(fmt::format("{} entities forgotten: `mailuo reindex --db {}` reads the stored articles without them",
                          count, StorePath(options.store)));
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
