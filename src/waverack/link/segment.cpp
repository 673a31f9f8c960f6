#include "waverack/link/segment.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "waverack/dsp/mlse.hpp"
#include "waverack/link/crosstalk.hpp"
#include "waverack/link/products.hpp"
#include "waverack/link/receiver_check.hpp"
#include "waverack/link/reflections.hpp"
#include "waverack/link/timing.hpp"
#include "waverack/signal/fractional_advance.hpp"

namespace waverack::link {
namespace {

constexpr double largest_postcursor = 2.0;
constexpr int detector_lags = 24;  // of the noise's autocorrelation, in symbols

double quantisation_variance(const parts::Receiver& receiver, std::span<const float> waveform) {
  const double rms = converter_of(receiver, waveform).noise_rms;
  return rms * rms;
}

// Slope of the decision variable against the sampling instant, per UI.
std::vector<float> timing_slope(const SolvedSegment& solved, int samples_per_symbol, int phase) {
  const std::vector<float> early = decision_values(solved, samples_per_symbol, phase - 1);
  std::vector<float> slope = decision_values(solved, samples_per_symbol, phase + 1);
  for (std::size_t k = 0; k < slope.size(); ++k)
    slope[k] = (slope[k] - early[k]) * 0.5f * static_cast<float>(samples_per_symbol);
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
    equaliser_ = equaliser_response(solved.equaliser.forward, solved.shape.pre * sps,
                                    sps / solved.shape.samples_per_symbol, grid.length());
    noise_ = grid.at_decision(equaliser_);
    crosstalk_ =
        CrosstalkGrid(segment, conditions, grid, options.without, options.shared).at_decision(equaliser_);
    double tap_power = 0.0;
    for (const double tap : solved.equaliser.forward) tap_power += tap * tap;
    if (!options.without.quantisation)
      quantisation_ = tap_power * quantisation_variance(segment.receiver, solved.propagation.at_sampler);
    timing_ = timing_of(segment, conditions, options.without);
  }

  std::shared_ptr<DecisionStatistics> statistics(int phase,
                                                 std::vector<SourceShare>* shares = nullptr) const {
    const int sps = options_.samples_per_symbol;
    const std::vector<float> value = decision_values(solved_, sps, phase);
    double dark = grid_.dark_value(mean_of(value), equaliser_);
    std::vector<float> light = value;
    for (float& v : light) v -= static_cast<float>(dark);
    std::vector<float> noise = noise_.variance(phase, light);
    if (solved_.phase_fraction != 0.0) {
      const std::vector<float> next =
          noise_.variance(solved_.phase_fraction > 0.0 ? phase + 1 : phase - 1, light);
      const auto part = static_cast<float>(std::abs(solved_.phase_fraction));
      for (std::size_t k = 0; k < noise.size(); ++k) noise[k] += part * (next[k] - noise[k]);
    }
    for (float& v : noise) v += static_cast<float>(quantisation_);
    double products = 1.0;  // what they do to the Gaussian noise on average
    if (solved_.volterra) {
      const double before = mean_of(noise),
                   at_sampler =
                       options_.without.quantisation
                           ? 0.0
                           : quantisation_variance(segment_.receiver, solved_.propagation.at_sampler);
      ProductNoise own = noise_with_products(solved_, grid_, noise_, at_sampler, phase);
      noise = std::move(own.variance);
      products = mean_of(noise) / before;
      dark = mean_of(value) - own.mean_light;
    }
    const std::vector<float> slope = timing_slope(solved_, sps, phase);
    std::vector<float> variance(value.size()), shift(value.size());
    const auto random = static_cast<float>(timing_.random_rms_ui * timing_.random_rms_ui);
    const auto dirac = static_cast<float>(timing_.dual_dirac_ui);
    double slope_square = 0.0;
    for (std::size_t k = 0; k < value.size(); ++k) {
      const float square = slope[k] * slope[k];
      slope_square += square;
      variance[k] = std::max(noise[k] + random * square, 1e-12f);
      shift[k] = dirac * slope[k];
    }
    slope_square /= static_cast<double>(value.size());
    DecisionInput input;
    input.levels = conditions_.levels;
    input.symbols = symbols_;
    input.value = value;
    input.variance = variance;
    if (solved_.detector_noise.empty()) {
      input.feedback = solved_.equaliser.feedback;
    } else {
      input.postcursors = solved_.equaliser.feedback;
      input.noise_autocorrelation = solved_.detector_noise;
    }
    input.memory_before += solved_.shape.pre;
    input.memory_after += solved_.shape.post;
    if (dirac > 0.0f) input.shift = shift;
    if (segment_.optical && !options_.without.reflections) {
      input.interference = beat_amplitudes(segment_.reflectors);
      input.level_offset = dark;
    }
    for (const CoupledAggressor& aggressor : crosstalk_) input.crosstalk.push_back(aggressor.symbols);
    if (!options_.without.neighbours)
      for (const WdmLight& neighbour : segment_.neighbours) input.neighbours.push_back(neighbour.ratio);
    if (shares) {
      *shares = noise_.shares(phase);
      for (SourceShare& share : *shares) share.variance *= products;
      for (const CoupledAggressor& aggressor : crosstalk_) shares->push_back(aggressor.share);
      if (quantisation_ > 0.0)
        shares->push_back({join_path(segment_.receiver_path, "quantisation"),
                           "Converter noise (effective bits)", products * quantisation_});
      if (random > 0.0f)
        shares->push_back(
            {join_path(segment_.transmitter_path, "random_jitter"), "Random jitter", random * slope_square});
    }
    return std::make_shared<DecisionStatistics>(input);
  }

