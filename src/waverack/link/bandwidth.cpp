#include "waverack/link/bandwidth.hpp"

#include <cmath>
#include <limits>

namespace waverack::link {
namespace {

constexpr double highest = 1e12;

// Bandwidth of the product of `responses`.
double cascade_of(std::span<const signal::Response> responses) {
  const signal::Response product = [responses](double f) {
    std::complex<double> h = 1.0;
    for (const signal::Response& response : responses) h *= response(f);
    return h;
  };
  return signal::bandwidth_3db(product, highest);
}

double rule_of(std::span<const BlockBandwidth> blocks) {
  std::vector<double> list;
  for (const BlockBandwidth& block : blocks) list.push_back(block.bandwidth);
  return combined_bandwidth(list);
}

}  // namespace

double combined_bandwidth(std::span<const double> bandwidths) {
  double sum = 0.0;
  for (const double f : bandwidths) sum += 1.0 / (f * f);
  return 1.0 / std::sqrt(sum);
}

double needed_bandwidth(double target, std::span<const double> others) {
  double left = 1.0 / (target * target);
  for (const double f : others) left -= 1.0 / (f * f);
  return left > 0.0 ? 1.0 / std::sqrt(left) : std::numeric_limits<double>::infinity();
}

Bandwidths bandwidths_of(const Lane& lane, const parts::Conditions& conditions) {
  Bandwidths result;
  std::vector<signal::Response> responses;
  for (const parts::Instance& instance : lane.chain) {
    const parts::PartInfo& info = parts::info(instance.part);
    // A retimer begins anew: only the blocks of the segment with the modulator count.
    if (info.output == parts::Domain::symbols || parts::as<parts::Retimer>(instance)) {
      if (result.transmitting > 0) break;
      result.blocks.clear();
      responses.clear();
    }
    if (!info.has_apply) continue;
    const parts::Conditions here = parts::conditions_of(instance, conditions);
    const signal::Response before = parts::input_response_of(instance.part, here);
    const signal::Response after = parts::output_response_of(instance.part, here);
    responses.push_back([before, after](double f) {
      return (before ? before(f) : 1.0) * (after ? after(f) : std::complex<double>(1.0));
    });
    result.blocks.push_back({instance.name, signal::bandwidth_3db(responses.back(), highest)});
    if (info.output == parts::Domain::field) result.transmitting = result.blocks.size();
  }
  if (result.transmitting == 0) return {};
  const std::span<const BlockBandwidth> blocks(result.blocks);
  const std::span<const signal::Response> all(responses);
  result.combined = rule_of(blocks);
  result.transmitter = rule_of(blocks.first(result.transmitting));
  result.cascade = cascade_of(all);
  result.transmitter_cascade = cascade_of(all.first(result.transmitting));
  return result;
}

}  // namespace waverack::link
