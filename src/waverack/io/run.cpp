#include "waverack/io/run.hpp"

#include <algorithm>

#include "waverack/design/solve.hpp"

namespace waverack::io {
namespace {

bool has_name(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Result solve_input(const Input& input, const Options& options) {
  const std::optional<Input> baseline = load_baseline(input);
  return baseline ? solve(input.loaded, options, baseline_of(baseline->loaded))
                  : solve(input.loaded, options);
}

std::vector<study::ClaimResult> claims_on(const Input& input, const Result& result) {
  const std::vector<std::string> built_in = design_names();
  const std::vector<std::string_view>& wanted = study::judged_designs();
  if (std::find(wanted.begin(), wanted.end(), input.name) == wanted.end()) return {};
  std::vector<study::SolvedDesign> designs{{input.name, input.loaded.provenance, result}};
  for (std::string_view name : wanted) {
    if (name == input.name || !has_name(built_in, name)) continue;
    const Input other = load_design(std::string(name));
    designs.push_back({other.name, other.loaded.provenance, complete(other.loaded, {}, link::LaneResult{})});
  }
  return study::judge(designs);
}

std::vector<study::ClaimResult> claims_on_built_in_designs(const Options& options) {
  Options without_penalties = options;
  without_penalties.penalties = false;
  const std::vector<std::string> built_in = design_names();
  std::vector<study::SolvedDesign> designs;
  for (std::string_view name : study::judged_designs()) {
    if (!has_name(built_in, name)) continue;
    const Input input = load_design(std::string(name));
    designs.push_back({input.name, input.loaded.provenance, solve_input(input, without_penalties)});
  }
  return study::judge(designs);
}

}  // namespace waverack::io
