#include "waverack/link/lane_pattern.hpp"

#include "waverack/signal/pattern.hpp"

namespace waverack::link {

std::vector<std::uint8_t> symbols_of(Pattern pattern, int levels) {
  if (levels > 4) {
    if (pattern == Pattern::ssprq)
      return signal::symbols_of_bits(signal::gray_decode(signal::ssprq()), levels);
    return signal::prbs_symbols(pattern == Pattern::prbs9q ? 9 : 13, levels);
  }
  std::vector<std::uint8_t> symbols;
  switch (pattern) {
    case Pattern::prbs9q:
      symbols = signal::prbs_pam4(9);
      break;
    case Pattern::prbs13q:
      symbols = signal::prbs_pam4(13);
      break;
    case Pattern::ssprq:
      symbols = signal::ssprq();
      break;
  }
  if (levels == 2)
    for (std::uint8_t& s : symbols) s = s >> 1;
  return symbols;
}

Pattern short_pattern(Pattern pattern) { return pattern == Pattern::ssprq ? Pattern::prbs13q : pattern; }

}  // namespace waverack::link
