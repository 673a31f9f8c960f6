#include "waverack/study/yield.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "waverack/base/decibel.hpp"
#include "waverack/base/parallel.hpp"
#include "waverack/module/package_heat.hpp"
#include "waverack/study/lane_judge.hpp"
#include "waverack/study/lane_surfaces.hpp"
#include "waverack/study/yield_summary.hpp"

namespace waverack::study {
namespace {

// How many spares the table shows beside the chosen number.
constexpr int shown_spares = 2;
constexpr int modules_of_block = 64;

// A line that makes modules and judges them.
class Line {
 public:
  Line(const YieldResult& result, const LaneJudge& judge, const ModuleWatts& watts, const ModuleDraws& draws,
       int built)
      : result_(result), judge_(judge), watts_(watts), draws_(draws), built_(built) {}

  // Module `number`; margins of its lanes are counted in `lane_margins`. `scratch`: a copy of the lane.
  ModuleRecord make(std::uint32_t number, Measuring measuring, link::Lane& scratch,
                    std::vector<std::uint64_t>& lane_margins) const {
    const std::size_t width = result_.variations.size(), built = static_cast<std::size_t>(built_);
    std::vector<double> deviations = calibrated(number, measuring);
    std::vector<JudgedLane> lanes;
    for (std::size_t lane = 0; lane < built; ++lane) {
      lanes.push_back(judge_.judge(std::span(deviations).subspan(lane * width, width), measuring));
      ++lane_margins[static_cast<std::size_t>(histogram_bin(lanes.back().margin))];
    }
    const Watts watts = watts_.at(deviations, scratch);

    ModuleRecord record;
    record.module_w = static_cast<float>(watts.module);
    record.with_laser_w = static_cast<float>(watts.with_laser);
    record.lanes = built_;
    record.good_lanes =
        static_cast<int>(std::count_if(lanes.begin(), lanes.end(), [](const auto& l) { return l.good(); }));
    const std::optional<std::size_t> too_many_watts = missed(watts);
    for (std::size_t spares = 0; spares + static_cast<std::size_t>(result_.lanes) <= built; ++spares) {
      const auto end = lanes.begin() + result_.lanes + static_cast<long>(spares);
      const auto good = std::count_if(lanes.begin(), end, [](const JudgedLane& l) { return l.good(); });
      record.good.push_back(good >= result_.lanes && !too_many_watts);
      std::vector<float> margins;
      for (auto at = lanes.begin(); at != end; ++at) margins.push_back(static_cast<float>(at->margin));
      std::nth_element(margins.begin(), margins.begin() + static_cast<long>(spares), margins.end());
      record.margin.push_back(margins[spares]);
    }
    const std::size_t deciding = deciding_lane(lanes);
    record.slack = static_cast<float>(lanes[deciding].slack);
    record.requirement = static_cast<std::uint32_t>(lanes[deciding].requirement);
    if (!record.good[static_cast<std::size_t>(result_.spares)])
      find_cause(record, lanes[deciding], deciding, deviations, too_many_watts, scratch);
    return record;
  }

  // Whether module `number` is good with the chosen spares. As make() says, but lanes are measured no further
  // than that takes.
  bool good(std::uint32_t number, Measuring measuring, link::Lane& scratch) const {
    const std::size_t width = result_.variations.size();
    const std::vector<double> deviations = calibrated(number, measuring);
    if (missed(watts_.at(deviations, scratch))) return false;
    int bad = 0;
    for (int lane = 0; lane < result_.lanes + result_.spares && bad <= result_.spares; ++lane)
      bad +=
          !judge_
               .judge(std::span(deviations).subspan(static_cast<std::size_t>(lane) * width, width), measuring)
               .good();
    return bad <= result_.spares;
  }

 private:
  // The deviations of all lanes of a module, lasers set.
  std::vector<double> calibrated(std::uint32_t number, Measuring measuring) const {
    std::vector<double> deviations(static_cast<std::size_t>(built_) * result_.variations.size());
    draws_.draw(number, deviations);
    judge_.calibrate(deviations, measuring);
    return deviations;
  }

  // The limit on the module's watts that is missed by most.
  std::optional<std::size_t> missed(const Watts& watts) const {
    std::optional<std::size_t> worst;
    double least = 0.0;
    for (std::size_t r = 0; r < result_.module_requirements.size(); ++r)
      if (const double slack = module_slack(r, watts); slack < least) least = slack, worst = r;
    return worst;
  }

  double module_slack(std::size_t requirement, const Watts& watts) const {
    const Requirement& of = result_.module_requirements[requirement];
    return of.slack(of.name.ends_with("with_laser") ? watts.with_laser : watts.module);
  }

  // The best of those lanes that would have to be spared: with s spares the one with the (s + 1)-th least
  // slack.
  std::size_t deciding_lane(const std::vector<JudgedLane>& lanes) const {
    std::vector<std::size_t> order(static_cast<std::size_t>(result_.lanes + result_.spares));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return lanes[a].slack < lanes[b].slack; });
    return order[static_cast<std::size_t>(result_.spares)];
  }

