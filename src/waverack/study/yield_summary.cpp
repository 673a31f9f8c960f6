#include "waverack/study/yield_summary.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::study {
namespace {

constexpr double limit_step_db = 0.1, limit_span_db = 5.0;
constexpr int most_bins = 6;

Histogram trimmed(const std::vector<std::uint64_t>& counts) {
  const auto some = [](std::uint64_t count) { return count > 0; };
  const auto first = std::find_if(counts.begin(), counts.end(), some);
  if (first == counts.end()) return {histogram_first_db, histogram_width_db, {}};
  const auto last = std::find_if(counts.rbegin(), counts.rend(), some).base();
  Histogram histogram;
  histogram.first = histogram_first_db + histogram_width_db * static_cast<double>(first - counts.begin());
  histogram.width = histogram_width_db;
  for (auto at = first; at != last; ++at) histogram.counts.push_back(static_cast<int>(*at));
  return histogram;
}

double quantile(std::vector<float>& values, double share) {
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + static_cast<long>(at), values.end());
  return values[at];
}

void summarise_spares(YieldResult& result, const std::vector<ModuleRecord>& records) {
  const std::size_t rows = records.front().good.size();
  const int steps = static_cast<int>(std::lround(limit_span_db / limit_step_db));
  for (int i = -steps; i <= steps; ++i)
    result.limits_db.push_back(result.margin_limit_db + limit_step_db * i);
  const double count = static_cast<double>(records.size());
  for (std::size_t s = 0; s < rows; ++s) {
    SpareRow row;
    row.spares = static_cast<int>(s);
    for (const ModuleRecord& record : records) row.good += record.good[s];
    row.yield = row.good / count;
    row.interval = module::wilson_interval(static_cast<std::uint64_t>(row.good), records.size());
    row.if_independent =
        module::yield_with_spares(result.lane_yield, result.lanes, result.lanes + static_cast<int>(s));
    row.of_switch = module::yield_of_all(row.yield, result.modules_per_switch);
    // Sorted margins from the weakest: as many are above a limit as stand behind its place.
    std::vector<float> margins;
    for (const ModuleRecord& record : records) margins.push_back(record.margin[s]);
    std::sort(margins.begin(), margins.end());
    for (const double limit : result.limits_db)
      row.by_limit.push_back(
          static_cast<double>(margins.end() -
                              std::lower_bound(margins.begin(), margins.end(), static_cast<float>(limit))) /
          count);
    result.by_spares.push_back(std::move(row));
  }
}

// Of the polynomial of a lane requirement.
double error_of(const YieldResult& result, const Requirement& requirement) {
  for (const SurfaceQuality& quality : result.surfaces)
    if (quality.measure == requirement.name) return quality.rms;
  return 0.0;
}

void summarise_trust(YieldResult& result, const std::vector<ModuleRecord>& records) {
  const auto spares = static_cast<std::size_t>(result.spares);
  int lower = 0, higher = 0;
  for (const ModuleRecord& record : records) {
    const double error = error_of(result, result.lane_requirements[record.requirement]);
    lower += record.good[spares] && record.slack - error >= 0.0;
    // What draws too many watts stays refused.
    const bool by_lanes = record.missed < result.lane_requirements.size();
    higher += record.good[spares] || (by_lanes && record.slack + error >= 0.0);
  }
  result.yield_if_lower = lower / static_cast<double>(records.size());
  result.yield_if_higher = higher / static_cast<double>(records.size());
}

