#include "waverack/link/block_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/link/baseline_wander.hpp"
#include "waverack/link/block_spectra.hpp"
#include "waverack/link/crosstalk.hpp"
#include "waverack/link/linear_run.hpp"
#include "waverack/link/reflections.hpp"
#include "waverack/link/timing.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/sinc.hpp"

namespace waverack::link {
namespace {

using Complex = std::complex<double>;
using parts::Domain;
using parts::NoiseSource;

// A linear run between modulator and photodiode whose field response strays less than this from its value at
// the carrier, within the symbol rate, has no memory: light is then carried as power.
constexpr double flat_field = 1e-3;
// Share of the power of all reflected light that may be left out.
constexpr double negligible_light = 1e-2;
// Noise takes a nonlinear part's input beyond what the noiseless pattern reached, by this share of its range
// on either side; beyond that the law is held.
constexpr double law_headroom = 0.35;

class ProgramBuilder {
 public:
  ProgramBuilder(const Segment& segment, const parts::Conditions& conditions, const SolvedSegment& solved,
                 const BlockShape& shape)
      : segment_(segment), conditions_(conditions), solved_(solved) {
    program_.shape = shape;
    program_.conditions = conditions;
    program_.inner_coded = segment.inner_coded;
    program_.precoded = segment.precoded;
    bins_ = {shape.symbols * shape.samples_per_symbol, conditions.symbol_rate * shape.samples_per_symbol};
    program_.conditions.sample_rate = bins_.sample_rate;
    program_.symbol_plan = signal::FftPlan(shape.symbols);
    program_.waveform_plan = signal::FftPlan(bins_.samples);
    const Timing timing = timing_of(segment, conditions, {});
    program_.random_jitter = static_cast<float>(timing.random_rms_ui);
    program_.dual_dirac_jitter = static_cast<float>(timing.dual_dirac_ui);
    const bool samples = shape.output == BlockShape::Output::samples;
    program_.sampler_plan = signal::FftPlan(
        shape.symbols * (samples ? solved.shape.samples_per_symbol : shape.samples_per_symbol));
    high_passes_ = high_passes(segment, solved.propagation, conditions, {});
    for (const double v : wander_root(high_passes_, conditions.symbol_rate))
      program_.wander_root.push_back(static_cast<float>(v));
    program_.high_passes = high_passes_.size();
    program_.wander_source = next_source();
    program_.converter = converter_of(segment.receiver, solved.propagation.at_sampler);
    program_.interleaving = interleaving_of(segment.receiver, conditions, program_.converter, {});
    if (clock_motion(segment, {}).moves()) program_.clock = compile_clock_loop(segment, conditions, solved);
    if (program_.clock && solved.adaptation)
      throw Error("the waveform solver has no taps that follow the decisions of a clock that moves");
  }

  BlockProgram build() {
    transmitter();
    for (std::size_t e = 0; e <= segment_.elements.size(); ++e) {
      for (const PlacedNoise& noise : segment_.noises)
        if (noise.element == e) add_noise(noise.source);
      for (const Crosstalk& crosstalk : segment_.crosstalk)
        if (crosstalk.element == e) run_.crosstalk.emplace_back(run_.responses.size(), &crosstalk);
      if (e == segment_.elements.size()) break;
      const Element& element = segment_.elements[e];
      if (element.high_pass_corner > 0.0) add_high_pass(element);
      if (element.kind == Element::Kind::linear) add_response(element.response);
      if (element.kind == Element::Kind::nonlinear) nonlinear(e);
    }
    if (program_.shape.output == BlockShape::Output::equalised) forward_taps();
    sampler();
    receiver();
    return std::move(program_);
  }

