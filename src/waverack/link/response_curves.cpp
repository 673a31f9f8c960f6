// Frequency and pulse responses of the segments, for the charts.

#include <fmt/format.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "waverack/link/charts.hpp"

namespace waverack::link {
namespace {

using Complex = std::complex<double>;

constexpr int frequency_points = 241;
constexpr double highest_over_symbol_rate = 1.2;
constexpr int pulse_before_ui = 6, pulse_after_ui = 30;

std::string curve_id(std::string_view kind, const Plan& plan, std::size_t segment) {
  return plan.segments.size() == 1 ? std::string(kind) : fmt::format("{}.{}", kind, segment + 1);
}

std::string curve_title(std::string_view kind, const Plan& plan, std::size_t segment) {
  return plan.segments.size() == 1 ? std::string(kind)
                                   : fmt::format("{}, {}", kind, plan.segments[segment].name);
}

// First element of each section: electrical up to the modulator, light, receiver.
struct Section {
  std::string name;
  std::size_t first, last;
};

std::vector<Section> sections_of(const Segment& segment) {
  const std::size_t n = segment.elements.size();
  if (!segment.optical) return {{"transmitter to receiver", 0, n}};
  std::size_t modulator = 0, photodiode = n;
  for (std::size_t e = 0; e < n; ++e) {
    if (segment.elements[e].kind != Element::Kind::nonlinear) continue;
    if (segment.elements[e].domain == parts::Domain::field) modulator = e;
    if (segment.elements[e].domain == parts::Domain::current) photodiode = e;
  }
  return {{"transmitter to modulator", 0, modulator + 1},
          {"light path", modulator + 1, photodiode + 1},
          {"photodiode to sampler", photodiode + 1, n}};
}

double decibel(Complex h, Complex reference) {
  return 20.0 * std::log10(std::max(std::abs(h / reference), 1e-15));
}

Curve frequency_curve(const Plan& plan, std::size_t index, const NoiseGrid& grid,
                      const std::vector<Complex>& equaliser) {
  const Segment& segment = plan.segments[index];
  Curve curve;
  curve.id = curve_id("response", plan, index);
  curve.title = curve_title("Frequency response", plan, index);
  curve.columns.push_back({"frequency", "GHz", {}});
  const int last_bin =
      static_cast<int>(highest_over_symbol_rate * plan.conditions.symbol_rate / grid.bin_width());
  const int stride = std::max(1, last_bin / (frequency_points - 1));
  for (int i = 0; i <= last_bin; i += stride) curve.columns[0].values.push_back(i * grid.bin_width() / 1e9);
  const auto add = [&](std::string name, const std::vector<Complex>& h) {
    Column column{std::move(name), "dB", {}};
    for (int i = 0; i <= last_bin; i += stride)
      column.values.push_back(decibel(h[static_cast<std::size_t>(i)], h[0]));
    curve.columns.push_back(std::move(column));
  };
  for (const Section& section : sections_of(segment)) {
    std::vector<Complex> h = grid.response_from(section.first);
    const std::vector<Complex> rest = grid.response_from(section.last);
    for (std::size_t i = 0; i < h.size(); ++i) h[i] = std::abs(rest[i]) > 0.0 ? h[i] / rest[i] : 0.0;
    add(section.name, h);
  }
  std::vector<Complex> total = grid.response_from(0);
  if (segment.optical) add("total", total);
  for (std::size_t i = 0; i < total.size(); ++i) total[i] *= equaliser[i];
  add("with equaliser", total);
  return curve;
}

Curve pulse_curve(const Plan& plan, std::size_t index, const NoiseGrid& grid,
                  const std::vector<Complex>& equaliser, int sps) {
  std::vector<Complex> total = grid.response_from(0);
  // The transmitter's FIR and its hold over one unit interval.
  const parts::HostTransmitter& transmitter = plan.segments[index].transmitter;
  for (std::size_t i = 0; i < total.size(); ++i) {
    const double angle = -2.0 * std::numbers::pi * static_cast<double>(i) / grid.length();
    Complex hold = 0.0, fir = 0.0;
    for (int s = 0; s < sps; ++s) hold += std::polar(1.0 / sps, angle * s);
    for (std::size_t t = 0; t < transmitter.taps.size(); ++t)
      fir += transmitter.taps[t] *
             std::polar(1.0, angle * sps * (static_cast<double>(t) - transmitter.main_tap));
    total[i] *= hold * fir;
  }
  std::vector<Complex> equalised = total;
  for (std::size_t i = 0; i < total.size(); ++i) equalised[i] *= equaliser[i];
  const std::vector<double> before = impulse(total, grid.bin_width()),
                            after = impulse(equalised, grid.bin_width());
  const auto peak_of = [](const std::vector<double>& g) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < g.size(); ++i)
      if (std::abs(g[i]) > std::abs(g[best])) best = i;
    return static_cast<long>(best);
  };
  const long n = static_cast<long>(before.size()), peak_before = peak_of(before), peak_after = peak_of(after);
  Curve curve;
  curve.id = curve_id("pulse", plan, index);
  curve.title = curve_title("Pulse response at the receiver", plan, index);
  curve.columns = {{"time", "UI", {}}, {"at the sampler", "1", {}}, {"after the equaliser", "1", {}}};
  for (long i = -pulse_before_ui * sps; i <= pulse_after_ui * sps; ++i) {
    const auto at = [&](const std::vector<double>& g, long peak) {
      return g[static_cast<std::size_t>((((peak + i) % n) + n) % n)] / g[static_cast<std::size_t>(peak)];
    };
    curve.columns[0].values.push_back(static_cast<double>(i) / sps);
    curve.columns[1].values.push_back(at(before, peak_before));
    curve.columns[2].values.push_back(at(after, peak_after));
  }
  return curve;
}

}  // namespace

