// mailuo reindex: the stored articles extracted anew, after the lexicon or the rules changed. Resumable: an article
// whose annotation is already what it should be is rewritten to the same bytes.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/wiring.h"

namespace mailuo::cli {

int RunReindex(const ReindexOptions& options, Output& output) {
  auto knowledge = LoadKnowledge(options.lexicon, options.model);
  if (!knowledge) return Fail(knowledge.error(), output);
  auto store = OpenForReindex(options.store);
  if (!store) return Fail(store.error(), output);

  HandleSignals();
  extract::Annotator annotator(*knowledge);
  const store::Reader reader = (*store)->Read();
  constexpr std::size_t kPage = 256;
  std::string resume;
  std::uint64_t done = 0;
  do {
    const auto page = reader.Articles({}, store::Order::kOldestFirst, resume, kPage);
    if (!page) return Fail(page.error(), output);
    std::vector<store::StoredArticle> group;
    for (const store::ArticleRef& ref : page->items) {
      auto stored = reader.GetArticle(ref.article);
      if (!stored) return Fail(stored.error(), output);
      if (!*stored) continue;
      (*stored)->annotation = annotator.Annotate((*stored)->article);
      group.push_back(std::move(**stored));
    }
    if (StopRequested()) {
      output.Warn(fmt::format("stopped after {} articles; run the command again to finish", done));
      return kExitPartial;
    }
    const auto known = (*store)->Reannotate(group);
    if (!known) return Fail(known.error(), output);
    done += *known;
    resume = page->resume;
  } while (!resume.empty());
  const Status versions = (*store)->SetVersions((*knowledge)->lexicon().version(), (*knowledge)->rules_version());
  if (!versions) return Fail(versions.error(), output);
  output.Line(fmt::format("{} articles extracted anew", done));
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