 private:
  int symbols() const { return program_.shape.symbols; }
  int samples() const { return bins_.samples; }
  void add_response(const signal::Response& response, bool carries_offset = true) {
    if (carries_offset) run_.offset *= response(0.0).real();
    run_.mean *= response(0.0).real();
    run_.responses.push_back(response);
  }
  void add_high_pass(const Element& element) {
    run_.high_passes.emplace_back(run_.responses.size(), next_high_pass_++);
    // A nonlinear part takes the mean out itself.
    if (element.kind == Element::Kind::linear) run_.offset = -run_.mean;
  }
  // The wander of the run, at its end.
  void subtract_wander(bool at_sampler, int rows_per_symbol) {
    if (run_.high_passes.empty()) return;
    SubtractWander step;
    step.at_sampler = at_sampler;
    step.mean = static_cast<float>(run_.mean);
    step.first = run_.high_passes.front().second;
    for (const auto& [place, index] : run_.high_passes) {
      step.shares.push_back(
          static_cast<float>(-std::expm1(-2.0 * std::numbers::pi * high_passes_[index].corner /
                                         (conditions_.symbol_rate * rows_per_symbol))));
      const auto gain = static_cast<float>(run_.response(0.0, place).real());
      for (std::size_t j = 0; j < program_.high_passes; ++j)
        program_.wander_root[index * program_.high_passes + j] *= gain;
    }
    program_.steps.push_back(std::move(step));
  }
  // The law of a record that lacks a constant.
  static signal::PolynomialLaw moved(signal::PolynomialLaw law, double offset) {
    law.offset += static_cast<float>(law.scale * offset);
    return law;
  }

  void transmitter() {
    const parts::HostTransmitter& part = segment_.transmitter;
    for (const double v : parts::level_voltages(part, conditions_.levels))
      program_.levels.push_back(static_cast<float>(v));
    for (const int bin : program_.symbol_plan.bin_of_position()) {
      Complex fir = 0.0;
      for (std::size_t i = 0; i < part.taps.size(); ++i)
        fir += part.taps[i] * std::polar(1.0, -2.0 * std::numbers::pi * bin *
                                                  (static_cast<double>(i) - part.main_tap) / symbols());
      push(program_.symbol_spectrum, fir);
    }
    add_response([this](double f) { return hold(f); });
    double fir = 0.0;
    for (const double tap : part.taps) fir += tap;
    for (const float v : program_.levels) run_.mean += fir * v / conditions_.levels;
  }

  // One level held over a symbol, of samples that stand for a level held over one sample interval.
  Complex hold(double f) const {
    const double x = std::numbers::pi * f / conditions_.symbol_rate;
    const double size = signal::sinc(x);
    return std::polar(size * program_.shape.samples_per_symbol,
                      -std::numbers::pi * f * (1.0 / conditions_.symbol_rate - 1.0 / bins_.sample_rate));
  }

  // The aggressors of the run, carried to its end.
  std::vector<CrosstalkInput> crosstalk() {
    std::vector<CrosstalkInput> inputs;
    for (const auto& [place, aggressor] : run_.crosstalk) {
      CrosstalkInput input;
      input.source = next_source();
      next_source();
      for (const double v : parts::level_voltages(aggressor->transmitter, conditions_.levels))
        input.levels.push_back(static_cast<float>(v));
      for (int bin = 0; bin < samples(); ++bin) {
        const double f = bins_.frequency(bin);
        input.response.push_back(held_symbol(aggressor->transmitter, f, 1.0 / conditions_.symbol_rate) *
                                 bins_.sample_rate * aggressor->response(f) * run_.response(f, place) /
                                 static_cast<double>(samples()));
      }
      inputs.push_back(std::move(input));
    }
    return inputs;
  }

  void add_noise(const NoiseSource& source) {
    const double half_rate = 0.5 * bins_.sample_rate;
    switch (source.law) {
      case NoiseSource::Law::additive:
        if (optical_)
          throw Error(fmt::format("the waveform solver has no noise of the kind '{}' on an optical field",
                                  source.label));
        if (source.held) {
          const double variance = 0.5 * source.density(0.0) * conditions_.symbol_rate;
          program_.symbol_noise =
              BinNoise{next_source(), all_rows(symbols()),
                       std::vector<float>(static_cast<std::size_t>(symbols()),
                                          static_cast<float>(std::sqrt(variance * symbols())))};
        } else {
          run_.noises.emplace_back(run_.responses.size(), source.density);
        }
        return;
      case NoiseSource::Law::relative:
        if (source.density)
          light_density_ = source.density;
        else
          intensity_noise_ += source.scale * half_rate;
        return;
      case NoiseSource::Law::shot:
        if (!std::holds_alternative<SignalNoise>(program_.steps.back()))
          program_.steps.push_back(SignalNoise{next_source(), 0.0f, 0.0f, 0.0f});
        std::get<SignalNoise>(program_.steps.back()).linear += static_cast<float>(source.scale * half_rate);
        return;
    }
  }

  const Trajectory& trajectory_of(std::size_t element) const {
    for (const auto& trajectory : solved_.propagation.trajectories)
      if (trajectory->element == element) return *trajectory;
    throw std::logic_error("a nonlinear element without a trajectory");
  }

