#include "waverack/coherent/nonlinear_spans.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "waverack/base/error.hpp"

namespace waverack::coherent {

namespace {

void require_element(bool good, const NamedElement& named, const char* what) {
  if (!good) throw Error("line: \"" + named.name + "\": " + what);
}

// (e^x − 1)/x
std::complex<double> grown(std::complex<double> x) {
  if (std::abs(x) < 1e-3) return 1.0 + x * (0.5 + x * (1.0 / 6.0 + x / 24.0));
  return (std::exp(x) - 1.0) / x;
}

}  // namespace

std::vector<NonlinearSpan> nonlinear_spans(const Line& line) {
  std::vector<NonlinearSpan> spans;
  double power = 1.0, dispersion = 0.0;
  for (std::size_t i = 0; i < line.elements.size(); ++i) {
    const NamedElement& named = line.elements[i];
    if (const auto* fibre = std::get_if<FibreSpan>(&named.element)) {
      require_element(fibre->length >= 0.0 && std::isfinite(fibre->length), named,
                      "its length is not 0 or more");
      require_element(fibre->attenuation >= 0.0 && std::isfinite(fibre->attenuation), named,
                      "its attenuation is not 0 or more");
      require_element(fibre->gamma >= 0.0 && std::isfinite(fibre->gamma), named,
                      "its gamma is not 0 or more");
      require_element(fibre->input_loss > 0.0 && fibre->output_loss > 0.0, named,
                      "a connector's loss is not above 0");
      power /= fibre->input_loss;
      const double offset = 2.0 * std::numbers::pi * (line.channel.frequency - fibre->frequency);
      const double beta2 = fibre->beta2 + fibre->beta3 * offset;
      spans.push_back(
          {i, power, fibre->gamma, fibre->attenuation, fibre->length, beta2, fibre->beta3, dispersion});
      power *= std::exp(-fibre->attenuation * fibre->length) / fibre->output_loss;
      dispersion += beta2 * fibre->length;
    } else if (const auto* amplifier = std::get_if<LineAmplifier>(&named.element)) {
      require_element(amplifier->gain > 0.0 && std::isfinite(amplifier->gain), named,
                      "its gain is not above 0");
      power *= amplifier->gain;
    } else if (const auto* filter = std::get_if<LineFilter>(&named.element)) {
      require_element(filter->loss > 0.0 && std::isfinite(filter->loss), named, "its loss is not above 0");
      power /= filter->loss;
    }
  }
  return spans;
}

double effective_length(const NonlinearSpan& span) {
  return span.length * grown(-span.attenuation * span.length).real();
}

std::complex<double> link_function(const std::vector<NonlinearSpan>& spans, double q) {
  std::complex<double> sum = 0.0;
  for (const NonlinearSpan& span : spans) {
    const std::complex<double> x{-span.attenuation * span.length, q * span.beta2 * span.length};
    sum += std::polar(span.gamma * span.power * span.length, q * span.dispersion_before) * grown(x);
  }
  return sum;
}

double largest_dispersion(const std::vector<NonlinearSpan>& spans) {
  double largest = 0.0;
  for (const NonlinearSpan& span : spans)
    largest = std::max({largest, std::abs(span.dispersion_before),
                        std::abs(span.dispersion_before + span.beta2 * span.length)});
  return largest;
}

}  // namespace waverack::coherent
