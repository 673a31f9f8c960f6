// The cases of the claims on halls, racks, nodes and on who takes over from whom.

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "waverack/base/physical_constants.hpp"
#include "waverack/cluster/bands.hpp"
#include "waverack/cluster/facility.hpp"
#include "waverack/cluster/hall.hpp"
#include "waverack/cluster/racks.hpp"
#include "waverack/study/claim_cases.hpp"

namespace waverack::study {
namespace {

using cluster::ScenarioCase;

constexpr double liquid = 0.9;  // of the heat, where a hall is moved to liquid
constexpr int samples = 512;

std::size_t scenario_index(const SolvedCluster& solved, std::string_view name) {
  for (std::size_t s = 0; s < solved.cases.size(); ++s)
    if (solved.cases[s].frame.name == name) return s;
  throw std::logic_error("no such scenario");
}

// Of a scenario against the first one: 1 − value over that of the first.
const cluster::Band& saved(const SolvedCluster& solved, std::size_t scenario, std::string_view output) {
  const auto names = cluster::output_names();
  const auto at = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.key == output; });
  return solved.bands.savings.at(scenario).at(static_cast<std::size_t>(at - names.begin()));
}

// The same with the boxes cooled as those of the first scenario: what optics save at the meter by themselves.
const cluster::Band& saved_cooled_alike(const SolvedCluster& solved, std::size_t scenario) {
  const auto names = cluster::boundaries();
  const auto at = std::ranges::find(names, "facility_cooled_alike");
  return solved.bands.boundaries.at(scenario).at(static_cast<std::size_t>(at - names.begin()));
}

// A gain in per cent where less is more: of what is saved.
ClaimCase gain_of(std::string name, double ratio, const cluster::Band& saving) {
  const auto percent = [](double share) { return 100.0 * (1.0 / (1.0 - share) - 1.0); };
  return reading(std::move(name), 100.0 * (ratio - 1.0), percent(saving.low), percent(saving.high));
}

std::vector<cluster::BillLine> with_liquid(std::vector<cluster::BillLine> bill, double share) {
  for (cluster::BillLine& line : bill) line.liquid_share = share;
  return bill;
}

cluster::HallResult hall_with(const cluster::Hall& hall, const cluster::HallYear& year, double liquid_share) {
  cluster::BillLine nodes;
  nodes.kind = cluster::ItemKind::node;
  nodes.quantity = 1000;
  nodes.power = exactly(1e3);
  nodes.liquid_share = liquid_share;
  return cluster::solve_hall(hall, year, {nodes});
}

// A hall of the facts' sensitivity study, its fans with the ranges of the usual hall where they are its fans.
cluster::Hall ranged_hall(const cluster::Facility& facility) {
  cluster::Hall hall = cluster::hall_of(facility);
  const cluster::Hall usual;
  const auto range = [](Ranged& number, const Ranged& as) {
    if (number.value == as.value) number = as;
  };
  range(hall.room_fan_pressure, usual.room_fan_pressure);
  range(hall.server_fans_air, usual.server_fans_air);
  range(hall.server_fans_liquid, usual.server_fans_liquid);
  range(hall.miscellaneous, usual.miscellaneous);
  return hall;
}

ClaimCase fall_from_air(std::string name, const cluster::Facility& facility, double liquid_share) {
  const cluster::Hall hall = ranged_hall(facility);
  const cluster::HallYear year = cluster::hall_year(hall, "hall");
  std::vector<cluster::UncertainInput> inputs;
  cluster::Hall listed = hall;
  cluster::add_inputs(inputs, listed, "hall");
  const cluster::BandModel model = [&](std::span<const double> drawn, std::span<double> out) {
    cluster::Hall moved = hall;
    cluster::set_inputs(moved, drawn);
    out[0] = hall_with(moved, year, 0.0).pue - hall_with(moved, year, liquid_share).pue;
  };
  const cluster::Band band = cluster::bands(inputs, 1, model, {.samples = samples, .threads = 1}).front();
  return reading(std::move(name), band.value, band.low, band.high);
}

// The least liquid share from which PUE falls by `fall`; NaN where all of it does not suffice.
double least_liquid_share(const cluster::Facility& facility, double fall) {
  const cluster::Hall hall = cluster::hall_of(facility);
  const cluster::HallYear year = cluster::hall_year(hall, "hall");
  const double air = hall_with(hall, year, 0.0).pue;
  double low = 0.0, high = 1.0;
  if (air - hall_with(hall, year, high).pue < fall) return not_a_number;
  while (high - low > 1e-4) {
    const double middle = 0.5 * (low + high);
    (air - hall_with(hall, year, middle).pue < fall ? low : high) = middle;
  }
  return high;
}

