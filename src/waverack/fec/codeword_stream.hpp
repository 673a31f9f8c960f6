#pragma once
// Reed–Solomon codewords as a stream of bytes, for files: bit i of a stream is bit i mod 8 of its byte i/8,
// the lowest first, in the order of sending (packed_bits.hpp).
//
// A message is 10·k bits. Messages follow each other without a gap, and so do the codewords of 10·n bits
// (680 bytes for KP4, 660 for KR4). Zero bits fill up the last message when encoding, and the last byte of
// either stream.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/fec/reed_solomon.hpp"

namespace waverack::fec {

// Codewords of the message; none of an empty one.
std::vector<std::uint8_t> encode_stream(const BlockCode&, std::span<const std::uint8_t> message);

struct DecodedStream {
  std::vector<std::uint8_t> message;     // with the zero bits that encoding added
  std::vector<CodewordStatus> statuses;  // a failed codeword's message is as received
};

// waverack::Error where the bytes are no whole number of codewords.
DecodedStream decode_stream(const BlockCode&, std::span<const std::uint8_t> codewords);

}  // namespace waverack::fec
