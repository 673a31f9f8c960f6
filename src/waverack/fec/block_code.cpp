#include "waverack/fec/block_code.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::fec {

double symbol_error_ratio(const BlockCode& code, double ber) {
  return -std::expm1(code.bits_per_symbol * std::log1p(-ber));
}

std::vector<double> symbol_error_distribution(const BlockCode& code, double p) {
  std::vector<double> distribution(static_cast<std::size_t>(code.n) + 1, 0.0);
  if (p <= 0.0) {
    distribution[0] = 1.0;
    return distribution;
  }
  for (int i = 0; i <= code.n; ++i) {
    const double log_choose =
        std::lgamma(code.n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(code.n - i + 1.0);
    const double log_good = i == code.n ? 0.0 : (code.n - i) * std::log1p(-p);
    distribution[static_cast<std::size_t>(i)] = std::exp(log_choose + i * std::log(p) + log_good);
  }
  return distribution;
}

std::vector<double> convolve_distributions(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> sum(std::max(a.size(), b.size()), 0.0);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) sum[std::min(i + j, sum.size() - 1)] += a[i] * b[j];
  return sum;
}

std::vector<double> repeat_distribution(std::vector<double> one, int times, std::size_t entries) {
  std::vector<double> sum(entries, 0.0);
  sum[0] = 1.0;
  // What does not fit goes to the last entry.
  for (std::size_t i = entries; i < one.size(); ++i) one[entries - 1] += one[i];
  one.resize(entries);
  for (; times > 0; times /= 2) {
    if (times % 2 == 1) sum = convolve_distributions(sum, one);
    if (times > 1) one = convolve_distributions(one, one);
  }
  return sum;
}

double codeword_error_ratio(const BlockCode& code, const std::vector<double>& distribution) {
  // Smallest terms first.
  double sum = 0.0;
  for (std::size_t i = distribution.size(); i-- > static_cast<std::size_t>(code.t) + 1;)
    sum += distribution[i];
  return sum;
}

double frame_loss_ratio(const BlockCode& code, double cer, int octets, int interleaved) {
  const double bits = 8.0 * (octets + 20.0);
  const double codewords = interleaved + bits / (static_cast<double>(code.bits_per_symbol) * code.k);
  return -std::expm1(codewords * std::log1p(-cer));
}

}  // namespace waverack::fec
