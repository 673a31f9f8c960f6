#include "fec_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "waverack/base/error.hpp"
#include "waverack/fec/codeword_stream.hpp"
#include "waverack/fec/inner_code.hpp"
#include "waverack/io/files.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::app {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 30;

using Bytes = std::vector<std::uint8_t>;

struct Coded {
  Bytes bytes;
  std::size_t codewords = 0, corrected = 0, changes = 0, failed = 0;
};

// The lowest bit of a byte first (codeword_stream.hpp).
Bytes bits_of(std::span<const std::uint8_t> bytes) {
  Bytes bits;
  bits.reserve(8 * bytes.size());
  for (const std::uint8_t byte : bytes)
    for (int bit = 0; bit < 8; ++bit) bits.push_back(byte >> bit & 1U);
  return bits;
}

Bytes bytes_of(std::span<const std::uint8_t> bits) {
  Bytes bytes((bits.size() + 7) / 8);
  for (std::size_t i = 0; i < bits.size(); ++i) bytes[i / 8] |= static_cast<std::uint8_t>(bits[i] << i % 8);
  return bytes;
}

Coded encode_inner(std::span<const std::uint8_t> message) {
  Bytes bits = bits_of(message);
  const auto each = static_cast<std::size_t>(fec::inner_message_bits);
  bits.resize((bits.size() + each - 1) / each * each);
  return {bytes_of(fec::inner_encode(bits)), bits.size() / each};
}

Coded decode_inner(std::span<const std::uint8_t> received) {
  const Bytes bits = bits_of(received);
  const auto each = static_cast<std::size_t>(fec::inner_bits);
  if (bits.size() % each != 0)
    throw Error(fmt::format("{} bytes are no whole number of codewords of {}", received.size(), each / 8));
  Coded coded;
  Bytes message;
  std::vector<double> ratios(each);
  for (std::size_t at = 0; at < bits.size(); at += each, ++coded.codewords) {
    for (std::size_t i = 0; i < each; ++i) ratios[i] = bits[at + i] ? -1.0 : 1.0;
    const fec::SoftCodeword soft = fec::soft_codeword_of_bits(ratios);
    const fec::InnerDecision decision = fec::inner_decode(soft, 0);
    coded.failed += !decision.found;
    coded.corrected += decision.found && decision.distance > 0.0;
    coded.changes += decision.found && decision.distance > 0.0;
    const Bytes decoded = signal::gray_decode(decision.symbols);
    message.insert(message.end(), decoded.begin(), decoded.end());
  }
  coded.bytes = bytes_of(message);
  return coded;
}

Coded decode(const fec::BlockCode& code, std::span<const std::uint8_t> received) {
  fec::DecodedStream decoded = fec::decode_stream(code, received);
  Coded coded{std::move(decoded.message), decoded.statuses.size()};
  for (const fec::CodewordStatus status : decoded.statuses) {
    coded.failed += status.failed();
    coded.corrected += status.corrected > 0;
    coded.changes += static_cast<std::size_t>(std::max<int>(status.corrected, 0));
  }
  return coded;
}

}  // namespace

ExitCode code_files(const FecFiles& files, Console& console) {
  const bool inner = files.code == "inner";
  if (!inner && files.code != "KP4" && files.code != "KR4")
    throw Error(ErrorInfo{
        {}, "--code", fmt::format("files are not coded with '{}'", files.code), "KP4, KR4 or inner", {}});
  const fec::BlockCode& code = files.code == "KR4" ? fec::kr4 : fec::kp4;
  const std::string read = io::read_file(files.input, largest_file, files.input);
  const std::span input(reinterpret_cast<const std::uint8_t*>(read.data()), read.size());
  const bool encoding = files.step == "encode";
  Coded coded;
  if (inner) {
    coded = encoding ? encode_inner(input) : decode_inner(input);
  } else if (encoding) {
    coded.bytes = fec::encode_stream(code, input);
    coded.codewords = coded.bytes.size() * 8 / static_cast<std::size_t>(code.n * code.bits_per_symbol);
  } else {
    coded = decode(code, input);
  }
  io::write_file(files.output, {reinterpret_cast<const char*>(coded.bytes.data()), coded.bytes.size()});
  const std::string name = inner ? "inner (128,120)" : fmt::format("{} {}", files.code, code.name);
  std::string text = fmt::format("{}: {} codewords, {} bytes to {} bytes", name, coded.codewords,
                                 input.size(), coded.bytes.size());
  if (!encoding)
    text += fmt::format("; {} clean, {} corrected ({} {} changed), {} failed",
                        coded.codewords - coded.corrected - coded.failed, coded.corrected, coded.changes,
                        inner ? "bits" : "symbols", coded.failed);
  console.print(text + "\n");
  return coded.failed > 0 ? check_failed : good;
}

}  // namespace waverack::app
