#include "waverack/network/channel_response.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "waverack/base/units.hpp"
#include "waverack/network/limits.hpp"
#include "waverack/network/pulse_front.hpp"
#include "waverack/network/transmission_curve.hpp"

namespace waverack::network {
namespace {

using std::numbers::pi;

// A phase of H(0), where it is given, that is worth a remark.
constexpr double doubtful_dc_phase = pi / 180.0;

}  // namespace

Channel channel_response(const Network& two_port) {
  if (two_port.ports != 2)
    refuse_network(two_port, fmt::format("a network of {} ports is no channel", two_port.ports),
                   "a two-port");
  if (two_port.points() < 2)
    refuse_network(two_port, "there are data at one frequency only", "at least two frequencies");
  Samples samples{two_port.frequencies, {}};
  double largest = 0.0;
  for (std::size_t k = 0; k < two_port.points(); ++k) {
    samples.h.push_back(two_port.at(k, 2, 1));
    largest = std::max(largest, std::abs(samples.h.back()));
  }
  if (largest < no_transmission)
    refuse_network(two_port, "nothing is transmitted from the input to the output",
                   "a transmission above -300 dB");

  Channel channel;
  channel.first_frequency = samples.f.front();
  channel.last_frequency = samples.f.back();
  const double step =
      (channel.last_frequency - channel.first_frequency) / static_cast<double>(samples.f.size() - 1);
  const double mean_delay = mean_group_delay(samples.f, samples.h, 1);
  const TransmissionCurve undelayed(without_delay(samples, mean_delay));
  const Front front = find_front([&](double f) { return undelayed.at(f); }, channel.last_frequency, step);
  channel.latency = std::max(mean_delay + front.time, 0.0);
  const auto curve = std::make_shared<const TransmissionCurve>(without_delay(samples, channel.latency));
  channel.response = [curve](double f) { return f < 0.0 ? std::conj(curve->at(-f)) : curve->at(f); };

  if (channel.first_frequency > 0.0)
    channel.remarks.push_back(fmt::format(
        "the data start at {}: they are continued to 0 Hz by the skin-effect law, with {:.2f} dB of loss at "
        "0 Hz",
        format_engineering(channel.first_frequency, "Hz"), -20.0 * std::log10(std::abs(curve->at(0.0)))));
  if (curve->dc_residue() > doubtful_dc_residue)
    channel.remarks.push_back(
        fmt::format("the phase leads to {:.0f} degrees off the real axis at 0 Hz: the sign of "
                    "the response at 0 Hz is a guess",
                    curve->dc_residue() * 180.0 / pi));
  if (curve->dc_phase() > doubtful_dc_phase)
    channel.remarks.push_back(
        fmt::format("the value at 0 Hz is {:.1f} degrees off the real axis: its magnitude counts",
                    curve->dc_phase() * 180.0 / pi));
  if (2.0 * pi * std::abs(mean_delay) * step > doubtful_step)
    channel.remarks.push_back(
        fmt::format("the frequency step of {} is too coarse to be sure of a delay of {}",
                    format_engineering(step, "Hz"), format_engineering(mean_delay, "s")));
  if (front.early_energy > doubtful_early_energy)
    channel.remarks.push_back(
        fmt::format("{:.2g} % of the pulse's energy comes before its front: the data are not causal",
                    100.0 * front.early_energy));
  return channel;
}

}  // namespace waverack::network