  void nonlinear(std::size_t e) {
    const Element& element = segment_.elements[e];
    const Trajectory& trajectory = trajectory_of(e);
    const double range = static_cast<double>(trajectory.input_high) - trajectory.input_low;
    const double low = trajectory.input_low - law_headroom * range,
                 high = trajectory.input_high + law_headroom * range;
    if (optical_) {
      detector(trajectory, std::max(low, 0.0), high);
      return;
    }
    optical_ = element.domain == Domain::field;
    const parts::Law& law = trajectory.law;
    if (law.real) {
      const signal::PolynomialLaw fit = signal::fit_law(law.real, low, high);
      if (fit.coefficients.size() > 2) {
        const double offset = end_run();
        program_.steps.push_back(ApplyLaw{moved(fit, offset)});
        run_.mean = trajectory.of_output.mean;
      } else {
        // A straight line is a gain, and a constant that is added to whatever the run ends in.
        const double zero = law.real(0.0), gain = (law.real(high) - law.real(low)) / (high - low);
        run_.offset = gain * run_.offset + zero;
        add_response([gain](double) { return Complex(gain); }, false);
      }
      return;
    }
    const double offset = end_run();
    if (offset != 0.0) throw Error("the waveform solver has no straight part in front of " + element.name);
    if (!law.field)
      program_.steps.push_back(
          ApplyPart{element.part, conditions_of(element, program_.conditions), optical_});
    run_.mean = trajectory.of_output.mean;
    modulator_ = {trajectory.law.field, low, high};
    intensity_noise_ = 0.0;
    light_density_ = {};
  }

  // Light between the modulator and the photodiode, which are both in hand here.
  void detector(const Trajectory& trajectory, double low, double high) {
    const signal::PolynomialLaw law = signal::fit_law(trajectory.law.real, low, high);
    const bool linear = law.coefficients.size() == 2;
    if (linear && modulator_.law && !light_density_ && flat(run_)) {
      const double gain = std::norm(run_.response(0.0)), dark = trajectory.law.real(0.0);
      program_.steps.push_back(ApplyLaw{
          signal::fit_law([&](double v) { return trajectory.law.real(gain * std::norm(modulator_.law(v))); },
                          modulator_.low, modulator_.high)});
      beats(false, dark);
      neighbours(trajectory.of_output.mean);
      if (intensity_noise_ > 0.0)
        program_.steps.push_back(SignalNoise{next_source(), static_cast<float>(intensity_noise_),
                                             static_cast<float>(-2.0 * intensity_noise_ * dark),
                                             static_cast<float>(intensity_noise_ * dark * dark)});
    } else {
      program_.optical_field = true;
      if (modulator_.law)
        program_.steps.push_back(Modulate{signal::fit_law([&](double v) { return modulator_.law(v).real(); },
                                                          modulator_.low, modulator_.high),
                                          signal::fit_law([&](double v) { return modulator_.law(v).imag(); },
                                                          modulator_.low, modulator_.high)});
      field_noise();
      FilterField filter;
      for (const int bin : program_.waveform_plan.bin_of_position())
        push(filter.spectrum, run_.response(bins_.frequency(bin)) / static_cast<double>(samples()));
      program_.steps.push_back(std::move(filter));
      beats(true, 0.0);
      program_.steps.push_back(Detect{});
      neighbours((trajectory.of_output.mean - trajectory.law.real(0.0)) * high /
                 (trajectory.law.real(high) - trajectory.law.real(0.0)));
      program_.steps.push_back(ApplyLaw{law});
    }
    run_ = {};
    run_.mean = trajectory.of_output.mean;
    optical_ = false;
  }

  // The field carries half of the relative change of the power.
  void field_noise() {
    FieldNoise step;
    if (light_density_)
      step.coloured = noise(program_.waveform_plan, [&](int bin) {
        return 0.25 * 0.5 * light_density_(std::abs(bins_.frequency(bin)));
      });
    else if (intensity_noise_ > 0.0)
      step.amplitude = static_cast<float>(0.5 * std::sqrt(intensity_noise_));
    else
      return;
    step.source = next_source();
    program_.steps.push_back(std::move(step));
  }

  bool flat(const LinearRun& run) const {
    const Complex carrier = run.response(0.0);
    for (int bin = 0; bin < samples(); ++bin)
      if (std::abs(bins_.frequency(bin)) <= conditions_.symbol_rate &&
          std::abs(run.response(bins_.frequency(bin)) - carrier) > flat_field * std::abs(carrier))
        return false;
    return true;
  }

