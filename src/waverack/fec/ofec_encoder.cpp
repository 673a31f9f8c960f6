#include "waverack/fec/ofec_encoder.hpp"

#include "waverack/base/error.hpp"

namespace waverack::fec {

namespace {

// Bit l of the result is bit l ^ by of x, l = 0 … 31.
std::uint32_t exchange_lanes(std::uint32_t x, std::size_t by) {
  constexpr std::uint32_t low[5] = {0x55555555, 0x33333333, 0x0F0F0F0F, 0x00FF00FF, 0x0000FFFF};
  for (unsigned bit = 0; bit < 5; ++bit)
    if (by >> bit & 1U) x = (x & low[bit]) << (1U << bit) | (x >> (1U << bit) & low[bit]);
  return x;
}

// Division by the generator of 32 messages at once, then the parity of all bits.
struct ParityOfLanes {
  std::array<std::uint32_t, 16> remainder{};  // of power i
  std::uint32_t ones = 0;

  void take(std::uint32_t bits) {
    const std::uint32_t carry = remainder[15] ^ bits;
    for (unsigned i = 15; i > 0; --i)
      remainder[i] = remainder[i - 1] ^ ((ofec_generator >> i & 1U) != 0 ? carry : 0U);
    remainder[0] = carry;
    ones ^= bits;
  }
};

}  // namespace

void OfecEncoder::encode(std::span<const std::uint8_t> information, std::vector<std::uint8_t>& coded) {
  if (information.size() % ofec_pair_information != 0) throw Error("oFEC encodes multiples of 3552 bits");
  std::size_t out = coded.size();
  coded.resize(out + information.size() / ofec_pair_information * ofec_pair_bits);
  for (; !information.empty(); information = information.subspan(ofec_pair_information)) {
    ParityOfLanes parity;
    if (pairs_ >= ofec_reach)
      for (std::size_t k = 0; k < ofec_columns; ++k) {
        const Rows& old = history_[(pairs_ + k / ofec_block) % ofec_reach];  // pair p − 10 + ⌊k/16⌋
        parity.take(exchange_lanes(old[k], ofec_block + k % ofec_block));
      }
    Rows rows{};
    for (std::size_t j = 0; j < ofec_new_bits; ++j) {
      for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
        rows[j] |= static_cast<std::uint32_t>(information[ofec_information_place(lane, j)] & 1U) << lane;
      parity.take(rows[j]);
    }
    for (std::size_t i = 0; i < 16; ++i) {
      rows[ofec_new_bits + i] = parity.remainder[15 - i];
      parity.ones ^= parity.remainder[i];
    }
    rows[ofec_columns - 1] = parity.ones;
    for (std::size_t j = 0; j < ofec_columns; ++j)
      for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
        coded[out + ofec_coded_place(lane, j)] = rows[j] >> lane & 1U;
    out += ofec_pair_bits;
    history_[pairs_ % ofec_reach] = rows;
    ++pairs_;
  }
}

}  // namespace waverack::fec
