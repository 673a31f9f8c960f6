// Laws that every part of the list obeys, with its defaults.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "laws/parts_laws.hpp"

namespace waverack::parts {
namespace {

const std::set<std::string_view> passive{
    "package_line", "touchstone",  "fibre",      "pm_fibre",     "connector",
    "isolator",     "laser_path",  "wdm_filter", "polarisation", "polarisation_splitter",
    "twinax",       "ac_coupling", "test_point", "fibre_flex",   "circulator"};

std::vector<double> frequencies() {
  std::vector<double> list{0.0};
  for (double f = 1e6; f < 5e11; f *= 1.03) list.push_back(f);
  return list;
}

std::vector<std::pair<std::string, Response>> responses_of(const Instance& instance,
                                                           const Conditions& conditions) {
  std::vector<std::pair<std::string, Response>> list;
  const auto add = [&](const char* what, Response response) {
    if (response) list.emplace_back(instance.name + "." + what, std::move(response));
  };
  add("response", response_of(instance.part, conditions));
  add("input_response", input_response_of(instance.part, conditions));
  add("output_response", output_response_of(instance.part, conditions));
  add("intensity_response", intensity_response_of(instance.part, conditions));
  return list;
}

TEST(PartLaws, PassivePartsNeverAmplify) {
  std::size_t seen = 0;
  for (const Instance& instance : default_instances()) {
    if (!passive.contains(info(instance.part).type)) continue;
    ++seen;
    EXPECT_GE(optical_loss_of(instance.part), 1.0) << instance.name;
    EXPECT_EQ(power_of(instance.part, conditions_of_laws()), 0.0) << instance.name;
    EXPECT_TRUE(noise_of(instance.part, conditions_of_laws()).empty()) << instance.name;
    for (const auto& [name, response] : responses_of(instance, conditions_of_laws()))
      for (const double f : frequencies()) {
        EXPECT_LE(std::abs(response(f)), 1.0 + 1e-9) << name << " at " << f;
        EXPECT_LE(std::abs(response(-f)), 1.0 + 1e-9) << name << " at " << -f;
      }
  }
  EXPECT_EQ(seen, passive.size());
}

// A real signal stays real. The fibre is left out: its signal is the complex field.
TEST(PartLaws, ResponsesOfRealSignalsAreConjugateSymmetric) {
  for (const Instance& instance : default_instances()) {
    if (info(instance.part).input == Domain::field && info(instance.part).output == Domain::field) continue;
    for (const auto& [name, response] : responses_of(instance, conditions_of_laws()))
      for (const double f : frequencies())
        EXPECT_LT(std::abs(response(-f) - std::conj(response(f))), 1e-12) << name << " at " << f;
  }
}

TEST(PartLaws, ResponsesAreFinite) {
  for (const Instance& instance : default_instances())
    for (const auto& [name, response] : responses_of(instance, conditions_of_laws()))
      for (const double f : frequencies())
        EXPECT_TRUE(std::isfinite(response(f).real()) && std::isfinite(response(f).imag()))
            << name << " at " << f;
}

TEST(PartLaws, NoiseIsNotNegativeAndHasUniqueNames) {
  for (const Instance& instance : default_instances()) {
    std::set<std::string> ids;
    for (const NoiseSource& source : noise_of(instance.part, conditions_of_laws())) {
      EXPECT_TRUE(ids.insert(source.id).second) << instance.name << "." << source.id;
      EXPECT_FALSE(source.label.empty());
      EXPECT_EQ(static_cast<bool>(source.density), source.law == NoiseSource::Law::additive) << source.id;
      EXPECT_GE(source.scale, 0.0);
      if (!source.density) continue;
      for (const double f : frequencies()) {
        EXPECT_GE(source.density(f), 0.0) << instance.name << " at " << f;
        EXPECT_TRUE(std::isfinite(source.density(f))) << instance.name << " at " << f;
      }
    }
  }
}

TEST(PartLaws, PowerDelayAndReflectionHaveTheirSigns) {
  for (const Instance& instance : default_instances()) {
    const double watts = power_of(instance.part, conditions_of_laws());
    EXPECT_GE(watts, 0.0) << instance.name;
    EXPECT_LT(watts, 10.0) << instance.name;
    EXPECT_GE(latency_of(instance.part, conditions_of_laws()), 0.0) << instance.name;
    EXPECT_GE(reflectance_of(instance.part), 0.0) << instance.name;
    EXPECT_LE(reflectance_of(instance.part), 1.0) << instance.name;
  }
}

// slope = d(out)/d(in) by differences along a ramp through the part.
TEST(PartLaws, SlopeIsTheDerivativeOfApply) {
  constexpr std::size_t n = 20001, stride = 20;
  const Conditions conditions = conditions_of_laws();
  for (const Instance& instance : default_instances()) {
    const PartInfo& known = info(instance.part);
    if (!known.has_apply) continue;
    std::vector<float> in(n), slope(n);
    std::vector<double> out(n);
    const bool optical_input = known.input == Domain::field;
    for (std::size_t i = 0; i < n; ++i) {
      const double x = static_cast<double>(i) / (n - 1);
      in[i] = static_cast<float>(known.input == Domain::voltage ? 3.0 * (x - 0.5) : 1e-3 * x);
    }
    if (optical_input) {
      std::vector<std::complex<float>> field(n);
      for (std::size_t i = 0; i < n; ++i) field[i] = std::sqrt(in[i]);
      std::vector<float> real(n);
      apply_of(instance.part, conditions, std::span<const std::complex<float>>(field),
               std::span<float>(real));
      slope_of(instance.part, conditions, std::span<const std::complex<float>>(field),
               std::span<float>(slope));
      out.assign(real.begin(), real.end());
    } else if (known.output == Domain::field) {
      std::vector<std::complex<float>> field(n);
      apply_of(instance.part, conditions, std::span<const float>(in), std::span<std::complex<float>>(field));
      slope_of(instance.part, conditions, std::span<const float>(in), std::span<float>(slope));
      for (std::size_t i = 0; i < n; ++i) out[i] = std::norm(std::complex<double>(field[i]));
    } else {
      std::vector<float> real(n);
      apply_of(instance.part, conditions, std::span<const float>(in), std::span<float>(real));
      slope_of(instance.part, conditions, std::span<const float>(in), std::span<float>(slope));
      out.assign(real.begin(), real.end());
    }
    const double largest = *std::max_element(slope.begin(), slope.end());
    for (std::size_t i = stride; i + stride < n; i += stride) {
      const double difference =
          (out[i + stride] - out[i - stride]) / (static_cast<double>(in[i + stride]) - in[i - stride]);
      ASSERT_NEAR(slope[i], difference, 1e-3 * largest) << instance.name << " at " << in[i];
    }
  }
}

}  // namespace
}  // namespace waverack::parts