  // The deviation without which the lane that decides, or the watts, would be better off than without any
  // other.
  void find_cause(ModuleRecord& record, const JudgedLane& lane_of, std::size_t deciding,
                  std::vector<double>& deviations, std::optional<std::size_t> too_many_watts,
                  link::Lane& scratch) const {
    const std::size_t width = result_.variations.size();
    const bool of_lane = !lane_of.good();
    std::function<double()> slack;
    if (of_lane) {
      const std::size_t requirement = lane_of.requirement;
      record.missed = static_cast<std::uint32_t>(requirement);
      slack = [&, requirement] {
        return judge_.slack(requirement, std::span(deviations).subspan(deciding * width, width));
      };
    } else {
      record.missed = static_cast<std::uint32_t>(result_.lane_requirements.size() + *too_many_watts);
      slack = [&] { return module_slack(*too_many_watts, watts_.at(deviations, scratch)); };
    }
    const double before = slack();
    double most = 0.0;
    for (std::size_t v = 0; v < width; ++v) {
      std::vector<double> kept;
      const std::size_t first = of_lane ? deciding : 0,
                        end = of_lane ? deciding + 1 : static_cast<std::size_t>(result_.lanes);
      for (std::size_t lane = first; lane < end; ++lane)
        kept.push_back(std::exchange(deviations[lane * width + v], 0.0));
      const double after = slack();
      if (after - before > most) {
        most = after - before;
        record.cause = static_cast<std::uint32_t>(v);
        record.good_without = after >= 0.0;
      }
      for (std::size_t lane = first; lane < end; ++lane) deviations[lane * width + v] = kept[lane - first];
    }
  }

  const YieldResult& result_;
  const LaneJudge& judge_;
  const ModuleWatts& watts_;
  const ModuleDraws& draws_;
  int built_;
};

struct Made {
  std::vector<ModuleRecord> records;  // of all modules up to the first that was not made
  std::vector<std::uint64_t> lane_margins;
};

Made make_modules(const Line& line, const LoadedDesign& loaded, const YieldOptions& options, bool full) {
  // Solved in full a module takes seconds: each is a block of its own.
  const int size = full ? 1 : modules_of_block;
  const int blocks = (options.modules + size - 1) / size;
  std::vector<std::vector<ModuleRecord>> records(static_cast<std::size_t>(blocks));
  std::vector<std::vector<std::uint64_t>> margins(static_cast<std::size_t>(blocks));
  std::mutex mutex;
  int begun = -1, done = 0;
  parallel_for(blocks, options.threads, [&](int block) {
    {
      // Whatever lies below a block that has begun is finished too, so that there is no gap.
      const std::lock_guard lock(mutex);
      if (options.stop.stop_requested() && block > begun) return;
      begun = std::max(begun, block);
    }
    link::Lane scratch = loaded.design.lane;
    std::vector<ModuleRecord> made;
    std::vector<std::uint64_t> counts(histogram_bins, 0);
    const int end = std::min(options.modules, (block + 1) * size);
    for (int number = block * size; number < end; ++number)
      made.push_back(line.make(static_cast<std::uint32_t>(number),
                               full ? Measuring::full : Measuring::polynomials, scratch, counts));
    const std::lock_guard lock(mutex);
    done += static_cast<int>(made.size());
    records[static_cast<std::size_t>(block)] = std::move(made);
    margins[static_cast<std::size_t>(block)] = std::move(counts);
    if (options.on_progress) options.on_progress("modules", done, options.modules);
  });
  Made all{{}, std::vector<std::uint64_t>(histogram_bins, 0)};
  for (std::size_t block = 0; block < records.size() && !records[block].empty(); ++block) {
    for (ModuleRecord& record : records[block]) all.records.push_back(std::move(record));
    for (std::size_t b = 0; b < all.lane_margins.size(); ++b) all.lane_margins[b] += margins[block][b];
  }
  return all;
}

void count(FullComparison& comparison, bool good_fast, bool good_full) {
  ++comparison.modules;
  if (good_fast)
    ++(good_full ? comparison.good_both : comparison.good_fast_alone);
  else
    ++(good_full ? comparison.good_full_alone : comparison.good_neither);
}

FullComparison compare(const Line& line, const LoadedDesign& loaded, const std::vector<ModuleRecord>& full,
                       std::size_t spares) {
  FullComparison result;
  link::Lane scratch = loaded.design.lane;
  std::vector<std::uint64_t> counts(histogram_bins, 0);
  double sum = 0.0, square = 0.0;
  for (std::size_t i = 0; i < full.size(); ++i) {
    const ModuleRecord fast =
        line.make(static_cast<std::uint32_t>(i), Measuring::polynomials, scratch, counts);
    count(result, fast.good[spares], full[i].good[spares]);
    const double miss =
        static_cast<double>(fast.margin[spares]) - static_cast<double>(full[i].margin[spares]);
    if (!std::isfinite(miss)) continue;
    ++result.margins;
    sum += miss;
    square += miss * miss;
    result.largest_db = std::fmax(result.largest_db, std::abs(miss));
  }
  if (result.margins > 0) {
    result.mean_db = sum / result.margins;
    result.rms_db = std::sqrt(square / result.margins);
  }
  return result;
}

