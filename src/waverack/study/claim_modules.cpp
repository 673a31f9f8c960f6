// The cases of the claims on lanes, modules and cables.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/link/margin.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/module/density.hpp"
#include "waverack/parts/mode_overlap.hpp"
#include "waverack/study/claim_cases.hpp"
#include "waverack/study/technology.hpp"

namespace waverack::study {
namespace {

// The worst lane; at the low end with lasers at the end of their life, at the high end the best lane.
ClaimCase margin(std::string baseline, const Result& result) {
  double low = std::fmin(result.lane.margin_db, result.module.laser.end_of_life.margin_db);
  double high = result.lane.margin_db;
  if (result.package)
    for (const module::LaneState& lane : result.package->lanes) high = std::fmax(high, lane.margin_db);
  if (low == high) low = high = not_a_number;
  return reading(std::move(baseline), result.lane.margin_db, low, high);
}

ClaimCase watts(std::string baseline, double power, double scale = 1.0) {
  const Ranged range = with_spread(power);
  return reading(std::move(baseline), range.value * scale, range.low * scale, range.high * scale);
}

Findings lane_margin(const Claim&, const Evidence& evidence) {
  const Result& result = design_of(evidence, "cpo-3.2t");
  return {{margin("32 x 100 Gb/s, 500 m", result)},
          {{"rate of the engine, one direction", result.module.mac_rate * 1e-12, "Tb/s"}}};
}

Findings engine_energy(const Claim&, const Evidence& evidence) {
  const module::Boundaries& energy = design_of(evidence, "cpo-3.2t").module.energy_per_bit;
  return {{watts("with_laser", energy.with_laser, 1.0 / pico), watts("module", energy.module, 1.0 / pico),
           watts("with_host", energy.with_host, 1.0 / pico),
           watts("with_cooling", energy.with_cooling, 1.0 / pico)}};
}

// What the same change saves at the meters further out, in figures.
Findings saving_per_bit(const Claim& claim, const Evidence& evidence) {
  const Result& engine = design_of(evidence, "cpo-3.2t");
  const Ranged ours = with_spread(engine.module.energy_per_bit.with_laser);
  Findings found;
  for (std::string_view name : {"dsp-800g-dr8", "lpo-1.6t-osfp"})
    found.cases.push_back(saving(fmt::format("{} as solved", name), ours,
                                 with_spread(design_of(evidence, name).module.energy_per_bit.with_laser)));
  for (const Reference& reference : claim.baselines)
    found.cases.push_back(saving(std::string(reference.name), ours, reference.value));
  for (const auto& [boundary, words] :
       {std::pair{"module_with_host", "the same with the host's SerDes, against dsp-800g-dr8"},
        {"switch", "of a switch with its optics"},
        {"network", "of all switches and optics of a cluster"},
        {"facility", "of the whole cluster at the meter"}})
    for (const cluster::Saving& item : engine.cluster.savings)
      if (item.boundary == boundary) found.figures.push_back({words, 100.0 * item.saving, "%"});
  return found;
}

// Every definition of density. Pluggables of 800G and 1.6T have as many lanes.
Findings density_gain(const Claim&, const Evidence& evidence) {
  const std::vector<module::Density>& engine = design_of(evidence, "cpo-3.2t").module.densities;
  const std::vector<module::Density>& pluggable = design_of(evidence, "dr8-1.6t-dsp").module.densities;
  Findings found;
  for (const auto& [name, words] : {std::pair{"edge_pitch", "board edge"},
                                    {"edge", "own width"},
                                    {"edge_rows", "board edge, pluggables in two rows"},
                                    {"footprint", "area of the board"},
                                    {"volume", "volume"}}) {
    found.cases.push_back(
        reading(fmt::format("channels, {}", words),
                module::lane_density(engine, name) / module::lane_density(pluggable, name)));
    found.cases.push_back(
        reading(fmt::format("rate against 1.6T, {}", words),
                module::rate_density(engine, name) / module::rate_density(pluggable, name)));
  }
  return found;
}

Findings faster_lane_margin(const Claim&, const Evidence& evidence) {
  const Result& fast = design_of(evidence, "cpo-6.4t");
  return {
      {margin("32 x 200 Gb/s, 500 m, three blocks changed", fast),
       reading("the same lasers, every lane at the end of life", fast.module.laser.end_of_life.margin_db)}};
}

// Least margin of the lanes at the coolest and the hottest of their temperatures, less the greatest.
double spread_of_margins(const module::PackageResult& package) {
  double least = not_a_number, most = not_a_number;
  for (const module::LaneState& lane : package.lanes) {
    const double margin = std::isnan(lane.margin_db) ? link::least_margin_db : lane.margin_db;
    least = std::fmin(least, margin);
    most = std::fmax(most, margin);
  }
  return most - least;
}

// The rings of an engine with heaters that hold the power with which a ring at the mean temperature, warmed
// by its light too, is where the lock has it.
double spread_without_lock(const Result& result) {
  const module::PackageResult& package = *result.package;
  const module::Module& module = result.design.module;
  link::Lane lane = result.design.lane;
  parts::Conditions conditions = link::conditions_of(lane);
  for (parts::Instance& instance : lane.chain) {
    auto* ring = std::get_if<parts::MicroRing>(&instance.part);
    if (!ring) continue;
    if (const module::SiteHeat* site = module::site_of(package.heat, instance.name))
      conditions.temperature = module::extent_of(site->temperature).mean;
    const parts::CoupledMode mode = parts::coupled_mode(*ring, conditions);
    ring->detuning -= parts::heating(*ring, conditions) * mode.absorbed(0.0) / mode.half_width();
    ring->reference_temperature = conditions.temperature;
    ring->locked = false;
  }
  module::PackageResult free;
  free.lanes = module::solve_lanes(module, lane, package.heat, 1);
  return spread_of_margins(free);
}

Findings hard_parts(const Claim&, const Evidence& evidence) {
  const Result &modulators = design_of(evidence, "cpo-3.2t"), &rings = design_of(evidence, "cpo-3.2t-ring");
  if (!modulators.package || !rings.package) return {{reading("temperature of the lanes", not_a_number)}};
  parts::Joint joint{.mode_field_a = 4e-6, .mode_field_b = 4e-6, .offset = 1e-6};
  return {{reading("1 um off at one facet", -to_db(parts::mode_overlap(joint))),
           reading("rings whose heaters hold their power", spread_without_lock(rings)),
           reading("rings whose heaters are locked", spread_of_margins(*rings.package)),
           reading("Mach-Zehnder modulators", spread_of_margins(*modulators.package))}};
}

Findings without_isolator(const Claim&, const Evidence& evidence) {
  Findings found;
  const auto add = [&](std::string_view name, std::string_view modulator) {
    const Result& result = design_of(evidence, name);
    const link::Feedback& feedback = result.lane.feedback;
    found.cases.push_back(reading(fmt::format("reflections, {}", modulator),
                                  feedback.present ? -to_db(feedback.ratio()) : not_a_number));
    found.cases.push_back(margin(fmt::format("lane, {}", modulator), result));
  };
  add("dr8-1.6t-tfln-qd", "lithium niobate");
  add("dr8-1.6t-isolator-free-qd", "silicon");
  return found;
}

Findings combined_bandwidths(const Claim&, const Evidence& evidence) {
  const Result& result = design_of(evidence, "engine-3.2t-400g");
  const link::Bandwidths& found = result.lane.bandwidths;
  const auto gigahertz = [](double hertz) { return hertz * 1e-9; };
  return {{reading("driver and modulator, -3 dB of their product", gigahertz(found.transmitter_cascade)),
           reading("driver and modulator, sum of 1/f²", gigahertz(found.transmitter)),
           reading("all blocks, -3 dB of their product", gigahertz(found.cascade)),
           reading("all blocks, sum of 1/f²", gigahertz(found.combined))},
          {{"margin of the lane at 400 Gb/s", result.lane.margin_db, "dB"}}};
}

Findings linear_module_power(const Claim&, const Evidence& evidence) {
  const module::Boundaries& power = design_of(evidence, "lpo-1.6t-osfp").module.power_w;
  return {{watts("module", power.module)}, {{"the same with the host's SerDes", power.with_host, "W"}}};
}

// Every measure that the design's standards limit at a test point.
Findings test_points(const Claim&, const Evidence& evidence) {
  const Result& result = design_of(evidence, "lpo-1.6t-osfp");
  Findings found;
  for (std::string_view point : {"TP2", "TP4"}) {
    const std::string place = fmt::format("lane.test_points.{}.", point);
    int judged = 0, missed = 0;
    for (const Check& check : result.checks) {
      if (!check.name.starts_with(place)) continue;
      ++judged;
      missed += check.verdict == Verdict::fail;
      found.figures.push_back({fmt::format("{} {}, {} {:.5g}", point, check.name.substr(place.size()),
                                           check.at_least ? "≥" : "≤", check.limit),
                               check.value, check.unit});
    }
    found.cases.push_back(reading(fmt::format("measures beyond their limits at {}", point),
                                  judged > 0 ? missed : not_a_number));
  }
  return found;
}

// The value that a share of the counts lies below, evenly spread within each bin.
double quantile(const Histogram& histogram, double share) {
  double left = share * std::accumulate(histogram.counts.begin(), histogram.counts.end(), 0.0);
  double value = histogram.first;
  for (const int count : histogram.counts) {
    if (left <= count) return value + histogram.width * (count > 0 ? left / count : 0.0);
    left -= count;
    value += histogram.width;
  }
  return not_a_number;
}

Findings margin_lost(const Claim&, const Evidence& evidence) {
  const YieldResult &linear = yield_of(evidence, "lpo-1.6t-osfp"),
                    &retimed = yield_of(evidence, "dr8-1.6t-dsp");
  const auto lost = [](const YieldResult& made, double share) {
    return made.margin.nominal - quantile(made.module_margins, share);
  };
  const auto more = [&](double of_linear, double of_retimed) {
    return lost(linear, of_linear) - lost(retimed, of_retimed);
  };
  return {{reading("eight lanes of 200 Gb/s, silicon modulators", more(0.05, 0.05), more(0.08, 0.02),
                   more(0.02, 0.08))},
          {{"margin that spreads take, linear", lost(linear, 0.05), "dB"},
           {"margin that spreads take, with a DSP", lost(retimed, 0.05), "dB"},
           {"good modules, linear", 100.0 * linear.chosen().yield, "%"},
           {"good modules, with a DSP", 100.0 * retimed.chosen().yield, "%"}}};
}

Findings copper_margin(const Claim&, const Evidence& evidence) {
  return {{margin("8 x 200 Gb/s, 2.5 m of AWG 26", design_of(evidence, "aec-1.6t"))}};
}

Findings coherent_margin(const Claim&, const Evidence& evidence) {
  const Result &span = design_of(evidence, "zr-800g"), &line = design_of(evidence, "zr-plus-800g");
  return {{margin("800ZR over one amplified span of 80 km", span), margin("800ZR+ over five of them", line)},
          {{"watts of the 800ZR module, laser included", span.module.power_w.with_laser, "W"},
           {"watts of the 800ZR+ module, laser included", line.module.power_w.with_laser, "W"}}};
}

// One cable of two ends against two modules, without their fibre.
Findings copper_cost(const Claim&, const Evidence& evidence) {
  const auto power = [&](std::string_view name) {
    return with_spread(design_of(evidence, name).module.power_w.with_laser);
  };
  const auto price = [&](std::string_view item, double pieces) {
    const cluster::Price* row = evidence.prices.find(item);
    if (!row) return exactly(not_a_number);
    return Ranged{pieces * row->usd.value, pieces * row->usd.low, pieces * row->usd.high};
  };
  const Ranged cable_w = power("aec-1.6t"), cable_usd = price("aec-1.6t", 1.0);
  const auto ends = [](const Ranged& one) { return 2.0 * one.value; };
  return {{saving("price of a link, against modules with a DSP", cable_usd, price("dr8-1.6t-dsp", 2.0)),
           saving("price of a link, against linear modules", cable_usd, price("lpo-1.6t-osfp", 2.0)),
           saving("watts of a link, against modules with a DSP", cable_w, power("dr8-1.6t-dsp")),
           saving("watts of a link, against linear modules", cable_w, power("lpo-1.6t-osfp"))},
          {{"watts of a link, active copper", ends(cable_w), "W"},
           {"watts of a link, modules with a DSP", ends(power("dr8-1.6t-dsp")), "W"},
           {"watts of a link, linear modules", ends(power("lpo-1.6t-osfp")), "W"}}};
}

Findings retimed_module_power(const Claim&, const Evidence& evidence) {
  const Result &silicon = design_of(evidence, "dr8-1.6t-dsp"),
               &niobate = design_of(evidence, "dr8-1.6t-tfln-qd");
  return {{watts("silicon modulators", silicon.module.power_w.with_laser),
           watts("lithium niobate modulators, quantum-dot lasers", niobate.module.power_w.with_laser)},
          {{"margin of the lane, silicon", silicon.lane.margin_db, "dB"},
           {"margin of the lane, lithium niobate", niobate.lane.margin_db, "dB"}}};
}

Findings quantum_dot_power(const Claim&, const Evidence& evidence) {
  const module::ModuleResult &dots = design_of(evidence, "dr8-1.6t-tfln-qd").module,
                             &well = design_of(evidence, "dr8-1.6t-tfln").module;
  return {{saving("lasers of the module", with_spread(dots.laser.wall_plug_w),
                  with_spread(well.laser.wall_plug_w)),
           saving("module with its lasers", with_spread(dots.power_w.with_laser),
                  with_spread(well.power_w.with_laser))},
          {{"watts of the lasers, quantum dots without isolators", dots.laser.wall_plug_w, "W"},
           {"watts of the lasers, DFB with isolators", well.laser.wall_plug_w, "W"}}};
}

constexpr Computation computations_of_modules[] = {
    {"C1", lane_margin},           {"C2a", engine_energy},       {"C2b", saving_per_bit},
    {"C3", density_gain},          {"C4", faster_lane_margin},   {"C8", hard_parts},
    {"C11", without_isolator},     {"C12", combined_bandwidths}, {"C13", linear_module_power},
    {"C14", margin_lost},          {"C15", coherent_margin},     {"C16", copper_margin},
    {"C18", retimed_module_power}, {"C19", test_points},         {"C20", copper_cost},
    {"C21", quantum_dot_power}};

}  // namespace

std::span<const Computation> module_computations() { return computations_of_modules; }

ClaimCase saving(std::string baseline, const Ranged& ours, const Ranged& theirs) {
  const auto percent = [](double a, double b) { return 100.0 * (1.0 - a / b); };
  return reading(std::move(baseline), percent(ours.value, theirs.value), percent(ours.high, theirs.low),
                 percent(ours.low, theirs.high));
}

Ranged with_spread(double power) {
  const double spread = TechnologyOptions{}.power_spread;
  return {power, power * (1.0 - spread), power * (1.0 + spread)};
}

}  // namespace waverack::study
