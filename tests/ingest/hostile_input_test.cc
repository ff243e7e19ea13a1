// Inputs that nobody should have to fear: each is named with its reason, the run goes on.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "ingest/article_reader.h"
#include "ingest/html_reduce.h"
#include "ingest/printable.h"
#include "ingest/read_support.h"
#include "support/subprocess.h"

namespace mailuo::ingest {
namespace {

using testing::TempDir;

constexpr std::string_view kText = "公司公告称，拟以490.34亿元收购其持有的全部股权。市场人士认为影响有限。\n";

std::string Repeat(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

// A file of `bytes` zeros that takes no space on disk.
std::string Sparse(const TempDir& dir, std::string_view name, off_t bytes) {
  const std::string path = dir.Write(name, "");
  REQUIRE(truncate(path.c_str(), bytes) == 0);
  return path;
}

TEST_CASE("Files that are no text are refused by kind", "[ingest][hostile]") {
  const TempDir dir;
  CHECK(Refusal(ReadAllOf(dir.Write("empty.txt", ""))) == "empty file");
  CHECK(Refusal(ReadAllOf(dir.Write("empty.jsonl", ""))) == "empty file");
  CHECK(Refusal(ReadAllOf(dir.Write("blank.txt", " \n\n\t"))) == "no text");
  CHECK(Refusal(ReadAllOf(dir.Write("blank.jsonl", "\n \n"))) == "no records in the file");
  CHECK(Refusal(ReadAllOf(dir.Write("zip.txt", "PK\x03\x04 rest"))) ==
        "not a text: ZIP archive (also .docx, .xlsx, .epub)");
  CHECK(Refusal(ReadAllOf(dir.Write("pdf.md", "%PDF-1.7"))) == "not a text: PDF document");
  CHECK(Refusal(ReadAllOf(dir.Write("png.html", "\x89PNG\r\n"))) == "not a text: PNG image");
  CHECK(Refusal(ReadAllOf(dir.Write("zip.csv", "PK\x03\x04 rest"))) ==
        "not a text: ZIP archive (also .docx, .xlsx, .epub)");
  CHECK(Refusal(ReadAllOf(Sparse(dir, "zeros.txt", 4096))) == "not a text: binary data");
  CHECK(Refusal(ReadAllOf(dir.Write("no.txt.gz", kText))).find("damaged gzip data") == 0);
  CHECK(Refusal(ReadAllOf(dir.Write("a.pdf", "%PDF-1.7"))).find("a kind of file that is not read") == 0);
}

TEST_CASE("Invalid UTF-8 amid a file is named by its byte", "[ingest][hostile]") {
  const TempDir dir;
  std::string bytes = Repeat(kText, 40);
  bytes[1500] = '\xFF';
  CHECK(Refusal(ReadAllOf(dir.Write("a.txt", bytes))).find("invalid UTF-8 at byte 1") == 0);
  // In a file of records only the bad one is refused.
  const std::string lines = "{\"text\":\"一。\"}\n{\"text\":\"\xFF\"}\n{\"text\":\"三。\"}\n";
  const auto outcomes = ReadAllOf(dir.Write("a.jsonl", lines));
  REQUIRE(outcomes.size() == 3);
  CHECK(outcomes[0].article);
  CHECK(outcomes[1].article.error().message == "invalid UTF-8 at byte 9");
  CHECK(outcomes[2].article);
}

TEST_CASE("A text of 200 MB is refused by its size alone", "[ingest][hostile]") {
  const TempDir dir;
  const std::string path = Sparse(dir, "big.txt", 200 * 1024 * 1024);
  CHECK(Refusal(ReadAllOf(path)) == "file of 200 MiB is too large (limit 32 MiB)");
}

TEST_CASE("A line of ten million characters is refused within bounds", "[ingest][hostile]") {
  const TempDir dir;
  const std::string line = Repeat("长", 10'000'000);
  CHECK(Refusal(ReadAllOf(dir.Write("line.txt", line))) == "text of 28.6 MiB is too long (limit 2 MiB)");
  const auto outcomes = ReadAllOf(dir.Write("line.jsonl", "{\"text\":\"" + line + "\"}\n{\"text\":\"好。\"}\n"));
  REQUIRE(outcomes.size() == 2);
  CHECK(outcomes[0].article.error().message == "record is longer than 16 MiB");
  CHECK(outcomes[1].article);
}

TEST_CASE("JSON of ten thousand levels is refused", "[ingest][hostile]") {
  const TempDir dir;
  const std::string deep = Repeat("[", 10'000) + Repeat("]", 10'000);
  CHECK(Refusal(ReadAllOf(dir.Write("deep.json", deep))) == "nested deeper than 64 levels");
  CHECK(Refusal(ReadAllOf(dir.Write("open.json", Repeat("{\"a\":", 100'000)))) == "nested deeper than 64 levels");
  CHECK(Refusal(ReadAllOf(dir.Write("deep.jsonl", "{\"text\":" + deep + "}"))) ==
        "JSON is nested deeper than 64 levels");
  CHECK(Refusal(ReadAllOf(dir.Write("cut.json", "[{\"text\":\"一"))) == "the file ends inside an element");
  CHECK(ReadJsonArticle(R"({"text":"\ud800"})", TestOptions()).article.error().code == ErrorCode::kInvalidArgument);
}

TEST_CASE("Loops of links end", "[ingest][hostile]") {
  const TempDir dir;
  dir.Write("in/a.txt", kText);
  REQUIRE(symlink("..", (dir / "in/up").c_str()) == 0);
  REQUIRE(symlink("self.txt", (dir / "in/self.txt").c_str()) == 0);
  REQUIRE(symlink("gone.txt", (dir / "in/dangling.txt").c_str()) == 0);
  const auto outcomes = ReadAllOf(dir.path());
  REQUIRE(outcomes.size() == 4);
  CHECK(outcomes[0].article);
  CHECK(outcomes[1].article.error().message == "No such file or directory");
  CHECK(outcomes[2].article.error().message == "a loop of symbolic links");
  CHECK(outcomes[3].article.error().message == "a link to a folder that is already being read");
}

TEST_CASE("Unreadable files and pipes are passed over with a reason", "[ingest][hostile]") {
  const TempDir dir;
  REQUIRE(mkfifo((dir / "pipe.txt").c_str(), 0600) == 0);
  CHECK(Refusal(ReadAllOf(dir.path())) == "not a regular file");
  if (geteuid() != 0) {  // Root reads everything.
    const std::string path = dir.Write("secret.txt", kText);
    REQUIRE(chmod(path.c_str(), 0) == 0);
    CHECK(Refusal(ReadAllOf(path)) == "Permission denied");
  }
}

TEST_CASE("Names with line ends or bytes that are no UTF-8 are escaped", "[ingest][hostile]") {
  CHECK(Printable("a\nb\x1b\xffz\\") == "a\\nb\\x1b\\xffz\\\\");
  CHECK(Printable("新闻.txt") == "新闻.txt");
  const TempDir dir;
  dir.Write("line\nend\xff.txt", kText);
  const auto outcomes = ReadAllOf(dir.path());
  REQUIRE(outcomes.size() == 1);
  REQUIRE(outcomes[0].article);
  CHECK(outcomes[0].place == dir / "line\\nend\\xff.txt");
  CHECK(outcomes[0].article->source_path == "line\\nend\\xff.txt");
}

TEST_CASE("HTML bombs are refused or defused", "[ingest][hostile]") {
  const TempDir dir;
  CHECK(Refusal(ReadAllOf(dir.Write("deep.html", Repeat("<div>", 100'000)))) == "tags nest deeper than 512 levels");
  CHECK(Refusal(ReadAllOf(dir.Write("many.html", Repeat("<p>", 300'000)))) == "page has more than 200000 tags");
  // Open formatting tags are repeated in each block by the standard's algorithm.
  std::string formatting;
  for (int i = 0; i < 3000; ++i) formatting += "<b id=" + std::to_string(i) + "><p>文";
  CHECK(ReadAllOf(dir.Write("format.html", formatting)).at(0).article);
  std::string attributes = "<div ";
  for (int i = 0; i < 500'000; ++i) attributes += "a" + std::to_string(i) + "=1 ";
  attributes += ">" + std::string(kText) + "</div>";
  CHECK(ReadAllOf(dir.Write("attributes.html", attributes)).at(0).article);
  CHECK(Refusal(ReadAllOf(dir.Write("quote.html", "<div class=\"" + Repeat("x", 1'000'000)))) == "no text on the page");
  CHECK(Refusal(ReadAllOf(dir.Write("nothing.html", "<html><script>var a = '<p>x</p>';</script></html>"))) ==
        "no text on the page");
  CHECK(Refusal(ReadAllOf(dir.Write("shell.html", "<title>某公司拟收购芯片企业</title><div id=app></div>"))) ==
        "no text on the page");
}

TEST_CASE("A gzip bomb stops at the limit", "[ingest][hostile]") {
  const TempDir dir;
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string bomb;
  std::string zeros(1 << 20, 'a');
  std::string out(1 << 16, '\0');
  for (int mebibyte = 0; mebibyte <= 128; ++mebibyte) {
    stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
    stream.avail_in = mebibyte == 128 ? 0 : static_cast<uInt>(zeros.size());
    int result = Z_OK;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      result = deflate(&stream, mebibyte == 128 ? Z_FINISH : Z_NO_FLUSH);
      bomb.append(out.data(), out.size() - stream.avail_out);
    } while (stream.avail_out == 0);
    REQUIRE(result != Z_STREAM_ERROR);
  }
  deflateEnd(&stream);
  CHECK(Refusal(ReadAllOf(dir.Write("bomb.txt.gz", bomb))) == "file is too large once expanded (limit 32 MiB)");
  CHECK(Refusal(ReadAllOf(dir.Write("bomb.jsonl.gz", bomb))) == "gzip data expands more than 200 times");
  CHECK(Refusal(ReadAllOf(dir.Write("cut.txt.gz", bomb.substr(0, 100)))) == "gzip data is cut off");
}

}  // namespace
}  // namespace mailuo::ingest
