// Lines through amplifiers, filters and what polarisation meets. Expected values: closed forms (facts:
// coherent, A5, A16, A17).

#include "waverack/coherent/line_propagation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "unit/base/message_of.hpp"
#include "unit/coherent/sample_rate.hpp"
#include "waverack/coherent/circular_receiver.hpp"
#include "waverack/coherent/overlapped_windows.hpp"
#include "waverack/coherent/pulse.hpp"

namespace waverack::coherent {
namespace {

using Complex = std::complex<double>;

Line spans(int count, double noise_figure) {
  Line line;
  const FibreSpan span;
  for (int i = 0; i < count; ++i) {
    line.elements.push_back({"span", span});
    line.elements.push_back(
        {"amplifier", LineAmplifier{std::exp(span.attenuation * span.length), noise_figure}});
  }
  return line;
}

// Dark fibre: only noise comes out. Power of each polarisation against (G·F − 1)/2·hν·B for each span, within
// 0.9 %, 4.5 standard deviations of 262 144 complex samples; correlation of x and y below
// 3/√N. The seed is fixed: sources must not repeat on spans or polarisations.
TEST(LinePropagation, AddsIndependentNoiseOfEverySpan) {
  const double gain = std::pow(10.0, 1.6), figure = std::pow(10.0, 0.5);
  const double density = 0.5 * (gain * figure - 1.0) * 6.62607015e-34 * 193.414e12;
  for (const int count : {1, 4}) {
    DualBatch batch(32768, sample_rate);
    for (int r = 0; r < batch_records; ++r) batch.first[static_cast<std::size_t>(r)] = 32768 * r;
    PropagationOptions options{.nonlinear = false, .seed = 7};
    const Line line = spans(count, figure);
    const LinePropagation propagation(line, batch.plan, sample_rate, options);
    EXPECT_NEAR(propagation.noise_power_density() / (count * density), 1.0, 2e-3);
    propagation.apply(batch);
    double px = 0.0, py = 0.0;
    Complex cross = 0.0;
    std::vector<std::complex<float>> x(32768), y(32768);
    for (int r = 0; r < batch_records; ++r) {
      get_record(batch, r, 0, x);
      get_record(batch, r, 1, y);
      for (std::size_t n = 0; n < x.size(); ++n) {
        px += std::norm(Complex(x[n]));
        py += std::norm(Complex(y[n]));
        cross += Complex(x[n]) * std::conj(Complex(y[n]));
      }
    }
    const double samples = 8 * 32768.0, expected = count * density * sample_rate * samples;
    const double deviation = 4.5 / std::sqrt(samples);
    EXPECT_NEAR(px / expected, 1.0, deviation);
    EXPECT_NEAR(py / expected, 1.0, deviation);
    EXPECT_LT(std::abs(cross) / std::sqrt(px * py), 3.0 / std::sqrt(samples));
  }
}

// Everything linear in one filter: the field at the end against the response from end to end, of a line that
// has every element, whatever is merged. Single precision.
TEST(LinePropagation, ReportsTheResponseOfTheLinearLine) {
  Line line = spans(2, 3.0);
  std::get<FibreSpan>(line.elements[0].element).pmd = 1e-12 / std::sqrt(1e3);
  std::get<FibreSpan>(line.elements[2].element).input_loss = 1.3;
  line.elements.push_back({"filter", LineFilter{.centre_offset = 3e9, .bandwidth = 60e9, .loss = 2.0}});
  line.elements.push_back({"element", PolarisationElement{.pdl = 1.6, .dgd = 8e-12}});
  DualBatch batch(4096, sample_rate);
  const auto sent = random_symbols(1024, Format::qam16, false, 1, 1);
  shape_pulses(batch, sent, 0.1, 1e-3);
  DualBatch expected(4096, sample_rate);
  shape_pulses(expected, sent, 0.1, 1e-3);
  const LinePropagation propagation(line, batch.plan, sample_rate, {.nonlinear = false, .noise = false});
  JonesFilter(expected.plan, sample_rate, propagation.response()).apply(expected);
  propagation.apply(batch);
  double error = 0.0, total = 0.0;
  for (int i = 0; i < 32 * 4096; ++i) {
    error += std::pow(static_cast<double>(batch.data()[i] - expected.data()[i]), 2);
    total += std::pow(static_cast<double>(expected.data()[i]), 2);
  }
  EXPECT_LT(std::sqrt(error / total), 1e-6);
  // Power at the carrier: gain 1 over each span but for the connector of 1.3 and the filter's loss of 2 with
  // |H(3 GHz)|² = exp(−ln 2·(6/60)⁸); the mean over polarisations keeps what PDL leaves.
  const Jones j = propagation.response()(0.0);
  const double power = 0.5 * (std::norm(j.xx) + std::norm(j.xy) + std::norm(j.yx) + std::norm(j.yy));
  EXPECT_NEAR(power, 1.0 / (1.3 * 2.0) * std::exp(-std::numbers::ln2 * 1e-8), 1e-6);
  // and the singular values are those of the PDL: det/|mean| = √(g1·g2)/½(g1 + g2).
  const double determinant = std::abs(j.xx * j.yy - j.xy * j.yx);
  EXPECT_NEAR(determinant / power, 2.0 * std::sqrt(1.6) / 2.6, 1e-9);
}

// The same line linear by the response, the split step at −60 dBm: nothing of it is nonlinear.
TEST(LinePropagation, IsLinearAtLowPower) {
  Line line = spans(2, 0.0);
  for (auto i : {0, 2})
    std::get<FibreSpan>(line.elements[static_cast<std::size_t>(i)].element).pmd = 1e-12 / std::sqrt(1e3);
  line.channel.power = 1e-9;
  DualBatch batch(4096, sample_rate);
  const auto sent = random_symbols(1024, Format::qam16, false, 1, 1);
  shape_pulses(batch, sent, 0.1, 1e-9);
  const LinePropagation propagation(line, batch.plan, sample_rate, {.noise = false});
  propagation.apply(batch);
  for (const double snr : received_snr(batch, sent, 0.1, propagation.response())) EXPECT_GT(snr, 1e9);
}

// Maxwellian statistics of 4000 fibres: mean within 3 % (its standard deviation is 0.7 %), Kolmogorov–Smirnov
// at 1 %: 1.63/√N. The distribution is exact for any number of sections, so few are tested too.
TEST(Polarisation, DelaysAreMaxwellian) {
  FibreSpan span{.pmd = 0.1e-12 / std::sqrt(1e3)};
  const double mean = span.pmd * std::sqrt(span.length);
  for (const int sections : {3, 20}) {
    std::vector<double> delays;
    constexpr int count = 4000;
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto placed = mode_dispersion(span, sections, 4, {.seed = 5, .realisation = i});
      delays.push_back(differential_group_delay(
          [&](double f) {
            Jones all;
            for (const auto& p : placed) all = product(p.response(f), all);
            return all;
          },
          10e9, 1e9));
    }
    std::sort(delays.begin(), delays.end());
    double sum = 0.0, distance = 0.0;
    for (int i = 0; i < count; ++i) {
      const double t = delays[static_cast<std::size_t>(i)];
      sum += t;
      // x = 2t/(√π·mean): the Maxwellian with this mean is erf(x) − 2x/√π·exp(−x²).
      const double x = 2.0 * t / (std::sqrt(std::numbers::pi) * mean);
      const double cumulated = std::erf(x) - 2.0 * x / std::sqrt(std::numbers::pi) * std::exp(-x * x);
      distance = std::max(
          {distance, std::abs(cumulated - (i + 1.0) / count), std::abs(cumulated - i * 1.0 / count)});
    }
    EXPECT_NEAR(sum / count / mean, 1.0, 0.03) << sections;
    EXPECT_LT(distance, 1.63 / std::sqrt(count)) << sections;
  }
}

TEST(Polarisation, SectionsStandAlongTheFibreAndAreFrozen) {
  const FibreSpan span{.pmd = 1e-15};
  const auto placed = mode_dispersion(span, 18, 5, {.seed = 5});
  ASSERT_EQ(placed.size(), 5u);
  EXPECT_DOUBLE_EQ(placed.front().place, 16e3);
  EXPECT_DOUBLE_EQ(placed.back().place, 80e3);
  const auto again = mode_dispersion(span, 18, 5, {.seed = 5});
  const auto other = mode_dispersion(span, 18, 5, {.seed = 5, .realisation = 1});
  EXPECT_EQ(placed[2].response(3e9).xy, again[2].response(3e9).xy);
  EXPECT_NE(placed[2].response(3e9).xy, other[2].response(3e9).xy);
  EXPECT_TRUE(mode_dispersion(FibreSpan{}, 20, 4, {}).empty());
}

// Uniform on the sphere of Stokes vectors: the mean of every component of x through 4000 rotations is 0, that
// of its square 1/3, within 4.5 standard deviations.
TEST(Polarisation, RotationsAreUniform) {
  double first[3] = {}, second[3] = {};
  constexpr int count = 4000;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Jones j = random_rotation({.seed = 2}, i);
    EXPECT_NEAR(std::abs(j.xx * j.yy - j.xy * j.yx - 1.0), 0.0, 1e-12);
    const Complex beat = 2.0 * j.xx * std::conj(j.yx);
    const double s[3] = {std::norm(j.xx) - std::norm(j.yx), beat.real(), beat.imag()};
    for (int k = 0; k < 3; ++k) first[k] += s[k], second[k] += s[k] * s[k];
  }
  for (int k = 0; k < 3; ++k) {
    EXPECT_NEAR(first[k] / count, 0.0, 4.5 * std::sqrt(1.0 / 3.0 / count)) << k;
    EXPECT_NEAR(second[k] / count, 1.0 / 3.0, 4.5 * std::sqrt(4.0 / 45.0 / count)) << k;
  }
}

