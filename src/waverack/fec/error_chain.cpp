#include "waverack/fec/error_chain.hpp"

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/signal/binomial.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::fec {

double wrong_decisions(const ErrorChain& chain) {
  return chain.start == 0.0 ? 0.0 : chain.start / (1.0 - chain.persist + chain.start);
}

double bit_error_ratio(const ErrorChain& chain) {
  const double wrong = wrong_decisions(chain);
  return (chain.precoded ? 2.0 * wrong * (1.0 - chain.persist) : wrong) / chain.bits_per_symbol;
}

double bit_share(const ErrorChain& chain, int bit) {
  const int levels = 1 << chain.bits_per_symbol;
  if (!chain.precoded) return std::exp2(bit) / (levels - 1);
  return (bit == 0 ? 2.0 : std::exp2(bit)) / levels;
}

ErrorChain chain_of_decisions(double wrong, double persist) {
  if (!(wrong >= 0.0 && wrong < 1.0 && persist >= 0.0 && persist < 1.0))
    throw Error("the ratio of wrong decisions and the persistence of errors have to be from 0 to below 1");
  ErrorChain chain{.start = wrong * (1.0 - persist) / (1.0 - wrong), .persist = persist};
  if (chain.start > 1.0) throw Error("runs of errors are too short for so many errors");
  return chain;
}

ErrorChain chain_of_ber(double ber, double persist, bool precoded, int bits_per_symbol) {
  const double symbols = ber * bits_per_symbol;
  ErrorChain chain = chain_of_decisions(precoded ? symbols / (2.0 * (1.0 - persist)) : symbols, persist);
  chain.precoded = precoded;
  chain.bits_per_symbol = bits_per_symbol;
  return chain;
}

double largest_ber(double persist, bool precoded, int bits_per_symbol) {
  return bit_error_ratio(
      {.start = 1.0, .persist = persist, .precoded = precoded, .bits_per_symbol = bits_per_symbol});
}

ErrorChain chain_of_feedback_tap(double tap, double half_eye, bool precoded, int bits_per_symbol) {
  const double inner = 1.0 - std::exp2(-bits_per_symbol);
  ErrorChain chain = chain_of_decisions(2.0 * inner * signal::q_function(half_eye),
                                        inner * signal::q_function((1.0 - 2.0 * tap) * half_eye));
  chain.precoded = precoded;
  chain.bits_per_symbol = bits_per_symbol;
  return chain;
}

FittedPersistence fit_persistence(std::span<const std::uint64_t> runs) {
  FittedPersistence fit;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    fit.runs += runs[i];
    fit.went_on += i * runs[i];
    if (i + 1 < runs.size()) fit.ended += runs[i];
  }
  const auto chances = static_cast<double>(fit.went_on + fit.ended);
  if (chances > 0.0) fit.persist = static_cast<double>(fit.went_on) / chances;
  const auto interval = signal::binomial_interval(static_cast<double>(fit.went_on), chances);
  fit.low = interval.low;
  fit.high = interval.high;
  return fit;
}

}  // namespace waverack::fec
