#include "waverack/fec/cfec.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::fec {

namespace {

constexpr std::size_t longest = cfec_word_delay;  // words that a row keeps at most

// Calls use(place, bit) for bits 0 … count − 1, which are sent from cfec_place(first + bit); without the
// divisions of that function.
template <class Use>
void along_diagonal(std::size_t first, std::size_t count, Use use) {
  constexpr std::size_t half = staircase_block_bits / 2;  // both sizes divide it
  std::size_t row = first % staircase_rows, column = cfec_place(first) % staircase_columns;
  for (std::size_t bit = 0; bit < count; ++bit) {
    if (first + bit == half) column = 1;
    use(row * staircase_columns + column, bit);
    row = row + 1 == staircase_rows ? 0 : row + 1;
    column = column + 1 == staircase_columns ? 0 : column + 1;
  }
}

}  // namespace

CfecEncoder::CfecEncoder(const StaircasePermutation& permutation)
    : outer_(permutation), words_(longest * hamming_message_bits) {}

void CfecEncoder::encode(std::span<const std::uint8_t> information, std::vector<std::uint8_t>& coded) {
  if (information.size() % cfec_information != 0) throw Error("C-FEC encodes multiples of 1223680 bits");
  for (; !information.empty(); information = information.subspan(cfec_information)) {
    blocks_.clear();
    outer_.encode(information.first(cfec_information), blocks_);
    for (std::size_t block = 0; block < blocks_.size(); block += staircase_block_bits) {
      const std::size_t end = words_.size();
      words_.resize(end + staircase_block_bits);
      along_diagonal(0, staircase_block_bits,
                     [&](std::size_t place, std::size_t bit) { words_[end + bit] = blocks_[block + place]; });
    }
    words_.resize(words_.size() + cfec_pad);
    const std::size_t out = coded.size();
    coded.resize(out + cfec_bits);
    for (std::size_t n = 0; n < cfec_words; ++n) {
      const std::size_t source = longest + n - cfec_rows * cfec_row_step * (n % cfec_rows);
      const std::span word(words_.data() + source * hamming_message_bits, hamming_message_bits);
      std::uint8_t* to = coded.data() + out + n / hamming_turn * hamming_turn * hamming_bits;
      for (std::size_t j = 0; j < hamming_message_bits; ++j)
        to[hamming_line_place(n % hamming_turn, j)] = word[j];
      const unsigned parity = hamming_parity(word);
      for (std::size_t c = 0; c < hamming_parity_bits; ++c)
        to[hamming_line_place(n % hamming_turn, hamming_message_bits + c)] = parity >> c & 1U;
    }
    words_.erase(words_.begin(),
                 words_.begin() + static_cast<std::ptrdiff_t>(cfec_words * hamming_message_bits));
  }
}

CfecDecoder::CfecDecoder(const CfecDecoderSettings& settings)
    : test_bits_(settings.test_bits), outer_(settings.outer) {
  if (settings.test_bits < 2 || settings.test_bits > 8) throw Error("C-FEC tests 2 to 8 bits");
  if (!(settings.ratio_step > 0.0) || !std::isfinite(settings.ratio_step))
    throw Error("the step of the ratios is a positive number");
  scale_ = static_cast<float>(1.0 / settings.ratio_step);
}

// Writes the bits of word `word` of the stream to where they lie in the blocks.
void CfecDecoder::place_word(std::size_t word, const HammingBits& bits, std::size_t lane) {
  const std::size_t frame = word / cfec_words, at = word % cfec_words * hamming_message_bits;
  const std::size_t end = std::min(at + hamming_message_bits, cfec_blocks * staircase_block_bits);
  for (std::size_t bit = at; bit < end;) {
    const std::size_t block = bit / staircase_block_bits, i = bit % staircase_block_bits;
    const std::size_t count = std::min(end - bit, staircase_block_bits - i);
    const std::size_t index = cfec_blocks * frame + block - first_block_;
    while (blocks_.size() <= index) blocks_.emplace_back(staircase_block_bits);
    std::uint8_t* to = blocks_[index].data();
    const std::uint8_t* from = bits.row[bit - at] + lane;
    along_diagonal(i, count, [&](std::size_t place, std::size_t k) { to[place] = from[k * hamming_batch]; });
    bit += count;
  }
}

void CfecDecoder::decode(std::span<const float> ratios, std::vector<std::uint8_t>& information) {
  if (ratios.size() % cfec_bits != 0) throw Error("C-FEC decodes multiples of 1404928 bits");
  HammingValues values;
  HammingBits bits;
  for (; !ratios.empty(); ratios = ratios.subspan(hamming_batch * hamming_bits)) {
    hamming_quantise(ratios.data(), scale_, values);
    hamming_decode(values, test_bits_, bits);
    for (std::size_t lane = 0; lane < hamming_batch; ++lane, ++arrived_) {
      // Word n of the stream is word n + 32·(n mod 16) of those that come; nothing was sent before the first.
      const std::size_t late = cfec_rows * cfec_row_step * (arrived_ % cfec_rows);
      if (arrived_ >= late) place_word(arrived_ - late, bits, lane);
    }
    // No word comes more than 480 late.
    while (arrived_ > cfec_word_delay) {
      const std::size_t frame = first_block_ / cfec_blocks, blocks = first_block_ % cfec_blocks + 1;
      const std::size_t last =
          (blocks * staircase_block_bits - 1) / hamming_message_bits;  // word of the frame
      if (arrived_ - cfec_word_delay <= frame * cfec_words + last) break;
      outer_.decode(blocks_.front(), information);
      blocks_.erase(blocks_.begin());
      ++first_block_;
    }
  }
}

void CfecDecoder::finish(std::vector<std::uint8_t>& information) {
  outer_.finish(information);
  blocks_.clear();
  arrived_ = first_block_ = 0;
}

}  // namespace waverack::fec
