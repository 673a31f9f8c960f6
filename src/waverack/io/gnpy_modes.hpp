#pragma once
// The transceivers of an equipment file of GNPy and what their modes need.

#include <optional>
#include <string>
#include <vector>

#include "waverack/coherent/transceiver_budget.hpp"
#include "waverack/io/gnpy_files.hpp"

namespace waverack::io {

struct GnpyMode {
  std::string transceiver, format;   // type_variety; name of the mode
  double symbol_rate = 0.0;          // [Bd]
  double least_spacing = 0.0;        // of its channels [Hz]; 0: not stated
  std::optional<double> roll_off{};  // of its spectrum
  double bit_rate = 0.0;             // [bit/s]; 0: not stated
  // Penalties and the required OSNR (`specified_osnr`, ratio in 12.5 GHz); required_snr is that of the
  // required OSNR.
  coherent::TransceiverBudget budget{};
};

// Every mode of every transceiver, in the order of the file.
std::vector<GnpyMode> gnpy_modes(const GnpyFiles&);

// One of them. Throws Error for unknown names.
GnpyMode gnpy_mode(const GnpyFiles&, const std::string& transceiver, const std::string& format);

}  // namespace waverack::io
