// The screen of `waverack line`.

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/io/line_output.hpp"
#include "waverack/io/line_rows.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {

namespace {

std::string two(double value) {
  return std::isfinite(value) ? fmt::format("{:.2f}", value) : std::string(no_number);
}

std::string elements_text(const LineAnswer& answer, const Style& style) {
  const LineChannel& followed = answer.channels[answer.followed];
  const double to_01nm = to_db(followed.channel.symbol_rate / coherent::osnr_bandwidth);
  TextTable table("rrrrrrrrrrrl");
  table.head({"km", "dBm", "OSNR", "signal", "NLI", "GSNR", "signal", "ps/nm", "PMD", "PDL", "ms", "behind"});
  for (const LineStep& step : answer.steps)
    table.row({fmt::format("{:.1f}", step.distance * 1e-3), two(to_dbm(step.power)),
               two(to_db(step.snr_ase) + to_01nm), two(to_db(step.snr_ase)), two(to_db(step.snr_nonlinear)),
               two(to_db(step.gsnr) + to_01nm), two(to_db(step.gsnr)),
               fmt::format("{:.0f}", step.dispersion * 1e3), two(step.pmd * 1e12), two(step.pdl_db),
               fmt::format("{:.3f}", step.latency * 1e3), step.hop.uid});
  const std::string intro =
      fmt::format("Channel {} at {:.3f} THz; dB in 0.1 nm, and in the signal's {}", answer.followed + 1,
                  followed.channel.frequency * 1e-12, gigabaud_text(followed.channel.symbol_rate));
  return heading("Along the line", style) + "  " + intro + '\n' + table.text(style, 2);
}

std::string channels_text(const LineAnswer& answer, const Style& style, bool all) {
  constexpr std::size_t most = 12;
  const std::size_t count = answer.channels.size();
  TextTable table("rrrrrrrl");
  table.head({"channel", "THz", "dBm", "OSNR", "GSNR", "NLI signal", "GSNR signal", ""});
  const auto is_shown = [&](std::size_t k) {
    return all || count <= most || k == answer.worst || k == answer.best || k + 1 == count ||
           k % ((count + most - 1) / most) == 0;
  };
  for (std::size_t k = 0; k < count; ++k) {
    if (!is_shown(k)) continue;
    const LineChannel& one = answer.channels[k];
    const double to_01nm = to_db(one.channel.symbol_rate / coherent::osnr_bandwidth);
    table.row({std::to_string(k + 1), fmt::format("{:.3f}", one.channel.frequency * 1e-12),
               two(to_dbm(one.power)), two(to_db(one.snr_ase) + to_01nm), two(to_db(one.gsnr) + to_01nm),
               two(to_db(one.snr_nonlinear)), two(to_db(one.gsnr)),
               k == answer.worst  ? "worst"
               : k == answer.best ? "best"
                                  : ""});
  }
  const bool some = !all && count > most;
  return heading(some ? fmt::format("Channels, some of {}", count) : "Channels", style) +
         table.text(style, 2);
}

std::string modules_text(const LineAnswer& answer, const Style& style) {
  if (answer.modules.empty()) return "";
  TextTable table("lrrrrrll");
  table.head({"", "GBd", "GHz", "GSNR", "needed", "margin", "", "module"});
  for (const LineModule& module : answer.modules) {
    const std::string note = module_note(module);
    table.row({verdict_sign(module.closes() ? Verdict::pass : Verdict::fail, style),
               fmt::format("{:.4g}", module.symbol_rate * 1e-9), fmt::format("{:.4g}", module.spacing * 1e-9),
               two(to_db(module.gsnr_osnr)), two(to_db(module.required_gsnr_osnr)), two(module.margin_db), "",
               module.name + (note.empty() ? "" : ": " + note)});
  }
  return heading("Modules over this line, dB in 0.1 nm in their worst channel", style) +
         table.text(style, 2, true);
}

}  // namespace

std::string line_text(const LineAnswer& answer, const Style& style, bool all_channels) {
  TextTable table("lrl");
  for (const LineRow& row : line_rows(answer)) table.row({row.name, row.text, row.note});
  return heading(line_title(answer), style) + table.text(style, 2, true) + '\n' +
         elements_text(answer, style) + '\n' + channels_text(answer, style, all_channels) + '\n' +
         modules_text(answer, style);
}

}  // namespace waverack::io
