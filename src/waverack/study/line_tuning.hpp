#pragma once
// Driver and host equaliser of a lane without a retimer, tuned as a production line does it: few noisy
// measurements on one unit, held against the operating point that an exact search finds for the same unit.
// (theory: calibration, section 6)

#include "waverack/base/random.hpp"
#include "waverack/study/noisy_search.hpp"
#include "waverack/study/operating_point.hpp"

namespace waverack::study {

struct LineTuning {
  std::vector<std::string> paths;     // of what is tuned
  std::vector<std::string> unit;      // PATH=VALUE by which this unit differs from the design
  std::vector<std::string> settings;  // PATH=VALUE that the line ends with
  // What is made large: 20·log10 of the Q of the error ratio, or minus TECQ, without noise [dB].
  double figure_before = 0.0, figure_after = 0.0, figure_best = 0.0;
  double ber_before = 0.0, ber_after = 0.0, ber_best = 0.0;
  OperatingPoint best;  // of the exact search, and what it cost
  int measurements = 0;
  double seconds = 0.0;  // on the line
  std::vector<double> measured,
      believed;  // after each measurement: its figure; that of the place believed best
};

// Whether the lane has a linear driver that a host drives without a retimer in between.
bool has_linear_transmitter(const link::Lane&);

// Tunes the entries of the design's `tune` for what its `tune_for` names; without any, the taps of the host's
// transmitter, and gain and peaking of the driver, for the error ratio. The unit is drawn from `stream` with
// the spreads of the settings, the measurement noise too. Throws Error as find_operating_point. Cost: some 20
// solves of a lane for each variable, and one for each measurement.
LineTuning tune_on_line(const LoadedDesign&, const Reload&, const module::TuningSettings&,
                        const Stream& stream);

}  // namespace waverack::study
