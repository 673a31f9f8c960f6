#include "waverack/compliance/com_channel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <complex>
#include <optional>
#include <utility>

#include "waverack/compliance/package_model.hpp"

namespace waverack::compliance {
namespace {

constexpr double shortest_edge = 0.3;  // of a pulse response of the measures [UI]

// Port 2 of `channel` sees `package`, whose die ends in the single-ended `termination` [ohm]; the rest of the
// network is as before.
network::Network behind_package(const network::Network& channel, const network::Network& package,
                                double termination) {
  const network::Network all = network::cascade(package, channel);
  const double die =
      (2.0 * termination - com_reference_resistance) / (2.0 * termination + com_reference_resistance);
  network::Network result = channel;
  for (std::size_t k = 0; k < all.points(); ++k)
    result.at(k, 2, 2) =
        all.at(k, 2, 2) + all.at(k, 2, 1) * all.at(k, 1, 2) * die / (1.0 - all.at(k, 1, 1) * die);
  return result;
}

}  // namespace

ChannelSettings channel_settings(const ComSheet& sheet) {
  ChannelSettings settings;
  settings.symbol_rate = sheet.signal.symbol_rate;
  settings.levels = sheet.signal.levels;
  settings.error_ratio = sheet.signal.detector_error_ratio;
  settings.samples_per_symbol = sheet.signal.samples_per_symbol;
  settings.edge = std::max(shortest_edge, sheet.transmitter.rise_time * sheet.signal.symbol_rate);
  settings.icn = sheet.icn;
  settings.erl = sheet.erl;
  return settings;
}

EffectiveReturnLoss com_return_loss(const ComSheet& sheet, const network::Network& channel) {
  const ReflectedSignal signal{sheet.signal.symbol_rate, sheet.signal.levels,
                               sheet.signal.detector_error_ratio, sheet.signal.samples_per_symbol};
  if (!sheet.package_in_erl) return effective_return_loss(channel, signal, sheet.erl);
  std::optional<EffectiveReturnLoss> worst;
  for (const ComPackageCase& lengths : sheet.cases) {
    const network::Network package =
        com_end(sheet, sheet.transmitter_device, lengths.transmitter, channel.frequencies);
    EffectiveReturnLoss found = effective_return_loss(
        behind_package(channel, package, sheet.transmitter_device.termination), signal, sheet.erl);
    found.remarks.push_back(fmt::format("port 2 sees the transmitter's package {}, the worst of {}",
                                        lengths.name, sheet.cases.size()));
    if (!worst || found.erl_db < worst->erl_db) worst = std::move(found);
  }
  return *std::move(worst);
}

}  // namespace waverack::compliance
