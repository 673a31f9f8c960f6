#include "waverack/parts/fibre_span.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {
namespace {

constexpr double group_index = 1.468;  // of G.652 fibre at 1550 nm

coherent::FibreSpan one_span(const FibreSpan& part, const Conditions& conditions) {
  coherent::FibreSpan span;
  const double wavelength = conditions.light.wavelength > 0.0 ? conditions.light.wavelength : 1.55e-6;
  const double turn = 2.0 * std::numbers::pi * speed_of_light;
  span.length = part.length;
  span.attenuation = part.attenuation;
  span.beta2 = -part.dispersion * wavelength * wavelength / turn;
  span.beta3 =
      std::pow(wavelength, 3) * (wavelength * part.dispersion_slope + 2.0 * part.dispersion) / (turn * turn);
  span.frequency = speed_of_light / wavelength;
  span.gamma = part.nonlinearity;
  span.pmd = part.pmd;
  span.input_loss = span.output_loss = part.joint_loss;
  return span;
}

}  // namespace

std::vector<coherent::NamedElement> line_elements(const FibreSpan& part, const Conditions& conditions, double,
                                                  const std::string& name) {
  const coherent::FibreSpan span = one_span(part, conditions);
  const double loss = span.input_loss * std::exp(span.attenuation * span.length) * span.output_loss;
  std::vector<coherent::NamedElement> elements;
  for (int i = 0; i < part.spans; ++i) {
    const std::string suffix = part.spans > 1 ? fmt::format(" {}", i + 1) : "";
    elements.push_back({name + suffix, span});
    if (part.noise_figure > 1.0) {
      elements.push_back({name + suffix + ", amplifier",
                          coherent::LineAmplifier{.gain = loss, .noise_figure = part.noise_figure}});
      if (part.amplifier_pdl > 1.0)
        elements.push_back(
            {name + suffix + ", PDL", coherent::PolarisationElement{.pdl = part.amplifier_pdl}});
    }
  }
  return elements;
}

double latency(const FibreSpan& part, const Conditions&) {
  return part.spans * part.length * group_index / speed_of_light;
}

std::vector<std::string> remarks(const FibreSpan& part, const Conditions&) {
  if (part.spans > 1 && part.noise_figure <= 1.0)
    return {"spans follow one another without an amplifier between them"};
  return {};
}

}  // namespace waverack::parts
