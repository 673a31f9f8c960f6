#include "waverack/link/segment.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "waverack/dsp/mlse.hpp"
#include "waverack/link/crosstalk.hpp"
#include "waverack/link/interleaving.hpp"
#include "waverack/link/products.hpp"
#include "waverack/link/receiver_check.hpp"
#include "waverack/link/reflections.hpp"
#include "waverack/link/timing.hpp"
#include "waverack/signal/fractional_advance.hpp"
#include "waverack/signal/slope.hpp"

namespace waverack::link {
namespace {

constexpr double largest_postcursor = 2.0;
// Of the noise's autocorrelation, in symbols: for sequence detection, and where decisions are fed back.
constexpr int detector_lags = 24, feedback_lags = 8;

double quantisation_variance(const Converter& converter) { return converter.noise_rms * converter.noise_rms; }

// Slope of the decision variable against the sampling instant, per UI. Products of samples are not linear in
// the record, so there the decision itself is moved, with the weights of signal::slope_per_symbol.
std::vector<float> timing_slope(const SolvedSegment& solved, int samples_per_symbol, int phase) {
  if (!solved.volterra) {
    dsp::Equaliser taps;
    taps.forward = solved.equaliser.forward;
    return dsp::equalise(taps, solved.shape,
                         signal::slope_per_symbol(solved.propagation.at_sampler, samples_per_symbol),
                         solved.target, samples_per_symbol, phase);
  }
  std::vector<float> slope(solved.target.size(), 0.0f);
  for (const auto& [offset, weight] : {std::pair{-2, 1.0f}, {-1, -8.0f}, {1, 8.0f}, {2, -1.0f}}) {
    const std::vector<float> value = decision_values(solved, samples_per_symbol, phase + offset);
    for (std::size_t k = 0; k < slope.size(); ++k)
      slope[k] += weight / 12.0f * static_cast<float>(samples_per_symbol) * value[k];
  }
  return slope;
}

// What turns a sampling phase of a solved segment into decision statistics.
class Decider {
 public:
  Decider(const SolvedSegment& solved, const Segment& segment, const parts::Conditions& conditions,
          std::span<const std::uint8_t> symbols, const SegmentOptions& options, const NoiseGrid& grid)
      : solved_(solved),
        segment_(segment),
        conditions_(conditions),
        symbols_(symbols),
        options_(options),
        grid_(grid) {
    const int sps = options.samples_per_symbol;
    equaliser_ = equaliser_response(solved.equaliser, solved.shape, sps, grid.length());
    noise_ = grid.at_decision(equaliser_);
    crosstalk_ =
        CrosstalkGrid(segment, conditions, grid, options.without, options.shared).at_decision(equaliser_);
    double tap_power = 0.0;
    for (const double tap : solved.equaliser.forward) tap_power += tap * tap;
    const Converter converter = converter_of(segment.receiver, solved.propagation.at_sampler);
    if (!options.without.quantisation) converter_variance_ = quantisation_variance(converter);
    quantisation_ = tap_power * converter_variance_;
    interleaving_ = interleaving_of(segment.receiver, conditions, converter, options.without);
    timing_ = timing_of(segment, conditions, options.without);
    const ClockMotion motion = clock_motion(segment, options.without);
    if (!motion.moves()) return;
    const Samples best = samples(solved.phase);
    detector_ = timing_detector(best.value, solved.target, best.variance, best.slope);
    clock_ = clock_residual(motion, detector_, conditions.symbol_rate);
  }

  const TimingDetector& detector() const { return detector_; }

