#include "waverack/link/inner_output.hpp"

#include <algorithm>

#include "waverack/link/clock_loop.hpp"
#include "waverack/signal/batch_kernels.hpp"

namespace waverack::link {
namespace {

constexpr std::size_t halves = fec::inner_batch / records;  // blocks of each record that are decoded together

// Rows of 32 to half of the rows of 64.
template <class Value>
void copy_rows(const Value* from, std::size_t rows, std::size_t half, Value* to) {
  for (std::size_t k = 0; k < rows; ++k)
    std::copy_n(from + k * records, records, to + k * fec::inner_batch + half * records);
}

}  // namespace

InnerOutput::InnerOutput(double unit)
    : unit_(static_cast<float>(unit)),
      ratios_(fec::inner_bits * fec::inner_batch),
      sent_(fec::inner_symbols * fec::inner_batch) {}

void InnerOutput::add(const float* ratios, std::span<const std::uint8_t> sent, std::size_t first,
                      std::size_t count, fec::InnerCounts& counts) {
  constexpr auto block = static_cast<std::size_t>(fec::inner_symbols);
  for (std::size_t at = first; at + halves * block <= first + count;) {
    for (std::size_t half = 0; half < halves; ++half, at += block) {
      copy_rows(ratios + 2 * at * records, 2 * block, half, ratios_.data());
      copy_rows(sent.data() + at * records, block, half, sent_.data());
    }
    fec::soft_batch_of_bits(ratios_, unit_, soft_);
    fec::decode_and_count(reinterpret_cast<const fec::InnerRow*>(sent_.data()), soft_, fec::inner_test_bits,
                          counts);
  }
}

}  // namespace waverack::link
