#include "waverack/network/quality.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/limits.hpp"
#include "waverack/network/port_order.hpp"
#include "waverack/network/pulse_front.hpp"
#include "waverack/network/row_matrix-inl.hpp"
#include "waverack/network/transmission_curve.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// Of IEEE 370-2020, clause 5.2 as in the committee's qualityCheckFrequencyDomain.m.
constexpr double passive_up_to = 1.00001, reciprocal_up_to = 1e-6, full_excess = 0.1;
// Ours: what is worth a sentence.
constexpr double uneven = 1e-3, weak_through = 0.1;

struct Excess {
  double value = 0.0;
  void add(double x, double limit) { value += std::max(x - limit, 0.0) / full_excess; }
  double percent(std::size_t points) const {
    return 100.0 * std::max(1.0 - value / static_cast<double>(points), 0.0);
  }
};

Samples transmission_samples(const Network& network, int to, int from) {
  Samples samples{network.frequencies, {}};
  samples.h.reserve(network.points());
  for (std::size_t k = 0; k < network.points(); ++k) samples.h.push_back(network.at(k, to, from));
  return samples;
}

double mean_step(const Network& network) {
  return (network.frequencies.back() - network.frequencies.front()) /
         static_cast<double>(std::max<std::size_t>(network.points(), 2) - 1);
}

double early_energy(const Network& network, int to, int from) {
  const Samples samples = transmission_samples(network, to, from);
  const TransmissionCurve curve(without_delay(samples, mean_group_delay(samples.f, samples.h, 1)));
  return find_front([&](double f) { return curve.at(f); }, samples.f.back(), mean_step(network)).early_energy;
}

std::vector<LineQuality> lines_of(const Network& network) {
  std::vector<LineQuality> lines;
  if (network.points() < 2 || network.ports % 2 != 0) return lines;
  try {
    const Sides sides = infer_sides(network);
    for (std::size_t i = 0; i < sides.left.size(); ++i) {
      LineQuality line{sides.left[i], sides.right[i]};
      const int sign = polarity(single_ended(network, line.left, line.right));
      if (sign == 0) continue;
      line.inverted = sign < 0;
      line.causality = turning_causality(network, line.right, line.left);
      line.early_energy = early_energy(network, line.right, line.left);
      lines.push_back(line);
    }
  } catch (const Error&) {  // no lines: crosstalk
  }
  return lines;
}

void judge_band(const Network& network, Quality& quality) {
  const std::vector<double>& f = network.frequencies;
  quality.first_frequency = f.front();
  quality.last_frequency = f.back();
  for (std::size_t k = 1; k < f.size(); ++k) {
    const double step = f[k] - f[k - 1];
    quality.smallest_step = k == 1 ? step : std::min(quality.smallest_step, step);
    quality.largest_step = std::max(quality.largest_step, step);
  }
  if (f.size() > 2 && quality.largest_step > (1.0 + uneven) * quality.smallest_step)
    quality.remarks.push_back(fmt::format("the frequency steps are not even: {} to {}",
                                          format_engineering(quality.smallest_step, "Hz"),
                                          format_engineering(quality.largest_step, "Hz")));
}

}  // namespace

double turning_causality(const Network& network, int to, int from) {
  double clockwise = 0.0, all = 0.0;
  for (std::size_t k = 0; k + 2 < network.points(); ++k) {
    const Complex first = network.at(k + 1, to, from) - network.at(k, to, from);
    const Complex second = network.at(k + 2, to, from) - network.at(k + 1, to, from);
    const double turn = second.real() * first.imag() - second.imag() * first.real();
    clockwise += std::max(turn, 0.0);
    all += std::abs(turn);
  }
  return all > 0.0 ? 100.0 * clockwise / all : 100.0;
}

int polarity(const Network& two_port) {
  const Samples samples = transmission_samples(two_port, 2, 1);
  const double delay = mean_group_delay(samples.f, samples.h, 1);
  double sum = 0.0;
  for (std::size_t k = 0; k < low_frequency_points(two_port); ++k)
    sum += (samples.h[k] * std::polar(1.0, 2.0 * std::numbers::pi * samples.f[k] * delay)).real();
  return sum > 0.0 ? 1 : sum < 0.0 ? -1 : 0;
}

