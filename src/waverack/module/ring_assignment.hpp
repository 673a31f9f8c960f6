#pragma once
// Which ring of a bank takes which wavelength, and what its heater then draws.
//
// A heater only moves a resonance to longer waves; resonances repeat after a free spectral range F. So a ring
// at λ_i reaches the channel at λ_j by (λ_j − λ_i) mod F. (theory: calibration, eq. 13 to 15; facts:
// photonics 8.4, 9)
//   fixed    ring i takes channel i
//   barrel   ring i takes channel (i + k) mod N, the k of least power
//   optimal  the permutation of least power

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/module/calibration.hpp"

namespace waverack::module {

enum class Strategy { fixed, barrel, optimal };
inline constexpr std::array<Strategy, 3> strategies{Strategy::fixed, Strategy::barrel, Strategy::optimal};
std::string_view strategy_name(Strategy);

struct RingBank {
  int channels = 8;
  double spacing = 1.145e-9;          // of the channels [m]
  double free_spectral_range = 9e-9;  // [m]; at least channels·spacing for the barrel to make sense
  double heater_efficiency = 120e-9;  // [m/W]
};

// The channel of each ring.
std::vector<std::size_t> assign(Strategy, const RingBank&, std::span<const double> resonances);

// Shift that the heater of each ring gives [m], so that ring i is at channel `channel_of`[i]. `crosstalk` is
// the n × n matrix of the shift of ring i for each shift of ring j by its own heater, with ones on its
// diagonal; empty for none. A heater cannot cool: where neighbours warm a ring beyond its channel it takes
// the next resonance.
std::vector<double> heater_shifts(const RingBank&, std::span<const double> resonances,
                                  std::span<const std::size_t> channel_of,
                                  std::span<const double> crosstalk = {});

// One draw of the resonances of a bank [m], channel 0 at 0: the design's grid, a common term, a random walk
// along the bank, and a term of each ring.
std::vector<double> draw_resonances(const RingBank&, const AssignmentSettings&, const Stream& stream);

// Heater power of a ring over the banks that were drawn.
struct HeaterPower {
  Strategy strategy = Strategy::fixed;
  double mean = 0.0;             // [W]
  double largest = 0.0;          // of any ring of any bank [W]
  double percentile_95 = 0.0;    // of the mean over a bank [W]
  std::vector<double> of_banks;  // mean over each bank, rising [W]
};

// `settings.banks` draws, bank b from block b of `stream`; all strategies see the same ones. Cost: 3 µs a
// bank of eight without crosstalk.
std::vector<HeaterPower> compare_assignments(const RingBank&, const AssignmentSettings&,
                                             const Stream& stream);

// The matrix of heater_shifts from the shares of rings 1, 2, … away.
std::vector<double> crosstalk_matrix(std::span<const double> shares, int channels);

}  // namespace waverack::module