// The halls are those of the facility model's sensitivity study (facts: thermal 13), fixed before computing.
Findings pue_fall(const Claim& claim, const Evidence& evidence) {
  cluster::Facility plain, cold_water, strong_fans;
  cold_water.chilled_water = zero_celsius + 10.0;
  strong_fans.room_fan_pressure = 600.0;
  const SolvedCluster& solved = cluster_of(evidence, "cluster-100k");
  const std::size_t cpo = scenario_index(solved, "CPO");
  const cluster::HallResult &before = solved.cases[0].result.hall, &after = solved.cases[cpo].result.hall;
  const cluster::Band& change = saved(solved, cpo, "pue");
  const cluster::Hall hall = cluster::hall_of(strong_fans);
  const cluster::HallYear year = cluster::hall_year(hall, "hall");
  const cluster::HallResult air = hall_with(hall, year, 0.0), wet = hall_with(hall, year, liquid);
  const auto share = [&](const cluster::Facility& facility) {
    return 100.0 * least_liquid_share(facility, 0.5 * (claim.low + claim.high));  // as stated: 1.25 to 1.12
  };
  return {{fall_from_air("whole hall from air to 90 % liquid", plain, liquid),
           fall_from_air("same, air side on 10 degC water", cold_water, liquid),
           fall_from_air("same, room fans at 600 Pa", strong_fans, liquid),
           fall_from_air("whole hall from air to 50 % liquid", plain, 0.5),
           reading("CPO in place of pluggables, its switches on liquid", before.pue - after.pue,
                   before.pue * change.low, before.pue * change.high)},
          {{"PUE in air, room fans at 600 Pa", air.pue, ""},
           {"PUE with 90 % liquid, room fans at 600 Pa", wet.pue, ""},
           {"TUE in air, room fans at 600 Pa", air.tue, ""},
           {"TUE with 90 % liquid, room fans at 600 Pa", wet.tue, ""},
           {"fall of the watts at the meter, room fans at 600 Pa",
            100.0 * (1.0 - wet.facility_w / air.facility_w), "%"},
           {"least liquid share for a fall of 0.13", share(plain), "%"},
           {"the same, air side on 10 degC water", share(cold_water), "%"},
           {"the same, room fans at 600 Pa", share(strong_fans), "%"},
           {"fall of the watts at the meter by CPO, its switches on liquid",
            100.0 * (1.0 - after.facility_w / before.facility_w), "%"},
           {"of it by CPO alone, its switches cooled as before",
            100.0 * saved_cooled_alike(solved, cpo).value, "%"}}};
}

// The racks of the scenario with its bill cooled in another way.
cluster::RackResult racks_with(const ScenarioCase& scenario, const SolvedCluster& solved,
                               const std::vector<cluster::BillLine>& bill) {
  const cluster::Installation& installation = scenario.installation;
  return cluster::fill_racks(installation.racks,
                             cluster::rack_boxes(bill, solved.technologies, installation.hall,
                                                 *installation.node.value, installation.networks));
}

