#include "waverack/cluster/choice_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/physical_constants.hpp"

namespace waverack::cluster {
namespace {

const SwitchClass* switches_of(const Topology& topology, int tier) {
  for (const SwitchClass& item : topology.switches)
    if (item.tier == tier) return &item;
  return nullptr;
}

// Ports of one switch of the tier that links use; all it has where the topology does not say.
double ports_in_use(const ChoiceInput& input, const LinkClass& links, int tier, const Switch& box) {
  const SwitchClass* of_tier = switches_of(*input.topology, tier);
  const double radix = std::floor(box.capacity / links.rate + 1e-9);
  if (!of_tier || of_tier->ports_used == 0 || of_tier->count == 0) return radix;
  // Counts are rounded over all tiers together, so that a tier may be a part of a switch short.
  return std::min(
      radix,
      std::ceil(static_cast<double>(of_tier->ports_used) / static_cast<double>(of_tier->count) - 1e-9));
}

std::string refuse_cage(double watts, double limit) {
  if (watts <= limit) return {};
  return fmt::format("its {:.3g} W are more than the {:.3g} W of a cage", watts, limit);
}

// Backplane connectors take the copper of a cartridge; cages are for what stands at the faceplate.
bool needs_cages(const ChoiceInput& input, const Technology& technology) {
  if (technology.form == Form::co_packaged) return false;
  return !(technology.medium == Medium::copper && input.network->topology == TopologyKind::scale_up);
}

std::string refuse_switch(const ChoiceInput& input, const LinkClass& links, const LinkEnd& end,
                          const Technology& technology, const EndFit& fit) {
  const Switch* box = input.network->switches.value.get();
  if (!box || !needs_cages(input, technology)) return {};
  if (box->cages == 0) return "the switch has no cages";
  if (std::string why = refuse_cage(technology.module_power.value, box->cage_power); !why.empty()) return why;
  const double served = static_cast<double>(box->cages) * static_cast<double>(fit.ends_per_module) /
                        static_cast<double>(fit.modules_per_end);
  const double needed = ports_in_use(input, links, end.tier, *box);
  if (served >= needed) return {};
  return fmt::format("{} cages serve {:.0f} of {:.0f} ports of {:.0f} Gb/s", box->cages, served, needed,
                     links.rate / giga);
}

}  // namespace

std::int64_t EndFit::modules(std::int64_t ends) const {
  return (ends * modules_per_end + ends_per_module - 1) / ends_per_module;
}

std::string place_of(const Topology& topology, const LinkEnd& end) {
  if (end.kind == EndKind::nic) return "nic";
  const SwitchClass* found = switches_of(topology, end.tier);
  return found ? found->name : fmt::format("tier {}", end.tier);
}

EndFit fit_end(const Choice& choice, const ChoiceInput& input, const LinkClass& links, const LinkEnd& end,
               const Technology& technology) {
  EndFit fit;
  const double ratio = technology.mac_rate / links.rate;
  if (ratio < 1.0 - 1e-9) fit.modules_per_end = static_cast<std::int64_t>(std::ceil(1.0 / ratio - 1e-9));
  if (end.kind == EndKind::nic) {
    // One module holds the links of all planes that it has room for; it is built with the lanes that they
    // need.
    if (technology.form != Form::cable)
      fit.ends_per_module = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(ratio + 1e-9)), 1,
                                                     input.network->planes);
    fit.share = std::min(1.0, static_cast<double>(fit.ends_per_module) / ratio);
    if (technology.form == Form::co_packaged && !choice.engines_at_nics)
      fit.reason = "network cards take no co-packaged engine";
    else if (technology.form != Form::co_packaged)
      fit.reason = refuse_cage(technology.module_power.value * fit.share, choice.nic_cage_power);
    return fit;
  }
  fit.ends_per_module = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::floor(ratio + 1e-9)));
  fit.reason = refuse_switch(input, links, end, technology, fit);
  return fit;
}

double link_latency(const Technology& technology, double length) {
  return technology.latency + technology.fec_latency + technology.delay_per_metre * length;
}

double spare_margin_db(const ChoiceInput& input, const LinkClass& links, double length,
                       const Technology& technology) {
  return point_of(input, links, length, technology).margin_db - technology.required_margin_db;
}

ReachPoint point_of(const ChoiceInput& input, const LinkClass& links, double length,
                    const Technology& technology) {
  if (links.circuit_switches == 0) return at_length(technology, length);
  const auto index = static_cast<std::size_t>(&technology - input.technologies.data());
  return at_length(index < input.through_circuits.size() ? input.through_circuits[index] : Technology{},
                   length);
}

std::string refuse_length(const Choice& choice, const ChoiceInput& input, const LinkClass& links,
                          double length, const Technology& technology) {
  if (links.circuit_switches > 0 && technology.medium == Medium::copper)
    return "copper does not pass an optical circuit switch";
  if (!(spare_margin_db(input, links, length, technology) >= 0.0)) {
    if (length > technology.reach)
      return fmt::format("it reaches {}{:.3g} m with {:.3g} dB of margin, not {:.3g} m",
                         technology.reach_is_bound ? "at least " : "", technology.reach,
                         technology.required_margin_db, length);
    return fmt::format(
        "its margin does not bear the loss and the reflections of circuit switches over {:.3g} m", length);
  }
  const double latency = link_latency(technology, length);
  if (choice.latency_bound > 0.0 && latency > choice.latency_bound)
    return fmt::format("{:.0f} ns over {:.3g} m are more than {:.0f} ns", latency * 1e9, length,
                       choice.latency_bound * 1e9);
  return {};
}

bool speak_alike(const Technology& a, const Technology& b) {
  if (&a == &b) return true;
  if (a.form == Form::cable || b.form == Form::cable || a.medium != b.medium) return false;
  const auto same = [](double x, double y) { return std::abs(x - y) <= 1e-6 * std::max(x, y); };
  return same(a.symbol_rate, b.symbol_rate) && same(a.line_rate, b.line_rate) &&
         a.wavelengths == b.wavelengths && std::abs(a.wavelength - b.wavelength) <= 10e-9;
}

}  // namespace waverack::cluster
