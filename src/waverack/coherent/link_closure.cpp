#include "waverack/coherent/link_closure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/decibel.hpp"
#include "waverack/base/error.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/egn_model.hpp"
#include "waverack/coherent/filter_penalty.hpp"
#include "waverack/coherent/gn_integral.hpp"
#include "waverack/coherent/gn_model.hpp"
#include "waverack/coherent/nonlinear_spans.hpp"

namespace waverack::coherent {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

NonlinearNoise interference(const Line& line, NonlinearModel model) {
  if (model == NonlinearModel::closed_form) return gn_noise(line);
  if (model == NonlinearModel::format) return egn_noise(line);
  NonlinearNoise noise = gn_integral(line);
  noise.neighbours = gn_noise(line).neighbours;
  return noise;
}

// What belongs to no span alone goes to the spans by their share of the rest.
std::vector<double> by_span(const NonlinearNoise& noise) {
  std::vector<double> parts(noise.self.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i] = noise.self[i] + (noise.neighbours.empty() ? 0.0 : noise.neighbours[i]);
    sum += parts[i];
  }
  if (sum > 0.0)
    for (double& part : parts) part *= noise.ratio() / sum;
  return parts;
}

double noise_of(const ModuleNoise& noise, double received_power) {
  if (!(noise.snr > 0.0)) throw Error("module: the SNR of \"" + noise.name + "\" is not above 0");
  return noise.reference_power > 0.0 ? noise.reference_power / (noise.snr * received_power) : 1.0 / noise.snr;
}

double module_noise(const TransceiverBudget& module, double received_power) {
  double sum = 0.0;
  for (const ModuleNoise& noise : module.noises) sum += noise_of(noise, received_power);
  return sum;
}

std::vector<NoiseSource> sources(const LinkClosure& closure, const Line& line,
                                 const TransceiverBudget& module, const std::vector<double>& parts) {
  const double rate = line.channel.symbol_rate;
  std::vector<NoiseSource> all{{0, closure.transmitter_noise}};
  std::size_t span = 0;
  for (std::size_t i = 0; i < line.elements.size(); ++i) {
    const LinePoint &before = closure.points[i], &here = closure.points[i + 1];
    const double added = here.noise_density / here.power - before.noise_density / before.power;
    if (added > 0.0) all.push_back({i + 1, added * rate});
    if (std::holds_alternative<FibreSpan>(line.elements[i].element)) all.push_back({i + 1, parts[span++]});
  }
  for (const ModuleNoise& noise : module.noises)
    all.push_back({noise.transmitter ? 0 : line.elements.size(), noise_of(noise, closure.received_power)});
  return all;
}

double dispersion_of(double beta2_length, double frequency) {
  return -2.0 * std::numbers::pi * frequency * frequency / speed_of_light * beta2_length;
}

}  // namespace

double total_pdl_db(const Line& line) {
  double squares = 0.0;
  for (const NamedElement& named : line.elements)
    if (const auto* element = std::get_if<PolarisationElement>(&named.element)) {
      if (!(element->pdl >= 1.0)) throw Error("line: \"" + named.name + "\": its PDL is below 1");
      squares += to_db(element->pdl) * to_db(element->pdl);
    }
  return std::sqrt(squares);
}

