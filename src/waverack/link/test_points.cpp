// Eyes and their measures at the test points, and the light at the photodiode.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "waverack/base/parallel.hpp"
#include "waverack/compliance/same_rate.hpp"
#include "waverack/link/captured_light.hpp"
#include "waverack/link/charts.hpp"
#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/light_points.hpp"
#include "waverack/link/reflectance.hpp"
#include "waverack/link/stressed_receiver.hpp"
#include "waverack/link/symbol_eye.hpp"
#include "waverack/signal/eye.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

// Noise up to a test point, from the sources before it, in the oscilloscope's bandwidth: additive sources
// through the linearised chain, laser noise relative to the mean power. For the picture and the eye heights
// only.
double noise_rms_at(const Segment& segment, const parts::Conditions& conditions, const SolvedSegment& solved,
                    std::size_t element, SharedWork& shared) {
  Segment until = segment;
  until.elements.resize(element);
  if (segment.elements[element].response) {
    Element scope;
    scope.name = "oscilloscope";
    scope.domain = segment.elements[element].domain;
    scope.response = segment.elements[element].response;
    until.elements.push_back(std::move(scope));
  }
  std::erase_if(until.noises, [&](const PlacedNoise& noise) { return noise.element > element; });
  Propagation reached;
  reached.samples_per_symbol = solved.propagation.samples_per_symbol;
  for (const auto& trajectory : solved.propagation.trajectories)
    if (trajectory->element < element) reached.trajectories.push_back(trajectory);
  if (until.noises.empty()) return 0.0;
  return std::sqrt(
      std::max(NoiseGrid(until, conditions, reached, {}, &shared).autocorrelation(1, 1)[0], 0.0));
}

TestPointResult measure(const Plan& plan, const Segment& segment, const SolvedSegment& solved, const Tap& tap,
                        std::span<const std::uint8_t> symbols, SharedWork& shared) {
  const Element& element = segment.elements[tap.element];
  TestPointResult result;
  result.name = element.name;
  result.domain = element.domain;
  signal::Waveform waveform;
  waveform.samples = tap.samples;
  waveform.samples_per_symbol = solved.propagation.samples_per_symbol;
  waveform.sample_rate = plan.conditions.symbol_rate * waveform.samples_per_symbol;
  signal::EyeOptions options;
  options.noise_rms = noise_rms_at(segment, plan.conditions, solved, tap.element, shared);
  const signal::EyeMetrics metrics = measure_symbols(waveform, symbols, plan.conditions.levels, options);
  const signal::EyeDiagram eye = signal::eye_diagram(waveform, metrics.sampling_time, options.noise_rms);
  const bool light = element.domain == parts::Domain::field;

  result.eye = eye_image(eye, "Eye at " + element.name, std::string(parts::domain_unit(element.domain)));
  result.levels = metrics.level_means;
  result.eye_heights = metrics.eye_heights;
  result.eye_widths_ui = metrics.eye_widths_ui;
  result.r_lm = metrics.r_lm;
  result.oma_outer = metrics.oma_outer;
  result.transition_time = metrics.transition_time;
  if (light) {
    result.extinction_ratio = metrics.extinction_ratio;
    result.average_power = metrics.average;
  }
  return result;
}

// The drawn pattern at several places of a segment, by one run of it when the first of them is asked for.
class DrawnPlaces {
 public:
  DrawnPlaces(const Segment& segment, const Plan& plan, std::span<const std::uint8_t> symbols)
      : segment_(segment), plan_(plan), symbols_(symbols) {}
  // Places in the order of the chain, before the first is taken.
  void want(std::size_t element) { elements_.push_back(element); }
  // Of each place once. Threads may ask at the same time.
  Signal take(std::size_t element) {
    std::call_once(drawn_,
                   [&] { signals_ = draw_pattern(segment_, plan_.conditions, symbols_, {}, elements_); });
    const auto place = std::find(elements_.begin(), elements_.end(), element) - elements_.begin();
    return std::move(signals_[static_cast<std::size_t>(place)]);
  }

 private:
  const Segment& segment_;
  const Plan& plan_;
  std::span<const std::uint8_t> symbols_;
  std::vector<std::size_t> elements_;
  std::once_flag drawn_;
  std::vector<Signal> signals_;
};

// What the reference receiver of a PMD says of the light at one test point.
struct LightToMeasure {
  TestPointResult* point;
  const Segment* segment;
  std::size_t element;
  DrawnPlaces* drawn;
  signal::FieldWaveform field = {};
  std::vector<double> dispersions = {};  // of the PMD's fibre [s/m]; none behind the lane's own
  std::vector<std::optional<compliance::TdecqResult>> behind_fibre = {};
};

