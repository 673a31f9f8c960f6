#include "waverack/compliance/com_pulses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/compliance/com_filters.hpp"
#include "waverack/compliance/com_impulse.hpp"
#include "waverack/compliance/package_model.hpp"

namespace waverack::compliance {
namespace {

using Complex = std::complex<double>;
using network::Network;

using std::numbers::pi;
// Before time 0: a channel de-embedded too far, or one with little delay, answers early. Without these
// symbols its precursors would be lost, and interference with them.
constexpr int lead_symbols = 8;
constexpr std::size_t least_points = 4;

// (b0 + b1·z⁻¹)/(1 + a1·z⁻¹) over a record.
std::vector<double> first_order(std::span<const double> input, double b0, double b1, double a1) {
  std::vector<double> output(input.size());
  double before_in = 0.0, before_out = 0.0;
  for (std::size_t i = 0; i < input.size(); ++i) {
    before_out = b0 * input[i] + b1 * before_in - a1 * before_out;
    before_in = input[i];
    output[i] = before_out;
  }
  return output;
}

// 1/(1 + s/p) and (s/z)/(1 + s/p) by the bilinear transform, corners in Hz.
std::vector<double> low_pass(std::span<const double> input, double pole, double time_step) {
  const double k = 1.0 / (pi * pole * time_step);
  return first_order(input, 1.0 / (1.0 + k), 1.0 / (1.0 + k), (1.0 - k) / (1.0 + k));
}
std::vector<double> high_pass(std::span<const double> input, double zero, double pole, double time_step) {
  const double k = 1.0 / (pi * pole * time_step), gain = 1.0 / (pi * zero * time_step);
  return first_order(input, gain / (1.0 + k), -gain / (1.0 + k), (1.0 - k) / (1.0 + k));
}

std::array<std::vector<double>, ctle_parts> parts_behind_ctle(const ComCtle& ctle,
                                                              std::span<const double> impulse,
                                                              double time_step) {
  const std::vector<double> common = low_pass(impulse, ctle.pole_2, time_step);
  const std::vector<double> low = low_pass(common, ctle.pole_1, time_step);
  const std::vector<double> high = high_pass(common, ctle.zero, ctle.pole_1, time_step);
  const double f = ctle.low_pole;
  return {low_pass(low, f, time_step), high_pass(low, f, f, time_step), low_pass(high, f, time_step),
          high_pass(high, f, f, time_step)};
}

double amplitude_of(const ComSignal& signal, ComPathKind kind) {
  switch (kind) {
    case ComPathKind::far_end:
      return signal.far_end_amplitude;
    case ComPathKind::near_end:
      return signal.near_end_amplitude;
    case ComPathKind::victim:
      break;
  }
  return signal.victim_amplitude;
}

// The devices of one package case on one list of frequencies.
struct Devices {
  Devices(const ComSheet& sheet, const ComPackageCase& lengths, const std::vector<double>& list)
      : frequencies(list),
        transmitter(com_end(sheet, sheet.transmitter_device, lengths.transmitter, list)),
        near_end(com_end(sheet, sheet.transmitter_device, lengths.near_end, list)),
        receiver(turned_round(com_end(sheet, sheet.receiver_device, lengths.receiver, list))) {}
  std::vector<double> frequencies;
  Network transmitter, near_end, receiver;
};

// Die to die with the edge; the receiver's filter comes after.
std::vector<Complex> transfer_with_edge(const ComSheet& sheet, const Devices& devices, const ComPath& path) {
  const Network& source = path.kind == ComPathKind::near_end ? devices.near_end : devices.transmitter;
  const Network all = network::cascade(network::cascade(source, path.differential), devices.receiver);
  std::vector<Complex> transfer =
      voltage_transfer(all, sheet.transmitter_device.termination, sheet.receiver_device.termination);
  for (std::size_t k = 0; k < transfer.size(); ++k)
    transfer[k] *= com_edge(sheet.transmitter.rise_time, devices.frequencies[k]);
  return transfer;
}

// The lines and balls of both packages with the channel between them, without C_d, L_s, C_b and terminations.
double die_to_die_loss_db(const ComSheet& sheet, const ComPackageCase& lengths, const Network& channel) {
  const auto end = [&](const ComDevice& device, std::span<const double> line) {
    return com_end(sheet, {{}, {}, 0.0, device.ball_capacitance, device.termination}, line,
                   channel.frequencies);
  };
  const Network all =
      network::cascade(network::cascade(end(sheet.transmitter_device, lengths.transmitter), channel),
                       turned_round(end(sheet.receiver_device, lengths.receiver)));
  std::vector<Complex> through(all.points());
  for (std::size_t k = 0; k < through.size(); ++k) through[k] = all.at(k, 2, 1);
  return loss_at_nyquist_db(all.frequencies, through, sheet.signal.symbol_rate);
}

bool transmits(const Network& two_port) {
  for (std::size_t k = 0; k < two_port.points(); ++k)
    if (two_port.at(k, 2, 1) != 0.0) return true;
  return false;
}

void require_paths(const ComSheet& sheet, std::span<const ComPath> paths) {
  if (paths.empty() || paths.front().kind != ComPathKind::victim)
    throw Error("COM needs the victim's path as the first");
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Network& channel = paths[i].differential;
    if (i > 0 && paths[i].kind == ComPathKind::victim) throw Error("COM needs a single victim");
    if (channel.ports != 2 || channel.reference_resistance != com_reference_resistance)
      network::refuse_network(
          channel,
          fmt::format("{} ports with a reference of {:g} ohm", channel.ports, channel.reference_resistance),
          fmt::format("a differential two-port of {:g} ohm", com_reference_resistance));
    if (i == 0 && !transmits(channel))
      network::refuse_network(channel, "the channel transmits nothing", "the ports of a through path");
    if (channel.points() < least_points)
      network::refuse_network(channel, fmt::format("{} frequencies are too few for COM", channel.points()),
                              fmt::format("{} and more", least_points));
    if (channel.frequencies.back() < sheet.signal.symbol_rate / 2.0)
      network::refuse_network(
          channel,
          fmt::format("the data end at {}, below half the symbol rate",
                      format_engineering(channel.frequencies.back(), "Hz")),
          fmt::format("data to {} and beyond", format_engineering(sheet.signal.symbol_rate / 2.0, "Hz")));
  }
}

void negate(ComPathPulse& path) {
  for (double& value : path.unequalised) value = -value;
  for (std::vector<double>& part : path.behind_ctle)
    for (double& value : part) value = -value;
}

}  // namespace