  std::shared_ptr<DecisionStatistics> statistics(int phase,
                                                 std::vector<SourceShare>* shares = nullptr) const {
    Samples at = samples(phase);
    double slope_square = 0.0;
    for (std::size_t k = 0; k < at.value.size(); ++k) {
      const float square = at.slope[k] * at.slope[k];
      slope_square += square;
      at.variance[k] =
          std::max(at.variance[k] + static_cast<float>(clock_.random_variance()) * square, 1e-12f);
    }
    double wandering = 0.0;
    if (solved_.adaptation && !options_.without.adaptation) wandering = add_wandering(phase, at);
    slope_square /= static_cast<double>(at.value.size());
    DecisionInput input;
    input.levels = conditions_.levels;
    input.precoded = segment_.precoded;
    input.symbols = symbols_;
    input.value = at.value;
    input.variance = at.variance;
    input.slope = at.slope;
    input.displacements = displacements(timing_.dual_dirac_ui, clock_.sinusoid_peak);
    if (solved_.detector_noise.empty()) {
      input.feedback = solved_.equaliser.feedback;
      input.feedback_noise = solved_.feedback_noise;
    } else {
      input.postcursors = solved_.equaliser.feedback;
      input.noise_autocorrelation = solved_.detector_noise;
    }
    input.memory_before += solved_.shape.pre;
    input.memory_after += solved_.shape.post;
    if (segment_.optical && !options_.without.reflections) {
      input.interference = beat_amplitudes(segment_.reflectors);
      input.level_offset = at.dark;
    }
    for (const CoupledAggressor& aggressor : crosstalk_) input.crosstalk.push_back(aggressor.symbols);
    if (!options_.without.neighbours)
      for (const WdmLight& neighbour : segment_.neighbours) input.neighbours.push_back(neighbour.ratio);
    if (shares) {
      *shares = noise_.shares(phase);
      for (SourceShare& share : *shares) share.variance *= at.products;
      for (const CoupledAggressor& aggressor : crosstalk_) shares->push_back(aggressor.share);
      const auto share = [&](const std::string& path, const char* id, const char* label, double variance) {
        if (variance > 0.0) shares->push_back({join_path(path, id), label, variance});
      };
      share(segment_.receiver_path, "quantisation", "Converter noise (effective bits)",
            at.products * quantisation_);
      share(segment_.receiver_path, "interleaving", "Mismatch of interleaved converters", at.mismatch);
      share(segment_.receiver_path, "adaptation", "Tap adaptation", wandering);
      share(segment_.transmitter_path, "random_jitter", "Random jitter",
            timing_.random_rms_ui * timing_.random_rms_ui * slope_square);
      share(segment_.transmitter_path, "clock_linewidth", "Wander of the transmitter's clock",
            clock_.wander_variance * slope_square);
      share(segment_.receiver_path, "clock_recovery", "Noise of clock recovery",
            clock_.detector_variance * slope_square);
    }
    return std::make_shared<DecisionStatistics>(input);
  }

 private:
  // The decision variable of each symbol, with all of its noise but what clock recovery leaves.
  struct Samples {
    std::vector<float> value, variance, slope;
    double dark = 0.0;      // value without light
    double mismatch = 0.0;  // mean variance by interleaved converters
    double products = 1.0;  // what products of samples do to the Gaussian noise on average
  };
  Samples samples(int phase) const {
    const int sps = options_.samples_per_symbol;
    const std::vector<float>& waveform = solved_.propagation.at_sampler;
    Samples at;
    at.value = decision_values(solved_, sps, phase);
    const double count = static_cast<double>(at.value.size());
    at.dark = grid_.dark_value(mean_of(at.value), equaliser_);
    std::vector<float> light = at.value;
    for (float& v : light) v -= static_cast<float>(at.dark);
    at.variance = noise_.variance(phase, light);
    if (solved_.phase_fraction != 0.0) {
      const std::vector<float> next =
          noise_.variance(solved_.phase_fraction > 0.0 ? phase + 1 : phase - 1, light);
      const auto part = static_cast<float>(std::abs(solved_.phase_fraction));
      for (std::size_t k = 0; k < next.size(); ++k) at.variance[k] += part * (next[k] - at.variance[k]);
    }
    for (float& v : at.variance) v += static_cast<float>(quantisation_);
    if (solved_.volterra) {
      const double before = mean_of(at.variance);
      ProductNoise own = noise_with_products(solved_, grid_, noise_, converter_variance_, phase);
      at.variance = std::move(own.variance);
      at.products = mean_of(at.variance) / before;
      at.dark = mean_of(at.value) - own.mean_light;
    }
    at.slope = timing_slope(solved_, sps, phase);
    const auto random = static_cast<float>(timing_.random_rms_ui * timing_.random_rms_ui);
    for (std::size_t k = 0; k < at.value.size(); ++k) at.variance[k] += random * at.slope[k] * at.slope[k];
    if (!interleaving_.differs()) return at;
    const std::vector<float> mismatch =
        mismatch_at_decision(interleaving_, solved_.equaliser, solved_.shape, waveform, sps, phase);
    for (std::size_t k = 0; k < at.value.size(); ++k) {
      at.variance[k] += mismatch[k];
      at.mismatch += mismatch[k] / count;
    }
    return at;
  }

