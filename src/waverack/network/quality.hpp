#pragma once
// What a file of S-parameters is worth: passive, reciprocal, causal, complete, and with its ports in order
// (docs/theory/network.md, section 12).

#include <optional>
#include <string>
#include <vector>

#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/network.hpp"

namespace waverack::network {

// A line from a left port to a right one, as infer_sides finds it.
struct LineQuality {
  int left = 0, right = 0;
  bool inverted = false;      // the pulse comes out upside down
  double causality = 100.0;   // [%] as Quality::causality, of this transmission alone
  double early_energy = 0.0;  // share of the pulse's energy that comes before its front (pulse_front.hpp)
};

struct Quality {
  Extreme gain;       // largest_singular_value
  Extreme asymmetry;  // largest_asymmetry
  // The metrics of IEEE 370-2020 in the frequency domain [%], 100 at best: one less the mean excess of the
  // largest singular value over 1.00001, in tenths; the same for the mean |Sij − Sji| over 1e-6; and the
  // share of clockwise turns of the curves Sij(f), the worst of all ports.
  double passivity = 100.0, reciprocity = 100.0, causality = 100.0;
  // The band [Hz].
  double first_frequency = 0.0, last_frequency = 0.0, smallest_step = 0.0, largest_step = 0.0;
  // Empty where the data do not tell which ports belong together: a file of crosstalk, a one-port.
  std::vector<LineQuality> lines;
  // Whether + and − are exchanged between the ends; for a pair alone, by the ports given or inferred, that
  // transmits −10 dB or more at low frequency.
  bool swapped = false;
  std::vector<std::string> remarks;  // network::doubts and what else is wrong, one sentence each
};

// Judges a network. `ports`: of a differential pair; where not given they are those of infer_ports, if there
// is one. Throws Error for ports that are not there. Cost: points · ports³, and a transform of each line.
Quality quality(const Network&, const std::optional<PairPorts>& ports = std::nullopt);

// IEEE 370's causality of one S-parameter [%]: between three neighbouring points the curve turns by the cross
// product of its steps; the share of the clockwise ones, or 100 where nothing turns.
double turning_causality(const Network&, int to, int from);

// The sign of a transmission at low frequency, its delay taken out: −1 where the pulse comes out upside down.
// 0 where nothing is transmitted.
int polarity(const Network& two_port);

// How the band of `file` differs from that of `through`, which it belongs to: "" or one sentence. A file that
// was cut off stops early, or has another step.
std::string band_doubt(const Network& file, const Network& through);

}  // namespace waverack::network