void add_response_curves(const Plan& plan, const Lane& lane, const std::vector<SolvedSegment>& solved,
                         LaneResult& result) {
  const int sps = lane.samples_per_symbol;
  for (std::size_t i = 0; i < plan.segments.size(); ++i) {
    const NoiseGrid grid(plan.segments[i], plan.conditions, solved[i].propagation, {});
    const std::vector<Complex> equaliser =
        equaliser_response(solved[i].equaliser, solved[i].shape, sps, grid.length());
    result.curves.push_back(frequency_curve(plan, i, grid, equaliser));
    result.curves.push_back(pulse_curve(plan, i, grid, equaliser, sps));
  }
}

void add_bathtub(const Bathtub& bathtub, const Lane& lane, SegmentResult& segment, LaneResult& result) {
  Curve curve;
  curve.id = "bathtub";
  curve.title = "Bathtub: BER against the sampling phase, " + segment.name;
  curve.y_logarithmic = true;
  Column limit{"limit", "1", std::vector<double>(bathtub.phase_ui.size(), lane.ber_limit)};
  Column ber{"BER before FEC", "1", {}};
  for (const double value : bathtub.ber) ber.values.push_back(std::max(value, 1e-30));
  curve.columns = {{"phase", "UI", bathtub.phase_ui}, std::move(ber), std::move(limit)};
  // Width between the crossings of the limit around the best phase, interpolated in log BER.
  const auto crossing = [&](long from, long step) {
    long i = from;
    const long n = static_cast<long>(bathtub.ber.size());
    while (i + step >= 0 && i + step < n && bathtub.ber[static_cast<std::size_t>(i + step)] < lane.ber_limit)
      i += step;
    if (i + step < 0 || i + step >= n) return bathtub.phase_ui[static_cast<std::size_t>(i)];
    const double a = std::log(bathtub.ber[static_cast<std::size_t>(i)]),
                 b = std::log(bathtub.ber[static_cast<std::size_t>(i + step)]);
    const double fraction = (std::log(lane.ber_limit) - a) / (b - a);
    return bathtub.phase_ui[static_cast<std::size_t>(i)] +
           fraction * (bathtub.phase_ui[static_cast<std::size_t>(i + step)] -
                       bathtub.phase_ui[static_cast<std::size_t>(i)]);
  };
  const long middle = static_cast<long>(bathtub.ber.size() / 2);
  if (bathtub.ber[static_cast<std::size_t>(middle)] < lane.ber_limit)
    segment.eye_width_ui = crossing(middle, 1) - crossing(middle, -1);
  result.curves.push_back(std::move(curve));
}

}  // namespace waverack::link
