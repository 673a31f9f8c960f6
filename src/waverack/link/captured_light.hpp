#pragma once
// Light and voltages at test points as the instruments of a standard see them; and what they read from any
// waveform.

#include <cstdint>
#include <span>

#include "waverack/compliance/tdecq.hpp"
#include "waverack/link/drawn_pattern.hpp"

namespace waverack::link {

// A drawn pattern (drawn_pattern.hpp) that has reached a place of light.
signal::FieldWaveform captured_light(Signal drawn, const parts::Conditions&, const Drawing& = {});

// One that has reached a place of voltage, behind a board.
signal::Waveform captured_voltage(const Signal& drawn, const parts::Conditions&,
                                  const signal::Response& board, const Drawing& = {});

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