  void neighbours(double mean) {
    if (segment_.neighbours.empty()) return;
    AddNeighbours step;
    step.mean = static_cast<float>(mean);
    for (const WdmLight& neighbour : segment_.neighbours)
      step.ratios.push_back(static_cast<float>(neighbour.ratio));
    program_.steps.push_back(std::move(step));
  }

  // The pairs of reflections, largest first, until the rest is negligible.
  void beats(bool on_field, double dark) {
    std::vector<double> amplitudes = beat_amplitudes(segment_.reflectors);
    std::sort(amplitudes.begin(), amplitudes.end(), std::greater<>());
    double rest = 0.0;
    for (const double rho : amplitudes) rest += rho * rho;
    const double negligible = negligible_light * rest;
    Beat beat;
    beat.source = next_source();
    beat.on_field = on_field;
    beat.dark = static_cast<float>(dark);
    for (const double rho : amplitudes) {
      if (rest <= negligible) break;
      rest -= rho * rho;
      beat.amplitudes.push_back(static_cast<float>(rho));
    }
    if (!beat.amplitudes.empty()) program_.steps.push_back(std::move(beat));
  }

  // The run so far as a step, up to a nonlinear part; returns the constant that its record lacks.
  double end_run() {
    if (first_run_) {
      ToWaveform step;
      step.noise = noise(program_.waveform_plan, [&](int bin) { return run_.density(bins_.frequency(bin)); });
      step.crosstalk = crosstalk();
      const std::vector<int> place = places(program_.symbol_plan);
      for (const int bin : program_.waveform_plan.bin_of_position()) {
        step.source.push_back(place[static_cast<std::size_t>(bin % symbols())]);
        push(step.spectrum,
             bins_.at(bin, run_.response(bins_.frequency(bin)) / static_cast<double>(samples())));
      }
      program_.steps.push_back(std::move(step));
    } else if (!run_.responses.empty() || !run_.noises.empty() || !run_.crosstalk.empty()) {
      FilterWaveform step;
      step.noise = noise(program_.waveform_plan, [&](int bin) { return run_.density(bins_.frequency(bin)); });
      step.crosstalk = crosstalk();
      for (const int bin : program_.waveform_plan.bin_of_position())
        push(step.spectrum,
             bins_.at(bin, run_.response(bins_.frequency(bin)) / static_cast<double>(samples())));
      program_.steps.push_back(std::move(step));
    }
    first_run_ = false;
    subtract_wander(false, program_.shape.samples_per_symbol);
    const double offset = run_.offset;
    run_ = {};
    return offset;
  }

  // The equaliser as one more response.
  void forward_taps() {
    const double spacing = 1.0 / (conditions_.symbol_rate * solved_.shape.samples_per_symbol);
    add_response([this, spacing](double f) {
      return dsp::forward_response(solved_.equaliser, solved_.shape, f * spacing);
    });
    run_.offset += solved_.equaliser.bias;
  }

  // From the waveform, or from the symbols themselves, to one row for each sample of the equaliser.
  void sampler() {
    program_.sampler_constant = run_.offset;
    const int rows = program_.sampler_plan.size(), ratio = samples() / rows;
    const double decimation = static_cast<double>(samples());  // of the samples, and of the transform
    const auto at = [&](int bin) {
      const double angle = 2.0 * std::numbers::pi * bins_.signed_bin(bin) *
                           (solved_.phase + solved_.phase_fraction) / samples();
      return run_.response(bins_.frequency(bin)) * std::polar(1.0 / decimation, angle);
    };
    const auto slope_at = [&](int bin) {
      return at(bin) * Complex(0.0, 2.0 * std::numbers::pi * bins_.frequency(bin) / conditions_.symbol_rate);
    };
    const bool converted = program_.shape.output == BlockShape::Output::samples;
    const double converter_density = converted ? program_.converter.noise_rms * program_.converter.noise_rms *
                                                     samples() / bins_.sample_rate / rows
                                               : 0.0;
    const BinNoise added = noise(program_.sampler_plan, [&](int bin) {
      double density = 0.0;
      for (int k = bin; k < samples(); k += rows) density += run_.density(bins_.frequency(k));
      return density + converter_density;
    });
    const bool slopes = program_.needs_slope();
    const auto sampled = program_.sampler_plan.bin_of_position();
    if (first_run_) {
      SymbolsToSampler step;
      step.noise = added;
      step.crosstalk = crosstalk();
      const std::vector<int> place = places(program_.symbol_plan);
      for (const int bin : sampled) {
        step.source.push_back(place[static_cast<std::size_t>(bin % symbols())]);
        Complex sum = 0.0, slope = 0.0;
        for (int k = bin; k < samples(); k += rows) {
          sum += bins_.at(k, at(k));
          slope += bins_.at(k, slope_at(k));
        }
        push(step.spectrum, sum);
        if (slopes) push(step.slope_spectrum, slope);
      }
      program_.steps.push_back(std::move(step));
      subtract_wander(true, rows / symbols());
      return;
    }
    ToSampler step;
    step.noise = added;
    step.crosstalk = crosstalk();
    step.ratio = ratio;
    const std::vector<int> place = places(program_.waveform_plan);
    for (const int bin : sampled)
      for (int k = bin; k < samples(); k += rows) {
        step.sources.push_back(place[static_cast<std::size_t>(k)]);
        push(step.spectrum, bins_.at(k, at(k)));
        if (slopes) push(step.slope_spectrum, bins_.at(k, slope_at(k)));
      }
    program_.steps.push_back(std::move(step));
    subtract_wander(true, rows / symbols());
  }