 private:
  const SolvedSegment& solved_;
  const Segment& segment_;
  const parts::Conditions& conditions_;
  std::span<const std::uint8_t> symbols_;
  const SegmentOptions& options_;
  const NoiseGrid& grid_;
  std::vector<std::complex<double>> equaliser_;
  DecisionNoise noise_;
  std::vector<CoupledAggressor> crosstalk_;
  double quantisation_ = 0.0;  // at the decision
  Timing timing_;
};

}  // namespace

std::vector<float> targets_of(std::span<const std::uint8_t> symbols, int levels) {
  std::vector<float> target(symbols.size());
  for (std::size_t k = 0; k < symbols.size(); ++k)
    target[k] = -1.0f + 2.0f * static_cast<float>(symbols[k]) / static_cast<float>(levels - 1);
  return target;
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
  solved.shape = {receiver.ffe_pre, receiver.ffe_post, receiver.ffe_samples_per_symbol,
                  sequences ? receiver.mlse_memory : receiver.dfe_taps,
                  sequences ? largest_postcursor : receiver.dfe_tap_limit};
  const NoiseGrid grid(segment, conditions, solved.propagation, options.without, options.shared);
  const int q = solved.shape.samples_per_symbol;
  const int taps = (solved.shape.pre + solved.shape.post + 1) * q;
  const int lags = sequences ? detector_lags : 1;
  std::vector<double> autocorrelation = grid.autocorrelation(sps / q, taps + (lags - 1) * q);
  CrosstalkGrid(segment, conditions, grid, options.without, options.shared).add_to(autocorrelation, sps / q);
  const double quantisation =
      options.without.quantisation ? 0.0 : quantisation_variance(receiver, solved.propagation.at_sampler);
  autocorrelation[0] += quantisation;

  // The best sampling phase is that of the least mean square error, searched over one UI around the delay:
  // the vertex of the parabola through the best sample and its neighbours.
  const int delay =
      static_cast<int>(std::lround(timing_in(solved.propagation.at_sampler, sps, symbols).delay));
  const auto sums_at = [&](int phase) {
    return dsp::adaptation_sums(solved.propagation.at_sampler, solved.target, sps, phase, solved.shape);
  };
  std::map<int, double> tried;
  const auto error_at = [&](int phase) {
    const auto found = tried.find(phase);
    if (found != tried.end()) return found->second;
    return tried[phase] = dsp::adapt(sums_at(phase), autocorrelation, solved.shape).mean_square_error;
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
  if (sequences)
    solved.detector_noise = dsp::noise_behind_taps(solved.equaliser.forward, q, autocorrelation, lags);
  solved.statistics =
      Decider(solved, segment, conditions, symbols, options, grid).statistics(solved.phase, &solved.noise);
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

}  // namespace waverack::link
