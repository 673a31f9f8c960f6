#pragma once
// The symbols that the waveform solver sends: 32 records side by side, block after block.

#include <array>
#include <cstdint>
#include <span>

#include "waverack/base/random.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {

// random: independent and equally likely. prbs31q: PRBS31 as PAM4 (802.3 120.5.11.2.2), PAM2 sends the more
// significant bit of each symbol; the records of a stretch are consecutive pieces of it.
enum class SymbolPattern { random, prbs31q };

// Rows of 32 symbols 0 … levels − 1, one for each record. A source is a pure function of what it is made
// from.
class SymbolSource {
 public:
  // stretch: which piece of the run; length: symbols of one record in it.
  SymbolSource(SymbolPattern pattern, int levels, std::uint64_t seed, std::uint32_t stretch,
               std::uint64_t length);
  // The next out.size()/32 rows; out.size() is a multiple of 32.
  void next(std::span<std::uint8_t> out);

 private:
  void next_random(std::span<std::uint8_t> out);
  void next_prbs(std::span<std::uint8_t> out);

  SymbolPattern pattern_;
  int levels_;
  Stream stream_;
  std::uint64_t drawn_ = 0;  // random symbols so far
  std::array<signal::Prbs, 32> prbs_;
};

}  // namespace waverack::link
