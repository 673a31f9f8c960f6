#pragma once
// The laws along which technologies are compared. (theory: technology-choice, eq. 9 to 16)

#include <span>
#include <string_view>

#include "waverack/cluster/crossover.hpp"

namespace waverack::cluster {

struct CrossoverLaw {
  std::string_view id, challenger, incumbent, variable, unit, need_name, limit_name;
  bool above = true;            // the challenger holds above the crossing
  bool rising = true;           // need − limit rises with the variable
  double from = 0.0, to = 0.0;  // of the variable
  double (*need)(const CrossoverInputs&, double x) = nullptr;
  double (*limit)(const CrossoverInputs&, double x) = nullptr;
};

std::span<const CrossoverLaw> crossover_laws();

// What the laws are made of, with the inputs at their values.
double module_watts(const CrossoverInputs&, double rate);  // of a retimed module [W]
// A loss that is stated at 200 Gb/s a lane, at another rate.
double host_loss_db(const CrossoverInputs&, const Ranged& loss, double lane_rate);
double serdes_limit_db(const CrossoverInputs&);
// A reach that is stated at 100 Gb/s a lane, at another rate [m].
double copper_reach(const CrossoverInputs&, const Ranged& reach, double lane_rate);

}  // namespace waverack::cluster