// Noise behind PDL is white, so that after the inverse of the line x and y have the two ratios of signal to
// noise of the matrix's rows: 1/Σ|row of the inverse|². Its mean over polarisations is not that of the
// powers: the "two-SNR mixture" of the facts, A17. 16384 symbols: 4.5 standard deviations are 3.5 %.
TEST(Polarisation, LossSplitsTheRatioOfSignalToNoise) {
  Line line;
  line.elements.push_back({"element", PolarisationElement{.pdl = 2.0}});
  line.elements.push_back({"loss", FibreSpan{.length = 1.0, .beta2 = 0.0, .gamma = 0.0, .input_loss = 1e4}});
  line.elements.push_back({"amplifier", LineAmplifier{1e4, 10.0}});
  DualBatch batch(4096, sample_rate);
  const auto sent = random_symbols(2048, Format::qam16, false, 1, 1);
  for (int r = 0; r < batch_records; ++r) batch.first[static_cast<std::size_t>(r)] = 4096 * r;
  const double power = 1e-3;
  DualBatch light(4096, sample_rate / 2);
  light.first = batch.first;
  shape_pulses(light, sent, 0.1, power);
  const LinePropagation propagation(line, light.plan, sample_rate / 2, {.seed = 3});
  propagation.apply(light);
  const Jones back = inverse(propagation.response()(0.0));
  const auto snr = received_snr(light, sent, 0.1, propagation.response());
  const double noise = propagation.noise_power_density() * sample_rate / 4;  // in the symbol rate, matched
  EXPECT_NEAR(snr[0] / (0.5 * power / (noise * (std::norm(back.xx) + std::norm(back.xy)))), 1.0, 0.035);
  EXPECT_NEAR(snr[1] / (0.5 * power / (noise * (std::norm(back.yx) + std::norm(back.yy)))), 1.0, 0.035);
  EXPECT_GT(std::abs(snr[0] / snr[1] - 1.0), 0.05);
}

