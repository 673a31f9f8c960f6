#pragma once
// Sentences on a heat solve, for the terminal and the report.

#include <string>

#include "waverack/io/thermal_run.hpp"

namespace waverack::io {

// The title of the stack, or its name.
std::string thermal_title(const ThermalAnswer&);
// What is hottest, and how heat leaves.
std::string thermal_summary(const ThermalAnswer&);
// "0.13 K"
std::string kelvin_text(double kelvin);
// Inlet, outlet, and what moving it costs.
std::string coolant_text(const thermal::CoolantState&);

}  // namespace waverack::io
