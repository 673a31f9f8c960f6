#include "waverack/io/com_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/compliance/package_model.hpp"
#include "waverack/io/network_file.hpp"
#include "waverack/network/mixed_mode.hpp"

namespace waverack::io {
namespace {

using compliance::ComPathKind;

// The ports of the through path where none are given.
std::vector<int> ports_of(const network::Network& through, const compliance::ComSheet& sheet,
                          std::string& why) {
  std::vector<int> ports;
  try {
    static_cast<void>(network::select_channel(through, ports));
    why = through.ports == 2 ? "the file has two" : "found in the through path";
    return ports;
  } catch (const Error&) {
    if (through.ports != 4) throw;
    why = "those of the sheet: the through path does not tell";
    return sheet.files.port_order;
  }
}

void remark_on_grid(const network::Network& channel, const compliance::ComSheet& sheet, ComInput& input) {
  double step = 0.0;
  for (std::size_t k = 1; k < channel.points(); ++k)
    step = std::max(step, channel.frequencies[k] - channel.frequencies[k - 1]);
  constexpr double rounding = 1.0 + 1e-9;
  if (channel.frequencies.front() > sheet.files.largest_start * rounding)
    input.remarks.push_back(fmt::format("{}: the data start at {}, the sheet asks for {} or less",
                                        channel.name, format_engineering(channel.frequencies.front(), "Hz"),
                                        format_engineering(sheet.files.largest_start, "Hz")));
  if (step > sheet.files.largest_step * rounding)
    input.remarks.push_back(fmt::format("{}: the frequencies are up to {} apart, the sheet asks for {}",
                                        channel.name, format_engineering(step, "Hz"),
                                        format_engineering(sheet.files.largest_step, "Hz")));
  if (channel.frequencies.back() < sheet.signal.symbol_rate * 0.75)
    input.remarks.push_back(fmt::format("{}: the data end at {}, below three quarters of the symbol rate",
                                        channel.name, format_engineering(channel.frequencies.back(), "Hz")));
}

}  // namespace

ComInput load_com_paths(const ComPaths& paths, const compliance::ComSheet& sheet) {
  struct Wanted {
    ComPathKind kind;
    const char* what;
    const std::string& path;
  };
  std::vector<Wanted> wanted{{ComPathKind::victim, "through", paths.through}};
  for (const std::string& path : paths.far_end) wanted.push_back({ComPathKind::far_end, "far end", path});
  for (const std::string& path : paths.near_end) wanted.push_back({ComPathKind::near_end, "near end", path});
  if (paths.ports.size() > 1 && paths.ports.size() != wanted.size())
    throw Error(
        fmt::format("ports are given for {} files, and there are {}", paths.ports.size(), wanted.size()));

  ComInput input;
  network::Network through;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    network::Network network = load_network(wanted[i].path);
    std::vector<int> ports;
    if (!paths.ports.empty()) {
      ports = paths.ports.size() == 1 ? paths.ports.front() : paths.ports[i];
      input.why_ports = "as given";
    } else {
      ports = i == 0 ? ports_of(network, sheet, input.why_ports) : input.ports.front();
    }
    network::Network two_port = network::select_channel(network, ports);
    if (two_port.reference_resistance != compliance::com_reference_resistance)
      throw Error(ErrorInfo{{wanted[i].path, 0, 0},
                            {},
                            fmt::format("the path has a reference of {:g} Ω; COM needs differential ports of "
                                        "100 Ω",
                                        two_port.reference_resistance),
                            "four single-ended ports of 50 Ω, or two differential ones of 100 Ω",
                            {}});
    remark_on_grid(two_port, sheet, input);
    input.files.push_back(
        judged_file(wanted[i].path, wanted[i].what, network, ports, i == 0 ? nullptr : &through));
    input.ports.push_back(std::move(ports));
    input.paths.push_back({wanted[i].kind, std::move(two_port)});
    if (i == 0) through = std::move(network);
  }
  return input;
}

}  // namespace waverack::io
