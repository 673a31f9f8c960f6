#include "waverack/io/claims_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "waverack/io/number_text.hpp"

namespace waverack::io {
namespace {

using study::Claim;
using study::ClaimCase;
using study::ClaimResult;
using study::ClaimVerdict;

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5d6877; --hair: #e3e7ec; --wash: #f6f8fa; --paper: #fff;
  --accent: #0b5c8a; --good: #0f7a5a; --bad: #b5400f; --partly: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --quiet: #9aa6b4; --hair: #323b46; --wash: #1d242c;
  --paper: #14191f; --accent: #6cb6e6; --good: #4cc49b; --bad: #f08a5d; --partly: #e0b04c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 20px 60px; max-width: 60em; color: var(--ink); background: var(--paper);
  font: 15px/1.6 "Inter", "Segoe UI", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
  "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 12px; text-wrap: balance; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
p { margin: 0 0 10px; }
.languages { float: right; }
.quiet { color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; color: var(--quiet); font-weight: 500; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--hair); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
.figures td:first-child { width: 75%; }
article { margin-top: 30px; padding-top: 18px; border-top: 2px solid var(--hair); }
article header { display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap; }
h2 { font-size: 17px; margin: 0; }
blockquote { margin: 8px 0 10px; padding: 2px 0 2px 14px; border-left: 3px solid var(--accent); font-size: 16px; }
blockquote small { display: block; color: var(--quiet); font-size: 13.5px; }
.verdict { font-weight: 600; white-space: nowrap; }
.reproduced { color: var(--good); }
.conditional { color: var(--partly); }
.refuted { color: var(--bad); }
.pending, .outside_scope { color: var(--quiet); }
dl { display: grid; grid-template-columns: minmax(9em, max-content) 1fr; gap: 4px 16px; margin: 12px 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
code { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
details { margin-top: 8px; }
summary { color: var(--quiet); cursor: pointer; }
svg { display: block; width: 132px; height: 14px; margin-top: 4px; }
svg .band { fill: var(--good); opacity: 0.22; }
svg line { stroke: var(--ink); stroke-width: 1.5; }
svg circle { fill: var(--ink); }
@media (max-width: 40em) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } }
@media print { body { max-width: none; padding: 0; font-size: 11px; } article { break-inside: avoid; } .languages { display: none; }
  :root { --ink: #000; --quiet: #444; --paper: #fff; --hair: #ccc; --good: #0f7a5a; --bad: #b5400f; --partly: #8a5a00; } }
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

Language other(Language language) {
  return language == Language::english ? Language::chinese : Language::english;
}

// Measures of test points are names of the field, and designs are names.
bool needs_no_translation(std::string_view text) { return text.empty() || text.starts_with("TP"); }

// Boundaries by their names in results.
std::string_view in_words(std::string_view text) {
  if (text == "with_laser") return "module and lasers";
  if (text == "with_host") return "module, lasers, SerDes of the host";
  if (text == "with_cooling") return "module, lasers, SerDes of the host, cooling";
  return text;
}

// Whether another value within the range of the case would lie on the other side of the band's edge.
bool could_turn(const ClaimResult& claim, const ClaimCase& item) {
  if (!std::isfinite(item.low) || !std::isfinite(item.high)) return false;
  return item.inside ? item.low < claim.low || item.high > claim.high
                     : item.low <= claim.high && item.high >= claim.low;
}

class Page {
 public:
  Page(Language language, std::string twin) : language_(language), twin_(std::move(twin)) {}

  std::string make(std::span<const ClaimResult> claims) {
    add(R"(<!doctype html>
<html lang="{}">
<!-- made by: waverack claims --html claims.html -->
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>{}</style>
</head>
<body>
)",
        language_code(language_), plain("What was said of the 3.2T engine, and what comes out"), style);
    if (!twin_.empty())
      add("<p class=\"languages\"><a href=\"{}\" lang=\"{}\">{}</a></p>\n", escaped(twin_),
          language_code(other(language_)), language_ == Language::english ? "中文" : "English");
    add("<h1>{}</h1>\n", text("What was said of the 3.2T engine, and what comes out"));
    for (std::string_view paragraph :
         {"In spring 2025 a launch said what co-packaged and linear optics would do. waverack rebuilds each "
          "of "
          "these statements from parts, lanes, modules and halls, and judges it by a rule that was fixed "
          "before "
          "anything was computed: reproduced if our number lies in our band under every stated reading, "
          "conditional if under some, not reproduced if under none. No number of the launch feeds its own "
          "verdict. Not reproduced means that our model with our inputs does not give the value; it does not "
          "say that somebody lied.",
          "Claims: HG Genuine at OFC 2025, as reported by Securities Times, 2025-04-02. The article's own "
          "sentences are not quoted: the short quotations are those of a fact sheet that states the claims "
          "in "
          "English, and the Chinese beside them is a translation of that sheet, not the article's wording."})
      add("<p>{}</p>\n", text(paragraph));
    add_overview(claims);
    for (const ClaimResult& claim : claims) add_claim(claim);
    add("</body>\n</html>\n");
    return std::move(page_);
  }

 private:
  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    page_ += fmt::format(format, std::forward<Arguments>(arguments)...);
  }

  std::string plain(std::string_view english) const {
    if (language_ == Language::english) return escaped(english);
    const std::string_view chinese = chinese_of(english);
    return escaped(chinese.empty() ? english : chinese);
  }
  std::string text(std::string_view english) const {
    if (language_ == Language::english || needs_no_translation(english)) return escaped(in_words(english));
    if (const std::string_view chinese = chinese_of(english); !chinese.empty()) return escaped(chinese);
    return fmt::format("<span class=\"untranslated\" lang=\"en\">{}</span>", escaped(english));
  }
  std::string with_unit(double value, std::string_view unit) const {
    constexpr std::array counted{"times", "modules", "accelerators", "measures"};
    if (std::find(counted.begin(), counted.end(), unit) == counted.end())
      return escaped(value_text(value, unit));
    const std::string gap = language_ == Language::english ? " " : "";
    return escaped(number_text(value)) + gap + text(unit);
  }
  std::string unit_behind(std::string_view unit) const {
    if (unit.empty()) return "";
    const std::string word = chinese_of(unit).empty() ? escaped(unit) : text(unit);
    return " " + word;
  }
  std::string range(double low, double high) const {
    if (!std::isfinite(low) || !std::isfinite(high)) return "";
    return fmt::format("{} … {}", number_text(low), number_text(high));
  }
  std::string band(const ClaimResult& claim) const {
    const bool low = std::isfinite(claim.low), high = std::isfinite(claim.high);
    const std::string unit = unit_behind(claim.unit);
    if (low && high)
      return fmt::format("{} … {}{}", number_text(claim.low, 4), number_text(claim.high, 4), unit);
    if (low) return fmt::format("≥ {}{}", number_text(claim.low), unit);
    return high ? fmt::format("≤ {}{}", number_text(claim.high), unit) : "";
  }
  std::string verdict(const ClaimResult& claim) const {
    constexpr std::array words{"reproduced", "conditional", "not reproduced", "pending", "outside scope"};
    return fmt::format("<span class=\"verdict {}\">{}</span>", verdict_name(claim.verdict),
                       text(words.at(static_cast<std::size_t>(claim.verdict))));
  }

  // How many readings would turn with other values of their inputs.
  std::string doubt(const ClaimResult& claim) const {
    const auto count = std::count_if(claim.cases.begin(), claim.cases.end(),
                                     [&](const ClaimCase& item) { return could_turn(claim, item); });
    if (count == 0) return "";
    return language_ == Language::english
               ? fmt::format(" Within the ranges of its inputs {} of {} could come out the other way.", count,
                             claim.cases.size())
               : fmt::format("在输入的范围内，{} 种中有 {} 种的结果可能相反。", claim.cases.size(), count);
  }

  // The verdict in one plain sentence.
  std::string sentence(const ClaimResult& claim, const Claim& known) const {
    const bool english = language_ == Language::english;
    if (!claim.obstacle.empty()) return text(claim.obstacle);
    if (claim.verdict == ClaimVerdict::pending)
      return english ? "It cannot be judged yet: " + text(known.decides) + "."
                     : "目前还不能判断：" + text(known.decides) + "。";
    if (claim.verdict == ClaimVerdict::outside_scope)
      return english ? "No model can judge it as it stands: " + text(known.decides) + "."
                     : "按现有表述，任何模型都无法判断：" + text(known.decides) + "。";
    const std::string value = with_unit(claim.computed, claim.unit);
    const std::size_t inside = static_cast<std::size_t>(
        std::count_if(claim.cases.begin(), claim.cases.end(), [](const ClaimCase& c) { return c.inside; }));
    const ClaimCase& first = claim.cases.front();
    const auto readings = [&](bool wanted) {
      std::string list;
      for (const ClaimCase& item : claim.cases)
        if (item.inside == wanted) list += (list.empty() ? "" : english ? "; " : "；") + text(item.baseline);
      return list;
    };
    if (claim.cases.size() == 1)
      return english ? fmt::format("Our model gives {}, {} our band of {}.", value,
                                   first.inside ? "inside" : "outside", band(claim))
                     : fmt::format("我们的模型得出 {}，落在我们设定的区间 {} {}。", value, band(claim),
                                   first.inside ? "之内" : "之外");
    if (claim.verdict == ClaimVerdict::reproduced)
      return english ? fmt::format("Our model gives a value in our band of {} for each of {} readings.",
                                   band(claim), claim.cases.size())
                     : fmt::format("对全部 {} 种解读，我们的模型都给出区间 {} 之内的数值。",
                                   claim.cases.size(), band(claim));
    if (claim.verdict == ClaimVerdict::refuted)
      return english ? fmt::format("None of {} readings gives a value in our band of {}; the first gives {}.",
                                   claim.cases.size(), band(claim), value)
                     : fmt::format("{} 种解读中没有一种落在区间 {} 之内；第一种给出 {}。", claim.cases.size(),
                                   band(claim), value);
    return english ? fmt::format("It holds under {} of {} readings: {}.", inside, claim.cases.size(),
                                 readings(true))
                   : fmt::format("{} 种解读中有 {} 种成立：{}。", claim.cases.size(), inside, readings(true));
  }

  void add_overview(std::span<const ClaimResult> claims) {
    add("<div class=\"scroll\"><table>\n<tr><th></th><th>{}</th><th>{}</th><th class=\"number\">{}</th>"
        "<th class=\"number\">{}</th></tr>\n",
        text("claim"), text("verdict"), text("our number"), text("our band"));
    for (const ClaimResult& claim : claims)
      add("<tr><td><a href=\"#{0}\">{0}</a></td><td>{1}</td><td>{2}</td><td class=\"number\">{3}</td>"
          "<td class=\"number\">{4}</td></tr>\n",
          claim.id, text(claim.claim), verdict(claim),
          std::isfinite(claim.computed) ? with_unit(claim.computed, claim.unit) : "", band(claim));
    add("</table></div>\n");
  }

  // The case on an axis that all cases and the band's ends share.
  std::string picture(const ClaimResult& claim, const ClaimCase& item) const {
    double from = std::numeric_limits<double>::infinity(), to = -from;
    const auto widen = [&](double value) {
      if (!std::isfinite(value)) return;
      from = std::min(from, value);
      to = std::max(to, value);
    };
    for (const ClaimCase& each : claim.cases)
      for (const double value : {each.computed, each.low, each.high}) widen(value);
    widen(claim.low);
    widen(claim.high);
    if (!(to > from)) return "";
    constexpr double width = 120.0, edge = 6.0;
    const auto at = [&](double value) {
      return edge + width * std::clamp((value - from) / (to - from), 0.0, 1.0);
    };
    const double left = std::isfinite(claim.low) ? at(claim.low) : 0.0;
    const double right = std::isfinite(claim.high) ? at(claim.high) : width + 2.0 * edge;
    std::string svg = fmt::format(
        "<svg viewBox=\"0 0 132 14\" aria-hidden=\"true\"><rect class=\"band\" x=\"{:.0f}\" y=\"0\" "
        "width=\"{:.0f}\" height=\"14\"/>",
        left, std::max(right - left, 2.0));
    if (std::isfinite(item.low) && std::isfinite(item.high))
      svg +=
          fmt::format("<line x1=\"{:.0f}\" x2=\"{:.0f}\" y1=\"7\" y2=\"7\"/>", at(item.low), at(item.high));
    return svg + fmt::format("<circle cx=\"{:.0f}\" cy=\"7\" r=\"3\"/></svg>", at(item.computed));
  }

  void add_cases(const ClaimResult& claim) {
    add("<div class=\"scroll\"><table>\n<tr><th>{}</th><th class=\"number\">{}</th><th "
        "class=\"number\">{}</th>"
        "<th></th><th>{}</th></tr>\n",
        text("reading"), text("our number"), text("its range"), text("in our band"));
    for (const ClaimCase& item : claim.cases)
      add("<tr><td>{}</td><td class=\"number\">{}</td><td "
          "class=\"number\">{}</td><td>{}</td><td>{}</td></tr>\n",
          text(item.baseline), with_unit(item.computed, claim.unit), range(item.low, item.high),
          picture(claim, item),
          claim.verdict == ClaimVerdict::outside_scope ? "" : text(item.inside ? "yes" : "no"));
    add("</table></div>\n");
  }

  void add_figures(const ClaimResult& claim) {
    add("<details open><summary>{}</summary>\n<table class=\"figures\">\n", text("Numbers beside it"));
    for (const study::ClaimFigure& figure : claim.figures)
      add("<tr><td>{}</td><td class=\"number\">{}</td></tr>\n", text(figure.name),
          figure.word.empty() ? with_unit(figure.value, figure.unit) : text(figure.word));
    add("</table></details>\n");
  }

  void add_claim(const ClaimResult& claim) {
    const Claim& known = study::claim_of(claim.id);
    add("<article id=\"{}\">\n<header><h2>{}</h2>{}</header>\n", claim.id, claim.id, verdict(claim));
    add("<blockquote><span lang=\"en\">“{}”</span><small lang=\"zh\">{}</small></blockquote>\n",
        escaped(claim.claim), escaped(chinese_of(claim.claim)));
    add("<p>{}{}</p>\n", sentence(claim, known), doubt(claim));
    if (!claim.cases.empty()) add_cases(claim);
    add("<dl>\n");
    const auto fact = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) add("<dt>{}</dt><dd>{}</dd>\n", text(name), value);
    };
    fact("what is computed", text(known.quantity));
    fact("boundary", text(known.boundary));
    const std::string limits = band(claim);
    fact("our band", limits.empty() ? "" : fmt::format("{} ({})", limits, text(known.basis)));
    fact("its range", claim.cases.empty() ? "" : text(known.spread));
    if (known.standing == study::Standing::judged) fact("what decides", text(known.decides));
    fact("what would have to be true", text(known.would));
    fact("see", claim.command.empty() ? "" : fmt::format("<code>{}</code>", escaped(claim.command)));
    add("</dl>\n");
    if (!claim.figures.empty()) add_figures(claim);
    add("</article>\n");
  }

  Language language_;
  std::string twin_;
  std::string page_;
};

}  // namespace

std::string_view language_code(Language language) { return language == Language::english ? "en" : "zh"; }

std::filesystem::path page_name(const std::filesystem::path& english, Language language) {
  if (language == Language::english) return english;
  std::filesystem::path name = english;
  return name.replace_extension(std::string(".zh") + english.extension().string());
}

std::string claims_page(std::span<const ClaimResult> claims, Language language, const std::string& twin) {
  return Page(language, twin).make(claims);
}

}  // namespace waverack::io
