#include "waverack/link/error_propagation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace waverack::link {
namespace {

constexpr double lightest_branch = 1e-4;

class Walk {
 public:
  Walk(std::span<const double> feedback, double step, const std::function<ErrorChance(double)>& chance)
      : feedback_(feedback), step_(step), chance_(chance), past_(feedback.size(), 0), alone_(at(0.0)) {}

  // Wrong symbols beyond those that go wrong anyway, after a first error by `sign` levels.
  double after(int sign) {
    std::fill(past_.begin(), past_.end(), 0);
    past_.front() = sign;
    return follow(1.0);
  }
  ErrorChance alone() const { return alone_; }

 private:
  double follow(double weight) {
    double shift = 0.0;
    bool clean = true;
    for (std::size_t n = 0; n < past_.size(); ++n) {
      shift -= feedback_[n] * step_ * past_[n];
      clean = clean && past_[n] == 0;
    }
    if (clean || weight < lightest_branch) return 0.0;
    const ErrorChance now = at(shift);
    double more = weight * (now.high + now.low - alone_.high - alone_.low);
    const std::vector<int> before = past_;
    for (const auto& [sign, probability] :
         {std::pair{1, now.high}, std::pair{-1, now.low}, std::pair{0, 1.0 - now.high - now.low}}) {
      std::copy(before.begin(), before.end() - 1, past_.begin() + 1);
      past_.front() = sign;
      more += follow(weight * probability);
    }
    past_ = before;
    return more;
  }

  // Shifts repeat themselves: each is asked for once.
  ErrorChance at(double shift) {
    const long key = std::lround(shift / step_ * 1e6);
    const auto found = known_.find(key);
    return found != known_.end() ? found->second : known_.emplace(key, chance_(shift)).first->second;
  }

  std::span<const double> feedback_;
  double step_;
  const std::function<ErrorChance(double)>& chance_;
  std::map<long, ErrorChance> known_;
  std::vector<int> past_;  // errors in levels, the latest first
  ErrorChance alone_;
};

}  // namespace

double errors_per_event(std::span<const double> feedback, double step,
                        const std::function<ErrorChance(double)>& chance) {
  if (feedback.empty()) return 1.0;
  Walk walk(feedback, step, chance);
  const ErrorChance first = walk.alone();
  const double total = first.high + first.low;
  if (!(total > 0.0)) return 1.0;
  return 1.0 + (first.high * walk.after(1) + first.low * walk.after(-1)) / total;
}

}  // namespace waverack::link
