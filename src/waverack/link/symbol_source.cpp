#include "waverack/link/symbol_source.hpp"

#include <cassert>

#include "waverack/signal/fast_random.hpp"

namespace waverack::link {
namespace {

constexpr std::uint32_t symbol_stream = 0x5359'4d42;  // apart from the numbers of the noise sources

}  // namespace

SymbolSource::SymbolSource(SymbolPattern pattern, int levels, std::uint64_t seed, std::uint32_t stretch,
                           std::uint64_t length)
    : pattern_(pattern), levels_(levels), stream_{seed, symbol_stream, stretch, 0}, prbs_([] {
        const signal::Prbs first(31);
        return [&]<std::size_t... i>(std::index_sequence<i...>) {
          return std::array<signal::Prbs, 32>{((void)i, first)...};
        }
        (std::make_index_sequence<32>());
      }()) {
  if (pattern != SymbolPattern::prbs31q) return;
  std::uint64_t position = 2 * stretch * 32 * length;
  for (signal::Prbs& record : prbs_) {
    record.skip(position);
    position += 2 * length;
  }
}

void SymbolSource::next(std::span<std::uint8_t> out) {
  assert(out.size() % 32 == 0);
  if (pattern_ == SymbolPattern::random)
    next_random(out);
  else
    next_prbs(out);
}

void SymbolSource::next_random(std::span<std::uint8_t> out) {
  signal::fill_symbols(stream_, levels_, out, drawn_);
  drawn_ += out.size();
}

void SymbolSource::next_prbs(std::span<std::uint8_t> out) {
  const std::size_t rows = out.size() / 32;
  for (std::size_t r = 0; r < 32; ++r)
    for (std::size_t n = 0; n < rows; ++n) {
      std::uint8_t symbol = 0;
      prbs_[r].fill_pam4({&symbol, 1});
      out[32 * n + r] = levels_ == 2 ? static_cast<std::uint8_t>(symbol >> 1) : symbol;
    }
}

}  // namespace waverack::link
