#include "lexicon/lexicon.h"

#include "core/check.h"
#include "embedded_BuiltInLexicon.h"
#include "lexicon/blob_lexicon.h"
#include "lexicon/compiler.h"
#include "lexicon/tsv_reader.h"

namespace mailuo::lexicon {
namespace {

const std::shared_ptr<const BlobLexicon>& BuiltInBlob() {
  static const std::shared_ptr<const BlobLexicon> built_in = [] {
    auto opened = BlobLexicon::Open(embedded::BuiltInLexicon());
    MAILUO_CHECK(opened.has_value());  // The build made and checked it.
    return *std::move(opened);
  }();
  return built_in;
}

}  // namespace

std::shared_ptr<const Lexicon> Lexicon::BuiltIn() { return BuiltInBlob(); }

Result<std::shared_ptr<const Lexicon>> Lexicon::WithUserNames(const std::string& tsv_path) {
  return With({}, tsv_path);
}

Result<std::shared_ptr<const Lexicon>> Lexicon::With(std::string_view adopted_tsv, const std::string& user_tsv_path) {
  if (adopted_tsv.empty() && user_tsv_path.empty()) return BuiltIn();
  std::vector<LexiconRow> rows = BuiltInBlob()->Rows();
  if (!adopted_tsv.empty()) {
    MAILUO_ASSIGN_OR_RETURN(std::vector<LexiconRow> adopted, ReadLexiconTsv("the adopted lexicon", adopted_tsv));
    MAILUO_ASSIGN_OR_RETURN(rows, OverlayRows(std::move(rows), std::move(adopted)));
  }
  if (!user_tsv_path.empty()) {
    MAILUO_ASSIGN_OR_RETURN(std::vector<LexiconRow> user, ReadLexiconFile(user_tsv_path));
    MAILUO_ASSIGN_OR_RETURN(rows, OverlayRows(std::move(rows), std::move(user)));
  }
  MAILUO_ASSIGN_OR_RETURN(std::string blob, CompileLexicon(std::move(rows), BuiltInBlob()->NotNames()));
  MAILUO_ASSIGN_OR_RETURN(const std::shared_ptr<const BlobLexicon> lexicon, BlobLexicon::OpenOwned(std::move(blob)));
  return std::shared_ptr<const Lexicon>(lexicon);
}

}  // namespace mailuo::lexicon
