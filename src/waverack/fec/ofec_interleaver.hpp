#pragma once
// What lies between the encoders of oFEC and the symbols: four encoders side by side, two interleavers.
//
// Bit i of the payload goes to encoder i mod 4. The square blocks of every encoder's output are permuted each
// in itself (Table 8 of the Open ROADM W-Port specification): bit (i, j) of the new block is bit (ρ, ρ + i),
// modulo 16, of the old one, ρ = j − 2·i for i < 8 and j − 2·i + 15 for i ≥ 8. Encoders 0 and 1 fill the
// first interleaver of 84 × 8 blocks, encoders 2 and 3 the second, the first of each the even block rows, the
// other the odd ones. An interleaver is read column of bits by column; in a column eight bits at a time in
// turn from four sets of 21 block rows: even and odd ones of the first 42, even and odd ones of the last. The
// outputs of the two are merged by so many bits at a time as a symbol instant has.
//
// Source: Open ROADM MSA W-Port Digital Specification, clauses 10 and 10.3, as Maiman Studio 0.9.0 restates
// it, which its author checked against that document's test vectors. That 800ZR does the same is assumed;
// only the size, 84 × 8 blocks, is known of it here (facts: coherent 4.4).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace waverack::fec {

inline constexpr std::size_t ofec_encoders = 4;
inline constexpr std::size_t ofec_interleaver_pairs = 21;     // of each encoder in one filling
inline constexpr std::size_t ofec_interleaver_bits = 172032;  // 84 × 8 blocks of 256

// Where bit n of an interleaver's output comes from, n below 172032: the place in 86016 coded bits (21 pairs,
// ofec_coded_place()) of its first encoder, or 86016 more in those of its second.
std::span<const std::uint32_t> ofec_interleaver_order();

// Line bits of a whole number of fillings: `streams` are the outputs of the four encoders, 86016·n bits each,
// `symbol_bits` the bits of a symbol instant, both polarisations, that one interleaver serves in a row: 8 for
// DP-16QAM, 4 for DP-QPSK (a divisor of 172032). The result has 344064·n bits. Other sizes throw Error.
std::vector<std::uint8_t> ofec_interleave(std::span<const std::vector<std::uint8_t>> streams,
                                          std::size_t symbol_bits);

// The way back, for bits or for ratios: appends to four streams.
void ofec_deinterleave(std::span<const std::uint8_t> line, std::size_t symbol_bits,
                       std::span<std::vector<std::uint8_t>> streams);
void ofec_deinterleave(std::span<const float> line, std::size_t symbol_bits,
                       std::span<std::vector<float>> streams);

// Payload bits, 4·n, to the four encoders' inputs and back.
std::vector<std::vector<std::uint8_t>> ofec_distribute(std::span<const std::uint8_t> payload);
std::vector<std::uint8_t> ofec_collect(std::span<const std::vector<std::uint8_t>> streams);

}  // namespace waverack::fec
