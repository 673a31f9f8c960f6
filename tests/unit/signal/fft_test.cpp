// Expected values: the sum that defines the transform, in extended precision.
//
// Basis of the tolerances: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed. (2002),
// theorem 24.2. With unit roundoff u and twiddles within u, the error of a transform of n points is below
// log2(n)·η/(1 − log2(n)·η) of the spectrum, in the 2-norm, with η = u + γ4·(√2 + u), about 6.7·u. A wrong
// twiddle or a sample in a wrong place gives an error of 1/√n or more, far above that for every n tested.

#include "waverack/signal/fft.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>

#include "unit/base/message_of.hpp"
#include "unit/signal/noise.hpp"
#include "unit/signal/on_target.hpp"
#include "waverack/signal/fft_lanes.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;
using Records = std::vector<std::vector<std::complex<float>>>;  // one for each lane

double bound(std::size_t size, double unit_roundoff) {
  const double levels = std::log2(static_cast<double>(size));
  const double eta = 6.7 * unit_roundoff;
  return levels * eta / (1.0 - levels * eta);
}

constexpr double double_roundoff = 0x1p-53, float_roundoff = 0x1p-24;

// Σ x[n]·exp(∓j2πkn/N) for all k. The powers of the root are exact to the last digit of long double, and so
// is the sum to about N of them.
std::vector<Complex> direct_transform(const std::vector<Complex>& x, bool inverse) {
  const std::size_t size = x.size();
  std::vector<std::complex<long double>> root(size);
  const long double turn =
      (inverse ? 2.0L : -2.0L) * std::numbers::pi_v<long double> / static_cast<long double>(size);
  for (std::size_t k = 0; k < size; ++k)
    root[k] = {std::cos(turn * static_cast<long double>(k)), std::sin(turn * static_cast<long double>(k))};
  std::vector<Complex> result(size);
  for (std::size_t k = 0; k < size; ++k) {
    long double re = 0.0L, im = 0.0L;
    for (std::size_t n = 0; n < size; ++n) {
      const auto& w = root[k * n % size];
      re += w.real() * x[n].real() - w.imag() * x[n].imag();
      im += w.real() * x[n].imag() + w.imag() * x[n].real();
    }
    result[k] = {static_cast<double>(re), static_cast<double>(im)};
  }
  return result;
}

// Of `found` from `expected`, 2-norm over 2-norm.
double relative_error(const std::vector<Complex>& found, const std::vector<Complex>& expected) {
  double error = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    error += std::norm(found[i] - expected[i]);
    norm += std::norm(expected[i]);
  }
  return std::sqrt(error / norm);
}

std::vector<Complex> widened(const std::vector<std::complex<float>>& x) { return {x.begin(), x.end()}; }

class DoubleFft : public testing::TestWithParam<std::size_t> {};

TEST_P(DoubleFft, IsTheDirectSumInBothDirections) {
  const auto x = noise<Complex>(GetParam(), 1);
  for (const bool inverse : {false, true}) {
    std::vector<Complex> found = x;
    fft(found, inverse);
    EXPECT_LE(relative_error(found, direct_transform(x, inverse)), bound(x.size(), double_roundoff))
        << "inverse " << inverse;
  }
}

// Σ |X|² = N·Σ |x|².
TEST_P(DoubleFft, KeepsTheEnergy) {
  std::vector<Complex> x = noise<Complex>(GetParam(), 2);
  const auto energy = [&] {
    return std::accumulate(x.begin(), x.end(), 0.0, [](double sum, Complex v) { return sum + std::norm(v); });
  };
  const double before = energy() * static_cast<double>(x.size());
  fft(x, false);
  // Twice the error of the amplitude, and that of the two sums.
  EXPECT_NEAR(energy() / before, 1.0,
              2.0 * bound(x.size(), double_roundoff) + 2.0 * static_cast<double>(x.size()) * double_roundoff);
}

TEST_P(DoubleFft, TheInverseGivesTheRecordBackTimesItsSize) {
  const auto x = noise<Complex>(GetParam(), 3);
  std::vector<Complex> found = x;
  fft(found, false);
  fft(found, true);
  for (Complex& sample : found) sample /= static_cast<double>(x.size());
  EXPECT_LE(relative_error(found, x), 2.0 * bound(x.size(), double_roundoff));
}

INSTANTIATE_TEST_SUITE_P(Sizes, DoubleFft,
                         testing::Values(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048));

TEST(Fft, RefusesSizesThatAreNoPowerOfTwo) {
  for (std::size_t size = 0; size <= 1024; ++size) {
    if (std::has_single_bit(size)) continue;
    std::vector<Complex> x(size);
    ASSERT_EQ(message_of([&] { fft(x, false); }),
              "the size of a Fourier transform must be a power of two, not " + std::to_string(size));
  }
}

