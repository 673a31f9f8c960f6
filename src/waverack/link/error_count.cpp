#include "waverack/link/error_count.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "waverack/signal/pam.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

constexpr double confidence = 0.95;

unsigned gray(int symbol) { return signal::gray_code(static_cast<unsigned>(symbol)); }

// Whole bits of a symbol; 0 where symbols carry no whole bits.
int whole_bits(int levels) {
  const auto count = static_cast<unsigned>(levels);
  return std::has_single_bit(count) ? std::countr_zero(count) : 0;
}

template <class Array>
void add(Array& to, const Array& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

// The number of independent errors that would vary as much as the counted ones.
double independent_errors(const ErrorCounts& counts) {
  if (counts.bit_errors == 0) return 0.0;
  const auto total = static_cast<double>(counts.bit_errors);
  const auto records = static_cast<double>(counts.records);
  const double spread = counts.bit_errors_squared - total * total / records;
  // One record tells nothing of the spread; no fewer errors than events can be independent of each other.
  if (counts.records < 2 || spread <= 0.0) return static_cast<double>(counts.events);
  return std::min(total, total * total / spread * (records - 1.0) / records);
}

}  // namespace

int wrong_bits(int levels, int sent, int decided) {
  if (sent == decided) return 0;
  return whole_bits(levels)
             ? signal::gray_distance(static_cast<unsigned>(sent), static_cast<unsigned>(decided))
             : 1;
}

ErrorCounts& ErrorCounts::operator+=(const ErrorCounts& other) {
  symbols += other.symbols;
  bits += other.bits;
  symbol_errors += other.symbol_errors;
  bit_errors += other.bit_errors;
  events += other.events;
  code_symbols += other.code_symbols;
  code_symbol_errors += other.code_symbol_errors;
  add(bursts, other.bursts);
  for (std::size_t i = 0; i < interleavings.size(); ++i) add(codewords[i], other.codewords[i]);
  records += other.records;
  bit_errors_squared += other.bit_errors_squared;
  soft += other.soft;
  return *this;
}

RecordCounter::RecordCounter(int levels, const fec::BlockCode& code, bool precoded)
    : levels_(levels), bits_(whole_bits(levels)), precoded_(precoded), code_(code) {}

void RecordCounter::error(std::uint64_t position, int sent, int decided) {
  ++counts_.symbol_errors;
  if (precoded_ && position > last_error_ + 1) end_precoded_run(position);
  if (in_burst_ && position > last_error_ + 1 + burst_gap) close_burst();
  if (!in_burst_) burst_start_ = position;
  in_burst_ = true;
  last_error_ = position;

  if (precoded_) {
    const int difference = decided - sent;
    // What the symbol was before the precoder is not known; how many bits are wrong, and in which code
    // symbol, does not depend on it.
    wrong(position, gray((difference + last_difference_) & (levels_ - 1)));
    last_difference_ = difference;
  } else if (bits_ > 0) {
    wrong(position, gray(sent) ^ gray(decided));
  } else {
    ++counts_.bit_errors;
  }
}

// The decision behind the last wrong one was right, but its symbol is not.
void RecordCounter::end_precoded_run(std::uint64_t length) {
  if (last_difference_ != 0 && last_error_ + 1 < length)
    wrong(last_error_ + 1, gray(last_difference_ & (levels_ - 1)));
  last_difference_ = 0;
}

void RecordCounter::wrong(std::uint64_t position, unsigned bits) {
  counts_.bit_errors += static_cast<std::uint64_t>(std::popcount(bits));
  for (int bit = 0; bit < bits_; ++bit) {
    if (!(bits >> (bits_ - 1 - bit) & 1U)) continue;
    const std::uint64_t place =
        (position * static_cast<std::uint64_t>(bits_) + static_cast<std::uint64_t>(bit)) /
        static_cast<std::uint64_t>(code_.bits_per_symbol);
    if (wrong_code_symbols_.empty() || wrong_code_symbols_.back() != place)
      wrong_code_symbols_.push_back(place);
  }
}

void RecordCounter::close_burst() {
  const std::uint64_t length = last_error_ - burst_start_ + 1;
  ++counts_.events;
  ++counts_.bursts[std::min<std::size_t>(length, ErrorCounts::longest_burst) - 1];
  in_burst_ = false;
}

ErrorCounts RecordCounter::finish(std::uint64_t length) {
  if (in_burst_) close_burst();
  if (precoded_) end_precoded_run(length);
  counts_.symbols = length;
  counts_.bits = static_cast<std::uint64_t>(static_cast<double>(length) * signal::bits_per_symbol(levels_));
  counts_.records = 1;
  counts_.bit_errors_squared =
      static_cast<double>(counts_.bit_errors) * static_cast<double>(counts_.bit_errors);
  if (bits_ == 0) return counts_;

  counts_.bits = length * static_cast<std::uint64_t>(bits_);
  counts_.code_symbols = counts_.bits / static_cast<std::uint64_t>(code_.bits_per_symbol);
  counts_.code_symbol_errors = wrong_code_symbols_.size();
  for (std::size_t i = 0; i < ErrorCounts::interleavings.size(); ++i) {
    // A group of codewords is sent one code symbol of each in turn.
    const auto ways = static_cast<std::uint64_t>(ErrorCounts::interleavings[i]);
    const std::uint64_t group = ways * static_cast<std::uint64_t>(code_.n);
    const std::uint64_t codewords = counts_.code_symbols / group * ways;
    std::vector<std::uint32_t> wrong(codewords, 0);
    for (const std::uint64_t place : wrong_code_symbols_) {
      const std::uint64_t codeword = place / group * ways + place % ways;
      if (codeword < codewords) ++wrong[codeword];
    }
    for (const std::uint32_t count : wrong)
      ++counts_.codewords[i][std::min<std::size_t>(count, ErrorCounts::most_code_errors - 1)];
  }
  return counts_;
}

Interval ber_interval(const ErrorCounts& counts) {
  if (counts.bits == 0) return {};
  const double n = independent_errors(counts), tail = 0.5 * (1.0 - confidence);
  const double per_error =
      n > 0.0 ? static_cast<double>(counts.bit_errors) / n : 1.0;  // wrong bits of an independent error
  const double scale = per_error / static_cast<double>(counts.bits);
  return {n > 0.0 ? signal::inverse_lower_gamma(n, tail) * scale : 0.0,
          signal::inverse_lower_gamma(n + 1.0, 1.0 - tail) * scale};
}

double relative_precision(const ErrorCounts& counts) {
  if (counts.bit_errors == 0) return std::numeric_limits<double>::infinity();
  const Interval interval = ber_interval(counts);
  return 0.5 * (interval.high - interval.low) * static_cast<double>(counts.bits) /
         static_cast<double>(counts.bit_errors);
}

}  // namespace waverack::link
