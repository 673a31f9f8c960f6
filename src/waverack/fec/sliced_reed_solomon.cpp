#include "waverack/fec/sliced_reed_solomon.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <stdexcept>
#include <vector>

#include "waverack/fec/sliced_kernels.hpp"

namespace waverack::fec {
namespace {

constexpr std::size_t most_errors = 15;

}  // namespace

struct SlicedReedSolomon::Work {
  // Rows of 512 bits, aligned as the kernels want them.
  class Rows {
   public:
    explicit Rows(std::size_t count) : rows_(count) {}
    static Rows elements(std::size_t count) { return Rows(count * field_bits); }
    std::uint64_t* data() { return rows_.data()->word; }
    void clear() { std::ranges::fill(rows_, SliceRow{}); }

   private:
    std::vector<SliceRow> rows_;
  };

  explicit Work(const BlockCode& c);

  std::uint64_t* whole_batch(std::span<std::uint64_t> codewords);
  void decode_batch(const std::uint64_t* codewords, std::size_t first);
  void solve_waiting();
  void read_lengths();
  void collect_roots();

  BlockCode code;
  std::size_t n, t, stride;
  std::vector<Symbol> generator;       // without its first coefficient
  std::vector<Symbol> inverse_powers;  // alpha^−p
  std::vector<std::uint64_t> padded;   // a last batch of fewer than 512 codewords
  Rows slices, syndromes;

  // Codewords with errors wait here until there are 512 of them: their sliced syndromes and numbers.
  Rows waiting_syndromes;
  std::array<std::size_t, 2 * batch_codewords> waiting{};
  std::size_t waiting_count = 0;

  std::span<std::uint64_t> received;  // of the call in progress
  std::span<CodewordStatus> statuses;

  Rows key_work, locator, evaluator, length, root_work, root_rows, x, values;
  std::array<std::uint8_t, batch_codewords> lengths{}, found{};  // L, or 0 if above t; roots found

