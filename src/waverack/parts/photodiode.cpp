#include "waverack/parts/photodiode.hpp"

#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/parts/warming.hpp"

namespace waverack::parts {

double dark_current(const Photodiode& part, const Conditions& conditions) {
  return part.dark_current * std::exp2(rise_of(conditions) / part.dark_current_doubling);
}

void apply(const Photodiode& part, const Conditions& conditions, std::span<const std::complex<float>> in,
           std::span<float> out) {
  const auto responsivity = static_cast<float>(part.responsivity);
  const auto dark = static_cast<float>(dark_current(part, conditions));
  for (std::size_t i = 0; i < in.size(); ++i) {
    const float re = in[i].real(), im = in[i].imag();
    out[i] = responsivity * (re * re + im * im) + dark;
  }
}

RealLaw law(const Photodiode& part, const Conditions& conditions, std::span<const std::complex<float>>) {
  return [responsivity = part.responsivity, dark = dark_current(part, conditions)](double power) {
    return responsivity * power + dark;
  };
}

void slope(const Photodiode& part, const Conditions&, std::span<const std::complex<float>>,
           std::span<float> slope) {
  std::fill(slope.begin(), slope.end(), static_cast<float>(part.responsivity));
}

Response output_response(const Photodiode& part, const Conditions&) {
  if (part.response_file) return response(part.response_file);
  if (part.order == 1) return signal::first_order_pole(part.bandwidth);
  // Two poles at f_p are 3 dB down at f_p·√(√2 − 1).
  const double pole = part.bandwidth / std::sqrt(std::sqrt(2.0) - 1.0);
  return signal::second_order(pole, 1.0);
}

std::vector<NoiseSource> noise(const Photodiode&, const Conditions&) {
  NoiseSource source;
  source.id = "shot";
  source.label = "Photodiode shot noise";
  source.law = NoiseSource::Law::shot;
  source.scale = 2.0 * elementary_charge;
  return {std::move(source)};
}

double reflectance(const Photodiode& part) { return 1.0 / part.return_loss; }

std::vector<std::string> remarks(const Photodiode& part, const Conditions& conditions) {
  return remarks(part.response_file, conditions);
}

std::vector<std::string_view> unused(const Photodiode& part) {
  if (!part.response_file) return {};
  return {"bandwidth", "order"};
}

}  // namespace waverack::parts
