#include "eval/options.h"

#include <charconv>
#include <optional>
#include <utility>

#include <fmt/core.h>

namespace mailuo::eval {
namespace {

Error Wrong(std::string message) { return Error{ErrorCode::kInvalidArgument, std::move(message)}; }

// The arguments one after another.
class Arguments {
 public:
  explicit Arguments(const std::vector<std::string>& all) : all_(all) {}
  bool done() const { return next_ == all_.size(); }
  const std::string& Next() { return all_[next_++]; }
  Result<std::string> ValueOf(const std::string& flag) {
    if (done()) return Wrong(fmt::format("{} needs a value", flag));
    return Next();
  }

 private:
  const std::vector<std::string>& all_;
  std::size_t next_ = 0;
};

Status ReadFlag(const std::string& flag, Arguments& arguments, Options& options) {
  if (flag == "--fails") {
    options.list_failures = true;
  } else if (flag == "--help" || flag == "-h") {
    options.help = true;
  } else if (flag == "--min") {
    MAILUO_ASSIGN_OR_RETURN(const std::string text, arguments.ValueOf(flag));
    MAILUO_ASSIGN_OR_RETURN(Floor floor, ParseFloor(text));
    options.floors.push_back(std::move(floor));
  } else if (flag == "--labels") {
    MAILUO_ASSIGN_OR_RETURN(const std::string text, arguments.ValueOf(flag));
    MAILUO_ASSIGN_OR_RETURN(options.labels, ParseLabelMap(text));
  } else if (flag == "--part") {
    MAILUO_ASSIGN_OR_RETURN(const std::string text, arguments.ValueOf(flag));
    if (text != "all" && text != "tuned" && text != "held") {
      return Wrong(fmt::format("--part: expected all, tuned or held, got \"{}\"", text));
    }
    options.part = text == "all" ? Part::kAll : text == "tuned" ? Part::kTuned : Part::kHeld;
  } else if (flag == "--published") {
    MAILUO_ASSIGN_OR_RETURN(const std::string text, arguments.ValueOf(flag));
    options.published = ParseIsoDate(text);
    if (!options.published) return Wrong(fmt::format("--published: expected YYYY-MM-DD, got \"{}\"", text));
  } else if (flag == "--model") {
    MAILUO_ASSIGN_OR_RETURN(options.model, arguments.ValueOf(flag));
  } else if (flag == "--tenth") {
    MAILUO_ASSIGN_OR_RETURN(const std::string text, arguments.ValueOf(flag));
    if (text.size() != 1 || text[0] < '0' || text[0] > '9') return Wrong("--tenth: expected a digit");
    options.tenth = text[0] - '0';
  } else if (flag == "--min-confidence") {
    MAILUO_ASSIGN_OR_RETURN(const std::string text, arguments.ValueOf(flag));
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), options.min_confidence);
    if (error != std::errc{} || end != text.data() + text.size()) {
      return Wrong(fmt::format("--min-confidence: expected a number, got \"{}\"", text));
    }
  } else {
    return Wrong(fmt::format("unknown option \"{}\"", flag));
  }
  return {};
}

std::optional<Mode> ModeOf(const std::string& command) {
  if (command == "gold") return Mode::kGold;
  if (command == "ner") return Mode::kNer;
  if (command == "ticker-links") return Mode::kTickerLinks;
  if (command == "ambiguity") return Mode::kAmbiguity;
  if (command == "events") return Mode::kEvents;
  if (command == "stories") return Mode::kStories;
  return std::nullopt;
}

Status ReadPlaces(const std::vector<std::string>& places, Options& options) {
  if (places.empty()) return Wrong("expected a command: gold, ner, ticker-links, ambiguity, events or stories");
  const std::string& command = places.front();
  const std::optional<Mode> mode = ModeOf(command);
  if (!mode) return Wrong(fmt::format("unknown command \"{}\"", command));
  options.mode = *mode;
  const bool gold = *mode == Mode::kGold;
  if (places.size() != (gold ? 3 : 2)) {
    return Wrong(fmt::format("{}: expected {}", command, gold ? "GOLD SAMPLES" : "FILE"));
  }
  (gold ? options.gold_folder : options.lines_path) = places[1];
  if (gold) options.samples_folder = places[2];
  return {};
}

}  // namespace

std::string_view Usage() {
  return R"(Precision, recall and F1 of extraction against labelled text.

  mailuo-eval gold GOLD SAMPLES       folders corpus/gold and corpus/samples
  mailuo-eval ner FILE                JSON lines {"id", "text", "spans": [[start, end, "label"], ...]}
  mailuo-eval ticker-links FILE       JSON lines {"id", "text", "mentions": [[start, end, CODE, "security", name], ...]}
  mailuo-eval calibration relations FILE | events FILE | gold GOLD SAMPLES
                                      confidence against precision by tenths; FILE of relations: text, head, tail,
                                      class, by tabs; of events: as above

  mailuo-eval ambiguity FILE          lines NAME, "company" or "word", SENTENCE, split by tabs: what does the name mean?
  mailuo-eval events FILE             JSON lines {"id", "text", "events": [{"type", "trigger": [text, start],
                                      "args": [[role, text, start], ...]}, ...]} of FewFC; which of our types a label
                                      stands for: corpus/labels/fewfc_events.tsv
  mailuo-eval stories FILE            JSON lines {"id", "date", "title", "text", "story", "event"}, also as .gz

  --fails                 lists every miss, false hit and wrong quality with its sentence
  --min KIND=SHARE        exit code 1 if the F1 (or share) of a kind is below; may be repeated
  --labels LABEL=TYPE,... which mention type a label of `ner` stands for
  --part all|tuned|held   of `events`: a fifth of the lines, by a hash of the id, is held back from tuning
  --published DAY         of `events`: when lines without a day of their own were published (11月6日 needs a year)
  --model FILE            a model of `mailuo train`
  --tenth N               of `ner`: only lines whose id falls into this tenth of all, 0 to 9 (mailuo train --without-tenth)
  --min-confidence N      leaves out what extraction trusts less (default 0.3)

FILE may be "-". Kinds are those of the first column of the output.
Exit codes: 0 fine, 1 below a floor, 2 wrong arguments or input.
)";
}

Result<Options> ParseOptions(const std::vector<std::string>& all) {
  Options options;
  std::vector<std::string> places;
  Arguments arguments(all);
  while (!arguments.done()) {
    const std::string& argument = arguments.Next();
    if (argument.size() > 1 && argument.front() == '-') {
      MAILUO_RETURN_IF_ERROR(ReadFlag(argument, arguments, options));
    } else {
      places.push_back(argument);
    }
  }
  if (options.help) return options;
  MAILUO_RETURN_IF_ERROR(ReadPlaces(places, options));
  return options;
}

}  // namespace mailuo::eval