std::string band_doubt(const Network& file, const Network& through) {
  if (same_frequencies(file.frequencies, through.frequencies)) return {};
  const double last = file.frequencies.back(), expected = through.frequencies.back();
  if (last < expected * (1.0 - uneven))
    return fmt::format("the data stop at {}, those of the through path at {}: they may have been cut off",
                       format_engineering(last, "Hz"), format_engineering(expected, "Hz"));
  return fmt::format("there are {} points in steps of {} on average, {} of {} in the through path",
                     file.points(), format_engineering(mean_step(file), "Hz"), through.points(),
                     format_engineering(mean_step(through), "Hz"));
}

namespace {

// `found`: the pair that the data show, if they do.
void judge_pair(const Network& network, const PairPorts& pair, const std::optional<PairPorts>& found,
                Quality& quality) {
  const Network two_port = differential(network, pair);
  const std::size_t count = low_frequency_points(network);
  double power = 0.0;
  for (std::size_t k = 0; k < count; ++k)
    power += std::norm(two_port.at(k, 2, 1)) / static_cast<double>(count);
  if (power < weak_through) {
    quality.remarks.push_back(fmt::format(
        "the pair of ports [{}] transmits {:.1f} dB at low frequency: no through path{}",
        fmt::join(pair, ", "), 10.0 * std::log10(std::max(power, 1e-20)),
        found ? fmt::format("; the lines of the file make it [{}]", fmt::join(*found, ", ")) : ""));
    return;
  }
  quality.swapped = polarity(two_port) < 0;
  if (quality.swapped)
    quality.remarks.push_back(
        fmt::format("+ and - are exchanged between the ends: the pair of ports [{}] inverts the signal",
                    fmt::join(pair, ", ")));
}

}  // namespace

Quality quality(const Network& network, const std::optional<PairPorts>& ports) {
  Quality quality;
  quality.asymmetry = largest_asymmetry(network);
  const int n = network.ports;
  Excess gain, asymmetry;
  for (std::size_t k = 0; k < network.points(); ++k) {
    const double norm = spectral_norm(Eigen::Map<const RowMatrix>(&network.at(k, 1, 1), n, n));
    if (norm > quality.gain.value || k == 0) quality.gain = {norm, network.frequencies[k]};
    gain.add(norm, passive_up_to);
    double sum = 0.0;
    for (int i = 2; i <= n; ++i)
      for (int j = 1; j < i; ++j) sum += std::abs(network.at(k, i, j) - network.at(k, j, i));
    if (n > 1) asymmetry.add(2.0 * sum / (n * (n - 1)), reciprocal_up_to);
  }
  quality.remarks = doubts(network, quality.gain, quality.asymmetry);
  quality.passivity = gain.percent(network.points());
  quality.reciprocity = asymmetry.percent(network.points());
  for (int to = 1; to <= n; ++to)
    for (int from = 1; from <= n; ++from)
      quality.causality = std::min(quality.causality, turning_causality(network, to, from));
  judge_band(network, quality);
  quality.lines = lines_of(network);
  for (const LineQuality& line : quality.lines) {
    if (line.inverted)
      quality.remarks.push_back(
          fmt::format("the line from port {} to {} inverts the signal", line.left, line.right));
    if (line.early_energy > doubtful_early_energy)
      quality.remarks.push_back(fmt::format(
          "{:.2g} % of the pulse's energy from port {} to {} comes before its front: the data are not causal",
          100.0 * line.early_energy, line.left, line.right));
  }
  std::optional<PairPorts> found;
  if (n == 4 && quality.lines.size() == 2)
    found = {quality.lines[0].left, quality.lines[1].left, quality.lines[0].right, quality.lines[1].right};
  if (ports)
    judge_pair(network, *ports, found, quality);
  else if (found)
    judge_pair(network, *found, found, quality);
  return quality;
}

}  // namespace waverack::network
