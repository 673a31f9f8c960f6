#include "waverack/fec/sliced_kernels.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/sliced_key_equation.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/fec/sliced_field-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {

// k of the algorithm in two's complement, from −2t to 2t. −k − 1 is its complement.
constexpr std::size_t counter_bits = 6;

constexpr std::size_t most_cells = 4 * 15 + 2;  // for t = 15

struct Counter {
  Vector bit[counter_bits];
};

// −k − 1 where the mask is set, k + 1 elsewhere.
HWY_INLINE void step_counter(Counter& k, Vector mask) {
  Vector carry = hn::Not(mask);
  for (std::size_t b = 0; b < counter_bits; ++b) {
    const Vector bit = k.bit[b];
    k.bit[b] = hn::Xor(hn::Xor(bit, mask), carry);
    carry = hn::And(carry, bit);
  }
}

// (r − k)/2 as an element of ten bits; r − k is even.
HWY_INLINE void store_length(const Counter& k, std::size_t r, std::uint64_t* length) {
  Vector carry = hn::Set(Tag(), ~std::uint64_t{0});  // r + ~k + 1
  for (std::size_t b = 0; b <= field_bits; ++b) {
    const Vector minus = hn::Not(k.bit[b < counter_bits ? b : counter_bits - 1]);
    const Vector bit = hn::Set(Tag(), (r >> b & 1) ? ~std::uint64_t{0} : 0);
    const Vector either = hn::Xor(bit, minus);
    if (b > 0) hn::Store(hn::Xor(either, carry), Tag(), length + (b - 1) * slice_words);
    carry = hn::Or(hn::And(bit, minus), hn::And(either, carry));
  }
}

// riBM (theory: fec, eq. 10 to 12) on as many lanes as a vector has. Element i of δ and θ is at
// i·element_words.
void solve_lanes(const std::uint64_t* syndromes, std::size_t t, std::uint64_t* delta, std::uint64_t* theta,
                 const SlicedKeyEquation& out, std::size_t lane) {
  const std::size_t cells = 3 * t + 1, rounds = 2 * t;
  // Whether a cell is not zero in some lane; others need no products.
  bool delta_used[most_cells] = {}, theta_used[most_cells] = {};
  for (std::size_t i = 0; i < 4 * t + 2; ++i) {
    Element cell = everywhere(i == 3 * t ? 1 : 0);
    if (i < rounds)
      for (std::size_t b = 0; b < field_bits; ++b)
        cell.bit[b] = hn::Load(Tag(), syndromes + (i * field_bits + b) * wide_words);
    delta_used[i] = theta_used[i] = any(is_nonzero(cell));
    store(cell, delta + i * element_words);
    store(cell, theta + i * element_words);
  }

  Element gamma = everywhere(1);
  Counter k;
  for (Vector& bit : k.bit) bit = hn::Zero(Tag());
  std::size_t r = 0;
  for (; r < rounds; ++r) {
    // Discrepancies of this and all later rounds: once all are zero, nothing changes any more but a factor.
    bool more = false;
    for (std::size_t i = 0; i < rounds - r; ++i) more = more || delta_used[i];
    if (!more) break;

    const Element discrepancy = load(delta);
    const Vector grows = hn::AndNot(k.bit[counter_bits - 1], is_nonzero(discrepancy));
    for (std::size_t i = 0; i < cells; ++i) {
      if (!delta_used[i + 1] && !theta_used[i]) {
        if (delta_used[i]) store(everywhere(0), delta + i * element_words);
        delta_used[i] = false;
        continue;
      }
      const Element next = load(delta + (i + 1) * element_words), before = load(theta + i * element_words);
      const Element kept = chosen(grows, next, before);
      store(kept, theta + i * element_words);
      theta_used[i] = any(is_nonzero(kept));
      const Element cell = sum_of_products(gamma, next, discrepancy, before);
      store(cell, delta + i * element_words);
      delta_used[i] = any(is_nonzero(cell));
    }
    gamma = chosen(grows, discrepancy, gamma);
    step_counter(k, grows);
  }

  for (std::size_t i = 0; i <= t; ++i)
    store(load(delta + (3 * t - r + i) * element_words), out.locator + i * element_words + lane);
  for (std::size_t i = 0; i < t; ++i)
    store(load(delta + (2 * t - r + i) * element_words), out.evaluator + i * element_words + lane);
  store_length(k, r, out.length + lane);
}

void solve(const std::uint64_t* syndromes, std::size_t t, std::uint64_t* work, const SlicedKeyEquation& out) {
  for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag()))
    solve_lanes(syndromes + lane, t, work, work + (4 * t + 2) * element_words, out, lane);
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(solve);

void solve_key_equation(const std::uint64_t* syndromes, std::size_t t, std::uint64_t* work,
                        const SlicedKeyEquation& out) {
  HWY_DYNAMIC_DISPATCH(solve)(syndromes, t, work, out);
}

}  // namespace waverack::fec
#endif
