#include "cli/app.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "core/version.h"
#include "ingest/pipeline.h"

namespace mailuo::cli {
namespace {

class App {
 public:
  explicit App(Output& output) : output_(output) {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string(kVersion));
    app_.set_help_all_flag("--help-all", "Help of every command");
    app_.footer(
        "Every command has its own --help. Exit codes: 0 done, 1 some input skipped or nothing found, 2 wrong use, "
        "3 the store failed.");
    AddIngest();
    AddServe();
    AddAnnotate();
    AddDates();
    AddEntity();
    AddTimeline();
    AddRelations();
    AddPath();
    AddDay();
    AddArticle();
    AddStories();
    AddStats();
    AddSchema();
    AddOperations();
    AddLexiconCommands();
    AddReindex();
    AddTrain();
    AddStoreCommands();
  }

  int Run(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      // Help and version are "errors" with exit code 0.
      return app_.exit(error) == 0 ? kExitOk : kExitUsage;
    }
    return command_();
  }

 private:
  // A subcommand that runs `run(options, output)` on an option struct which lives as long as the app.
  template <typename Options>
  CLI::App* Add(const char* name, const char* help, Options& options, int (*run)(const Options&, Output&),
                CLI::App* parent = nullptr) {
    CLI::App* command = (parent != nullptr ? parent : &app_)->add_subcommand(name, help);
    command->callback([this, &options, run] { command_ = [this, &options, run] { return run(options, output_); }; });
    return command;
  }

  static void AddStore(CLI::App* command, StoreArgs& args) {
    command->add_option("--db", args.db, "Folder of the store (default: $MAILUO_DB, else mailuo.db)")->type_name("DIR");
  }
  static void AddLexicon(CLI::App* command, std::string& lexicon) {
    command
        ->add_option("--lexicon", lexicon, "Names of your own, laid over the built-in ones (corpus/lexicon/README.md)")
        ->type_name("TSV");
  }
  static void AddModel(CLI::App* command, std::string& model) {
    command->add_option("--model", model, "A model of your own for unknown names (mailuo train)")->type_name("FILE");
  }
  static void AddAnswer(CLI::App* command, QueryArgs& args) {
    AddStore(command, args.store);
    AddLexicon(command, args.lexicon);
    command->add_option("--as-of", args.as_of, "Only articles published until then count")->type_name("DATE");
    command->add_flag("--json", args.json, "The JSON of the HTTP API");
  }
  static void AddPage(CLI::App* command, QueryArgs& args) {
    command->add_option("--limit", args.limit, "Items on a page, 1..200")->capture_default_str();
    command->add_option("--cursor", args.cursor, "Where the page before ended");
  }
  static void AddTypes(CLI::App* command, QueryArgs& args, const char* help) {
    command->add_option("--type", args.types, help)->delimiter(',');
  }
  static void AddFilter(CLI::App* command, QueryArgs& args) {
    command->add_option("--status", args.statuses, "occurred, planned, rumoured, denied, terminated")->delimiter(',');
    command->add_option("--from", args.from, "First day: 2025, 2025-07, 2025-07-04, 2025年7月, 上周")
        ->type_name("DATE");
    command->add_option("--to", args.to, "Last day")->type_name("DATE");
    command->add_option("--min-confidence", args.min_confidence, "0..1")->check(CLI::Range(0.0, 1.0));
  }

