#pragma once
// SHA-256 message digest (FIPS 180-4), for fingerprints of input files and of test patterns.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace waverack {

// The 32 bytes of the digest of `message`. Cost: linear, a few hundred MB/s.
std::array<std::uint8_t, 32> sha256(std::span<const std::uint8_t> message);

// The digest of `text` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view text);

}  // namespace waverack
