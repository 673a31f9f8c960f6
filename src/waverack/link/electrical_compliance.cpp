#include "waverack/link/electrical_compliance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/compliance/com_filters.hpp"
#include "waverack/compliance/com_search.hpp"
#include "waverack/link/eye_opening.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/link/timing.hpp"
#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/slope.hpp"

namespace waverack::link {
namespace {

using compliance::ComGains;
using compliance::ComSheet;

constexpr double instant_step = 0.01;  // [UI]
constexpr int board_samples_per_symbol = 16, trial_samples_per_symbol = 16;

// The segment up to its element `end`, then the board.
Segment behind_board(const Segment& segment, std::size_t end, const signal::Response& board) {
  Segment seen = segment;
  seen.elements.resize(end);
  std::erase_if(seen.noises, [&](const PlacedNoise& noise) { return noise.element > end; });
  std::erase_if(seen.crosstalk, [&](const Crosstalk& aggressor) { return aggressor.element > end; });
  Element element;
  element.name = "compliance board";
  element.response = board;
  seen.elements.push_back(std::move(element));
  return seen;
}

signal::Response receiver_response(const ComSheet& sheet, const ComGains& gains) {
  return [filter = sheet.receiver_filter, ctle = sheet.ctle, rate = sheet.signal.symbol_rate,
          gain = std::pow(10.0, gains.dc_gain_db / 20.0),
          gain_low = std::pow(10.0, gains.dc_gain_low_db / 20.0)](double f) {
    const std::complex<double> response = compliance::com_receiver_filter(filter, rate, std::abs(f)) *
                                          compliance::com_ctle(ctle, gain, gain_low, std::abs(f));
    return f < 0.0 ? std::conj(response) : response;
  };
}

void add_receiver(Segment& seen, const ComSheet& sheet, const ComGains& gains) {
  PlacedNoise noise;
  noise.path = "reference receiver";
  noise.source.density = [density = sheet.noise.density](double) { return density; };
  noise.element = seen.elements.size();
  seen.noises.push_back(std::move(noise));
  Element element;
  element.name = "reference receiver";
  element.response = receiver_response(sheet, gains);
  seen.elements.push_back(std::move(element));
  seen.receiver = {};
  seen.receiver.ffe_pre = sheet.receiver_ffe.pre_taps;
  seen.receiver.ffe_post = sheet.receiver_ffe.post_taps;
  seen.receiver.dfe_taps = static_cast<int>(sheet.dfe.upper.size());
  seen.feedback_lowest = sheet.dfe.lower;
  seen.feedback_highest = sheet.dfe.upper;
}

// What a CTLE leaves for the equalisers behind it, on a short pattern and without aggressors.
class GainTrial {
 public:
  GainTrial(const Segment& at_board, const parts::Conditions& conditions, const ComSheet& sheet,
            double timing_variance)
      : sheet_(sheet),
        timing_variance_(timing_variance),
        symbols_(signal::prbs_pam4(9)),
        target_(targets_of(symbols_, conditions.levels)),
        sample_rate_(conditions.symbol_rate * trial_samples_per_symbol) {
    PropagateOptions options;
    options.samples_per_symbol = trial_samples_per_symbol;
    const Propagation reached = propagate(at_board, conditions, symbols_, {}, options);
    waveform_ = reached.at_sampler;
    const NoiseGrid grid(at_board, conditions, reached, {});
    noise_ = grid.spectrum_at_sampler();
    for (double& density : noise_) density += sheet.noise.density;
    bin_width_ = grid.bin_width();
    shape_ = {sheet.receiver_ffe.pre_taps, sheet.receiver_ffe.post_taps, 1,
              static_cast<int>(sheet.dfe.upper.size())};
    shape_.feedback_lowest = sheet.dfe.lower;
    shape_.feedback_highest = sheet.dfe.upper;
  }

  // The least mean square error over one symbol of sampling phases.
  double error(const ComGains& gains) const {
    const signal::Response response = receiver_response(sheet_, gains);
    const std::vector<float> received = signal::filter_cyclic(
        signal::make_block_filter(response, sample_rate_), std::span<const float>(waveform_));
    std::vector<double> autocorrelation(static_cast<std::size_t>(dsp::tap_count(shape_)), 0.0);
    for (std::size_t k = 0; k < noise_.size(); ++k) {
      const double power = noise_[k] * std::norm(response(static_cast<double>(k) * bin_width_)) * bin_width_;
      const double turn = 2.0 * std::numbers::pi * static_cast<double>(k) * bin_width_ *
                          trial_samples_per_symbol / sample_rate_;
      for (std::size_t lag = 0; lag < autocorrelation.size(); ++lag)
        autocorrelation[lag] += power * std::cos(turn * static_cast<double>(lag));
    }
    const auto delay =
        static_cast<int>(std::lround(timing_in(received, trial_samples_per_symbol, symbols_).delay));
    const std::vector<float> slope = signal::slope_per_symbol(received, trial_samples_per_symbol);
    double least = std::numeric_limits<double>::infinity();
    for (int phase = delay - trial_samples_per_symbol / 2; phase < delay + trial_samples_per_symbol / 2;
         ++phase) {
      const dsp::Equaliser equaliser =
          dsp::adapt(dsp::adaptation_sums(received, target_, trial_samples_per_symbol, phase, shape_),
                     autocorrelation, shape_);
      least = std::min(least, equaliser.mean_square_error +
                                  timing_variance_ * slope_power(equaliser, shape_, slope, target_,
                                                                 trial_samples_per_symbol, phase));
    }
    return least;
  }