TEST(OverlappedWindows, JoinWithoutGap) {
  const OverlappedWindows windows{.size = 1024, .guard = 100, .start = -77};
  std::int64_t next = -77;
  DualBatch batch(1024, 1e9);
  for (std::int64_t b = 0; b < 3; ++b) {
    place(windows, b, batch);
    for (int r = 0; r < batch_records; ++r) {
      EXPECT_EQ(valid(windows, b, r).begin, next);
      next = valid(windows, b, r).end;
      EXPECT_EQ(batch.first[static_cast<std::size_t>(r)], valid(windows, b, r).begin - 100);
      EXPECT_EQ(held(windows, b, r).end, valid(windows, b, r).end + 100);
    }
  }
  EXPECT_EQ(next, -77 + 3 * windows.valid_of_batch());
}

// A stream in windows is the long record, nonlinear and with noise, where the guard is the line's memory; and
// is not, where the guard is a tenth of it. The stream is one period of a long record, whose own ends are
// left out of the comparison. 1e-3: the accuracy of the split step.
TEST(OverlappedWindows, AreTheEndlessStream) {
  Line line = spans(2, 3.0);
  std::get<FibreSpan>(line.elements[0].element).pmd = 0.5e-12 / std::sqrt(1e3);
  line.elements.push_back({"filter", LineFilter{.bandwidth = 75e9}});
  line.channel.power = 4e-3;
  constexpr int total = 16384, size = 4096;
  DualBatch whole(total, sample_rate);
  shape_pulses(whole, random_symbols(total / 4, Format::qam16, false, 1, 1), 0.1, 4e-3);
  std::vector<std::complex<float>> in[2], out[2];
  for (const int p : {0, 1}) {
    in[p].resize(total);
    out[p].resize(total);
    get_record(whole, 0, p, in[p]);
  }
  const PropagationOptions options{.noise = true};
  LinePropagation(line, whole.plan, sample_rate, options).apply(whole);
  for (const int p : {0, 1}) get_record(whole, 0, p, out[p]);

  const double memory = line_memory(line, 1.1 * line.channel.symbol_rate);
  const int guard = static_cast<int>(std::ceil(memory * sample_rate));
  ASSERT_LT(guard, size / 2);
  DualBatch batch(size, sample_rate);
  const LinePropagation propagation(line, batch.plan, sample_rate, options);
  std::vector<double> errors;
  for (const int g : {guard, guard / 10}) {
    const OverlappedWindows windows{.size = size, .guard = g, .start = guard};
    place(windows, 0, batch);
    std::vector<std::complex<float>> samples(size);
    for (int r = 0; r < batch_records; ++r)
      for (const int p : {0, 1}) {
        for (int n = 0; n < size; ++n) {
          const std::int64_t at = held(windows, 0, r).begin + n;
          samples[static_cast<std::size_t>(n)] =
              at >= 0 && at < total ? in[p][static_cast<std::size_t>(at)] : 0.0f;
        }
        set_record(batch, r, p, samples);
      }
    propagation.apply(batch);
    double error = 0.0, energy = 0.0;
    int compared = 0;
    for (int r = 0; r < batch_records; ++r) {
      const SampleRange good = valid(windows, 0, r);
      if (held(windows, 0, r).end > total) break;
      for (const int p : {0, 1}) {
        get_record(batch, r, p, samples);
        for (std::int64_t n = good.begin; n < good.end; ++n, ++compared) {
          const Complex a = samples[static_cast<std::size_t>(n - held(windows, 0, r).begin)];
          const Complex b = out[p][static_cast<std::size_t>(n)];
          error += std::norm(a - b);
          energy += std::norm(b);
        }
      }
    }
    EXPECT_GT(compared, 8000);
    errors.push_back(std::sqrt(error / energy));
  }
  EXPECT_LT(errors[0], 1e-3);
  EXPECT_GT(errors[1], 1e-2);
}

