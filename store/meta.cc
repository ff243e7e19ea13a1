#include "store/meta.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include <fmt/core.h>

namespace mailuo::store {
namespace {

constexpr std::string_view kFormat = "format";
constexpr std::string_view kLexicon = "lexicon";
constexpr std::string_view kRules = "rules";
constexpr std::string_view kFolder = "folder";

// The number of the name, in hexadecimal digits; 0 where there is none.
Result<std::uint64_t> ReadNumber(const EngineView& view, std::string_view name) {
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> text, view.Get(Table::kMeta, name));
  if (!text) return std::uint64_t{0};
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value, 16);
  if (error != std::errc() || end != text->data() + text->size()) {
    return Error{ErrorCode::kCorruption, fmt::format("the store's own record '{}' is damaged", name)};
  }
  return value;
}

EngineChange Set(std::string_view name, std::string value) {
  return {Table::kMeta, ChangeKind::kPut, std::string(name), std::move(value)};
}

}  // namespace

Result<StoreVersions> ReadVersions(const EngineView& view) {
  StoreVersions versions;
  MAILUO_ASSIGN_OR_RETURN(const std::uint64_t format, ReadNumber(view, kFormat));
  if (format > UINT32_MAX) return Error{ErrorCode::kCorruption, "the store's own record 'format' is damaged"};
  versions.format = static_cast<std::uint32_t>(format);
  MAILUO_ASSIGN_OR_RETURN(versions.lexicon, ReadNumber(view, kLexicon));
  MAILUO_ASSIGN_OR_RETURN(versions.rules, ReadNumber(view, kRules));
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> folder, view.Get(Table::kMeta, kFolder));
  versions.folder = folder.value_or("");
  return versions;
}

Status WriteVersions(Engine& engine, const StoreVersions& versions) {
  const std::array changes{Set(kFormat, fmt::format("{:x}", versions.format)),
                           Set(kLexicon, fmt::format("{:016x}", versions.lexicon)),
                           Set(kRules, fmt::format("{:016x}", versions.rules)), Set(kFolder, versions.folder)};
  return engine.Write(changes, true);
}

bool IsVersionName(std::string_view name) {
  return name == kFormat || name == kLexicon || name == kRules || name == kFolder || name == kChangesName;
}

std::string FolderFingerprint(NameFolder fold_name) {
  return fmt::format("{:016x}", StableHash64(fold_name("ＡＢＣ Abc  中國 Ａ股（集團）－１２③ ﾃｽﾄ é ß")));
}

}  // namespace mailuo::store
