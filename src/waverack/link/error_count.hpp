#pragma once
// Counting errors of the waveform solver: symbols, bits, bursts, code symbols and codewords.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waverack/fec/block_code.hpp"
#include "waverack/fec/inner_counts.hpp"
#include "waverack/fec/tail.hpp"
#include "waverack/link/decision_histogram.hpp"
#include "waverack/link/eye_image.hpp"
#include "waverack/link/soft_count.hpp"

namespace waverack::link {

// Wrong bits of a decision: Gray-coded with 2, 4 or 8 levels; one for a wrong symbol with other numbers,
// whose symbols carry no whole bits.
int wrong_bits(int levels, int sent, int decided);

// What is counted of one record, or the sum over many. Counts of different pieces add up.
struct ErrorCounts {
  static constexpr std::size_t longest_burst = 32, most_code_errors = 64;
  static constexpr std::array<int, 3> interleavings{1, 2, 4};

  std::uint64_t symbols = 0;
  std::uint64_t bits = 0;
  std::uint64_t symbol_errors = 0;
  std::uint64_t bit_errors = 0;
  std::uint64_t events = 0;        // bursts
  std::uint64_t code_symbols = 0;  // of 10 bits
  std::uint64_t code_symbol_errors = 0;
  // Bursts of 1, 2 … symbols from their first error to their last; the last entry holds all longer ones.
  std::array<std::uint64_t, longest_burst> bursts{};
  // For each interleaving: codewords with 0, 1, 2 … wrong code symbols; the last entry holds all above.
  std::array<std::array<std::uint64_t, most_code_errors>, interleavings.size()> codewords{};
  // For the confidence interval: over the records, how many there were, and the squares of their bit errors.
  std::uint64_t records = 0;
  double bit_errors_squared = 0.0;
  SoftCounts soft;  // reliabilities of all bits, where they were asked for

  ErrorCounts& operator+=(const ErrorCounts&);
};

// Errors belong to one burst if no more than this many right symbols lie between two of them.
inline constexpr int burst_gap = 2;

// Follows one record of consecutive symbols. `code` cuts it into codewords from its first symbol on, several
// of them interleaved by code symbols; codewords that the record does not complete are not counted.
class RecordCounter {
 public:
  // levels: 2, 4 or 8, whose symbols carry whole bits; other numbers count no bits of a code (code symbols).
  // precoded, 2 or 4 levels: bits are those behind the inverse of the precoder 1/(1 + D) mod M; symbol errors
  // and bursts are still those of the decisions.
  RecordCounter(int levels, const fec::BlockCode& code, bool precoded = false);

  // One wrong symbol, in rising order of `position`.
  void error(std::uint64_t position, int sent, int decided);
  // The counts of a record of `length` symbols.
  ErrorCounts finish(std::uint64_t length);

 private:
  void close_burst();
  void wrong(std::uint64_t position, unsigned bits);
  void end_precoded_run(std::uint64_t length);

  int levels_, bits_;
  bool precoded_;
  fec::BlockCode code_;
  ErrorCounts counts_;
  std::uint64_t burst_start_ = 0, last_error_ = 0;
  int last_difference_ = 0;  // levels; 0 once its second half behind the inverse of the precoder is counted
  bool in_burst_ = false;
  std::vector<std::uint64_t> wrong_code_symbols_;  // rising, without repetition
};

// What was counted of one segment of a lane.
struct SegmentCounts {
  ErrorCounts counts;
  bool interrupted = false;               // before all symbols that were asked for
  bool precise = false;                   // the wanted precision was reached first
  std::optional<fec::InnerCounts> inner;  // where the inner code ends here
  // Of the codewords with as many in turn as the lane's interface has; empty where none was complete, for
  // levels without whole bits, and without a code.
  std::optional<fec::TailEstimate> tail;
  double expected_ber = 0.5;  // of the semi-analytic solver, for the same segment at the same sample rate
  double seconds = 0.0;       // of wall clock
  // What was compared with the thresholds, of the first 1e7 symbols or a few more where it was asked for;
  // empty where sequences are detected. Behind it what the semi-analytic solver expects: the density at the
  // middle of each bin, level by level [1/level unit].
  DecisionHistogram values;
  std::vector<double> thresholds;
  std::vector<std::vector<double>> expected_density;
  std::vector<EyeImage> eyes;  // with noise; sampler_eye.hpp
};

// 95 % interval of the bit error ratio. Errors come in bursts, so their number varies more than the binomial
// law says: the number of independent errors that would vary as much is n = (Σ e)²/Σ (e − ē)², over the bit
// errors e of the records, and the interval is that of a Poisson count n (gamma quantiles, Garwood,
// Biometrika 28 (1936) 437). Without errors the lower end is 0 and the upper 3.69 errors.
struct Interval {
  double low = 0.0, high = 1.0;
};
Interval ber_interval(const ErrorCounts&);

// Half the width of the interval over the ratio itself; infinity without errors.
double relative_precision(const ErrorCounts&);

}  // namespace waverack::link
