#pragma once
// Curves of a heat solve: coolant along its flow, temperatures over time.

#include <vector>

#include "waverack/link/result.hpp"
#include "waverack/thermal/transient.hpp"

namespace waverack::io {

// One for each cavity, "coolant.NAME": the coolant over its way from the inlet, as mean over the width and as
// hottest stream, at the middle of the cells.
std::vector<link::Curve> coolant_curves(const thermal::Stack&, const thermal::Field&);

// "transient.blocks": the hottest places of blocks over time, at most the eight that become hottest;
// "transient.points" and "transient.outlets" where there are points of interest and coolants.
std::vector<link::Curve> transient_curves(const thermal::Stack&, const thermal::TransientResult&);

}  // namespace waverack::io