TEST(FftPlan, RefusesSizesOutsideItsRange) {
  for (const int size : {-8, 0, 1, 3, 48, 4095, 1 << 21})
    EXPECT_EQ(message_of([&] { FftPlan{size}; }),
              "the size of a Fourier transform must be a power of two from 2 to 1048576, not " +
                  std::to_string(size));
}

TEST(FftPlan, EveryBinHasOnePosition) {
  for (int size = 2; size <= 1 << 20; size *= 2) {
    const FftPlan plan(size);
    ASSERT_EQ(plan.bin_of_position().size(), static_cast<std::size_t>(size));
    std::vector<int> bins(plan.bin_of_position().begin(), plan.bin_of_position().end());
    std::sort(bins.begin(), bins.end());
    for (int bin = 0; bin < size; ++bin) ASSERT_EQ(bins[static_cast<std::size_t>(bin)], bin);
  }
}

Records noise_in_all_lanes(std::size_t size) {
  Records records;
  for (std::uint32_t lane = 0; lane < fft_lanes; ++lane)
    records.push_back(noise<std::complex<float>>(size, 100 + lane));
  return records;
}

// Written out by the layout that fft.hpp states, so that gather_lanes is not needed to test it.
void put(const Records& records, float* data) {
  for (std::size_t lane = 0; lane < records.size(); ++lane)
    for (std::size_t n = 0; n < records[lane].size(); ++n) {
      data[32 * n + lane] = records[lane][n].real();
      data[32 * n + 16 + lane] = records[lane][n].imag();
    }
}

std::vector<Complex> lane_of(const float* data, std::size_t size, std::size_t lane) {
  std::vector<Complex> result(size);
  for (std::size_t n = 0; n < size; ++n) result[n] = {data[32 * n + lane], data[32 * n + 16 + lane]};
  return result;
}

// The spectrum at position p is that of bin bins[p].
std::vector<Complex> in_order(const std::vector<Complex>& positions, std::span<const int> bins) {
  std::vector<Complex> result(positions.size());
  for (std::size_t p = 0; p < positions.size(); ++p) result[static_cast<std::size_t>(bins[p])] = positions[p];
  return result;
}

class BatchFft : public testing::TestWithParam<int> {
 protected:
  std::size_t size() const { return static_cast<std::size_t>(GetParam()); }
  // The direct sum of one lane in full, which one differs from size to size; fft() of the others.
  std::vector<Complex> expected(const std::vector<std::complex<float>>& x, std::size_t lane, bool inverse) {
    if (lane == static_cast<std::size_t>(std::countr_zero(size())) || size() <= 256)
      return direct_transform(widened(x), inverse);
    std::vector<Complex> result = widened(x);
    fft(result, inverse);
    return result;
  }
};

TEST_P(BatchFft, ForwardIsTheDirectSumInTheOrderOfThePlan) {
  const FftPlan plan(GetParam());
  const Records records = noise_in_all_lanes(size());
  BatchBuffer batch(GetParam());
  put(records, batch.data());
  fft_forward(plan, batch.data());
  for (std::size_t lane = 0; lane < fft_lanes; ++lane)
    EXPECT_LE(relative_error(in_order(lane_of(batch.data(), size(), lane), plan.bin_of_position()),
                             expected(records[lane], lane, false)),
              bound(size(), float_roundoff))
        << "lane " << lane;
}

TEST_P(BatchFft, InverseIsTheDirectSumOfASpectrumInTheOrderOfThePlan) {
  const FftPlan plan(GetParam());
  const Records positions = noise_in_all_lanes(size());
  BatchBuffer batch(GetParam());
  put(positions, batch.data());
  fft_inverse(plan, batch.data());
  for (std::size_t lane = 0; lane < fft_lanes; ++lane) {
    std::vector<std::complex<float>> bins(size());
    for (std::size_t p = 0; p < size(); ++p)
      bins[static_cast<std::size_t>(plan.bin_of_position()[p])] = positions[lane][p];
    EXPECT_LE(relative_error(lane_of(batch.data(), size(), lane), expected(bins, lane, true)),
              bound(size(), float_roundoff))
        << "lane " << lane;
  }
}

