#include "waverack/parts/coupled_mode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;
constexpr Complex j(0.0, 1.0);

// A ring of 40 GHz half-width, over-coupled, whose loss falls with the voltage.
CoupledMode ring(double detuning_in_half_widths) {
  CoupledMode mode;
  mode.external = 2.0 * pi * 25e9;
  mode.internal = 2.0 * pi * 15e9;
  mode.detuning = detuning_in_half_widths * mode.half_width();
  mode.tuning = 2.0 * pi * 3e9;
  mode.loss_slope = -0.05 * mode.internal;
  return mode;
}

// Facts photonics 4.2: E_out = E_in − jμ·a with a constant a, μ² = 2/τ_e.
TEST(CoupledMode, TransmissionOfAConstantDrive) {
  const CoupledMode mode = ring(0.7);
  for (const double g : {-1.0, 0.0, 2.0}) {
    const double mu = std::sqrt(2.0 * mode.external), loss = mode.internal * (1.0 - 0.05 * g);
    const double detuning = mode.detuning + mode.tuning * g;
    const Complex a = -j * mu / (mode.external + loss - j * detuning);
    EXPECT_LT(std::abs(mode.transmission(g) - (1.0 - j * mu * a)), 1e-12);
    // What does not come out was absorbed: 2/τ_l·|a|².
    EXPECT_NEAR(mode.absorbed(g), 2.0 * loss * std::norm(a), 1e-12);
    EXPECT_NEAR(mode.absorbed(g) + std::norm(mode.transmission(g)), 1.0, 1e-12);
    const double difference =
        (std::norm(mode.transmission(g + 1e-4)) - std::norm(mode.transmission(g - 1e-4))) / 2e-4;
    EXPECT_NEAR(mode.transmission_slope(g), difference, 1e-7);
  }
}

// The sidebands of the closed form of facts photonics 4.2, with the modulation of the loss beside that of the
// detuning: a± = ½·κ·a0/(1/τ − jΔ ± jω), κ = j·tuning − loss_slope.
TEST(CoupledMode, SmallSignalIsTheSumOfTheSidebands) {
  for (const double detuning : {-2.0, -0.4, 0.3, 1.0, 3.0}) {
    const CoupledMode mode = ring(detuning);
    const double rate = mode.half_width(), mu = std::sqrt(2.0 * mode.external);
    const auto closed_form = [&](double f) {
      const Complex kappa = j * mode.tuning - mode.loss_slope, w = 2.0 * pi * f * j;
      const Complex a0 = -j * mu / (rate - j * mode.detuning);
      const Complex upper = 0.5 * kappa * a0 / (rate - j * mode.detuning + w);
      const Complex lower = 0.5 * kappa * a0 / (rate - j * mode.detuning - w);
      const Complex e0 = 1.0 - j * mu * a0;
      return -j * mu * upper * std::conj(e0) + e0 * std::conj(-j * mu * lower);
    };
    for (const double f : {0.0, 1e9, 30e9, 70e9, 300e9})
      EXPECT_LT(std::abs(mode.small_signal(f) - closed_form(f) / closed_form(0.0)), 1e-10)
          << detuning << " " << f;
  }
}

// At the bottom of the resonance the response is the limit from either side.
TEST(CoupledMode, SmallSignalAtTheBottomIsTheLimit) {
  CoupledMode mode = ring(0.0), beside = ring(1e-7);
  mode.loss_slope = beside.loss_slope = 0.0;
  for (const double f : {0.0, 20e9, 60e9})
    EXPECT_LT(std::abs(mode.small_signal(f) - beside.small_signal(f)), 1e-6) << f;
}

// The light by the classical Runge-Kutta method with `inner` steps between two samples, for g given in closed
// form.
template <class Drive>
std::vector<Complex> by_runge_kutta(const CoupledMode& mode, const Drive& g, std::size_t n, double rate,
                                    int inner) {
  const double mu = std::sqrt(2.0 * mode.external), h = 1.0 / (rate * inner);
  const auto slope = [&](double t, Complex a) {
    const double loss = mode.internal + mode.loss_slope * g(t);
    return (j * (mode.detuning + mode.tuning * g(t)) - mode.external - loss) * a - j * mu;
  };
  Complex a = 0.0;
  double t = -static_cast<double>(n) / rate;  // one period to settle
  std::vector<Complex> out;
  for (std::size_t i = 0; i < 2 * n; ++i) {
    if (i >= n) out.push_back(1.0 - j * mu * a);
    for (int k = 0; k < inner; ++k, t += h) {
      const Complex k1 = slope(t, a), k2 = slope(t + 0.5 * h, a + 0.5 * h * k1),
                    k3 = slope(t + 0.5 * h, a + 0.5 * h * k2), k4 = slope(t + h, a + h * k3);
      a += h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
    }
  }
  return out;
}

