#include "waverack/cluster/scenario_bands.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>

namespace waverack::cluster {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

using Visit = std::function<void(const std::string& path, const Field&, Ranged&)>;

// A profile that several scenarios share becomes this one's own.
template <class T>
void visit_profile(ProfileOf<T>& profile, const std::string& path, const Visit& visit) {
  if (!profile.value) return;
  auto own = std::make_shared<T>(*profile.value);
  visit_ranged(*own, path, visit);
  profile.value = std::move(own);
}

void visit_all(Installation& installation, const Visit& visit) {
  visit_profile(installation.node, "node", visit);
  for (Network& network : installation.networks) {
    const std::string path = "networks." + network.name;
    visit_profile(network.switches, path + ".switches", visit);
    visit_profile(network.circuit_switch, path + ".circuit_switch", visit);
  }
  visit_ranged(installation.choice, "choice", visit);
  visit_ranged(installation.hall, "hall", visit);
  visit_ranged(installation.racks, "racks", visit);
  // Rates that nobody named have ranges too.
  if (!installation.failures.rates.value)
    installation.failures.rates.value = std::make_shared<const FailureRates>();
  visit_profile(installation.failures.rates, "failures.rates", visit);
  visit_ranged(installation.failures, "failures", visit);
  visit_ranged(installation.job, "job", visit);
  visit_ranged(installation.economics, "economics", visit);
}

void visit_all(std::vector<Technology>& technologies, const Visit& visit) {
  Field watts, rate;
  watts.unit = "W";
  rate.unit = "FIT";
  for (Technology& technology : technologies) {
    const std::string path = "technologies." + technology.name;
    visit(path + ".module_power", watts, technology.module_power);
    visit(path + ".laser_power", watts, technology.laser_power);
    visit(path + ".failures", rate, technology.failures);
    visit(path + ".laser_failures", rate, technology.laser_failures);
  }
}

// Everything that is drawn, with the paths of its ranges.
struct State {
  std::vector<Installation> installations;
  std::vector<Technology> technologies;
  PriceList prices;

  void visit(const Visit& each) {
    for (Installation& installation : installations) visit_all(installation, each);
    visit_all(technologies, each);
    visit_ranged(prices, "prices", each);
  }
};

}  // namespace

std::vector<Saving> savings_of(const ScenarioResult& scenario, const ScenarioResult& baseline,
                               const Installation& installation, const HallYear& year,
                               std::span<const Technology> technologies) {
  const HallResult alike = solve_hall(installation.hall, year, cooled_alike(scenario.bill, baseline.bill));
  return savings({scenario.bill, technologies, scenario.hall, &alike},
                 {baseline.bill, technologies, baseline.hall});
}

ScenarioBands scenario_bands(const std::vector<ScenarioCase>& cases,
                             const std::vector<Technology>& technologies, const PriceList& prices,
                             const BandOptions& options) {
  State state{{}, technologies, prices};
  std::vector<std::vector<std::vector<Selection>>> selections;
  for (const ScenarioCase& scenario : cases) {
    state.installations.push_back(scenario.installation);
    std::vector<std::vector<Selection>>& of_networks = selections.emplace_back();
    for (const NetworkResult& network : scenario.result.networks)
      of_networks.push_back(network.choice.selections);
  }

  ScenarioBands answer;
  // The input of every number in the order of the visit; inputs.size() for those without a range.
  std::vector<std::size_t> input_of;
  std::map<std::tuple<std::string, double, double, double>, std::size_t> known;
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  state.visit([&](const std::string& path, const Field& field, Ranged& number) {
    if (!(number.low < number.high)) {
      input_of.push_back(none);
      return;
    }
    const auto [found, is_new] =
        known.try_emplace({path, number.value, number.low, number.high}, answer.inputs.size());
    if (is_new) answer.inputs.push_back({path, std::string(field.unit), number});
    input_of.push_back(found->second);
  });

  const std::size_t outputs = output_names().size(), scenarios = cases.size();
  const std::span<const std::string_view> meters = boundaries();
  std::vector<bool> comparable;  // in cost, with the first scenario
  for (const ScenarioCase& scenario : cases)
    comparable.push_back(costs_compare(scenario.result, cases.front().result));
  const auto model = [&](std::span<const double> inputs, std::span<double> out) {
    State drawn = state;
    std::size_t next = 0;
    drawn.visit([&](const std::string&, const Field&, Ranged& number) {
      if (const std::size_t input = input_of[next++]; input != none) number.value = inputs[input];
    });
    std::optional<ScenarioResult> first;
    for (std::size_t s = 0; s < scenarios; ++s) {
      ScenarioResult result = solve_scenario(drawn.installations[s], cases[s].frame, drawn.technologies,
                                             drawn.prices, selections[s]);
      const std::vector<double> values = outputs_of(drawn.installations[s], result);
      for (std::size_t o = 0; o < outputs; ++o) {
        out[s * outputs + o] = values[o];
        const bool cost = std::string_view(output_names()[o].unit) == "USD";
        out[(scenarios + s) * outputs + o] = cost && !comparable[s] ? not_a_number : 1.0 - values[o] / out[o];
      }
      if (!first) first = result;
      const std::span<double> saved = out.subspan(2 * scenarios * outputs + s * meters.size(), meters.size());
      std::fill(saved.begin(), saved.end(), not_a_number);
      for (const Saving& saving : savings_of(result, *first, drawn.installations.front(),
                                             cases.front().frame.year, drawn.technologies))
        saved[static_cast<std::size_t>(std::find(meters.begin(), meters.end(), saving.boundary) -
                                       meters.begin())] = saving.saving;
    }
  };
  std::vector<Band> list = bands(answer.inputs, scenarios * (2 * outputs + meters.size()), model, options);
  auto next = std::make_move_iterator(list.begin());
  const auto take = [&](std::vector<std::vector<Band>>& place, std::size_t count) {
    for (std::size_t s = 0; s < scenarios; ++s, next += static_cast<std::ptrdiff_t>(count))
      place.emplace_back(next, next + static_cast<std::ptrdiff_t>(count));
  };
  take(answer.bands, outputs);
  take(answer.savings, outputs);
  take(answer.boundaries, meters.size());
  return answer;
}

}  // namespace waverack::cluster