// Pulses and matched filter give the symbols back; the power is what was asked for on average.
TEST(Pulses, AreUndoneByTheMatchedFilter) {
  DualBatch batch(2048, 8e9);
  const auto sent = random_symbols(512, Format::qam8, false, 4, 9);
  shape_pulses(batch, sent, 0.2, 2e-3);
  EXPECT_NEAR(mean_power(batch) / 2e-3, 1.0, 0.03);
  const auto received = matched_symbols(batch, 4, 0.2);
  const float amplitude = std::sqrt(1e-3f);
  for (int r = 0; r < batch_records; ++r)
    for (std::size_t m = 0; m < 512; ++m) {
      const auto i = static_cast<std::size_t>(r);
      ASSERT_NEAR(std::abs(received.x[i][m] - amplitude * sent.x[i][m]), 0.0, 1e-6);
      ASSERT_NEAR(std::abs(received.y[i][m] - amplitude * sent.y[i][m]), 0.0, 1e-6);
    }
  EXPECT_GT(symbol_snr(received, sent)[0], 1e9);
  EXPECT_THAT(
      message_of([&] { shape_pulses(batch, random_symbols(500, Format::qpsk, false, 1, 1), 0.2, 1.0); }),
      testing::HasSubstr("whole number"));
}

}  // namespace
}  // namespace waverack::coherent