CtleFactors ctle_factors(double dc_gain_db, double dc_gain_low_db) {
  const double gain = std::pow(10.0, dc_gain_db / 20.0), low = std::pow(10.0, dc_gain_low_db / 20.0);
  return {gain * low, gain, low, 1.0};
}

std::vector<double> pulse_behind_ctle(const ComPathPulse& path, const CtleFactors& factors) {
  const auto& parts = path.behind_ctle;
  std::vector<double> pulse(parts[0].size());
  for (std::size_t i = 0; i < pulse.size(); ++i)
    pulse[i] = factors[0] * parts[0][i] + factors[1] * parts[1][i] + factors[2] * parts[2][i] +
               factors[3] * parts[3][i];
  return pulse;
}

double loss_at_nyquist_db(std::span<const double> frequencies, std::span<const Complex> response,
                          double symbol_rate) {
  const double nyquist = symbol_rate / 2.0;
  const auto above = std::lower_bound(frequencies.begin(), frequencies.end(), nyquist);
  if (above == frequencies.end()) throw Error("the data end below half the symbol rate");
  const auto k = static_cast<std::size_t>(above - frequencies.begin());
  const auto loss = [&](std::size_t i) { return -20.0 * std::log10(std::abs(response[i])); };
  if (k == 0) return loss(0);
  const double t = (nyquist - frequencies[k - 1]) / (frequencies[k] - frequencies[k - 1]);
  return std::lerp(loss(k - 1), loss(k), t);
}

