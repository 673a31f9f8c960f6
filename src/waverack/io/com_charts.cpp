#include "waverack/io/com_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "waverack/compliance/com_filters.hpp"
#include "waverack/io/channel_curves.hpp"
#include "waverack/signal/density.hpp"

namespace waverack::io {
namespace {

using compliance::ComCaseResult;
using compliance::ComSheet;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
// What a chart shows at least of a pulse, in symbols; how far a density goes beyond signal and noise; what is
// too rare to be shown.
constexpr int before_cursor = 6, after_cursor = 24, beyond_taps = 6;
constexpr double beyond = 1.15, rarest = 1e-20;
constexpr int points_of_density = 241, points_of_filter = 200;
constexpr double lowest_frequency = 50e6;

link::Curve curve_of(std::string_view stem, const ComCaseResult& item, std::string_view title) {
  return {fmt::format("{}.{}", stem, item.name), fmt::format("{}, {}", title, item.name), {}, false, false};
}

link::Curve pulse(const ComSheet& sheet, const ComCaseResult& item) {
  const int samples = sheet.signal.samples_per_symbol;
  const auto feedback = std::ssize(item.equaliser.feedback);
  const std::ptrdiff_t first = -std::max<std::ptrdiff_t>(before_cursor, sheet.receiver_ffe.pre_taps + 2);
  const std::ptrdiff_t last = std::max<std::ptrdiff_t>(
      {after_cursor, feedback + beyond_taps, sheet.receiver_ffe.post_taps + beyond_taps});
  link::Curve curve = curve_of("pulse", item, "Equalised pulse");
  link::Column time{"time after the cursor", "UI", {}}, voltage{"pulse before feedback", "V", {}},
      sampled{"at the symbols", "V", {}}, left{"after feedback", "V", {}};
  for (std::ptrdiff_t k = first * samples; k <= last * samples; ++k) {
    const std::ptrdiff_t at = item.instant + k;
    if (at < 0 || at >= std::ssize(item.pulse)) continue;
    const double value = item.pulse[static_cast<std::size_t>(at)];
    const std::ptrdiff_t symbol = k / samples;
    const bool fed_back = k % samples == 0 && symbol >= 1 && symbol <= feedback;
    time.values.push_back(static_cast<double>(k) / samples);
    voltage.values.push_back(value);
    sampled.values.push_back(k % samples == 0 ? value : nothing);
    left.values.push_back(fed_back ? value - item.main_cursor *
                                                 item.equaliser.feedback[static_cast<std::size_t>(symbol - 1)]
                                   : nothing);
  }
  curve.columns = {std::move(time), std::move(voltage), std::move(sampled)};
  if (feedback > 0) curve.columns.push_back(std::move(left));
  return curve;
}

double if_not_too_rare(double probability) { return probability > rarest ? probability : nothing; }

link::Curve noise_density(const ComCaseResult& item) {
  const compliance::ComNoiseDensity& noise = item.margin.noise;
  const double end = beyond * std::max(item.signal, item.margin.noise_peak);
  const double scale = noise.gaussian * std::sqrt(2.0 * std::numbers::pi);
  link::Curve curve = curve_of("noise_density", item, "Density of the noise");
  link::Column voltage{"voltage", "V", {}}, all{"all", "1/mV", {}}, normal{"Gaussian part alone", "1/mV", {}};
  const auto bell = [&](double v) { return std::exp(-0.5 * std::pow(v / noise.gaussian, 2)) / scale * 1e-3; };
  for (int i = 0; i < points_of_density; ++i) {
    const double v = end * (2.0 * i / (points_of_density - 1) - 1.0);
    double density = 0.0;
    for (std::size_t k = 0; k < noise.bounded.probability.size(); ++k)
      density += noise.bounded.probability[k] * bell(v - noise.bounded.value(k));
    voltage.values.push_back(v);
    all.values.push_back(density);
    normal.values.push_back(bell(v));
  }
  curve.columns = {std::move(voltage), std::move(all), std::move(normal)};
  return curve;
}

link::Curve noise_exceeds(const ComCaseResult& item) {
  const compliance::ComNoiseDensity& noise = item.margin.noise;
  const signal::Density none = signal::delta(0.0, noise.bounded.step);
  const double end = beyond * std::max(item.signal, item.margin.noise_peak);
  link::Curve curve = curve_of("noise_exceeds", item, "Noise beyond a voltage");
  curve.y_logarithmic = true;
  link::Column voltage{"voltage", "V", {}}, all{"all", "1", {}}, normal{"Gaussian part alone", "1", {}},
      bounded{"bounded part alone", "1", {}};
  for (int i = 0; i < points_of_density; ++i) {
    const double v = end * i / (points_of_density - 1);
    voltage.values.push_back(v);
    all.values.push_back(if_not_too_rare(signal::lower_tail(noise.bounded, -v, noise.gaussian)));
    normal.values.push_back(if_not_too_rare(signal::lower_tail(none, -v, noise.gaussian)));
    bounded.values.push_back(if_not_too_rare(signal::lower_tail(noise.bounded, -v)));
  }
  curve.columns = {std::move(voltage), std::move(all), std::move(normal), std::move(bounded)};
  return curve;
}

double db(double amplitude) { return 20.0 * std::log10(amplitude); }

double taps_db(const std::vector<double>& taps, double turns) {
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < taps.size(); ++i)
    sum += taps[i] * std::polar(1.0, -2.0 * std::numbers::pi * turns * static_cast<double>(i));
  return db(std::abs(sum));
}

link::Curve equalisers(const ComSheet& sheet, const ComCaseResult& item) {
  const double rate = sheet.signal.symbol_rate;
  const compliance::ComEqualiser& equaliser = item.equaliser;
  const double gain = std::pow(10.0, equaliser.setting.dc_gain_db / 20.0);
  const double low = std::pow(10.0, equaliser.setting.dc_gain_low_db / 20.0);
  link::Curve curve = curve_of("equalisers", item, "Equalisers over frequency");
  curve.x_logarithmic = true;
  link::Column frequency{"frequency", "Hz", {}}, ctle{"CTLE", "dB", {}},
      transmitter{"transmit taps", "dB", {}}, receiver{"receiver taps", "dB", {}},
      filter{"noise filter", "dB", {}};
  for (int i = 0; i < points_of_filter; ++i) {
    const double f = lowest_frequency * std::pow(rate / lowest_frequency, i / (points_of_filter - 1.0));
    frequency.values.push_back(f);
    ctle.values.push_back(db(std::abs(compliance::com_ctle(sheet.ctle, gain, low, f))));
    transmitter.values.push_back(taps_db(equaliser.setting.transmitter_taps, f / rate));
    receiver.values.push_back(taps_db(equaliser.receiver_taps, f / rate));
    filter.values.push_back(db(std::abs(compliance::com_receiver_filter(sheet.receiver_filter, rate, f))));
  }
  curve.columns = {std::move(frequency), std::move(ctle), std::move(transmitter)};
  if (!equaliser.receiver_taps.empty()) curve.columns.push_back(std::move(receiver));
  curve.columns.push_back(std::move(filter));
  return curve;
}

void add_channel(const ComReport& report, std::vector<link::Curve>& curves) {
  link::Curve both = loss_curve(report.networks.through, report.fit.value_or(compliance::InsertionLossFit{}));
  const link::Column& frequency = both.columns[0];
  link::Curve loss{
      "loss", "Transmission without and with packages", {frequency, both.columns[1]}, false, false};
  if (report.fit) loss.columns.push_back(both.columns[2]);
  for (const ComCaseResult& item : report.result.cases) {
    link::Column column{fmt::format("with packages, {}", item.name), "dB", {}};
    for (const std::complex<double>& value : item.transfer) column.values.push_back(db(std::abs(value)));
    loss.columns.push_back(std::move(column));
  }
  curves.push_back(std::move(loss));
  curves.push_back({"reflection", "Reflection", {frequency, both.columns[3], both.columns[4]}, false, false});
  if (report.input.paths.size() > 1) curves.push_back(crosstalk_curve(report.networks));
  curves.push_back(reflected_curve(report.erl, report.choice.sheet.signal.samples_per_symbol));
}

}  // namespace

std::vector<link::Curve> com_curves(const ComReport& report) {
  const ComSheet& sheet = report.choice.sheet;
  std::vector<link::Curve> curves;
  for (const ComCaseResult& item : report.result.cases) {
    curves.push_back(pulse(sheet, item));
    curves.push_back(noise_density(item));
    curves.push_back(noise_exceeds(item));
    curves.push_back(equalisers(sheet, item));
  }
  add_channel(report, curves);
  return curves;
}

}  // namespace waverack::io
