#include "waverack/link/error_propagation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

constexpr double lightest_branch = 1e-4;

class ErrorWalk {
 public:
  ErrorWalk(std::span<const double> feedback, std::span<const double> carried, int levels,
            const std::function<ErrorChance(double)>& chance)
      : feedback_(feedback),
        carried_(carried),
        levels_(levels),
        step_(2.0 / (levels - 1)),
        chance_(chance),
        past_(feedback.size(), 0),
        alone_(at(0.0)) {}

  // Errors beyond those that happen anyway, after a first one by `sign` levels.
  EventErrors after(int sign) {
    std::fill(past_.begin(), past_.end(), 0);
    past_.front() = first_ = sign;
    more_ = {0.0, 0.0};
    follow(1.0, 0);
    return more_;
  }
  ErrorChance alone() const { return alone_; }

  // Wrong bits of a symbol behind the inverse of the precoder, which adds the errors of two decisions.
  int precoded_bits(int sum) const {
    return levels_ == 2 || levels_ == 4 ? signal::wrong_bits_modulo(levels_, sum) : 0;
  }

 private:
  // The symbol after `after` others behind the first error.
  void follow(double weight, std::size_t after) {
    double shift = after < carried_.size() ? first_ * carried_[after] : 0.0;
    bool clean = true;
    for (std::size_t n = 0; n < past_.size(); ++n) {
      shift -= feedback_[n] * step_ * past_[n];
      clean = clean && past_[n] == 0;
    }
    if (clean || weight < lightest_branch) return;
    const ErrorChance now = at(shift);
    const double anyway = alone_.high + alone_.low;
    more_.symbols += weight * (now.high + now.low - anyway);
    more_.precoded_bits -= weight * anyway * 2 * precoded_bits(1);
    const std::vector<int> before = past_;
    for (const auto& [sign, probability] :
         {std::pair{1, now.high}, std::pair{-1, now.low}, std::pair{0, 1.0 - now.high - now.low}}) {
      more_.precoded_bits += weight * probability * precoded_bits(sign + before.front());
      std::copy(before.begin(), before.end() - 1, past_.begin() + 1);
      past_.front() = sign;
      follow(weight * probability, after + 1);
    }
    past_ = before;
  }

  // Shifts repeat themselves: each is asked for once.
  ErrorChance at(double shift) {
    const long key = std::lround(shift / step_ * 1e6);
    const auto found = known_.find(key);
    return found != known_.end() ? found->second : known_.emplace(key, chance_(shift)).first->second;
  }

  std::span<const double> feedback_, carried_;
  int first_ = 1;  // sign of the first error
  int levels_;
  double step_;
  const std::function<ErrorChance(double)>& chance_;
  std::map<long, ErrorChance> known_;
  std::vector<int> past_;  // errors in levels, the latest first
  ErrorChance alone_;
  EventErrors more_;
};

}  // namespace

EventErrors errors_of_event(std::span<const double> feedback, std::span<const double> carried, int levels,
                            const std::function<ErrorChance(double)>& chance) {
  if (feedback.empty()) return {};
  ErrorWalk walk(feedback, carried, levels, chance);
  const ErrorChance first = walk.alone();
  const double total = first.high + first.low;
  if (!(total > 0.0)) return {};
  const EventErrors high = walk.after(1), low = walk.after(-1);
  const auto mean = [&](double of_high, double of_low) {
    return (first.high * of_high + first.low * of_low) / total;
  };
  return {1.0 + mean(high.symbols, low.symbols),
          walk.precoded_bits(1) + mean(high.precoded_bits, low.precoded_bits)};
}

}  // namespace waverack::link
