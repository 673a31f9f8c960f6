#pragma once
// A question to a line system that exists: what a path of a GNPy network does to light, element by element
// and channel by channel, and which modules would work over it.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "waverack/coherent/link_closure.hpp"
#include "waverack/io/line_channels.hpp"
#include "waverack/link/result.hpp"

namespace waverack::io {

struct LineQuestion {
  std::string network{}, equipment{};            // paths of GNPy's two files
  std::string from{}, to{};                      // uids of transceivers; empty where there are only two
  std::optional<double> power_dbm{}, spacing{};  // in place of SI's: of a channel [dBm], of channels [Hz]
  // With both the line carries channels of this mode of the equipment's, else those of SI.
  std::string transceiver{}, mode{};
  std::vector<std::string> modules{};    // designs that are asked for; empty: the three of default_modules()
  std::optional<std::size_t> channel{};  // to be followed along the line, from 0; else the one of least GSNR
};

// "zr-800g", "zr-plus-800g", "zr-400g".
std::vector<std::string> default_modules();

// Behind one element, sums since the transmitter.
struct LineStep {
  GnpyHop hop;
  double distance = 0.0;                                       // of fibre [m]
  double power = 0.0, ase_power = 0.0, nonlinear_power = 0.0;  // the noises in a band of the symbol rate [W]
  double snr_ase = 0.0, snr_nonlinear = 0.0, gsnr = 0.0;       // ratios; infinite before there is noise
  double dispersion = 0.0;                                     // D·L at 1550 nm, as GNPy prints it [s/m]
  double pmd = 0.0;                                            // mean differential group delay [s]
  double pdl_db = 0.0, latency = 0.0;                          // root of the sum of squares; of the fibre [s]
};

// A pair of modules on the whole line, in its worst channel, all channels being alike.
struct LineModule {
  std::string name;           // "zr-800g"; "Voyager, mode 1"
  bool of_equipment = false;  // a mode of the equipment's
  bool asked = false;         // by name: the answer then decides over the exit code
  double symbol_rate = 0.0, spacing = 0.0;
  std::size_t channels = 0, worst = 0;
  double gsnr_osnr = 0.0;           // in 12.5 GHz, ratio
  double required_gsnr_osnr = 0.0;  // that would just do, penalties with it; infinite: none would
  double margin_db = 0.0;           // of the GSNR, system margin taken off
  double received_power = 0.0;      // that the noises of the module are for [W]; 0 for modes of the equipment
  double dispersion = 0.0;          // D·L at the channel's frequency [s/m]
  double pmd = 0.0, pdl_db = 0.0;   // mean differential group delay [s]; as LineStep
  std::vector<coherent::NamedPenalty> penalties;
  bool closes() const { return margin_db >= 0.0; }
};

struct LineAnswer {
  LineQuestion question;
  GnpyPath path;
  std::vector<LineChannel> channels;
  std::size_t worst = 0, best = 0, followed = 0;
  std::vector<LineStep> steps;  // of the followed channel, transmitter first
  std::vector<LineModule> modules;
  std::vector<link::Curve> curves;  // of line_curves()
  std::string load;                 // what is on the line: "SI of the equipment", "Voyager, mode 1"
  std::string command;
};

// Interference is GNPy's closed form (coherent::gn_noise with noise), amplifiers and losses are flat. Modules
// of designs: their noises by the closed form of the lane (link/coherent_budget.hpp), with this line's
// dispersion and received power. Behind a ROADM the drop amplifier, whose noise add_drop_osnr is, gives them
// the power of their own design. They are launched with the line's channel power, on the least multiple of 25
// GHz that holds their spectrum or on SI's spacing where that is wider. Throws Error for what the files or
// the question cannot be. Cost: 10 ms for 96 channels over 6 spans.
LineAnswer answer_line(const LineQuestion&);
LineAnswer answer_line(const LineQuestion&, const GnpyFiles&);

}  // namespace waverack::io
