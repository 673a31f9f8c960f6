// Any bytes as a Touchstone file: read, checked, written and read again, paired and made a channel. An Error
// is fine; a crash, a value that is not finite or one that does not survive a round trip is not. The first
// byte chooses the ending of the file's name.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/network/channel_response.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/quality.hpp"
#include "waverack/network/touchstone.hpp"
#include "waverack/network/touchstone_writer.hpp"

namespace {

using namespace waverack;

void check_channel(const network::Network& two_port) {
  const network::Channel channel = network::channel_response(two_port);
  require(std::isfinite(channel.latency) && channel.latency >= 0.0);
  require(channel.response(0.0).imag() == 0.0);
  const double last = channel.last_frequency;
  for (const double f : {0.0, 1.0, 0.5 * channel.first_frequency, channel.first_frequency, 0.3 * last, last,
                         1.01 * last, 10.0 * last, 1e12}) {
    const std::complex<double> h = channel.response(f);
    require(std::isfinite(h.real()) && std::isfinite(h.imag()));
    require(channel.response(-f) == std::conj(h));
  }
}

void check_round_trip(const network::Network& network, const std::string& text, const std::string& name) {
  const network::Network back = network::parse_touchstone(text, name);
  require(back.ports == network.ports && back.reference_resistance == network.reference_resistance);
  require(back.frequencies == network.frequencies && back.s == network.s);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    // .s1p to .s4p, and .ts, which leaves the number to the text.
    const int choice = (data[0] + 1) % 5;
    const std::string name = choice == 4 ? "fuzz.ts" : "fuzz.s" + std::to_string(1 + choice) + "p";
    const network::Network network = network::parse_touchstone(text, name);
    require(network.points() > 0 &&
            network.s.size() == network.points() * static_cast<std::size_t>(network.ports * network.ports));
    for (const std::complex<double>& s : network.s)
      require(std::isfinite(s.real()) && std::isfinite(s.imag()));
    check_round_trip(network, network::touchstone_text(network),
                     "fuzz.s" + std::to_string(network.ports) + "p");
    check_round_trip(network, network::touchstone_2_text(network), "fuzz.ts");
    const network::Quality quality = network::quality(network);
    require(std::isfinite(quality.gain.value) && std::isfinite(quality.asymmetry.value));
    for (const double percent : {quality.passivity, quality.reciprocity, quality.causality})
      require(percent >= 0.0 && percent <= 100.0);
    if (network.ports >= 2) check_channel(network::single_ended(network, 1, 2));
    if (network.ports == 4) {
      check_channel(network::differential(network, {1, 3, 2, 4}));
      network::infer_ports(network);
    }
  } catch (const Error&) {
  }
  return 0;
}
