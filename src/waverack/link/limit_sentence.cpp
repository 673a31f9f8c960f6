#include "waverack/link/limit_sentence.hpp"

#include <fmt/format.h>

namespace waverack::link {

std::string limit_sentence(const std::vector<Penalty>& penalties, std::string_view where) {
  std::vector<const Penalty*> costs;
  for (const Penalty& penalty : penalties)
    if (penalty.penalty_db > 0.05) costs.push_back(&penalty);
  if (costs.empty()) return "No single impairment costs more than 0.05 dB.";
  std::string text = fmt::format("{} costs most ({:.1f} dB)", costs[0]->label, costs[0]->penalty_db);
  if (costs.size() > 1) text += fmt::format(", then {} ({:.1f} dB)", costs[1]->label, costs[1]->penalty_db);
  return text + std::string(where) + ".";
}

}  // namespace waverack::link
