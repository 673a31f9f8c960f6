#include "waverack/link/lane_outcome.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/light_points.hpp"
#include "waverack/link/margin.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/link/symbol_eye.hpp"

namespace waverack::link {
namespace {

LaunchedLight measured(const Plan& plan, const LightPoint& point, std::span<const std::uint8_t> symbols,
                       const Propagation& propagation) {
  const auto tap = std::find_if(propagation.taps.begin(), propagation.taps.end(),
                                [&](const Tap& item) { return item.element == point.element; });
  signal::Waveform waveform;
  waveform.samples = tap->samples;
  waveform.samples_per_symbol = propagation.samples_per_symbol;
  waveform.sample_rate = plan.conditions.symbol_rate * waveform.samples_per_symbol;
  const signal::EyeMetrics eye = measure_symbols(waveform, symbols, plan.conditions.levels, {});
  return {point.name, eye.oma_outer, eye.extinction_ratio, eye.average};
}

}  // namespace

LaneOutcome solve_outcome(const Lane& lane, const OutcomeQuestions& questions) {
  const Plan plan = make_plan(lane);
  const std::vector<std::uint8_t> symbols = symbols_of(short_pattern(lane.pattern), plan.conditions.levels);
  std::vector<LightPoint> points = light_points(plan);
  std::erase_if(points, [&](const LightPoint& point) { return !questions.light || !point.before_fibre; });

  LaneOutcome outcome;
  outcome.margins_db.assign(plan.segments.size(), not_a_number);
  for (std::size_t s = 0; s < plan.segments.size(); ++s) {
    const Segment& segment = plan.segments[s];
    SharedWork shared;
    SegmentOptions options;
    options.samples_per_symbol = std::min(lane.samples_per_symbol, question_samples_per_symbol);
    options.shared = &shared;
    options.share_pattern = true;
    if (s < questions.margins.size() && questions.margins[s]) {
      const double at = s < questions.judge_at_db.size() ? questions.judge_at_db[s] : not_a_number;
      if (!segment.optical)
        outcome.margins_db[s] = 2.0 * to_db(solve_segment(segment, plan.conditions, symbols, options)
                                                .statistics->noise_scale_at(lane.ber_limit));
      else if (std::isnan(at))
        outcome.margins_db[s] =
            attenuation_margin_db(segment, plan.conditions, symbols, options, lane.ber_limit);
      else
        outcome.margins_db[s] =
            margin_judged_at_db(segment, plan.conditions, symbols, options, lane.ber_limit, at);
    }
    if (std::none_of(points.begin(), points.end(), [&](const LightPoint& p) { return p.segment == s; }))
      continue;
    const Propagation propagation = propagate(segment, plan.conditions, symbols, {},
                                              {.samples_per_symbol = options.samples_per_symbol,
                                               .taps = true,
                                               .shared = &shared,
                                               .share_pattern = true});
    for (const LightPoint& point : points)
      if (point.segment == s) outcome.light.push_back(measured(plan, point, symbols, propagation));
  }
  return outcome;
}

}  // namespace waverack::link