ComPulses com_pulses(const ComSheet& sheet, const ComPackageCase& lengths, std::span<const ComPath> paths,
                     int samples_per_symbol) {
  require_consistent(sheet);
  require_paths(sheet, paths);
  const double time_step = 1.0 / (sheet.signal.symbol_rate * samples_per_symbol);
  const signal::RealInversePlan plan = impulse_plan({sheet.files.largest_step, time_step});

  ComPulses result;
  result.samples_per_symbol = samples_per_symbol;
  Devices devices(sheet, lengths, paths.front().differential.frequencies);
  for (const ComPath& path : paths) {
    if (!transmits(path.differential)) continue;
    if (path.differential.frequencies != devices.frequencies)
      devices = Devices(sheet, lengths, path.differential.frequencies);
    std::vector<Complex> transfer = transfer_with_edge(sheet, devices, path);
    if (path.kind == ComPathKind::victim) {
      result.loss_at_nyquist_db = loss_at_nyquist_db(devices.frequencies, transfer, sheet.signal.symbol_rate);
      result.die_to_die_loss_db = die_to_die_loss_db(sheet, lengths, path.differential);
      result.transfer = transfer;
    }
    for (std::size_t k = 0; k < transfer.size(); ++k)
      transfer[k] *=
          com_receiver_filter(sheet.receiver_filter, sheet.signal.symbol_rate, devices.frequencies[k]);
    const std::vector<double> impulse =
        impulse_response(devices.frequencies, transfer, plan, time_step,
                         lead_symbols * static_cast<std::size_t>(samples_per_symbol));

    const double amplitude = amplitude_of(sheet.signal, path.kind);
    ComPathPulse pulse;
    pulse.kind = path.kind;
    pulse.unequalised = rectangle_response(impulse, samples_per_symbol, amplitude);
    pulse.behind_ctle = parts_behind_ctle(sheet.ctle, impulse, time_step);
    for (std::vector<double>& part : pulse.behind_ctle)
      part = rectangle_response(part, samples_per_symbol, amplitude);
    result.paths.push_back(std::move(pulse));
  }
  const auto [least, most] =
      std::minmax_element(result.paths.front().unequalised.begin(), result.paths.front().unequalised.end());
  if (-*least > *most) {
    result.inverted = true;
    negate(result.paths.front());
  }
  return result;
}

std::vector<CtleProducts> receiver_noise(const ComSheet& sheet, std::span<const double> frequencies,
                                         int lags) {
  std::vector<CtleProducts> products(static_cast<std::size_t>(lags));
  for (std::size_t k = 1; k < frequencies.size(); ++k) {
    const double f = frequencies[k];
    const Complex filter = com_receiver_filter(sheet.receiver_filter, sheet.signal.symbol_rate, f);
    // H_ctf with one gain at 0 and one part of the other left: its four parts.
    const Complex poles = com_ctle(sheet.ctle, 0.0, 0.0, f);
    const Complex high(0.0, f / sheet.ctle.zero), low(0.0, f / sheet.ctle.low_pole);
    const std::array<Complex, ctle_parts> parts = {poles / (high * low), poles / high, poles / low, poles};
    const double density = sheet.noise.density * (f - frequencies[k - 1]) * std::norm(filter);
    for (int lag = 0; lag < lags; ++lag) {
      const double weight = density * std::cos(2.0 * pi * f * lag / sheet.signal.symbol_rate);
      for (std::size_t i = 0; i < parts.size(); ++i)
        for (std::size_t j = 0; j < parts.size(); ++j)
          products[static_cast<std::size_t>(lag)][i][j] += weight * (parts[i] * std::conj(parts[j])).real();
    }
  }
  return products;
}

double noise_power(const CtleProducts& products, const CtleFactors& factors) {
  double power = 0.0;
  for (std::size_t i = 0; i < factors.size(); ++i)
    for (std::size_t j = 0; j < factors.size(); ++j) power += factors[i] * factors[j] * products[i][j];
  return power;
}

}  // namespace waverack::compliance
