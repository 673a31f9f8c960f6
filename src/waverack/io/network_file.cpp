#include "waverack/io/network_file.hpp"

#include <charconv>

#include "waverack/base/error.hpp"
#include "waverack/io/files.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::io {

network::Network load_network(const std::string& path) {
  return network::parse_touchstone(read_file(path, data_size_limit, path), path);
}

std::vector<int> parse_ports(const std::string& text) {
  std::vector<int> ports;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    int port = 0;
    const auto [next, error] = std::from_chars(at, end, port);
    if (error != std::errc() || port < 1 || (next != end && *next != ','))
      throw Error(ErrorInfo{{"--ports " + text, 0, 0},
                            {},
                            "ports are whole numbers from 1, separated by commas",
                            "for example 1,3,2,4: in+, in-, out+, out-",
                            {}});
    ports.push_back(port);
    if (next == end) return ports;
    at = next + 1;
  }
}

}  // namespace waverack::io
