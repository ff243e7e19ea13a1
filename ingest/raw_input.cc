#include "ingest/raw_input.h"

#include <utility>

#include <fmt/core.h>

#include "ingest/byte_source.h"
#include "ingest/csv_row.h"
#include "ingest/front_matter.h"
#include "ingest/html_page.h"
#include "ingest/html_reduce.h"
#include "ingest/json_record.h"
#include "ingest/printable.h"
#include "ingest/record_splitter.h"
#include "text/encoding.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

std::string_view FileName(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool IsOneArticle(InputFormat format) {
  return format == InputFormat::kText || format == InputFormat::kMarkdown || format == InputFormat::kHtml;
}

// Reads one file and hands on what is in it.
class FileReader {
 public:
  FileReader(const InputFile& file, const ReaderOptions& options, const RawSink& sink)
      : file_(file), options_(options), sink_(sink) {
    place_ = Printable(file.path);
    source_path_ = Printable(file.relative);
  }

  // False when the sink wants no more.
  bool Run() {
    if (file_.error) return Refuse(*file_.error);
    auto source = ByteSource::Open(file_.path, file_.kind.gzip, options_.max_expanded_bytes);
    if (!source) return Refuse(std::move(source).error());
    if (IsOneArticle(file_.kind.format)) return Whole(**source);
    return Records(**source);
  }

 private:
  bool Whole(ByteSource& source) {
    auto bytes = ReadAll(source, file_.kind.gzip, options_.max_file_bytes);
    if (!bytes) return Refuse(std::move(bytes).error());
    if (bytes->empty()) return Refuse({ErrorCode::kInvalidArgument, "empty file"});
    RawInput input = NewInput(place_);
    input.bytes = *std::move(bytes);
    return sink_(std::move(input));
  }

  bool Records(ByteSource& source) {
    splitter_ = RecordSplitter::Create(file_.kind.format, options_.max_record_bytes);
    const SplitSink on_record = [this](SplitRecord&& record) { return OnRecord(std::move(record)); };
    std::string chunk;
    std::string head;
    // Enough of the text to tell its encoding, where the file has so much.
    constexpr std::size_t kHead = std::size_t{64} * 1024;
    while (head.size() < kHead) {
      if (auto status = source.Read(chunk); !status) return Refuse(std::move(status).error());
      if (chunk.empty()) break;
      head += chunk;
    }
    if (head.empty()) return Refuse({ErrorCode::kInvalidArgument, "empty file"});
    const auto sniffed = text::SniffEncoding(head);
    if (!sniffed) return Refuse(sniffed.error());
    text::StreamDecoder decoder(sniffed->encoding);
    head.erase(0, sniffed->bom_bytes);
    chunk = std::move(head);
    std::string text;
    while (true) {
      text.clear();
      const Status decoded = decoder.Decode(chunk, chunk.empty(), text);
      if (!splitter_->Feed(text, on_record)) return !stopped_;
      // What cannot be decoded ends the file: nothing after it is sure to be text.
      if (!decoded) return Refuse(decoded.error());
      if (chunk.empty()) break;
      if (auto status = source.Read(chunk); !status) return Refuse(std::move(status).error());
    }
    splitter_->Finish(on_record);
    if (!stopped_ && !any_) return Refuse({ErrorCode::kInvalidArgument, "no records in the file"});
    return !stopped_;
  }

  bool OnRecord(SplitRecord&& record) {
    const bool csv = file_.kind.format == InputFormat::kCsv || file_.kind.format == InputFormat::kTsv;
    if (csv && header_ == nullptr && !record.error) {
      any_ = true;
      return OnHeader(record.bytes);
    }
    any_ = true;
    RawInput input = NewInput(fmt::format("{}:{}", place_, record.number));
    input.bytes = std::move(record.bytes);
    input.error = std::move(record.error);
    input.csv_header = header_;
    const bool go_on = sink_(std::move(input));
    stopped_ = !go_on;
    return go_on;
  }

  bool OnHeader(std::string_view row) {
    if (text::FindInvalidUtf8(row)) {
      stopped_ = !Refuse({ErrorCode::kCorruption, "the first row is not UTF-8"});
      return false;
    }
    auto header = std::make_shared<const std::vector<std::string>>(
        SplitCsvRow(row, file_.kind.format == InputFormat::kTsv ? '\t' : ','));
    if (auto status = CheckCsvHeader(*header); !status) {
      stopped_ = !Refuse(std::move(status).error());
      return false;
    }
    header_ = std::move(header);
    return true;
  }

  RawInput NewInput(std::string place) {
    RawInput input;
    input.format = file_.kind.format;
    input.origin.place = std::move(place);
    input.origin.source_path = source_path_;
    input.origin.file_name = std::string(FileName(file_.relative));
    input.origin.mtime = file_.mtime;
    input.first_of_file = std::exchange(first_, false);
    return input;
  }

  bool Refuse(Error error) {
    any_ = true;
    RawInput input = NewInput(place_);
    input.error = std::move(error);
    return sink_(std::move(input));
  }

  const InputFile& file_;
  const ReaderOptions& options_;
  const RawSink& sink_;
  std::string place_;
  std::string source_path_;
  std::unique_ptr<RecordSplitter> splitter_;
  std::shared_ptr<const std::vector<std::string>> header_;
  bool first_ = true;
  bool any_ = false;
  bool stopped_ = false;
};

ReadOutcome Refused(const Origin& origin, Error error) {
  ReadOutcome outcome;
  outcome.place = origin.place;
  outcome.article = std::move(error);
  return outcome;
}

Result<ReadOutcome> ParseFile(const RawInput& input, const ReaderOptions& options) {
  std::optional<text::Encoding> declared;
  if (input.format == InputFormat::kHtml) declared = text::EncodingByLabel(DeclaredCharset(input.bytes));
  MAILUO_ASSIGN_OR_RETURN(text::DecodedText decoded, text::DecodeText(input.bytes, declared));
  RecordFields fields;
  std::string head_lines;
  if (input.format == InputFormat::kHtml) {
    MAILUO_ASSIGN_OR_RETURN(HtmlPage page, ReadHtmlPage(decoded.utf8));
    fields = std::move(page.fields);
    head_lines = std::move(page.head_lines);
  } else if (input.format == InputFormat::kMarkdown) {
    MarkdownParts parts = SplitMarkdown(decoded.utf8);
    fields = std::move(parts.fields);
    fields.text = std::string(parts.body);
  } else {
    fields.text = std::move(decoded.utf8);
  }
  return BuildArticle(std::move(fields), head_lines, input.origin, TextForm::kFile, options);
}

Result<RecordFields> ParseRow(const RawInput& input) {
  if (const auto bad = text::FindInvalidUtf8(input.bytes)) {
    return Error{ErrorCode::kCorruption, fmt::format("invalid UTF-8 at byte {} of the row", *bad)};
  }
  return ReadCsvRow(input.bytes, input.format == InputFormat::kTsv ? '\t' : ',', *input.csv_header);
}

}  // namespace

