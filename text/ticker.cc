#include "text/ticker.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "embedded_BseCodes.h"

namespace mailuo::text {
namespace {

using Units = std::u16string_view;

struct ExchangeWord {
  Units word;  // Folded.
  std::string_view exchange;
};

// After the dot. The Reuters letters of the three American exchanges all mean a US listing.
constexpr std::array<ExchangeWord, 22> kSuffixes = {{
    {u"sh", "SH"},  {u"ss", "SH"}, {u"xshg", "SH"}, {u"sz", "SZ"},   {u"xshe", "SZ"}, {u"bj", "BJ"},
    {u"bse", "BJ"}, {u"hk", "HK"}, {u"us", "US"},   {u"o", "US"},    {u"oq", "US"},   {u"n", "US"},
    {u"a", "US"},   {u"pk", "US"}, {u"tw", "TW"},   {u"two", "TWO"}, {u"t", "T"},     {u"jp", "T"},
    {u"jt", "T"},   {u"ks", "KS"}, {u"kq", "KQ"},   {u"csi", "CSI"},
}};

// Before a number: "sh600519", "SH:600519", "港股：00700".
constexpr std::array<ExchangeWord, 18> kNumberPrefixes = {{
    {u"sh", "SH"},
    {u"sse", "SH"},
    {u"shse", "SH"},
    {u"xshg", "SH"},
    {u"sz", "SZ"},
    {u"szse", "SZ"},
    {u"xshe", "SZ"},
    {u"bj", "BJ"},
    {u"bse", "BJ"},
    {u"hk", "HK"},
    {u"hkex", "HK"},
    {u"hkg", "HK"},
    {u"sehk", "HK"},
    {u"港股", "HK"},
    {u"港交所", "HK"},
    {u"联交所", "HK"},
    {u"tpe", "TW"},
    {u"twse", "TW"},
}};

// Before a colon and a symbol: "NASDAQ: NVDA", "纳斯达克：BIDU".
constexpr std::array<Units, 14> kSymbolPrefixes = {
    u"nasdaq",   u"nyse",   u"amex", u"nyseamerican",   u"nysearca",        u"otc", u"otcmkts", u"otcqx", u"us",
    u"纳斯达克", u"纽交所", u"美股", u"纽约证券交易所", u"纳斯达克股票代码"};

std::string_view SuffixExchange(Units word) {
  for (const ExchangeWord& entry : kSuffixes) {
    if (entry.word == word) return entry.exchange;
  }
  return {};
}

std::string_view NumberPrefixExchange(Units word) {
  for (const ExchangeWord& entry : kNumberPrefixes) {
    if (entry.word == word) return entry.exchange;
  }
  return {};
}

bool IsDigits(Units units) { return !units.empty() && std::all_of(units.begin(), units.end(), IsAsciiDigit); }
bool IsLetters(Units units) { return !units.empty() && std::all_of(units.begin(), units.end(), IsAsciiLetter); }

std::string Upper(Units ascii) {
  std::string out;
  for (const char16_t unit : ascii) {
    const char c = static_cast<char>(unit);
    out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return out;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> LoadBseCodes() {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> codes;
  std::string_view rest = embedded::BseCodes();
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.size() != 13 || line[0] == '#') continue;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::from_chars(line.data(), line.data() + 6, from);
    std::from_chars(line.data() + 7, line.data() + 13, to);
    codes.emplace_back(from, to);
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

std::string PresentBseCode(std::string code) {
  static const std::vector<std::pair<std::uint32_t, std::uint32_t>> codes = LoadBseCodes();
  std::uint32_t number = 0;
  std::from_chars(code.data(), code.data() + code.size(), number);
  const auto found = std::lower_bound(codes.begin(), codes.end(), std::pair{number, std::uint32_t{0}});
  return found != codes.end() && found->first == number ? std::to_string(found->second) : code;
}

// The exchange of a bare mainland code; empty for a number that no exchange would give out.
std::string_view MainlandExchange(std::string_view code) {
  if (code.size() != 6) return {};
  const std::string_view two = code.substr(0, 2);
  const std::string_view three = code.substr(0, 3);
  for (const std::string_view p : {"600", "601", "603", "605", "688", "689", "900", "510", "511", "512",
                                   "513", "515", "516", "517", "518", "588", "110", "111", "113", "118"}) {
    if (three == p) return "SH";
  }
  for (const std::string_view p :
       {"000", "001", "002", "003", "300", "301", "302", "200", "159", "123", "127", "128"}) {
    if (three == p) return "SZ";
  }
  if (two == "56") return "SH";
  if (three == "920" || three == "430" || two == "83" || two == "87" || two == "88") return "BJ";
  return {};
}

// CODE.EXCHANGE, or empty when the code cannot be one of that exchange.
std::string Compose(Units code, std::string_view exchange) {
  const bool digits = IsDigits(code);
  std::string text = Upper(code);
  if (exchange == "SH" || exchange == "SZ" || exchange == "BJ" || exchange == "CSI") {
    if (!digits || code.size() != 6) return {};
    if (exchange == "BJ") text = PresentBseCode(std::move(text));
  } else if (exchange == "HK") {
    if (!digits || code.size() > 5) return {};
    text.insert(0, 5 - text.size(), '0');
    if (text == "00000") return {};
  } else if (exchange == "US") {
    const std::size_t dot = code.find(u'.');
    const Units root = code.substr(0, dot);
    if (!IsLetters(root) || root.size() > 5) return {};
    if (dot != Units::npos && (!IsLetters(code.substr(dot + 1)) || code.size() != dot + 2)) return {};
  } else if (exchange == "TW" || exchange == "TWO") {
    if (!digits || code.size() < 4) return {};
  } else if (exchange == "T") {
    if (code.size() != 4 || !IsDigits(code.substr(0, 3)) || !IsAsciiAlnum(code[3])) return {};
  } else {
    if (!digits || code.size() != 6) return {};
  }
  text += '.';
  text += exchange;
  return text;
}

std::uint32_t RunEnd(Units units, std::uint32_t at) {
  while (at < units.size() && IsAsciiAlnum(units[at])) ++at;
  return at;
}

std::uint32_t SkipSpaces(Units units, std::uint32_t at) {
  while (at < units.size() && units[at] == u' ') ++at;
  return at;
}

bool EndsWith(Units units, Units tail) {
  return units.size() >= tail.size() && units.substr(units.size() - tail.size()) == tail;
}

struct Parsed {
  std::uint32_t end = 0;
  std::string ticker;
  bool symbol = false;  // A US symbol: in running text its case decides.
};

// "688041.SH", "700.HK", "NVDA.O", "BRK.B.N", "285A.T", "700 HK Equity".
std::optional<Parsed> ParseSuffixed(Units units, std::uint32_t start, std::uint32_t end) {
  const Units run = units.substr(start, end - start);
  if (end + 1 < units.size() && units[end] == u'.') {
    const std::uint32_t suffix_end = RunEnd(units, end + 1);
    const Units suffix = units.substr(end + 1, suffix_end - end - 1);
    if (suffix.size() == 1 && IsLetters(run) && suffix_end + 1 < units.size() && units[suffix_end] == u'.') {
      const std::uint32_t third_end = RunEnd(units, suffix_end + 1);
      const std::string_view exchange = SuffixExchange(units.substr(suffix_end + 1, third_end - suffix_end - 1));
      std::string ticker = exchange == "US" ? Compose(units.substr(start, suffix_end - start), "US") : std::string();
      if (!ticker.empty()) return Parsed{third_end, std::move(ticker), true};
    }
    const std::string_view exchange = SuffixExchange(suffix);
    if (!exchange.empty()) {
      std::string ticker = Compose(run, exchange);
      if (!ticker.empty()) return Parsed{suffix_end, std::move(ticker), exchange == "US"};
    }
  }
  if (IsDigits(run) && run.size() <= 5 && units.substr(end, 3) == u" hk" && RunEnd(units, end + 1) == end + 3) {
    const std::uint32_t after = units.substr(end + 3, 7) == u" equity" ? end + 10 : end + 3;
    std::string ticker = Compose(run, "HK");
    if (!ticker.empty()) return Parsed{after, std::move(ticker), false};
  }
  return std::nullopt;
}

// "sh600519", "SH:600519", "HK.00700", "NASDAQ: NVDA": the run at `start` begins with an exchange word.
std::optional<Parsed> ParsePrefixed(Units units, std::uint32_t start, std::uint32_t end) {
  const Units run = units.substr(start, end - start);
  std::size_t letters = 0;
  while (letters < run.size() && IsAsciiLetter(run[letters])) ++letters;
  if (letters > 0 && letters < run.size()) {
    const std::string_view exchange = NumberPrefixExchange(run.substr(0, letters));
    const Units code = run.substr(letters);
    if (exchange.empty() || !IsDigits(code) || (exchange == "HK" && code.size() < 4)) return std::nullopt;
    std::string ticker = Compose(code, exchange);
    if (ticker.empty()) return std::nullopt;
    return Parsed{end, std::move(ticker), false};
  }
  if (letters != run.size() || end >= units.size() || (units[end] != u':' && units[end] != u'.')) return std::nullopt;
  const std::uint32_t code_start = units[end] == u':' ? SkipSpaces(units, end + 1) : end + 1;
  std::uint32_t code_end = RunEnd(units, code_start);
  if (code_end == code_start) return std::nullopt;
  const std::string_view exchange = NumberPrefixExchange(run);
  if (!exchange.empty() && IsDigits(units.substr(code_start, code_end - code_start))) {
    std::string ticker = Compose(units.substr(code_start, code_end - code_start), exchange);
    if (!ticker.empty()) return Parsed{code_end, std::move(ticker), false};
  }
  if (units[end] == u':' && std::find(kSymbolPrefixes.begin(), kSymbolPrefixes.end(), run) != kSymbolPrefixes.end()) {
    if (code_end + 1 < units.size() && units[code_end] == u'.' && RunEnd(units, code_end + 1) == code_end + 2) {
      code_end += 2;
    }
    std::string ticker = Compose(units.substr(code_start, code_end - code_start), "US");
    if (!ticker.empty()) return Parsed{code_end, std::move(ticker), true};
  }
  return std::nullopt;
}

// Colons and spaces between an exchange word in Chinese and the code; returns where the word would end.
std::uint32_t BackOverColon(Units units, std::uint32_t at) {
  while (at > 0 && (units[at - 1] == u':' || units[at - 1] == u' ' || units[at - 1] == u'.')) --at;
  return at;
}

// Back over 代码, 股票代码, 股份代号 that end at `at`; `at` if there is none.
std::uint32_t BackOverCodeWord(Units units, std::uint32_t at) {
  static constexpr Units kWords[] = {u"证券代码", u"股票代码", u"股份代码", u"上市代码",
                                     u"股份代号", u"股票代号", u"代码",     u"代号"};
  const Units before = units.substr(0, at);
  for (const Units word : kWords) {
    if (EndsWith(before, word)) return at - static_cast<std::uint32_t>(word.size());
  }
  return at;
}

// 股份代号:700: only papers of Hong Kong call it so.
bool IsHongKongCodeWord(Units units, std::uint32_t at) { return EndsWith(units.substr(0, at), u"股份代号"); }

// The code that starts at `start` follows "港股", "港股代码：", "纳斯达克：" and the like.
std::optional<FoundTicker> AfterChineseWord(Units units, std::uint32_t start, std::uint32_t end) {
  const Units run = units.substr(start, end - start);
  const std::uint32_t words_end = BackOverColon(units, start);
  if (words_end == 0 || !IsHan(units[words_end - 1])) return std::nullopt;
  const std::uint32_t word_end = BackOverCodeWord(units, words_end);
  const bool code_word = word_end < words_end;
  const bool colon = start > words_end;
  const Units before = units.substr(0, word_end);
  if (IsDigits(run) && (run.size() == 5 || run.size() == 4 || (code_word && run.size() < 4))) {
    if (IsHongKongCodeWord(units, words_end)) {
      std::string ticker = Compose(run, "HK");
      if (!ticker.empty()) return FoundTicker{{start, end}, std::move(ticker), TickerStrength::kSure, {}};
    }
    for (const ExchangeWord& entry : kNumberPrefixes) {
      if (!IsHan(entry.word[0]) || !EndsWith(before, entry.word)) continue;
      // 港股2025年, 港股1000点: a number that goes on in Chinese is no code unless a colon says so.
      if (!colon && end < units.size() && (IsHan(units[end]) || units[end] == u'.' || units[end] == u'%')) continue;
      std::string ticker = Compose(run, entry.exchange);
      const auto word_start = word_end - static_cast<std::uint32_t>(entry.word.size());
      if (!ticker.empty()) return FoundTicker{{word_start, end}, std::move(ticker), TickerStrength::kSure, {}};
    }
  }
  if (IsLetters(run) && colon) {
    for (const Units word : kSymbolPrefixes) {
      if (!IsHan(word[0]) || !(EndsWith(before, word) || EndsWith(units.substr(0, words_end), word))) continue;
      std::string ticker = Compose(run, "US");
      const auto word_start = EndsWith(before, word) ? word_end - static_cast<std::uint32_t>(word.size())
                                                     : words_end - static_cast<std::uint32_t>(word.size());
      if (!ticker.empty()) return FoundTicker{{word_start, end}, std::move(ticker), TickerStrength::kSure, {}};
    }
  }
  return std::nullopt;
}

// $BIDU$, as investors' forums mark a share.
std::optional<FoundTicker> BetweenDollars(Units units, std::uint32_t start, std::uint32_t end) {
  if (start == 0 || units[start - 1] != u'$' || end >= units.size() || units[end] != u'$') return std::nullopt;
  const Units run = units.substr(start, end - start);
  std::string ticker = IsLetters(run) ? Compose(run, "US") : std::string();
  if (ticker.empty()) return std::nullopt;
  return FoundTicker{{start, end}, std::move(ticker), TickerStrength::kSure, {}};
}

bool AfterCodeWord(Units units, std::uint32_t start) {
  std::uint32_t at = start;
  while (at > 0 && (units[at - 1] == u':' || units[at - 1] == u' ' || units[at - 1] == u'为')) --at;
  return BackOverCodeWord(units, at) != at;
}

// A code that only its bracket or the word 代码 marks.
std::optional<FoundTicker> Bare(Units units, std::uint32_t start, std::uint32_t end) {
  const Units run = units.substr(start, end - start);
  const bool after_word = AfterCodeWord(units, start);
  const bool opened = start > 0 && (units[start - 1] == u'(' || units[start - 1] == u'[');
  const bool closed =
      end < units.size() && (units[end] == u')' || units[end] == u']' || units[end] == u',' || units[end] == u'、');
  if (!after_word && !(opened && closed)) return std::nullopt;
  std::string ticker;
  if (IsDigits(run)) {
    if (run.size() == 6) {
      const std::string_view exchange = MainlandExchange(Upper(run));
      if (!exchange.empty()) ticker = Compose(run, exchange);
    } else if (run.size() == 5 || (after_word && run.size() == 4)) {
      ticker = Compose(run, "HK");
    } else if (run.size() == 4) {
      ticker = Compose(run, "TW");  // 台积电(2330)
    }
  } else if (IsLetters(run)) {
    ticker = Compose(run, "US");
  }
  if (ticker.empty()) return std::nullopt;
  const bool sure = after_word && run.size() == 6 && IsDigits(run);
  return FoundTicker{
      {start, end}, std::move(ticker), sure ? TickerStrength::kSure : TickerStrength::kNeedsName, TickerClass::kStock};
}

bool UpperCaseInOriginal(const FoldedText& text, UnitSpan span) {
  const std::string_view original = text.Original(span);
  return std::none_of(original.begin(), original.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Spans of a US symbol whose exchange word may be in lower case ("Nasdaq: NVDA"): only the symbol counts.
UnitSpan SymbolPart(Units units, UnitSpan span) {
  const std::size_t colon = units.substr(span.start, span.size()).rfind(u':');
  if (colon == Units::npos) return span;
  return {SkipSpaces(units, span.start + static_cast<std::uint32_t>(colon) + 1), span.end};
}

std::optional<FoundTicker> ParseInText(const FoldedText& text, std::uint32_t start, std::uint32_t end) {
  const Units units = text.units();
  for (auto* parse : {ParseSuffixed, ParsePrefixed}) {
    std::optional<Parsed> parsed = parse(units, start, end);
    if (!parsed || RunEnd(units, parsed->end) != parsed->end) continue;
    // R.O.C, U.S.A: letters that go on behind another dot.
    if (parsed->end + 1 < units.size() && units[parsed->end] == u'.' && IsAsciiLetter(units[parsed->end + 1])) continue;
    const UnitSpan span{start, parsed->end};
    if (parsed->symbol && !UpperCaseInOriginal(text, SymbolPart(units, span))) continue;
    return FoundTicker{span, std::move(parsed->ticker), TickerStrength::kSure, TickerClass::kStock};
  }
  std::optional<FoundTicker> found = AfterChineseWord(units, start, end);
  if (!found) found = BetweenDollars(units, start, end);
  if (!found) found = Bare(units, start, end);
  if (found && !UpperCaseInOriginal(text, {start, end})) return std::nullopt;
  return found;
}

}  // namespace

TickerClass ClassOfTicker(std::string_view ticker) {
  const std::size_t dot = ticker.rfind('.');
  const std::string_view exchange = ticker.substr(dot == std::string_view::npos ? ticker.size() : dot + 1);
  const std::string_view three = ticker.substr(0, 3);
  if (exchange == "CSI") return TickerClass::kIndex;
  if (exchange == "SH") {
    if (three == "000") return TickerClass::kIndex;
    if (ticker[0] == '5') return TickerClass::kFund;
    if (ticker[0] == '1') return TickerClass::kBond;
  }
  if (exchange == "SZ") {
    if (three == "399") return TickerClass::kIndex;
    if (three == "159") return TickerClass::kFund;
    if (three == "123" || three == "127" || three == "128") return TickerClass::kBond;
  }
  if (exchange == "BJ" && three == "899") return TickerClass::kIndex;
  return TickerClass::kStock;
}

void FindTickers(const FoldedText& text, std::vector<FoundTicker>& out) {
  const Units units = text.units();
  const auto size = static_cast<std::uint32_t>(units.size());
  std::uint32_t at = 0;
  while (at < size) {
    if (!IsAsciiAlnum(units[at])) {
      ++at;
      continue;
    }
    const std::uint32_t start = at;
    const std::uint32_t end = RunEnd(units, at);
    at = end;
    // No code is longer than "nyseamerican", and a number behind a decimal point is none.
    if (end - start > 12 || (start > 0 && units[start - 1] == u'.' && start > 1 && IsAsciiAlnum(units[start - 2]))) {
      continue;
    }
    std::optional<FoundTicker> found = ParseInText(text, start, end);
    if (!found) continue;
    found->kind = ClassOfTicker(found->ticker);
    at = std::max(at, found->span.end);
    if (out.empty() || out.back().span.end <= found->span.start) out.push_back(*std::move(found));
  }
}

std::optional<std::string> CanonicalTicker(std::string_view any_form) {
  if (any_form.empty() || any_form.size() > 64) return std::nullopt;
  const std::u16string key = FoldKey16(any_form);
  Units units = key;
  if (!units.empty() && (units.front() == u'(' || units.front() == u'$')) units.remove_prefix(1);
  if (!units.empty() && units.back() == u')') units.remove_suffix(1);
  const auto size = static_cast<std::uint32_t>(units.size());
  const std::uint32_t end = RunEnd(units, 0);
  const bool dollar = any_form.front() == '$';
  if (end > 0) {
    for (auto* parse : {ParseSuffixed, ParsePrefixed}) {
      std::optional<Parsed> parsed = parse(units, 0, end);
      if (parsed && parsed->end == size) return std::move(parsed->ticker);
    }
    if (end == size) {
      if (IsDigits(units) && size == 6) {
        const std::string_view exchange = MainlandExchange(Upper(units));
        if (!exchange.empty()) return Compose(units, exchange);
      }
      std::string ticker;
      if (IsDigits(units) && size == 5) ticker = Compose(units, "HK");
      if (dollar) ticker = Compose(units, "US");
      if (units.substr(0, 2) == u"us" && size > 2 &&
          UpperCaseInOriginal(FoldedText(any_form.substr(2)), {0, size - 2})) {
        ticker = Compose(units.substr(2), "US");
      }
      if (!ticker.empty()) return ticker;
    }
    if (units.substr(0, 3) == u"gb_") {
      std::string ticker = Compose(units.substr(3), "US");
      if (!ticker.empty()) return ticker;
    }
    return std::nullopt;
  }
  // 港股：00700, 纳斯达克：BIDU, 股票代码：300750.
  std::uint32_t start = 0;
  while (start < size && !IsAsciiAlnum(units[start])) ++start;
  const std::uint32_t run_end = RunEnd(units, start);
  if (start == size || run_end != size) return std::nullopt;
  if (std::optional<FoundTicker> found = AfterChineseWord(units, start, run_end); found && found->span.start == 0) {
    return std::move(found->ticker);
  }
  if (AfterCodeWord(units, start) && start <= 6) {
    if (std::optional<FoundTicker> found = Bare(units, start, run_end)) return std::move(found->ticker);
  }
  return std::nullopt;
}

}  // namespace mailuo::text
