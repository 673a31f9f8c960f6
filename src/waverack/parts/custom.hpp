#pragma once
// A part whose functions come from the program that embeds waverack.

#include <map>
#include <memory>

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// What an embedding program knows of a part: voltage in, voltage out. Any function may be left empty.
// `parameters` are the numbers that the design gives; functions must not change anything, for they are called
// from several threads.
struct CustomModel {
  using Parameters = std::span<const double>;
  // H(f) [1] at f [Hz, any sign], H(−f) = H*(f); acts before the law. Empty: 1.
  std::function<std::complex<double>(double f, Parameters)> response;
  // Memoryless and smooth: output [V] for an input [V]. Empty: the input.
  std::function<double(double v, Parameters)> law;
  // One-sided, at the input [V²/Hz], f ≥ 0 [Hz]. Empty: none.
  std::function<double(double f, Parameters)> noise_density;
  // Electrical watts of one lane. Empty: 0.
  std::function<double(Parameters)> power;
};

// Models by the name that designs use (io::load_design takes them).
using CustomModels = std::map<std::string, CustomModel, std::less<>>;

struct Custom {
  std::string model;
  std::vector<double> parameters;
  std::shared_ptr<const CustomModel> functions;  // filled in by resolve
};

inline FieldList describe(Tag<Custom>) {
  using P = Custom;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return fields<P>(
      "A part with functions of the embedding program: response, law, noise, watts.",
      field<&P::model>("model", "Name under which the program registered the functions.").must_be_given(),
      field<&P::parameters>("parameters", "", -infinity, infinity, "Numbers that the functions get.")
          .from(Kind::choice, ""),
      internal<&P::functions>());
}

template <>
struct PartTraits<Custom> {
  static constexpr std::string_view type = "custom";
  static constexpr Domain input = Domain::voltage, output = Domain::voltage;
  static constexpr Place place = Place::module;
};

// Finds the model. Throws Error where the program has none of that name.
void resolve(Custom&, ReadContext&, const Node&, const std::string& path);

Response input_response(const Custom&, const Conditions&);
RealLaw law(const Custom&, const Conditions&, std::span<const float> in);
// Central difference of the law over 1e-4 of the range of `in`.
void slope(const Custom&, const Conditions&, std::span<const float> in, std::span<float> slope);
std::vector<NoiseSource> noise(const Custom&, const Conditions&);
double power(const Custom&, const Conditions&);

}  // namespace waverack::parts