LinkClosure close_link(const Line& line, const TransceiverBudget& module, NonlinearModel model) {
  if (!(module.required_snr > 0.0)) throw Error("module: the required SNR is not above 0");
  const double rate = line.channel.symbol_rate;
  LinkClosure closure;
  closure.nonlinear = interference(line, model);
  closure.points = amplifier_noise(line, module.transmitter_osnr);
  const std::vector<double> parts = by_span(closure.nonlinear);
  double nonlinear = 0.0;
  closure.nonlinear_power.push_back(0.0);
  for (std::size_t i = 0, span = 0; i < line.elements.size(); ++i) {
    if (std::holds_alternative<FibreSpan>(line.elements[i].element)) nonlinear += parts[span++];
    closure.nonlinear_power.push_back(nonlinear * closure.points[i + 1].power);
  }
  const LinePoint& end = closure.points.back();
  closure.launch_power = line.channel.power;
  closure.received_power = end.power;
  closure.power_fits = end.power >= module.lowest_power && end.power <= module.highest_power;
  closure.osnr = osnr(end);
  closure.snr_ase = snr_in_symbol_rate(end, line.channel);
  closure.snr_nonlinear = 1.0 / closure.nonlinear.ratio();
  closure.gsnr = 1.0 / (1.0 / closure.snr_ase + closure.nonlinear.ratio());
  closure.gsnr_osnr = closure.gsnr * rate / osnr_bandwidth;
  closure.transmitter_noise = rate / osnr_bandwidth / module.transmitter_osnr;
  const double own = module_noise(module, end.power);
  closure.snr_module = 1.0 / own;
  closure.snr_decision = 1.0 / (1.0 / closure.gsnr + own);

  closure.dispersion = dispersion_of(end.dispersion, line.channel.frequency);
  closure.dgd = mean_dgd(line);
  closure.pdl_db = total_pdl_db(line);
  closure.penalties = {{"dispersion", penalty_db(module.dispersion, closure.dispersion)},
                       {"PMD", penalty_db(module.dgd, closure.dgd)},
                       {"PDL", penalty_db(module.pdl, closure.pdl_db)},
                       {"filters", filtered_snr(line, sources(closure, line, module, parts)).penalty_db}};
  for (const NamedPenalty& penalty : closure.penalties) closure.penalty_db += penalty.db;

  closure.margin_db = to_db(closure.snr_decision) - closure.penalty_db - to_db(module.required_snr);
  const double needed = module.required_snr * std::pow(10.0, 0.1 * closure.penalty_db);
  const auto at_most = [](double noise) { return noise > 0.0 ? 1.0 / noise : infinite; };
  closure.required_gsnr = at_most(1.0 / needed - own);
  closure.gsnr_margin_db = to_db(closure.gsnr / closure.required_gsnr);
  closure.required_osnr = at_most(1.0 / needed - own - closure.nonlinear.ratio()) * rate / osnr_bandwidth;
  closure.osnr_margin_db = to_db(closure.osnr / closure.required_osnr);
  if (module.specified_osnr > 0.0)
    closure.specification_margin_db = to_db(closure.gsnr_osnr / module.specified_osnr) - closure.penalty_db;

  const double ase = 1.0 / closure.snr_ase - closure.transmitter_noise;
  closure.best_launch_power = line.channel.power * std::cbrt(ase / (2.0 * closure.nonlinear.ratio()));
  return closure;
}

std::vector<LaunchPoint> launch_curve(const LinkClosure& closure, const TransceiverBudget& module,
                                      const std::vector<double>& powers) {
  std::vector<LaunchPoint> curve;
  const double ase = 1.0 / closure.snr_ase - closure.transmitter_noise, nonlinear = closure.nonlinear.ratio();
  for (const double power : powers) {
    const double by = power / closure.launch_power;
    LaunchPoint point{.power = power};
    point.snr_ase = 1.0 / (ase / by + closure.transmitter_noise);
    point.snr_nonlinear = 1.0 / (nonlinear * by * by);
    point.gsnr = 1.0 / (1.0 / point.snr_ase + nonlinear * by * by);
    const double decision = 1.0 / (1.0 / point.gsnr + module_noise(module, closure.received_power * by));
    point.margin_db = to_db(decision / module.required_snr) - closure.penalty_db;
    curve.push_back(point);
  }
  return curve;
}

double longest_span(const Line& line, std::size_t element, const TransceiverBudget& module, double longest,
                    NonlinearModel model) {
  if (element >= line.elements.size() || !std::holds_alternative<FibreSpan>(line.elements[element].element))
    throw Error("longest span: element " + std::to_string(element) + " of the line is no fibre");
  const auto closes = [&](double length) {
    Line other = line;
    FibreSpan& span = std::get<FibreSpan>(other.elements[element].element);
    const double added = std::exp(span.attenuation * (length - span.length));
    span.length = length;
    for (std::size_t i = element + 1; i < other.elements.size(); ++i) {
      if (std::holds_alternative<FibreSpan>(other.elements[i].element)) break;
      if (auto* amplifier = std::get_if<LineAmplifier>(&other.elements[i].element)) {
        amplifier->gain *= added;
        break;
      }
    }
    const LinkClosure closure = close_link(other, module, model);
    return closure.margin_db >= 0.0 && closure.received_power >= module.lowest_power;
  };
  double low = 0.0, high = longest;
  if (closes(longest)) return longest;
  if (!closes(0.0)) return 0.0;
  while (high - low > 1.0) {
    const double middle = 0.5 * (low + high);
    (closes(middle) ? low : high) = middle;
  }
  return low;
}

int most_repeats(const Line& line, const TransceiverBudget& module, int most, NonlinearModel model) {
  const auto closes = [&](int times) {
    Line other = line;
    for (int i = 1; i < times; ++i)
      other.elements.insert(other.elements.end(), line.elements.begin(), line.elements.end());
    return close_link(other, module, model).margin_db >= 0.0;
  };
  int low = 0, high = 1;  // low closes, high is next to be tried
  while (high <= most && closes(high)) {
    low = high;
    if (high == most) return most;
    high = std::min(2 * high, most);
  }
  if (low == 0) return 0;
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    (closes(middle) ? low : high) = middle;
  }
  return low;
}

}  // namespace waverack::coherent
