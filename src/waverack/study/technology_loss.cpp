#include "waverack/study/technology_loss.hpp"

#include <complex>

#include "waverack/base/decibel.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::study {
namespace {

bool is_line(const parts::Instance& instance) {
  return parts::as<parts::PackageLine>(instance) || parts::as<parts::Touchstone>(instance) ||
         parts::as<parts::Twinax>(instance);
}

// What lies on a channel without belonging to the module.
bool is_transparent(const parts::Instance& instance) {
  return parts::as<parts::TestPoint>(instance) || parts::as<parts::HostTransmitter>(instance);
}

double loss_db(const parts::Instance& instance, const parts::Conditions& lane) {
  const parts::Conditions conditions = parts::conditions_of(instance, lane);
  const parts::Response response = parts::response_of(instance.part, conditions);
  if (!response) return 0.0;
  return to_db(std::norm(response(0.0)) / std::norm(response(0.5 * lane.symbol_rate)));
}

}  // namespace

double host_loss_db(const link::Lane& lane) {
  const parts::Conditions conditions = link::conditions_of(lane);
  double total = 0.0;
  for (const parts::Instance& instance : lane.chain) {
    const bool host_line = is_line(instance) && !parts::as<parts::Twinax>(instance);
    if (host_line)
      total += loss_db(instance, conditions);
    else if (!is_transparent(instance))
      break;
  }
  return total;
}

double equalised_loss_db(const link::Lane& lane) {
  const parts::Conditions conditions = link::conditions_of(lane);
  double first = 0.0, since = 0.0;
  bool retimed = false;
  for (const parts::Instance& instance : lane.chain) {
    if (parts::as<parts::Retimer>(instance)) {
      if (!retimed) first = since;
      retimed = true;
      since = 0.0;
    } else if (is_line(instance)) {
      since += loss_db(instance, conditions);
    }
  }
  return retimed ? 0.5 * (first + since) : since;
}

}  // namespace waverack::study
