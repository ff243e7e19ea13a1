// What the commands take. Defaults and units stand here; app.cc binds them to flags and texts to help.
// Values that only a parser can judge (dates, types) stay strings: the command that uses them reports them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mailuo::cli {

struct StoreArgs {
  std::string db;  // Folder of the store: --db, else MAILUO_DB, else mailuo.db in the current folder.
};

struct AnnotateOptions {
  std::string file;    // One article in any supported format; "-" reads standard input.
  bool jsonl = false;  // `file` holds one JSON object a line.
  bool pretty = false;
  bool explain = false;
  std::vector<std::string> types;  // Mention types that are printed; empty: all.
  double min_confidence = 0.3;
  std::string lexicon;  // A user's TSV; empty: none.
  std::string model;    // A tagger model of one\'s own (mailuo train); empty: none.
};

struct TrainOptions {
  std::vector<std::string> files;   // JSON lines of labelled text.
  std::string out;                  // Where the model is written.
  std::vector<std::string> labels;  // FROM=TO: labels of the data renamed to mention types.
  std::string lexicon;
  int without_tenth = -1;  // Lines whose id falls into this tenth (core/ids.h) are kept for measuring; -1: none.
  std::uint32_t epochs = 8;
  std::uint32_t log_rows = 20;  // 2^20 feature rows.
};

struct DatesOptions {
  std::string text;
  std::string at;  // The day of publication; empty: today.
  bool json = false;
};

struct IngestOptions {
  StoreArgs store;
  std::vector<std::string> paths;
  std::size_t threads = 0;             // 0: one a core.
  std::size_t memory_megabytes = 512;  // What groups, queues and caches share; at least 128.
  std::string lexicon;
  std::string model;   // A tagger model of one\'s own (mailuo train); empty: none.
  bool json = false;   // Events as JSON lines.
  bool quiet = false;  // No progress.
  bool watch = false;  // Then follow the folders until a signal comes.
};

struct ReindexOptions {
  StoreArgs store;
  std::size_t threads = 0;  // 0: one a core.
  bool diff = false;        // Print what became of every article's facts.
  bool dry_run = false;     // Change nothing.
  bool json = false;        // The diff and the result as JSON lines.
  std::string lexicon;
  std::string model;  // A tagger model of one\'s own (mailuo train); empty: none.
};

struct RepairOptions {
  StoreArgs store;
  bool yes = false;  // Do it; else only tell.
};

struct BackupOptions {
  StoreArgs store;
  std::string folder;
};

struct DeleteOptions {
  StoreArgs store;
  std::string article;  // "ar_…"
};

struct StoreCommandOptions {  // digest, verify, compact
  StoreArgs store;
  bool json = false;
};

// Of merge, split and undo.
struct OperationArgs {
  StoreArgs store;
  std::string lexicon;
  std::string reason;  // For the journal.
  bool json = false;
};

struct MergeOptions {
  OperationArgs operation;
  std::string name;
  std::string with;
};

struct SplitOptions {
  OperationArgs operation;
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> articles;
  std::string into;
  std::string as;
  std::string type;
};

struct UndoOptions {
  OperationArgs operation;
  std::uint64_t number = 0;
};

struct LexiconLearnOptions {
  StoreArgs store;
  std::string lexicon;
  std::uint32_t min_articles = 2;  // That must say the same of a name.
  std::uint32_t min_sources = 1;   // Different outlets among them.
  bool adopt = false;              // Adopt the proposals, or `adopt_file`, instead of printing them.
  std::string adopt_file;
};

struct LexiconListOptions {
  StoreArgs store;
};

struct LexiconForgetOptions {
  StoreArgs store;
  std::vector<std::string> names;
  bool all = false;
};

// Filters that several questions share.
struct QueryArgs {
  StoreArgs store;
  std::string as_of;
  std::string from;
  std::string to;
  std::vector<std::string> types;
  std::vector<std::string> statuses;
  double min_confidence = 0;
  std::size_t limit = 20;
  std::string cursor;
  std::string lexicon;
  bool json = false;
};

struct EntityOptions {
  QueryArgs query;
  std::string name;
  bool prefix = false;
};

struct TimelineOptions {
  QueryArgs query;
  std::vector<std::string> names;
  std::string order = "desc";
  std::string time_field = "event";
};

struct RelationsOptions {
  QueryArgs query;
  std::string name;
  std::string with;
  std::string direction;
};

struct PathOptions {
  QueryArgs query;
  std::string from;
  std::string to;
  std::size_t max_hops = 3;
  std::size_t paths = 3;
  std::vector<std::string> exclude;
};

struct DayOptions {
  QueryArgs query;
  std::string day;
};

struct ArticleOptions {
  QueryArgs query;
  std::string article;
};

struct OperationsOptions {
  QueryArgs query;
};

struct StoriesOptions {
  QueryArgs query;
  std::string name;  // Empty: all.
};

struct StoryOptions {
  QueryArgs query;
  std::string story;  // "st_…"
};

struct StatsOptions {
  QueryArgs query;
};

struct SchemaOptions {
  bool json = false;
};

struct ServeOptions {
  StoreArgs store;
  std::string listen = "127.0.0.1:8080";
  std::string lexicon;
  std::string model;  // A tagger model of one\'s own (mailuo train); empty: none.
  std::size_t threads = 0;
  bool read_only = false;
  std::vector<std::string> watch;  // Folders whose articles go into the store as they come.
};

}  // namespace mailuo::cli
