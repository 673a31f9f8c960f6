#include "waverack/study/technology.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "waverack/base/decibel.hpp"
#include "waverack/cluster/circuit_lane.hpp"
#include "waverack/cluster/failures.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/reach.hpp"
#include "waverack/module/reliability.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/study/technology_ladder.hpp"
#include "waverack/study/technology_loss.hpp"

namespace waverack::study {
namespace {

using cluster::Form;
using cluster::Medium;
using cluster::Technology;

Ranged spread(double value, double ratio) { return {value, value * (1.0 - ratio), value * (1.0 + ratio)}; }

Form form_of(const Design& design, Medium medium, bool external_laser) {
  if (medium == Medium::copper) return Form::cable;
  const std::string& form = design.module.form;
  const bool engine =
      form.find("co-packaged") != std::string::npos || form.find("engine") != std::string::npos;
  return engine || external_laser ? Form::co_packaged : Form::pluggable;
}

// Hard failures of one end as fleets or makers state them (facts: cluster 7.1).
Ranged published_failures(const Technology& technology) {
  // Meta, 2xFR4 modules of 800 Gb/s: 0.55 million hours, 0.5 to 1 [claim].
  constexpr Ranged pluggable{1818 * cluster::fit, 1000 * cluster::fit, 2000 * cluster::fit};
  // MOSAIC: optics fail 100 times as often as copper; Credo states 100 million hours for a whole cable
  // [claims].
  constexpr Ranged copper{18 * cluster::fit, 5 * cluster::fit, 20 * cluster::fit};
  // Meta on co-packaged optics: 2.6 million hours for a port of 400 Gb/s [claim].
  if (technology.form == Form::co_packaged) {
    const double ports = technology.mac_rate / 400e9;
    return {385 * cluster::fit * ports, 385 * cluster::fit * ports / 2.0, 385 * cluster::fit * ports * 2.0};
  }
  return technology.medium == Medium::copper ? copper : pluggable;
}

void add_failures(const LoadedDesign& loaded, const Result& result, const TechnologyOptions& options,
                  Technology& technology) {
  const Design& design = loaded.design;
  std::map<std::string, double> temperatures;
  if (result.package) temperatures = module::mean_temperatures(design.lane, result.package->heat);
  const module::Reliability found =
      module::reliability(design.module, design.lane, loaded.provenance, temperatures, 0);
  const auto ranged = [&](double rate) {
    return Ranged{rate, rate / options.failure_factor, rate * options.failure_factor};
  };
  const Ranged published = published_failures(technology);
  technology.failures = published;
  if (found.rate > 0.0) {
    // Parts fail as their sheets say; fleets also know dirt, connectors and firmware.
    technology.failures = ranged(found.rate);
    technology.failures.low = std::min(technology.failures.low, published.low);
    technology.failures.high = std::max(technology.failures.high, published.high);
  }
  technology.laser_failures = ranged(found.replaceable_rate);
}

void add_watts(const Result& result, const TechnologyOptions& options, Technology& technology) {
  const module::Boundaries& watts = result.module.power_w;
  technology.module_power = spread(watts.module, options.power_spread);
  technology.laser_power = spread(watts.with_laser - watts.module, options.power_spread);
  technology.host_power = watts.with_host - watts.with_laser;
  const module::LaserResult& laser = result.module.laser;
  technology.lanes_of_laser = std::max(1, laser.lanes_per_laser);
  technology.wavelengths = std::max(1, laser.fibres.wavelengths);
  if (laser.laser_modules) technology.laser_modules = laser.laser_modules->share;
}

void add_room(const module::Outline& outline, Technology& technology) {
  technology.edge = outline.pitch > 0.0 ? outline.pitch : outline.width;
  technology.volume = outline.width * outline.length * outline.height;
}

}  // namespace

Technology solve_technology(const std::string& name, const LoadedDesign& loaded,
                            const TechnologyOptions& options, int threads) {
  const Design& design = loaded.design;
  const Medium medium = medium_of(name, design.lane);
  Options solving;
  solving.threads = threads;
  solving.penalties = solving.charts = solving.package_consequences = false;
  const Result result = solve(loaded, solving);

  Technology technology;
  technology.name = name;
  technology.title = design.title;
  technology.medium = medium;
  technology.form = form_of(design, medium, result.module.laser.external);
  technology.mac_rate = result.module.mac_rate;
  technology.lanes = design.module.lanes;
  technology.symbol_rate = design.lane.symbol_rate;
  technology.line_rate = design.lane.symbol_rate * link::bits_per_symbol(design.lane.modulation);
  if (medium == Medium::fibre) technology.wavelength = result.lane.wavelength;
  add_watts(result, options, technology);
  add_failures(loaded, result, options, technology);
  add_room(design.module.outline, technology);
  technology.host_loss_db = host_loss_db(design.lane);
  technology.equalised_loss_db = equalised_loss_db(design.lane);
  if (result.package) technology.temperature = result.package->cooling.hottest;

  const double medium_latency = latency_of_medium(design.lane);
  technology.latency = result.lane.latency_s - medium_latency;
  technology.delay_per_metre = medium_latency / link::reach(design.lane);
  technology.fec_latency = result.lane.fec.latency_s;

  link::Lane lane = result.package ? module::lane_at(design.lane, design.module, result.package->heat,
                                                     result.package->cooling.worst_lane)
                                   : design.lane;
  if (options.circuit_switch.value)
    lane = cluster::through_circuit_switches(std::move(lane), *options.circuit_switch.value,
                                             options.circuit_switches);
  technology.required_margin_db =
      to_db(medium == Medium::fibre ? options.optical_margin : options.copper_margin);
  technology.ladder = solve_ladder(lane, medium, technology.required_margin_db, threads);
  technology.reach =
      cluster::reach_of(technology.ladder, technology.required_margin_db, &technology.reach_is_bound);
  return technology;
}

}  // namespace waverack::study
