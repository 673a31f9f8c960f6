#include "waverack/link/reflections.hpp"

#include <cmath>

namespace waverack::link {
namespace {

constexpr double negligible = 1e-6;  // amplitude

bool is_circulator(const Reflector& reflector) { return reflector.isolation > 0.0; }

// Where each reflector is: before the fibre of both directions (0), on it with its two circulators (1), or
// behind it (2).
std::vector<int> sections(const std::vector<Reflector>& reflectors) {
  std::vector<int> result;
  int section = 0;
  for (const Reflector& reflector : reflectors) {
    if (is_circulator(reflector) && section == 0) section = 1;
    result.push_back(section);
    if (is_circulator(reflector) && result.size() > 1 && result[result.size() - 2] == 1) section = 2;
  }
  return result;
}

// Amplitudes of the light of the other direction, between the circulators `first` and `second`.
void add_other_direction(const std::vector<Reflector>& reflectors, std::size_t first, std::size_t second,
                         std::vector<double>& amplitudes) {
  double whole = 1.0;
  for (std::size_t i = first; i < second; ++i) whole *= reflectors[i].loss_to_next;
  const auto add = [&](double ratio) {
    if (std::sqrt(ratio) > negligible) amplitudes.push_back(std::sqrt(ratio));
  };
  double before = 1.0;
  for (std::size_t i = first; i < second; ++i) {
    add(reflectors[i].reflectance * reflectors[first].loss * before * before / whole);
    before *= reflectors[i].loss_to_next;
  }
  add(reflectors[first].loss * whole / reflectors[second].isolation);
}

}  // namespace

std::vector<double> beat_amplitudes(const std::vector<Reflector>& reflectors) {
  std::vector<double> amplitudes;
  const std::vector<int> section = sections(reflectors);
  for (std::size_t i = 0; i < reflectors.size(); ++i) {
    double loss = 1.0;
    for (std::size_t j = i + 1; j < reflectors.size() && section[j] == section[i]; ++j) {
      loss *= reflectors[j - 1].loss_to_next;
      const double rho = std::sqrt(reflectors[i].reflectance * reflectors[j].reflectance) / loss;
      if (rho > negligible) amplitudes.push_back(rho);
      if (is_circulator(reflectors[i]) && is_circulator(reflectors[j]))
        add_other_direction(reflectors, i, j, amplitudes);
    }
  }
  return amplitudes;
}

}  // namespace waverack::link
