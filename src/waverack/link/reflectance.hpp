#pragma once
// What a transmitter and a receiver send back into the fibre.

#include <string>

#include "waverack/link/lane.hpp"

namespace waverack::link {

// Power that comes back at a test point of light over the power that goes there: on the modulator's side of
// it, the modulator included, or on the photodiode's. A reflector of reflectance R behind a one-way loss L
// gives R/L²; powers are added. What stands in front of the modulator is hidden behind its loss and left out.
// 0 where nothing reflects, and for a point that the chain does not have.
double reflectance_towards_modulator(const Lane&, const parts::Conditions&, const std::string& test_point);
double reflectance_towards_photodiode(const Lane&, const parts::Conditions&, const std::string& test_point);

}  // namespace waverack::link
