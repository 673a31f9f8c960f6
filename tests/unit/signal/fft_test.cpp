#include "waverack/signal/fft.hpp"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <numbers>
#include <random>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;

std::vector<Complex> random_record(std::size_t n, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<Complex> record(n);
  for (Complex& x : record) x = {normal(random), normal(random)};
  return record;
}

// The definition, with the angle reduced before the sine.
std::vector<Complex> direct(const std::vector<Complex>& x, double sign) {
  const std::size_t n = x.size();
  std::vector<Complex> sum(n);
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      sum[k] += x[i] * std::polar(1.0, sign * 2.0 * std::numbers::pi * static_cast<double>(i * k % n) /
                                           static_cast<double>(n));
  return sum;
}

double relative_rms(const std::vector<Complex>& value, const std::vector<Complex>& expected) {
  double difference = 0.0, total = 0.0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    difference += std::norm(value[i] - expected[i]);
    total += std::norm(expected[i]);
  }
  return std::sqrt(difference / total);
}

// Rounding grows with the number of passes: a few times 2.2e-16.
TEST(Fft, DoublePrecisionEqualsTheDefinition) {
  for (std::size_t n = 1; n <= 1024; n *= 2)
    for (const bool inverse : {false, true}) {
      std::vector<Complex> x = random_record(n, static_cast<unsigned>(n));
      const std::vector<Complex> expected = direct(x, inverse ? 1.0 : -1.0);
      fft(x, inverse);
      EXPECT_LT(relative_rms(x, expected), 3e-15) << n << (inverse ? ", inverse" : ", forward");
    }
}

TEST(Fft, OtherSizesAreRefused) {
  std::vector<Complex> three(3), none;
  EXPECT_THROW(fft(three, false), Error);
  EXPECT_THROW(fft(none, false), Error);
  for (const int size : {0, 1, 3, 1000, 1 << 21}) EXPECT_THROW(FftPlan{size}, Error) << size;
}

struct Batch {
  std::vector<std::vector<Complex>> records;
  BatchBuffer buffer;

  explicit Batch(int size) : buffer(size) {
    for (unsigned lane = 0; lane < fft_lanes; ++lane) {
      records.push_back(random_record(static_cast<std::size_t>(size), 100 + lane));
      for (int n = 0; n < size; ++n) {
        buffer.data()[32 * n + static_cast<int>(lane)] = static_cast<float>(records[lane][n].real());
        buffer.data()[32 * n + 16 + static_cast<int>(lane)] = static_cast<float>(records[lane][n].imag());
      }
    }
  }

  Complex at(int n, int lane) const {
    return {buffer.data()[32 * n + lane], buffer.data()[32 * n + 16 + lane]};
  }
};

// Runs `body` with each instruction set of this CPU as the best one. In Highway a better one has a lower bit.
template <class Body>
void for_every_target(Body body) {
  const std::int64_t supported = hwy::SupportedTargets();
  for (std::int64_t rest = supported; rest != 0; rest &= rest - 1) {
    const std::int64_t target = rest & -rest;
    hwy::DisableTargets(target - 1);
    SCOPED_TRACE(hwy::TargetName(target));
    body(target);
  }
  hwy::DisableTargets(0);
}

// Single precision: 6e-8 for each of a handful of passes.
TEST(Fft, BatchEqualsDoublePrecisionOnEveryTarget) {
  for_every_target([](std::int64_t) {
    for (int size = 2; size <= 4096; size *= 2) {
      const FftPlan plan(size);
      Batch batch(size);
      fft_forward(plan, batch.buffer.data());
      for (int lane = 0; lane < fft_lanes; ++lane) {
        std::vector<Complex> expected = batch.records[static_cast<std::size_t>(lane)], value(expected.size());
        fft(expected, false);
        for (int p = 0; p < size; ++p)
          value[static_cast<std::size_t>(plan.bin_of_position()[p])] = batch.at(p, lane);
        EXPECT_LT(relative_rms(value, expected), 5e-7) << size << ", lane " << lane;
      }
    }
  });
}

TEST(Fft, InverseUndoesForwardOnEveryTarget) {
  for_every_target([](std::int64_t) {
    for (const int size : {2, 64, 2048, 16384}) {
      const FftPlan plan(size);
      Batch batch(size);
      fft_forward(plan, batch.buffer.data());
      std::vector<float> scale(2 * static_cast<std::size_t>(size), 0.0f);
      for (std::size_t i = 0; i < scale.size(); i += 2) scale[i] = 1.0f / static_cast<float>(size);
      multiply_spectrum(plan, scale, batch.buffer.data());
      fft_inverse(plan, batch.buffer.data());
      for (int lane = 0; lane < fft_lanes; ++lane) {
        std::vector<Complex> value(static_cast<std::size_t>(size));
        for (int n = 0; n < size; ++n) value[static_cast<std::size_t>(n)] = batch.at(n, lane);
        EXPECT_LT(relative_rms(value, batch.records[static_cast<std::size_t>(lane)]), 1e-6) << size;
      }
    }
  });
}

// The promise of fft.hpp: AVX2, which all of these CPUs have, and everything better agree bit for bit.
TEST(Fft, TheBestTargetAgreesWithAvx2BitForBit) {
  const std::int64_t supported = hwy::SupportedTargets();
  if ((supported & HWY_AVX2) == 0 || (supported & (HWY_AVX2 - 1)) == 0)
    GTEST_SKIP() << "this CPU has not both AVX2 and AVX-512";
  const FftPlan plan(2048);
  Batch best(2048), avx2(2048);
  fft_forward(plan, best.buffer.data());
  hwy::DisableTargets(HWY_AVX2 - 1);
  fft_forward(plan, avx2.buffer.data());
  hwy::DisableTargets(0);
  for (int i = 0; i < 32 * 2048; ++i) ASSERT_EQ(best.buffer.data()[i], avx2.buffer.data()[i]) << i;
}

}  // namespace
}  // namespace waverack::signal
