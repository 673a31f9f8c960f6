#include "waverack/io/line_curves.hpp"

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/modulation_theory.hpp"

namespace waverack::io {

namespace {

link::Curve along(const LineAnswer& answer) {
  link::Curve curve{.id = "line.along", .title = "OSNR and GSNR along the line, in 0.1 nm", .columns = {}};
  curve.columns = {{"distance", "km", {}}, {"OSNR", "dB", {}}, {"GSNR", "dB", {}}};
  const double rate = answer.channels[answer.followed].channel.symbol_rate;
  for (const LineStep& step : answer.steps) {
    if (!std::isfinite(step.gsnr)) continue;
    curve.columns[0].values.push_back(step.distance * 1e-3);
    curve.columns[1].values.push_back(to_db(coherent::osnr_of_snr(step.snr_ase, rate)));
    curve.columns[2].values.push_back(to_db(coherent::osnr_of_snr(step.gsnr, rate)));
  }
  return curve;
}

link::Curve power(const LineAnswer& answer) {
  link::Curve curve{.id = "line.power", .title = "Power of a channel and of its noise", .columns = {}};
  curve.columns = {{"distance", "km", {}},
                   {"channel", "dBm", {}},
                   {"amplifier noise", "dBm", {}},
                   {"interference of the fibre", "dBm", {}}};
  for (const LineStep& step : answer.steps) {
    curve.columns[0].values.push_back(step.distance * 1e-3);
    curve.columns[1].values.push_back(to_dbm(step.power));
    curve.columns[2].values.push_back(step.ase_power > 0.0 ? to_dbm(step.ase_power) : link::not_a_number);
    curve.columns[3].values.push_back(step.nonlinear_power > 0.0 ? to_dbm(step.nonlinear_power)
                                                                 : link::not_a_number);
  }
  return curve;
}

link::Curve channels(const LineAnswer& answer) {
  link::Curve curve{
      .id = "line.channels", .title = "Channels at the end of the line, in the signal's band", .columns = {}};
  curve.columns = {
      {"frequency", "THz", {}}, {"OSNR", "dB", {}}, {"nonlinear SNR", "dB", {}}, {"GSNR", "dB", {}}};
  for (const LineChannel& one : answer.channels) {
    curve.columns[0].values.push_back(one.channel.frequency * 1e-12);
    curve.columns[1].values.push_back(to_db(one.snr_ase));
    curve.columns[2].values.push_back(to_db(one.snr_nonlinear));
    curve.columns[3].values.push_back(to_db(one.gsnr));
  }
  return curve;
}

}  // namespace

std::vector<link::Curve> line_curves(const LineAnswer& answer) {
  return {along(answer), power(answer), channels(answer)};
}

}  // namespace waverack::io
