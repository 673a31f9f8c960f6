#include "waverack/coherent/frame_rates.hpp"

#include <numeric>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/coherent/frame_builder.hpp"

namespace waverack::coherent {

namespace {

constexpr std::int64_t hamming_length = 128, hamming_information = 119;
constexpr std::int64_t staircase_blocks = 5, staircase_rows = 512, staircase_row = 510;
constexpr std::int64_t staircase_row_information = 478, staircase_client = 244664;

constexpr std::int64_t interleaver_bits = 84 * 8 * 256, ofec_row = 128, ofec_row_information = 111;
// A client frame in whole interleavers: 29 rows of 41 120 bits in 8 interleavers.
constexpr std::int64_t client_row = 41120, client_rows = 29, client_interleavers = 8;

[[noreturn]] void refuse(const Frame& frame, const char* code) {
  throw Error("the payload of frame '" + std::string(frame.layout.name) + "' is no whole number of " + code);
}

ClientMapping staircase_mapping(const Frame& frame) {
  ClientMapping mapping;
  mapping.coded_bits = static_cast<std::int64_t>(payload_bits(frame));
  const std::int64_t outer = staircase_blocks * staircase_rows * staircase_row;
  if (mapping.coded_bits % hamming_length != 0 ||
      mapping.coded_bits / hamming_length * hamming_information < outer)
    refuse(frame, "words of the inner code that hold five staircase blocks");
  mapping.information_bits = staircase_blocks * staircase_rows * staircase_row_information;
  mapping.client_bits = staircase_blocks * staircase_client;
  mapping.added_bits = mapping.information_bits - mapping.client_bits;
  return mapping;
}

ClientMapping ofec_mapping(const Frame& frame) {
  ClientMapping mapping;
  const auto bits = static_cast<std::int64_t>(payload_bits(frame));
  if (bits == 0 || bits % interleaver_bits != 0) refuse(frame, "oFEC interleavers");
  const std::int64_t interleavers = bits / interleaver_bits;
  mapping.super_frames = static_cast<int>(client_interleavers / std::gcd(interleavers, client_interleavers));
  mapping.coded_bits = bits * mapping.super_frames;
  mapping.information_bits = mapping.coded_bits / ofec_row * ofec_row_information;
  mapping.client_bits = interleavers * mapping.super_frames / client_interleavers * client_rows * client_row;
  mapping.added_bits = mapping.information_bits - mapping.client_bits;
  return mapping;
}

}  // namespace

ClientMapping client_mapping(const Frame& frame) {
  return frame.layout.code == LineCode::cfec ? staircase_mapping(frame) : ofec_mapping(frame);
}

FrameRates frame_rates(const Frame& frame) {
  const ClientMapping mapping = client_mapping(frame);
  const double symbols = frame.layout.symbols();
  FrameRates rates;
  rates.super_frame_time = symbols / frame.layout.symbol_rate;
  const double time = rates.super_frame_time * mapping.super_frames;
  rates.payload_fraction = frame.payload_symbols / symbols;
  rates.line = 2.0 * bits_per_symbol(frame.layout.format) * frame.layout.symbol_rate;
  rates.coded = static_cast<double>(mapping.coded_bits) / time;
  rates.information = static_cast<double>(mapping.information_bits) / time;
  rates.net = static_cast<double>(mapping.client_bits) / time;
  rates.code_rate = static_cast<double>(mapping.information_bits) / static_cast<double>(mapping.coded_bits);
  return rates;
}

}  // namespace waverack::coherent
