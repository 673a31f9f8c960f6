#include "waverack/coherent/line.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::coherent {
namespace {

// Six spans of the OpenROADM kind by hand: 80 km of 0.2 dB/km with 0.5 dB connectors lose 17 dB each; 17
// ps/(nm km) at 193.414 THz is β2 = −D·λ²/(2πc).
TEST(Line, SumsAlongSpans) {
  Line line;
  FibreSpan span;
  span.input_loss = span.output_loss = std::pow(10.0, 0.05);
  span.pmd = 0.1e-12 / std::sqrt(1e3);  // 0.1 ps/sqrt(km)
  for (int i = 0; i < 6; ++i) {
    line.elements.push_back({"span", span});
    line.elements.push_back({"amplifier", LineAmplifier{.gain = std::pow(10.0, 1.7), .noise_figure = 3.2}});
  }
  EXPECT_DOUBLE_EQ(total_length(line), 480e3);
  EXPECT_NEAR(10.0 * std::log10(total_loss(line)), 6 * 17.0, 1e-3);
  EXPECT_NEAR(total_loss(line) / total_gain(line), 1.0, 1e-3);
  const double wavelength = 299792458.0 / 193.414e12;
  const double dispersion = 17e-6;  // [s/m²]
  EXPECT_NEAR(
      total_dispersion(line) / (-dispersion * wavelength * wavelength / (2 * M_PI * 299792458.0) * 480e3),
      1.0, 1e-4);
  EXPECT_NEAR(mean_dgd(line), 0.1e-12 * std::sqrt(480.0), 1e-20);
  EXPECT_NEAR(total_latency(line), 480e3 * 1.468 / 299792458.0, 1e-12);
}

}  // namespace
}  // namespace waverack::coherent
