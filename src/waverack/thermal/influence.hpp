#pragma once
// Temperatures as a linear function of the powers: conductivities, coolants and flows stay as they are.

#include <span>
#include <string>
#include <vector>

#include "waverack/thermal/steady.hpp"

namespace waverack::thermal {

// T = base + K·P. Targets are the means of all blocks in the order of the stack, then its points.
struct Influence {
  std::vector<std::string> blocks;      // sources of heat
  std::vector<std::string> targets;     // blocks, then points
  std::vector<double> kelvin_per_watt;  // K, shape (targets, blocks), blocks fastest
  std::vector<double> base;             // without power [K], one for each target
  std::vector<double> powers;           // at which conductivities and coolants were frozen [W]
  double error = 0.0;                   // largest |T − full solve| over the targets at `error_powers` [K]
  std::vector<double> error_powers;     // at which that was found [W]
};

// Of all targets [K]. Cost: one multiplication for each pair of a target and a block.
std::vector<double> temperatures(const Influence&, std::span<const double> powers);

// Rise of the mean of each of `blocks` (indices) for a watt in each of them [K/W], shape (warmed, heated),
// heated fastest; conductivities and coolants as the problem has them. To a thousandth or so. Cost: a set-up
// and one linear solve for each block.
std::vector<double> rise_per_watt(const HeatProblem&, std::span<const std::size_t> blocks,
                                  double tolerance = 1e-5);

// Solves at `powers`, then once for each block. The error is that of 1.2 times these powers against a full
// solve, so it shows what frozen conductivities cost; without any that depend on temperature it is that of
// the linear solver. `tolerance` is that of the solves for blocks. Cost: for 1e4 cells about 10 ms for each
// block.
Influence influence(SteadySolver&, std::span<const double> powers, double tolerance = 1e-8);

}  // namespace waverack::thermal
