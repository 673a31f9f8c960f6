#include "waverack/coherent/line.hpp"

#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::coherent {

namespace {

template <class Element, class Each>
void for_each(const Line& line, Each each) {
  for (const NamedElement& named : line.elements)
    if (const Element* element = std::get_if<Element>(&named.element)) each(*element);
}

}  // namespace

double total_length(const Line& line) {
  double length = 0.0;
  for_each<FibreSpan>(line, [&](const FibreSpan& span) { length += span.length; });
  return length;
}

double total_dispersion(const Line& line) {
  double sum = 0.0;
  for_each<FibreSpan>(line, [&](const FibreSpan& span) {
    const double offset = 2.0 * std::numbers::pi * (line.channel.frequency - span.frequency);
    sum += (span.beta2 + span.beta3 * offset) * span.length;
  });
  return sum;
}

double total_loss(const Line& line) {
  double loss = 1.0;
  for_each<FibreSpan>(line, [&](const FibreSpan& span) {
    loss *= span.input_loss * std::exp(span.attenuation * span.length) * span.output_loss;
  });
  for_each<LineFilter>(line, [&](const LineFilter& filter) { loss *= filter.loss; });
  return loss;
}

double total_gain(const Line& line) {
  double gain = 1.0;
  for_each<LineAmplifier>(line, [&](const LineAmplifier& amplifier) { gain *= amplifier.gain; });
  return gain;
}

double mean_dgd(const Line& line) {
  double squares = 0.0;
  for_each<FibreSpan>(line, [&](const FibreSpan& span) { squares += span.pmd * span.pmd * span.length; });
  for_each<PolarisationElement>(
      line, [&](const PolarisationElement& element) { squares += element.dgd * element.dgd; });
  return std::sqrt(squares);
}

double total_latency(const Line& line, double group_index) {
  return total_length(line) * group_index / speed_of_light;
}

}  // namespace waverack::coherent
