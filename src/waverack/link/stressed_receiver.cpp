#include "waverack/link/stressed_receiver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>
#include <utility>

#include "waverack/base/decibel.hpp"
#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/light_points.hpp"
#include "waverack/link/margin.hpp"
#include "waverack/parts/decibel.hpp"

namespace waverack::link {
namespace {

constexpr double no_noise = 1e30;         // SNDR
constexpr double v_pi = 1.0;              // of the source's modulator [V]
constexpr double usual_extinction = 3.5;  // [dB], of every PMD whose least one is known
constexpr double usual_bandwidth = 0.42;  // of the low-pass, over the symbol rate
constexpr double tolerance_db = 0.02;     // of SECQ

parts::Instance instance(parts::AnyPart part) {
  const parts::PartInfo& info = parts::info(part);
  parts::Instance result;
  result.name = "stress_" + std::string(info.type);
  result.place = info.place;
  result.part = std::move(part);
  return result;
}

// Equal levels of power at quadrature of P = ½·(1 + sin(π·v/V_π)), jitter-free, with held noise.
parts::HostTransmitter transmitter(double modulation_depth, double sndr) {
  parts::HostTransmitter part;
  part.swing = 2.0 * v_pi / std::numbers::pi * std::asin(modulation_depth);
  part.taps = {1.0};
  part.main_tap = 0;
  const double inner = std::asin(modulation_depth / 3.0) / std::asin(modulation_depth);
  part.levels = {-1.0, -inner, inner, 1.0};
  part.rise_time = 0.0;
  part.sndr = sndr;
  part.random_jitter = part.dual_dirac_jitter = 0.0;
  return part;
}

parts::LinearDriver low_pass(double bandwidth) {
  parts::LinearDriver part;
  part.bandwidth = bandwidth;
  part.gain = 1.0;
  part.saturation_swing = 1e6;
  part.noise_density = 0.0;
  return part;
}

// Straight phase, no loss, no memory, at quadrature.
parts::MachZehnder modulator() {
  constexpr double never = 1e16;
  parts::MachZehnder part;
  part.v_pi_l = v_pi * part.length;
  part.built_in_voltage = 1e9;
  part.bias_voltage = 0.0;
  part.insertion_loss = 1.0;
  part.phase_shifter_loss = part.loss_change = part.rf_loss = 0.0;
  part.static_extinction = no_noise;
  part.rc_bandwidth = never;
  part.return_loss = no_noise;
  return part;
}

Lane lane_of(const compliance::Pmd& pmd, const StressedSource& source) {
  Lane lane;
  lane.symbol_rate = pmd.symbol_rate;
  lane.modulation = Modulation::pam4;
  lane.light = source.light;
  lane.chain = source.chain;
  return lane;
}

// Where the falling `value` [dB] is `wanted` within 0.05 dB: from x on in steps of a fifth until it lies
// between two points, then by false position in ln x. NaN where it is not found within a factor of 4; what
// was measured last is otherwise that of the answer.
double where(const std::function<double(double)>& value, double wanted, double x) {
  constexpr double accuracy_db = 0.05, step = 1.2, farthest = 4.0;
  const double first = x;
  std::optional<std::pair<double, double>> above, below;  // x, and value − wanted there
  for (int i = 0; i < 30 && x < farthest * first && x > first / farthest; ++i) {
    const double miss = value(x) - wanted;
    if (std::abs(miss) < accuracy_db) return x;
    (miss > 0.0 ? above : below) = {x, miss};
    if (above && below)
      x = above->first *
          std::pow(below->first / above->first, above->second / (above->second - below->second));
    else
      x *= miss > 0.0 ? step : 1.0 / step;
  }
  return not_a_number;
}

}  // namespace

StressedSource source_of(const compliance::Pmd& pmd, double bandwidth, double sndr, double oma_outer,
                         double wavelength) {
  const double extinction = std::max(pmd.transmitter.extinction_low, from_db(usual_extinction));
  const double depth = (extinction - 1.0) / (extinction + 1.0);
  parts::CwLaser laser;
  laser.output_power = oma_outer / depth;  // half of it on average
  laser.rin = laser.linewidth = 0.0;
  laser.wavelength = wavelength;
  StressedSource source;
  source.light = {instance(laser)};
  source.chain = {instance(transmitter(depth, sndr)), instance(low_pass(bandwidth)), instance(modulator())};
  source.stress.bandwidth = bandwidth;
  source.stress.sndr = sndr;
  source.stress.oma_outer = oma_outer;
  return source;
}

StressedSource stressed_source(const compliance::Pmd& pmd, double secq, double oma_outer, double wavelength) {
  const std::vector<std::uint8_t> symbols = symbols_of(Pattern::prbs13q, 4);
  StressedSource source;
  compliance::TdecqResult found;
  const auto measure = [&](double bandwidth, double sndr) {
    source = source_of(pmd, bandwidth, sndr, oma_outer, wavelength);
    Lane lane = lane_of(pmd, source);
    for (const parts::AnyPart& part :
         {parts::AnyPart(parts::TestPoint{}), parts::AnyPart(parts::Photodiode{}),
          parts::AnyPart(parts::Tia{}), parts::AnyPart(parts::Receiver{})})
      lane.chain.push_back(instance(part));
    const Plan plan = make_plan(lane);
    found = measure_at(plan, light_points(plan).front(), symbols, pmd.tdecq);
    return to_db(found.tdecq);
  };

  const double wanted = to_db(secq);
  const auto impossible = [&] {
    return Error(fmt::format("no stressed source has a SECQ of {:.2f} dB", wanted));
  };
  const double bandwidth =
      where([&](double b) { return measure(b, no_noise); }, 0.5 * wanted, usual_bandwidth * pmd.symbol_rate);
  if (std::isnan(bandwidth)) throw impossible();
  double aim = wanted - to_db(found.tdecq);
  const double oma = found.oma_outer;  // later ones have noise on the few runs that state levels
  // Held noise passes the equaliser as the symbols do: TDECQ grows by −5·log10(1 − σ²/s²), s being the rms at
  // the decision that reaches the target without it; the equaliser then takes another form, so a few rounds.
  const double s = found.ceq * found.sigma_g / found.oma_outer;
  for (int round = 0; round < 8 && aim > 0.0; ++round) {
    const double miss = wanted - measure(bandwidth, 0.25 / (s * s * (1.0 - std::pow(10.0, -aim / 5.0))));
    if (std::abs(miss) < tolerance_db) {
      source.stress.secq = found.tdecq;
      source.stress.ceq = found.ceq;
      source.stress.oma_outer = oma;
      return source;
    }
    aim += miss;
  }
  throw impossible();
}

double stressed_sensitivity(const Lane& lane, const compliance::Pmd& pmd, const StressedSource& source,
                            const std::string& test_point, std::span<const std::uint8_t> symbols) {
  const auto point = std::find_if(lane.chain.begin(), lane.chain.end(),
                                  [&](const parts::Instance& item) { return item.name == test_point; });
  Lane stressed = lane;
  stressed.light = source.light;
  stressed.chain = source.chain;
  stressed.chain.insert(stressed.chain.end(), point + 1, lane.chain.end());
  std::erase_if(stressed.aggressor, [&](const Aggressor& aggressor) {
    return std::none_of(point + 1, lane.chain.end(),
                        [&](const parts::Instance& item) { return item.name == aggressor.into; });
  });
  const Plan plan = make_plan(stressed);
  SegmentOptions options;
  options.samples_per_symbol = std::min(lane.samples_per_symbol, 8);  // as margins (solve.cpp)
  SharedWork shared;
  options.shared = &shared;
  options.share_pattern = true;
  const double margin_db =
      attenuation_margin_db(plan.segments.front(), plan.conditions, symbols, options, pmd.ber_limit);
  return source.stress.oma_outer / from_db(margin_db);
}

}  // namespace waverack::link