  // Adds to the variance what the wandering of the taps costs, and returns its mean. It follows from
  // everything that moves a decision off its level.
  double add_wandering(int phase, Samples& at) const {
    const double displaced = mean_square(displacements(timing_.dual_dirac_ui, clock_.sinusoid_peak));
    const auto count = static_cast<double>(at.value.size());
    double error = 0.0;
    for (std::size_t k = 0; k < at.value.size(); ++k) {
      const double off = at.value[k] - solved_.target[k];
      error += (off * off + at.variance[k] + displaced * at.slope[k] * at.slope[k]) / count;
    }
    const double mean_light = mean_of(at.value) - at.dark;
    for (const CoupledAggressor& aggressor : crosstalk_) error += aggressor.share.variance;
    if (segment_.optical && !options_.without.reflections)
      for (const double rho : beat_amplitudes(segment_.reflectors))
        error += 2.0 * rho * rho * mean_light * mean_light;
    if (!options_.without.neighbours) {
      double level_power = 0.0;
      for (const float t : solved_.target) level_power += static_cast<double>(t) * t / count;
      for (const WdmLight& neighbour : segment_.neighbours)
        error += neighbour.ratio * neighbour.ratio * level_power;
    }
    const std::vector<float> added =
        wandering_variance(*solved_.adaptation, solved_.shape, solved_.propagation.at_sampler, solved_.target,
                           options_.samples_per_symbol, phase, error);
    double sum = 0.0;
    for (std::size_t k = 0; k < added.size(); ++k) {
      at.variance[k] += added[k];
      sum += added[k];
    }
    return sum / count;
  }

