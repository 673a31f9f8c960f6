#include "waverack/io/channel_curves.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::io {
namespace {

// What a chart shows of a record: symbols after the peak of the pulse, symbols of the reflected pulse, and
// the share of its peak that is worth showing.
constexpr double after_peak = 24.0, before_peak = 4.0;
constexpr std::size_t most_reflected = 300;
constexpr double visible = 2e-3;

double db(std::complex<double> s) { return 20.0 * std::log10(std::max(std::abs(s), 1e-15)); }

link::Curve deviation(const network::Network& through, const compliance::InsertionLossFit& fit) {
  link::Curve curve{"deviation",
                    "Insertion loss deviation",
                    {{"frequency", "Hz", {}}, {"deviation", "dB", {}}},
                    false,
                    false};
  for (std::size_t k = 0; k < through.points(); ++k) {
    const double at = through.frequencies[k];
    if (at < fit.lowest_frequency || at > fit.highest_frequency) continue;
    curve.columns[0].values.push_back(at);
    curve.columns[1].values.push_back(-db(through.at(k, 2, 1)) - fit.at(at));
  }
  return curve;
}

std::vector<link::Curve> responses(const compliance::PulseResponse& response, double symbol_rate) {
  const auto peak = std::max_element(response.pulse.begin(), response.pulse.end(),
                                     [](double a, double b) { return std::abs(a) < std::abs(b); });
  const double at_peak = response.start + static_cast<double>(peak - response.pulse.begin()) * response.step;
  link::Curve pulse{"pulse",
                    "Response to one symbol and to a step",
                    {{"time", "s", {}}, {"pulse", "1", {}}, {"step", "1", {}}},
                    false,
                    false};
  link::Curve impulse{
      "impulse", "Impulse response", {{"time", "s", {}}, {"impulse", "1/ns", {}}}, false, false};
  for (std::size_t n = 0; n < response.pulse.size(); ++n) {
    const double t = response.start + static_cast<double>(n) * response.step;
    if (t < at_peak - before_peak / symbol_rate || t > at_peak + after_peak / symbol_rate) continue;
    pulse.columns[0].values.push_back(t);
    pulse.columns[1].values.push_back(response.pulse[n]);
    pulse.columns[2].values.push_back(response.step_response[n]);
    impulse.columns[0].values.push_back(t);
    impulse.columns[1].values.push_back(response.impulse[n] * 1e-9);
  }
  return {pulse, impulse};
}

link::Curve impedance(const std::array<compliance::ImpedanceProfile, 2>& profiles) {
  link::Curve curve{"impedance",
                    "Impedance by time-domain reflectometry",
                    {{"time there and back", "s", {}},
                     {"port 1", "Ω", profiles[0].impedance},
                     {"port 2", "Ω", profiles[1].impedance}},
                    false,
                    false};
  for (std::size_t n = 0; n < profiles[0].impedance.size(); ++n)
    curve.columns[0].values.push_back(profiles[0].start + static_cast<double>(n) * profiles[0].step);
  return curve;
}

}  // namespace

link::Curve loss_curve(const network::Network& through, const compliance::InsertionLossFit& fit) {
  link::Curve curve{"loss", "Transmission with its fit, and reflection", {}, false, false};
  link::Column f{"frequency", "Hz", through.frequencies}, thru{"S21", "dB", {}},
      fitted{"fit of S21", "dB", {}}, first{"S11", "dB", {}}, second{"S22", "dB", {}};
  for (std::size_t k = 0; k < through.points(); ++k) {
    const double at = through.frequencies[k];
    thru.values.push_back(db(through.at(k, 2, 1)));
    fitted.values.push_back(at >= fit.lowest_frequency && at <= fit.highest_frequency ? -fit.at(at)
                                                                                      : std::nan(""));
    first.values.push_back(db(through.at(k, 1, 1)));
    second.values.push_back(db(through.at(k, 2, 2)));
  }
  curve.columns = {f, thru, fitted, first, second};
  return curve;
}

link::Curve crosstalk_curve(const compliance::ChannelNetworks& networks) {
  const network::Network& first =
      networks.far_end.empty() ? networks.near_end.front() : networks.far_end.front();
  link::Curve curve{
      "crosstalk", "Crosstalk, power sums", {{"frequency", "Hz", first.frequencies}}, false, false};
  const auto add = [&](const std::vector<network::Network>& aggressors, const char* name) {
    if (aggressors.empty()) return;
    link::Column column{name, "dB", {}};
    for (std::size_t k = 0; k < first.points(); ++k) {
      double power = 0.0;
      for (const network::Network& n : aggressors)
        power += n.frequencies == first.frequencies ? std::norm(n.at(k, 2, 1)) : std::nan("");
      column.values.push_back(10.0 * std::log10(std::max(power, 1e-30)));
    }
    curve.columns.push_back(column);
  };
  add(networks.far_end, "far end");
  add(networks.near_end, "near end");
  return curve;
}

link::Curve reflected_curve(const compliance::EffectiveReturnLoss& erl, int samples_per_symbol) {
  link::Curve curve{"reflected_pulse",
                    "Reflected pulse behind the gate of ERL",
                    {{"time", "UI", {}}, {"port 1", "1", {}}, {"port 2", "1", {}}},
                    false,
                    false};
  const std::vector<double>&first = erl.ports[0].value, &second = erl.ports[1].value;
  double peak = 0.0;
  for (const std::vector<double>* pulse : {&first, &second})
    for (const double value : *pulse) peak = std::max(peak, std::abs(value));
  std::size_t end = std::min(first.size(), most_reflected * static_cast<std::size_t>(samples_per_symbol));
  while (end > 1 && std::abs(first[end - 1]) < visible * peak && std::abs(second[end - 1]) < visible * peak)
    --end;
  for (std::size_t n = 0; n < end; ++n) {
    curve.columns[0].values.push_back(static_cast<double>(n) / samples_per_symbol);
    curve.columns[1].values.push_back(first[n]);
    curve.columns[2].values.push_back(second[n]);
  }
  return curve;
}

std::vector<link::Curve> channel_curves(const compliance::ChannelNetworks& networks,
                                        const compliance::ChannelSettings& settings,
                                        const compliance::ChannelMeasures& m) {
  std::vector<link::Curve> curves{loss_curve(networks.through, m.fit), deviation(networks.through, m.fit)};
  if (!networks.far_end.empty() || !networks.near_end.empty()) curves.push_back(crosstalk_curve(networks));
  for (link::Curve& curve : responses(m.response, settings.symbol_rate)) curves.push_back(std::move(curve));
  curves.push_back(impedance(m.profile));
  curves.push_back(reflected_curve(m.erl, settings.samples_per_symbol));
  return curves;
}

}  // namespace waverack::io
