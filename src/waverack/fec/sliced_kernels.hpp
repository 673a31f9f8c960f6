#pragma once
// The steps of the sliced codec (sliced_reed_solomon.hpp) on a batch of 512 codewords; not a public header.
//
// A row is 512 bits, one of each codeword: 8 words, lane i is bit i mod 64 of word i/64. A sliced field
// element is 10 rows, one for each of its bits, the lowest first. All pointers to rows are aligned to 64
// bytes. Equations: docs/theory/fec.md.

#include <cstddef>
#include <cstdint>
#include <span>

#include "waverack/fec/galois_field.hpp"

namespace waverack::fec {

inline constexpr std::size_t slice_words = 8;
inline constexpr std::size_t batch_codewords = 64 * slice_words;
inline constexpr std::size_t element_words = field_bits * slice_words;  // of a sliced field element

struct alignas(64) SliceRow {
  std::uint64_t word[slice_words];
};

// ---- sliced_transpose.cpp

// Words `first` … `first + count − 1` of 512 codewords, `stride` words apart, to the rows 64·first … of
// `slices`: row b is bit b of every codeword.
void slice_words_of_codewords(const std::uint64_t* codewords, std::size_t stride, std::size_t first,
                              std::size_t count, std::uint64_t* slices);

// The way back.
void unslice_words_of_codewords(const std::uint64_t* slices, std::size_t stride, std::size_t first,
                                std::size_t count, std::uint64_t* codewords);

// One field element for each codeword, and back.
void slice_symbols(const Symbol* symbols, std::uint64_t* element);
void unslice_symbols(const std::uint64_t* element, Symbol* symbols);

// Where the chosen lanes of a batch go when they are appended, in their order, to rows of 1024 lanes that
// hold `fill` already.
struct LaneAppend {
  LaneAppend(const std::uint64_t* chosen, std::size_t fill);

  // The six steps of moving the chosen bits of each word together: H. S. Warren, Hacker's Delight, 2nd ed.,
  // figure 7-9.
  SliceRow chosen, moves[6];
  struct Place {
    std::size_t word;
    unsigned shift;
  } places[slice_words];
};

// Appends the chosen lanes of `count` rows of 8 words to rows of 16 words and a spare one, which are zero
// beyond what they hold.
void append_lanes(const LaneAppend& where, std::size_t count, const std::uint64_t* rows, std::uint64_t* wide);

inline constexpr std::size_t wide_words = 24;  // from one wide row to the next, so that rows stay aligned

// ---- sliced_syndromes.cpp

// So many symbols, which are 5 words of a codeword, stay in the first-level cache (20 KiB) while all
// syndromes pass over them.
inline constexpr std::size_t chunk_symbols = 32, chunk_words = 5;

// Horner's rule for the syndromes S_0 … S_(count−1), count ≤ 30, over `symbols` more sliced symbols in the
// order of sending; they start at 0.
void continue_syndromes(const std::uint64_t* slices, std::size_t symbols, std::size_t count,
                        std::uint64_t* syndromes);

// Row of the codewords that have a syndrome that is not zero.
void nonzero_lanes(const std::uint64_t* elements, std::size_t count, std::uint64_t* row);

// Parity of `symbols` sliced message symbols by division by the generator, whose coefficients after the first
// `generator` holds, the highest power first. `parity` gets as many elements.
void sliced_parity(const std::uint64_t* slices, std::size_t symbols, std::span<const Symbol> generator,
                   std::uint64_t* parity);

// ---- sliced_key_equation.cpp

// Result of the key equation for each lane, up to a common factor.
struct SlicedKeyEquation {
  std::uint64_t* locator;    // Λ_0 … Λ_t
  std::uint64_t* evaluator;  // what riBM gives for Ω: its upper part, t elements
  std::uint64_t* length;     // L of the shortest register, up to 2t, as an element of its ten bits
};

// `syndromes`: element i at `syndromes + i·10·wide_words`, rows that far apart. `work`: 2·(4t + 2) elements.
void solve_key_equation(const std::uint64_t* syndromes, std::size_t t, std::uint64_t* work,
                        const SlicedKeyEquation& out);

// ---- sliced_roots.cpp

// For each power p of x below n the row of the lanes in which alpha^−p is a root of the locator, of which
// only Λ_0 … Λ_degree count, degree ≤ 15. `work`: 15 + 32 elements.
void find_roots(const std::uint64_t* locator, std::size_t degree, std::size_t n, std::uint64_t* work,
                std::uint64_t* rows);

// The set bits of `rows` that are also set in `lanes`: entry p·512 + lane for lane of row p, in this order.
// `list` has room for 64 more than there are. Returns how many there are.
std::size_t list_roots(const std::uint64_t* rows, std::size_t n, const SliceRow& lanes, std::uint32_t* list);

// Values of the errors at x = alpha^−p, one p for each lane; 0 where x is 0. Only Λ_0 … Λ_degree and as many
// coefficients of the evaluator but one count.
void error_values(const SlicedKeyEquation& key, std::size_t t, std::size_t degree, const std::uint64_t* x,
                  std::uint64_t* values);

}  // namespace waverack::fec
