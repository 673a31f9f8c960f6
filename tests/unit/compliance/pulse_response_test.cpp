#include "waverack/compliance/pulse_response.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "two_ports.hpp"
#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

using std::numbers::pi;
constexpr double pulse_symbol_rate = 10e9, edge = 30e-12, frequency_step = 10e6;

PulseResponse respond(const Spectrum& transmission) {
  const network::Network n = two_port(0.0, frequency_step, 5001, transmission);
  return pulse_response(network::channel_response(n), frequency_step, pulse_symbol_rate, 32, edge);
}

double interpolated(const PulseResponse& r, const std::vector<double>& record, double time) {
  const double x = (time - r.start) / r.step;
  const auto n = static_cast<std::size_t>(x);
  return record[n] + (record[n + 1] - record[n]) * (x - static_cast<double>(n));
}

// A delay and a gain return the transmitter: a Gaussian impulse, a step that is half way at the delay and
// takes `edge` from 20 % to 80 %, and a pulse of one symbol.
TEST(PulseResponse, OfADelayIsTheTransmitter) {
  const double delay = 1.23e-9, gain = 0.8, sigma = edge / 1.6832;
  const PulseResponse r = respond([&](double f) { return delayed(gain, f, delay); });
  EXPECT_NEAR(interpolated(r, r.step_response, delay), 0.5 * gain, 1e-3);
  EXPECT_NEAR(interpolated(r, r.step_response, delay - 0.5 * edge), 0.2 * gain, 1e-3);
  EXPECT_NEAR(interpolated(r, r.step_response, delay + 0.5 * edge), 0.8 * gain, 1e-3);
  EXPECT_NEAR(r.step_response.back(), gain, 1e-6);
  EXPECT_NEAR(interpolated(r, r.impulse, delay) * sigma * std::sqrt(2.0 * pi), gain, 2e-3);
  EXPECT_NEAR(*std::max_element(r.pulse.begin(), r.pulse.end()),
              gain * std::erf(0.5 / pulse_symbol_rate / sigma / std::sqrt(2.0)), 1e-3);
  EXPECT_NEAR(interpolated(r, r.pulse, delay), 0.5 * gain, 1e-3);
  EXPECT_NEAR(interpolated(r, r.pulse, delay + 1.0 / pulse_symbol_rate), 0.5 * gain, 1e-3);
  // Nothing rings: the record never goes below zero.
  EXPECT_GT(*std::min_element(r.pulse.begin(), r.pulse.end()), -1e-6);
}

// A single pole: 1 − exp(−t/τ), behind a Gaussian of rms σ later by exp(σ²/2τ²).
TEST(PulseResponse, OfASinglePoleIsItsStep) {
  const double tau = 100e-12, sigma = edge / 1.6832;
  const PulseResponse r = respond([&](double f) { return 1.0 / std::complex(1.0, 2.0 * pi * f * tau); });
  for (const double t : {150e-12, 250e-12, 400e-12})
    EXPECT_NEAR(interpolated(r, r.step_response, t),
                1.0 - std::exp(-t / tau + 0.5 * sigma * sigma / tau / tau), 2e-3)
        << t;
  const double decay = interpolated(r, r.pulse, 500e-12) / interpolated(r, r.pulse, 400e-12);
  EXPECT_NEAR(decay, std::exp(-1.0), 2e-3);
}

TEST(PulseResponse, RefusesWhatWouldRing) {
  const network::Network n = two_port(0.0, frequency_step, 101, [](double) { return 1.0; });
  const network::Channel channel = network::channel_response(n);
  EXPECT_THROW(pulse_response(channel, frequency_step, pulse_symbol_rate, 32, 5e-12), Error);
  EXPECT_THROW(pulse_response(channel, frequency_step, pulse_symbol_rate, 3, 80e-12), Error);
  EXPECT_THROW(pulse_response(channel, frequency_step, 0.0, 32, 80e-12), Error);
}

}  // namespace
}  // namespace waverack::compliance
