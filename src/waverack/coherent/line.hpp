#pragma once
// The optical line between two coherent modules, as the closed forms and the split-step solver both see it:
// fibre, amplifiers, filters and what depends on polarisation, in the order in which light meets them.

#include <string>
#include <variant>
#include <vector>

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

// One length of fibre between two joints.
struct FibreSpan {
  double length = 80e3;            // [m]
  double attenuation = 4.6052e-5;  // of power [1/m]; 0.2 dB/km
  double beta2 = -2.1683e-26;      // at `frequency` [s²/m]; 17 ps/(nm km)
  double beta3 = 0.0;              // [s³/m]
  double frequency = 193.414e12;   // at which beta2 and beta3 hold [Hz]
  double gamma = 1.3e-3;           // [1/(W m)]
  double pmd = 0.0;                // mean differential group delay over the root of the length [s/sqrt(m)]
  double input_loss = 1.0;         // of the connector before it, power ratio ≥ 1
  double output_loss = 1.0;        // of the connector behind it
};

// Flat gain. Noise enters in each polarisation on its own, with (gain·noise_figure − 1)/2·h·f·B of power in
// the band B at the output.
struct LineAmplifier {
  double gain = 1.0;          // power ratio
  double noise_figure = 1.0;  // ratio ≥ 1, at high gain
};

// A multiplexer or demultiplexer: |H(f)|² = exp(−ln 2·|2(f − centre_offset)/bandwidth|^(2·order))/loss, no
// phase.
struct LineFilter {
  double centre_offset = 0.0;  // of its pass band from the carrier [Hz]
  double bandwidth = 75e9;     // full, at −3 dB of power [Hz]
  int order = 4;               // of the super-Gaussian, ≥ 1
  double loss = 1.0;           // in the middle of the pass band, power ratio ≥ 1
};

// A place of polarisation-dependent loss or delay, turned by a random angle before and behind.
struct PolarisationElement {
  double pdl = 1.0;  // power of the better over that of the worse polarisation, ≥ 1; the mean power stays
  double dgd = 0.0;  // differential group delay [s]
};

using LineElement = std::variant<FibreSpan, LineAmplifier, LineFilter, PolarisationElement>;

struct NamedElement {
  std::string name;  // "span", of the chain
  LineElement element;
};

// Light of one module, where it enters the line.
struct Channel {
  double frequency = 193.414e12;    // of its carrier [Hz]
  double symbol_rate = 59.84375e9;  // [Bd]
  double roll_off = 0.1;            // of the root-raised-cosine spectrum, 0 … 1
  double power = 1e-3;              // mean, both polarisations together [W]
  Format format = Format::qam16;
  bool gaussian = false;  // its symbols are drawn from a normal distribution: the GN model's assumption
};

struct Line {
  std::vector<NamedElement> elements;
  Channel channel;                  // the one that is looked at
  std::vector<Channel> neighbours;  // other light on the same fibre, at the same place
};

// Sums along the line, at the channel's frequency.
double total_length(const Line&);      // [m]
double total_dispersion(const Line&);  // accumulated β2 [s²]
double total_loss(const Line&);        // of everything without gain, power ratio ≥ 1
double total_gain(const Line&);        // of the amplifiers, power ratio
double mean_dgd(const Line&);          // root of the sum of squares of the means [s]
double total_latency(const Line&, double group_index = 1.468);  // of the fibre [s]

}  // namespace waverack::coherent
