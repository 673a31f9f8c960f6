#include "waverack/design/quantities.hpp"

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/design/solve.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/module/density.hpp"

namespace waverack {
namespace {

class Collector {
 public:
  void add(std::string name, double value, std::string unit = "") {
    list_.push_back({std::move(name), value, std::move(unit)});
  }
  std::vector<Quantity> take() { return std::move(list_); }

 private:
  std::vector<Quantity> list_;
};

void add_coherent(Collector& out, const link::CoherentResult& coherent) {
  const link::CoherentClosure& closure = coherent.closure;
  out.add("lane.coherent.launch_power_dbm", closure.launch_power_dbm, "dBm");
  out.add("lane.coherent.best_launch_power_dbm", closure.best_launch_power_dbm, "dBm");
  out.add("lane.coherent.received_power_dbm", closure.received_power_dbm, "dBm");
  out.add("lane.coherent.osnr_db", closure.osnr_db, "dB");
  out.add("lane.coherent.gsnr_db", closure.gsnr_db, "dB");
  out.add("lane.coherent.snr_nonlinear_db", closure.snr_nonlinear_db, "dB");
  out.add("lane.coherent.snr_transceiver_db", closure.snr_transceiver_db, "dB");
  out.add("lane.coherent.snr_db", closure.snr_db, "dB");
  out.add("lane.coherent.ngmi", closure.ngmi);
  out.add("lane.coherent.net_rate_gbps", coherent.net_rate * 1e-9, "Gb/s");
  if (!coherent.simulation) return;
  // A receiver that did not find the frame has measured nothing.
  const link::CoherentSimulation& simulation = *coherent.simulation;
  const auto measured = [&](double value) { return simulation.aligned ? value : std::nan(""); };
  out.add("lane.coherent.simulation.aligned",
          simulation.interrupted && !simulation.aligned ? std::nan("") : simulation.aligned);
  out.add("lane.coherent.simulation.snr_db", measured(simulation.snr_db), "dB");
  out.add("lane.coherent.simulation.ber_pre_fec", measured(simulation.ber_pre_fec));
  out.add("lane.coherent.simulation.ngmi", measured(simulation.ngmi));
  out.add("lane.coherent.simulation.decoded_errors",
          simulation.decoded_bits > 0 ? static_cast<double>(simulation.decoded_errors) : std::nan(""));
}

void add_lane(Collector& out, const link::LaneResult& lane) {
  out.add("lane.ber_pre_fec", lane.ber_pre_fec);
  out.add("lane.margin_db", lane.margin_db, "dB");
  out.add("lane.snr_margin_db", lane.snr_margin_db, "dB");
  out.add("lane.floor_ber", lane.floor_ber);
  out.add("lane.latency_s", lane.latency_s, "s");
  out.add("lane.reach_m", lane.reach_m, "m");
  out.add("lane.bandwidth.combined_ghz", lane.bandwidths.combined * 1e-9, "GHz");
  out.add("lane.bandwidth.transmitter_ghz", lane.bandwidths.transmitter * 1e-9, "GHz");
  out.add("lane.bandwidth.cascade_ghz", lane.bandwidths.cascade * 1e-9, "GHz");
  out.add("lane.bandwidth.transmitter_cascade_ghz", lane.bandwidths.transmitter_cascade * 1e-9, "GHz");
  out.add("lane.fec.codeword_error_ratio", lane.fec.codeword_error_ratio);
  out.add("lane.fec.frame_loss_ratio", lane.fec.frame_loss_ratio);
  out.add("lane.fec.frame_loss_ratio_1518", lane.fec.frame_loss_ratio_1518);
  out.add("lane.fec.post_fec_ber", lane.fec.post_fec_ber);
  out.add("lane.fec.ber_limit", lane.fec.ber_limit);
  out.add("lane.fec.margin_db", lane.fec.margin_db, "dB");
  out.add("lane.fec.margin_orders", lane.fec.margin_orders);
  out.add("lane.fec.latency_s", lane.fec.latency_s, "s");
  if (lane.feedback.present) {
    out.add("lane.feedback.level_db", to_db(lane.feedback.level), "dB");
    out.add("lane.feedback.critical_level_db", to_db(lane.feedback.critical_level), "dB");
    out.add("lane.feedback.margin_db", to_db(1.0 / lane.feedback.ratio()), "dB");
  }
  if (lane.coherent) add_coherent(out, *lane.coherent);
  for (const link::TestPointResult& point : lane.test_points) {
    const std::string path = "lane.test_points." + point.name + ".";
    const bool light = point.domain == parts::Domain::field || point.domain == parts::Domain::light;
    out.add(path + "rlm", point.r_lm);
    if (light) {
      out.add(path + "oma_outer_dbm", to_dbm(point.oma_outer), "dBm");
      out.add(path + "extinction_ratio_db", to_db(point.extinction_ratio), "dB");
      out.add(path + "average_power_dbm", to_dbm(point.average_power), "dBm");
      if (point.reference) {
        out.add(path + "tecq_db", to_db(point.reference->tdecq), "dB");
        out.add(path + "ceq_db", to_db(point.reference->ceq), "dB");
        out.add(path + "overshoot", point.reference->overshoot);
        out.add(path + "undershoot", point.reference->undershoot);
        out.add(path + "power_excursion_dbm", to_dbm(point.reference->power_excursion), "dBm");
      }
      if (point.behind_fibre) out.add(path + "tdecq_db", to_db(point.behind_fibre->tdecq), "dB");
    } else {
      out.add(path + "outer_swing", point.oma_outer, std::string(parts::domain_unit(point.domain)));
      if (point.electrical && point.electrical->eecq) {
        out.add(path + "eecq_db", 2.0 * to_db(point.electrical->eecq->tdecq), "dB");
        out.add(path + "vma_v", point.electrical->eecq->oma_outer, "V");
        out.add(path + "reference_rlm", point.electrical->eecq->r_lm);
      }
      if (point.electrical && point.electrical->eye) {
        out.add(path + "vec_db", point.electrical->eye->vec_db, "dB");
        out.add(path + "veo_v", point.electrical->eye->veo, "V");
      }
    }
    out.add(path + "transition_time_ps", point.transition_time * 1e12, "ps");
  }
}

void add_boundaries(Collector& out, const std::string& path, const module::Boundaries& b, double factor,
                    const std::string& unit) {
  out.add(path + ".module", b.module * factor, unit);
  out.add(path + ".with_laser", b.with_laser * factor, unit);
  out.add(path + ".with_host", b.with_host * factor, unit);
  out.add(path + ".with_cooling", b.with_cooling * factor, unit);
}

void add_laser(Collector& out, const module::LaserResult& laser) {
  out.add("module.laser.power_dbm", laser.power_dbm, "dBm");
  out.add("module.laser.power_needed_dbm", laser.power_needed_dbm, "dBm");
  out.add("module.laser.margin_db", laser.margin_db, "dB");
  out.add("module.laser.wall_plug_w", laser.wall_plug_w, "W");
  out.add("module.laser.watts_of_one.efficiency", laser.watts.efficiency);
  out.add("module.laser.watts_of_one.efficiency_laser", laser.watts.efficiency_laser);
  out.add("module.laser.end_of_life.total_db", laser.end_of_life.total_db, "dB");
  out.add("module.laser.end_of_life.power_needed_dbm", laser.end_of_life.power_needed_dbm, "dBm");
  out.add("module.laser.end_of_life.margin_db", laser.end_of_life.margin_db, "dB");
  if (laser.laser_modules) {
    out.add("module.laser.laser_modules.share", laser.laser_modules->share);
    out.add("module.laser.laser_modules.power_w", laser.laser_modules->power_w, "W");
  }
  out.add("module.laser.redundancy.light_fails", laser.redundancy.light_fails);
  out.add("module.laser.fibres.laser", laser.fibres.laser);
  out.add("module.laser.fibres.signal", laser.fibres.signal);
  if (laser.of_switch) {
    out.add("module.laser.of_switch.laser_modules", laser.of_switch->laser_modules);
    out.add("module.laser.of_switch.laser_w", laser.of_switch->laser_w, "W");
  }
  if (!laser.drive) return;
  out.add("module.laser.largest_power_dbm", laser.largest_power_dbm, "dBm");
  out.add("module.laser.drive.current_a", laser.drive->current, "A");
  out.add("module.laser.drive.voltage_v", laser.drive->voltage, "V");
  out.add("module.laser.drive.threshold_a", laser.drive->threshold, "A");
  out.add("module.laser.drive.junction_c", to_celsius(laser.drive->junction_temperature), "degC");
  out.add("module.laser.drive.efficiency", laser.drive->efficiency);
}

void add_module(Collector& out, const module::ModuleResult& module) {
  out.add("module.mac_rate_gbps", module.mac_rate * 1e-9, "Gb/s");
  add_boundaries(out, "module.power_w", module.power_w, 1.0, "W");
  add_boundaries(out, "module.energy_pj_per_bit", module.energy_per_bit, 1e12, "pJ/bit");
  if (module.laser.present) add_laser(out, module.laser);
  for (const module::Density& item : module.densities) {
    const double scale = module::density_scale(item.name);
    const std::string path = "module.densities." + item.name,
                      per = "/" + std::string(module::density_unit(item.name));
    out.add(path + ".lanes", item.lanes * scale, "1" + per);
    out.add(path + ".gbps", item.rate * scale * 1e-9, "Gb/s" + per);
  }
  if (!module.densities.empty()) out.add("module.heat_flux_w_per_cm2", module.heat_flux * 1e-4, "W/cm²");
}

void add_package(Collector& out, const module::PackageResult& package) {
  for (const module::SiteHeat& site : package.heat.sites) {
    const module::Extent extent = module::extent_of(site.temperature);
    out.add("module.temperatures_c." + site.block + ".min", to_celsius(extent.least), "degC");
    out.add("module.temperatures_c." + site.block + ".mean", to_celsius(extent.mean), "degC");
    out.add("module.temperatures_c." + site.block + ".max", to_celsius(extent.most), "degC");
    out.add("module.temperatures_c." + site.block + ".spread", extent.most - extent.least, "K");
  }
}

void add_cluster(Collector& out, const cluster::ClusterResult& cluster) {
  out.add("cluster.gpus", cluster.gpus.value);
  out.add("cluster.modules", cluster.modules.value);
  out.add("cluster.switches", cluster.switches.value);
  out.add("cluster.network_w", cluster.network_w.value, "W");
  out.add("cluster.it_w", cluster.it_w.value, "W");
  out.add("cluster.pue", cluster.pue.value);
  out.add("cluster.tue", cluster.tue.value);
  if (cluster.rack_density) out.add("cluster.rack_density", cluster.rack_density->value);
}

}  // namespace

std::vector<Quantity> quantities(const Result& result) {
  Collector out;
  add_lane(out, result.lane);
  add_module(out, result.module);
  if (result.package) add_package(out, *result.package);
  add_cluster(out, result.cluster);
  return out.take();
}

std::vector<Quantity> quantities_of(const LoadedDesign& loaded) {
  Result outline;
  const cluster::Baseline itself = baseline_of(loaded);  // some quantities exist beside a baseline only
  outline.module = itself.module;
  outline.cluster = cluster::solve(loaded.design.cluster, loaded.design.title, outline.module, &itself);
  if (link::is_coherent(loaded.design.lane)) {
    outline.lane.coherent.emplace().simulation.emplace();
    return quantities(outline);
  }
  const link::Plan plan = link::make_plan(loaded.design.lane);
  outline.lane.feedback = plan.feedback;
  for (const link::Segment& segment : plan.segments)
    for (const link::Element& element : segment.elements) {
      if (element.kind != link::Element::Kind::test_point) continue;
      outline.lane.test_points.emplace_back();
      outline.lane.test_points.back().name = element.name;
      outline.lane.test_points.back().domain = element.domain;
      if (loaded.design.lane.pmd.value) {
        outline.lane.test_points.back().reference.emplace();
        outline.lane.test_points.back().behind_fibre.emplace();
      }
      if (loaded.design.lane.electrical.value && link::electrical_output(loaded.design.lane, element.name))
        outline.lane.test_points.back().electrical.emplace();
    }
  return quantities(outline);
}

}  // namespace waverack
