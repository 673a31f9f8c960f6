#include "waverack/link/captured_light.hpp"

#include <complex>
#include <utility>
#include <vector>

#include "waverack/parts/fibre.hpp"
#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {

signal::FieldWaveform captured_light(Signal drawn, const parts::Conditions& conditions,
                                     const Drawing& drawing) {
  signal::FieldWaveform light;
  light.sample_rate = conditions.symbol_rate * drawing.samples_per_symbol;
  light.samples_per_symbol = drawing.samples_per_symbol;
  light.samples = std::move(drawn.field);
  return light;
}

signal::Waveform captured_voltage(const Signal& drawn, const parts::Conditions& conditions,
                                  const signal::Response& board, const Drawing& drawing) {
  signal::Waveform voltage;
  voltage.samples_per_symbol = drawing.samples_per_symbol;
  voltage.sample_rate = conditions.symbol_rate * drawing.samples_per_symbol;
  voltage.samples = signal::filter_cyclic(signal::make_block_filter(board, voltage.sample_rate),
                                          std::span<const float>(drawn.real));
  return voltage;
}

compliance::TdecqResult measure_waveform(const signal::Waveform& waveform,
                                         std::span<const std::uint8_t> symbols,
                                         const compliance::TdecqSettings& settings) {
  // Of a waveform with much interference only a search in a short range finds the symbols.
  const signal::Waveform received = compliance::reference_received(waveform, settings);
  const signal::SymbolTiming timing = timing_in(received.samples, received.samples_per_symbol, symbols);
  compliance::Capture capture;
  capture.filter = compliance::ReferenceFilter::applied;
  capture.delay = timing.delay;
  return timing.inverted
             ? compliance::measure_tdecq(received, signal::inverted_symbols(symbols, 4), settings, capture)
             : compliance::measure_tdecq(received, symbols, settings, capture);
}

compliance::TdecqResult measure_light(const signal::FieldWaveform& light,
                                      std::span<const std::uint8_t> symbols,
                                      const compliance::TdecqSettings& settings) {
  return measure_waveform(signal::power_of(light), symbols, settings);
}

compliance::TdecqResult measure_light(signal::FieldWaveform light, std::span<const std::uint8_t> symbols,
                                      const compliance::TdecqSettings& settings, double dispersion,
                                      double wavelength) {
  const signal::BlockFilter fibre =
      signal::make_block_filter(parts::dispersion_response(dispersion, wavelength), light.sample_rate);
  light.samples = signal::filter_cyclic(fibre, std::span<const std::complex<float>>(light.samples));
  return measure_light(light, symbols, settings);
}

}  // namespace waverack::link
