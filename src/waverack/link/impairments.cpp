#include "waverack/link/impairments.hpp"

#include <cmath>
#include <complex>

#include "waverack/link/baseline_wander.hpp"
#include "waverack/link/interleaving.hpp"

namespace waverack::link {
namespace {

// Whether a response costs the signal nothing but a factor: couplers and connectors, which only lose light.
bool is_flat(const signal::Response& response, double symbol_rate) {
  const std::complex<double> still = response(0.0);
  for (const double share : {-1.0, -0.5, -0.25, 0.25, 0.5, 1.0})
    if (std::abs(response(share * symbol_rate) - still) > 1e-9 * std::abs(still)) return false;
  return true;
}

}  // namespace

std::vector<Impairment> impairments_of(const Segment& segment, double symbol_rate) {
  std::vector<Impairment> list;
  const auto add = [&](std::string id, std::string label) -> Without& {
    list.push_back({std::move(id), std::move(label), {}});
    return list.back().without;
  };
  for (const PlacedNoise& noise : segment.noises)
    add("noise:" + noise.path, noise.source.label).noises.insert(noise.path);
  for (const Element& element : segment.elements)
    if (element.high_pass_corner > 0.0)
      add("noise:" + wander_path(element), "Baseline wander").noises.insert(wander_path(element));
  std::set<std::string> seen;
  for (const Element& element : segment.elements) {
    if (element.kind == Element::Kind::linear && !is_flat(element.response, symbol_rate) &&
        seen.insert(element.name).second)
      add("response:" + element.name, "Response of " + element.name).memory.insert(element.name);
    if (element.kind == Element::Kind::nonlinear && element.domain == parts::Domain::voltage)
      add("compression:" + element.name, "Compression of " + element.name).compression.insert(element.name);
  }
  if (!segment.crosstalk.empty()) {
    Without& quiet = add("crosstalk", "Crosstalk");
    for (const Crosstalk& crosstalk : segment.crosstalk) quiet.crosstalk.insert(crosstalk.path);
  }
  if (segment.transmitter.r_lm < 1.0 && segment.transmitter.levels.empty())
    add("level_mismatch:" + segment.transmitter_path, "Level mismatch of the transmitter").level_mismatch =
        true;
  if (segment.transmitter.random_jitter > 0.0 || segment.receiver.random_jitter > 0.0)
    add("random_jitter", "Random jitter").random_jitter = true;
  if (segment.transmitter.dual_dirac_jitter > 0.0)
    add("dual_dirac_jitter", "Dual-Dirac jitter").dual_dirac_jitter = true;
  if (segment.transmitter.sinusoidal_jitter > 0.0)
    add("sinusoidal_jitter", "Sinusoidal jitter").sinusoidal_jitter = true;
  if (segment.transmitter.clock_linewidth > 0.0)
    add("clock_wander", "Wander of the transmitter's clock").clock_wander = true;
  if (has_mismatch(segment.receiver))
    add("interleaving", "Mismatch of interleaved converters").interleaving = true;
  if (segment.receiver.adc_enob > 0.0)
    add("quantisation", "Converter noise (effective bits)").quantisation = true;
  if (segment.receiver.adaptation_step > 0.0) add("adaptation", "Tap adaptation").adaptation = true;
  if (!segment.neighbours.empty()) add("neighbours", "Light of other wavelengths").neighbours = true;
  if (segment.reflectors.size() > 1) add("reflections", "Multi-path interference").reflections = true;
  return list;
}

}  // namespace waverack::link
