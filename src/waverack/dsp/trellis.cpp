#include "waverack/dsp/trellis.hpp"

#include <string>

#include "waverack/base/error.hpp"

namespace waverack::dsp {

Trellis make_trellis(std::span<const double> levels, std::span<const double> postcursors) {
  constexpr std::size_t most_states = 4096;
  if (levels.size() < 2 || levels.size() > 16)
    throw Error("a trellis has 2 to 16 levels, not " + std::to_string(levels.size()));
  if (postcursors.empty()) throw Error("a trellis needs a memory of at least one symbol");
  std::size_t states = 1;
  for (std::size_t i = 0; i < postcursors.size() && states <= most_states; ++i) states *= levels.size();
  if (states > most_states)
    throw Error("a memory of " + std::to_string(postcursors.size()) + " symbols of " +
                std::to_string(levels.size()) + " levels has more than 4096 states");

  Trellis trellis;
  trellis.levels = static_cast<int>(levels.size());
  trellis.memory = static_cast<int>(postcursors.size());
  for (std::size_t state = 0; state < states; ++state) {
    double history = 0.0;
    std::size_t rest = state;
    for (const double weight : postcursors) {
      history += weight * levels[rest % levels.size()];
      rest /= levels.size();
    }
    for (const double level : levels) trellis.expected.push_back(static_cast<float>(level + history));
  }
  return trellis;
}

}  // namespace waverack::dsp
