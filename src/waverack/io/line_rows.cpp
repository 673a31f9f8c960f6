#include "waverack/io/line_rows.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/io/number_text.hpp"

namespace waverack::io {

namespace {

std::size_t count_of(const LineAnswer& answer, std::string_view type) {
  std::size_t count = 0;
  for (const GnpyHop& hop : answer.path.route) count += hop.type == type;
  return count;
}

std::string plural(std::size_t count, const std::string& one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

}  // namespace

std::string gigabaud_text(double symbol_rate) { return fmt::format("{:.4g} GBd", symbol_rate * 1e-9); }

LineMeans line_means(const LineAnswer& answer) {
  LineMeans means;
  for (const LineChannel& one : answer.channels) {
    means.osnr_db += to_db(one.snr_ase);
    means.nonlinear_db += to_db(one.snr_nonlinear);
    means.gsnr_db += to_db(one.gsnr);
  }
  const auto count = static_cast<double>(answer.channels.size());
  means.osnr_db /= count;
  means.nonlinear_db /= count;
  means.gsnr_db /= count;
  means.to_01nm_db = to_db(answer.channels.front().channel.symbol_rate / coherent::osnr_bandwidth);
  return means;
}

std::string line_title(const LineAnswer& answer) {
  const LineChannel& first = answer.channels.front();
  return fmt::format("{} to {}: {:.4g} km in {}, {} of {} on {:.4g} GHz", answer.path.route.front().uid,
                     answer.path.route.back().uid, answer.steps.back().distance * 1e-3,
                     plural(count_of(answer, "Fiber"), "span"), plural(answer.channels.size(), "channel"),
                     gigabaud_text(first.channel.symbol_rate), answer.path.spacing * 1e-9);
}

std::string module_note(const LineModule& module) {
  const coherent::NamedPenalty* largest = nullptr;
  for (const coherent::NamedPenalty& penalty : module.penalties)
    if (penalty.db > 0.005 && (!largest || penalty.db > largest->db)) largest = &penalty;
  if (largest && !std::isfinite(largest->db)) {
    std::string value;
    if (largest->name == "dispersion") value = fmt::format(" of {:.0f} ps/nm", module.dispersion * 1e3);
    if (largest->name == "PMD") value = fmt::format(" of {:.2f} ps", module.pmd * 1e12);
    if (largest->name == "PDL") value = fmt::format(" of {:.2f} dB", module.pdl_db);
    return largest->name + value + " is beyond what it bears";
  }
  if (!std::isfinite(module.required_gsnr_osnr)) return "its own noise is more than its code bears";
  return largest ? fmt::format("{} costs {:.2f} dB", largest->name, largest->db) : "";
}

std::string line_summary(const LineAnswer& answer) {
  const LineChannel& worst = answer.channels[answer.worst];
  std::string text = fmt::format(
      "The worst of {}, number {} at {:.3f} THz, arrives with a GSNR of {:.2f} dB in 0.1 nm, {:.2f} dB in "
      "its own band.",
      plural(answer.channels.size(), "channel"), answer.worst + 1, worst.channel.frequency * 1e-12,
      to_db(coherent::osnr_of_snr(worst.gsnr, worst.channel.symbol_rate)), to_db(worst.gsnr));
  std::string good, bad;
  for (const LineModule& module : answer.modules) {
    if (module.of_equipment && !module.asked) continue;
    std::string& list = module.closes() ? good : bad;
    list += (list.empty() ? "" : ", ") + module.name;
  }
  if (!good.empty()) text += " It closes with " + good + ".";
  if (!bad.empty()) text += " It does not close with " + bad + ".";
  return text;
}

std::vector<LineRow> line_rows(const LineAnswer& answer) {
  const LineMeans means = line_means(answer);
  const LineStep& end = answer.steps.back();
  const std::string band = gigabaud_text(answer.channels.front().channel.symbol_rate);
  const auto both = [&](const std::string& key, const std::string& name, double db, const std::string& note) {
    return LineRow{key, name, fmt::format("{:.2f} dB", db + means.to_01nm_db),
                   fmt::format("{:.2f} dB in {}{}", db, band, note)};
  };
  const auto channel = [&](std::size_t k) {
    return fmt::format("; number {} at {:.3f} THz", k + 1, answer.channels[k].channel.frequency * 1e-12);
  };
  std::vector<LineRow> rows;
  rows.push_back(both("gsnr_mean", "GSNR in 0.1 nm, mean", means.gsnr_db, ""));
  rows.push_back(both("gsnr_worst", "GSNR in 0.1 nm, worst channel",
                      to_db(answer.channels[answer.worst].gsnr), channel(answer.worst)));
  rows.push_back(both("gsnr_best", "GSNR in 0.1 nm, best channel", to_db(answer.channels[answer.best].gsnr),
                      channel(answer.best)));
  if (answer.question.channel)
    rows.push_back(both("gsnr_followed", fmt::format("GSNR in 0.1 nm, channel {}", answer.followed + 1),
                        to_db(answer.channels[answer.followed].gsnr), ""));
  rows.push_back(both("osnr_mean", "OSNR in 0.1 nm, mean", means.osnr_db, ", of amplifiers and transmitter"));
  rows.push_back(both("nonlinear_mean", "Nonlinear SNR in 0.1 nm, mean", means.nonlinear_db,
                      ", interference of the fibre"));
  rows.push_back({"dispersion", "Chromatic dispersion", fmt::format("{:.2f} ps/nm", end.dispersion * 1e3),
                  "at 1550 nm"});
  rows.push_back({"pmd", "PMD", fmt::format("{:.2f} ps", end.pmd * 1e12), "mean delay of the polarisations"});
  rows.push_back({"pdl", "PDL", fmt::format("{:.2f} dB", end.pdl_db), ""});
  rows.push_back({"latency", "Latency", quantity_text(end.latency, "s"), "of the fibre"});
  rows.push_back(
      {"received", "Power at the receiver", fmt::format("{:.2f} dBm", to_dbm(end.power)),
       fmt::format("of a channel; {:.2f} dBm leave the transmitter", to_dbm(answer.steps.front().power))});
  if (answer.path.system_margin_db != 0.0)
    rows.push_back({"system_margin", "System margin", fmt::format("{:.2f} dB", answer.path.system_margin_db),
                    "sys_margins of SI, taken off every module's margin"});
  return rows;
}

}  // namespace waverack::io
