#include "waverack/parts/optical_amplifier.hpp"

namespace waverack::parts {

std::vector<coherent::NamedElement> line_elements(const OpticalAmplifier& part, const Conditions&,
                                                  double input_power, const std::string& name) {
  const double gain = part.output_power > 0.0 ? part.output_power / input_power : part.gain;
  std::vector<coherent::NamedElement> elements{
      {name, coherent::LineAmplifier{.gain = gain, .noise_figure = part.noise_figure}}};
  if (part.pdl > 1.0) elements.push_back({name + ", PDL", coherent::PolarisationElement{.pdl = part.pdl}});
  return elements;
}

std::vector<std::string_view> unused(const OpticalAmplifier& part) {
  if (part.output_power > 0.0) return {"gain"};
  return {"output_power"};
}

double power(const OpticalAmplifier& part, const Conditions&) { return part.power; }

}  // namespace waverack::parts