  // Roots of all lanes as list_roots() gives them, and which one of its lane each is.
  std::array<std::uint32_t, most_errors * batch_codewords + 64> roots{};
  std::array<std::uint8_t, most_errors * batch_codewords> slots{};
  std::size_t root_count = 0;
  std::array<std::array<Symbol, batch_codewords>, most_errors> inverse_locators{}, errors{};
};

SlicedReedSolomon::Work::Work(const BlockCode& c)
    : code(c),
      n(static_cast<std::size_t>(c.n)),
      t(static_cast<std::size_t>(c.t)),
      stride(words_of_symbols(n)),
      padded(batch_codewords * stride),
      slices(word_bits * stride),
      syndromes(Rows::elements(2 * t)),
      waiting_syndromes(2 * t * field_bits * wide_words / slice_words),
      key_work(Rows::elements(2 * (4 * t + 2))),
      locator(Rows::elements(t + 1)),
      evaluator(Rows::elements(t)),
      length(Rows::elements(1)),
      root_work(Rows::elements(most_errors + 32)),
      root_rows(n),
      x(Rows::elements(1)),
      values(Rows::elements(1)) {
  generator = generator_polynomial(code);
  generator.erase(generator.begin());
  for (int p = 0; p < code.n; ++p) inverse_powers.push_back(alpha_power(-p));
}

// The codewords themselves if there are 512 or more, else a copy with zeros behind it.
std::uint64_t* SlicedReedSolomon::Work::whole_batch(std::span<std::uint64_t> codewords) {
  if (codewords.size() >= padded.size()) return codewords.data();
  std::ranges::fill(std::ranges::copy(codewords, padded.begin()).out, padded.end(), 0);
  return padded.data();
}

// The codewords `first` … `first + 511` of the call.
void SlicedReedSolomon::Work::decode_batch(const std::uint64_t* codewords, std::size_t first) {
  syndromes.clear();
  for (std::size_t s = 0, w = 0; s < n; s += chunk_symbols, w += chunk_words) {
    slice_words_of_codewords(codewords + w, stride, 0, std::min(chunk_words, stride - w), slices.data());
    continue_syndromes(slices.data(), std::min(chunk_symbols, n - s), 2 * t, syndromes.data());
  }
  SliceRow wrong;
  nonzero_lanes(syndromes.data(), 2 * t, wrong.word);
  if (std::ranges::all_of(wrong.word, [](std::uint64_t word) { return word == 0; })) return;
  const LaneAppend append(wrong.word, waiting_count);
  append_lanes(append, 2 * t * field_bits, syndromes.data(), waiting_syndromes.data());
  for (std::size_t w = 0; w < slice_words; ++w)
    for (std::uint64_t bits = wrong.word[w]; bits != 0; bits &= bits - 1)
      waiting[waiting_count++] = first + word_bits * w + static_cast<std::size_t>(std::countr_zero(bits));
  if (waiting_count < batch_codewords) return;

  solve_waiting();
  for (std::size_t row = 0; row < 2 * t * field_bits; ++row) {
    std::uint64_t* p = waiting_syndromes.data() + row * wide_words;
    std::copy_n(p + slice_words, slice_words, p);
    std::fill_n(p + slice_words, slice_words, 0);
  }
  std::copy(waiting.begin() + batch_codewords, waiting.end(), waiting.begin());
  waiting_count -= batch_codewords;
}

// The first 512 that wait, or all of them.
void SlicedReedSolomon::Work::solve_waiting() {
  const SlicedKeyEquation key{locator.data(), evaluator.data(), length.data()};
  solve_key_equation(waiting_syndromes.data(), t, key_work.data(), key);
  read_lengths();
  const std::size_t degree = *std::ranges::max_element(lengths);
  root_count = 0;
  if (degree > 0) {
    find_roots(locator.data(), degree, n, root_work.data(), root_rows.data());
    collect_roots();
  }
  for (std::size_t r = 0; r < degree; ++r) {
    slice_symbols(inverse_locators[r].data(), x.data());
    error_values(key, t, degree, x.data(), values.data());
    unslice_symbols(values.data(), errors[r].data());
  }

  // A register without as many different roots as it is long explains the syndromes by no set of errors.
  const std::size_t count = std::min(waiting_count, batch_codewords);
  for (std::size_t lane = 0; lane < count; ++lane) {
    const bool solved = lengths[lane] > 0 && found[lane] == lengths[lane];
    statuses[waiting[lane]].corrected = solved ? static_cast<std::int8_t>(lengths[lane]) : std::int8_t{-1};
  }
  for (std::size_t i = 0; i < root_count; ++i) {
    const std::size_t lane = roots[i] % batch_codewords, power = roots[i] / batch_codewords;
    const Symbol error = found[lane] == lengths[lane] ? errors[slots[i]][lane] : Symbol{0};
    add_packed_symbol(received.subspan(waiting[lane] * stride, stride), n - 1 - power, error);
  }
}

void SlicedReedSolomon::Work::read_lengths() {
  std::array<Symbol, batch_codewords> all;
  unslice_symbols(length.data(), all.data());
  for (std::size_t lane = 0; lane < batch_codewords; ++lane)
    lengths[lane] = all[lane] <= t ? static_cast<std::uint8_t>(all[lane]) : std::uint8_t{0};
}

void SlicedReedSolomon::Work::collect_roots() {
  SliceRow solvable{};
  for (std::size_t lane = 0; lane < batch_codewords; ++lane)
    solvable.word[lane / word_bits] |= static_cast<std::uint64_t>(lengths[lane] > 0) << (lane % word_bits);
  root_count = list_roots(root_rows.data(), n, solvable, roots.data());
  found.fill(0);
  for (auto& row : inverse_locators) row.fill(0);
  for (std::size_t i = 0; i < root_count; ++i) {
    const std::size_t lane = roots[i] % batch_codewords, power = roots[i] / batch_codewords;
    slots[i] = found[lane]++;
    inverse_locators[slots[i]][lane] = inverse_powers[power];
  }
}

SlicedReedSolomon::SlicedReedSolomon(const BlockCode& code) {
  check_reed_solomon(code);
  if (static_cast<std::size_t>(code.t) > most_errors)
    throw std::invalid_argument("the sliced Reed-Solomon codec corrects at most 15 symbols");
  work_ = std::make_unique<Work>(code);
}

SlicedReedSolomon::~SlicedReedSolomon() = default;
SlicedReedSolomon::SlicedReedSolomon(SlicedReedSolomon&&) noexcept = default;
SlicedReedSolomon& SlicedReedSolomon::operator=(SlicedReedSolomon&&) noexcept = default;

std::size_t SlicedReedSolomon::stride() const { return work_->stride; }

void SlicedReedSolomon::encode(std::span<std::uint64_t> codewords) {
  Work& w = *work_;
  assert(codewords.size() % w.stride == 0);
  const auto k = static_cast<std::size_t>(w.code.k);
  const std::size_t first_word = k * field_bits / word_bits;
  while (!codewords.empty()) {
    const std::size_t size = std::min(codewords.size(), w.padded.size());
    std::uint64_t* batch = w.whole_batch(codewords);
    slice_words_of_codewords(batch, w.stride, 0, w.stride, w.slices.data());
    sliced_parity(w.slices.data(), k, w.generator, w.slices.data() + k * element_words);
    unslice_words_of_codewords(w.slices.data(), w.stride, first_word, w.stride - first_word, batch);
    if (batch != codewords.data()) std::copy_n(batch, size, codewords.data());
    codewords = codewords.subspan(size);
  }
}

void SlicedReedSolomon::decode(std::span<std::uint64_t> codewords, std::span<CodewordStatus> statuses) {
  Work& w = *work_;
  assert(codewords.size() == statuses.size() * w.stride);
  std::ranges::fill(statuses, CodewordStatus{});
  w.received = codewords;
  w.statuses = statuses;
  w.waiting_syndromes.clear();
  w.waiting_count = 0;
  for (std::size_t first = 0; first < statuses.size(); first += batch_codewords)
    w.decode_batch(w.whole_batch(codewords.subspan(first * w.stride)), first);
  if (w.waiting_count > 0) w.solve_waiting();
}

}  // namespace waverack::fec