// A standard for another symbol rate has a reference receiver that means nothing here.
void require_rate(const Lane& lane, std::string_view standard, double symbol_rate) {
  if (!compliance::same_rate(symbol_rate, lane.symbol_rate))
    throw Error(fmt::format("'{}' is for {} GBd", standard, symbol_rate * 1e-9));
}

// RIN of continuous light as its mean up to half the symbol rate [1/Hz].
double mean_rin(const parts::Conditions& conditions) {
  const parts::Light& light = conditions.light;
  if (!light.rin_density) return light.rin;
  constexpr int steps = 256;
  double sum = 0.0;
  for (int i = 0; i < steps; ++i)
    sum += light.rin_density((i + 0.5) / steps * 0.5 * conditions.symbol_rate) / steps;
  return sum;
}

void measure_by_reference(const compliance::Pmd& pmd, const Plan& plan, const Lane& lane,
                          std::span<const std::uint8_t> symbols, std::vector<LightToMeasure> lights,
                          LaneResult& result, int threads) {
  std::vector<std::function<void()>> jobs;
  const auto run = [&] {
    parallel_for(static_cast<int>(jobs.size()), threads, [&](int i) { jobs[static_cast<std::size_t>(i)](); });
    jobs.clear();
  };
  const auto refused = [&](std::string_view what, const Error& error) {
    result.warnings.push_back({"lane.pmd", fmt::format("{} was not measured: {}", what, error.what())});
  };
  TestPointResult* receiver = nullptr;  // the first point behind the fibre
  std::optional<Error> no_stress;
  try {
    require_rate(lane, lane.pmd.name, pmd.symbol_rate);
    const double wavelength = plan.conditions.light.wavelength;
    for (LightToMeasure& light : lights) {
      if (before_fibre(*light.segment, light.element)) {
        const compliance::DispersionRange range = compliance::worst_dispersion(pmd);
        light.dispersions = {range.least, range.most};
        light.behind_fibre.resize(2);
        light.point->reflectance = reflectance_towards_modulator(lane, plan.conditions, light.point->name);
        const double outer = 0.5 * light.point->oma_outer;
        light.point->rin_oma = mean_rin(plan.conditions) * std::pow(light.point->average_power / outer, 2);
        receiver = nullptr;
      } else if (!receiver) {
        receiver = light.point;
        receiver->reflectance = reflectance_towards_photodiode(lane, plan.conditions, receiver->name);
      }
      jobs.emplace_back(
          [&] { light.field = captured_light(light.drawn->take(light.element), plan.conditions); });
    }
    run();
    for (LightToMeasure& light : lights) {
      jobs.emplace_back([&] { light.point->reference = measure_light(light.field, symbols, pmd.tdecq); });
      for (std::size_t i = 0; i < light.dispersions.size(); ++i)
        jobs.emplace_back([&, i] {
          light.behind_fibre[i] =
              measure_light(light.field, symbols, pmd.tdecq, light.dispersions[i], wavelength);
        });
    }
    if (receiver && std::isfinite(pmd.receiver.stressed_sensitivity))
      jobs.emplace_back([&] {
        try {
          const StressedSource source =
              stressed_source(pmd, pmd.receiver.stress_secq, pmd.receiver.stressed_sensitivity, wavelength);
          receiver->stressed = {source.stress,
                                stressed_sensitivity(lane, pmd, source, receiver->name,
                                                     symbols_of(short_pattern(lane.pattern), 4))};
        } catch (const Error& error) {
          no_stress = error;
        }
      });
    run();
  } catch (const Error& error) {
    refused("TDECQ", error);
    return;
  }
  if (no_stress) refused("stressed sensitivity", *no_stress);
  for (LightToMeasure& light : lights)
    for (const auto& found : light.behind_fibre)
      if (!light.point->behind_fibre || found->tdecq > light.point->behind_fibre->tdecq)
        light.point->behind_fibre = found;
}

// The electrical output of a host or module at one test point.
struct OutputToMeasure {
  TestPointResult* point;
  const Segment* segment;
  std::size_t element;
  parts::Place output_of;
  DrawnPlaces* drawn;
};

const compliance::ElectricalDemands& demands_of(const compliance::ElectricalInterface& interface,
                                                parts::Place output_of) {
  return output_of == parts::Place::host ? interface.host_output : interface.module_output;
}

