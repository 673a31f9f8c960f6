#include "waverack/coherent/pulse.hpp"

#include <cassert>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::coherent {
namespace {

// Points of a format, in no order that matters to a study without bits.
std::vector<std::complex<float>> points(Format format) {
  std::vector<std::complex<double>> all;
  switch (format) {
    case Format::qpsk:
      all = {{1, 1}, {-1, 1}, {-1, -1}, {1, -1}};
      break;
    case Format::qam8:  // a square and a larger one turned by 45°
      for (const double s : {-1.0, 1.0}) {
        all.insert(all.end(), {{s, 1.0}, {s, -1.0}});
        all.insert(all.end(), {{s * (1.0 + std::sqrt(3.0)), 0.0}, {0.0, s * (1.0 + std::sqrt(3.0))}});
      }
      break;
    case Format::qam16:
      for (const double i : {-3.0, -1.0, 1.0, 3.0})
        for (const double q : {-3.0, -1.0, 1.0, 3.0}) all.emplace_back(i, q);
      break;
  }
  double power = 0.0;
  for (const auto& a : all) power += std::norm(a);
  const double scale = std::sqrt(static_cast<double>(all.size()) / power);
  std::vector<std::complex<float>> result;
  for (const auto& a : all)
    result.emplace_back(static_cast<float>(scale * a.real()), static_cast<float>(scale * a.imag()));
  return result;
}

}  // namespace

void shape_pulses(DualBatch& batch, const DualSymbols& symbols, double roll_off, double power) {
  const std::size_t count = symbols.x[0].size(), size = static_cast<std::size_t>(batch.size);
  if (count == 0 || size % count != 0 || size < 2 * count)
    throw Error("a record of pulses needs a whole number of samples for each symbol, at least two");
  const std::size_t ratio = size / count;
  // A comb of symbols is repeated in frequency; the filter keeps one period and its flanks. Its gain makes
  // the energy of a pulse that of one symbol period, q samples.
  std::vector<std::complex<float>> comb(size);
  const float amplitude = static_cast<float>(std::sqrt(0.5 * power) * static_cast<double>(ratio));
  for (int r = 0; r < batch_records; ++r)
    for (const int polarisation : {0, 1}) {
      const auto i = static_cast<std::size_t>(r);
      const auto& from = polarisation == 0 ? symbols.x[i] : symbols.y[i];
      if (from.size() != count) throw Error("all records of a batch hold the same number of symbols");
      for (std::size_t m = 0; m < count; ++m) comb[m * ratio] = amplitude * from[m];
      set_record(batch, r, polarisation, comb);
    }
  const double symbol_rate = batch.sample_rate / static_cast<double>(ratio);
  JonesFilter(batch.plan, batch.sample_rate,
              scalar_response(signal::root_raised_cosine(symbol_rate, roll_off)))
      .apply(batch);
}

DualSymbols matched_symbols(DualBatch& batch, int samples_per_symbol, double roll_off,
                            const JonesResponse& correction) {
  assert(samples_per_symbol >= 2 && batch.size % samples_per_symbol == 0);
  const auto pulse = signal::root_raised_cosine(batch.sample_rate / samples_per_symbol, roll_off);
  JonesFilter(batch.plan, batch.sample_rate, [&](double f) {
    const auto h = pulse(f);
    if (!correction || h == 0.0) return Jones{h, 0.0, 0.0, h};
    return product({h, 0.0, 0.0, h}, correction(f));
  }).apply(batch);
  const auto size = static_cast<std::size_t>(batch.size),
             ratio = static_cast<std::size_t>(samples_per_symbol);
  DualSymbols symbols;
  std::vector<std::complex<float>> record(size);
  for (int r = 0; r < batch_records; ++r)
    for (const int polarisation : {0, 1}) {
      get_record(batch, r, polarisation, record);
      auto& to = (polarisation == 0 ? symbols.x : symbols.y)[static_cast<std::size_t>(r)];
      for (std::size_t n = 0; n < size; n += ratio) to.push_back(record[n]);
    }
  return symbols;
}

DualSymbols random_symbols(int count, Format format, bool gaussian, std::uint64_t seed,
                           std::uint32_t source) {
  const auto size = static_cast<std::size_t>(count);
  const auto constellation = points(format);
  DualSymbols symbols;
  std::vector<float> normals(2 * size);
  std::vector<std::uint8_t> choices(size);
  for (std::size_t r = 0; r < batch_records; ++r)
    for (const std::uint32_t polarisation : {0u, 1u}) {
      auto& to = (polarisation == 0 ? symbols.x : symbols.y)[r];
      const Stream stream{seed, source + polarisation, static_cast<std::uint32_t>(r), 0};
      if (gaussian) {
        signal::fill_normal_fast(stream, normals);
        const float scale = std::sqrt(0.5f);
        for (std::size_t m = 0; m < size; ++m)
          to.emplace_back(scale * normals[2 * m], scale * normals[2 * m + 1]);
      } else {
        signal::fill_symbols(stream, static_cast<int>(constellation.size()), choices);
        for (const std::uint8_t choice : choices) to.push_back(constellation[choice]);
      }
    }
  return symbols;
}

}  // namespace waverack::coherent
