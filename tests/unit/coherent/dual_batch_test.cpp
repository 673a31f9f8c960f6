// Expected values: sums written out in double precision, and properties of normal noise.

#include "waverack/coherent/dual_batch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/base/message_of.hpp"
#include "unit/signal/noise.hpp"

namespace waverack::coherent {
namespace {

using Complex = std::complex<double>;
using Record = std::vector<std::complex<float>>;

Record random_record(int size, std::uint32_t seed) {
  return signal::noise<std::complex<float>>(static_cast<std::size_t>(size), seed);
}

void fill(DualBatch& batch) {
  for (int r = 0; r < batch_records; ++r)
    for (const int p : {0, 1})
      set_record(batch, r, p, random_record(batch.size, static_cast<unsigned>(2 * r + p + 1)));
}

Record record(const DualBatch& batch, int r, int polarisation) {
  Record samples(static_cast<std::size_t>(batch.size));
  get_record(batch, r, polarisation, samples);
  return samples;
}

std::vector<Complex> spectrum(const Record& samples) {
  std::vector<Complex> data(samples.begin(), samples.end());
  signal::fft(data, false);
  return data;
}

double frequency(std::size_t k, std::size_t size, double rate) {
  return (static_cast<double>(k) - (2 * k < size ? 0.0 : static_cast<double>(size))) * rate /
         static_cast<double>(size);
}

TEST(DualBatch, KeepsRecordsApartAndMeasuresTheirPower) {
  DualBatch batch(64, 1e9);
  EXPECT_EQ(mean_power(batch), 0.0);
  fill(batch);
  double total = 0.0, peak = 0.0;
  for (int r = 0; r < batch_records; ++r) {
    const Record x = record(batch, r, 0), y = record(batch, r, 1);
    EXPECT_EQ(x, random_record(64, static_cast<unsigned>(2 * r + 1)));
    EXPECT_EQ(y, random_record(64, static_cast<unsigned>(2 * r + 2)));
    for (std::size_t n = 0; n < x.size(); ++n) {
      const double power = std::norm(Complex(x[n])) + std::norm(Complex(y[n]));
      total += power;
      peak = std::max(peak, power);
    }
  }
  // Single precision of products and of sums of 32 terms.
  EXPECT_NEAR(mean_power(batch) / (total / (64 * batch_records)), 1.0, 1e-6);
  EXPECT_NEAR(peak_power(batch) / peak, 1.0, 1e-6);
  scale(batch, 0.5f);
  EXPECT_EQ(record(batch, 3, 1)[17], 0.5f * random_record(64, 8)[17]);
}

TEST(DualBatch, RefusesSizesAndRates) {
  EXPECT_THAT(message_of([] { DualBatch(48, 1e9); }), testing::HasSubstr("power of two"));
  EXPECT_THAT(message_of([] { DualBatch(64, 0.0); }), testing::HasSubstr("sample rate"));
}

// Products of matrices with spectra, in double precision; 1e-6 is single precision over 2·6 butterflies.
class Filters : public testing::TestWithParam<int> {};

TEST_P(Filters, JonesFilterIsAProductInFrequency) {
  constexpr double rate = 8e9;
  const auto response = [](double f) {
    const Complex a = std::polar(1.0, f / 1e9), b(0.3, f / 5e9), c(-0.2, 0.1), d(0.7, -f / 9e9);
    switch (GetParam()) {
      case 0:
        return Jones{a, 0.0, 0.0, a};
      case 1:
        return Jones{a, 0.0, 0.0, d};
      default:
        return Jones{a, b, c, d};
    }
  };
  DualBatch batch(64, rate);
  fill(batch);
  const DualBatch* const before = &batch;
  const auto x5 = spectrum(record(*before, 5, 0)), y5 = spectrum(record(*before, 5, 1));
  JonesFilter(batch.plan, rate, response).apply(batch);
  const auto x = spectrum(record(batch, 5, 0)), y = spectrum(record(batch, 5, 1));
  for (std::size_t k = 0; k < x.size(); ++k) {
    const Jones j = response(frequency(k, x.size(), rate));
    EXPECT_NEAR(std::abs(x[k] - (j.xx * x5[k] + j.xy * y5[k])), 0.0, 3e-5) << k;
    EXPECT_NEAR(std::abs(y[k] - (j.yx * x5[k] + j.yy * y5[k])), 0.0, 3e-5) << k;
  }
}
INSTANTIATE_TEST_SUITE_P(ScalarDiagonalFull, Filters, testing::Values(0, 1, 2));

// A delay in one branch alone moves that branch and nothing else; two samples are a delay without rounding.
TEST(BranchFilter, TreatsEveryBranchAlone) {
  constexpr double rate = 8e9;
  const auto delay = [](double samples) {
    return [samples](double f) { return std::polar(1.0, -2.0 * std::numbers::pi * f * samples / 8e9); };
  };
  DualBatch batch(64, rate);
  fill(batch);
  const Record x = record(batch, 6, 0), y = record(batch, 6, 1);
  BranchFilter(batch.plan, rate, {delay(0), delay(2), delay(3), [](double) { return 0.5; }}).apply(batch);
  const Record fx = record(batch, 6, 0), fy = record(batch, 6, 1);
  const auto earlier = [](std::size_t n, std::size_t by) { return (n + 64 - by) % 64; };
  for (std::size_t n = 0; n < 64; ++n) {
    EXPECT_NEAR(fx[n].real(), x[n].real(), 1e-6);
    EXPECT_NEAR(fx[n].imag(), x[earlier(n, 2)].imag(), 1e-6);
    EXPECT_NEAR(fy[n].real(), y[earlier(n, 3)].real(), 1e-6);
    EXPECT_NEAR(fy[n].imag(), 0.5f * y[n].imag(), 1e-6);
  }
}

// Sums over 2·10⁵ values of each kind: 4.5 standard deviations.
TEST(AddNoise, IsWhiteAndIndependent) {
  DualBatch batch(8192, 1e9);
  for (int r = 0; r < batch_records; ++r) batch.first[static_cast<std::size_t>(r)] = 8192 * (r - 4);
  add_noise(batch, 0.25, 7, 20);
  double power[4] = {}, cross[6] = {}, lag = 0.0;
  for (int r = 0; r < batch_records; ++r) {
    const Record x = record(batch, r, 0), y = record(batch, r, 1);
    for (std::size_t n = 0; n < x.size(); ++n) {
      const double v[4] = {x[n].real(), x[n].imag(), y[n].real(), y[n].imag()};
      int pair = 0;
      for (int i = 0; i < 4; ++i) {
        power[i] += v[i] * v[i];
        for (int j = 0; j < i; ++j) cross[pair++] += v[i] * v[j];
      }
      if (n > 0) lag += v[0] * static_cast<double>(x[n - 1].real());
    }
  }
  const double count = 8.0 * 8192.0;
  for (const double p : power) EXPECT_NEAR(p / count, 0.25, 4.5 * 0.25 * std::sqrt(2.0 / count));
  for (const double c : cross) EXPECT_NEAR(c / count, 0.0, 4.5 * 0.25 / std::sqrt(count));
  EXPECT_NEAR(lag / count, 0.0, 4.5 * 0.25 / std::sqrt(count));
}

// The same sample of the stream, whichever record holds it, across 0 and across a block of 2^32.
TEST(AddNoise, BelongsToTheSampleAndNotToTheRecord) {
  for (const std::int64_t middle : {std::int64_t{0}, std::int64_t{1} << 32, -(std::int64_t{1} << 32)}) {
    DualBatch batch(512, 1e9);
    for (int r = 0; r < batch_records; ++r) batch.first[static_cast<std::size_t>(r)] = middle - 300 + 37 * r;
    add_noise(batch, 1.0, 3, 5);
    const Record all = record(batch, 0, 1);
    for (int r = 1; r < batch_records; ++r) {
      const Record other = record(batch, r, 1);
      for (std::size_t n = 0; n + 37 * static_cast<std::size_t>(r) < 512; ++n)
        ASSERT_EQ(other[n], all[n + 37 * static_cast<std::size_t>(r)]) << middle << ' ' << r << ' ' << n;
    }
  }
}

}  // namespace
}  // namespace waverack::coherent
