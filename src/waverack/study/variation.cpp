#include "waverack/study/variation.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/parts/light.hpp"

namespace waverack::study {
namespace {

// Standard deviation over the lanes of a module about where its first lane would be without a walk.
double total_deviation(const parts::Spread& spread, double pitch, int lanes) {
  return std::sqrt(spread.sigma * spread.sigma + spread.walk * spread.walk * pitch * 0.5 * (lanes - 1));
}

Variation variation_of(const LoadedDesign& loaded, const std::string& part_path,
                       const parts::Instance& instance, const parts::Spread& spread, int lanes) {
  Variation variation;
  variation.path = join_path(part_path, spread.key);
  variation.spread = spread;
  const parts::FoundField found =
      parts::find_field(*parts::info(instance.part).fields, address_of(instance.part), spread.key);
  const Unit unit = parse_unit(found.field->unit);
  variation.unit = found.field->unit;
  variation.nominal = *static_cast<const double*>(found.value);
  variation.low = std::isfinite(found.field->low) ? to_si(found.field->low, unit) : found.field->low;
  variation.high = std::isfinite(found.field->high) ? to_si(found.field->high, unit) : found.field->high;
  variation.deviation = total_deviation(spread, loaded.design.module.production.lane_pitch, lanes);
  const std::string spread_path = join_path(join_path(part_path, "spread"), spread.key);
  for (const char* key : {".walk", ".sigma"}) {
    const auto origin = loaded.provenance.find(spread_path + key);
    if (origin == loaded.provenance.end()) continue;
    variation.kind = origin->second.kind;
    variation.source = origin->second.source;
    variation.value = origin->second.value;
  }
  if (!(variation.deviation > 0.0))
    throw Error(ErrorInfo{instance.mark, spread_path, "the number does not vary", "a sigma above zero", {}});
  return variation;
}

}  // namespace

int lanes_of_laser(const link::Lane& lane) {
  return lane.light.empty() ? 1 : parts::lanes_per_laser(lane.light);
}

std::vector<Variation> variations_of(const LoadedDesign& loaded, int lanes) {
  const link::Lane& lane = loaded.design.lane;
  std::vector<Variation> list;
  bool before_split = true;
  for (std::size_t i = 0; i < lane.light.size(); ++i) {
    const parts::Instance& instance = lane.light[i];
    before_split = before_split && !parts::as<parts::LaserPath>(instance);
    std::vector<parts::Spread> spreads = instance.spread;
    const double trim = to_db(loaded.design.module.production.laser_trim);
    if (i == 0 && trim > 0.0) {
      const auto same = [](const parts::Spread& spread) { return spread.key == "output_power"; };
      if (std::none_of(spreads.begin(), spreads.end(), same))
        spreads.push_back({.key = "output_power", .scale = parts::SpreadScale::decibel});
      parts::Spread& power = *std::find_if(spreads.begin(), spreads.end(), same);
      if (power.scale != parts::SpreadScale::decibel)
        throw Error(ErrorInfo{instance.mark,
                              "lane.light." + instance.name + ".spread.output_power",
                              "a laser that is trimmed varies in decibels",
                              "sigma = \"0.5 dB\"",
                              {}});
    }
    for (parts::Spread& spread : spreads) {
      const bool trimmed = i == 0 && trim > 0.0 && spread.key == "output_power";
      const double sigma = spread.sigma;
      // Where trimming takes the power belongs to what is varied.
      if (trimmed) spread.sigma = std::hypot(sigma, 0.5 * trim);
      Variation variation = variation_of(loaded, "lane.light." + instance.name, instance, spread, lanes);
      variation.spread.sigma = sigma;
      variation.part = i;
      variation.in_light = true;
      variation.of_laser = before_split;
      list.push_back(std::move(variation));
    }
  }
  for (std::size_t i = 0; i < lane.chain.size(); ++i)
    for (const parts::Spread& spread : lane.chain[i].spread) {
      list.push_back(variation_of(loaded, "lane.chain." + lane.chain[i].name, lane.chain[i], spread, lanes));
      list.back().part = i;
    }
  return list;
}

bool set_number(link::Lane& lane, const Variation& variation, double deviation) {
  parts::Instance& instance = (variation.in_light ? lane.light : lane.chain)[variation.part];
  const parts::FoundField found =
      parts::find_field(*parts::info(instance.part).fields, address_of(instance.part), variation.spread.key);
  const double wanted = parts::deviated(variation.nominal, deviation, variation.spread.scale, variation.unit);
  const double number = std::clamp(wanted, variation.low, variation.high);
  *static_cast<double*>(const_cast<void*>(found.value)) = number;
  return number == wanted;
}

}  // namespace waverack::study
