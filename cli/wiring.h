// Puts the modules together: the only place that knows how a store is opened for the program.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "cli/options.h"
#include "core/result.h"
#include "extract/annotator.h"
#include "lexicon/lexicon.h"
#include "store/store.h"

namespace mailuo::cli {

// The folder that --db, MAILUO_DB or the default names.
std::string StorePath(const StoreArgs& args);

// The bytes of a file that the user named; an empty one is not what was meant. Errors: kInvalidArgument with the path.
Result<std::string> ReadFile(const std::string& path);

// `adopted`: the TSV that the graph's users adopted (store::Reader::AdoptedLexicon), laid under the user's own file.
Result<std::shared_ptr<const lexicon::Lexicon>> LoadLexicon(const std::string& user_tsv,
                                                            const std::string& adopted = {});
// The same with what `store` has adopted.
Result<std::shared_ptr<const lexicon::Lexicon>> LexiconOf(const store::Store& store, const std::string& user_tsv);
// The same of a store that may not be there yet: then nothing is adopted.
Result<std::shared_ptr<const lexicon::Lexicon>> LexiconOf(const StoreArgs& args, const std::string& user_tsv);
// `model`: the path of a model that `mailuo train` wrote; empty: none.
Result<std::shared_ptr<const extract::Knowledge>> LoadKnowledge(std::shared_ptr<const lexicon::Lexicon> lexicon,
                                                                const std::string& model);

// Reads beside a running writer. kNotFound says how to make a store.
Result<std::unique_ptr<store::Store>> OpenForReading(const StoreArgs& args);
// `knowledge`: what articles will be annotated by; the store refuses another.
Result<std::unique_ptr<store::Store>> OpenForWriting(const StoreArgs& args, const extract::Knowledge& knowledge,
                                                     std::size_t memory_megabytes = 1024);
// Of an existing store, for changes that annotate nothing (delete, compact).
Result<std::unique_ptr<store::Store>> OpenExisting(const StoreArgs& args);
// How any store is opened, whatever it was made by.
store::StoreOptions PlainOptions();
// How a store of `knowledge` is opened: what reindex makes a new graph by.
store::StoreOptions OptionsFor(const extract::Knowledge& knowledge);

// True once SIGINT or SIGTERM came; HandleSignals() installs the handlers.
void HandleSignals();
bool StopRequested();

}  // namespace mailuo::cli
