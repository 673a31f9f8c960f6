#include "waverack/coherent/circular_receiver.hpp"

namespace waverack::coherent {

Jones inverse(const Jones& j) {
  const std::complex<double> determinant = j.xx * j.yy - j.xy * j.yx;
  return {j.yy / determinant, -j.xy / determinant, -j.yx / determinant, j.xx / determinant};
}

std::array<double, 2> symbol_snr(const DualSymbols& received, const DualSymbols& sent) {
  std::array<double, 2> result;
  for (std::size_t polarisation = 0; polarisation < 2; ++polarisation) {
    double signal = 0.0, noise = 0.0;
    for (std::size_t r = 0; r < batch_records; ++r) {
      const auto& got = polarisation == 0 ? received.x[r] : received.y[r];
      const auto& was = polarisation == 0 ? sent.x[r] : sent.y[r];
      std::complex<double> cross = 0.0;
      double energy = 0.0;
      for (std::size_t m = 0; m < was.size(); ++m) {
        cross += std::conj(std::complex<double>(was[m])) * std::complex<double>(got[m]);
        energy += std::norm(std::complex<double>(was[m]));
      }
      const std::complex<double> factor = cross / energy;
      signal += std::norm(factor) * energy;
      for (std::size_t m = 0; m < was.size(); ++m)
        noise += std::norm(std::complex<double>(got[m]) - factor * std::complex<double>(was[m]));
    }
    result[polarisation] = signal / noise;
  }
  return result;
}

std::array<double, 2> received_snr(DualBatch& batch, const DualSymbols& sent, double roll_off,
                                   const JonesResponse& line) {
  const int ratio = batch.size / static_cast<int>(sent.x[0].size());
  return symbol_snr(matched_symbols(batch, ratio, roll_off, [&](double f) { return inverse(line(f)); }),
                    sent);
}

}  // namespace waverack::coherent
