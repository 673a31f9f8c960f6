#pragma once
// The deviations of every number of every lane of a module, drawn by the module's number alone.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/base/low_discrepancy.hpp"
#include "waverack/study/variation.hpp"

namespace waverack::study {

enum class Sampling { random, sobol };

// What all lanes of a die have in common, what each has of its own, and a random walk along the die:
//   d(l) = sigma·g(√common·z + √(1 − common)·z_l) + walk·√pitch·(w_1 + … + w_l),
// z and w standard normal; g turns them into the spread's distribution. Lanes of one laser share z_l of what
// is in front of the split. (theory: yield, eq. 1 and 2)
//
// random: counter-based streams. sobol: the common numbers of the modules are the points of one scrambled
// sequence, and those of lane l of the modules those of another, in shuffled order (Latin supercube sampling:
// A. B. Owen, ACM Trans. Model. Comput. Simul. 8 (1998) 71); numbers beyond most_sobol_dimensions are random.
class ModuleDraws {
 public:
  // `modules`: how many are to be drawn at most.
  ModuleDraws(const std::vector<Variation>&, double lane_pitch, int lanes, int lanes_of_laser,
              std::uint32_t modules, Sampling, std::uint64_t seed);

  // Deviations of all lanes of module `module`, lane by lane: out[lane·variations + variation]. A pure
  // function of its name; threads may share the object. Cost: about 40 ns for each number, 0.2 µs by Sobol.
  void draw(std::uint32_t module, std::span<double> out) const;

 private:
  void fill(std::span<double> out, const SobolPoints* points, std::uint32_t index, const Stream& name) const;

  const std::vector<Variation>& variations_;
  std::vector<std::size_t> common_, own_, walking_;  // variations with such a part
  double root_pitch_;
  int lanes_, lanes_of_laser_;
  std::uint32_t modules_;
  std::uint64_t seed_;
  std::vector<SobolPoints> points_;  // of the module, then of each lane; empty where random
};

}  // namespace waverack::study

namespace waverack {
template <>
struct EnumNames<study::Sampling> {
  static constexpr std::array<EnumName<study::Sampling>, 2> list{
      {{"random", study::Sampling::random}, {"sobol", study::Sampling::sobol}}};
};
}  // namespace waverack
