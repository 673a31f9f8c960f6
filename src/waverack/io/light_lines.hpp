#pragma once
// The light of a module, and the room it takes, for terminals.

#include <string>

#include "waverack/io/terminal.hpp"
#include "waverack/module/module.hpp"

namespace waverack::io {

// The paragraph "External laser …" of the summary: lasers, watts, power needed, fibres, failures.
std::string laser_line(const module::LaserResult& laser, const Style& style);

// "Room  1.40 lanes and 140 Gb/s per mm of edge …"; "" without an outline.
std::string room_line(const module::ModuleResult& module, const Style& style);

// What --why adds: the ladder, the end of life, the watts of a laser, what fails, fibres; and densities under
// every definition.
std::string light_tables(const module::LaserResult& laser, const Style& style);
std::string room_table(const module::ModuleResult& module, const Style& style);

// "VHP", "none of the ELSFP classes"; "" for lasers inside the module.
std::string class_text(const std::string& elsfp_class);
// "0.50 W + 0.31 W cooler + 0.35 W control".
std::string watts_text(const module::LaserWatts& watts);

}  // namespace waverack::io
