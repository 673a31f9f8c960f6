// GF(2^10) on slices: each lane of an Element's ten vectors is one bit of one field element, so that one
// instruction works on as many elements as a vector has bits (theory: fec, section on slices). To be included
// after hwy/highway.h, once for each instruction set.
#if defined(WAVERACK_SLICED_FIELD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef WAVERACK_SLICED_FIELD_INL
#undef WAVERACK_SLICED_FIELD_INL
#else
#define WAVERACK_SLICED_FIELD_INL
#endif

#include <bit>
#include <cstdint>
#include <utility>

#include "waverack/fec/galois_field.hpp"
#include "waverack/fec/sliced_kernels.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<std::uint64_t, slice_words>;
using Vector = hn::Vec<Tag>;

struct Element {
  Vector bit[field_bits];
};

using AllBits = std::make_index_sequence<field_bits>;

// sum + a·b of bits
HWY_INLINE Vector xor_and(Vector sum, Vector a, Vector b) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  return Vector{_mm512_ternarylogic_epi64(sum.raw, a.raw, b.raw, 0x78)};
#else
  return hn::Xor(sum, hn::And(a, b));
#endif
}

// In each bit, `yes` where the mask is set. (Highway's IfVecThenElse may look at the upper bit of a lane
// only.)
HWY_INLINE Vector chosen(Vector mask, Vector yes, Vector no) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  return Vector{_mm512_ternarylogic_epi64(mask.raw, yes.raw, no.raw, 0xCA)};
#else
  return hn::Xor(no, hn::And(mask, hn::Xor(yes, no)));
#endif
}

template <std::size_t... B>
HWY_INLINE Element load_bits(const std::uint64_t* p, std::index_sequence<B...>) {
  return {{hn::Load(Tag(), p + B * slice_words)...}};
}
HWY_INLINE Element load(const std::uint64_t* p) { return load_bits(p, AllBits()); }

template <std::size_t... B>
HWY_INLINE void store_bits(const Element& x, std::uint64_t* p, std::index_sequence<B...>) {
  (hn::Store(x.bit[B], Tag(), p + B * slice_words), ...);
}
HWY_INLINE void store(const Element& x, std::uint64_t* p) { store_bits(x, p, AllBits()); }

template <std::size_t... B>
HWY_INLINE Element sum_bits(const Element& x, const Element& y, std::index_sequence<B...>) {
  return {{hn::Xor(x.bit[B], y.bit[B])...}};
}
HWY_INLINE Element sum(const Element& x, const Element& y) { return sum_bits(x, y, AllBits()); }

template <std::size_t... B>
HWY_INLINE Element chosen_bits(Vector mask, const Element& yes, const Element& no,
                               std::index_sequence<B...>) {
  return {{chosen(mask, yes.bit[B], no.bit[B])...}};
}
HWY_INLINE Element chosen(Vector mask, const Element& yes, const Element& no) {
  return chosen_bits(mask, yes, no, AllBits());
}

// Set in the lanes that are not zero.
HWY_INLINE Vector is_nonzero(const Element& x) {
  const Vector a = hn::Or(hn::Or(x.bit[0], x.bit[1]), hn::Or(x.bit[2], x.bit[3]));
  const Vector b = hn::Or(hn::Or(x.bit[4], x.bit[5]), hn::Or(x.bit[6], x.bit[7]));
  return hn::Or(hn::Or(a, b), hn::Or(x.bit[8], x.bit[9]));
}

HWY_INLINE bool any(Vector mask) { return !hn::AllTrue(Tag(), hn::Eq(mask, hn::Zero(Tag()))); }

// The same element in every lane.
template <std::size_t... B>
HWY_INLINE Element everywhere_bits(Symbol value, std::index_sequence<B...>) {
  return {{hn::Set(Tag(), (value >> B & 1) ? ~std::uint64_t{0} : 0)...}};
}
HWY_INLINE Element everywhere(Symbol value) { return everywhere_bits(value, AllBits()); }

// ---- linear maps, known when compiling

// sum + Σ x[i] over the bits of the mask
template <unsigned mask>
HWY_INLINE Vector plus_bits(Vector sum, const Vector* x) {
  constexpr unsigned rest = mask & (mask - 1);
  if constexpr (mask == 0)
    return sum;
  else if constexpr (rest == 0)
    return hn::Xor(sum, x[std::countr_zero(mask)]);
  else
    return plus_bits<(rest & (rest - 1))>(hn::Xor3(sum, x[std::countr_zero(mask)], x[std::countr_zero(rest)]),
                                          x);
}

