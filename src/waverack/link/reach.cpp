#include "waverack/link/reach.hpp"

namespace waverack::link {

double reach(const Lane& lane) {
  double length = 0.0;
  for (const parts::Instance& instance : lane.chain) {
    if (const auto* fibre = parts::as<parts::Fibre>(instance)) length += fibre->length;
    if (const auto* span = parts::as<parts::FibreSpan>(instance)) length += span->spans * span->length;
    if (const auto* twinax = parts::as<parts::Twinax>(instance)) length += twinax->length;
  }
  return length;
}

}  // namespace waverack::link
