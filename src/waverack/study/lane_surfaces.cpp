#include "waverack/study/lane_surfaces.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <mutex>

#include "waverack/base/decibel.hpp"
#include "waverack/base/parallel.hpp"

namespace waverack::study {
namespace {

constexpr int places_for_each = 10, places_beside = 24, held_out_count = 50;
// Places reach further than lanes, so that what fails in the tails is described from within.
constexpr double reach = 1.6;
// Margins are known to 0.005 dB.
constexpr double tolerance_db = 0.002;

}  // namespace

LaneSurfaces fit_lane(const LoadedDesign& loaded, const std::vector<Variation>& variations,
                      const LaneMeasures& measures, const YieldOptions& options) {
  LaneSurfaces result;
  const std::size_t width = variations.size();
  const int fitted = places_beside + places_for_each * static_cast<int>(width);
  // Fitted to designed places; checked with lanes that are drawn as one from each of so many modules.
  std::vector<double> places =
      surface_places(fitted, static_cast<int>(width), reach, static_cast<std::uint64_t>(options.seed));
  const ModuleDraws draws(variations, loaded.design.module.production.lane_pitch, loaded.design.module.lanes,
                          lanes_of_laser(loaded.design.lane), held_out_count, Sampling::random,
                          ~static_cast<std::uint64_t>(options.seed));
  std::vector<double> module(static_cast<std::size_t>(loaded.design.module.lanes) * width);
  for (std::uint32_t i = 0; i < held_out_count; ++i) {
    draws.draw(i, module);
    const std::size_t lane = i % static_cast<std::size_t>(loaded.design.module.lanes);
    for (std::size_t v = 0; v < width; ++v)
      places.push_back(module[lane * width + v] / variations[v].deviation);
  }

  const int count = fitted + held_out_count;
  std::vector<std::vector<double>> values(static_cast<std::size_t>(count));
  std::atomic<int> done = 0;
  std::mutex mutex;
  parallel_for(count, options.threads, [&](int i) {
    if (options.stop.stop_requested()) return;
    std::vector<double> deviations(width);
    for (std::size_t v = 0; v < width; ++v)
      deviations[v] = places[static_cast<std::size_t>(i) * width + v] * variations[v].deviation;
    values[static_cast<std::size_t>(i)] = measures.solve(deviations);
    const int now = ++done;
    const std::lock_guard lock(mutex);
    if (options.on_progress) options.on_progress("lanes solved in full", now, count);
  });
  if (options.stop.stop_requested()) return result;

  result.finished = true;
  result.solved = count;
  for (const std::vector<double>& row : values)
    if (std::isnan(row[measures.margin()])) ++result.lost;
  for (std::size_t m = 0; m < measures.list().size(); ++m) {
    const Measure& measure = measures.list()[m];
    result.surfaces.emplace_back();
    if (!measure.varies) continue;
    std::vector<double> of_measure;
    int finite = 0;
    for (const std::vector<double>& row : values) {
      of_measure.push_back(row[m]);
      if (of_measure.size() <= static_cast<std::size_t>(fitted) && std::isfinite(row[m])) ++finite;
    }
    if (finite < 3)
      throw Error(fmt::format(
          "{} could be solved at {} of {} places about the design: it has no margin left to speak of",
          measure.name, finite, fitted));
    const auto first = static_cast<std::size_t>(fitted);
    result.surfaces.back() = fit_surface(std::span(places).first(first * width), static_cast<int>(width),
                                         reach, std::span(of_measure).first(first), tolerance_db);
    SurfaceQuality quality{.measure = measure.name, .unit = measure.unit, .places = finite};
    quality.terms = static_cast<int>(result.surfaces.back().terms().size());
    quality.leave_one_out_rms = result.surfaces.back().leave_one_out_rms;
    double sum = 0.0;
    for (std::size_t i = first; i < of_measure.size(); ++i) {
      if (!std::isfinite(of_measure[i])) continue;
      const double miss =
          std::abs(result.surfaces.back()(std::span(places).subspan(i * width, width)) - of_measure[i]);
      ++quality.held_out;
      sum += miss * miss;
      quality.largest = std::fmax(quality.largest, miss);
    }
    quality.rms = quality.held_out > 0 ? std::sqrt(sum / quality.held_out) : quality.leave_one_out_rms;
    result.quality.push_back(std::move(quality));
  }
  return result;
}

}  // namespace waverack::study
