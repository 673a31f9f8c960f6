#include "waverack/parts/custom.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "waverack/parts/part.hpp"

namespace waverack::parts {
namespace {

// A soft limiter with a pole, as a program would register it: parameters are the limit [V] and the pole [Hz].
CustomModel limiter() {
  CustomModel model;
  model.response = [](double f, CustomModel::Parameters p) {
    return 1.0 / std::complex<double>(1.0, f / p[1]);
  };
  model.law = [](double v, CustomModel::Parameters p) { return p[0] * std::tanh(v / p[0]); };
  model.noise_density = [](double, CustomModel::Parameters) { return 4e-18; };
  model.power = [](CustomModel::Parameters p) { return 0.1 * p[0]; };
  return model;
}

Table design_of_part(const char* model) {
  Table table;
  table.set("part", Node("custom"));
  table.set("model", Node(model));
  table.set("parameters", Node(Array{Node(0.5), Node(40e9)}));
  return table;
}

std::vector<Instance> read_with(const CustomModels& models, const char* model) {
  ReadSources sources;
  sources.model = [&](std::string_view name) -> std::shared_ptr<const void> {
    const auto found = models.find(name);
    return found == models.end() ? nullptr : std::make_shared<const CustomModel>(found->second);
  };
  sources.model_names = [&] {
    std::vector<std::string> names;
    for (const auto& [name, functions] : models) names.push_back(name);
    return names;
  };
  ReadContext context(sources);
  std::vector<Instance> list;
  field_type<std::vector<Instance>>().read(context, Field{}, Node(Array{Node(design_of_part(model))}),
                                           "lane.chain", &list);
  return list;
}

TEST(Custom, UsesTheFunctionsOfTheProgram) {
  const std::vector<Instance> chain = read_with({{"limiter", limiter()}}, "limiter");
  const AnyPart& part = chain.at(0).part;
  EXPECT_NEAR(std::abs(input_response_of(part, {})(40e9)), std::sqrt(0.5), 1e-12);
  const std::vector<float> in{-1.0f, 0.0f, 0.25f, 1.0f};
  std::vector<float> out(4), gain(4);
  apply_of(part, {}, std::span<const float>(in), std::span<float>(out));
  slope_of(part, {}, std::span<const float>(in), std::span<float>(gain));
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double t = std::tanh(in[i] / 0.5);
    EXPECT_NEAR(out[i], 0.5 * t, 1e-6);
    EXPECT_NEAR(gain[i], 1.0 - t * t, 1e-5);
  }
  EXPECT_DOUBLE_EQ(noise_of(part, {}).at(0).density(1e9), 4e-18);
  EXPECT_DOUBLE_EQ(power_of(part, {}), 0.05);
}

TEST(Custom, WithoutFunctionsItIsAWire) {
  const std::vector<Instance> chain = read_with({{"wire", CustomModel{}}}, "wire");
  const std::vector<float> in{-1.0f, 0.5f};
  std::vector<float> out(2);
  apply_of(chain[0].part, {}, std::span<const float>(in), std::span<float>(out));
  EXPECT_EQ(in, out);
  EXPECT_TRUE(noise_of(chain[0].part, {}).empty());
  EXPECT_EQ(power_of(chain[0].part, {}), 0.0);
}

TEST(Custom, NamesTheModelsOfTheProgram) {
  EXPECT_EQ(message_of([] {
              read_with({{"limiter", limiter()}}, "limitr");
            }),
            "lane.chain.custom.model: this program has no model 'limitr' (allowed: limiter). Did you mean "
            "'limiter'?");
  EXPECT_EQ(message_of([] { read_with({}, "limiter"); }),
            "lane.chain.custom.model: this program has no model 'limiter' (allowed: only a program that "
            "registers models can "
            "run this design)");
}

}  // namespace
}  // namespace waverack::parts
