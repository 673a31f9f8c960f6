#include "waverack/cluster/crossover.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "waverack/base/decibel.hpp"
#include "waverack/cluster/crossover_laws.hpp"

namespace waverack::cluster {
namespace {

constexpr int curve_points = 33;

bool exceeds(const CrossoverLaw& law, const CrossoverInputs& inputs, double x) {
  return law.need(inputs, x) > law.limit(inputs, x);
}

// Where need meets limit, by bisection in the logarithm of x; nothing where both ends say the same.
std::optional<double> crossing(const CrossoverLaw& law, const CrossoverInputs& inputs) {
  const bool at_from = exceeds(law, inputs, law.from);
  if (at_from == exceeds(law, inputs, law.to)) return std::nullopt;
  double low = std::log(law.from), high = std::log(law.to);
  for (int i = 0; i < 44; ++i) {
    const double middle = 0.5 * (low + high);
    (exceeds(law, inputs, std::exp(middle)) == at_from ? low : high) = middle;
  }
  return std::exp(0.5 * (low + high));
}

// The crossing, or the end of the range beyond which it lies.
double bounded_crossing(const CrossoverLaw& law, const CrossoverInputs& inputs) {
  if (const auto found = crossing(law, inputs)) return *found;
  return exceeds(law, inputs, law.to) == law.rising ? law.from : law.to;
}

// Every number with a range, by its key. Lists are not among them: anchors of hosts keep their values.
std::vector<std::pair<std::string, Ranged*>> ranged_inputs(CrossoverInputs& inputs) {
  std::vector<std::pair<std::string, Ranged*>> list;
  visit_ranged(inputs, "", [&](const std::string& path, const Field&, Ranged& number) {
    if (number.low < number.high) list.emplace_back(path, &number);
  });
  return list;
}

// The crossing with one of the inputs at its ends, the lesser one first; the input is as before afterwards.
std::pair<double, double> ends_of(const CrossoverLaw& law, const CrossoverInputs& inputs, Ranged& number) {
  const double given = number.value;
  number.value = number.low;
  const double at_low = bounded_crossing(law, inputs);
  number.value = number.high;
  const double at_high = bounded_crossing(law, inputs);
  number.value = given;
  return {std::min(at_low, at_high), std::max(at_low, at_high)};
}

// Every input at the end that moves the crossing down, or up, while the others stand where they are. An end
// may turn with the others (a loss below and above the rate at which it is stated), hence twice.
double extreme_crossing(const CrossoverLaw& law, CrossoverInputs inputs, bool up) {
  for (int pass = 0; pass < 2; ++pass)
    for (const auto& [key, number] : ranged_inputs(inputs)) {
      number->value = number->low;
      const double at_low = bounded_crossing(law, inputs);
      number->value = number->high;
      const double at_high = bounded_crossing(law, inputs);
      number->value = (at_high > at_low) == up ? number->high : number->low;
    }
  return bounded_crossing(law, inputs);
}

Crossover solve_law(const CrossoverLaw& law, const CrossoverInputs& inputs) {
  Crossover result;
  result.id = law.id;
  result.challenger = law.challenger;
  result.incumbent = law.incumbent;
  result.variable = law.variable;
  result.unit = law.unit;
  result.need = law.need_name;
  result.limit = law.limit_name;
  result.above = law.above;
  result.from = law.from;
  result.to = law.to;
  const auto found = crossing(law, inputs);
  result.found = found.has_value();
  result.value = bounded_crossing(law, inputs);
  if (!found) result.challenger_always = (result.value == law.from) == law.above;

  CrossoverInputs moved = inputs;
  for (const auto& [key, number] : ranged_inputs(moved)) {
    const auto [low, high] = ends_of(law, moved, *number);
    if (high > low * (1.0 + 1e-9)) result.causes.push_back({key, low, high});
  }
  std::stable_sort(
      result.causes.begin(), result.causes.end(),
      [](const CrossoverCause& a, const CrossoverCause& b) { return a.high / a.low > b.high / b.low; });
  result.low = extreme_crossing(law, inputs, false);
  result.high = extreme_crossing(law, inputs, true);
  for (int i = 0; i < curve_points; ++i) {
    const double x = law.from * std::pow(law.to / law.from, i / (curve_points - 1.0));
    result.curve.push_back({x, law.need(inputs, x), law.limit(inputs, x)});
  }
  return result;
}

Ranged energy_of(const Technology& technology) {
  const auto per_bit = [&](double a, double b) { return (a + b) / technology.mac_rate; };
  const Ranged &m = technology.module_power, &l = technology.laser_power;
  return {per_bit(m.value, l.value), per_bit(m.low, l.low), per_bit(m.high, l.high)};
}

// A number that goes with a power of the ratio of two lane rates, over the range of the exponent.
template <class Law>
Ranged over_exponents(const CrossoverInputs& inputs, const Law& at) {
  const Ranged& e = inputs.loss_exponent;
  return {at(e.value), std::min(at(e.low), at(e.high)), std::max(at(e.low), at(e.high))};
}

double lane_rate(const Technology& technology) { return technology.mac_rate / technology.lanes; }

// A solved reach as it would be at 100 Gb/s a lane.
Ranged copper_reach(const CrossoverInputs& inputs, const Technology& technology) {
  const double ratio = lane_rate(technology) / 100e9;
  return over_exponents(inputs,
                        [&](double exponent) { return technology.reach * std::pow(ratio, exponent); });
}

// The solved loss of a host's channel as it would be at 200 Gb/s a lane; `otherwise` where there is no
// channel.
Ranged loss_to(const CrossoverInputs& inputs, const Technology& technology, const Ranged& otherwise) {
  if (!(technology.host_loss_db > 0.0)) return otherwise;
  const double ratio = 200e9 / lane_rate(technology);
  return over_exponents(
      inputs, [&](double exponent) { return from_db(technology.host_loss_db * std::pow(ratio, exponent)); });
}

// The largest rate of the series 400 Gb/s, 800 Gb/s, 1.6 Tb/s … up to `rate`.
double last_of_series(double rate) {
  double served = 400e9;
  while (2.0 * served <= rate * (1.0 + 1e-9)) served *= 2.0;
  return rate < 400e9 ? 0.0 : served;
}

const Crossover& find(const std::vector<Crossover>& list, std::string_view id) {
  return *std::find_if(list.begin(), list.end(), [&](const Crossover& c) { return c.id == id; });
}

}  // namespace

CrossoverInputs with_technologies(CrossoverInputs inputs, const SolvedTechnologies& solved) {
  if (solved.dsp) {
    inputs.dsp_energy = energy_of(*solved.dsp);
    inputs.host_loss = loss_to(inputs, *solved.dsp, inputs.host_loss);
  }
  if (solved.lpo) {
    inputs.lpo_energy = energy_of(*solved.lpo);
    inputs.linear_host_loss = loss_to(inputs, *solved.lpo, inputs.linear_host_loss);
  }
  if (solved.cpo) {
    inputs.cpo_energy = energy_of(*solved.cpo);
    inputs.cpo_host_loss = loss_to(inputs, *solved.cpo, inputs.cpo_host_loss);
  }
  if (solved.dac) inputs.dac_reach = copper_reach(inputs, *solved.dac);
  if (solved.aec) inputs.aec_reach = copper_reach(inputs, *solved.aec);
  return inputs;
}

std::vector<Crossover> crossovers(const CrossoverInputs& inputs) {
  std::vector<Crossover> list;
  for (const CrossoverLaw& law : crossover_laws()) list.push_back(solve_law(law, inputs));
  return list;
}

RateVerdict judge_rate(const CrossoverInputs& inputs, double stated) {
  const std::vector<Crossover> list = crossovers(inputs);
  RateVerdict verdict;
  verdict.crossing = find(list, "cpo-rate");
  verdict.by_cage = find(list, "cpo-rate-cage");
  verdict.by_loss = find(list, "cpo-rate-loss");
  verdict.stated = stated;
  verdict.last_served = last_of_series(verdict.crossing.value);
  verdict.last_served_low = last_of_series(verdict.crossing.low);
  verdict.last_served_high = last_of_series(verdict.crossing.high);
  verdict.decided_by = verdict.by_cage.value <= verdict.by_loss.value ? "cage power" : "host loss";
  const auto same = [&](double rate) { return std::abs(rate / stated - 1.0) < 1e-6; };
  verdict.holds = same(verdict.last_served);
  verdict.possible =
      verdict.last_served_low <= stated * (1.0 + 1e-6) && stated <= verdict.last_served_high * (1.0 + 1e-6);
  return verdict;
}

}  // namespace waverack::cluster
