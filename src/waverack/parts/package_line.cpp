#include "waverack/parts/package_line.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// Propagation constant at f ≥ 0 without the bulk delay [1/m].
Complex propagation(const PackageLine& part, double f) {
  // ln f counts in GHz, as in the COM formula; f·ln f vanishes at f = 0.
  return part.gamma_0 + part.a_1 * Complex(1.0, 1.0) * std::sqrt(f) +
         part.a_2 * Complex(1.0, -(2.0 / pi) * std::log(std::max(f, 1.0) / 1e9)) * f;
}

}  // namespace

double line_length(const PackageLine& part) {
  if (part.loss <= 1.0) return part.length;
  const double attenuation = propagation(part, part.loss_frequency).real();
  return attenuation > 0.0 ? 0.5 * std::log(part.loss) / attenuation : part.length;
}

Response response(const PackageLine& part, const Conditions&) {
  const double length = line_length(part);
  return [part, length](double frequency) -> Complex {
    const double f = std::abs(frequency);
    const Complex dispersive = propagation(part, f) * length;
    const Complex bulk(0.0, 2.0 * pi * f * part.delay * length);
    // The chain matrix of the line times 2·exp(−γl), which stays finite for any loss.
    const Complex round_trip = std::exp(-2.0 * (dispersive + bulk));
    const Complex a = 1.0 + round_trip, s = 1.0 - round_trip;
    // Capacitances to ground, in series between the two conductors.
    const Complex y1(0.0, pi * f * part.input_capacitance), y2(0.0, pi * f * part.output_capacitance);
    const double z = part.impedance, r_s = part.source_resistance, r_l = part.load_resistance;
    const Complex source = 1.0 + r_s * y1, load = 1.0 + r_l * y2;
    const Complex denominator = source * (a * r_l + s * z * load) + r_s * (s * r_l / z + a * load);
    const Complex h = 2.0 * (r_s + r_l) * std::exp(-dispersive) / denominator;
    return frequency < 0.0 ? std::conj(h) : h;
  };
}

double latency(const PackageLine& part, const Conditions&) { return part.delay * line_length(part); }

std::vector<std::string> remarks(const PackageLine& part, const Conditions&) {
  if (part.loss > 1.0 && propagation(part, part.loss_frequency).real() <= 0.0)
    return {"a loss is stated, but the line has no loss per length; its length counts instead"};
  return {};
}

}  // namespace waverack::parts
