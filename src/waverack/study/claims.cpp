#include "waverack/study/claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>
#include <limits>

#include "waverack/base/decibel.hpp"
#include "waverack/cluster/facility.hpp"
#include "waverack/link/margin.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/module/density.hpp"
#include "waverack/parts/mode_overlap.hpp"

namespace waverack::study {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double pico = 1e-12;

struct Designs {
  std::span<const SolvedDesign> all;
  const SolvedDesign* find(std::string_view name) const {
    for (const SolvedDesign& design : all)
      if (design.name == name) return &design;
    return nullptr;
  }
};

// What a judged claim needs, and how its cases are computed; values in the claim's unit.
struct Computation {
  std::string_view id;
  std::vector<std::string_view> designs;
  std::vector<ClaimCase> (*cases)(const Claim&, const Designs&);
};

ClaimCase value(std::string baseline, double computed) { return {std::move(baseline), computed, false}; }

std::vector<ClaimCase> lane_margin(const Claim&, const Designs& designs) {
  return {value("32 x 100 Gb/s, 500 m", designs.find("cpo-3.2t")->result.lane.margin_db)};
}

std::vector<ClaimCase> engine_energy(const Claim&, const Designs& designs) {
  const module::Boundaries& energy = designs.find("cpo-3.2t")->result.module.energy_per_bit;
  return {value("with_laser", energy.with_laser / pico), value("module", energy.module / pico),
          value("with_host", energy.with_host / pico), value("with_cooling", energy.with_cooling / pico)};
}

std::vector<ClaimCase> saving_per_bit(const Claim& claim, const Designs& designs) {
  const double energy = designs.find("cpo-3.2t")->result.module.energy_per_bit.with_laser;
  std::vector<ClaimCase> cases;
  const auto add = [&](std::string name, double baseline) {
    cases.push_back(value(std::move(name), 100.0 * (1.0 - energy / baseline)));
  };
  for (std::string_view name : {"dsp-800g-dr8", "lpo-1.6t-osfp"})
    if (const SolvedDesign* design = designs.find(name))
      add(fmt::format("{} as solved", name), design->result.module.energy_per_bit.with_laser);
  for (const Reference& reference : claim.baselines) add(std::string(reference.name), reference.value);
  return cases;
}

// Every definition of density. Pluggables of 800G and 1.6T have as many lanes.
std::vector<ClaimCase> density_gain(const Claim&, const Designs& designs) {
  const std::vector<module::Density>& engine = designs.find("cpo-3.2t")->result.module.densities;
  const std::vector<module::Density>& pluggable = designs.find("dr8-1.6t-dsp")->result.module.densities;
  std::vector<ClaimCase> cases;
  for (const auto& [name, words] : {std::pair{"edge_pitch", "board edge"},
                                    {"edge", "own width"},
                                    {"edge_rows", "board edge, pluggables in two rows"},
                                    {"footprint", "area of the board"},
                                    {"volume", "volume"}}) {
    cases.push_back(value(fmt::format("channels, {}", words),
                          module::lane_density(engine, name) / module::lane_density(pluggable, name)));
    cases.push_back(value(fmt::format("rate against 1.6T, {}", words),
                          module::rate_density(engine, name) / module::rate_density(pluggable, name)));
  }
  return cases;
}

double pue(const cluster::Facility& facility, double liquid_share) {
  return cluster::solve_facility(facility, liquid_share).pue;
}

// The halls are those of the facility model's sensitivity study (facts: thermal 13), fixed before computing.
std::vector<ClaimCase> pue_fall(const Claim&, const Designs& designs) {
  cluster::Facility plain, cold_water, strong_fans;
  cold_water.chilled_water = 273.15 + 10.0;
  strong_fans.room_fan_pressure = 600.0;
  const cluster::ClusterResult& network = designs.find("cpo-3.2t")->result.cluster;
  const double optics_alone =
      network.comparison.size() > 1 ? network.comparison[1].pue - network.comparison[0].pue : not_a_number;
  return {value("whole hall from air to 90 % liquid", pue(plain, 0.0) - pue(plain, 0.9)),
          value("same, air side on 10 degC water", pue(cold_water, 0.0) - pue(cold_water, 0.9)),
          value("same, room fans at 600 Pa", pue(strong_fans, 0.0) - pue(strong_fans, 0.9)),
          value("whole hall from air to 50 % liquid", pue(plain, 0.0) - pue(plain, 0.5)),
          value("CPO in place of pluggables, hall unchanged", optics_alone)};
}

std::vector<ClaimCase> rack_density(const Claim&, const Designs& designs) {
  const cluster::ClusterResult& network = designs.find("cpo-3.2t")->result.cluster;
  if (!network.rack_density || network.comparison.size() < 2)
    return {value("rack limited by IT power", not_a_number)};
  const cluster::Alternative &here = network.comparison[0], &there = network.comparison[1];
  const auto gain = [](double ratio) { return 100.0 * (ratio - 1.0); };
  return {value("rack limited by IT power", gain(network.rack_density->value)),
          value("hall limited at the meter", gain(there.facility_w / here.facility_w)),
          value("hall limited at the meter, and moved from air to 90 % liquid",
                gain(there.it_w * pue({}, 0.0) / (here.it_w * pue({}, 0.9))))};
}

std::vector<ClaimCase> modules_of_a_node(const Claim&, const Designs&) {
  constexpr double node = 81.92e12, module = 800e9;
  const double bare = std::ceil(node / module);
  return {
      value("80 % fill, as of a 102.4 Tb/s switch", node / (0.8 * module)),
      value("rounded up to a power of two", static_cast<double>(std::bit_ceil(static_cast<unsigned>(bare)))),
      value("bare division", bare)};
}

std::vector<ClaimCase> accelerators(const Claim& claim, const Designs&) {
  return {value(std::string(claim.baselines[0].name), 2000.0 / claim.baselines[0].value)};
}

std::vector<ClaimCase> linear_module_power(const Claim&, const Designs& designs) {
  return {value("module", designs.find("lpo-1.6t-osfp")->result.module.power_w.module)};
}

std::vector<ClaimCase> faster_lane_margin(const Claim&, const Designs& designs) {
  const Result& fast = designs.find("cpo-6.4t")->result;
  return {value("32 x 200 Gb/s, 500 m, three blocks changed", fast.lane.margin_db),
          value("the same lasers, every lane at the end of life", fast.module.laser.end_of_life.margin_db)};
}

std::vector<ClaimCase> combined_bandwidths(const Claim&, const Designs& designs) {
  const link::Bandwidths& found = designs.find("engine-3.2t-400g")->result.lane.bandwidths;
  const auto gigahertz = [](double hertz) { return hertz * 1e-9; };
  return {value("driver and modulator, -3 dB of their product", gigahertz(found.transmitter_cascade)),
          value("driver and modulator, sum of 1/f²", gigahertz(found.transmitter)),
          value("all blocks, -3 dB of their product", gigahertz(found.cascade)),
          value("all blocks, sum of 1/f²", gigahertz(found.combined))};
}

std::vector<ClaimCase> without_isolator(const Claim&, const Designs& designs) {
  std::vector<ClaimCase> cases;
  const auto add = [&](std::string_view name, std::string_view modulator) {
    const link::LaneResult& lane = designs.find(name)->result.lane;
    cases.push_back(value(fmt::format("reflections, {}", modulator),
                          lane.feedback.present ? -to_db(lane.feedback.ratio()) : not_a_number));
    cases.push_back(value(fmt::format("lane, {}", modulator), lane.margin_db));
  };
  add("dr8-1.6t-tfln-qd", "lithium niobate");
  add("dr8-1.6t-isolator-free-qd", "silicon");
  return cases;
}

std::vector<ClaimCase> copper_margin(const Claim&, const Designs& designs) {
  return {value("8 x 200 Gb/s, 2.5 m of AWG 26", designs.find("aec-1.6t")->result.lane.margin_db)};
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

std::vector<ClaimCase> hard_parts(const Claim&, const Designs& designs) {
  const Result &modulators = designs.find("cpo-3.2t")->result, &rings = designs.find("cpo-3.2t-ring")->result;
  if (!modulators.package || !rings.package) return {value("temperature of the lanes", not_a_number)};
  parts::Joint joint{.mode_field_a = 4e-6, .mode_field_b = 4e-6, .offset = 1e-6};
  return {value("1 um off at one facet", -to_db(parts::mode_overlap(joint))),
          value("rings whose heaters hold their power", spread_without_lock(rings)),
          value("rings whose heaters are locked", spread_of_margins(*rings.package)),
          value("Mach-Zehnder modulators", spread_of_margins(*modulators.package))};
}

const std::vector<Computation>& computations() {
  static const std::vector<Computation> list{
      {"C1", {"cpo-3.2t"}, lane_margin},
      {"C2a", {"cpo-3.2t"}, engine_energy},
      {"C2b", {"cpo-3.2t", "dsp-800g-dr8"}, saving_per_bit},
      {"C3", {"cpo-3.2t", "dr8-1.6t-dsp"}, density_gain},
      {"C4", {"cpo-6.4t"}, faster_lane_margin},
      {"C5", {"cpo-3.2t", "dsp-800g-dr8"}, pue_fall},
      {"C6", {"cpo-3.2t", "dsp-800g-dr8"}, rack_density},
      {"C8", {"cpo-3.2t", "cpo-3.2t-ring"}, hard_parts},
      {"C9", {}, modules_of_a_node},
      {"C10", {}, accelerators},
      {"C11", {"dr8-1.6t-tfln-qd", "dr8-1.6t-isolator-free-qd"}, without_isolator},
      {"C12", {"engine-3.2t-400g"}, combined_bandwidths},
      {"C13", {"lpo-1.6t-osfp"}, linear_module_power},
      {"C16", {"aec-1.6t"}, copper_margin}};
  return list;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

// "holds for A, B; not for C (−4.2)".
std::string explain(const ClaimResult& result, std::string_view caution) {
  std::vector<std::string> holds, fails, sentences;
  for (const ClaimCase& item : result.cases)
    (item.inside ? holds : fails).push_back(fmt::format("{} ({:.3g})", item.baseline, item.computed));
  if (!holds.empty()) sentences.push_back("holds for " + join(holds, ", "));
  if (!fails.empty()) sentences.push_back("not for " + join(fails, ", "));
  if (!caution.empty()) sentences.emplace_back(caution);
  return join(sentences, "; ");
}

// Why the claim cannot be judged on these designs, or "".
std::string obstacle(const Claim& claim, const Computation& computation, const Designs& designs) {
  for (std::string_view name : computation.designs) {
    const SolvedDesign* design = designs.find(name);
    if (!design) return fmt::format("needs the solved design {}", name);
    const std::vector<std::string> fed = launch_fed(design->provenance, claim.inputs);
    if (!fed.empty())
      return fmt::format("not judged: {} of {} has the launch itself as its source", join(fed, ", "), name);
  }
  return "";
}

ClaimResult judge_one(const Claim& claim, const Designs& designs) {
  ClaimResult result;
  result.id = claim.id;
  result.claim = claim.claim;
  result.computed = not_a_number;
  result.low = claim.low;
  result.high = claim.high;
  result.unit = claim.unit;
  result.boundary = claim.boundary;
  result.command = claim.command;
  result.hinges_on = claim.reason;
  result.verdict =
      claim.standing == Standing::outside_scope ? ClaimVerdict::outside_scope : ClaimVerdict::pending;

  const auto& list = computations();
  const auto computation =
      std::find_if(list.begin(), list.end(), [&](const auto& c) { return c.id == claim.id; });
  if (computation == list.end()) return result;
  if (std::string why = obstacle(claim, *computation, designs); !why.empty()) {
    result.hinges_on = std::move(why);
    return result;
  }
  result.cases = computation->cases(claim, designs);
  for (ClaimCase& item : result.cases)
    item.inside = item.computed >= claim.low && item.computed <= claim.high;
  result.computed = result.cases.front().computed;
  if (claim.standing == Standing::judged) {
    result.verdict = verdict_of(result.cases);
    result.hinges_on = explain(result, claim.reason);
  }
  return result;
}

}  // namespace

std::string_view verdict_name(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::reproduced:
      return "reproduced";
    case ClaimVerdict::conditional:
      return "conditional";
    case ClaimVerdict::refuted:
      return "refuted";
    case ClaimVerdict::pending:
      return "pending";
    case ClaimVerdict::outside_scope:
      return "outside_scope";
  }
  return "?";
}

ClaimVerdict verdict_of(std::span<const ClaimCase> cases) {
  std::size_t inside = 0;
  for (const ClaimCase& item : cases) {
    if (std::isnan(item.computed)) return ClaimVerdict::pending;
    inside += item.inside;
  }
  if (cases.empty()) return ClaimVerdict::pending;
  if (inside == cases.size()) return ClaimVerdict::reproduced;
  return inside == 0 ? ClaimVerdict::refuted : ClaimVerdict::conditional;
}

const std::vector<std::string_view>& judged_designs() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> list;
    for (const Computation& computation : computations())
      for (std::string_view name : computation.designs)
        if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
    return list;
  }();
  return names;
}

bool is_launch(const Origin& origin) {
  if (origin.kind == Kind::claim && origin.source.empty()) return true;
  std::string source = origin.source;
  std::transform(source.begin(), source.end(), source.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  // "launch power" is a quantity of the optical standards.
  for (std::size_t at; (at = source.find("launch power")) != std::string::npos;) source.erase(at, 12);
  for (std::string_view name : {"launch", "hg genuine", "hgtech", "securities times"})
    if (source.find(name) != std::string::npos) return true;
  return false;
}

std::vector<std::string> launch_fed(const Provenance& provenance, std::span<const std::string_view> inputs) {
  std::vector<std::string> paths;
  for (const auto& [path, origin] : provenance) {
    const auto below = [&path = path](std::string_view prefix) { return path.starts_with(prefix); };
    if (std::any_of(inputs.begin(), inputs.end(), below) && is_launch(origin)) paths.push_back(path);
  }
  return paths;
}

std::vector<ClaimResult> judge(std::span<const SolvedDesign> designs) {
  std::vector<ClaimResult> results;
  for (const Claim& claim : claims_ledger()) results.push_back(judge_one(claim, {designs}));
  return results;
}

}  // namespace waverack::study
