#include "waverack/fec/ofec_interleaver.hpp"

#include <array>

#include "waverack/base/error.hpp"
#include "waverack/fec/ofec_code.hpp"

namespace waverack::fec {

namespace {

constexpr std::size_t stream_bits = ofec_interleaver_pairs * ofec_pair_bits;  // of one encoder in a filling
constexpr std::size_t block_rows = 84, half_rows = block_rows / 2, reads = 8;

// Place of bit (row, column) of the interleaver: a block row of either encoder, 16 rows each.
std::uint32_t source_of(std::size_t row, std::size_t column) {
  const std::size_t block_row = row / ofec_block, i = row % ofec_block, j = column % ofec_block;
  const std::size_t old_row = (j + 4 * ofec_block - 2 * i + (i < 8 ? 0 : 15)) % ofec_block;
  const std::size_t old_column = (old_row + i) % ofec_block;
  const std::size_t encoder = block_row % 2, own = block_row / 2;  // block row of the encoder's output
  return static_cast<std::uint32_t>(encoder * stream_bits + own / 2 * ofec_pair_bits +
                                    column / ofec_block * 512 + own % 2 * 256 + old_row * ofec_block +
                                    old_column);
}

std::vector<std::uint32_t> make_order() {
  std::vector<std::uint32_t> order;
  order.reserve(ofec_interleaver_bits);
  for (std::size_t column = 0; column < ofec_columns; ++column)
    for (std::size_t read = 0; read < half_rows / 2 * ofec_block / reads; ++read)
      for (std::size_t set = 0; set < 4; ++set)
        for (std::size_t bit = 0; bit < reads; ++bit) {
          const std::size_t n = read * reads + bit;  // row within the set
          const std::size_t block_row = set / 2 * half_rows + 2 * (n / ofec_block) + set % 2;
          order.push_back(source_of(block_row * ofec_block + n % ofec_block, column));
        }
  return order;
}

void check(std::size_t symbol_bits) {
  if (symbol_bits == 0 || ofec_interleaver_bits % symbol_bits != 0)
    throw Error("the bits of a symbol divide those of an oFEC interleaver, 172032");
}

// Calls move(line bit, stream, place in the stream) for one filling of both interleavers.
template <class Move>
void for_each_bit(std::size_t symbol_bits, Move move) {
  const auto order = ofec_interleaver_order();
  for (std::size_t n = 0; n < ofec_interleaver_bits; ++n)
    for (std::size_t which = 0; which < 2; ++which) {
      const std::size_t line = (n / symbol_bits * 2 + which) * symbol_bits + n % symbol_bits;
      move(line, 2 * which + order[n] / stream_bits, order[n] % stream_bits);
    }
}

template <class Value>
void deinterleave(std::span<const Value> line, std::size_t symbol_bits,
                  std::span<std::vector<Value>> streams) {
  check(symbol_bits);
  if (streams.size() != ofec_encoders) throw Error("oFEC has four streams");
  if (line.size() % (2 * ofec_interleaver_bits) != 0)
    throw Error("an oFEC line has whole fillings of its interleavers, 344064 bits");
  for (; !line.empty(); line = line.subspan(2 * ofec_interleaver_bits)) {
    std::array<std::size_t, ofec_encoders> at{};
    for (std::size_t s = 0; s < ofec_encoders; ++s) {
      at[s] = streams[s].size();
      streams[s].resize(at[s] + stream_bits);
    }
    for_each_bit(symbol_bits, [&](std::size_t from, std::size_t s, std::size_t place) {
      streams[s][at[s] + place] = line[from];
    });
  }
}

}  // namespace

std::span<const std::uint32_t> ofec_interleaver_order() {
  static const std::vector<std::uint32_t> order = make_order();
  return order;
}

std::vector<std::uint8_t> ofec_interleave(std::span<const std::vector<std::uint8_t>> streams,
                                          std::size_t symbol_bits) {
  check(symbol_bits);
  if (streams.size() != ofec_encoders) throw Error("oFEC has four streams");
  const std::size_t size = streams[0].size();
  for (const auto& stream : streams)
    if (stream.size() != size || size % stream_bits != 0)
      throw Error("oFEC interleaves whole fillings, 86016 bits of each stream");
  std::vector<std::uint8_t> line(ofec_encoders * size);
  for (std::size_t filling = 0; filling < size / stream_bits; ++filling)
    for_each_bit(symbol_bits, [&](std::size_t to, std::size_t s, std::size_t place) {
      line[filling * 2 * ofec_interleaver_bits + to] = streams[s][filling * stream_bits + place];
    });
  return line;
}

void ofec_deinterleave(std::span<const std::uint8_t> line, std::size_t symbol_bits,
                       std::span<std::vector<std::uint8_t>> streams) {
  deinterleave(line, symbol_bits, streams);
}

void ofec_deinterleave(std::span<const float> line, std::size_t symbol_bits,
                       std::span<std::vector<float>> streams) {
  deinterleave(line, symbol_bits, streams);
}

std::vector<std::vector<std::uint8_t>> ofec_distribute(std::span<const std::uint8_t> payload) {
  if (payload.size() % ofec_encoders != 0) throw Error("oFEC shares multiples of 4 bits among its encoders");
  std::vector<std::vector<std::uint8_t>> streams(ofec_encoders);
  for (auto& stream : streams) stream.reserve(payload.size() / ofec_encoders);
  for (std::size_t i = 0; i < payload.size(); ++i) streams[i % ofec_encoders].push_back(payload[i]);
  return streams;
}

std::vector<std::uint8_t> ofec_collect(std::span<const std::vector<std::uint8_t>> streams) {
  if (streams.size() != ofec_encoders) throw Error("oFEC has four streams");
  const std::size_t size = streams[0].size();
  for (const auto& stream : streams)
    if (stream.size() != size) throw Error("the streams of oFEC are equally long");
  std::vector<std::uint8_t> payload(ofec_encoders * size);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = streams[i % ofec_encoders][i / ofec_encoders];
  return payload;
}

}  // namespace waverack::fec
