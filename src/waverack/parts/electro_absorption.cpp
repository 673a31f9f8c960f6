#include "waverack/parts/electro_absorption.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/voltage_table.hpp"
#include "waverack/signal/monotone_curve.hpp"

namespace waverack::parts {
namespace {

// φ(u) = ½·∫ α_H·d(ln T) = −(ln 10/20)·∫ α_H·da from the first voltage, at the points of the table and
// between them.
std::vector<double> phases(const ElectroAbsorption& part, const signal::MonotoneCurve& absorption,
                           const signal::MonotoneCurve& chirp, std::vector<double>& places) {
  constexpr int steps = 32;  // between two points; the trapezoid errs by less than 1e-4 of the phase
  std::vector<double> result{0.0};
  places = {part.voltage.front()};
  for (std::size_t i = 0; i + 1 < part.voltage.size(); ++i)
    for (int s = 1; s <= steps; ++s) {
      const double from = places.back();
      const double to = part.voltage[i] + (part.voltage[i + 1] - part.voltage[i]) * s / steps;
      const double change = absorption(to) - absorption(from);
      result.push_back(result.back() - std::log(10.0) / 20.0 * 0.5 * (chirp(from) + chirp(to)) * change);
      places.push_back(to);
    }
  return result;
}

struct AbsorptionLaw {
  signal::MonotoneCurve absorption, chirp;
  double bias, power;

  AbsorptionLaw(const ElectroAbsorption& part, double light_power)
      : absorption(part.voltage, part.absorption),
        chirp(part.voltage, part.chirp),
        bias(part.bias_voltage),
        power(light_power / part.insertion_loss) {}
  double intensity(double v) const { return power * from_db(-absorption(bias - v)); }
  double slope(double v) const {
    return intensity(v) * std::log(10.0) / 10.0 * absorption.slope(bias - v);  // du/dv = −1
  }
};

}  // namespace

void resolve(ElectroAbsorption& part, ReadContext&, const Node& node, const std::string& path) {
  require_table(node, path, {"voltage", part.voltage},
                {{"absorption", part.absorption}, {"chirp", part.chirp}});
}

Response input_response(const ElectroAbsorption& part, const Conditions&) {
  if (part.response_file) return response(part.response_file);
  return [pole = part.rc_bandwidth](double f) { return 1.0 / std::complex<double>(1.0, f / pole); };
}

FieldLaw law(const ElectroAbsorption& part, const Conditions& conditions, std::span<const float>) {
  const AbsorptionLaw law(part, conditions.light.power);
  std::vector<double> places;
  const std::vector<double> phase = phases(part, law.absorption, law.chirp, places);
  return [law, phase_of = signal::MonotoneCurve(places, phase)](double v) {
    return std::polar(std::sqrt(law.intensity(v)), phase_of(law.bias - v));
  };
}

void slope(const ElectroAbsorption& part, const Conditions& conditions, std::span<const float> in,
           std::span<float> slope) {
  apply_law(in, slope,
            [law = AbsorptionLaw(part, conditions.light.power)](double v) { return law.slope(v); });
}

double power(const ElectroAbsorption& part, const Conditions& conditions) {
  if (conditions.light.wavelength <= 0.0) return 0.0;
  const double responsivity =
      elementary_charge * conditions.light.wavelength / (planck_constant * speed_of_light);
  const double absorbed = 1.0 - from_db(-AbsorptionLaw(part, 1.0).absorption(part.bias_voltage));
  return part.bias_voltage * responsivity * absorbed * conditions.light.power;
}

double reflectance(const ElectroAbsorption& part) { return 1.0 / part.return_loss; }

double optical_loss(const ElectroAbsorption& part) {
  return part.insertion_loss * from_db(*std::min_element(part.absorption.begin(), part.absorption.end()));
}

std::vector<std::string> remarks(const ElectroAbsorption& part, const Conditions& conditions) {
  std::vector<std::string> list = remarks(part.response_file, conditions);
  for (std::string& remark : outside_of_table(part.bias_voltage, part.voltage))
    list.push_back(std::move(remark));
  return list;
}

std::vector<std::string_view> unused(const ElectroAbsorption& part) {
  if (!part.response_file) return {};
  return {"rc_bandwidth"};
}

}  // namespace waverack::parts
