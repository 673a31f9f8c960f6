#include "waverack/parts/coherent_dsp_power.hpp"

#include <bit>
#include <cmath>

namespace waverack::parts {
namespace {

constexpr double reference_node = 7e-9;
constexpr double real_per_complex = 4.0;
constexpr double polarisations = 2.0;
constexpr double branches = 4.0;

double converter_watts(const DspEnergy& energy, const DspWork& work) {
  if (work.converter_enob <= 0.0) return 0.0;
  return branches * energy.conversion * std::exp2(work.converter_enob) * work.samples_per_symbol *
         work.symbol_rate;
}

// Real multiplications a second of an overlap-save filter of `taps` on both polarisations: a forward and an
// inverse transform of N = the power of two from 4·taps on, radix 2, and the products, for N − taps samples.
double overlap_save(double taps, double sample_rate) {
  if (taps <= 0.0) return 0.0;
  const double size = std::bit_ceil(static_cast<unsigned>(std::ceil(4.0 * taps)));
  const double products = size * std::log2(size) + size;
  return polarisations * real_per_complex * products / (size - taps) * sample_rate;
}

}  // namespace

double node_scale(const DspEnergy& energy) {
  return std::pow(energy.node / reference_node, energy.node_exponent);
}

DspWatts transmitting_watts(const DspEnergy& energy, const DspWork& work) {
  const double scale = node_scale(energy);
  DspWatts watts;
  watts.converters = scale * converter_watts(energy, work);
  // Real taps on two branches of two polarisations.
  watts.shaping = scale * energy.multiplication * branches * work.shaping_taps * work.samples_per_symbol *
                  work.symbol_rate;
  watts.encoder = scale * energy.encoding * work.information_rate;
  watts.interface = scale * energy.interface_bit * work.information_rate;
  return watts;
}

DspWatts receiving_watts(const DspEnergy& energy, const DspWork& work) {
  const double scale = node_scale(energy);
  const double per_operation = scale * energy.multiplication;
  DspWatts watts;
  watts.converters = scale * converter_watts(energy, work);
  watts.dispersion =
      per_operation * overlap_save(work.dispersion_taps, work.samples_per_symbol * work.symbol_rate);
  watts.equaliser = per_operation * 4.0 * real_per_complex * work.equaliser_taps * work.symbol_rate;
  // A turn, two distances by rounding and their squares for every phase.
  watts.carrier = per_operation * polarisations * (real_per_complex + 2.0) * work.phases * work.symbol_rate;
  watts.decoder = scale * (work.soft_sweeps * energy.soft_row + work.hard_sweeps * energy.hard_row) *
                  work.information_rate / work.row_information_bits;
  watts.interface = scale * energy.interface_bit * work.information_rate;
  return watts;
}

}  // namespace waverack::parts