TEST_P(BatchFft, ThereAndBackIsTheRecordTimesItsSize) {
  const FftPlan plan(GetParam());
  const Records records = noise_in_all_lanes(size());
  BatchBuffer batch(GetParam());
  put(records, batch.data());
  fft_forward(plan, batch.data());
  fft_inverse(plan, batch.data());
  for (std::size_t lane = 0; lane < fft_lanes; ++lane) {
    std::vector<Complex> found = lane_of(batch.data(), size(), lane);
    for (Complex& sample : found) sample /= static_cast<double>(size());
    EXPECT_LE(relative_error(found, widened(records[lane])), 2.0 * bound(size(), float_roundoff))
        << "lane " << lane;
  }
}

// Products of spectra are products at the same position, one spectrum for all lanes.
TEST_P(BatchFft, MultipliesEveryLaneByOneSpectrum) {
  const FftPlan plan(GetParam());
  const Records records = noise_in_all_lanes(size());
  const auto factor = noise<std::complex<float>>(size(), 7);
  std::vector<float> pairs;
  for (const std::complex<float>& value : factor) pairs.insert(pairs.end(), {value.real(), value.imag()});
  BatchBuffer batch(GetParam());
  put(records, batch.data());
  multiply_spectrum(plan, pairs, batch.data());
  for (std::size_t lane = 0; lane < fft_lanes; ++lane) {
    std::vector<Complex> product = widened(records[lane]);
    for (std::size_t p = 0; p < size(); ++p) product[p] *= Complex(factor[p]);
    // A complex product is within √2·γ2 = 2.9·u (Higham, lemma 3.5).
    EXPECT_LE(relative_error(lane_of(batch.data(), size(), lane), product), 2.9 * float_roundoff);
  }
}

TEST_P(BatchFft, FiltersAsItsThreePartsDo) {
  const FftPlan plan(GetParam());
  const Records records = noise_in_all_lanes(size());
  std::vector<float> pairs;
  for (const std::complex<float>& value : noise<std::complex<float>>(size(), 7))
    pairs.insert(pairs.end(), {value.real(), value.imag()});
  BatchBuffer parts(GetParam()), once(GetParam());
  put(records, parts.data());
  put(records, once.data());
  fft_forward(plan, parts.data());
  multiply_spectrum(plan, pairs, parts.data());
  fft_inverse(plan, parts.data());
  fft_filter(plan, pairs, once.data());
  const auto values = [&](const BatchBuffer& batch) {
    return std::vector<float>(batch.data(), batch.data() + 2 * fft_lanes * size());
  };
  EXPECT_TRUE(same_bits(values(once), values(parts)));
}

INSTANTIATE_TEST_SUITE_P(Sizes, BatchFft,
                         testing::Values(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096));

// A tone fills one bin: sizes whose direct sum would take too long.
TEST(BatchFftOfATone, FillsOneBin) {
  for (const int size : {1 << 15, 1 << 16, 1 << 17}) {
    const FftPlan plan(size);
    BatchBuffer batch(size);
    const auto n = static_cast<std::size_t>(size);
    Records records(fft_lanes);
    const auto bin = [&](std::size_t lane) { return (lane * 7919 + 1) % n; };
    for (std::size_t lane = 0; lane < fft_lanes; ++lane)
      for (std::size_t i = 0; i < n; ++i)
        records[lane].emplace_back(std::polar(
            1.0, 2.0 * std::numbers::pi * static_cast<double>(bin(lane) * i % n) / static_cast<double>(n)));
    put(records, batch.data());
    fft_forward(plan, batch.data());
    for (std::size_t lane = 0; lane < fft_lanes; ++lane) {
      std::vector<Complex> spectrum(n);
      spectrum[bin(lane)] = static_cast<double>(size);
      // The record itself is rounded to single precision.
      EXPECT_LE(relative_error(in_order(lane_of(batch.data(), n, lane), plan.bin_of_position()), spectrum),
                bound(n, float_roundoff) + float_roundoff);
    }
  }
}

// Transpositions move numbers and change none, for every count of samples left over after squares of four.
TEST(Lanes, GatherAndScatterFollowTheLayout) {
  for (const int count : {1, 2, 3, 4, 5, 7, 8, 11, 64}) {
    const auto n = static_cast<std::size_t>(count);
    BatchBuffer batch(count);
    const auto data = [&](std::size_t sample, std::size_t place) {
      return batch.data()[32 * sample + place];
    };
    std::vector<std::vector<float>> real_in, real_out(32, std::vector<float>(n));
    std::array<const float*, 32> from;
    std::array<float*, 32> to;
    for (std::uint32_t r = 0; r < 32; ++r) {
      real_in.push_back(noise<float>(n, r));
      from[r] = real_in[r].data();
      to[r] = real_out[r].data();
    }
    gather_lanes(from, count, batch.data());
    for (std::size_t r = 0; r < 32; ++r)
      for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(data(i, r), real_in[r][i]);
    scatter_lanes(batch.data(), count, to);
    EXPECT_EQ(real_out, real_in);

    const Records complex_in = noise_in_all_lanes(n);
    Records complex_out(fft_lanes, std::vector<std::complex<float>>(n));
    std::array<const std::complex<float>*, fft_lanes> complex_from;
    std::array<std::complex<float>*, fft_lanes> complex_to;
    for (std::size_t r = 0; r < fft_lanes; ++r) {
      complex_from[r] = complex_in[r].data();
      complex_to[r] = complex_out[r].data();
    }
    gather_lanes(complex_from, count, batch.data());
    for (std::size_t r = 0; r < fft_lanes; ++r)
      for (std::size_t i = 0; i < n; ++i)
        ASSERT_EQ(std::complex<float>(data(i, r), data(i, 16 + r)), complex_in[r][i]);
    scatter_lanes(batch.data(), count, complex_to);
    EXPECT_EQ(complex_out, complex_in);
  }
}

