#include "waverack/fec/decode_count.hpp"

#include <cassert>

#include "waverack/fec/packed_bits.hpp"

namespace waverack::fec {

DecodeCount count_decoded(const BlockCode& code, std::span<const std::uint64_t> decoded,
                          std::span<const std::uint64_t> sent, std::span<const CodewordStatus> statuses) {
  const std::size_t n = static_cast<std::size_t>(code.n), stride = words_of_symbols(n);
  assert(decoded.size() == stride * statuses.size() && sent.size() == decoded.size());
  // Of the last word, the bits that belong to the codeword.
  const std::size_t unused = stride * word_bits - n * field_bits;
  const std::uint64_t used = ~std::uint64_t{0} >> unused;

  DecodeCount count;
  count.symbols.resize(static_cast<std::size_t>(code.t) + 1);
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    if (statuses[i].failed()) {
      ++count.failed;
      continue;
    }
    ++(statuses[i].clean() ? count.clean : count.corrected);
    ++count.symbols[static_cast<std::size_t>(statuses[i].corrected)];
    std::uint64_t difference = 0;
    for (std::size_t w = 0; w < stride; ++w)
      difference |=
          (decoded[i * stride + w] ^ sent[i * stride + w]) & (w + 1 < stride ? ~std::uint64_t{0} : used);
    count.miscorrected += difference != 0;
  }
  return count;
}

}  // namespace waverack::fec
