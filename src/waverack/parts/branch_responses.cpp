#include "waverack/parts/branch_responses.hpp"

#include <cmath>
#include <numbers>

namespace waverack::parts {

std::array<double, 4> branch_delays(const BranchErrors& errors) {
  const double iq = errors.iq_skew / 2.0, polarisation = errors.polarisation_skew / 2.0;
  return {-polarisation - iq, -polarisation + iq, polarisation - iq, polarisation + iq};
}

BranchGains branch_gains(const BranchErrors& errors) {
  const auto half = [](double power_ratio, double sign) {
    return static_cast<float>(std::pow(power_ratio, sign / 4.0));
  };
  return {half(errors.iq_gain, -1.0), half(errors.iq_gain, 1.0), half(errors.polarisation_gain, -1.0),
          half(errors.polarisation_gain, 1.0)};
}

coherent::BranchResponses delayed_branches(const signal::Response& whole, const BranchErrors& errors) {
  const auto delayed = [&](double delay) {
    return
        [whole, delay](double f) { return whole(f) * std::polar(1.0, -2.0 * std::numbers::pi * f * delay); };
  };
  const std::array<double, 4> delays = branch_delays(errors);
  return {delayed(delays[0]), delayed(delays[1]), delayed(delays[2]), delayed(delays[3])};
}

signal::Response converter_low_pass(double bandwidth) {
  const double delay = 2.113918 / (2.0 * std::numbers::pi * bandwidth);  // response.hpp
  return [filter = signal::bessel_thomson(bandwidth), advance = signal::ideal_delay(-delay)](double f) {
    return filter(f) * advance(f);
  };
}

double quantisation_noise(double enob, double full_scale) {
  return 0.5 * full_scale * full_scale / (1.5 * std::exp2(2.0 * enob));
}

}  // namespace waverack::parts
