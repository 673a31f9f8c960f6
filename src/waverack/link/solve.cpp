#include "waverack/link/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "waverack/base/decibel.hpp"
#include "waverack/base/parallel.hpp"
#include "waverack/link/charts.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/coherent_solve.hpp"
#include "waverack/link/impairments.hpp"
#include "waverack/link/lane_fec.hpp"
#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/limit_sentence.hpp"
#include "waverack/link/margin.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/reach.hpp"
#include "waverack/link/segment.hpp"

namespace waverack::link {
namespace {

// Beyond this error ratio decisions do not guide taps to where they are best.
constexpr double largest_guiding_ber = 1e-2;

VolterraWeights weights_of(const dsp::VolterraEqualiser& equaliser) {
  VolterraWeights weights;
  const std::vector<std::vector<int>> terms = dsp::volterra_terms(equaliser.shape);
  for (std::size_t t = 0; t < terms.size(); ++t)
    (terms[t].size() == 1   ? weights.linear
     : terms[t].size() == 2 ? weights.second
                            : weights.third)
        .push_back(equaliser.weights[t]);
  return weights;
}

SegmentResult summarise(const Segment& segment, const SolvedSegment& solved, const Lane& lane) {
  SegmentResult result;
  result.name = segment.name;
  result.ber_pre_fec = solved.outcome.ber;
  result.errors_per_event = solved.outcome.errors_per_event;
  result.inner_coded = segment.inner_coded;
  result.precoded = segment.precoded;
  result.ber_by_eye = solved.outcome.ber_by_eye;
  result.thresholds = solved.outcome.thresholds;
  result.levels = solved.statistics->level_means();
  result.snr_margin_db = 2.0 * to_db(solved.statistics->noise_scale_at(lane.ber_limit));
  double level_power = 0.0;
  for (const float t : solved.target) level_power += static_cast<double>(t) * t;
  result.mmse_snr_db =
      to_db(level_power / static_cast<double>(solved.target.size()) / solved.equaliser.mean_square_error);
  const int sps = lane.samples_per_symbol;
  const double phase_ui = (solved.phase + solved.phase_fraction) / sps;
  result.sampling_phase_ui = phase_ui - std::floor(phase_ui);
  const double cursor =
      solved.equaliser.forward[static_cast<std::size_t>(solved.shape.pre * solved.shape.samples_per_symbol)];
  for (const double tap : solved.equaliser.forward) result.ffe_taps.push_back(tap / cursor);
  if (solved.volterra) result.volterra = weights_of(*solved.volterra);
  (solved.detector_noise.empty() ? result.dfe_taps : result.mlse_target) = solved.equaliser.feedback;

  const std::vector<double>& levels = result.levels;
  const double half = 0.5 * (levels.back() - levels.front()) / static_cast<double>(levels.size() - 1);
  double total = solved.statistics->interference_variance();
  for (const SourceShare& share : solved.noise) total += share.variance;
  for (const SourceShare& share : solved.noise)
    result.noise_budget.push_back(
        {share.path, share.label, std::sqrt(share.variance) / half, share.variance / total});
  result.noise_budget.push_back({"interference", "Residual intersymbol interference",
                                 std::sqrt(solved.statistics->interference_variance()) / half,
                                 solved.statistics->interference_variance() / total});
  std::sort(result.noise_budget.begin(), result.noise_budget.end(),
            [](const NoiseShare& a, const NoiseShare& b) { return a.share > b.share; });
  return result;
}

// Counting errors on top of the semi-analytic solution.
void count_segments(const Plan& plan, const Lane& lane, std::span<const std::uint8_t> symbols,
                    CountOptions options, LaneResult& result) {
  const std::vector<SegmentCounts> counted = count_errors(plan, symbols, outer_code(lane.fec), options);
  for (std::size_t i = 0; i < counted.size(); ++i) {
    SegmentResult& segment = result.segments[i];
    const ErrorCounts& counts = counted[i].counts;
    segment.counted = counted[i];
    segment.counted->tail = counted_tail(lane, counts, segment.precoded);
    if (counts.bits == 0) continue;  // the run was interrupted before this segment: what is expected stays
    if (counts.bit_errors > 0) {
      segment.ber_pre_fec = static_cast<double>(counts.bit_errors) / static_cast<double>(counts.bits);
    } else {
      segment.ber_pre_fec = ber_interval(counts).high;
      result.warnings.push_back(
          {"lane",
           fmt::format(
               "no error was counted in {} symbols of {}: the bit error ratio is given as the upper end of "
               "its 95 % interval",
               counts.symbols, segment.name)});
    }
  }
}

// Importance sampling on top of the semi-analytic solution.
void weigh_segments(const Plan& plan, std::span<const std::uint8_t> symbols, const RareErrorOptions& options,
                    LaneResult& result) {
  const std::vector<RareErrors> weighed = weigh_errors(plan, symbols, options);
  for (std::size_t i = 0; i < weighed.size(); ++i) {
    result.segments[i].weighed = weighed[i];
    if (weighed[i].ber > 0.0) result.segments[i].ber_pre_fec = weighed[i].ber;
  }
}

}  // namespace

LaneResult solve(const Lane& lane, const SolveOptions& options) {
  if (is_coherent(lane)) return solve_coherent(lane, options);
  const Plan plan = make_plan(lane);
  const parts::Conditions& conditions = plan.conditions;
  const std::vector<std::uint8_t> symbols = symbols_of(lane.pattern, conditions.levels);
  const std::vector<std::uint8_t> short_symbols = symbols_of(short_pattern(lane.pattern), conditions.levels);

  LaneResult result;
  result.optical = plan.optical;
  result.latency_s = plan.latency;
  if (plan.optical) result.wavelength = conditions.light.wavelength;
  result.feedback = plan.feedback;
  result.reach_m = reach(lane);
  result.bandwidths = bandwidths_of(lane, conditions);
  result.warnings = plan.warnings;

  const std::size_t count = plan.segments.size();
  std::size_t optical = count;
  for (std::size_t i = 0; i < count; ++i)
    if (plan.segments[i].optical) optical = i;
  std::vector<SolvedSegment> solved(count);
  std::vector<SharedWork> shared(count);
  result.segments.resize(count);
  const int question_samples = std::min(lane.samples_per_symbol, question_samples_per_symbol);
  // A quick lane asks its questions with the pattern and the samples that it is solved with.
  const bool alike =
      lane.pattern == short_pattern(lane.pattern) && question_samples == lane.samples_per_symbol;
  SegmentOptions main_options;
  main_options.samples_per_symbol = lane.samples_per_symbol;
  main_options.taps = options.charts;
  main_options.share_pattern = alike;
  const auto solve_main = [&](int i) {
    SegmentOptions own = main_options;
    own.shared = &shared[i];
    solved[i] = solve_segment(plan.segments[i], conditions, symbols, own);
    result.segments[i] = summarise(plan.segments[i], solved[i], lane);
    if (static_cast<std::size_t>(i) == optical)  // one segment alone writes the light of the lane
      note_received_light(plan.segments[i], solved[i], symbols, lane, result);
  };
  // A single segment is the worst one before it is solved, so that the questions need not wait for it.
  std::vector<std::function<void()>> tasks;
  if (count > 1)
    parallel_for(static_cast<int>(count), options.threads, solve_main);
  else
    tasks.emplace_back([&] { solve_main(0); });

  // The segment with the highest error ratio limits the lane.
  std::size_t worst = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (result.segments[i].ber_pre_fec > result.segments[worst].ber_pre_fec) worst = i;
  std::vector<SharedWork> short_shared(count);
  const auto short_options = [&](std::size_t segment) {
    SegmentOptions own;
    own.samples_per_symbol = question_samples;
    own.shared = alike ? &shared[segment] : &short_shared[segment];
    own.share_pattern = true;
    return own;
  };
  const std::vector<Impairment> impairments =
      options.penalties ? impairments_of(plan.segments[worst], lane.symbol_rate) : std::vector<Impairment>{};
  std::vector<double> scales(impairments.size());
  double base_scale = not_a_number;
  Bathtub eye_in_time;
  // The longest tasks first; each writes its own place.
  if (options.margins && optical < count) {
    tasks.emplace_back([&] {
      result.margin_db =
          attenuation_margin_db(plan.segments[optical], conditions, short_symbols, short_options(optical),
                                lane.ber_limit, options.margin_guess_db);
    });
    if (options.floor)
      tasks.emplace_back([&] {
        result.floor_ber =
            floor_ber(plan.segments[optical], conditions, short_symbols, short_options(optical));
      });
  }
  if (options.charts)
    tasks.emplace_back([&] {
      SegmentOptions fine;  // a bathtub wants many phases
      fine.samples_per_symbol = lane.samples_per_symbol;
      fine.shared = &shared[worst];
      fine.share_pattern = alike;
      const SolvedSegment best = solve_segment(plan.segments[worst], conditions, short_symbols, fine);
      eye_in_time = bathtub(best, plan.segments[worst], conditions, short_symbols, fine);
    });
  if (!impairments.empty())
    tasks.emplace_back([&] {
      base_scale = solve_segment(plan.segments[worst], conditions, short_symbols, short_options(worst))
                       .statistics->noise_scale_at(lane.ber_limit);
    });
  for (std::size_t i = 0; i < impairments.size(); ++i)
    tasks.emplace_back([&, i] {
      SegmentOptions removed = short_options(worst);
      removed.without = impairments[i].without;
      scales[i] = solve_segment(plan.segments[worst], conditions, short_symbols, removed)
                      .statistics->noise_scale_at(lane.ber_limit);
    });
  parallel_for(static_cast<int>(tasks.size()), options.threads, [&](int i) { tasks[i](); });

  for (std::size_t i = 0; i < count; ++i)
    if (plan.segments[i].receiver.adaptation_step > 0.0 &&
        result.segments[i].ber_pre_fec > largest_guiding_ber)
      result.warnings.push_back({plan.segments[i].receiver_path,
                                 "decisions are wrong too often for taps to follow them: the noise of "
                                 "adaptation holds up to an error ratio of 1e-2"});
  if (options.count) {
    CountOptions counting = *options.count;
    counting.threads = options.threads;
    counting.eyes = options.charts;
    count_segments(plan, lane, symbols, counting, result);
  }
  if (options.weigh) {
    RareErrorOptions weighing = *options.weigh;
    weighing.threads = options.threads;
    weigh_segments(plan, symbols, weighing, result);
  }
  result.ber_pre_fec = 0.0;
  for (const SegmentResult& segment : result.segments) result.ber_pre_fec += segment.ber_pre_fec;
  result.fec = correct(lane, result.segments);
  result.snr_margin_db = result.segments[worst].snr_margin_db;
  if (!options.margins || optical == count) result.margin_db = result.snr_margin_db;
  for (std::size_t i = 0; i < impairments.size(); ++i)
    result.penalties.push_back({impairments[i].id, impairments[i].label, 2.0 * to_db(scales[i] / base_scale),
                                2.0 * to_db(scales[i])});
  std::sort(result.penalties.begin(), result.penalties.end(),
            [](const Penalty& a, const Penalty& b) { return a.penalty_db > b.penalty_db; });
  if (options.penalties)
    result.limits = limit_sentence(result.penalties, count > 1 ? " in " + plan.segments[worst].name : "");

  if (options.charts) {
    add_test_points(plan, lane, solved, symbols, shared, result, options.threads);
    add_response_curves(plan, lane, solved, result);
    add_bathtub(eye_in_time, lane, result.segments[worst], result);
  }
  return result;
}

}  // namespace waverack::link
