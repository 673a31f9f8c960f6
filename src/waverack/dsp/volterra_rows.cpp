#include "waverack/dsp/volterra_rows.hpp"

#include <algorithm>
#include <cassert>

#include "waverack/signal/fft.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/dsp/volterra_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set; the order of operations
// is the same for all of them (see signal/fft.cpp).
HWY_BEFORE_NAMESPACE();
namespace waverack::dsp {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, signal::fft_lanes>;
using Vector = hn::Vec<Tag>;

constexpr std::size_t row = 2 * signal::fft_lanes;
constexpr std::size_t widest = 32;  // window of products; 400 terms allow 27

// Four symbols at a time: enough independent sums to hide the latency of the multiply-add, and each weight is
// read once for all. samples[r·taps + i]: the row that tap i sees for symbol r.
constexpr std::size_t most_together = 4;

template <std::size_t together>
HWY_INLINE void equalise_symbols(const NestedVolterra& w, const float* const* samples, float* y) {
  const Tag d;
  const Vector scale = hn::Set(d, w.scale), shift = hn::Set(d, -w.offset * w.scale);
  const std::size_t taps = w.linear.size();
  for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
    const auto scaled = [&](std::size_t r, std::size_t tap) {
      return hn::MulAdd(hn::Load(d, samples[r * taps + tap] + lane), scale, shift);
    };
    Vector sum[together], inner[together], innermost[together], u[widest][together];
    for (std::size_t r = 0; r < together; ++r) sum[r] = hn::Set(d, w.bias);
    for (std::size_t i = 0; i < taps; ++i) {
      const Vector weight = hn::Set(d, w.linear[i]);
      for (std::size_t r = 0; r < together; ++r) sum[r] = hn::MulAdd(scaled(r, i), weight, sum[r]);
    }
    for (std::size_t i = 0; i < w.count; ++i)
      for (std::size_t r = 0; r < together; ++r) u[i][r] = scaled(r, w.first + i);
    for (std::size_t i = 0; i < w.count; ++i) {
      for (std::size_t r = 0; r < together; ++r) inner[r] = hn::Zero(d);
      for (std::size_t j = i; j < w.count; ++j) {
        const Vector square = hn::Set(d, w.second[i * w.count + j]);
        for (std::size_t r = 0; r < together; ++r) innermost[r] = square;
        if (i >= w.third_first)
          for (std::size_t l = j; l < w.third_end; ++l) {
            const Vector cube = hn::Set(d, w.third[(i * w.count + j) * w.count + l]);
            for (std::size_t r = 0; r < together; ++r) innermost[r] = hn::MulAdd(u[l][r], cube, innermost[r]);
          }
        for (std::size_t r = 0; r < together; ++r) inner[r] = hn::MulAdd(u[j][r], innermost[r], inner[r]);
      }
      for (std::size_t r = 0; r < together; ++r) sum[r] = hn::MulAdd(u[i][r], inner[r], sum[r]);
    }
    for (std::size_t r = 0; r < together; ++r) hn::Store(sum[r], d, y + r * row + lane);
  }
}

void equalise_all(const NestedVolterra& w, std::size_t symbols, const float* samples, const float** pointers,
                  float* y) {
  const std::size_t rows = symbols * w.samples_per_symbol, taps = w.linear.size();
  for (std::size_t k = 0; k < symbols;) {
    const std::size_t together = k + most_together <= symbols ? most_together : 1;
    for (std::size_t r = 0; r < together; ++r) {
      std::size_t place = (k + r + w.pre) * w.samples_per_symbol % rows;
      for (std::size_t i = 0; i < taps; ++i) {
        pointers[r * taps + i] = samples + place * row;
        place = place == 0 ? rows - 1 : place - 1;
      }
    }
    if (together == most_together)
      equalise_symbols<most_together>(w, pointers, y + k * row);
    else
      equalise_symbols<1>(w, pointers, y + k * row);
    k += together;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::dsp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::dsp {

HWY_EXPORT(equalise_all);

NestedVolterra nest(const VolterraEqualiser& equaliser) {
  const std::vector<std::vector<int>> terms = volterra_terms(equaliser.shape);
  // The taps of the products of each order.
  std::size_t first[4] = {0, 0, 0, 0}, end[4] = {0, 0, 0, 0};
  for (const auto& term : terms) {
    std::size_t &low = first[term.size()], &high = end[term.size()];
    if (high == 0) low = static_cast<std::size_t>(term.front());
    high = std::max(high, static_cast<std::size_t>(term.back()) + 1);
  }
  NestedVolterra nested;
  if (end[3] == 0) first[3] = end[3] = end[2];
  if (end[2] == 0) first[2] = end[2] = end[3];
  nested.first = std::min(first[2], first[3]);
  nested.count = std::max(end[2], end[3]) - nested.first;
  nested.third_first = first[3] - nested.first;
  nested.third_end = end[3] - nested.first;
  nested.second.assign(nested.count * nested.count, 0.0f);
  nested.third.assign(nested.count * nested.second.size(), 0.0f);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const auto weight = static_cast<float>(equaliser.weights[t]);
    const auto place = [&](std::size_t factor) {
      return static_cast<std::size_t>(terms[t][factor]) - nested.first;
    };
    if (terms[t].size() == 1) nested.linear.push_back(weight);
    if (terms[t].size() == 2) nested.second[place(0) * nested.count + place(1)] = weight;
    if (terms[t].size() == 3)
      nested.third[(place(0) * nested.count + place(1)) * nested.count + place(2)] = weight;
  }
  nested.offset = static_cast<float>(equaliser.offset);
  nested.scale = static_cast<float>(equaliser.scale);
  nested.bias = static_cast<float>(equaliser.bias);
  nested.samples_per_symbol = static_cast<std::size_t>(equaliser.shape.linear.samples_per_symbol);
  nested.pre = static_cast<std::size_t>(equaliser.shape.linear.pre);
  return nested;
}

void equalise_rows(const NestedVolterra& equaliser, int symbols, const float* samples, float* y) {
  assert(equaliser.count <= 32);
  std::vector<const float*> pointers(4 * equaliser.linear.size());
  HWY_DYNAMIC_DISPATCH(equalise_all)
  (equaliser, static_cast<std::size_t>(symbols), samples, pointers.data(), y);
}

}  // namespace waverack::dsp
#endif
