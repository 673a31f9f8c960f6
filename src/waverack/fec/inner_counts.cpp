#include "waverack/fec/inner_counts.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/parallel.hpp"
#include "waverack/fec/inner_batch.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::fec {

namespace {

constexpr std::uint64_t piece = 1024;  // blocks for one index of the parallel loop
enum Source : std::uint32_t { message_source, noise_source };

unsigned wrong_bits(unsigned a, unsigned b) { return static_cast<unsigned>(signal::gray_distance(a, b)); }

// What the message of each block asks for as parity.
void message_parity(const InnerRow* levels, InnerRow& parity) {
  std::fill_n(parity, inner_batch, std::uint8_t{0});
  for (std::size_t k = 0; k < inner_message_symbols; ++k)
    for (std::size_t lane = 0; lane < inner_batch; ++lane)
      parity[lane] ^= levels[k][lane] & 1U ? inner_columns[k] : std::uint8_t{0};
}

// The level of the two bits at the top of `parity` after 2·k others, and back: of two bits the Gray code is
// its own inverse.
unsigned parity_level(unsigned parity, std::size_t k) {
  const unsigned pair = parity >> (6 - 2 * k) & 3U;
  return signal::gray_code(pair);
}
unsigned parity_bits(unsigned level, std::size_t k) { return signal::gray_code(level) << (6 - 2 * k); }

void count_block(const InnerRow* sent, const SoftBatch& soft, const InnerRow* symbols, std::size_t lane,
                 InnerCounts& counts) {
  constexpr std::size_t each = inner_message_symbols / InnerCounts::block_symbols;
  std::array<bool, InnerCounts::block_symbols> wrong{};
  for (std::size_t k = 0; k < inner_message_symbols; ++k) {
    counts.wrong_bits_before += wrong_bits(sent[k][lane], soft.decided[k][lane]);
    const unsigned after = wrong_bits(sent[k][lane], symbols[k][lane]);
    counts.wrong_bits_after += after;
    if (after) wrong[k / each] = true;
  }
  for (std::size_t i = 0; i < InnerCounts::spreads.size(); ++i) {
    const auto spread = static_cast<std::size_t>(InnerCounts::spreads[i]);
    for (std::size_t codeword = 0; codeword < spread; ++codeword) {
      std::size_t own = 0;
      for (std::size_t s = codeword; s < wrong.size(); s += spread) own += wrong[s];
      ++counts.wrong_symbols[i][own];
    }
  }
  ++counts.blocks;
}

class Batch {
 public:
  Batch(const InnerCountOptions& options) : options_(options), samples_(inner_symbols * inner_batch) {}

  void count(std::uint32_t block, InnerCounts& counts) {
    signal::fill_symbols({.seed = options_.seed, .source = message_source, .block = block}, 4,
                         {sent_[0], inner_message_symbols * inner_batch});
    InnerRow parity;
    message_parity(sent_, parity);
    for (std::size_t k = 0; k < 4; ++k)
      for (std::size_t lane = 0; lane < inner_batch; ++lane)
        sent_[inner_message_symbols + k][lane] = static_cast<std::uint8_t>(parity_level(parity[lane], k));
    signal::fill_normal_fast({.seed = options_.seed, .source = noise_source, .block = block}, samples_);
    const auto noise = static_cast<float>(options_.noise);
    for (std::size_t i = 0; i < samples_.size(); ++i)
      samples_[i] = static_cast<float>(sent_[i / inner_batch][i % inner_batch]) + noise * samples_[i];
    soft_batch(samples_, soft_);
    decode_and_count(sent_, soft_, options_.test_bits, counts);
  }

 private:
  InnerCountOptions options_;
  std::vector<float> samples_;
  SoftBatch soft_;
  InnerRow sent_[inner_symbols];
};

double bit_ratio(std::uint64_t wrong, const InnerCounts& counts) {
  return static_cast<double>(wrong) / (inner_message_bits * static_cast<double>(counts.blocks));
}

double choose(int n, int k) {
  return k < 0 || k > n
             ? 0.0
             : std::round(std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0)));
}

}  // namespace

