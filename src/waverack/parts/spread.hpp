#pragma once
// How much a number of a part differs from one piece to the next.

#include <string>
#include <vector>

#include "waverack/base/reader.hpp"

namespace waverack::parts {

enum class Distribution { normal, uniform };

// What `sigma` and `walk` are: differences in the unit of the number, shares of it, or decibels.
enum class SpreadScale { difference, share, decibel };

struct Spread {
  std::string key;  // of the part: "v_pi_l", "input.noise_density"
  SpreadScale scale = SpreadScale::difference;
  double sigma = 0.0;  // standard deviation [SI, ratio or dB]
  // Standard deviation of the difference of two lanes, one metre apart on the die [of sigma, per sqrt(m)]
  double walk = 0.0;
  double common = 0.0;  // share of sigma² that all lanes of a module have in common, 0 … 1
  Distribution distribution = Distribution::normal;
};

// The number after `deviation`, in what the spread's scale says. `unit` is that of its field.
double deviated(double number, double deviation, SpreadScale scale, std::string_view unit);

// The table `spread` of a part: one table for each number that varies, under the number's own key,
//   v_pi_l = { sigma = "3 %", common = 0.7, kind = "assumed", source = "…" }
//   resonance_offset = { sigma = "1 nm", common = 1, walk = "1 nm/sqrt(cm)" }
// `kind` and `source` stand for all numbers of the table that have none of their own. Throws Error for a key
// that the part does not have, one that is no number with a decimal point, a sigma of another dimension, a
// walk of a number in decibels.
std::vector<Spread> read_spread(ReadContext&, const FieldList& part, const Node&, const std::string& path);

// The table that reads back to it.
Node write_spread(const FieldList& part, const std::vector<Spread>&);

// The field that a dotted key leads to, and where its value is in `object`; nothing where there is none.
struct FoundField {
  const Field* field = nullptr;
  const void* value = nullptr;
};
FoundField find_field(const FieldList&, const void* object, std::string_view key);

}  // namespace waverack::parts

namespace waverack {
template <>
struct EnumNames<parts::Distribution> {
  static constexpr std::array<EnumName<parts::Distribution>, 2> list{
      {{"normal", parts::Distribution::normal}, {"uniform", parts::Distribution::uniform}}};
};
}  // namespace waverack
