#include "cli/wiring.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/core.h>

#include "text/folded_text.h"

namespace mailuo::cli {
namespace {

volatile std::sig_atomic_t stop_requested = 0;

void OnSignal(int) { stop_requested = 1; }

std::string FoldName(std::string_view utf8) { return text::FoldKey(utf8); }

}  // namespace

std::string StorePath(const StoreArgs& args) {
  if (!args.db.empty()) return args.db;
  const char* const environment = std::getenv("MAILUO_DB");
  return environment != nullptr && *environment != '\0' ? environment : "mailuo.db";
}

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::kInvalidArgument, fmt::format("{}: cannot be opened", path)};
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (bytes.empty()) return Error{ErrorCode::kInvalidArgument, fmt::format("{}: the file is empty", path)};
  return bytes;
}

Result<std::shared_ptr<const lexicon::Lexicon>> LoadLexicon(const std::string& user_tsv, const std::string& adopted) {
  return lexicon::Lexicon::With(adopted, user_tsv);
}

Result<std::shared_ptr<const lexicon::Lexicon>> LexiconOf(const store::Store& store, const std::string& user_tsv) {
  MAILUO_ASSIGN_OR_RETURN(const std::string adopted, store.Read().AdoptedLexicon());
  return LoadLexicon(user_tsv, adopted);
}

Result<std::shared_ptr<const lexicon::Lexicon>> LexiconOf(const StoreArgs& args, const std::string& user_tsv) {
  store::StoreOptions options = PlainOptions();
  options.mode = store::OpenMode::kReadOnly;
  options.accept_older_format = true;
  const auto store = store::Store::Open(StorePath(args), options);
  if (store) return LexiconOf(**store, user_tsv);
  if (store.error().code == ErrorCode::kNotFound) return LoadLexicon(user_tsv);
  return store.error();
}

Result<std::shared_ptr<const extract::Knowledge>> LoadKnowledge(std::shared_ptr<const lexicon::Lexicon> lexicon,
                                                                const std::string& model) {
  if (model.empty()) return extract::Knowledge::Create(std::move(lexicon));
  MAILUO_ASSIGN_OR_RETURN(std::string bytes, ReadFile(model));
  auto knowledge =
      extract::Knowledge::Create(std::move(lexicon), std::make_shared<const std::string>(std::move(bytes)));
  if (!knowledge) return Error{ErrorCode::kInvalidArgument, fmt::format("{}: {}", model, knowledge.error().message)};
  return knowledge;
}

Result<std::unique_ptr<store::Store>> OpenForReading(const StoreArgs& args) {
  store::StoreOptions options = PlainOptions();
  options.mode = store::OpenMode::kReadOnly;
  const std::string path = StorePath(args);
  auto store = store::Store::Open(path, options);
  if (!store && store.error().code == ErrorCode::kNotFound) {
    return Error{ErrorCode::kIo,
                 fmt::format("there is no store at {}: make one with `mailuo ingest FOLDER --db {}`, or "
                             "name another with --db or MAILUO_DB",
                             path, path)};
  }
  return store;
}

store::StoreOptions PlainOptions() {
  store::StoreOptions options;
  options.fold_name = &FoldName;
  return options;
}

store::StoreOptions OptionsFor(const extract::Knowledge& knowledge) {
  store::StoreOptions options = PlainOptions();
  options.lexicon_version = knowledge.lexicon().version();
  options.rules_version = knowledge.rules_version();
  return options;
}

Result<std::unique_ptr<store::Store>> OpenForWriting(const StoreArgs& args, const extract::Knowledge& knowledge,
                                                     std::size_t memory_megabytes) {
  store::StoreOptions options = OptionsFor(knowledge);
  // A quarter for blocks that are read, an eighth for what is not yet in files; never more than the store's own choice.
  options.block_cache_bytes = std::min(options.block_cache_bytes, (memory_megabytes << 20U) / 4);
  options.write_buffer_bytes = std::min(options.write_buffer_bytes, (memory_megabytes << 20U) / 8);
  return store::Store::Open(StorePath(args), options);
}

Result<std::unique_ptr<store::Store>> OpenExisting(const StoreArgs& args) {
  store::StoreOptions options = PlainOptions();
  options.create = false;
  auto store = store::Store::Open(StorePath(args), options);
  if (!store && store.error().code == ErrorCode::kNotFound) {
    return Error{ErrorCode::kIo, fmt::format("there is no store at {}", StorePath(args))};
  }
  return store;
}

void HandleSignals() {
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A reader that goes away (mailuo … | head) is an output error, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  // Nor is a limit on the size of files: the write that meets it fails and says so.
  std::signal(SIGXFSZ, SIG_IGN);
}

bool StopRequested() { return stop_requested != 0; }

}  // namespace mailuo::cli
