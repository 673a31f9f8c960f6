#include "waverack/io/claims_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "waverack/base/text.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

using study::ClaimResult;
using study::ClaimVerdict;

constexpr int indent = 6, verdict_width = 15;

std::string verdict_text(ClaimVerdict verdict, const Style& style) {
  const Tone tone = verdict == ClaimVerdict::reproduced    ? Tone::good
                    : verdict == ClaimVerdict::refuted     ? Tone::bad
                    : verdict == ClaimVerdict::conditional ? Tone::strong
                                                           : Tone::quiet;
  std::string name(study::verdict_name(verdict));
  std::replace(name.begin(), name.end(), '_', ' ');
  return toned(style, tone, name);
}

std::string band_text(const ClaimResult& claim) {
  const std::string unit = claim.unit.empty() ? "" : " " + claim.unit;
  if (std::isfinite(claim.low) && std::isfinite(claim.high))
    return fmt::format("{} to {}{}", number_text(claim.low, 4), number_text(claim.high, 4), unit);
  if (std::isfinite(claim.low)) return fmt::format("at least {}{}", number_text(claim.low), unit);
  if (std::isfinite(claim.high)) return fmt::format("at most {}{}", number_text(claim.high), unit);
  return "";
}

// "4.07 to 5.51", or "" where it is not known.
std::string range_text(double low, double high) {
  return std::isfinite(low) && std::isfinite(high)
             ? fmt::format("{} to {}", number_text(low), number_text(high))
             : "";
}

std::string computed_line(const ClaimResult& claim) {
  if (!std::isfinite(claim.computed)) return "";
  std::string text = fmt::format("computed {}", value_text(claim.computed, claim.unit));
  if (const std::string range = range_text(claim.computed_low, claim.computed_high); !range.empty())
    text += ", " + range;
  if (!claim.boundary.empty()) text += fmt::format(" ({})", claim.boundary);
  if (const std::string band = band_text(claim); !band.empty()) text += "; our band " + band;
  return text;
}

class Lines {
 public:
  explicit Lines(const Style& style) : style_(style) {}
  void add(const std::string& text, Tone tone = Tone::plain) {
    if (text.empty()) return;
    const std::string space(indent, ' ');
    for (const std::string& line : lines_of(wrap(text, style_.width - indent)))
      text_ += space + toned(style_, tone, line) + '\n';
  }
  void add_table(const TextTable& table) { text_ += table.text(style_, indent); }
  std::string take() { return std::move(text_); }

 private:
  const Style& style_;
  std::string text_;
};

void add_details(Lines& lines, const ClaimResult& claim, const Style& style) {
  const study::Claim& known = study::claim_of(claim.id);
  const auto fact = [&](std::string_view name, std::string_view text) {
    if (!text.empty()) lines.add(fmt::format("{}: {}", name, text));
  };
  fact("quantity", known.quantity);
  fact("basis of the band", known.basis);
  if (!claim.cases.empty()) {
    TextTable table("llrl");
    for (const study::ClaimCase& item : claim.cases)
      table.row({item.inside ? toned(style, Tone::good, "✓") : " ", item.baseline,
                 value_text(item.computed, claim.unit), range_text(item.low, item.high)});
    lines.add_table(table);
    fact("ranges", known.spread);
  }
  if (!claim.figures.empty()) {
    lines.add("beside it:");
    TextTable table("lr");
    for (const study::ClaimFigure& figure : claim.figures)
      table.row({figure.name, figure.word.empty() ? value_text(figure.value, figure.unit) : figure.word});
    lines.add_table(table);
  }
  if (!known.baselines.empty()) {
    lines.add("published numbers:");
    TextTable table("ll");
    for (const study::Reference& reference : known.baselines)
      table.row({std::string(reference.name), std::string(reference.source)});
    lines.add_table(table);
  }
  fact("would have to be true", claim.would);
  fact("see", claim.command);
}

std::string tally(std::span<const ClaimResult> claims) {
  constexpr std::array verdicts{ClaimVerdict::reproduced, ClaimVerdict::conditional, ClaimVerdict::refuted,
                                ClaimVerdict::pending, ClaimVerdict::outside_scope};
  std::vector<std::string> parts;
  for (ClaimVerdict verdict : verdicts) {
    const auto count = std::count_if(claims.begin(), claims.end(),
                                     [&](const ClaimResult& claim) { return claim.verdict == verdict; });
    if (count > 0) parts.push_back(fmt::format("{} {}", count, verdict_text(verdict, {})));
  }
  return fmt::format("{} claims: {}.", claims.size(), fmt::join(parts, ", "));
}

}  // namespace

std::string claims_text(std::span<const ClaimResult> claims, bool in_full, const Style& style) {
  std::string text;
  for (const ClaimResult& claim : claims) {
    const int start = indent + verdict_width;
    text += toned(style, Tone::strong, pad(claim.id, indent)) +
            pad(verdict_text(claim.verdict, style), verdict_width) +
            wrap(claim.claim, style.width - start, start) + '\n';
    Lines lines(style);
    lines.add(computed_line(claim));
    lines.add(claim.hinges_on, Tone::quiet);
    if (in_full) add_details(lines, claim, style);
    text += lines.take() + '\n';
  }
  if (in_full) return text.substr(0, text.size() - 1);
  return text + tally(claims) + "\nTo see one in full: waverack claims C2b\n";
}

std::string claims_json(std::span<const ClaimResult> claims) {
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-claims");
  json.member("version", 1);
  write_program(json);
  write_claims(json, claims);
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
