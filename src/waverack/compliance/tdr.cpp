#include "waverack/compliance/tdr.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/network/uniform_spectrum.hpp"
#include "waverack/signal/chirp_transform.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::compliance {
namespace {

constexpr double samples_per_transition = 8.0;
constexpr double largest_reflection = 0.999;
// Transition times from where the edge begins, as good as 0, to its middle.
constexpr double lead = 2.5;
constexpr double most_profile_samples = 1 << 20;

}  // namespace

ImpedanceProfile impedance_profile(const network::Network& network, int port, double duration,
                                   double transition_time) {
  const network::UniformSpectrum spectrum = network::uniform_spectrum(network, port, port);
  ImpedanceProfile profile;
  profile.remarks = spectrum.remarks;
  profile.transition_time = transition_time == 0.0 ? 1.0 / spectrum.last_frequency() : transition_time;
  profile.step = profile.transition_time / samples_per_transition;
  profile.start = -lead * profile.transition_time;
  const double wanted = std::ceil((duration - profile.start) / profile.step);
  if (!(duration > 0.0) || !(profile.transition_time > 0.0) || wanted > most_profile_samples)
    throw Error("the time of a reflectometer is out of range");

  // Both signs of the frequency are one real part.
  const signal::Response edge = signal::gaussian_edge(profile.transition_time);
  std::vector<std::complex<double>> lines = spectrum.values;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const double f = spectrum.step * static_cast<double>(k);
    lines[k] *= edge(f) * (k == 0 ? 1.0 : 2.0) * spectrum.step *
                std::polar(1.0, 2.0 * std::numbers::pi * f * profile.start);
  }
  const std::vector<std::complex<double>> impulse =
      signal::chirp_transform(lines, spectrum.step * profile.step, static_cast<std::size_t>(wanted) + 1);
  double reflection = 0.0;
  for (std::size_t n = 0; n < impulse.size(); ++n) {
    reflection += 0.5 * profile.step * (impulse[n].real() + (n > 0 ? impulse[n - 1].real() : 0.0));
    const double held = std::clamp(reflection, -largest_reflection, largest_reflection);
    profile.reflection.push_back(reflection);
    profile.impedance.push_back(network.reference_resistance * (1.0 + held) / (1.0 - held));
  }
  return profile;
}

}  // namespace waverack::compliance
