#include "waverack/link/soft_output.hpp"

#include <bit>

#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {

SoftOutput::SoftOutput(const BlockProgram& program)
    : detector_(program.expected, program.shape.symbols),
      variance_(program.expected_variance),
      bits_(std::countr_zero(static_cast<unsigned>(program.conditions.levels))),
      reliabilities_(program.shape.symbols * bits_) {}

void SoftOutput::detect(std::span<const float> values) {
  detector_.detect(values.data(), variance_, reliabilities_.data());
}

void SoftOutput::add(std::span<const std::uint8_t> sent, std::size_t first, std::size_t count,
                     SoftCounts& counts) const {
  constexpr std::size_t row = signal::batch_records;
  const auto bits = static_cast<std::size_t>(bits_);
  for (std::size_t k = first; k < first + count; ++k)
    for (std::size_t bit = 0; bit < bits; ++bit) {
      const float* ratio = reliabilities_.data() + (k * bits + bit) * row;
      for (std::size_t r = 0; r < row; ++r) {
        const unsigned symbol = sent[k * row + r];
        const bool one = (signal::gray_code(symbol) >> (bits - 1 - bit) & 1U) != 0;
        counts.add(one ? -ratio[r] : ratio[r]);
      }
    }
}

}  // namespace waverack::link
