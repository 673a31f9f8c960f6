#pragma once
// A heat solve as text, JSON and files (docs/formats/stack.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/io/series.hpp"
#include "waverack/io/terminal.hpp"
#include "waverack/io/thermal_run.hpp"

namespace waverack::io {

// One screen.
std::string thermal_text(const ThermalAnswer&, const Style&);

// The format "waverack-thermal", version 1.
std::string thermal_json(const ThermalAnswer&);

// Coolants along their flow, and temperatures over time.
std::vector<link::Curve> thermal_curves(const ThermalAnswer&);
// Every layer as comma-separated values: x and y of the middle of each cell, and its temperature.
std::vector<SeriesFile> map_files(const ThermalAnswer&);
// Every cell as a voxel with its temperature and its layer, in the legacy text format of VTK.
std::string vtk_text(const ThermalAnswer&);

// Writes thermal.json, report.html, temperatures.vtk and series/*.csv; returns the names written.
std::vector<std::string> write_thermal(const ThermalAnswer&, const std::filesystem::path& folder);

}  // namespace waverack::io
