#include "waverack/fec/sliced_kernels.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/sliced_parity.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/fec/sliced_field-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {

constexpr std::size_t most_parity = 30;
constexpr std::size_t half = field_bits / 2, sums = std::size_t{1} << half;

// All sums of five bits: the sum over the bits of i is at i·Lanes.
HWY_INLINE void all_sums(const Vector* bits, std::uint64_t* table) {
  const std::size_t width = hn::Lanes(Tag());
  hn::Store(hn::Zero(Tag()), Tag(), table);
  for (std::size_t b = 0; b < half; ++b)
    for (std::size_t i = 0; i < std::size_t{1} << b; ++i)
      hn::Store(hn::Xor(hn::Load(Tag(), table + i * width), bits[b]), Tag(),
                table + (i + (std::size_t{1} << b)) * width);
}

// Where the sums are that make up one bit of the feedback's product with a constant.
struct Terms {
  std::uint16_t low, high;
};

Terms terms_of(Symbol constant, std::size_t bit) {
  unsigned mask = 0;  // bits of the feedback that go into it
  for (int c = 0; c < field_bits; ++c) mask |= (field_product(constant, alpha_power(c)) >> bit & 1u) << c;
  const auto width = static_cast<unsigned>(hn::Lanes(Tag()));
  return {static_cast<std::uint16_t>(mask % sums * width), static_cast<std::uint16_t>(mask / sums * width)};
}

// The shift register of the division (theory: fec, eq. 2), in place: coefficient j of the register, the
// highest power first, is element (first + j) mod count, and shifting moves `first` on. It starts where it
// has to for `first` to end at 0.
void parity_of(const std::uint64_t* slices, std::size_t symbols, const Symbol* generator, std::size_t count,
               std::uint64_t* parity) {
  Terms terms[most_parity * field_bits];
  for (std::size_t i = 0; i < count * field_bits; ++i)
    terms[i] = terms_of(generator[i / field_bits], i % field_bits);

  alignas(64) std::uint64_t low[sums * slice_words], high[sums * slice_words];
  for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag())) {
    for (std::size_t j = 0; j < count; ++j) store(everywhere(0), parity + j * element_words + lane);
    std::size_t first = (count - symbols % count) % count;
    for (std::size_t s = 0; s < symbols; ++s) {
      std::uint64_t* top = parity + first * element_words + lane;
      const Element feedback = sum(load(slices + s * element_words + lane), load(top));
      all_sums(feedback.bit, low);
      all_sums(feedback.bit + half, high);
      store(everywhere(0), top);  // becomes the last coefficient
      first = first + 1 < count ? first + 1 : 0;
      const Terms* t = terms;
      for (std::size_t j = 0; j < count; ++j) {
        std::uint64_t* p =
            parity + (first + j < count ? first + j : first + j - count) * element_words + lane;
        for (std::size_t b = 0; b < field_bits; ++b, ++t, p += slice_words)
          hn::Store(
              hn::Xor3(hn::Load(Tag(), p), hn::Load(Tag(), low + t->low), hn::Load(Tag(), high + t->high)),
              Tag(), p);
      }
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(parity_of);

void sliced_parity(const std::uint64_t* slices, std::size_t symbols, std::span<const Symbol> generator,
                   std::uint64_t* parity) {
  HWY_DYNAMIC_DISPATCH(parity_of)(slices, symbols, generator.data(), generator.size(), parity);
}

}  // namespace waverack::fec
#endif