// Which bits c of x go into bit r of x·alpha^e: those for which alpha^(e + c) has that bit.
constexpr unsigned row_of_power(int e, std::size_t r) {
  unsigned mask = 0;
  for (int c = 0; c < field_bits; ++c) mask |= (alpha_power(e + c) >> r & 1u) << c;
  return mask;
}

template <int e, std::size_t... B>
HWY_INLINE Element times_power_bits(const Element& x, const Element& d, std::index_sequence<B...>) {
  return {{plus_bits<row_of_power(e, B)>(d.bit[B], x.bit)...}};
}
// x·alpha^e + d
template <int e>
HWY_INLINE Element times_power_plus(const Element& x, const Element& d) {
  return times_power_bits<e>(x, d, AllBits());
}

template <int e, std::size_t... B>
HWY_INLINE Element power_bits(const Element& x, std::index_sequence<B...>) {
  return {{plus_bits<(row_of_power(e, B) & (row_of_power(e, B) - 1))>(
      x.bit[std::countr_zero(row_of_power(e, B))], x.bit)...}};
}
// x·alpha^e
template <int e>
HWY_INLINE Element times_power(const Element& x) {
  return power_bits<e>(x, AllBits());
}

// Which bits c of x go into bit r of x^(2^k), a linear map as (a + b)² = a² + b².
constexpr unsigned row_of_square(int k, std::size_t r) {
  unsigned mask = 0;
  for (int c = 0; c < field_bits; ++c) mask |= (alpha_power(c << k) >> r & 1u) << c;
  return mask;
}

template <int k, std::size_t... B>
HWY_INLINE Element squared_bits(const Element& x, std::index_sequence<B...>) {
  return {{plus_bits<(row_of_square(k, B) & (row_of_square(k, B) - 1))>(
      x.bit[std::countr_zero(row_of_square(k, B))], x.bit)...}};
}
// x^(2^k)
template <int k>
HWY_INLINE Element squared(const Element& x) {
  return squared_bits<k>(x, AllBits());
}

// ---- products

// sum + Σ_{a ≥ A} x_a·y_(C−a)
template <int C, int A>
HWY_INLINE Vector column_plus(Vector sum, const Element& x, const Element& y) {
  if constexpr (A >= field_bits || A > C)
    return sum;
  else
    return column_plus<C, A + 1>(xor_and(sum, x.bit[A], y.bit[C - A]), x, y);
}

// Coefficient C of the product of two polynomials.
template <int C>
HWY_INLINE Vector column(const Element& x, const Element& y) {
  constexpr int first = C < field_bits ? 0 : C - field_bits + 1;
  return column_plus<C, first + 1>(hn::And(x.bit[first], y.bit[C - first]), x, y);
}

struct OneProduct {
  const Element &x, &y;
  template <int C>
  HWY_INLINE Vector get() const {
    return column<C>(x, y);
  }
};

struct TwoProducts {
  const Element &x, &y, &u, &v;
  template <int C>
  HWY_INLINE Vector get() const {
    constexpr int first = C < field_bits ? 0 : C - field_bits + 1;
    return column_plus<C, first>(column<C>(x, y), u, v);
  }
};

// The remainder of degree below 10, as x^10 = x^3 + 1.
template <class Columns>
HWY_INLINE Element reduced(const Columns& c) {
  const Vector c17 = c.template get<17>(), c18 = c.template get<18>();
  const Vector c10 = hn::Xor(c.template get<10>(), c17), c11 = hn::Xor(c.template get<11>(), c18);
  const Vector c12 = c.template get<12>(), c13 = c.template get<13>(), c14 = c.template get<14>();
  const Vector c15 = c.template get<15>(), c16 = c.template get<16>();
  return {{hn::Xor(c.template get<0>(), c10), hn::Xor(c.template get<1>(), c11),
           hn::Xor(c.template get<2>(), c12), hn::Xor3(c.template get<3>(), c13, c10),
           hn::Xor3(c.template get<4>(), c14, c11), hn::Xor3(c.template get<5>(), c15, c12),
           hn::Xor3(c.template get<6>(), c16, c13), hn::Xor3(c.template get<7>(), c17, c14),
           hn::Xor3(c.template get<8>(), c18, c15), hn::Xor(c.template get<9>(), c16)}};
}

// x·y
HWY_INLINE Element product(const Element& x, const Element& y) { return reduced(OneProduct{x, y}); }

// x·y + u·v
HWY_INLINE Element sum_of_products(const Element& x, const Element& y, const Element& u, const Element& v) {
  return reduced(TwoProducts{x, y, u, v});
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#endif
