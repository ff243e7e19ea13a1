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

// `adopted`: the TSV that the graph's users adopted (store::Reader::AdoptedLexicon), laid under the user's own file.
Result<std::shared_ptr<const lexicon::Lexicon>> LoadLexicon(const std::string& user_tsv,
                                                            const std::string& adopted = {});
// Of a store that may not be there yet: then nothing.
Result<std::string> AdoptedLexicon(const StoreArgs& args);
// `model`: the path of a model that `mailuo train` wrote; empty: none.
Result<std::shared_ptr<const extract::Knowledge>> LoadKnowledge(const std::string& user_tsv, const std::string& model,
                                                                const std::string& adopted = {});

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
