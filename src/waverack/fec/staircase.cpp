#include "waverack/fec/staircase.hpp"

#include <algorithm>

#include "waverack/base/error.hpp"

namespace waverack::fec {

namespace {

// Sum of the columns of the bits that are set.
std::uint32_t sum_of(const std::uint8_t* bits, const std::uint32_t* columns, std::size_t count) {
  std::uint32_t sum = 0;
  for (std::size_t m = 0; m < count; ++m) sum ^= columns[m] & (0U - static_cast<std::uint32_t>(bits[m]));
  return sum;
}

// Adds what the block before says to the syndromes of rows 2 … 511.
void add_left(const StaircaseCode& code, const std::uint8_t* before, std::uint32_t* syndromes) {
  std::array<std::uint32_t, staircase_columns> of_column{};
  for (std::size_t t = 0; t < staircase_rows; ++t) {
    const std::uint8_t* row = before + t * staircase_columns;
    const std::uint32_t column = code.left[t];
    for (std::size_t m = 0; m < staircase_columns; ++m)
      of_column[m] ^= column & (0U - static_cast<std::uint32_t>(row[m]));
  }
  for (std::size_t j = 2; j < staircase_rows; ++j) syndromes[j] ^= of_column[code.permutation[j - 2]];
}

}  // namespace

StaircaseEncoder::StaircaseEncoder(const StaircasePermutation& permutation)
    : code_(permutation), before_(staircase_block_bits) {}

void StaircaseEncoder::encode(std::span<const std::uint8_t> information, std::vector<std::uint8_t>& coded) {
  if (information.size() % staircase_information != 0)
    throw Error("the staircase code encodes multiples of 244736 bits");
  for (; !information.empty(); information = information.subspan(staircase_information)) {
    std::array<std::uint32_t, staircase_rows> syndromes{};
    add_left(code_, before_.data(), syndromes.data());
    for (std::size_t j = 0; j < staircase_rows; ++j) {
      const std::uint8_t* from = information.data() + j * staircase_information_columns;
      std::uint8_t* row = before_.data() + j * staircase_columns;
      for (std::size_t m = 0; m < staircase_information_columns; ++m) row[m] = from[m] & 1U;
      const std::uint32_t s = syndromes[j] ^ sum_of(row, code_.right.data(), staircase_information_columns);
      const std::uint32_t parity = code_.parity[0][s & 255U] ^ code_.parity[1][s >> 8 & 255U] ^
                                   code_.parity[2][s >> 16 & 255U] ^ code_.parity[3][s >> 24];
      for (std::size_t c = 0; c < staircase_parity; ++c)
        row[staircase_information_columns + c] = parity >> c & 1U;
    }
    coded.insert(coded.end(), before_.begin(), before_.end());
  }
}

StaircaseDecoder::StaircaseDecoder(const StaircaseSettings& settings)
    : code_(settings.permutation),
      window_blocks_(static_cast<std::size_t>(std::max(settings.window_blocks, 0))),
      sweeps_(settings.sweeps) {
  if (settings.window_blocks < 2 || settings.window_blocks > 32)
    throw Error("the window of the staircase decoder has 2 to 32 blocks");
  if (settings.sweeps < 1 || settings.sweeps > 64) throw Error("the staircase decoder makes 1 to 64 sweeps");
  begin();
}

// The block before the first, which is known to be zero.
void StaircaseDecoder::begin() {
  window_.clear();
  window_.emplace_back();
  window_.front().bits.assign(staircase_block_bits, 0);
  window_.front().received = window_.front().bits;
}

void StaircaseDecoder::take(std::span<const std::uint8_t> bits) {
  Block block;
  block.bits.assign(bits.begin(), bits.end());
  for (std::uint8_t& bit : block.bits) bit &= 1U;
  block.received = block.bits;
  add_left(code_, window_.back().bits.data(), block.syndrome.data());
  for (std::size_t j = 0; j < staircase_rows; ++j)
    block.syndrome[j] ^=
        sum_of(block.bits.data() + j * staircase_columns, code_.right.data(), staircase_columns);
  block.open.fill(1);
  window_.push_back(std::move(block));
}

void StaircaseDecoder::flip(std::size_t index, std::size_t row, std::size_t column) {
  Block& block = window_[index];
  block.bits[row * staircase_columns + column] ^= 1U;
  block.syndrome[row] ^= code_.right[column];
  block.open[row] = 1;
  if (index + 1 < window_.size()) {
    const std::size_t next_row = code_.inverse[column] + 2U;
    window_[index + 1].syndrome[next_row] ^= code_.left[row];
    window_[index + 1].open[next_row] = 1;
  }
}

// Corrects rows of a block and columns of the one before it. The block before the window is read only.
bool StaircaseDecoder::correct_rows(std::size_t index) {
  Block& block = window_[index];
  bool any = false;
  for (std::size_t j = 0; j < staircase_rows; ++j) {
    if (block.open[j] == 0) continue;
    block.open[j] = 0;
    if (block.syndrome[j] == 0) continue;
    const StaircaseErrors errors = staircase_correct(block.syndrome[j]);
    std::array<std::uint16_t, 3> places{};
    bool possible = errors.count > 0;
    for (int i = 0; i < errors.count; ++i) {
      const auto e = static_cast<std::size_t>(i);
      places[e] = code_.place[errors.beta[e]];
      if (places[e] == 0xFFFF || (places[e] < staircase_rows && (j < 2 || index == 1))) possible = false;
    }
    if (!possible) continue;
    for (int i = 0; i < errors.count; ++i) {
      const std::size_t place = places[static_cast<std::size_t>(i)];
      if (place >= staircase_rows)
        flip(index, j, place - staircase_rows);
      else
        flip(index - 1, place, code_.permutation[j - 2]);
    }
    block.open[j] = 0;
    any = true;
  }
  return any;
}

void StaircaseDecoder::emit(std::vector<std::uint8_t>& information) {
  const Block& block = window_[1];
  counts_.coded_bits += staircase_block_bits;
  for (std::size_t i = 0; i < staircase_block_bits; ++i)
    counts_.corrected_bits += block.bits[i] != block.received[i];
  for (const std::uint32_t syndrome : block.syndrome) counts_.failed_rows += syndrome != 0;
  for (std::size_t j = 0; j < staircase_rows; ++j) {
    const auto row = block.bits.begin() + static_cast<std::ptrdiff_t>(j * staircase_columns);
    information.insert(information.end(), row, row + staircase_information_columns);
  }
  window_.erase(window_.begin());
}

void StaircaseDecoder::decode(std::span<const std::uint8_t> coded, std::vector<std::uint8_t>& information) {
  if (coded.size() % staircase_block_bits != 0) throw Error("the staircase code has blocks of 261120 bits");
  for (; !coded.empty(); coded = coded.subspan(staircase_block_bits)) {
    take(coded.first(staircase_block_bits));
    bool any = true;
    for (int sweep = 0; sweep < sweeps_ && any; ++sweep) {
      any = false;
      for (std::size_t index = window_.size(); index-- > 1;) any = correct_rows(index) || any;
    }
    if (window_.size() > window_blocks_) emit(information);
  }
}

void StaircaseDecoder::finish(std::vector<std::uint8_t>& information) {
  while (window_.size() > 1) emit(information);
  begin();
}

}  // namespace waverack::fec
