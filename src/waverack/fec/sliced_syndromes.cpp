#include <array>
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
  for (std::size_t i = 0; i < symbols; i += chunk_symbols)
    for (std::size_t j = 0; j < count; ++j)
      steps[j](slices + i * element_words, symbols - i < chunk_symbols ? symbols - i : chunk_symbols,
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

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(all_syndromes);
HWY_EXPORT(lanes_not_zero);

void continue_syndromes(const std::uint64_t* slices, std::size_t symbols, std::size_t count,
                        std::uint64_t* syndromes) {
  HWY_DYNAMIC_DISPATCH(all_syndromes)(slices, symbols, count, syndromes);
}

void nonzero_lanes(const std::uint64_t* elements, std::size_t count, std::uint64_t* row) {
  HWY_DYNAMIC_DISPATCH(lanes_not_zero)(elements, count, row);
}

}  // namespace waverack::fec
#endif
