#include "waverack/link/symbol_eye.hpp"

#include "waverack/link/propagate.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {

signal::EyeMetrics measure_symbols(const signal::Waveform& waveform, std::span<const std::uint8_t> symbols,
                                   int levels, signal::EyeOptions options) {
  const signal::SymbolTiming timing = timing_in(waveform.samples, waveform.samples_per_symbol, symbols);
  options.delay = timing.delay;
  if (!timing.inverted) return signal::measure_eye(waveform, symbols, levels, options);
  return signal::measure_eye(waveform, signal::inverted_symbols(symbols, levels), levels, options);
}

}  // namespace waverack::link
