#include "bench/peak.hpp"

#include <time.h>

#include <algorithm>
#include <map>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/peak.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "bench/instruction_sets.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Twelve chains hide the latency of a fused multiply-add on every CPU that we know (4 or 5 cycles, two
// units). The values go to their fixed point 1. Returns the operations done.
double run_chains(int rounds, float* result) {
  const hn::ScalableTag<float> d;
  const auto factor = hn::Set(d, 0.5f), term = hn::Set(d, 0.5f);
  // Equal chains would be made one by the compiler.
  const auto start = [&](int chain) { return hn::Set(d, 1.0f + static_cast<float>(chain)); };
  auto a = start(0), b = start(1), c = start(2), e = start(3), f = start(4), g = start(5);
  auto h = start(6), i = start(7), j = start(8), k = start(9), l = start(10), m = start(11);
  for (int round = 0; round < rounds; ++round) {
    a = hn::MulAdd(a, factor, term), b = hn::MulAdd(b, factor, term), c = hn::MulAdd(c, factor, term);
    e = hn::MulAdd(e, factor, term), f = hn::MulAdd(f, factor, term), g = hn::MulAdd(g, factor, term);
    h = hn::MulAdd(h, factor, term), i = hn::MulAdd(i, factor, term), j = hn::MulAdd(j, factor, term);
    k = hn::MulAdd(k, factor, term), l = hn::MulAdd(l, factor, term), m = hn::MulAdd(m, factor, term);
  }
  a = hn::Add(hn::Add(hn::Add(a, b), hn::Add(c, e)), hn::Add(hn::Add(f, g), hn::Add(h, i)));
  *result = hn::GetLane(hn::Add(a, hn::Add(hn::Add(j, k), hn::Add(l, m))));
  return 2.0 * 12.0 * rounds * static_cast<double>(hn::Lanes(d));
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack {

HWY_EXPORT(run_chains);

namespace {

double thread_seconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double measure() {
  double best = 0.0;
  // Long runs: where machines are shared, short ones are timed wrongly.
  for (int run = 0; run < 20; ++run) {
    volatile float keep;
    float result;
    const double start = thread_seconds();
    const double operations = HWY_DYNAMIC_DISPATCH(run_chains)(2'000'000, &result);
    best = std::max(best, operations / (thread_seconds() - start));
    keep = result;
    static_cast<void>(keep);
  }
  return best * 1e-9;
}

}  // namespace

double peak_gflops(std::int64_t target) {
  static std::map<std::int64_t, double> measured;
  const auto [entry, fresh] = measured.try_emplace(target, 0.0);
  if (fresh) {
    const OnlyTarget only(target);
    entry->second = measure();
  }
  return entry->second;
}

}  // namespace waverack
#endif