  void AddIngest() {
    CLI::App* command = Add("ingest", "Read articles from folders and files into the store", ingest_, &RunIngest);
    command->add_option("PATH", ingest_.paths, "Folders and files: .txt .md .html .json .jsonl .csv, each also as .gz")
        ->required();
    AddStore(command, ingest_.store);
    AddLexicon(command, ingest_.lexicon);
    AddModel(command, ingest_.model);
    command->add_option("--threads", ingest_.threads, "Extractor threads; 0: one a core")->capture_default_str();
    command->add_option("--memory", ingest_.memory_megabytes, "What groups, queues and caches may take together")
        ->type_name("MIB")
        ->check(CLI::Range(ingest::kMinMemoryMiB, std::size_t{1} << 20))
        ->capture_default_str();
    command->add_flag("--json", ingest_.json, "Progress and result as JSON lines");
    command->add_flag("--quiet", ingest_.quiet, "No progress, only the result");
    command->add_flag("--watch", ingest_.watch, "Then follow the folders: store what comes, until Ctrl-C or SIGTERM");
  }
  void AddServe() {
    CLI::App* command = Add("serve", "Serve the HTTP API and the web page", serve_, &RunServe);
    AddStore(command, serve_.store);
    AddLexicon(command, serve_.lexicon);
    AddModel(command, serve_.model);
    command->add_option("--listen", serve_.listen, "Where to listen; port 0 picks a free one")
        ->type_name("ADDRESS:PORT")
        ->capture_default_str();
    command->add_option("--threads", serve_.threads, "Worker threads; 0: chosen from the cores")->capture_default_str();
    CLI::Option* const read_only =
        command->add_flag("--read-only", serve_.read_only, "Answer beside another process that writes");
    command->add_option("--watch", serve_.watch, "Folder whose articles go into the store as they come")
        ->type_name("FOLDER")
        ->excludes(read_only);
  }
  void AddAnnotate() {
    CLI::App* command =
        Add("annotate", "Show what extraction finds in a text; stores nothing", annotate_, &RunAnnotate);
    command->add_option("FILE", annotate_.file, "An article in any supported format, or - for standard input")
        ->required();
    command->add_flag("--jsonl", annotate_.jsonl, "FILE holds one JSON object a line: text, id, title, published");
    command->add_flag("--pretty", annotate_.pretty, "Indented JSON");
    command->add_flag("--explain", annotate_.explain, "Also what was looked at and refused, with the reason");
    command->add_option("--type", annotate_.types, "Only mentions of these types")->delimiter(',');
    command->add_option("--min-confidence", annotate_.min_confidence, "Leave out what is less sure")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    AddLexicon(command, annotate_.lexicon);
    AddModel(command, annotate_.model);
  }
  void AddDates() {
    CLI::App* command = Add("dates", "Explain the expressions of time in a text", dates_, &RunDates);
    command->add_option("TEXT", dates_.text, "The text")->required();
    command->add_option("--at", dates_.at, "The day it was published (default: today)")->type_name("DATE");
    command->add_flag("--json", dates_.json, "The annotate object");
  }
  void AddEntity() {
    CLI::App* command = Add("entity", "Who is this: a name, alias, ticker, pinyin or id", entity_, &RunEntity);
    command->add_option("NAME", entity_.name, "What people write")->required();
    command->add_flag("--search", entity_.prefix, "List everything that it may stand for, prefixes included");
    AddAnswer(command, entity_.query);
    AddPage(command, entity_.query);
    AddTypes(command, entity_.query, "With --search: only entities of these types");
  }
  void AddTimeline() {
    CLI::App* command = Add("timeline", "What happened to an entity", timeline_, &RunTimeline);
    command->add_option("NAME", timeline_.names, "One or more: events that all of them take part in")->required();
    AddAnswer(command, timeline_.query);
    AddPage(command, timeline_.query);
    AddTypes(command, timeline_.query, "Event types (mailuo schema)");
    AddFilter(command, timeline_.query);
    command->add_option("--order", timeline_.order, "desc: newest first; asc")
        ->check(CLI::IsMember({"asc", "desc"}))
        ->capture_default_str();
    command->add_option("--time-field", timeline_.time_field, "What --from and --to mean: event or published")
        ->check(CLI::IsMember({"event", "published"}))
        ->capture_default_str();
  }
  void AddRelations() {
    CLI::App* command = Add("relations", "How an entity is connected", relations_, &RunRelations);
    command->add_option("NAME", relations_.name, "The entity")->required();
    command->add_option("WITH", relations_.with, "Only relations with this one");
    AddAnswer(command, relations_.query);
    AddPage(command, relations_.query);
    AddTypes(command, relations_.query, "Relation types (mailuo schema); CO_OCCURS only when named");
    AddFilter(command, relations_.query);
    command->add_option("--direction", relations_.direction, "out or in, seen from NAME")
        ->check(CLI::IsMember({"out", "in"}));
  }
  void AddPath() {
    CLI::App* command = Add("path", "How one entity reaches another", path_, &RunPath);
    command->add_option("FROM", path_.from, "An entity")->required();
    command->add_option("TO", path_.to, "Another")->required();
    AddAnswer(command, path_.query);
    AddTypes(command, path_.query, "Only over these relation types");
    command->add_option("--max-hops", path_.max_hops, "1..4")->check(CLI::Range(1, 4))->capture_default_str();
    command->add_option("--paths", path_.paths, "How many, 1..10")->check(CLI::Range(1, 10))->capture_default_str();
    command->add_option("--exclude", path_.exclude, "Entities that no path may touch")->delimiter(',');
  }
  void AddDay() {
    CLI::App* command = Add("day", "What happened on a day, and what was published", day_, &RunDay);
    command->add_option("DATE", day_.day, "2025-07-04, 7月4日, 昨天")->required();
    AddAnswer(command, day_.query);
    AddPage(command, day_.query);
    AddTypes(command, day_.query, "Event types (mailuo schema)");
  }
  void AddArticle() {
    CLI::App* command = Add("article", "A stored article", article_, &RunArticle);
    command->add_option("ID", article_.article, "ar_…")->required();
    AddAnswer(command, article_.query);
  }
  void AddStories() {
    CLI::App* list = Add("stories", "Matters that the news follows, the last reported first", stories_, &RunStories);
    list->add_option("NAME", stories_.name, "Only those with articles that mention this entity");
    AddAnswer(list, stories_.query);
    AddPage(list, stories_.query);
    list->add_option("--from", stories_.query.from, "First day of publication")->type_name("DATE");
    list->add_option("--to", stories_.query.to, "Last day of publication")->type_name("DATE");
    CLI::App* one = Add("story", "One story: its happenings, articles and events", story_, &RunStory);
    one->add_option("ID", story_.story, "st_…")->required();
    AddAnswer(one, story_.query);
  }
  void AddStats() { AddAnswer(Add("stats", "What the store holds", stats_, &RunStats), stats_.query); }
  void AddSchema() {
    CLI::App* command = Add("schema", "Event and relation types", schema_, &RunSchema);
    command->add_flag("--json", schema_.json, "The JSON of the HTTP API");
  }
  void AddLexiconCommands() {
    CLI::App* lexicon = app_.add_subcommand("lexicon", "Names that the articles of a graph teach it");
    lexicon->require_subcommand(1);
    CLI::App* learn = Add("learn", "Propose names that articles bind to codes or explain by others, as a lexicon TSV",
                          lexicon_learn_, &RunLexiconLearn, lexicon);
    AddStore(learn, lexicon_learn_.store);
    AddLexicon(learn, lexicon_learn_.lexicon);
    learn->add_option("--min-articles", lexicon_learn_.min_articles, "Articles that must say the same of a name")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    learn->add_option("--min-sources", lexicon_learn_.min_sources, "Different outlets among them")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    const CLI::Option* adopt =
        learn
            ->add_option(
                "--adopt", lexicon_learn_.adopt_file,
                "Keep the proposals, or the lines of FILE, in the graph's own lexicon; then run mailuo reindex")
            ->expected(0, 1)
            ->type_name("[FILE]");
    learn->parse_complete_callback([this, adopt] { lexicon_learn_.adopt = !adopt->empty(); });
    CLI::App* list = Add("list", "The names that were adopted", lexicon_list_, &RunLexiconList, lexicon);
    AddStore(list, lexicon_list_.store);
    CLI::App* forget = Add("forget", "Take adopted entities out again", lexicon_forget_, &RunLexiconForget, lexicon);
    forget->add_option("NAME", lexicon_forget_.names, "As `mailuo lexicon list` shows them");
    forget->add_flag("--all", lexicon_forget_.all, "All of them");
    AddStore(forget, lexicon_forget_.store);
  }
  static void AddOperation(CLI::App* command, OperationArgs& args) {
    AddStore(command, args.store);
    AddLexicon(command, args.lexicon);
    command->add_option("--reason", args.reason, "Why, for the journal")->type_name("TEXT");
    command->add_flag("--json", args.json, "The JSON of the HTTP API");
  }
  void AddOperations() {
    CLI::App* merge =
        Add("merge", "Two entities are one: WITH joins NAME (mailuo undo takes it back)", merge_, &RunMerge);
    merge->add_option("NAME", merge_.name, "The entity that stays")->required();
    merge->add_option("WITH", merge_.with, "The one that joins it")->required();
    AddOperation(merge, merge_.operation);
    CLI::App* split = Add("split", "What some articles call an entity is another one", split_, &RunSplit);
    split->add_option("NAME", split_.name, "The entity")->required();
    split->add_option("--alias", split_.aliases, "Articles that call it by nothing but these names")->delimiter(',');
    split->add_option("--article", split_.articles, "Only these articles (ar_…)")->delimiter(',');
    split->add_option("--into", split_.into, "The known entity that is meant there");
    split->add_option("--as", split_.as, "Or the name of a new one (default: the alias)");
    split->add_option("--type", split_.type, "Of the new one (default: that of NAME)");
    AddOperation(split, split_.operation);
    CLI::App* undo = Add("undo", "Take an operation on entities back, as if it had never been", undo_, &RunUndo);
    undo->add_option("NUMBER", undo_.number, "Of the journal (mailuo operations)")->required();
    AddOperation(undo, undo_.operation);
    CLI::App* list =
        Add("operations", "The journal of merges, splits and undos, newest first", operations_, &RunOperations);
    AddStore(list, operations_.query.store);
    AddPage(list, operations_.query);
    list->add_flag("--json", operations_.query.json, "The JSON of the HTTP API");
  }
  void AddReindex() {
    CLI::App* command =
        Add("reindex", "Extract the stored articles anew with the present lexicon and rules", reindex_, &RunReindex);
    AddStore(command, reindex_.store);
    command->add_flag("--diff", reindex_.diff, "Print which facts each article gains and loses");
    command->add_flag("--dry-run", reindex_.dry_run, "Only tell what would change (with --diff: fact by fact)");
    command->add_flag("--json", reindex_.json, "The diff and the result as JSON lines");
    command->add_option("--threads", reindex_.threads, "Extractor threads; 0: one a core")->capture_default_str();
    AddLexicon(command, reindex_.lexicon);
    AddModel(command, reindex_.model);
  }
  void AddTrain() {
    CLI::App* command =
        Add("train", "Train a model for names that no list knows, on your own labelled text", train_, &RunTrain);
    command->add_option("FILE", train_.files, "JSON lines: {\"text\": …, \"spans\": [[start, end, \"company\"], …]}")
        ->required();
    command->add_option("--out", train_.out, "Where the model goes")->required()->type_name("FILE");
    command->add_option("--label", train_.labels, "FROM=TO: a label of the data is this mention type")->delimiter(',');
    command
        ->add_option("--without-tenth", train_.without_tenth,
                     "Leaves the lines out whose \"id\" falls into this tenth of all (mailuo-eval ner --tenth)")
        ->check(CLI::Range(0, 9));
    command->add_option("--epochs", train_.epochs, "Passes over the data")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->add_option("--log-rows", train_.log_rows, "Size of the model: 2^N feature rows")
        ->check(CLI::Range(8, 22))
        ->capture_default_str();
    AddLexicon(command, train_.lexicon);
  }
  void AddStoreCommands() {
    for (const auto& [name, help, run] :
         {std::tuple{"digest", "One hash of the logical graph", &RunDigest},
          std::tuple{"verify", "Check every quote, posting and edge", &RunVerify},
          std::tuple{"compact", "Rewrite the store into its smallest form", &RunCompact}}) {
      CLI::App* command = Add(name, help, store_command_, run);
      AddStore(command, store_command_.store);
      if (std::string_view(name) == "digest") command->add_flag("--json", store_command_.json, "As a JSON object");
    }
    CLI::App* repair = Add("repair", "Tell what a damaged store has lost; with --yes make it sound again without that",
                           repair_, &RunRepair);
    AddStore(repair, repair_.store);
    repair->add_flag("--yes", repair_.yes, "Do it; the damaged files are kept beside");
    CLI::App* remove = Add("delete", "Take an article out, and all that it put in", delete_, &RunDelete);
    remove->add_option("ID", delete_.article, "ar_…")->required();
    AddStore(remove, delete_.store);
    CLI::App* backup = Add("backup", "Add a backup of the store to a folder", backup_, &RunBackup);
    backup->add_option("FOLDER", backup_.folder, "Where backups are kept")->required();
    AddStore(backup, backup_.store);
    CLI::App* restore = Add("restore", "Make a store from the newest backup", backup_, &RunRestore);
    restore->add_option("FOLDER", backup_.folder, "Where backups are kept")->required();
    AddStore(restore, backup_.store);
  }

  CLI::App app_{"Mailuo 脉络: a knowledge graph and timeline index of Chinese financial, technology and policy news"};
  Output& output_;
  std::function<int()> command_;
  IngestOptions ingest_;
  ServeOptions serve_;
  AnnotateOptions annotate_;
  DatesOptions dates_;
  EntityOptions entity_;
  TimelineOptions timeline_;
  RelationsOptions relations_;
  PathOptions path_;
  DayOptions day_;
  ArticleOptions article_;
  StoriesOptions stories_;
  StoryOptions story_;
  StatsOptions stats_;
  SchemaOptions schema_;
  LexiconLearnOptions lexicon_learn_;
  LexiconListOptions lexicon_list_;
  LexiconForgetOptions lexicon_forget_;
  MergeOptions merge_;
  SplitOptions split_;
  UndoOptions undo_;
  OperationsOptions operations_;
  ReindexOptions reindex_;
  TrainOptions train_;
  StoreCommandOptions store_command_;
  DeleteOptions delete_;
  RepairOptions repair_;
  BackupOptions backup_;
};

}  // namespace

int RunApp(int argc, const char* const* argv) {
  Output output(stdout, stderr);
  App app(output);
  return app.Run(argc, argv);
}

}  // namespace mailuo::cli
