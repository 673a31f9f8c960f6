#include "waverack/base/physical_constants.hpp"
#include "waverack/io/laser_json.hpp"
#include "waverack/io/result_json.hpp"

namespace waverack::io {

void write_boundaries(JsonWriter& json, std::string_view name, const module::Boundaries& b, double factor) {
  json.object(name, [&] {
    json.member("module", b.module * factor);
    json.member("with_laser", b.with_laser * factor);
    json.member("with_host", b.with_host * factor);
    json.member("with_cooling", b.with_cooling * factor);
  });
}

void write_module(JsonWriter& json, const module::ModuleResult& module, const module::Module& design) {
  json.member("form", design.form);
  json.member("lanes", design.lanes);
  json.member("mac_rate_gbps", module.mac_rate * 1e-9);
  write_boundaries(json, "power_w", module.power_w, 1.0);
  write_boundaries(json, "energy_pj_per_bit", module.energy_per_bit, 1.0 / pico);
  json.list("power_items", module.items, [&](const module::PowerItem& item) {
    json.member("name", item.name);
    json.member("label", item.label);
    json.member("place", module::meter_name(item.meter));
    json.member("count", item.count);
    json.member("unit_w", item.unit_w);
    json.member("total_w", item.total_w);
    json.member("kind", kind_name(item.kind));
    json.member("source", item.source);
  });
  if (module.laser.present) json.object("laser", [&] { write_laser(json, module.laser); });
  write_room(json, module);
}

void write_cluster(JsonWriter& json, const cluster::ClusterResult& cluster) {
  const auto estimate = [&](std::string_view name, const cluster::Estimate& e) {
    json.object(name, [&] {
      json.member("value", e.value);
      json.member("low", e.low);
      json.member("high", e.high);
    });
  };
  estimate("gpus", cluster.gpus);
  estimate("modules", cluster.modules);
  estimate("switches", cluster.switches);
  estimate("network_w", cluster.network_w);
  estimate("it_w", cluster.it_w);
  estimate("pue", cluster.pue);
  estimate("tue", cluster.tue);
  if (cluster.rack_density) estimate("rack_density", *cluster.rack_density);
  json.member("tiers", cluster.tiers);
  json.member("links", cluster.links);
  json.member("optical_ends", cluster.optical_ends);
  json.object("modules_per_node", [&] {
    json.member("ratio", cluster.node.ratio);
    json.member("bare", cluster.node.bare);
    json.member("power_of_two", cluster.node.power_of_two);
    json.member("ratio_with_fill", cluster.node.ratio_with_fill);
    json.member("with_fill", cluster.node.with_fill);
  });
  json.list("comparison", cluster.comparison, [&](const cluster::Alternative& item) {
    json.member("name", item.name);
    json.member("nic_module", item.nic_module);
    json.member("modules", item.modules);
    json.member("optics_w", item.optics_w);
    json.member("switch_w", item.switch_w);
    json.member("network_w", item.network_w);
    json.member("it_w", item.it_w);
    json.member("pue", item.pue);
    json.member("tue", item.tue);
    json.member("facility_w", item.facility_w);
    json.member("liquid_share", item.liquid_share);
  });
  json.list("savings", cluster.savings, [&](const cluster::Saving& saving) {
    json.member("boundary", saving.boundary);
    json.member("value_w", saving.value_w);
    json.member("baseline_w", saving.baseline_w);
    json.member("saving", saving.saving);
  });
}

}  // namespace waverack::io