Findings rack_density(const Claim&, const Evidence& evidence) {
  const SolvedCluster& solved = cluster_of(evidence, "cluster-100k");
  const std::size_t index = scenario_index(solved, "CPO");
  const ScenarioCase &dsp = solved.cases[0], &cpo = solved.cases[index];
  const cluster::RackResult &there = dsp.result.racks, &here = cpo.result.racks;
  const auto percent = [](double ratio) { return 100.0 * (ratio - 1.0); };
  const cluster::DensityRatio ratio = cluster::density_over(here, there);
  const cluster::Band& whole = saved(solved, index, "rack_density");
  const cluster::Band& alike = saved_cooled_alike(solved, index);
  const auto meter = [](const ScenarioCase& scenario, double share) {
    return cluster::solve_hall(scenario.installation.hall, scenario.frame.year,
                               with_liquid(scenario.result.bill, share))
        .facility_w;
  };
  const cluster::RackResult air = racks_with(dsp, solved, with_liquid(dsp.result.bill, 0.0)),
                            as_before = racks_with(cpo, solved,
                                                   cluster::cooled_alike(cpo.result.bill, dsp.result.bill));
  const double optics = cluster::optics_power(dsp.result.bill), it = dsp.result.hall.it_w;
  const double optics_saved = 1.0 - cluster::optics_power(cpo.result.bill) / optics;
  return {
      {reading("compute rack limited by its power", percent(ratio.power)),
       reading("whole nodes in a compute rack", percent(ratio.whole), -100.0 * whole.high,
               -100.0 * whole.low),
       gain_of("racks of switches counted too, CPO's moved to liquid",
               here.gpus_per_rack_of_all / there.gpus_per_rack_of_all, saved(solved, index, "racks")),
       reading("racks of switches counted too, cooled as before",
               percent(as_before.gpus_per_rack_of_all / there.gpus_per_rack_of_all)),
       gain_of("hall limited at the meter, CPO's switches moved to liquid",
               dsp.result.hall.facility_w / cpo.result.hall.facility_w, saved(solved, index, "facility_w")),
       gain_of("hall limited at the meter, cooled as before", 1.0 / (1.0 - alike.value), alike),
       reading("hall limited at the meter, and moved from air to 90 % liquid",
               percent(meter(dsp, 0.0) / meter(cpo, liquid))),
       reading("the same rack moved from air to liquid, optics unchanged",
               percent(cluster::density_over(there, air).room))},
      {{"share of the optics in the IT power", 100.0 * optics / it, "%"},
       {"share that 40 % would need", 100.0 * (1.0 - 1.0 / 1.4) / optics_saved, "%"},
       {"what limits the compute rack in liquid", 0.0, "", std::string(enum_name(there.limit))},
       {"what limits the compute rack in air", 0.0, "", std::string(enum_name(air.limit))},
       {"watts of the compute rack", there.rack_power_w, "W"}}};
}

Findings modules_of_a_node(const Claim&, const Evidence&) {
  constexpr double node = 81.92e12, module = 800e9;
  const double bare = std::ceil(node / module);
  return {{reading("80 % fill, as of a 102.4 Tb/s switch", node / (0.8 * module)),
           reading("rounded up to a power of two",
                   static_cast<double>(std::bit_ceil(static_cast<unsigned>(bare)))),
           reading("bare division", bare)},
          {{"engines of 3.2 Tb/s at 80 % fill", node / (0.8 * 4.0 * module), ""}}};
}

Findings accelerators(const Claim& claim, const Evidence&) {
  const Reference& one = claim.baselines[0];
  const double count = 2000.0 / one.value.value;
  constexpr double engine_ports = 4.0;  // of 800 Gb/s
  return {{reading(std::string(one.name), count)},
          {{"the same if 2000 P was meant", std::round(1000.0 * count), ""},
           {"engines of 3.2 Tb/s, with one port of 800 Gb/s each", count / engine_ports, ""},
           {"the same if 2000 P was meant, engines", 1000.0 * count / engine_ports, ""}}};
}

// With the published watts of modules, with those of the solved designs, and with each limit alone.
Findings last_pluggable(const Claim&, const Evidence& evidence) {
  const cluster::CrossoverInputs published;
  cluster::CrossoverInputs cooled, equalised;
  cooled.cage_power = exactly(1e3);
  equalised.serdes_reach = exactly(1e12);
  constexpr double tera = 1e-12;
  const auto last = [](std::string name, const cluster::RateVerdict& rate) {
    return reading(std::move(name), rate.last_served * tera, rate.last_served_low * tera,
                   rate.last_served_high * tera);
  };
  const cluster::RateVerdict rate = cluster::judge_rate(published), no_loss = cluster::judge_rate(equalised),
                             in_liquid = cluster::judge_rate(cooled);
  const cluster::RateVerdict& solved = cluster_of(evidence, "cluster-100k").rate;
  // Rates of the series double, so readings that end well apart may come out alike: the figures tell.
  return {
      {last("published watts", rate), last("watts as solved", solved),
       last("published watts, loss of the host no limit", no_loss),
       last("cages in liquid, loss of the host the limit", in_liquid)},
      {{"not rounded down to the series: published watts", rate.crossing.value * tera, "Tb/s"},
       {"not rounded down to the series: watts as solved", solved.crossing.value * tera, "Tb/s"},
       {"not rounded down to the series: cage's 35 W alone", no_loss.crossing.value * tera, "Tb/s"},
       {"not rounded down to the series: loss of the host alone", in_liquid.crossing.value * tera, "Tb/s"},
       {"what decides, published watts", 0.0, "", rate.decided_by}}};
}

constexpr Computation computations_of_clusters[] = {{"C5", pue_fall},
                                                    {"C6", rack_density},
                                                    {"C9", modules_of_a_node},
                                                    {"C10", accelerators},
                                                    {"C17", last_pluggable}};

}  // namespace

std::span<const Computation> cluster_computations() { return computations_of_clusters; }

}  // namespace waverack::study