Status ReadRawInputs(const std::string& path, const ReaderOptions& options, const RawSink& sink) {
  return ListInputFiles(
      path, [&](InputFile&& file) { return FileReader(file, options, sink).Run(); }, options.root);
}

void ParseRawInput(RawInput&& input, const ReaderOptions& options, const std::function<void(ReadOutcome&&)>& sink) {
  if (input.error) return sink(Refused(input.origin, *std::move(input.error)));
  if (IsOneArticle(input.format)) {
    auto outcome = ParseFile(input, options);
    return sink(outcome ? *std::move(outcome) : Refused(input.origin, std::move(outcome).error()));
  }
  if (input.format == InputFormat::kCsv || input.format == InputFormat::kTsv) {
    auto fields = ParseRow(input);
    if (!fields) return sink(Refused(input.origin, std::move(fields).error()));
    return sink(BuildArticle(*std::move(fields), "", input.origin, TextForm::kFile, options));
  }
  auto records = ReadJsonRecord(input.bytes);
  if (!records) return sink(Refused(input.origin, std::move(records).error()));
  if (records->empty()) return sink(Refused(input.origin, {ErrorCode::kInvalidArgument, "a list without articles"}));
  const bool many = records->size() > 1;
  std::size_t number = 0;
  for (RecordFields& fields : *records) {
    Origin origin = input.origin;
    ++number;
    if (many) origin.place += fmt::format("[{}]", number);
    // A field "text" keeps its count of characters, which callers' offsets refer to.
    const TextForm form = fields.text_may_be_html ? TextForm::kFile : TextForm::kCountable;
    sink(BuildArticle(std::move(fields), "", origin, form, options));
  }
}

}  // namespace mailuo::ingest