InnerCounts& operator+=(InnerCounts& sum, const InnerCounts& part) {
  sum.blocks += part.blocks;
  sum.wrong_bits_before += part.wrong_bits_before;
  sum.wrong_bits_after += part.wrong_bits_after;
  sum.without_codeword += part.without_codeword;
  for (std::size_t i = 0; i < sum.wrong_symbols.size(); ++i)
    for (std::size_t k = 0; k < sum.wrong_symbols[i].size(); ++k)
      sum.wrong_symbols[i][k] += part.wrong_symbols[i][k];
  return sum;
}

void decode_and_count(const InnerRow* sent, SoftBatch& soft, int test_bits, InnerCounts& counts) {
  InnerRow missing;
  message_parity(sent, missing);
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t lane = 0; lane < inner_batch; ++lane)
      missing[lane] ^= static_cast<std::uint8_t>(parity_bits(sent[inner_message_symbols + k][lane], k));
  for (std::size_t bit = 0; bit < 8; ++bit)
    for (std::size_t lane = 0; lane < inner_batch; ++lane)
      soft.parity[bit][lane] ^= static_cast<std::uint8_t>(missing[lane] >> (7 - bit) & 1U);
  InnerRow symbols[inner_message_symbols], distance;
  inner_decode(soft, test_bits, symbols, distance);
  for (std::size_t lane = 0; lane < inner_batch; ++lane) {
    count_block(sent, soft, symbols, lane, counts);
    counts.without_codeword += distance[lane] == 255;
  }
}

InnerCounts count_inner_errors(const InnerCountOptions& options) {
  const auto pieces = static_cast<int>((options.blocks + piece - 1) / piece);
  std::vector<InnerCounts> parts(static_cast<std::size_t>(pieces));
  parallel_for(pieces, options.threads, [&](int i) {
    Batch batch(options);
    constexpr auto batches = static_cast<std::uint32_t>(piece / inner_batch);
    for (std::uint32_t b = 0; b < batches; ++b)
      batch.count(static_cast<std::uint32_t>(i) * batches + b, parts[static_cast<std::size_t>(i)]);
  });
  InnerCounts counts;
  for (const InnerCounts& part : parts) counts += part;
  return counts;
}

double ber_before(const InnerCounts& counts) { return bit_ratio(counts.wrong_bits_before, counts); }
double ber_after(const InnerCounts& counts) { return bit_ratio(counts.wrong_bits_after, counts); }

double symbol_error_ratio(const InnerCounts& counts) {
  const auto& single = counts.wrong_symbols.back();  // one symbol for each codeword
  return static_cast<double>(single[1]) / static_cast<double>(single[0] + single[1]);
}

double inner_noise(double ber) { return 0.5 / signal::inverse_q(ber / 0.75); }

std::vector<double> symbol_error_distribution(const InnerCounts& counts, int spread, const BlockCode& outer,
                                              std::size_t entries) {
  const auto* found = std::find(InnerCounts::spreads.begin(), InnerCounts::spreads.end(), spread);
  if (found == InnerCounts::spreads.end())
    throw Error("the symbols of an inner block belong to 1, 2, 4 or 12 codewords");
  const auto& counted = counts.wrong_symbols[static_cast<std::size_t>(found - InnerCounts::spreads.begin())];
  const int own = InnerCounts::block_symbols / spread, left = outer.n % own;
  std::vector<double> block(static_cast<std::size_t>(own) + 1), part(static_cast<std::size_t>(left) + 1);
  for (std::size_t w = 0; w < block.size(); ++w) {
    block[w] = static_cast<double>(counted[w]) / (static_cast<double>(counts.blocks) * spread);
    for (int k = 0; k <= left; ++k) {
      const int wrong = static_cast<int>(w);
      part[static_cast<std::size_t>(k)] +=
          block[w] * choose(wrong, k) * choose(own - wrong, left - k) / choose(own, left);
    }
  }
  return convolve_distributions(repeat_distribution(block, outer.n / own, entries), part);
}

}  // namespace waverack::fec
