#pragma once
// How far the answers move when the inputs move within their ranges: bands by sampling, and what matters
// most.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// A number that is drawn, once for all places that use it. Inputs are independent of one another.
struct UncertainInput {
  std::string path;  // "economics.electricity_price"
  std::string unit;  // for people; the range is SI
  Ranged range;
};

// Outputs for one set of inputs, in the order of the inputs given. Called on several threads at once. An
// output that has no value for these inputs is NaN.
using BandModel = std::function<void(std::span<const double> inputs, std::span<double> outputs)>;

struct BandOptions {
  int samples = 1024;  // powers of two cover the ranges most evenly
  std::uint64_t seed = 1;
  int threads = 0;  // 0: as many as the machine has
};

// What one input alone does to an output.
struct Swing {
  std::size_t input = 0;
  double at_low = 0.0;   // the output with this input at its low end, all others at their values
  double at_high = 0.0;  // and at its high end
  double variance_share =
      0.0;  // of the output's variance over the samples, as far as it is linear in the input
};

struct Band {
  double value = 0.0;          // all inputs at their values
  double low = 0.0;            // 5 % of the samples lie below; at most `value`
  double high = 0.0;           // 5 % of the samples lie above; at least `value`
  int samples = 0;             // that have a value
  std::vector<Swing> tornado;  // every input that has a range; largest |at_high − at_low| first
};

// A band for every output. `value` need not lie in the middle: where ranges are lopsided, all inputs at their
// values is no likely case. Where fewer than 5 % of the samples lie beyond it, the band ends at it. Low, high
// and shares are NaN where fewer than two samples have a value.
//
// Inputs are drawn by their triangular distributions (quantile() in base/ranged.hpp) at the points of a
// scrambled Sobol sequence; its 64 dimensions go to the inputs that move some output most, and the rest are
// drawn by Latin hypercube. Quantiles interpolate between order statistics. The result depends on seed and
// samples, not on threads. Outputs of several scenarios that are to be compared belong into one call, so that
// they see the same draws.
//
// Cost: samples + 2·inputs + 1 calls of `model`. What `model` throws is thrown. samples < 2:
// std::logic_error. (theory: cost-and-bands, sections 3 and 4)
std::vector<Band> bands(std::span<const UncertainInput> inputs, std::size_t outputs, const BandModel& model,
                        const BandOptions& options = {});

// Adds every number of `object` that has a range to `inputs`, with paths below `path`.
template <class T>
void add_inputs(std::vector<UncertainInput>& inputs, T& object, const std::string& path) {
  using waverack::visit_ranged;  // beside those of this namespace
  visit_ranged(object, path, [&](const std::string& at, const Field& field, Ranged& number) {
    if (number.low < number.high) inputs.push_back({at, std::string(field.unit), number});
  });
}

// Sets the values of the numbers that add_inputs() took from `object`, in the same order, to the first of
// `inputs`; returns the rest.
template <class T>
std::span<const double> set_inputs(T& object, std::span<const double> inputs) {
  using waverack::visit_ranged;
  visit_ranged(object, "", [&](const std::string&, const Field&, Ranged& number) {
    if (!(number.low < number.high)) return;
    number.value = inputs.front();
    inputs = inputs.subspan(1);
  });
  return inputs;
}

}  // namespace waverack::cluster
