#include "waverack/fec/cfec.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/fec/double_extended_hamming.hpp"

namespace waverack::fec {

namespace {

constexpr std::size_t word_bits = hamming_message_bits;
constexpr std::size_t together = 8;  // codewords sent byte by byte in turn
constexpr std::size_t longest =
    cfec_rows * (cfec_rows - 1) * cfec_row_step;  // words that a row keeps at most

// Place of bit `bit` of codeword `word` of eight.
constexpr std::size_t line_place(std::size_t word, std::size_t bit) {
  return bit / 8 * 8 * together + word * 8 + bit % 8;
}

}  // namespace

CfecEncoder::CfecEncoder(const StaircasePermutation& permutation)
    : outer_(permutation), words_(longest * word_bits) {}

void CfecEncoder::encode(std::span<const std::uint8_t> information, std::vector<std::uint8_t>& coded) {
  if (information.size() % cfec_information != 0) throw Error("C-FEC encodes multiples of 1223680 bits");
  for (; !information.empty(); information = information.subspan(cfec_information)) {
    outer_.encode(information.first(cfec_information), words_);
    words_.resize(words_.size() + cfec_pad);
    const std::size_t out = coded.size();
    coded.resize(out + cfec_bits);
    for (std::size_t n = 0; n < cfec_words; ++n) {
      const std::size_t source = longest + n - cfec_rows * cfec_row_step * (n % cfec_rows);
      const std::span word(words_.data() + source * word_bits, word_bits);
      std::uint8_t* to = coded.data() + out + n / together * together * hamming_bits;
      for (std::size_t j = 0; j < word_bits; ++j) to[line_place(n % together, j)] = word[j];
      const unsigned parity = hamming_parity(word);
      for (std::size_t c = 0; c < hamming_parity_bits; ++c)
        to[line_place(n % together, word_bits + c)] = parity >> c & 1U;
    }
    words_.erase(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(cfec_words * word_bits));
  }
}

CfecDecoder::CfecDecoder(const CfecDecoderSettings& settings)
    : test_bits_(settings.test_bits), outer_(settings.outer) {
  if (settings.test_bits < 2 || settings.test_bits > 6) throw Error("C-FEC tests 2 to 6 bits");
  if (!(settings.ratio_step > 0.0) || !std::isfinite(settings.ratio_step))
    throw Error("the step of the ratios is a positive number");
  scale_ = static_cast<float>(1.0 / settings.ratio_step);
  words_.resize(longest * word_bits);
}

void CfecDecoder::decode(std::span<const float> ratios, std::vector<std::uint8_t>& information) {
  if (ratios.size() % cfec_bits != 0) throw Error("C-FEC decodes multiples of 1404928 bits");
  HammingValues values;
  HammingBits bits;
  for (; !ratios.empty(); ratios = ratios.subspan(hamming_batch * hamming_bits)) {
    for (std::size_t lane = 0; lane < hamming_batch; ++lane) {
      const float* from = ratios.data() + lane / together * together * hamming_bits;
      for (std::size_t j = 0; j < hamming_bits; ++j) {
        const float x = std::clamp(from[line_place(lane % together, j)] * scale_, -127.0f, 127.0f);
        values.row[j][lane] = static_cast<std::int8_t>(x < 0.0f ? x - 0.5f : x + 0.5f);
      }
    }
    hamming_decode(values, test_bits_, bits);
    for (std::size_t lane = 0; lane < hamming_batch; ++lane)
      for (std::size_t j = 0; j < word_bits; ++j) words_.push_back(bits.row[j][lane]);
  }
  // Word n of the stream is word n + 32·(n mod 16) of those that came; it leaves when 480 more have come.
  const std::size_t ready = words_.size() / word_bits - longest;
  for (std::size_t i = 0; i < ready; ++i, ++decided_) {
    if (decided_ < longest) continue;  // nothing was sent before the first word
    const std::size_t n = decided_ - longest;
    const std::size_t source = i + cfec_rows * cfec_row_step * (n % cfec_rows);
    const auto from = words_.begin() + static_cast<std::ptrdiff_t>(source * word_bits);
    block_.insert(block_.end(), from, from + word_bits);
    if (++in_frame_ == cfec_words) {
      block_.resize(block_.size() - cfec_pad);
      in_frame_ = 0;
    }
    if (block_.size() >= staircase_block_bits) {
      outer_.decode(std::span(block_).first(staircase_block_bits), information);
      block_.erase(block_.begin(), block_.begin() + static_cast<std::ptrdiff_t>(staircase_block_bits));
    }
  }
  words_.erase(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(ready * word_bits));
}

void CfecDecoder::finish(std::vector<std::uint8_t>& information) {
  outer_.finish(information);
  words_.assign(longest * word_bits, 0);
  block_.clear();
  decided_ = in_frame_ = 0;
}

}  // namespace waverack::fec