// A large drive of two tones, 6 V peak to peak, against Runge-Kutta with steps of 1/64 of a sample. The
// tolerance is the one that the header states for tones at an eighth and a twelfth of the sample rate, and
// single precision.
TEST(CoupledMode, FollowsALargeDrive) {
  constexpr std::size_t n = 480;
  constexpr double rate = 850e9;
  const CoupledMode mode = ring(0.8);
  const auto g = [&](double t) {
    return 2.0 * std::sin(2.0 * pi * rate / 12.0 * t) + 1.0 * std::cos(2.0 * pi * rate / 8.0 * t);
  };
  std::vector<float> drive(n);
  for (std::size_t i = 0; i < n; ++i) drive[i] = static_cast<float>(g(static_cast<double>(i) / rate));
  std::vector<std::complex<float>> out(n);
  follow(mode, drive, rate, 1.0, out);
  const std::vector<Complex> expected = by_runge_kutta(mode, g, n, rate, 64);
  for (std::size_t i = 0; i < n; ++i) EXPECT_LT(std::abs(Complex(out[i]) - expected[i]), 5e-5) << i;
}

// A step of the drive: the light settles as exp(−t/τ) towards its new value, turning with the detuning. The
// step's own samples are left out, because a waveform cannot jump between two samples.
TEST(CoupledMode, SettlesWithThePhotonLifetime) {
  CoupledMode mode = ring(0.6);
  mode.loss_slope = 0.0;
  constexpr double rate = 2e12;
  std::vector<float> drive(512, 0.0f);
  std::fill(drive.begin() + 256, drive.end(), 0.1f);
  std::vector<std::complex<float>> out(drive.size());
  follow(mode, drive, rate, 1.0, out);
  const Complex last = mode.transmission(0.1f);
  const Complex s = mode.exponent(0.1f) / rate;
  for (std::size_t i = 262; i < 270; ++i) {
    const Complex ratio = (Complex(out[i + 1]) - last) / (Complex(out[i]) - last);
    EXPECT_LT(std::abs(ratio - std::exp(s)), 2e-3) << i;
  }
  EXPECT_NEAR(mode.photon_lifetime(), 1.0 / (2.0 * 2.0 * pi * 40e9), 1e-20);
}

// A periodic drive has a periodic answer: turning the period turns the answer, even where the memory is much
// longer than the period, and a constant drive gives the constant transmission.
TEST(CoupledMode, ThePeriodCloses) {
  for (const double narrower : {1.0, 300.0}) {
    CoupledMode mode = ring(0.9);
    mode.external /= narrower;
    mode.internal /= narrower;
    mode.detuning /= narrower;
    mode.loss_slope = 0.0;
    constexpr std::size_t n = 64;
    std::vector<float> drive(n), turned(n);
    for (std::size_t i = 0; i < n; ++i) drive[i] = (i * i % 7 < 3 ? 1.0f : -1.0f);
    std::rotate_copy(drive.begin(), drive.begin() + 23, drive.end(), turned.begin());
    std::vector<std::complex<float>> out(n), out_turned(n);
    follow(mode, drive, 850e9, 1.0, out);
    follow(mode, turned, 850e9, 1.0, out_turned);
    for (std::size_t i = 0; i < n; ++i) EXPECT_LT(std::abs(out[(i + 23) % n] - out_turned[i]), 2e-6f) << i;

    const std::vector<float> still(5, 0.7f);
    std::vector<std::complex<float>> constant(5);
    follow(mode, still, 850e9, 2.0, constant);
    for (const auto& e : constant) EXPECT_LT(std::abs(Complex(e) - 2.0 * mode.transmission(0.7f)), 1e-5);
  }
}

}  // namespace
}  // namespace waverack::parts