void measure_outputs(const compliance::ElectricalInterface& interface, const Plan& plan, const Lane& lane,
                     std::span<const std::uint8_t> symbols, const std::vector<OutputToMeasure>& outputs,
                     LaneResult& result, int threads) {
  const std::vector<std::uint8_t> short_symbols =
      symbols_of(short_pattern(lane.pattern), plan.conditions.levels);
  std::vector<ElectricalCompliance> found(outputs.size());
  std::vector<std::function<void()>> jobs;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const OutputToMeasure& output = outputs[i];
    found[i].output_of = output.output_of;
    const bool host = output.output_of == parts::Place::host;
    const signal::Response board =
        parts::response(host ? interface.host_board : interface.module_board, plan.conditions);
    const compliance::ElectricalDemands& demands = demands_of(interface, output.output_of);
    if (limits_waveform(demands))
      jobs.emplace_back([&, i, board] {
        found[i].eecq =
            measure_waveform(captured_voltage(output.drawn->take(output.element), plan.conditions, board),
                             symbols, interface.eecq);
      });
    if (limits_eye(demands))
      jobs.emplace_back([&, i, board] {
        found[i].eye = reference_eye(*output.segment, plan.conditions, short_symbols, board,
                                     *interface.receiver.value, output.element);
      });
  }
  try {
    compliance::require_consistent(interface);
    require_rate(lane, lane.electrical.name, interface.symbol_rate);
    parallel_for(static_cast<int>(jobs.size()), threads, [&](int i) { jobs[static_cast<std::size_t>(i)](); });
  } catch (const Error& error) {
    result.warnings.push_back(
        {"lane.electrical", fmt::format("the electrical outputs were not measured: {}", error.what())});
    return;
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) outputs[i].point->electrical = std::move(found[i]);
  for (const parts::Place side : {parts::Place::host, parts::Place::module})
    if (std::none_of(outputs.begin(), outputs.end(),
                     [&](const OutputToMeasure& output) { return output.output_of == side; }))
      result.warnings.push_back(
          {"lane.electrical",
           fmt::format("no test point of the chain is at the output of the {}: its limits of "
                       "'{}' are not checked",
                       side == parts::Place::host ? "host" : "module", lane.electrical.name)});
}

}  // namespace

void note_received_light(const Segment& segment, const SolvedSegment& solved,
                         std::span<const std::uint8_t> symbols, const Lane& lane, LaneResult& result) {
  for (const auto& trajectory : solved.propagation.trajectories) {
    if (segment.elements[trajectory->element].domain != parts::Domain::current) continue;
    signal::Waveform power;
    power.samples_per_symbol = lane.samples_per_symbol;
    power.sample_rate = lane.symbol_rate * lane.samples_per_symbol;
    power.samples = trajectory->output;
    for (std::size_t i = 0; i < power.samples.size(); ++i) power.samples[i] /= trajectory->slope[i];
    const signal::EyeMetrics metrics = measure_symbols(power, symbols, level_count(lane.modulation), {});
    result.received_average_power = metrics.average;
    result.received_oma_outer = metrics.oma_outer;
  }
}

void add_test_points(const Plan& plan, const Lane& lane, const std::vector<SolvedSegment>& solved,
                     std::span<const std::uint8_t> symbols, std::span<SharedWork> shared, LaneResult& result,
                     int threads) {
  struct Job {
    std::size_t segment, tap;
  };
  std::vector<Job> jobs;
  for (std::size_t s = 0; s < solved.size(); ++s)
    for (std::size_t t = 0; t < solved[s].propagation.taps.size(); ++t) jobs.push_back({s, t});
  result.test_points.resize(jobs.size());
  parallel_for(static_cast<int>(jobs.size()), threads, [&](int i) {
    const Job& job = jobs[static_cast<std::size_t>(i)];
    result.test_points[static_cast<std::size_t>(i)] =
        measure(plan, plan.segments[job.segment], solved[job.segment],
                solved[job.segment].propagation.taps[job.tap], symbols, shared[job.segment]);
  });
  if (plan.conditions.levels != 4) return;
  std::vector<LightToMeasure> lights;
  std::vector<OutputToMeasure> outputs;
  std::deque<DrawnPlaces> drawn;
  for (const Segment& segment : plan.segments) drawn.emplace_back(segment, plan, symbols);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    TestPointResult& point = result.test_points[i];
    const Segment& segment = plan.segments[jobs[i].segment];
    const std::size_t element = solved[jobs[i].segment].propagation.taps[jobs[i].tap].element;
    DrawnPlaces& places = drawn[jobs[i].segment];
    if (point.domain == parts::Domain::field) {
      lights.push_back({&point, &segment, element, &places});
      if (lane.pmd.value) places.want(element);
    } else if (const auto output_of = electrical_output(lane, point.name)) {
      outputs.push_back({&point, &segment, element, *output_of, &places});
      if (lane.electrical.value && limits_waveform(demands_of(*lane.electrical.value, *output_of)))
        places.want(element);
    }
  }
  if (lane.pmd.value)
    measure_by_reference(*lane.pmd.value, plan, lane, symbols, std::move(lights), result, threads);
  if (lane.electrical.value)
    measure_outputs(*lane.electrical.value, plan, lane, symbols, outputs, result, threads);
}

}  // namespace waverack::link