// At most six bins between the margins of the worst and the best good module, in steps that people read.
void summarise_bins(YieldResult& result, const std::vector<ModuleRecord>& records) {
  const auto spares = static_cast<std::size_t>(result.spares);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const ModuleRecord& record : records)
    if (record.good[spares] && std::isfinite(record.margin[spares])) {
      low = std::fmin(low, record.margin[spares]);
      high = std::fmax(high, record.margin[spares]);
    }
  if (!(low <= high)) return;
  double step = 0.25;
  while (std::floor(high / step) - std::floor(low / step) >= most_bins) step *= 2.0;
  const double first = std::floor(low / step);
  for (double at = first; at <= std::floor(high / step); ++at)
    result.bins.push_back({at * step, (at + 1.0) * step, 0, 0.0});
  for (const ModuleRecord& record : records) {
    if (!record.good[spares] || !std::isfinite(record.margin[spares])) continue;
    Bin& bin = result.bins[static_cast<std::size_t>(std::floor(record.margin[spares] / step) - first)];
    ++bin.modules;
    bin.mean_w += record.with_laser_w;
  }
  for (Bin& bin : result.bins)
    if (bin.modules > 0) bin.mean_w /= bin.modules;
}

void summarise_margins(YieldResult& result, const std::vector<ModuleRecord>& records,
                       const std::vector<std::uint64_t>& lane_margins) {
  std::vector<std::uint64_t> counts(histogram_bins, 0);
  for (const ModuleRecord& record : records)
    ++counts[static_cast<std::size_t>(histogram_bin(record.margin[static_cast<std::size_t>(result.spares)]))];
  result.lane_margins = trimmed(lane_margins);
  result.module_margins = trimmed(counts);
}

void summarise_causes(YieldResult& result, const std::vector<ModuleRecord>& records) {
  const auto spares = static_cast<std::size_t>(result.spares);
  for (const Variation& variation : result.variations) result.causes.push_back({.path = variation.path});
  result.causes.push_back({});
  for (const std::vector<Requirement>* list : {&result.lane_requirements, &result.module_requirements})
    for (const Requirement& requirement : *list)
      result.missed.push_back({requirement.name, requirement.at_least});
  for (const ModuleRecord& record : records) {
    if (record.good[spares]) continue;
    Cause& cause = record.cause == no_variation ? result.causes.back() : result.causes[record.cause];
    ++cause.modules;
    cause.good_without += record.good_without;
    ++result.missed[record.missed].modules;
  }
  std::erase_if(result.causes, [](const Cause& cause) { return cause.modules == 0; });
  std::erase_if(result.missed, [](const RequirementCount& count) { return count.modules == 0; });
  std::stable_sort(result.causes.begin(), result.causes.end(),
                   [](const Cause& a, const Cause& b) { return a.modules > b.modules; });
  std::stable_sort(result.missed.begin(), result.missed.end(),
                   [](const auto& a, const auto& b) { return a.modules > b.modules; });
}

void summarise_watts(YieldResult& result, const std::vector<ModuleRecord>& records) {
  std::vector<float> module, with_laser;
  for (const ModuleRecord& record : records) {
    module.push_back(record.module_w);
    with_laser.push_back(record.with_laser_w);
    result.watts_mean.module += record.module_w / static_cast<double>(records.size());
    result.watts_mean.with_laser += record.with_laser_w / static_cast<double>(records.size());
  }
  result.watts_low = {quantile(module, 0.05), quantile(with_laser, 0.05)};
  result.watts_high = {quantile(module, 0.95), quantile(with_laser, 0.95)};
}

}  // namespace

int histogram_bin(double margin_db) {
  const double at = std::floor((margin_db - histogram_first_db) / histogram_width_db + 1e-6);
  return static_cast<int>(std::clamp(at, 0.0, histogram_bins - 1.0));
}

void summarise(YieldResult& result, const std::vector<ModuleRecord>& records,
               const std::vector<std::uint64_t>& lane_margins) {
  result.modules = static_cast<int>(records.size());
  if (records.empty()) return;
  std::uint64_t good = 0, lanes = 0;
  for (const ModuleRecord& record : records) {
    good += static_cast<std::uint64_t>(record.good_lanes);
    lanes += static_cast<std::uint64_t>(record.lanes);
  }
  result.lane_yield = static_cast<double>(good) / static_cast<double>(lanes);
  summarise_spares(result, records);
  summarise_margins(result, records, lane_margins);
  summarise_bins(result, records);
  summarise_trust(result, records);
  summarise_causes(result, records);
  summarise_watts(result, records);
}

}  // namespace waverack::study
