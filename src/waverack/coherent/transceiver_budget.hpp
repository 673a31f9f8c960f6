#pragma once
// What the closure of a link needs to know of the modules at its ends.

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace waverack::coherent {

// A penalty as data sheets give it: dB at some values of what causes it, linear between them. Where the first
// value is above 0, a line from (0, 0) leads to it. Outside of the table the penalty is infinite; an empty
// table costs nothing.
struct PenaltyTable {
  std::vector<double> at;  // rising
  std::vector<double> penalty_db;
};
double penalty_db(const PenaltyTable&, double value);

// A noise of the module: its SNR in a band of the symbol rate.
struct ModuleNoise {
  std::string name;
  double snr = std::numeric_limits<double>::infinity();
  // Where above 0: the received power at which `snr` holds, and it goes as the power: shot and thermal noise
  // of a coherent receiver [W].
  double reference_power = 0.0;
  bool transmitter = false;  // it enters before the line's filters
};

struct TransceiverBudget {
  double required_snr = 0.0;  // at the decision, at the limit of the FEC: ratio in a band of the symbol rate
  double transmitter_osnr = std::numeric_limits<double>::infinity();  // ratio in 12.5 GHz, counted as ASE
  std::vector<ModuleNoise> noises;
  PenaltyTable dispersion;      // over accumulated D·L [s/m]; 1 ps/nm is 1e-3 s/m
  PenaltyTable dgd;             // over the mean differential group delay [s]
  PenaltyTable pdl;             // over the polarisation-dependent loss [dB]
  double specified_osnr = 0.0;  // the tolerance that a data sheet states, ratio in 12.5 GHz; 0: none
  // Power of the channel into the receiver [W].
  double lowest_power = 0.0, highest_power = std::numeric_limits<double>::infinity();
};

// The SNR at which `error_ratio`, falling with it, meets `limit`: bisection between −10 and 60 dB to 1e-9 dB.
// Throws Error where it does not meet it.
double required_snr(const std::function<double(double snr)>& error_ratio, double limit);

}  // namespace waverack::coherent
