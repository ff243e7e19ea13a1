#include "server/web_page.h"

#include <string_view>

#include "embedded_WebHtml.h"
#include "embedded_WebScript.h"
#include "embedded_WebStyle.h"

namespace mailuo::server {
namespace {

void Replace(std::string& page, std::string_view mark, std::string_view content) {
  const std::size_t at = page.find(mark);
  if (at != std::string::npos) page.replace(at, mark.size(), content);
}

}  // namespace

std::string WebPage() {
  static const std::string page_text = [] {
    std::string page(embedded::WebHtml());
    Replace(page, "/*style.css*/", embedded::WebStyle());
    Replace(page, "/*app.js*/", embedded::WebScript());
    return page;
  }();
  return page_text;
}

}  // namespace mailuo::server