// Spectra, filtered records and records after a move through the lanes, from one instruction set.
std::vector<float> all_kernels(std::int64_t target, int size) {
  const OnTarget only(target);
  const FftPlan plan(size);
  const Records records = noise_in_all_lanes(static_cast<std::size_t>(size));
  std::array<const std::complex<float>*, fft_lanes> from;
  for (std::size_t lane = 0; lane < fft_lanes; ++lane) from[lane] = records[lane].data();
  BatchBuffer batch(size);
  const std::size_t floats = 32 * static_cast<std::size_t>(size);
  std::vector<float> result;
  const auto keep = [&] { result.insert(result.end(), batch.data(), batch.data() + floats); };
  gather_lanes(from, size, batch.data());
  fft_forward(plan, batch.data());
  keep();
  const std::vector<float> factor = noise<float>(2 * static_cast<std::size_t>(size), 9);
  multiply_spectrum(plan, factor, batch.data());
  keep();
  fft_inverse(plan, batch.data());
  Records moved(fft_lanes, std::vector<std::complex<float>>(static_cast<std::size_t>(size)));
  std::array<std::complex<float>*, fft_lanes> to;
  for (std::size_t lane = 0; lane < fft_lanes; ++lane) to[lane] = moved[lane].data();
  scatter_lanes(batch.data(), size, to);
  for (const auto& record : moved)
    for (const std::complex<float>& sample : record)
      result.insert(result.end(), {sample.real(), sample.imag()});
  return result;
}

constexpr int target_sizes[] = {2, 4, 8, 16, 32, 64, 512, 4096};

TEST(InstructionSets, AgreeToRounding) {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  ASSERT_FALSE(targets.empty());
  for (const int size : target_sizes) {
    const std::vector<float> best = all_kernels(targets.front(), size);
    for (const std::int64_t target : targets) {
      const std::vector<float> found = all_kernels(target, size);
      ASSERT_EQ(found.size(), best.size());
      double error = 0.0, norm = 0.0;
      for (std::size_t i = 0; i < best.size(); ++i) {
        error += std::pow(static_cast<double>(found[i]) - best[i], 2);
        norm += std::pow(static_cast<double>(best[i]), 2);
      }
      // Forward and inverse with a product between, off by at most their bounds on either side. The factor
      // is at most √2 and on average above 1/2, so it raises an error against the record three times at most.
      const double each = 2.0 * bound(static_cast<std::size_t>(size), float_roundoff) + 2.9 * float_roundoff;
      EXPECT_LE(std::sqrt(error / norm), 2.0 * 3.0 * each)
          << hwy::TargetName(target) << " and " << hwy::TargetName(targets.front()) << ", size " << size;
    }
  }
}

// The order of operations is the same everywhere; only the fusion of product and sum can differ.
TEST(InstructionSets, WithTheSameFusionAgreeBitForBit) {
  const auto pairs = pairs_of_same_fusion();
  if (pairs.empty()) GTEST_SKIP() << "this CPU has no two instruction sets of the same fusion";
  for (const auto& [a, b] : pairs)
    for (const int size : target_sizes)
      EXPECT_TRUE(same_bits(all_kernels(a, size), all_kernels(b, size)))
          << hwy::TargetName(a) << " and " << hwy::TargetName(b) << ", size " << size;
}

// Without this the two tests above could compare one instruction set with itself.
TEST(InstructionSets, FusedAndUnfusedDiffer) {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  if (is_fused(targets.front()) == is_fused(targets.back()))
    GTEST_SKIP() << "the instruction sets of this CPU are all fused or all unfused";
  EXPECT_FALSE(same_bits(all_kernels(targets.front(), 512), all_kernels(targets.back(), 512)));
}

}  // namespace
}  // namespace waverack::signal
