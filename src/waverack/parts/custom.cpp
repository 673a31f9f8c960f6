#include "waverack/parts/custom.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "waverack/parts/memoryless.hpp"

namespace waverack::parts {

void resolve(Custom& part, ReadContext& context, const Node& node, const std::string& path) {
  const ReadSources& sources = context.sources();
  if (sources.model) part.functions = std::static_pointer_cast<const CustomModel>(sources.model(part.model));
  if (part.functions) return;
  const std::vector<std::string> names =
      sources.model_names ? sources.model_names() : std::vector<std::string>{};
  const Node* given = node.table() ? node.table()->find("model") : nullptr;
  fail(given ? *given : node, join_path(path, "model"), "this program has no model '" + part.model + "'",
       names.empty() ? "only a program that registers models can run this design"
                     : fmt::format("{}", fmt::join(names, ", ")),
       nearest_name(part.model, names));
}

Response input_response(const Custom& part, const Conditions&) {
  if (!part.functions || !part.functions->response) return {};
  return [functions = part.functions, parameters = part.parameters](double f) {
    return functions->response(f, parameters);
  };
}

RealLaw law(const Custom& part, const Conditions&, std::span<const float>) {
  if (!part.functions || !part.functions->law) return [](double v) { return v; };
  return [functions = part.functions, parameters = part.parameters](double v) {
    return functions->law(v, parameters);
  };
}

void slope(const Custom& part, const Conditions&, std::span<const float> in, std::span<float> slope) {
  if (!part.functions || !part.functions->law) {
    std::fill(slope.begin(), slope.end(), 1.0f);
    return;
  }
  const Extent extent = extent_of(in);
  const double h = std::max(1e-4 * (static_cast<double>(extent.high) - extent.low), 1e-9);
  apply_law(in, slope, [&](double v) {
    const auto& law = part.functions->law;
    return (law(v + h, part.parameters) - law(v - h, part.parameters)) / (2.0 * h);
  });
}

std::vector<NoiseSource> noise(const Custom& part, const Conditions&) {
  if (!part.functions || !part.functions->noise_density) return {};
  NoiseSource source;
  source.id = "input";
  source.label = "Noise of " + part.model;
  source.at_input = true;
  source.density = [functions = part.functions, parameters = part.parameters](double f) {
    return functions->noise_density(f, parameters);
  };
  return {std::move(source)};
}

double power(const Custom& part, const Conditions&) {
  return part.functions && part.functions->power ? part.functions->power(part.parameters) : 0.0;
}

}  // namespace waverack::parts
