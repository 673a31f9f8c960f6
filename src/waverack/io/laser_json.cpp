#include "waverack/io/laser_json.hpp"

#include "waverack/base/physical_constants.hpp"
#include "waverack/module/density.hpp"

namespace waverack::io {
namespace {

void write_watts(JsonWriter& json, const module::LaserWatts& watts) {
  json.object("watts_of_one", [&] {
    json.member("laser_w", watts.laser);
    json.member("cooler_w", watts.cooler);
    json.member("control_w", watts.control);
    json.member("efficiency_laser", watts.efficiency_laser);
    json.member("efficiency", watts.efficiency);
  });
}

void write_end_of_life(JsonWriter& json, const module::EndOfLife& end) {
  json.object("end_of_life", [&] {
    json.list("allowances", end.allowances, [&](const module::Allowance& item) {
      json.member("name", item.name);
      json.member("loss_db", item.loss_db);
    });
    json.member("total_db", end.total_db);
    json.member("power_needed_dbm", end.power_needed_dbm);
    json.member("margin_db", end.margin_db);
    json.member("elsfp_class", end.elsfp_class);
  });
}

void write_laser_modules(JsonWriter& json, const module::LaserModules& modules) {
  json.object("laser_modules", [&] {
    json.member("fibres", modules.fibres);
    json.member("wavelengths", modules.wavelengths);
    json.member("spares", modules.spares);
    json.member("lanes", modules.lanes);
    json.member("share", modules.share);
    json.member("power_w", modules.power_w);
    if (modules.stated_power_w > 0.0) json.member("stated_power_w", modules.stated_power_w);
  });
}

void write_failures(JsonWriter& json, const module::LaserResult& laser) {
  json.list("blast_radius", laser.blast_radius, [&](const module::BlastRadius& item) {
    json.member("what", item.what);
    json.member("lanes", item.lanes);
    json.member("dark", item.dark);
    json.member("gbps", item.rate * 1e-9);
    json.member("modules", item.modules);
  });
  json.object("redundancy", [&] {
    json.member("lasers", laser.redundancy.lasers);
    json.member("needed", laser.redundancy.needed);
    json.member("laser_fails", laser.redundancy.laser_fails);
    json.member("light_fails", laser.redundancy.light_fails);
    json.member("failures", laser.redundancy.failures);
  });
}

void write_fibres(JsonWriter& json, const module::FibreCount& fibres) {
  json.object("fibres", [&] {
    json.member("laser", fibres.laser);
    json.member("signal", fibres.signal);
    json.member("wavelengths", fibres.wavelengths);
    json.member("edge", fibres.edge);
  });
}

void write_switch(JsonWriter& json, const module::SwitchSupply& supply) {
  json.object("of_switch", [&] {
    json.member("tbps", supply.rate * 1e-12);
    json.member("modules", supply.modules);
    json.member("lasers", supply.lasers);
    json.member("laser_modules", supply.laser_modules);
    json.member("laser_fibres", supply.laser_fibres);
    json.member("signal_fibres", supply.signal_fibres);
    json.member("laser_w", supply.laser_w);
    json.member("light_fails", supply.light_fails);
  });
}

}  // namespace

void write_laser(JsonWriter& json, const module::LaserResult& laser) {
  json.member("external", laser.external);
  json.member("lasers", laser.lasers);
  json.member("lanes_per_laser", laser.lanes_per_laser);
  json.member("power_dbm", laser.power_dbm);
  json.member("power_needed_dbm", laser.power_needed_dbm);
  json.member("margin_db", laser.margin_db);
  json.member("wall_plug_w", laser.wall_plug_w);
  json.member("elsfp_class", laser.elsfp_class);
  write_watts(json, laser.watts);
  if (const auto& drive = laser.drive) {
    json.member("largest_power_dbm", laser.largest_power_dbm);
    json.object("drive", [&] {
      json.member("current_a", drive->current);
      json.member("voltage_v", drive->voltage);
      json.member("threshold_a", drive->threshold);
      json.member("junction_c", to_celsius(drive->junction_temperature));
      json.member("efficiency", drive->efficiency);
    });
  }
  json.list("ladder", laser.ladder, [&](const module::LaserStep& step) {
    json.member("name", step.name);
    json.member("loss_db", step.loss_db);
    json.member("power_dbm_after", step.power_dbm_after);
    json.member("end_of_life_loss_db", step.end_of_life_loss_db);
  });
  write_end_of_life(json, laser.end_of_life);
  if (laser.laser_modules) write_laser_modules(json, *laser.laser_modules);
  write_failures(json, laser);
  write_fibres(json, laser.fibres);
  if (laser.of_switch) write_switch(json, *laser.of_switch);
}

void write_room(JsonWriter& json, const module::ModuleResult& module) {
  if (module.densities.empty()) return;
  json.list("densities", module.densities, [&](const module::Density& item) {
    const double scale = module::density_scale(item.name);
    json.member("name", item.name);
    json.member("per", module::density_unit(item.name));
    json.member("lanes", item.lanes * scale);
    json.member("gbps", item.rate * scale * 1e-9);
  });
  json.member("heat_flux_w_per_cm2", module.heat_flux * 1e-4);
}

}  // namespace waverack::io
