#pragma once
// Light at a test point as the instruments of a standard see it; and what they read from any waveform.

#include <cstdint>
#include <span>

#include "waverack/compliance/tdecq.hpp"
#include "waverack/link/drawn_pattern.hpp"

namespace waverack::link {

// The optical field of one period of `symbols` in front of element `end`, which must be reached by light,
// with drawn noise and jitter.
signal::FieldWaveform captured_light(const Segment&, const parts::Conditions&,
                                     std::span<const std::uint8_t> symbols, const Drawing&, std::size_t end);

// TECQ of a power and EECQ of a voltage, not yet seen through the reference filter, and what belongs to it. A
// modulator on its falling flank inverts the symbols; that is found here. Errors and cost: those of
// measure_tdecq().
compliance::TdecqResult measure_waveform(const signal::Waveform& waveform,
                                         std::span<const std::uint8_t> symbols,
                                         const compliance::TdecqSettings& settings);

// The same of the power of light.
compliance::TdecqResult measure_light(const signal::FieldWaveform& light,
                                      std::span<const std::uint8_t> symbols,
                                      const compliance::TdecqSettings& settings);

// The same behind fibre of an accumulated dispersion [s/m] at the light's wavelength [m].
compliance::TdecqResult measure_light(signal::FieldWaveform light, std::span<const std::uint8_t> symbols,
                                      const compliance::TdecqSettings& settings, double dispersion,
                                      double wavelength);

}  // namespace waverack::link
