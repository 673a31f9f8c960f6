#include "waverack/study/line_tuning.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>

#include "waverack/base/decibel.hpp"
#include "waverack/base/units.hpp"
#include "waverack/study/tecq_goal.hpp"
#include "waverack/study/tunables.hpp"

namespace waverack::study {
namespace {

struct LinearTransmitter {
  const parts::Instance *host = nullptr, *driver = nullptr;
};

LinearTransmitter linear_transmitter(const link::Lane& lane) {
  LinearTransmitter found;
  for (const parts::Instance& instance : lane.chain) {
    if (parts::as<parts::HostTransmitter>(instance)) found.host = &instance;
    if (parts::as<parts::Retimer>(instance)) return {};
    if (parts::as<parts::LinearDriver>(instance)) {
      found.driver = &instance;
      return found.host ? found : LinearTransmitter{};
    }
  }
  return {};
}

std::string set(const std::string& path, double si, std::string_view unit) {
  return path + '=' + format_quantity(si, unit, 4);
}

// How this unit differs from the design.
std::vector<std::string> draw_unit(const link::Lane& lane, const module::TuningSettings& spread,
                                   const Stream& stream) {
  std::vector<std::string> settings;
  std::uint64_t drawn = 0;
  const auto normal = [&] {
    double value = 0.0;
    fill_normal(stream, std::span(&value, 1), drawn++);
    return value;
  };
  for (const parts::Instance& instance : lane.chain) {
    const std::string path = "lane.chain." + instance.name;
    if (const auto* driver = parts::as<parts::LinearDriver>(instance)) {
      settings.push_back(
          set(path + ".gain", driver->gain * std::pow(10.0, spread.gain_spread * normal() / 10.0), "dB"));
      if (!driver->response_file)
        settings.push_back(
            set(path + ".bandwidth", driver->bandwidth * (1.0 + spread.bandwidth_spread * normal()), "GHz"));
    } else if (const auto* silicon = parts::as<parts::MachZehnder>(instance)) {
      if (silicon->arm_voltage.empty())
        settings.push_back(
            set(path + ".v_pi_l", silicon->v_pi_l * (1.0 + spread.half_wave_spread * normal()), "V cm"));
    } else if (const auto* niobate = parts::as<parts::LithiumNiobate>(instance)) {
      settings.push_back(
          set(path + ".v_pi_l", niobate->v_pi_l * (1.0 + spread.half_wave_spread * normal()), "V cm"));
    }
  }
  return settings;
}

}  // namespace

bool has_linear_transmitter(const link::Lane& lane) { return linear_transmitter(lane).driver != nullptr; }

LineTuning tune_on_line(const LoadedDesign& loaded, const Reload& reload,
                        const module::TuningSettings& settings, const Stream& stream) {
  LineTuning result;
  Stream of_noise = stream;
  of_noise.block = 1;
  result.unit = draw_unit(loaded.design.lane, settings, stream);
  // A shorter pattern costs nothing in truth (operating_point.cpp).
  if (loaded.design.lane.pattern == link::Pattern::ssprq) result.unit.emplace_back("lane.pattern=PRBS13Q");
  std::vector<TunedPath> tune = loaded.design.tune;
  if (tune.empty())
    if (const auto [host, driver] = linear_transmitter(loaded.design.lane); driver) {
      tune = {{"lane.chain." + host->name + ".taps", {}, {}},
              {"lane.chain." + driver->name + ".gain", {}, {}}};
      if (!parts::as<parts::LinearDriver>(*driver)->response_file)
        tune.push_back({"lane.chain." + driver->name + ".peaking", {}, {}});
    }
  for (const TunedPath& entry : tune) result.paths.push_back(entry.path);

  const Reload of_unit = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all = result.unit;
    all.insert(all.end(), more.begin(), more.end());
    LoadedDesign unit = reload(all);
    unit.design.tune = tune;
    return unit;
  };
  const LoadedDesign unit = of_unit({});
  const std::vector<Tunable> tunables = make_tunables(unit);
  std::vector<Variable> variables;
  for (const Tunable& tunable : tunables)
    variables.insert(variables.end(), tunable.variables.begin(), tunable.variables.end());

  const bool for_tecq = unit.design.tune_for == TuneGoal::tecq;
  const std::string point = for_tecq ? tecq_point(unit) : std::string();
  const auto figure_of = [&](const std::vector<std::string>& more) {
    const link::Lane lane = of_unit(more).design.lane;
    if (for_tecq) return -to_db(tecq_at(lane, point));
    const double q = -minus_q(error_ratio(lane));
    return q > 0.0 ? 20.0 * std::log10(q) : -std::numeric_limits<double>::infinity();
  };
  // The same place is often asked for twice: measured, and believed to be best.
  std::map<std::vector<std::string>, double> known;
  const auto figure = [&](std::span<const double> at) {
    const std::optional<std::vector<std::string>> there = settings_at(tunables, at);
    if (!there) return -std::numeric_limits<double>::infinity();
    const auto [place, is_new] = known.try_emplace(*there, 0.0);
    if (is_new) place->second = figure_of(*there);
    return place->second;
  };
  std::uint64_t drawn = 0;
  const NoisySearch search = search_noisy(
      settings.search,
      [&](std::span<const double> at) {
        double noise = 0.0;
        fill_normal(of_noise, std::span(&noise, 1), drawn++);
        const double seen = figure(at) + settings.measurement_noise * noise;
        result.measured.push_back(seen);
        return -seen;
      },
      variables, settings.measurements);
  for (const std::vector<double>& at : search.believed) result.believed.push_back(figure(at));
  std::vector<double> end = search.at;
  for (std::size_t i = 0; i < end.size(); ++i) end[i] = rounded(end[i], variables[i]);
  result.settings = settings_at(tunables, end).value_or(std::vector<std::string>{});
  result.measurements = search.count;
  result.seconds = search.count * settings.measurement_time;

  result.best = find_operating_point(unit, of_unit);
  result.figure_before = figure_of({});
  result.figure_after = figure_of(result.settings);
  // The exact search ends in a local minimum; the line may be luckier.
  result.figure_best = std::max(figure_of(result.best.settings), result.figure_after);
  result.ber_before = error_ratio(unit.design.lane);
  result.ber_after = error_ratio(of_unit(result.settings).design.lane);
  result.ber_best = error_ratio(of_unit(result.best.settings).design.lane);
  return result;
}

}  // namespace waverack::study
