#include "waverack/io/channel_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/units.hpp"
#include "waverack/io/number_text.hpp"

namespace waverack::io {
namespace {

ChannelRow decibels(std::string key, std::string name, double value, std::string note = "") {
  return {std::move(key), std::move(name), value, "dB", decibel_text(value), std::move(note)};
}

std::string at_frequency(double f) { return "at " + format_engineering(f, "Hz"); }

std::string return_loss_note(const compliance::ReturnLoss& loss) {
  return fmt::format("least {} {} up to Nyquist", decibel_text(loss.least_db),
                     at_frequency(loss.least_frequency));
}

ChannelRow crosstalk_row(const ChannelOutput& output) {
  const compliance::IntegratedCrosstalk& icn = output.measures.crosstalk;
  const compliance::ChannelNetworks& networks = output.input.networks;
  std::string note;
  const auto add = [&](std::size_t count, const char* name, double rms) {
    if (count > 0)
      note += fmt::format("{}{} {} {}", note.empty() ? "" : ", ", count, name, quantity_text(rms, "V"));
  };
  add(networks.far_end.size(), "far-end", icn.far_end);
  add(networks.near_end.size(), "near-end", icn.near_end);
  if (output.com_code_crosstalk.total != icn.total)
    note +=
        fmt::format("; {} as COM code 4.50 counts", quantity_text(output.com_code_crosstalk.total, "V", 4));
  return {"icn_v", "Integrated crosstalk, rms", icn.total, "V", quantity_text(icn.total, "V", 4), note};
}

ChannelRow impedance_row(const compliance::ImpedanceProfile& profile, double latency, int port) {
  // Between the edge of the first reflection and the far end.
  double low = INFINITY, high = -INFINITY;
  for (std::size_t n = 0; n < profile.impedance.size(); ++n) {
    const double t = profile.start + static_cast<double>(n) * profile.step;
    if (t < profile.transition_time || t > 2.0 * latency) continue;
    low = std::min(low, profile.impedance[n]);
    high = std::max(high, profile.impedance[n]);
  }
  if (low > high) low = high = profile.impedance.back();
  return {fmt::format("impedance_port_{}_low_ohm", port),
          fmt::format("Impedance, port {}", port),
          low,
          "ohm",
          fmt::format("{:.1f} to {:.1f} Ω", low, high),
          fmt::format("edge of {}", format_engineering(profile.transition_time, "s"))};
}

}  // namespace

std::vector<ChannelRow> erl_rows(const compliance::EffectiveReturnLoss& erl,
                                 const compliance::ChannelSettings& settings) {
  return {decibels("erl_db", "Effective return loss", erl.erl_db,
                   settings.erl.second_port_only ? "of port 2" : "of the worse port"),
          decibels("erl_port_1_db", "Effective return loss, port 1", erl.ports[0].erl_db,
                   fmt::format("phase {} of {}", erl.ports[0].phase, settings.samples_per_symbol)),
          decibels("erl_port_2_db", "Effective return loss, port 2", erl.ports[1].erl_db,
                   fmt::format("phase {} of {}", erl.ports[1].phase, settings.samples_per_symbol))};
}

std::vector<ChannelRow> channel_rows(const ChannelOutput& output) {
  const compliance::ChannelMeasures& m = output.measures;
  const double fitted = m.fit.at(m.nyquist);
  std::vector<ChannelRow> rows{
      decibels("insertion_loss_db", "Insertion loss", m.loss_db, "at the Nyquist frequency"),
      decibels("fitted_loss_db", "Fitted insertion loss", fitted,
               fmt::format("{:.3f} {:+.3f} √f {:+.4f} f {:+.3g} f², f in GHz", m.fit.constant,
                           m.fit.root * std::sqrt(1e9), m.fit.linear * 1e9, m.fit.square * 1e18)),
      decibels(
          "ild_rms_db", "Loss deviation, rms", m.fit.deviation_rms_db,
          fmt::format("FOM_ILD, weighted, up to {}", format_engineering(m.fit.highest_frequency, "Hz")))};
  for (const int port : {1, 2}) {
    const compliance::ReturnLoss& loss = m.return_loss[static_cast<std::size_t>(port - 1)];
    rows.push_back(decibels(fmt::format("return_loss_port_{}_db", port),
                            fmt::format("Return loss, port {}", port), loss.at_nyquist_db,
                            return_loss_note(loss)));
  }
  for (ChannelRow& row : erl_rows(m.erl, output.settings)) rows.push_back(std::move(row));
  if (m.conversion) {
    rows.push_back(decibels("mode_conversion_through_db", "Mode conversion, through",
                            m.conversion->through_db,
                            "largest Scd21, " + at_frequency(m.conversion->through_frequency)));
    rows.push_back(decibels("mode_conversion_reflected_db", "Mode conversion, reflected",
                            m.conversion->reflected_db,
                            "largest Scd11 or Scd22, " + at_frequency(m.conversion->reflected_frequency)));
  }
  if (!output.input.networks.far_end.empty() || !output.input.networks.near_end.empty())
    rows.push_back(crosstalk_row(output));
  const double peak = *std::max_element(m.response.pulse.begin(), m.response.pulse.end(),
                                        [](double a, double b) { return std::abs(a) < std::abs(b); });
  rows.push_back({"pulse_peak", "Peak of a symbol", peak, "", number_text(peak, 4),
                  fmt::format("of its amplitude, behind an edge of {}",
                              format_engineering(output.settings.edge / output.settings.symbol_rate, "s"))});
  rows.push_back({"latency_s", "Latency", m.latency, "s", quantity_text(m.latency, "s", 4),
                  "to the front of the pulse"});
  for (const int port : {1, 2})
    rows.push_back(impedance_row(m.profile[static_cast<std::size_t>(port - 1)], m.latency, port));
  return rows;
}

std::string ports_text(const ChannelInput& input) {
  const std::vector<int>& p = input.ports;
  const std::string ports = p.size() == 4
                                ? fmt::format("{}, {} to {}, {} (+, − to +, −)", p[0], p[1], p[2], p[3])
                                : fmt::format("{} to {}, single-ended", p[0], p[1]);
  return fmt::format("{}: {}", ports, input.why_ports);
}

std::vector<std::string> channel_remarks(const ChannelInput& input, const std::vector<std::string>& more) {
  std::vector<std::string> remarks = file_remarks(input.files);
  for (const std::string& remark : more)
    if (std::find(remarks.begin(), remarks.end(), remark) == remarks.end()) remarks.push_back(remark);
  return remarks;
}

}  // namespace waverack::io
