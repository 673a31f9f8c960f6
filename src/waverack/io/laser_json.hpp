#pragma once
// The light of a module, and the room it takes, as members of the result.

#include "waverack/io/json_writer.hpp"
#include "waverack/module/module.hpp"

namespace waverack::io {

// The members of `module.laser`.
void write_laser(JsonWriter& json, const module::LaserResult& laser);

// `densities` and `heat_flux_w_per_cm2`; nothing without an outline.
void write_room(JsonWriter& json, const module::ModuleResult& module);

}  // namespace waverack::io