// The first `made` modules at most, `options.check` of them, judged again. Fewer after a stop.
FullComparison check(const Line& line, const LoadedDesign& loaded, const YieldOptions& options,
                     const std::vector<ModuleRecord>& made, std::size_t spares) {
  const int modules = std::min(options.check, static_cast<int>(made.size()));
  std::vector<std::optional<bool>> full(static_cast<std::size_t>(modules));
  std::mutex mutex;
  int done = 0;
  parallel_for(modules, options.threads, [&](int i) {
    if (options.stop.stop_requested()) return;
    link::Lane scratch = loaded.design.lane;
    const bool good = line.good(static_cast<std::uint32_t>(i), Measuring::verdicts, scratch);
    const std::lock_guard lock(mutex);
    full[static_cast<std::size_t>(i)] = good;
    if (options.on_progress) options.on_progress("modules judged in full", ++done, modules);
  });
  FullComparison result;
  for (std::size_t i = 0; i < full.size(); ++i)
    if (full[i]) count(result, made[i].good[spares], *full[i]);
  return result;
}

double modules_of_switch(const Design& design) {
  const double rate = design.module.lanes * design.module.mac_rate_per_lane;
  return std::fmax(1.0, std::round(design.cluster.switch_radix * design.cluster.gpu_bandwidth / rate));
}

void warn_of_losses(YieldResult& result) {
  if (result.places_lost > 0)
    result.warnings.push_back(
        {"lane",
         fmt::format("{} of {} lanes that were solved for the polynomials have no margin: a laser that "
                     "cannot give its power, or an error ratio beyond any margin; the fast path does "
                     "not see such lanes",
                     result.places_lost, result.lanes_solved)});
  if (!result.nominal_good)
    for (const std::vector<Requirement>* list : {&result.lane_requirements, &result.module_requirements})
      for (const Requirement& requirement : *list)
        if (requirement.slack(requirement.nominal) < 0.0)
          result.warnings.push_back(
              {requirement.name,
               fmt::format("the module as designed misses this: {:.2f} {} against {} {:.2f}",
                           requirement.nominal, requirement.unit,
                           requirement.at_least ? "at least" : "at most", requirement.limit)});
}

}  // namespace

YieldResult run_yield(const LoadedDesign& loaded, const YieldOptions& options) {
  const Design& design = loaded.design;
  YieldResult result;
  result.options = options;
  result.lanes = design.module.lanes;
  result.spares = options.spares.value_or(design.module.production.spare_lanes);
  result.margin_limit_db = to_db(design.module.production.margin_limit);
  result.modules_per_switch = modules_of_switch(design);
  const int built = result.lanes + std::max(result.spares, shown_spares);

  result.variations = variations_of(loaded, built);
  if (result.variations.empty())
    throw Error(ErrorInfo{{},
                          "lane",
                          "no part of the lane states how much its numbers vary",
                          "a table `spread` in a part or in its card",
                          {}});
  const LaneMeasures measures(loaded, result.variations);
  result.lane_requirements = measures.lane_requirements();
  result.module_requirements = measures.module_requirements();
  result.not_judged = measures.not_judged();
  result.margin = measures.list()[measures.margin()];
  const auto holds = [](const Requirement& requirement) {
    return requirement.slack(requirement.nominal) >= 0.0;
  };
  result.nominal_good =
      std::all_of(result.lane_requirements.begin(), result.lane_requirements.end(), holds) &&
      std::all_of(result.module_requirements.begin(), result.module_requirements.end(), holds);
  result.reliability =
      module::reliability(design.module, design.lane, loaded.provenance, options.temperatures, result.spares);

  LaneSurfaces fitted = fit_lane(loaded, result.variations, measures, options);
  if (!fitted.finished) return result;
  result.surfaces = std::move(fitted.quality);
  result.lanes_solved = fitted.solved;
  result.places_lost = fitted.lost;

  const LaneJudge judge(loaded, result.variations, measures, fitted.surfaces);
  const ModuleWatts watts(loaded, result.variations);
  result.watts_vary = watts.vary();
  const ModuleDraws draws(result.variations, design.module.production.lane_pitch, built,
                          lanes_of_laser(design.lane), static_cast<std::uint32_t>(options.modules),
                          options.sampling, static_cast<std::uint64_t>(options.seed));
  const Line line(result, judge, watts, draws, built);
  const Made made = make_modules(line, loaded, options, options.full);
  if (options.full && !made.records.empty())
    result.comparison = compare(line, loaded, made.records, static_cast<std::size_t>(result.spares));
  else if (options.check > 0 && !made.records.empty()) {
    const FullComparison checked =
        check(line, loaded, options, made.records, static_cast<std::size_t>(result.spares));
    if (checked.modules > 0) result.comparison = checked;
  }
  summarise(result, made.records, made.lane_margins);
  warn_of_losses(result);
  if (design.module.package.stack.value && !module::has_package(design.module))
    result.warnings.push_back({"module.package",
                               "this waverack was built without its heat solver: every part has the "
                               "temperature of the lane"});
  return result;
}

}  // namespace waverack::study
