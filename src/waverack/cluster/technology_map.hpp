#pragma once
// Over two variables at once: the first technology that serves a link, from copper to engines beside the
// switch.

#include <string_view>
#include <vector>

#include "waverack/cluster/crossover.hpp"

namespace waverack::cluster {

// In the order in which they are tried: each is harder to build or to repair than those before it.
enum class LinkKind { passive_copper, active_copper, linear_module, retimed_module, co_packaged, none };

struct MapAxis {
  std::string_view name;       // "rate of a module"
  std::string_view unit;       // SI: "bit/s"
  std::vector<double> values;  // rising, evenly in their logarithms
};

struct TechnologyMap {
  std::string_view id;  // "rate-length"
  MapAxis x, y;
  std::vector<LinkKind> first;  // rows of y, in each the values of x

  LinkKind at(std::size_t column, std::size_t row) const { return first[row * x.values.size() + column]; }
};

// What serves a link of this length whose module, of inputs.lanes_per_cage lanes, has this rate, by the laws
// of the crossovers with all inputs at their values: passive and active copper by their reaches at the rate
// of a lane; linear modules where the SerDes equalise both hosts' losses and the cage carries their watts;
// retimed modules where they equalise the loss to the cage, and it carries theirs; engines where they
// equalise the loss to them. Optics are taken to reach any length. (theory: technology-choice, section 6)
LinkKind first_that_serves(const CrossoverInputs&, double rate, double length);

// "rate-length", the cage as it is; "rate-cage", of links that copper does not reach. Cost: below a
// millisecond.
std::vector<TechnologyMap> technology_maps(const CrossoverInputs&);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::LinkKind> {
  using K = cluster::LinkKind;
  static constexpr std::array<EnumName<K>, 6> list{{{"passive_copper", K::passive_copper},
                                                    {"active_copper", K::active_copper},
                                                    {"linear_module", K::linear_module},
                                                    {"retimed_module", K::retimed_module},
                                                    {"co_packaged", K::co_packaged},
                                                    {"none", K::none}}};
};
}  // namespace waverack
