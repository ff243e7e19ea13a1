#include "server/json_misc.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "server/json_build.h"

namespace mailuo::server {
namespace {

std::string LowerMethod(Method method) {
  std::string word(Word(method));
  for (char& c : word) c = static_cast<char>(c - 'A' + 'a');
  return word;
}

std::vector<std::string_view> SplitWords(std::string_view words) {
  std::vector<std::string_view> parts;
  while (!words.empty()) {
    parts.push_back(words.substr(0, words.find('|')));
    words.remove_prefix(std::min(words.size(), parts.back().size() + 1));
  }
  return parts;
}

void PrintScalarSchema(const Parameter& parameter, JsonBuild& json) {
  constexpr std::string_view kTypes[] = {"string", "integer", "number", "boolean", "string", "string"};
  json.Field("type", kTypes[static_cast<std::size_t>(parameter.kind)]);
  if (!parameter.words.empty()) {
    json.Key("enum");
    json.OpenArray();
    for (const std::string_view word : SplitWords(parameter.words)) json.String(word);
    json.CloseArray();
  }
  if (parameter.fallback.empty()) return;
  json.Key("default");
  const bool text = parameter.kind == ParameterKind::kText || parameter.kind == ParameterKind::kWords ||
                    parameter.kind == ParameterKind::kDate;
  if (text) {
    json.String(parameter.fallback);
  } else {
    json.Raw(parameter.fallback);
  }
}

void PrintParameter(const Parameter& parameter, JsonBuild& json) {
  json.Open();
  json.Field("name", parameter.name);
  json.Field("in", "query");
  json.Field("description", parameter.doc);
  json.Field("required", parameter.required);
  json.Key("schema");
  json.Open();
  if (parameter.many) {
    json.Field("type", "array");
    json.Key("items");
    json.Open();
    PrintScalarSchema(parameter, json);
    json.Close();
  } else {
    PrintScalarSchema(parameter, json);
  }
  json.Close();
  json.Close();
}

void PrintResponse(std::string_view status, std::string_view description, std::string_view content, JsonBuild& json) {
  json.Key(status);
  json.Open();
  json.Field("description", description);
  if (!content.empty()) {
    json.Key("content");
    json.Open();
    json.Key(content);
    json.Open();
    json.Key("schema");
    json.Open();
    if (content == "application/problem+json") json.Field("$ref", "#/components/schemas/Problem");
    json.Close();
    json.Close();
    json.Close();
  }
  json.Close();
}

void PrintOperation(const Route& route, JsonBuild& json) {
  json.Key(LowerMethod(route.method));
  json.Open();
  json.Field("operationId", route.name);
  json.Field("summary", route.doc);
  json.Key("parameters");
  json.OpenArray();
  if (route.path.find("{id}") != std::string_view::npos) {
    json.Raw(R"({"name":"id","in":"path","required":true,"schema":{"type":"string"}})");
  }
  for (const Parameter& parameter : route.parameters) PrintParameter(parameter, json);
  json.CloseArray();
  if (!route.body_types.empty()) {
    json.Key("requestBody");
    json.Open();
    json.Field("required", true);
    json.Key("content");
    json.Open();
    for (const std::string_view type : route.body_types) {
      json.Key(type);
      json.Raw("{}");
    }
    json.Close();
    json.Close();
  }
  json.Key("responses");
  json.Open();
  const bool page = route.path == "/";
  PrintResponse("200", "The answer.",
                page                       ? "text/html"
                : route.path == "/metrics" ? "text/plain"
                                           : "application/json",
                json);
  PrintResponse("default", "Why there is no answer (RFC 9457).", "application/problem+json", json);
  json.Close();
  json.Close();
}

void PrintWriteItem(const WriteItem& item, JsonBuild& json) {
  json.Open();
  json.FieldOrNull("article", item.article ? FormatId(item.article) : std::string());
  json.Field("status", item.status);
  json.FieldOrNull("id", item.external_id);
  if (!item.error.empty()) json.Field("error", item.error);
  json.Key("warnings");
  json.OpenArray();
  for (const std::string& warning : item.warnings) json.String(warning);
  json.CloseArray();
  json.Close();
}

}  // namespace

std::string VersionJson() {
  JsonBuild json;
  json.Open();
  json.Key("data");
  json.Open();
  json.Field("name", "mailuo");
  json.Field("version", MAILUO_VERSION);
  json.Field("api", "v1");
  json.Close();
  json.Close();
  return json.Take();
}

std::string OpenApiJson(std::span<const Route> routes) {
  JsonBuild json;
  json.Open();
  json.Field("openapi", "3.1.0");
  json.Key("info");
  json.Open();
  json.Field("title", "Mailuo");
  json.Field("version", MAILUO_VERSION);
  json.Field("description", "Events, relations and timelines of Chinese financial, technology and policy news.");
  json.Close();
  json.Key("paths");
  json.Open();
  // Routes of one path stand together.
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const std::string_view path = routes[i].path;
    if (std::any_of(routes.begin(), routes.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const Route& route) { return route.path == path; })) {
      continue;
    }
    json.Key(path);
    json.Open();
    for (const Route& route : routes) {
      if (route.path == path) PrintOperation(route, json);
    }
    json.Close();
  }
  json.Close();
  json.Key("components");
  json.Raw(R"({"schemas":{"Problem":{"type":"object","required":["type","title","status","detail"],"properties":{)"
           R"("type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},)"
           R"("detail":{"type":"string"},"param":{"type":"string"},"hint":{"type":"string"},)"
           R"("candidates":{"type":"array","items":{"type":"object"}},)"
           R"("did_you_mean":{"type":"array","items":{"type":"object"}}}}}})");
  json.Close();
  return json.Take();
}

std::string WriteJson(const WriteItem& item) {
  JsonBuild json;
  json.Open();
  json.Key("data");
  PrintWriteItem(item, json);
  json.Close();
  return json.Take();
}

std::string WriteJson(const std::vector<WriteItem>& items) {
  std::map<std::string_view, std::uint64_t> counts{{"created", 0}, {"known", 0}, {"error", 0}};
  JsonBuild json;
  json.Open();
  json.Key("data");
  json.OpenArray();
  for (const WriteItem& item : items) {
    ++counts[item.status];
    PrintWriteItem(item, json);
  }
  json.CloseArray();
  json.Key("counts");
  json.Open();
  for (const auto& [status, count] : counts) json.Field(status, count);
  json.Close();
  json.Close();
  return json.Take();
}

}  // namespace mailuo::server
