#pragma once
// Numbers of a lane that are looked for: the entries of a design's `tune` as variables of a search, and
// settings that lay values of these variables over the design.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waverack/base/minimise.hpp"
#include "waverack/design/design.hpp"

namespace waverack::study {

// A search ends when its steps are this fraction of the first ones.
inline constexpr double step_tolerance = 0.03;

// One entry of `tune`: a number, or the taps of a transmitter.
struct Tunable {
  std::string path;
  const Field* field = nullptr;
  std::vector<Variable> variables;  // in the unit of the field
  std::vector<double> taps;         // empty for a number
  std::size_t cursor = 0;
};

// The entries of the design's `tune`, beginning at what the design states. Throws Error as require_tunable.
std::vector<Tunable> make_tunables(const LoadedDesign&);

// PATH=VALUE for the variables of all tunables in a row; nothing where there are no such values (too much of
// a transmitter's sum of magnitudes beside the cursor).
std::optional<std::vector<std::string>> settings_at(const std::vector<Tunable>&, std::span<const double> at);

// To the power of ten below the smallest step that is searched.
double rounded(double value, const Variable&);

// BER before FEC of a lane, by one thread, without margins, penalties and charts.
double error_ratio(const link::Lane&);

// −Q of an error ratio: smooth where it spans many decades, and as monotonic.
double minus_q(double error_ratio);

}  // namespace waverack::study
