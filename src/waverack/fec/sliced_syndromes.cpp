#include <cassert>
#include <utility>

#include "waverack/fec/sliced_kernels.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/sliced_syndromes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/fec/sliced_field-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {

constexpr std::size_t most_syndromes = 30;
// So many symbols stay in the first-level cache (20 KiB) while all syndromes pass over them.
constexpr std::size_t chunk = 32;

// Horner's rule: s ← s·alpha^e + symbol.
template <int e>
void horner(const std::uint64_t* slices, std::size_t symbols, std::uint64_t* syndrome) {
  for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag())) {
    Element s = load(syndrome + lane);
    const std::uint64_t* p = slices + lane;
    for (std::size_t i = 0; i < symbols; ++i, p += element_words) s = times_power_plus<e>(s, load(p));
    store(s, syndrome + lane);
  }
}

using Horner = void (*)(const std::uint64_t*, std::size_t, std::uint64_t*);

template <std::size_t... J>
constexpr std::array<Horner, sizeof...(J)> all_powers(std::index_sequence<J...>) {
  return {horner<static_cast<int>(J)>...};
}

void all_syndromes(const std::uint64_t* slices, std::size_t symbols, std::size_t count,
                   std::uint64_t* syndromes) {
  static constexpr auto steps = all_powers(std::make_index_sequence<most_syndromes>());
  for (std::size_t i = 0; i < count * element_words; ++i) syndromes[i] = 0;
  for (std::size_t i = 0; i < symbols; i += chunk)
    for (std::size_t j = 0; j < count; ++j)
      steps[j](slices + i * element_words, symbols - i < chunk ? symbols - i : chunk,
               syndromes + j * element_words);
}

void lanes_not_zero(const std::uint64_t* elements, std::size_t count, std::uint64_t* row) {
  for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag())) {
    Vector mask = hn::Zero(Tag());
    for (std::size_t i = 0; i < count; ++i)
      mask = hn::Or(mask, is_nonzero(load(elements + i * element_words + lane)));
    hn::Store(mask, Tag(), row + lane);
  }
}

// The shift register of the division, in place: step s keeps coefficient j in element (s + j) mod count, so
// that shifting moves nothing. The product of the feedback and a constant is a sum of the feedback's bits for
// each bit of the result: looked up among all sums of its lower and of its upper five.
void parity_of(const std::uint64_t* slices, std::size_t symbols, const Symbol* generator, std::size_t count,
               std::uint64_t* parity) {
  constexpr std::size_t half = field_bits / 2, sums = std::size_t{1} << half;
  // Bits of the feedback that go into each bit of its product with coefficient j.
  std::uint16_t bits[most_syndromes * field_bits];
  for (std::size_t j = 0; j < count; ++j)
    for (std::size_t b = 0; b < field_bits; ++b) {
      unsigned mask = 0;
      for (int c = 0; c < field_bits; ++c)
        mask |= (field_product(generator[j], alpha_power(c)) >> b & 1u) << c;
      bits[j * field_bits + b] = static_cast<std::uint16_t>(mask);
    }

  const std::size_t width = hn::Lanes(Tag());
  alignas(64) std::uint64_t low[sums * slice_words], high[sums * slice_words];
  for (std::size_t lane = 0; lane < slice_words; lane += width) {
    for (std::size_t j = 0; j < count; ++j)
      for (std::size_t b = 0; b < field_bits; ++b)
        hn::Store(hn::Zero(Tag()), Tag(), parity + j * element_words + b * slice_words + lane);
    hn::Store(hn::Zero(Tag()), Tag(), low);
    hn::Store(hn::Zero(Tag()), Tag(), high);
    std::size_t first = 0;
    for (std::size_t s = 0; s < symbols; ++s) {
      const Element feedback =
          sum(load(slices + s * element_words + lane), load(parity + first * element_words + lane));
      for (std::size_t b = 0; b < half; ++b)
        for (std::size_t i = 0; i < std::size_t{1} << b; ++i) {
          const std::size_t to = (i + (std::size_t{1} << b)) * width;
          hn::Store(hn::Xor(hn::Load(Tag(), low + i * width), feedback.bit[b]), Tag(), low + to);
          hn::Store(hn::Xor(hn::Load(Tag(), high + i * width), feedback.bit[half + b]), Tag(), high + to);
        }
      std::size_t element = first;
      first = first + 1 < count ? first + 1 : 0;
      // Coefficient j − 1 moves up to j: the element after `first` gets the product with generator[0], and so
      // on; the one that held the coefficient which was fed back comes last and starts anew.
      std::uint64_t* old = parity + element * element_words + lane;
      for (std::size_t b = 0; b < field_bits; ++b) hn::Store(hn::Zero(Tag()), Tag(), old + b * slice_words);
      for (std::size_t j = 0; j < count; ++j) {
        element = element + 1 < count ? element + 1 : 0;
        std::uint64_t* p = parity + element * element_words + lane;
        const std::uint16_t* mask = bits + j * field_bits;
        for (std::size_t b = 0; b < field_bits; ++b) {
          const Vector a = hn::Load(Tag(), low + (mask[b] % sums) * width);
          const Vector c = hn::Load(Tag(), high + (mask[b] / sums) * width);
          hn::Store(hn::Xor3(hn::Load(Tag(), p + b * slice_words), a, c), Tag(), p + b * slice_words);
        }
      }
    }
    // Coefficient j lies in element (first + j) mod count: put them in order.
    for (std::size_t b = 0; b < field_bits; ++b)
      for (std::size_t w = lane; w < lane + width; ++w) {
        std::uint64_t* p = parity + b * slice_words + w;
        std::uint64_t ordered[most_syndromes];
        for (std::size_t j = 0; j < count; ++j) ordered[j] = p[(first + j) % count * element_words];
        for (std::size_t j = 0; j < count; ++j) p[j * element_words] = ordered[j];
      }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(all_syndromes);
HWY_EXPORT(lanes_not_zero);
HWY_EXPORT(parity_of);

void sliced_syndromes(const std::uint64_t* slices, std::size_t symbols, std::size_t count,
                      std::uint64_t* syndromes) {
  HWY_DYNAMIC_DISPATCH(all_syndromes)(slices, symbols, count, syndromes);
}

void nonzero_lanes(const std::uint64_t* elements, std::size_t count, std::uint64_t* row) {
  HWY_DYNAMIC_DISPATCH(lanes_not_zero)(elements, count, row);
}

void sliced_parity(const std::uint64_t* slices, std::size_t symbols, std::span<const Symbol> generator,
                   std::uint64_t* parity) {
  HWY_DYNAMIC_DISPATCH(parity_of)(slices, symbols, generator.data(), generator.size(), parity);
}

}  // namespace waverack::fec
#endif