  void receiver() {
    program_.equaliser_shape = solved_.shape;
    program_.equaliser = solved_.equaliser;
    for (const double tap : solved_.equaliser.forward)
      program_.equaliser.bias += tap * program_.sampler_constant;
    for (const double t : solved_.outcome.thresholds) program_.thresholds.push_back(static_cast<float>(t));
    if (solved_.adaptation) {
      program_.adaptation = solved_.adaptation->rule;
      program_.adaptation->mean -= program_.sampler_constant;
    }
    if (!solved_.detector_noise.empty()) {
      program_.trellis =
          dsp::make_trellis(signal::pam_levels(conditions_.levels), program_.equaliser.feedback);
      program_.equaliser.feedback.clear();
    }
    if (solved_.volterra) {
      program_.volterra = dsp::nest(*solved_.volterra);
      program_.volterra->offset -= static_cast<float>(program_.sampler_constant);
    }
    const DecisionStatistics& statistics = *solved_.statistics;
    program_.expected = program_.trellis
                            ? *program_.trellis
                            : dsp::make_trellis(statistics.level_means(), std::vector<double>{0.0});
    program_.expected_variance = statistics.mean_variance() + statistics.interference_variance();
    program_.jitter_source = next_source();
    next_source();
    program_.interleaving_source = next_source();
    if (program_.clock) program_.clock->source = next_source();
  }

  BinNoise noise(const signal::FftPlan& plan, const std::function<double(int)>& density) {
    BinNoise result = bin_noise(bins_, plan, density);
    if (!result.rows.empty()) result.source = next_source();
    return result;
  }
  std::uint32_t next_source() { return ++source_; }

  const Segment& segment_;
  const parts::Conditions& conditions_;
  const SolvedSegment& solved_;
  BlockBins bins_;
  BlockProgram program_;
  LinearRun run_;
  bool first_run_ = true;
  std::vector<HighPass> high_passes_;
  std::size_t next_high_pass_ = 0;
  bool optical_ = false;
  struct {
    parts::FieldLaw law;
    double low = 0.0, high = 0.0;
  } modulator_;
  double intensity_noise_ = 0.0;                 // relative variance of a sample's power, white
  std::function<double(double)> light_density_;  // or its spectrum, one-sided
  std::uint32_t source_ = 0;
};

}  // namespace

BlockProgram compile_blocks(const Segment& segment, const parts::Conditions& conditions,
                            const SolvedSegment& solved, const BlockShape& shape) {
  return ProgramBuilder(segment, conditions, solved, shape).build();
}

SolvedBlocks solve_blocks(const Segment& segment, const parts::Conditions& conditions,
                          std::span<const std::uint8_t> symbols, int samples_per_symbol) {
  SegmentOptions options;
  options.samples_per_symbol = samples_per_symbol;
  SolvedSegment solved = solve_segment(segment, conditions, symbols, options);
  BlockShape shape;
  shape.samples_per_symbol = samples_per_symbol;
  BlockProgram program = compile_blocks(segment, conditions, solved, shape);
  return {std::move(solved), std::move(program)};
}

}  // namespace waverack::link
