#include "waverack/link/captured_light.hpp"

#include <complex>
#include <vector>

#include "waverack/signal/overlap_save.hpp"

namespace waverack::link {

signal::Waveform captured_light(const Segment& segment, const parts::Conditions& conditions,
                                std::span<const std::uint8_t> symbols, const Drawing& drawing,
                                std::size_t end, const signal::Response& fibre) {
  const double sample_rate = conditions.symbol_rate * drawing.samples_per_symbol;
  signal::FieldWaveform light;
  light.sample_rate = sample_rate;
  light.samples_per_symbol = drawing.samples_per_symbol;
  light.samples = draw_pattern(segment, conditions, symbols, drawing, end).field;
  if (fibre)
    light.samples = signal::filter_cyclic(signal::make_block_filter(fibre, sample_rate),
                                          std::span<const std::complex<float>>(light.samples));
  return signal::power_of(light);
}

compliance::TdecqResult measure_light(const signal::Waveform& light, std::span<const std::uint8_t> symbols,
                                      const compliance::TdecqSettings& settings) {
  const signal::SymbolTiming timing = timing_in(light.samples, light.samples_per_symbol, symbols);
  std::vector<std::uint8_t> sent(symbols.begin(), symbols.end());
  if (timing.inverted)
    for (std::uint8_t& symbol : sent) symbol = static_cast<std::uint8_t>(3 - symbol);
  compliance::Capture capture;
  capture.filter = compliance::ReferenceFilter::needed;
  capture.delay = timing.delay;
  return compliance::measure_tdecq(light, sent, settings, capture);
}

}  // namespace waverack::link
