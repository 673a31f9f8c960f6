// Any bytes as a measured response: a table for the first byte 'c', else a Lumerical file. What can be read
// is made a response, with and without its phase, and one of light. An Error is fine; a crash or a value that
// is not finite is not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/network/lumerical.hpp"
#include "waverack/network/tabulated_response.hpp"

namespace {

using namespace waverack;

void check(const network::Channel& channel, double carrier) {
  require(std::isfinite(channel.latency) && channel.latency >= 0.0);
  const double last = channel.last_frequency;
  for (const double f : {0.0, 1.0, 0.5 * channel.first_frequency, channel.first_frequency, 0.3 * last, last,
                         1.01 * last, 10.0 * last, 1e12}) {
    const std::complex<double> h = channel.response(f);
    require(std::isfinite(h.real()) && std::isfinite(h.imag()));
    require(carrier > 0.0 || channel.response(-f) == std::conj(h));
  }
}

void check_table(network::FrequencyTable table) {
  require(table.magnitude.size() == table.points() &&
          (table.phase.empty() || table.phase.size() == table.points()));
  const double carrier = std::max(0.5 * (table.frequencies.front() + table.frequencies.back()), 1.0);
  check(network::passband_response(table, carrier), carrier);
  if (table.magnitude.front() < 1e-15) return;
  check(network::tabulated_response(table), 0.0);
  table.phase.clear();
  check(network::tabulated_response(table), 0.0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    if (data[0] == 'c') {
      check_table(network::parse_response_csv(text, "fuzz.csv"));
      return 0;
    }
    const network::LumericalFile file = network::parse_lumerical(text, "fuzz.sparam");
    const network::Network network = network::network_of(file, file.blocks.front().to_mode);
    require(network.s.size() == network.points() * file.ports.size() * file.ports.size());
    network::doubts(network);
    check_table(network::transmission(network, file.blocks.front().to, file.blocks.front().from));
  } catch (const Error&) {
  }
  return 0;
}
