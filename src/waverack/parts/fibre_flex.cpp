#include "waverack/parts/fibre_flex.hpp"

#include <fmt/format.h>

#include <cmath>

namespace waverack::parts {

double turn_loss(const FibreFlex& part, double radius) {
  return std::pow(part.turn_loss, std::exp(-(radius - part.turn_radius) / part.decay_radius));
}

std::vector<LossStep> loss_steps(const FibreFlex& part) {
  return steps_with_loss(
      {{"fibre", std::exp(part.attenuation * part.length)},
       {fmt::format("bends ({})", part.bends),
        std::pow(turn_loss(part, part.bend_radius), 0.25 * part.bends)},
       {fmt::format("splices ({})", part.splices), std::pow(part.splice_loss, part.splices)},
       {fmt::format("connectors ({})", part.connectors), std::pow(part.connector_loss, part.connectors),
        std::pow(part.connector_end_of_life_loss, part.connectors)}});
}

Response response(const FibreFlex& part, const Conditions&) {
  return
      [amplitude = 1.0 / std::sqrt(optical_loss(part))](double) { return std::complex<double>(amplitude); };
}

double reflectance(const FibreFlex& part) { return part.connectors / part.connector_return_loss; }

double optical_loss(const FibreFlex& part) { return product_of(loss_steps(part)); }

}  // namespace waverack::parts