 private:
  const ComSheet& sheet_;
  double timing_variance_;  // [UI²]
  std::vector<std::uint8_t> symbols_;
  std::vector<float> target_;
  double sample_rate_, bin_width_ = 0.0;
  std::vector<float> waveform_;  // behind the board [V]
  std::vector<double> noise_;    // one-sided, per bin [V²/Hz]
  dsp::EqualiserShape shape_;
};

// The allowed gains of least mean square error: from the middle of the grid to the best of the neighbours, as
// long as one is better.
ComGains best_gains(const Segment& at_board, const parts::Conditions& conditions, const ComSheet& sheet,
                    double timing_variance) {
  const std::vector<ComGains> grid = compliance::gain_grid(sheet);
  const GainTrial trial(at_board, conditions, sheet, timing_variance);
  std::map<std::size_t, double> tried;
  const auto error = [&](std::size_t i) {
    const auto known = tried.find(i);
    return known != tried.end() ? known->second : tried[i] = trial.error(grid[i]);
  };
  const auto near = [](double a, double b, double step) { return std::abs(a - b) < 1.5 * step; };
  std::size_t best = grid.size() / 2;
  for (bool better = true; better;) {
    better = false;
    const ComGains here = grid[best];
    for (std::size_t i = 0; i < grid.size(); ++i)
      if (near(grid[i].dc_gain_db, here.dc_gain_db, sheet.ctle.dc_gain_db.step) &&
          near(grid[i].dc_gain_low_db, here.dc_gain_low_db, sheet.ctle.dc_gain_low_db.step) &&
          error(i) < error(best)) {
        best = i;
        better = true;
      }
  }
  return grid[best];
}

}  // namespace

ReferenceEye reference_eye(const Segment& segment, const parts::Conditions& conditions,
                           std::span<const std::uint8_t> symbols, const signal::Response& board,
                           const ComSheet& sheet, std::size_t end) {
  if (sheet.dfe.floating.groups > 0 || sheet.receiver_ffe.floating.groups > 0)
    throw Error("a reference receiver with floating taps opens no eye here");
  // The timing window: its instants and their weights.
  const int reach = static_cast<int>(std::floor(sheet.eye.half_window / instant_step + 1e-9));
  std::vector<double> offsets, weights;
  for (int i = -reach; i <= reach; ++i) {
    const double x = i * instant_step / sheet.eye.weight_sigma;
    offsets.push_back(i * instant_step);
    weights.push_back(std::exp(-0.5 * x * x));
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const Timing jitter = timing_of(segment, conditions, {});
  SegmentOptions options;
  options.samples_per_symbol = board_samples_per_symbol;
  options.timing_variance =
      jitter.random_rms_ui * jitter.random_rms_ui + jitter.dual_dirac_ui * jitter.dual_dirac_ui;
  for (std::size_t i = 0; i < offsets.size(); ++i)
    options.timing_variance += weights[i] / sum * offsets[i] * offsets[i];

  Segment seen = behind_board(segment, end, board);
  const ComGains gains = best_gains(seen, conditions, sheet, options.timing_variance);
  add_receiver(seen, sheet, gains);
  SharedWork shared;
  options.shared = &shared;
  const SolvedSegment solved = solve_segment(seen, conditions, symbols, options);
  const auto statistics = statistics_at(solved, seen, conditions, symbols, options, offsets);
  std::vector<WeighedInstant> instants;
  for (std::size_t i = 0; i < offsets.size(); ++i) instants.push_back({statistics[i], weights[i] / sum});

  ReferenceEye eye;
  eye.dc_gain_db = gains.dc_gain_db;
  eye.dc_gain_low_db = gains.dc_gain_low_db;
  eye.feedback = solved.equaliser.feedback;
  const double volts = 1.0 / std::abs(solved.equaliser.forward[static_cast<std::size_t>(solved.shape.pre)]);
  eye.heights = eye_openings(instants, sheet.signal.detector_error_ratio);
  const std::vector<double>& means = solved.statistics->level_means();
  eye.veo = eye.vec_db = std::numeric_limits<double>::infinity();
  double least = std::numeric_limits<double>::infinity();  // height over amplitude
  for (std::size_t l = 0; l < eye.heights.size(); ++l) {
    eye.heights[l] *= volts;
    eye.amplitudes.push_back((means[l + 1] - means[l]) * volts);
    eye.veo = std::min(eye.veo, eye.heights[l]);
    least = std::min(least, eye.heights[l] / eye.amplitudes[l]);
  }
  if (least > 0.0) eye.vec_db = -20.0 * std::log10(least);
  return eye;
}

std::optional<parts::Place> electrical_output(const Lane& lane, std::string_view test_point) {
  std::optional<std::size_t> here, first, last;
  parts::Domain domain = parts::Domain::symbols, at = domain;
  for (std::size_t i = 0; i < lane.chain.size(); ++i) {
    const parts::Instance& instance = lane.chain[i];
    if (parts::as<parts::TestPoint>(instance)) {
      if (instance.name == test_point) {
        here = i;
        at = domain;
      }
      continue;
    }
    domain = parts::output_domain(instance.part);
    if (instance.place != parts::Place::module || parts::as<parts::AcCoupling>(instance)) continue;
    if (!first) first = i;
    last = i;
  }
  if (!here || !first || at != parts::Domain::voltage) return std::nullopt;
  if (*here < *first) return parts::Place::host;
  if (*here > *last) return parts::Place::module;
  return std::nullopt;
}

}  // namespace waverack::link