  const SolvedSegment& solved_;
  const Segment& segment_;
  const parts::Conditions& conditions_;
  std::span<const std::uint8_t> symbols_;
  const SegmentOptions& options_;
  const NoiseGrid& grid_;
  std::vector<std::complex<double>> equaliser_;
  DecisionNoise noise_;
  std::vector<CoupledAggressor> crosstalk_;
  double converter_variance_ = 0.0;  // of a sample
  double quantisation_ = 0.0;        // at the decision
  Timing timing_;
  Interleaving interleaving_;
  TimingDetector detector_;
  ClockResidual clock_;
};

}  // namespace

std::vector<float> targets_of(std::span<const std::uint8_t> symbols, int levels) {
  std::vector<float> target(symbols.size());
  for (std::size_t k = 0; k < symbols.size(); ++k)
    target[k] = -1.0f + 2.0f * static_cast<float>(symbols[k]) / static_cast<float>(levels - 1);
  return target;
}

double slope_power(const dsp::Equaliser& equaliser, const dsp::EqualiserShape& shape,
                   std::span<const float> slope, std::span<const float> target, int samples_per_symbol,
                   int phase) {
  dsp::Equaliser taps;
  taps.forward = equaliser.forward;
  const std::vector<float> equalised = dsp::equalise(taps, shape, slope, target, samples_per_symbol, phase);
  double sum = 0.0;
  for (const float value : equalised) sum += static_cast<double>(value) * value;
  return sum / static_cast<double>(equalised.size());
}

SolvedSegment solve_segment(const Segment& segment, const parts::Conditions& conditions,
                            std::span<const std::uint8_t> symbols, const SegmentOptions& options) {
  SolvedSegment solved;
  const int sps = options.samples_per_symbol;
  PropagateOptions run;
  run.samples_per_symbol = sps;
  run.taps = options.taps;
  run.shared = options.shared;
  run.share_pattern = options.share_pattern;
  solved.propagation = propagate(segment, conditions, symbols, options.without, run);
  solved.target = targets_of(symbols, conditions.levels);

  const parts::Receiver& receiver = segment.receiver;
  // The target response of a sequence detector is what correct decisions would feed back (theory: mlse, eq.
  // 2).
  const bool sequences = receiver.mlse_memory > 0;
  solved.shape = {receiver.ffe_pre,
                  receiver.ffe_post,
                  receiver.ffe_samples_per_symbol,
                  sequences ? receiver.mlse_memory : receiver.dfe_taps,
                  sequences ? largest_postcursor : receiver.dfe_tap_limit,
                  segment.feedback_lowest,
                  segment.feedback_highest};
  const NoiseGrid grid(segment, conditions, solved.propagation, options.without, options.shared);
  const int q = solved.shape.samples_per_symbol;
  const int taps = dsp::tap_count(solved.shape);
  const int lags = sequences ? detector_lags : receiver.dfe_taps > 0 ? feedback_lags : 1;
  std::vector<double> autocorrelation = grid.autocorrelation(sps / q, taps + (lags - 1) * q);
  CrosstalkGrid(segment, conditions, grid, options.without, options.shared).add_to(autocorrelation, sps / q);
  const Converter converter = converter_of(receiver, solved.propagation.at_sampler);
  if (!options.without.quantisation) autocorrelation[0] += quantisation_variance(converter);
  autocorrelation[0] += mismatch_at_sampler(interleaving_of(receiver, conditions, converter, options.without),
                                            solved.propagation.at_sampler, sps);

  // The best sampling phase is that of the least mean square error, searched over one UI around the delay:
  // the vertex of the parabola through the best sample and its neighbours.
  const int delay =
      static_cast<int>(std::lround(timing_in(solved.propagation.at_sampler, sps, symbols).delay));
  const auto sums_at = [&](int phase) {
    return dsp::adaptation_sums(solved.propagation.at_sampler, solved.target, sps, phase, solved.shape);
  };
  std::vector<float> slope;
  if (options.timing_variance > 0.0) slope = signal::slope_per_symbol(solved.propagation.at_sampler, sps);
  std::map<int, double> tried;
  const auto error_at = [&](int phase) {
    const auto found = tried.find(phase);
    if (found != tried.end()) return found->second;
    const dsp::Equaliser equaliser = dsp::adapt(sums_at(phase), autocorrelation, solved.shape);
    double error = equaliser.mean_square_error;
    if (options.timing_variance > 0.0)
      error +=
          options.timing_variance * slope_power(equaliser, solved.shape, slope, solved.target, sps, phase);
    return tried[phase] = error;
  };
  const auto best_of = [&](int first, int end, int step) {
    int best = first;
    for (int phase = first; phase < end; phase += step)
      if (error_at(phase) < error_at(best)) best = phase;
    return best;
  };
  const int coarse = std::max(1, sps / 8);
  const int centre = best_of(delay - sps / 2, delay + sps / 2, coarse);
  solved.phase = best_of(centre - coarse + 1, centre + coarse, 1);
  const double here = error_at(solved.phase), before = error_at(solved.phase - 1),
               after = error_at(solved.phase + 1);
  const double curvature = before - 2.0 * here + after;
  if (curvature > 0.0) solved.phase_fraction = std::clamp(0.5 * (before - after) / curvature, -0.5, 0.5);
  solved.propagation.at_sampler = signal::advanced(solved.propagation.at_sampler, solved.phase_fraction);
  solved.equaliser = dsp::adapt(sums_at(solved.phase), autocorrelation, solved.shape);

  if (has_products(receiver)) adapt_products(solved, volterra_shape(receiver), autocorrelation, sps);
  solved.adaptation = tap_adaptation(receiver, solved.shape, solved.propagation.at_sampler, solved.target,
                                     sps, solved.phase, autocorrelation[0]);
  if (lags > 1)
    (sequences ? solved.detector_noise : solved.feedback_noise) =
        dsp::noise_behind_taps(solved.equaliser.forward, q, autocorrelation, lags);
  const Decider decider(solved, segment, conditions, symbols, options, grid);
  solved.timing_detector = decider.detector();
  solved.statistics = decider.statistics(solved.phase, &solved.noise);
  solved.outcome = solved.statistics->errors();
  return solved;
}

Bathtub bathtub(const SolvedSegment& best, const Segment& segment, const parts::Conditions& conditions,
                std::span<const std::uint8_t> symbols, const SegmentOptions& options) {
  const int sps = options.samples_per_symbol;
  const NoiseGrid grid(segment, conditions, best.propagation, options.without, options.shared);
  const Decider decider(best, segment, conditions, symbols, options, grid);
  Bathtub result;
  for (int offset = -sps / 2; offset <= sps / 2; ++offset) {
    result.phase_ui.push_back(static_cast<double>(offset) / sps);
    result.ber.push_back(decider.statistics(best.phase + offset)->errors().ber);
  }
  return result;
}

std::vector<std::shared_ptr<const DecisionStatistics>> statistics_at(
    const SolvedSegment& best, const Segment& segment, const parts::Conditions& conditions,
    std::span<const std::uint8_t> symbols, const SegmentOptions& options, std::span<const double> offsets) {
  const NoiseGrid grid(segment, conditions, best.propagation, options.without, options.shared);
  std::vector<std::shared_ptr<const DecisionStatistics>> result;
  SolvedSegment moved = best;
  const Decider decider(moved, segment, conditions, symbols, options, grid);  // looks at what moves anew
  for (const double offset : offsets) {
    const double by = best.phase_fraction + offset * options.samples_per_symbol;
    const double whole = std::round(by);
    moved.phase = best.phase + static_cast<int>(whole);
    moved.phase_fraction = by - whole;
    moved.propagation.at_sampler =
        signal::advanced(best.propagation.at_sampler, moved.phase_fraction - best.phase_fraction);
    result.push_back(decider.statistics(moved.phase));
  }
  return result;
}

}  // namespace waverack::link
