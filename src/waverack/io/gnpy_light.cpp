#include "waverack/io/gnpy_light.hpp"

#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::io {

namespace {

using std::numbers::pi;

// Step-index fibre: V = V₀·f/f₀, the spot's radius w = a/√(ln V).
double area_at(double area, double frequency) {
  constexpr double core = pi * 4.2e-6 * 4.2e-6, area_frequency = 193.5e12;
  return core / (core / area + std::log(frequency / area_frequency));
}

}  // namespace

double gnpy_gamma(double area, double frequency) {
  constexpr double nonlinear_index = 2.6e-20;  // [m²/W]
  return 2.0 * pi * frequency * nonlinear_index / (speed_of_light * area_at(area, frequency));
}

std::vector<coherent::Channel> gnpy_channels(const GnpyTable& information, double power, double spacing,
                                             const GnpyLoad& load) {
  constexpr double most = 2000.0;
  const double low = number(information, "f_min"), high = number(information, "f_max");
  if (!(low > 0.0)) refuse(information, "f_min", "is not above 0");
  if (!(spacing > 0.0)) refuse(information, "spacing", "is not above 0");
  const double rate = load.symbol_rate ? *load.symbol_rate : number(information, "baud_rate");
  if (!(rate > 0.0)) refuse(information, "baud_rate", "is not above 0");
  // The first channel is one spacing above f_min, the last at most at f_max, as GNPy counts.
  const double count = std::floor((high - low) / spacing + 1e-9);
  if (!(count >= 1.0)) refuse(information, "f_max", "the band has no room for a channel");
  if (count > most) refuse(information, "spacing", "the band has room for more than 2000 channels");
  std::vector<coherent::Channel> channels;
  for (int k = 1; k <= static_cast<int>(count); ++k) {
    coherent::Channel channel;
    channel.frequency = low + k * spacing;
    channel.symbol_rate = rate;
    channel.roll_off = load.roll_off ? *load.roll_off : find_number(information, "roll_off").value_or(0.15);
    channel.power = power;
    channels.push_back(channel);
  }
  return channels;
}

}  // namespace waverack::io
