#include "waverack/io/light_lines.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/module/density.hpp"

namespace waverack::io {
namespace {

std::string counted(double count, std::string_view one) {
  return fmt::format("{} {}{}", count_text(count), one, count == 1.0 ? "" : "s");
}

std::string percent(double ratio) { return number_text(100.0 * ratio) + " %"; }

// "3.3 dB to spare" or "missing".
std::string spare_text(double margin_db) {
  return decibel_text(std::abs(margin_db)) + (margin_db >= 0.0 ? " to spare" : " missing");
}

std::string_view failing_thing(std::string_view what) {
  if (what == "laser") return "a laser";
  if (what == "laser_fibre") return "a laser fibre";
  if (what == "laser_module") return "a laser module";
  if (what == "fibre") return "a signal fibre";
  if (what == "module") return "a module";
  return what;
}

std::string_view definition(std::string_view name) {
  if (name == "edge") return "per mm of its own width";
  if (name == "edge_pitch") return "per mm of board edge";
  if (name == "edge_rows") return "per mm of board edge, all rows";
  if (name == "footprint") return "per mm² of board";
  if (name == "face") return "per mm² of its front";
  if (name == "volume") return "per mm³";
  return name;
}

std::string ladder_table(const module::LaserResult& laser, const Style& style) {
  TextTable table("lrrr");
  table.head({"from the laser to the photodiode", "loss", "after it", "end of life"});
  for (const module::LaserStep& step : laser.ladder)
    table.row({step.name, decibel_text(step.loss_db), decibel_text(step.power_dbm_after, "dBm"),
               step.end_of_life_loss_db > 0.0 ? "+ " + decibel_text(step.end_of_life_loss_db) : ""});
  return heading("Light of one lane", style) + table.text(style, 2);
}

std::string end_of_life_table(const module::LaserResult& laser, const Style& style) {
  const module::EndOfLife& end = laser.end_of_life;
  TextTable table("lr");
  for (const module::Allowance& item : end.allowances) table.row({item.name, decibel_text(item.loss_db)});
  table.row({"all together", decibel_text(end.total_db)});
  table.row({"power that a new laser needs", decibel_text(end.power_needed_dbm, "dBm")});
  if (!end.elsfp_class.empty()) table.row({"ELSFP class", class_text(end.elsfp_class)});
  return heading("For every lane to hold at the end of life", style) + table.text(style, 2);
}

std::string supply_table(const module::LaserResult& laser, const Style& style) {
  TextTable table("lr");
  table.row({"one laser", watts_text(laser.watts)});
  if (laser.watts.efficiency_laser > laser.watts.efficiency)
    table.row({"efficiency of the laser itself", percent(laser.watts.efficiency_laser)});
  table.row({"efficiency at the plug", percent(laser.watts.efficiency)});
  if (const auto& modules = laser.laser_modules) {
    table.row({"laser modules for this one", number_text(modules->share)});
    table.row({"a whole laser module", quantity_text(modules->power_w, "W")});
    if (modules->stated_power_w > 0.0)
      table.row({"stated by its maker", quantity_text(modules->stated_power_w, "W")});
  }
  if (const auto& of_switch = laser.of_switch) {
    table.row({fmt::format("switch of {}", quantity_text(of_switch->rate, "b/s")),
               counted(of_switch->modules, "module")});
    if (of_switch->laser_modules > 0)
      table.row({"laser modules of the switch", count_text(of_switch->laser_modules)});
    table.row({"their watts", quantity_text(of_switch->laser_w, "W")});
    table.row({"fibres of the switch", counted(of_switch->laser_fibres + of_switch->signal_fibres, "fibre")});
  }
  if (std::isfinite(laser.fibres.edge)) table.row({"edge taken by fibres", percent(laser.fibres.edge)});
  return heading("Where the light comes from", style) + table.text(style, 2);
}

std::string failure_table(const module::LaserResult& laser, const Style& style) {
  TextTable table("lrrrr");
  table.head({"what fails", "lanes", "dark", "rate", "modules"});
  for (const module::BlastRadius& item : laser.blast_radius)
    table.row({std::string(failing_thing(item.what)), count_text(item.lanes), count_text(item.dark),
               quantity_text(item.rate, "b/s"), count_text(item.modules)});
  const module::Redundancy& group = laser.redundancy;
  std::string text = fmt::format("{} of {} lasers must work; they do not in {} of such groups", group.needed,
                                 group.lasers, percent(group.light_fails));
  if (laser.of_switch) text += fmt::format(" and {} of switches", percent(laser.of_switch->light_fails));
  text += " after the service time.";
  return heading("What a failure takes down", style) + table.text(style, 2) + "  " +
         wrap(text, style.width - 2, 2) + '\n';
}

}  // namespace

std::string class_text(const std::string& elsfp_class) {
  return elsfp_class == "none" ? "beyond the ELSFP classes" : elsfp_class;
}

std::string watts_text(const module::LaserWatts& watts) {
  std::string text = quantity_text(watts.laser, "W");
  if (watts.cooler > 0.0) text += fmt::format(" + {} cooler", quantity_text(watts.cooler, "W"));
  if (watts.control > 0.0) text += fmt::format(" + {} control", quantity_text(watts.control, "W"));
  return text;
}

std::string laser_line(const module::LaserResult& laser, const Style& style) {
  std::string text = fmt::format("{} of {}, {} each, draw {} ({})", counted(laser.lasers, "laser"),
                                 decibel_text(laser.power_dbm, "dBm"), counted(laser.lanes_per_laser, "lane"),
                                 quantity_text(laser.wall_plug_w, "W"), percent(laser.watts.efficiency));
  if (laser.drive)
    text += fmt::format("; {} and {} each, junction at {:.0f} °C, {} at most",
                        quantity_text(laser.drive->current, "A"), quantity_text(laser.drive->voltage, "V"),
                        to_celsius(laser.drive->junction_temperature),
                        decibel_text(laser.largest_power_dbm, "dBm"));
  if (std::isfinite(laser.power_needed_dbm)) {
    const module::EndOfLife& end = laser.end_of_life;
    text += fmt::format("; every lane for life: {} ({})", decibel_text(end.power_needed_dbm, "dBm"),
                        spare_text(end.margin_db));
    if (!end.elsfp_class.empty())
      text += end.elsfp_class == "none" ? ", beyond ELSFP" : ", ELSFP " + end.elsfp_class;
  }
  const std::string start = laser.external ? "External laser  " : "Laser  ";
  const int indent = display_width(start);
  return toned(style, Tone::strong, start) + wrap(text + ".", style.width - indent, indent) + '\n';
}

std::string room_line(const module::ModuleResult& module, const Style& style) {
  if (module.densities.empty()) return "";
  const double edge = module::density_scale("edge");
  std::string text =
      fmt::format("{} Gb/s per mm of board edge",
                  number_text(module::rate_density(module.densities, "edge_pitch") * edge * 1e-9));
  if (module.laser.present)
    text += fmt::format("; {} fibres", module.laser.fibres.laser + module.laser.fibres.signal);
  if (std::isfinite(module.heat_flux))
    text += fmt::format("; {} W/cm²", number_text(module.heat_flux * 1e-4));
  const std::string start = "Room  ";
  return toned(style, Tone::strong, start) + wrap(text + ".", style.width - 6, 6) + '\n';
}

std::string light_tables(const module::LaserResult& laser, const Style& style) {
  return ladder_table(laser, style) + '\n' + end_of_life_table(laser, style) + '\n' +
         supply_table(laser, style) + '\n' + failure_table(laser, style);
}

std::string room_table(const module::ModuleResult& module, const Style& style) {
  TextTable table("lrr");
  table.head({"density of one direction", "lanes", "Gb/s"});
  for (const module::Density& item : module.densities) {
    const double scale = module::density_scale(item.name);
    table.row({std::string(definition(item.name)), number_text(item.lanes * scale),
               number_text(item.rate * scale * 1e-9)});
  }
  return heading("Room", style) + table.text(style, 2);
}

}  // namespace waverack::io
