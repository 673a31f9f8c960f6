#include "waverack/design/assumptions.hpp"

namespace waverack {
namespace {

std::vector<Assumption> chosen(const Provenance& provenance,
                               const std::function<bool(std::string_view path)>& use) {
  std::vector<Assumption> list;
  for (const auto& [path, origin] : provenance)
    if ((origin.kind == Kind::assumed || origin.kind == Kind::claim) && use(path))
      list.push_back({path, origin.value, origin.kind, origin.source, std::string(layer_name(origin.layer))});
  return list;
}

}  // namespace

bool of_production(std::string_view path) {
  return path.starts_with("module.production.") || path.find(".spread.") != std::string_view::npos ||
         path.find(".failures.") != std::string_view::npos;
}

std::vector<Assumption> assumptions_of(const Provenance& provenance) {
  return chosen(provenance, [](std::string_view path) { return !of_production(path); });
}

std::vector<Assumption> production_assumptions(const Provenance& provenance,
                                               const std::function<bool(std::string_view path)>& use) {
  return chosen(provenance, [&](std::string_view path) { return of_production(path) && use(path); });
}

}  // namespace waverack
