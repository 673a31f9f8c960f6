#include "waverack/io/run.hpp"

#include <algorithm>

#include "waverack/design/solve.hpp"
#include "waverack/design/working_temperatures.hpp"
#include "waverack/study/operating_point.hpp"

namespace waverack::io {
namespace {

std::string found_for(const OperatingPoint& point) {
  const std::string goal = point.tecq ? "found for the least TECQ at " + point.tecq->test_point
                                      : "found for the lowest error ratio";
  return goal + ", with the rest of the design as it is";
}

// What was found, as the result has it.
void measure_again(Result& result) {
  OperatingPoint& point = result.operating_point;
  if (point.found.empty()) return;
  point.ber_after = result.lane.ber_pre_fec;
  if (!point.tecq) return;
  for (const link::TestPointResult& at : result.lane.test_points)
    if (at.name == point.tecq->test_point && at.reference) point.tecq->after = at.reference->tdecq;
}

bool of_tuning(std::string_view key) { return key == "tune" || key == "tune_for" || key == "tune_at"; }

}  // namespace

Input with_tuning(const Input& input, const std::vector<std::string>& entries, const std::string& goal) {
  if (entries.empty() && goal.empty()) return input;
  Table document = input.loaded.document;
  if (!goal.empty()) {
    Node node(goal);
    node.mark = {"--tune-for " + goal, 0, 0};
    document.set("tune_for", std::move(node));
  }
  if (!document.find("tune")) document.set("tune", Node(Array{}));
  Array* list = document.find("tune")->array();
  for (const std::string& entry : entries) {
    const std::size_t equals = entry.find('='), colon = entry.find(':', equals);
    if (equals != std::string::npos && colon == std::string::npos)
      throw Error(ErrorInfo{{"--tune " + entry, 0, 0},
                            {},
                            "bounds are given as PATH=LOW:HIGH",
                            "PATH, or for example --tune \"lane.chain.linear_driver.gain=6 dB:18 dB\"",
                            {}});
    Table table;
    table.set("path", Node(entry.substr(0, equals)));
    if (equals != std::string::npos) {
      table.set("low", Node(entry.substr(equals + 1, colon - equals - 1)));
      table.set("high", Node(entry.substr(colon + 1)));
    }
    Node node(std::move(table));
    node.mark = {"--tune " + entry, 0, 0};
    list->push_back(std::move(node));
  }
  Input tuned = with_document(input, std::move(document));
  if (tuned.loaded.design.tune.empty())
    throw Error(
        ErrorInfo{{"--tune-for " + goal, 0, 0}, {}, "there is nothing to find", "--tune PATH too", {}});
  study::require_tunable(tuned.loaded);
  return tuned;
}

LoadedDesign at_work(const LoadedDesign& loaded) {
  LoadedDesign warm = loaded;
  set_temperatures(warm.design.lane, working_temperatures(loaded.design));
  return warm;
}

std::function<LoadedDesign(const std::vector<std::string>&)> reread_at_work(const Input& input) {
  return [&input, temperatures =
                      working_temperatures(input.loaded.design)](const std::vector<std::string>& settings) {
    LoadedDesign loaded = reread(input, settings);
    set_temperatures(loaded.design.lane, temperatures);
    return loaded;
  };
}

Input at_operating_point(const Input& input) {
  if (input.loaded.design.tune.empty()) return input;
  OperatingPoint point = study::find_operating_point(at_work(input.loaded), reread_at_work(input));
  Node document(input.loaded.document);
  for (const std::string& setting : point.settings) {
    const std::size_t equals = setting.find('=');
    const std::string path = setting.substr(0, equals);
    set_path(document, path, std::string_view(setting).substr(equals + 1));
    Table found;
    found.set("value", *find_path(document, path));
    found.set("source", Node(found_for(point)));
    found.set("kind", Node(kind_name(Kind::derived)));
    *const_cast<Node*>(find_path(document, path)) = Node(std::move(found));
  }
  std::erase_if(document.table()->items, [](const auto& item) { return of_tuning(item.first); });
  Input found = with_document(input, std::move(*document.table()));
  found.operating_point = std::move(point);
  return found;
}

Result solve_input(const Input& input, const Options& options) {
  if (!input.loaded.design.tune.empty()) return solve_input(at_operating_point(input), options);
  const std::optional<Input> baseline = load_baseline(input);
  Result result =
      baseline ? solve(input.loaded, options, baseline_of(baseline->loaded)) : solve(input.loaded, options);
  result.operating_point = input.operating_point;
  // The search took the temperatures of the package from a coarse grid.
  if (result.package) measure_again(result);
  return result;
}

}  // namespace waverack::io
