#include "waverack/study/technology_ladder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/margin.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/reach.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::study {
namespace {

using cluster::Medium;
using cluster::ReachPoint;

// In rows, between rows and halls, on a campus (facts: cluster 4.4); shorter fibres lose next to nothing.
constexpr std::array fibre_lengths{2.0, 100.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0, 40000.0};
// On to the next town, for coherent lanes.
constexpr std::array long_lengths{60e3, 80e3, 100e3, 120e3, 160e3, 240e3, 400e3, 800e3, 1600e3};
constexpr std::array copper_lengths{0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0};
constexpr int refinements = 3;

double* length_of(parts::Instance& instance, Medium medium) {
  if (auto* fibre = std::get_if<parts::Fibre>(&instance.part))
    return medium == Medium::fibre ? &fibre->length : nullptr;
  if (auto* span = std::get_if<parts::FibreSpan>(&instance.part))
    return medium == Medium::fibre ? &span->length : nullptr;
  if (auto* twinax = std::get_if<parts::Twinax>(&instance.part))
    return medium == Medium::copper ? &twinax->length : nullptr;
  return nullptr;
}

// How often the part's length lies in the lane.
int repeats_of(const parts::Instance& instance) {
  const auto* span = parts::as<parts::FibreSpan>(instance);
  return span ? span->spans : 1;
}

// A margin that no attenuation of the search gives lies beyond its end.
double known(double margin_db, bool works) {
  if (!std::isnan(margin_db)) return margin_db;
  return works ? link::greatest_margin_db : link::least_margin_db;
}

ReachPoint solve_point(const link::Lane& lane, Medium medium, double length, double guess_db, int threads) {
  link::SolveOptions options;
  options.threads = threads;
  options.penalties = options.charts = options.floor = false;
  options.margin_guess_db = guess_db;
  const link::LaneResult result = link::solve(with_medium(lane, medium, length), options);
  const bool collapsed = result.feedback.ratio() > 1.0;
  const bool works = result.ber_pre_fec <= lane.ber_limit && !collapsed;
  double margin = known(result.margin_db, works);
  if (!works) margin = std::min(margin, known(result.snr_margin_db, false));
  if (collapsed) margin = link::least_margin_db;
  return {length, margin, result.ber_pre_fec, result.fec.frame_loss_ratio};
}

}  // namespace

Medium medium_of(const std::string& design, const link::Lane& lane) {
  const auto has = [&](auto* type) {
    using P = std::remove_pointer_t<decltype(type)>;
    return std::any_of(lane.chain.begin(), lane.chain.end(),
                       [](const parts::Instance& i) { return parts::as<P>(i) != nullptr; });
  };
  const bool fibre = has(static_cast<parts::Fibre*>(nullptr)) || has(static_cast<parts::FibreSpan*>(nullptr));
  if ((fibre || has(static_cast<parts::Twinax*>(nullptr))) && link::reach(lane) > 0.0)
    return fibre ? Medium::fibre : Medium::copper;
  throw Error(ErrorInfo{{},
                        "lane.chain",
                        "design '" + design + "' has nothing between its modules, so it cannot serve links",
                        "a fibre or a twinax in the chain, with its length",
                        {}});
}

double latency_of_medium(const link::Lane& lane) {
  double seconds = 0.0;
  for (const parts::Instance& instance : lane.chain)
    if (parts::as<parts::Fibre>(instance) || parts::as<parts::FibreSpan>(instance) ||
        parts::as<parts::Twinax>(instance))
      seconds += parts::latency_of(instance.part, parts::conditions_of(instance, link::conditions_of(lane)));
  return seconds;
}

link::Lane with_medium(link::Lane lane, Medium medium, double length) {
  double total = 0.0;
  int count = 0;
  for (parts::Instance& instance : lane.chain)
    if (const double* own = length_of(instance, medium)) {
      total += *own * repeats_of(instance);
      ++count;
    }
  for (parts::Instance& instance : lane.chain)
    if (double* own = length_of(instance, medium))
      *own = total > 0.0 ? *own * (length / total) : length / count;
  return lane;
}

std::vector<ReachPoint> solve_ladder(const link::Lane& design_lane, Medium medium, double margin_db,
                                     int threads) {
  link::Lane lane = design_lane;
  // Margins of light are asked with the short pattern; the long tails of copper want all of it.
  if (medium == Medium::fibre) lane.pattern = link::short_pattern(lane.pattern);
  lane.samples_per_symbol = std::min(lane.samples_per_symbol, link::question_samples_per_symbol);
  const std::span<const double> lengths = medium == Medium::fibre ? std::span<const double>(fibre_lengths)
                                                                  : std::span<const double>(copper_lengths);
  std::vector<ReachPoint> ladder;
  const auto lacks = [&](const ReachPoint& point) { return point.margin_db < margin_db; };
  double guess = 0.0;
  std::vector<double> all(lengths.begin(), lengths.end());
  if (link::is_coherent(lane)) all.insert(all.end(), long_lengths.begin(), long_lengths.end());
  for (const double length : all) {
    ladder.push_back(solve_point(lane, medium, length, guess, threads));
    guess = ladder.back().margin_db;
    if (lacks(ladder.back())) break;
  }
  for (int i = 0; i < refinements && ladder.size() > 1 && lacks(ladder.back()); ++i) {
    const auto beyond = std::find_if(ladder.begin(), ladder.end(), lacks);
    const ReachPoint &a = *(beyond - 1), &b = *beyond;
    // Where the margin falls steeply the straight line would come back to the same end for ever.
    const double t = std::clamp((a.margin_db - margin_db) / (a.margin_db - b.margin_db), 0.1, 0.9);
    const double length = a.length + t * (b.length - a.length);
    ladder.insert(beyond, solve_point(lane, medium, length, margin_db, threads));
  }
  return ladder;
}

}  // namespace waverack::study
