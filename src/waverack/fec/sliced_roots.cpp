#include <array>
#include <bit>
#include <utility>

#include "waverack/fec/sliced_kernels.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/sliced_roots.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/fec/sliced_field-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {

constexpr std::size_t most_errors = 15;
constexpr std::size_t chunk = 32;  // values of so many powers stay in the first-level cache

// Adds coefficient i to the values of `count` powers and takes it from each to the next (theory: fec, eq. 6).
template <int i>
void add_coefficient(std::size_t count, std::uint64_t* coefficient, std::uint64_t* values) {
  Element c = load(coefficient);
  for (std::size_t q = 0; q < count; ++q) {
    std::uint64_t* value = values + q * element_words;
    store(sum(load(value), c), value);
    c = times_power<i>(c);
  }
  store(c, coefficient);
}

// The same for coefficients i and i + 1, which touches the values half as often.
template <int i>
void add_two_coefficients(std::size_t count, std::uint64_t* coefficients, std::uint64_t* values) {
  Element c = load(coefficients), d = load(coefficients + element_words);
  for (std::size_t q = 0; q < count; ++q) {
    std::uint64_t* value = values + q * element_words;
    store(sum(load(value), sum(c, d)), value);
    c = times_power<i>(c);
    d = times_power<i + 1>(d);
  }
  store(c, coefficients);
  store(d, coefficients + element_words);
}

using Adder = void (*)(std::size_t, std::uint64_t*, std::uint64_t*);

template <std::size_t... I>
constexpr std::array<Adder, sizeof...(I)> all_adders(std::index_sequence<I...>) {
  return {add_coefficient<static_cast<int>(I + 1)>...};
}

template <std::size_t... I>
constexpr std::array<Adder, sizeof...(I)> all_pairs(std::index_sequence<I...>) {
  return {add_two_coefficients<static_cast<int>(I + 1)>...};
}

// Two coefficients need 20 registers.
constexpr bool in_pairs = HWY_ARCH_ARM_A64 || (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3);

void roots(const std::uint64_t* locator, std::size_t degree, std::size_t n, std::uint64_t* work,
           std::uint64_t* rows) {
  static constexpr auto single = all_adders(std::make_index_sequence<most_errors>());
  static constexpr auto pairs = all_pairs(std::make_index_sequence<most_errors - 1>());
  std::uint64_t* coefficients = work;
  std::uint64_t* values = work + most_errors * element_words;
  for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag())) {
    // From the highest power of x down, as multiplying by alpha^i is cheaper than by alpha^−i.
    const Element constant = load(locator + lane);
    for (std::size_t i = 1; i <= degree; ++i) {
      const int power = -static_cast<int>(i * (n - 1));
      store(product(load(locator + i * element_words + lane), everywhere(alpha_power(power))),
            coefficients + (i - 1) * element_words);
    }
    for (std::size_t done = 0; done < n; done += chunk) {
      const std::size_t count = n - done < chunk ? n - done : chunk;
      for (std::size_t q = 0; q < count; ++q) store(constant, values + q * element_words);
      for (std::size_t i = 1; i <= degree;) {
        if (in_pairs && i < degree) {
          pairs[i - 1](count, coefficients + (i - 1) * element_words, values);
          i += 2;
        } else {
          single[i - 1](count, coefficients + (i - 1) * element_words, values);
          i += 1;
        }
      }
      for (std::size_t q = 0; q < count; ++q)
        hn::Store(hn::Not(is_nonzero(load(values + q * element_words))), Tag(),
                  rows + (n - 1 - done - q) * slice_words + lane);
    }
  }
}

// Several entries are written for each word whether it has as many bits or not: branches on random bits would
// cost more (as in G. Langdale, D. Lemire, Parsing Gigabytes of JSON per Second, 2019).
std::size_t list_bits(const std::uint64_t* rows, std::size_t n, const std::uint64_t* lanes,
                      std::uint32_t* list) {
  constexpr int at_once = 3;
  std::uint32_t* end = list;
  for (std::size_t word = 0; word < n * slice_words; ++word) {
    std::uint64_t bits = rows[word] & lanes[word % slice_words];
    const int count = std::popcount(bits);
    for (int i = 0; i < at_once; ++i, bits &= bits - 1)
      end[i] = static_cast<std::uint32_t>(64 * word) + static_cast<std::uint32_t>(std::countr_zero(bits));
    for (int i = at_once; i < count; ++i, bits &= bits - 1)
      end[i] = static_cast<std::uint32_t>(64 * word) + static_cast<std::uint32_t>(std::countr_zero(bits));
    end += count;
  }
  return static_cast<std::size_t>(end - list);
}

// x^1022 = 1/x by squarings and four products (Itoh and Tsujii, 1988): x^(2^j − 1) for j = 1, 2, 4, 8, 9.
HWY_INLINE Element reciprocal(const Element& x) {
  const Element x2 = product(squared<1>(x), x);
  const Element x4 = product(squared<2>(x2), x2);
  const Element x8 = product(squared<4>(x4), x4);
  return squared<1>(product(squared<1>(x8), x));
}

// Y = x^(2t)·Ω'(x)/(Λ_1·x + Λ_3·x³ + …) (theory: fec, eq. 13)
void values_of_errors(const SlicedKeyEquation& key, std::size_t t, std::size_t degree,
                      const std::uint64_t* at, std::uint64_t* values) {
  for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag())) {
    const Element x = load(at + lane), x2 = squared<1>(x);
    Element top = load(key.evaluator + (degree - 1) * element_words + lane);
    for (std::size_t i = degree - 1; i-- > 0;)
      top = sum(product(top, x), load(key.evaluator + i * element_words + lane));
    const std::size_t last = (degree - 1) / 2 * 2 + 1;  // the highest odd power
    Element odd = load(key.locator + last * element_words + lane);
    for (std::size_t i = last; i >= 3; i -= 2)
      odd = sum(product(odd, x2), load(key.locator + (i - 2) * element_words + lane));
    Element power = x;  // x^(2t), bit by bit of t from the highest
    std::size_t bit = 1;
    while (2 * bit <= t) bit *= 2;
    for (bit /= 2; bit > 0; bit /= 2) {
      power = squared<1>(power);
      if (t & bit) power = product(power, x);
    }
    power = squared<1>(power);
    const Element bottom = product(odd, x);
    store(product(product(top, power), reciprocal(bottom)), values + lane);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(roots);
HWY_EXPORT(list_bits);
HWY_EXPORT(values_of_errors);

void find_roots(const std::uint64_t* locator, std::size_t degree, std::size_t n, std::uint64_t* work,
                std::uint64_t* rows) {
  HWY_DYNAMIC_DISPATCH(roots)(locator, degree, n, work, rows);
}

std::size_t list_roots(const std::uint64_t* rows, std::size_t n, const SliceRow& lanes, std::uint32_t* list) {
  return HWY_DYNAMIC_DISPATCH(list_bits)(rows, n, lanes.word, list);
}

void error_values(const SlicedKeyEquation& key, std::size_t t, std::size_t degree, const std::uint64_t* x,
                  std::uint64_t* values) {
  HWY_DYNAMIC_DISPATCH(values_of_errors)(key, t, degree, x, values);
}

}  // namespace waverack::fec
#endif
