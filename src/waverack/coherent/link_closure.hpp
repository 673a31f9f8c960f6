#pragma once
// Does a line close with a pair of modules, by how much, and what would help: powers, noise, interference,
// penalties, margin, launch power.

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/line.hpp"
#include "waverack/coherent/nonlinear_noise.hpp"
#include "waverack/coherent/transceiver_budget.hpp"

namespace waverack::coherent {

enum class NonlinearModel {
  closed_form,  // gn_noise(): microseconds, pessimistic
  integral,     // gn_integral() for the channel, closed form for its neighbours
  format,       // egn_noise(): what the constellation changes as well; milliseconds
};

struct NamedPenalty {
  std::string name;  // "dispersion", "PMD", "PDL", "filters"
  double db = 0.0;
};

// All SNRs are ratios in a band of the symbol rate, all OSNRs in 12.5 GHz: SNR = OSNR·12.5 GHz/R.
struct LinkClosure {
  std::vector<LinePoint> points;        // of the line, its transmitter first
  std::vector<double> nonlinear_power;  // at each point, in a band of the symbol rate [W]
  NonlinearNoise nonlinear;

  double osnr = 0.0;  // of ASE, that of the transmitter with it
  double snr_ase = 0.0;
  double snr_nonlinear = 0.0;
  double gsnr = 0.0;          // 1/(1/snr_ase + 1/snr_nonlinear)
  double gsnr_osnr = 0.0;     // the same in 12.5 GHz
  double snr_module = 0.0;    // of all noises of the modules together
  double snr_decision = 0.0;  // 1/(1/gsnr + 1/snr_module), before penalties

  double dispersion = 0.0;      // accumulated D·L at the channel's frequency [s/m]
  double dgd = 0.0;             // mean [s]
  double pdl_db = 0.0;          // root of the sum of the squares of the elements' dB
  double received_power = 0.0;  // [W]
  bool power_fits = true;       // within the receiver's range
  std::vector<NamedPenalty> penalties;
  double penalty_db = 0.0;  // their sum

  double margin_db = 0.0;  // snr_decision − penalties − required_snr; negative: it does not close
  // The GSNR, and with this nonlinear interference the OSNR, that would just do, and the distance to them;
  // infinite and −infinity where the modules alone make more noise than the FEC bears.
  double required_gsnr = 0.0, gsnr_margin_db = 0.0;
  double required_osnr = 0.0, osnr_margin_db = 0.0;
  // gsnr_osnr over the OSNR of the data sheet with the penalties; NaN without one.
  double specification_margin_db = std::numeric_limits<double>::quiet_NaN();

  double launch_power = 0.0;       // of the channel [W]
  double transmitter_noise = 0.0;  // its share of 1/snr_ase
  double best_launch_power = 0.0;  // of the channel, all neighbours changed alike; where ASE = 2 NLI [W]
};

// Root of the sum of the squares of the elements' PDL in dB. Throws Error for a ratio below 1.
double total_pdl_db(const Line&);

// Closes `line`. Nonlinear interference and ASE add up; 1/SNR of each is its part. Penalties of dispersion,
// DGD and PDL come from the module's tables, that of the line's filters from spectra (filter_penalty.hpp).
// Throws Error as the models do, and for a required SNR that is not above 0.
// Cost: that of the model and 0.1 ms for filters.
LinkClosure close_link(const Line&, const TransceiverBudget&, NonlinearModel = NonlinearModel::format);

// The same line with other launch powers of all channels alike, from one closure: ASE of the line goes as
// 1/P, interference as P²; losses and gains stay. The noises of the module that depend on the received power
// follow it; the filters' penalty is kept.
struct LaunchPoint {
  double power = 0.0;  // of the channel [W]
  double snr_ase = 0.0, snr_nonlinear = 0.0, gsnr = 0.0, margin_db = 0.0;
};
std::vector<LaunchPoint> launch_curve(const LinkClosure&, const TransceiverBudget&,
                                      const std::vector<double>& powers);

// The length of span `element` of the line up to which the margin is 0 or more [m], at most `longest`; the
// next amplifier behind it, before another span, makes up for the loss that the length adds or takes. 0 where
// no length closes. Bisection to 1 m.
double longest_span(const Line&, std::size_t element, const TransceiverBudget&, double longest = 500e3,
                    NonlinearModel = NonlinearModel::format);

// How often the elements of the line may follow one another with a margin of 0 or more, at most `most`; 0
// where not once. The power must come out as it went in, else it is another line. Doubling, then halving.
int most_repeats(const Line&, const TransceiverBudget&, int most = 100,
                 NonlinearModel = NonlinearModel::format);

}  // namespace waverack::coherent
