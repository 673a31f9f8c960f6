#include "waverack/compliance/channel_measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/channel_response.hpp"

namespace waverack::compliance {
namespace {

// A reflectometer looks at the whole channel and a little further, and at an open end of a short one.
constexpr double profile_latencies = 2.3, least_duration = 0.5e-9;

double db(std::complex<double> s) { return 20.0 * std::log10(std::max(std::abs(s), 1e-15)); }

// The largest |S_{to,from}| up to `limit`, in dB.
network::Extreme largest(const network::Network& network, int to, int from, double limit) {
  network::Extreme found{-300.0, network.frequencies.front()};
  for (std::size_t k = 0; k < network.points() && network.frequencies[k] <= limit; ++k)
    if (const double value = db(network.at(k, to, from)); value > found.value)
      found = {value, network.frequencies[k]};
  return found;
}

ReturnLoss return_loss(const network::Network& through, int port, double nyquist) {
  const network::Extreme worst = largest(through, port, port, nyquist);
  return {loss_db(through, port, port, nyquist), -worst.value, worst.frequency};
}

ModeConversion mode_conversion(const network::Network& modes, double nyquist) {
  const network::Extreme through = largest(modes, 4, 1, nyquist), near = largest(modes, 3, 1, nyquist),
                         far = largest(modes, 4, 2, nyquist);
  const network::Extreme& reflected = near.value > far.value ? near : far;
  return {through.value, through.frequency, reflected.value, reflected.frequency};
}

}  // namespace

ChannelMeasures channel_measures(const ChannelNetworks& networks, const ChannelSettings& settings) {
  const network::Network& through = networks.through;
  ChannelMeasures m;
  m.nyquist = 0.5 * settings.symbol_rate;
  if (through.points() < 2 || through.frequencies.back() < m.nyquist)
    throw Error(
        ErrorInfo{{through.name, 0, 0},
                  {},
                  "the data end below the Nyquist frequency of " + format_engineering(m.nyquist, "Hz", 6),
                  "a lower symbol rate, or data that go further",
                  {}});
  const network::Channel channel = network::channel_response(through);
  m.remarks = channel.remarks;
  m.latency = channel.latency;
  m.loss_db = loss_db(through, 2, 1, m.nyquist);
  m.fit = fit_insertion_loss(through, settings.symbol_rate, settings.fit);
  for (const int port : {1, 2})
    m.return_loss[static_cast<std::size_t>(port - 1)] = return_loss(through, port, m.nyquist);
  if (networks.modes) m.conversion = mode_conversion(*networks.modes, m.nyquist);
  m.crosstalk = integrated_crosstalk(networks.far_end, networks.near_end, settings.symbol_rate, settings.icn);
  m.erl = effective_return_loss(
      through, {settings.symbol_rate, settings.levels, settings.error_ratio, settings.samples_per_symbol},
      settings.erl);
  const double step =
      (through.frequencies.back() - through.frequencies.front()) / static_cast<double>(through.points() - 1);
  m.response = pulse_response(channel, step, settings.symbol_rate, settings.samples_per_symbol,
                              settings.edge / settings.symbol_rate);
  if (m.response.step_response.back() < 0.0)
    m.remarks.emplace_back(fmt::format("the output is inverted: + and - of one end may be swapped"));
  for (const int port : {1, 2})
    m.profile[static_cast<std::size_t>(port - 1)] =
        impedance_profile(through, port, std::max(profile_latencies * m.latency, least_duration));
  return m;
}

}  // namespace waverack::compliance
