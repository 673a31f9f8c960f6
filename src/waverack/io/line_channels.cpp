#include "waverack/io/line_channels.hpp"

#include <algorithm>

#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/gn_model.hpp"

namespace waverack::io {

std::vector<LineChannel> measure_channels(const GnpyPath& path) {
  std::vector<LineChannel> channels;
  for (std::size_t k = 0; k < path.channels.size(); ++k) {
    const coherent::Line line = line_of(path, k);
    const coherent::LinePoint end = coherent::amplifier_noise(line, path.transmitter_osnr).back();
    LineChannel one{line.channel, end.power};
    one.snr_ase = coherent::snr_in_symbol_rate(end, line.channel);
    one.snr_nonlinear = 1.0 / coherent::gn_noise(line, {.noise = true}).ratio();
    one.gsnr = 1.0 / (1.0 / one.snr_ase + 1.0 / one.snr_nonlinear);
    channels.push_back(one);
  }
  return channels;
}

std::size_t worst_channel(const std::vector<LineChannel>& channels) {
  const auto by_gsnr = [](const LineChannel& a, const LineChannel& b) { return a.gsnr < b.gsnr; };
  return static_cast<std::size_t>(std::min_element(channels.begin(), channels.end(), by_gsnr) -
                                  channels.begin());
}

}  // namespace waverack::io
