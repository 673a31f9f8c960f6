#include "waverack/fec/codeword_stream.hpp"

#include <fmt/format.h>

#include "waverack/base/error.hpp"
#include "waverack/fec/packed_bits.hpp"
#include "waverack/fec/sliced_reed_solomon.hpp"

namespace waverack::fec {
namespace {

std::vector<std::uint64_t> words_of_bytes(std::span<const std::uint8_t> bytes, std::size_t words) {
  std::vector<std::uint64_t> list(words);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    list[i / 8] |= static_cast<std::uint64_t>(bytes[i]) << (i % 8 * 8);
  return list;
}

std::vector<std::uint8_t> bytes_of_words(std::span<const std::uint64_t> words, std::size_t bytes) {
  std::vector<std::uint8_t> list(bytes);
  for (std::size_t i = 0; i < bytes; ++i) list[i] = static_cast<std::uint8_t>(words[i / 8] >> (i % 8 * 8));
  return list;
}

constexpr std::size_t bytes_of_symbols(std::size_t symbols) { return (symbols * field_bits + 7) / 8; }

// Copies `count` symbols from one packed sequence to another that is zero there.
void copy_symbols(std::span<const std::uint64_t> from, std::size_t first, std::span<std::uint64_t> to,
                  std::size_t to_first, std::size_t count) {
  for (std::size_t s = 0; s < count; ++s) add_packed_symbol(to, to_first + s, packed_symbol(from, first + s));
}

}  // namespace

std::vector<std::uint8_t> encode_stream(const BlockCode& code, std::span<const std::uint8_t> message) {
  SlicedReedSolomon codec(code);
  const auto n = static_cast<std::size_t>(code.n), k = static_cast<std::size_t>(code.k);
  const std::size_t count = (message.size() * 8 + k * field_bits - 1) / (k * field_bits);
  const auto words = words_of_bytes(message, words_of_symbols(count * k));
  std::vector<std::uint64_t> codewords(count * codec.stride());
  const auto codeword = [&](std::size_t i) {
    return std::span(codewords).subspan(i * codec.stride(), codec.stride());
  };
  for (std::size_t i = 0; i < count; ++i) copy_symbols(words, i * k, codeword(i), 0, k);
  codec.encode(codewords);
  std::vector<std::uint64_t> stream(words_of_symbols(count * n));
  for (std::size_t i = 0; i < count; ++i) copy_symbols(codeword(i), 0, stream, i * n, n);
  return bytes_of_words(stream, bytes_of_symbols(count * n));
}

DecodedStream decode_stream(const BlockCode& code, std::span<const std::uint8_t> stream) {
  SlicedReedSolomon codec(code);
  const auto n = static_cast<std::size_t>(code.n), k = static_cast<std::size_t>(code.k);
  const std::size_t count = stream.size() * 8 / (n * field_bits);
  if (bytes_of_symbols(count * n) != stream.size())
    throw Error(
        fmt::format("{} bytes are no whole number of codewords of {} bits", stream.size(), n * field_bits));
  const auto words = words_of_bytes(stream, words_of_symbols(count * n));
  std::vector<std::uint64_t> codewords(count * codec.stride());
  const auto codeword = [&](std::size_t i) {
    return std::span(codewords).subspan(i * codec.stride(), codec.stride());
  };
  for (std::size_t i = 0; i < count; ++i) copy_symbols(words, i * n, codeword(i), 0, n);
  DecodedStream decoded;
  decoded.statuses.resize(count);
  codec.decode(codewords, decoded.statuses);
  std::vector<std::uint64_t> messages(words_of_symbols(count * k));
  for (std::size_t i = 0; i < count; ++i) copy_symbols(codeword(i), 0, messages, i * k, k);
  decoded.message = bytes_of_words(messages, bytes_of_symbols(count * k));
  return decoded;
}

}  // namespace waverack::fec
