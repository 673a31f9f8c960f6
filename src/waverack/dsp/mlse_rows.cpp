#include "waverack/dsp/mlse_rows.hpp"

#include <cassert>
#include <string>
#include <type_traits>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft_targets.hpp"
#include "waverack/signal/pam.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/dsp/mlse_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set; the order of operations
// is the same for all of them (see signal/fft.cpp).
//
// A state is its `memory` symbols, the latest in the lowest digit. States that agree in all digits but the
// oldest lead to the same states, those that agree in all but the latest: `levels` of either make one group,
// and the groups do not touch each other.
HWY_BEFORE_NAMESPACE();
namespace waverack::dsp {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, signal::fft_lanes>;
using Integer = hn::RebindToSigned<Tag>;
using Vector = hn::Vec<Tag>;
using Integers = hn::Vec<Integer>;

constexpr std::size_t row = 2 * signal::fft_lanes;
constexpr std::size_t vectors = row / hn::MaxLanes(Tag());  // of one row
constexpr std::size_t rows_between_shifts = 16;

// What depends on the number of levels alone.
template <std::size_t levels_>
struct Pam {
  static constexpr std::size_t levels = levels_;
  static constexpr std::size_t bits = levels == 2 ? 1 : levels == 4 ? 2 : 3;
  // The survivors of a group: for each of its new states, in `bits` bits, which old state it comes from.
  using Survivors = std::conditional_t<(levels <= 4), std::uint8_t, std::int32_t>;
};

template <class Stored>
HWY_INLINE void store_integers(Integers value, Stored* to) {
  if constexpr (sizeof(Stored) == 1) {
    const hn::Rebind<std::uint8_t, Integer> d;
    hn::StoreU(hn::DemoteTo(d, value), d, to);
  } else {
    hn::StoreU(value, Integer(), to);
  }
}

template <class Stored>
HWY_INLINE Integers load_integers(const Stored* from) {
  if constexpr (sizeof(Stored) == 1)
    return hn::PromoteTo(Integer(), hn::LoadU(hn::Rebind<std::uint8_t, Integer>(), from));
  else
    return hn::LoadU(Integer(), from);
}

// Sums of squares grow; only their differences count.
HWY_INLINE void shift_to_zero(std::size_t states, float* metric) {
  const Tag d;
  for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
    Vector least = hn::Load(d, metric + lane);
    for (std::size_t s = 1; s < states; ++s) least = hn::Min(least, hn::Load(d, metric + s * row + lane));
    for (std::size_t s = 0; s < states; ++s) {
      float* place = metric + s * row + lane;
      hn::Store(hn::Sub(hn::Load(d, place), least), d, place);
    }
  }
}

// expected: for each group, old state and new state of it.
template <class P>
HWY_INLINE Vector extended(Vector metric, Vector sample, const float* expected, std::size_t from,
                           std::size_t to) {
  const Vector distance = hn::Sub(sample, hn::Set(Tag(), expected[from * P::levels + to]));
  return hn::MulAdd(distance, distance, metric);
}

// One sample of Viterbi's algorithm.
template <class P>
HWY_INLINE void add_compare_select(std::size_t groups, const float* expected, const float* y,
                                   const float* metric, float* next, typename P::Survivors* survivors) {
  const Tag d;
  const Integer i;
  for (std::size_t group = 0; group < groups; ++group, expected += P::levels * P::levels) {
    for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
      const Vector sample = hn::Load(d, y + lane);
      Vector old[P::levels];
      for (std::size_t b = 0; b < P::levels; ++b)
        old[b] = hn::Load(d, metric + (group + b * groups) * row + lane);
      Integers origins = hn::Zero(i);
      for (std::size_t a = 0; a < P::levels; ++a) {
        Vector best = extended<P>(old[0], sample, expected, 0, a);
        Integers origin = hn::Zero(i);
        for (std::size_t b = 1; b < P::levels; ++b) {
          const Vector other = extended<P>(old[b], sample, expected, b, a);
          const auto here = hn::Set(i, static_cast<std::int32_t>(b << (a * P::bits)));
          origin = hn::IfThenElse(hn::RebindMask(i, hn::Lt(other, best)), here, origin);
          best = hn::Min(other, best);
        }
        origins = hn::Or(origins, origin);
        hn::Store(best, d, next + (group * P::levels + a) * row + lane);
      }
      store_integers(origins, survivors + group * row + lane);
    }
  }
}

// Back from the best end. The state is kept by its digits, latest first.
template <class P, int memory>
HWY_NOINLINE void trace_back(std::size_t groups, std::size_t rows, const float* metric,
                             const typename P::Survivors* survivors, std::uint8_t* decisions) {
  const Tag d;
  const Integer i;
  const hn::RebindToUnsigned<Integer> u;
  Integers digits[memory][vectors];
  for (std::size_t v = 0; v < vectors; ++v) {
    const float* from = metric + v * hn::Lanes(d);
    Vector best = hn::Load(d, from);
    for (auto& digit : digits) digit[v] = hn::Zero(i);
    for (std::size_t s = 1; s < groups * P::levels; ++s) {
      const Vector other = hn::Load(d, from + s * row);
      const auto better = hn::RebindMask(i, hn::Lt(other, best));
      std::size_t rest = s;
      for (auto& digit : digits) {
        digit[v] = hn::IfThenElse(better, hn::Set(i, static_cast<std::int32_t>(rest % P::levels)), digit[v]);
        rest /= P::levels;
      }
      best = hn::Min(other, best);
    }
  }
  for (std::size_t k = rows; k-- > 0;) {
    const typename P::Survivors* of_groups = survivors + k * groups * row;
    for (std::size_t v = 0; v < vectors; ++v) {
      const std::size_t lane = v * hn::Lanes(d);
      store_integers(digits[0][v], decisions + k * row + lane);
      Integers origins = load_integers(of_groups + lane);
      if constexpr (memory > 1) {
        Integers group = digits[1][v];
        if constexpr (memory == 3)
          group = hn::Add(group, hn::Mul(digits[2][v], hn::Set(i, static_cast<std::int32_t>(P::levels))));
        for (std::size_t g = 1; g < groups; ++g)
          origins = hn::IfThenElse(hn::Eq(group, hn::Set(i, static_cast<std::int32_t>(g))),
                                   load_integers(of_groups + g * row + lane), origins);
      }
      Integers shift = digits[0][v];
      if constexpr (P::bits == 2) shift = hn::Add(shift, shift);
      if constexpr (P::bits == 3) shift = hn::Add(shift, hn::Add(shift, shift));
      const auto shifted = hn::BitCast(i, hn::Shr(hn::BitCast(u, origins), hn::BitCast(u, shift)));
      for (int digit = 1; digit < memory; ++digit) digits[digit - 1][v] = digits[digit][v];
      digits[memory - 1][v] = hn::And(shifted, hn::Set(i, (1 << P::bits) - 1));
    }
  }
}

// metrics: room for two sets of states. Returns where the last sums are.
template <class Step>
HWY_INLINE float* run_forward(std::size_t states, std::size_t rows, float* metrics, Step step) {
  float *metric = metrics, *next = metrics + states * row;
  for (std::size_t n = 0; n < states * row; ++n) metric[n] = 0.0f;
  for (std::size_t k = 0; k < rows; ++k) {
    step(k, metric, next);
    float* const old = metric;
    metric = next;
    next = old;
    if (k % rows_between_shifts == rows_between_shifts - 1) shift_to_zero(states, metric);
  }
  return metric;
}

template <class P>
void detect_levels(const float* expected, int memory, std::size_t rows, const float* y, float* metrics,
                   void* room, std::uint8_t* decisions) {
  const std::size_t groups = memory == 1 ? 1 : memory == 2 ? P::levels : P::levels * P::levels;
  auto* survivors = static_cast<typename P::Survivors*>(room);
  const float* last =
      run_forward(groups * P::levels, rows, metrics, [&](std::size_t k, const float* metric, float* next) {
        add_compare_select<P>(groups, expected, y + k * row, metric, next, survivors + k * groups * row);
      });
  if (memory == 1) trace_back<P, 1>(groups, rows, last, survivors, decisions);
  if (memory == 2) trace_back<P, 2>(groups, rows, last, survivors, decisions);
  if (memory == 3) trace_back<P, 3>(groups, rows, last, survivors, decisions);
}

// The same without survivors.
template <class P>
HWY_INLINE void add_minimum(std::size_t groups, const float* expected, const float* y, const float* metric,
                            float* next) {
  const Tag d;
  for (std::size_t group = 0; group < groups; ++group, expected += P::levels * P::levels)
    for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
      const Vector sample = hn::Load(d, y + lane);
      Vector old[P::levels];
      for (std::size_t b = 0; b < P::levels; ++b)
        old[b] = hn::Load(d, metric + (group + b * groups) * row + lane);
      for (std::size_t a = 0; a < P::levels; ++a) {
        Vector best = extended<P>(old[0], sample, expected, 0, a);
        for (std::size_t b = 1; b < P::levels; ++b)
          best = hn::Min(extended<P>(old[b], sample, expected, b, a), best);
        hn::Store(best, d, next + (group * P::levels + a) * row + lane);
      }
    }
}

// The same backwards in time.
template <class P>
HWY_INLINE void add_minimum_back(std::size_t groups, const float* expected, const float* y,
                                 const float* metric, float* previous) {
  const Tag d;
  for (std::size_t group = 0; group < groups; ++group, expected += P::levels * P::levels)
    for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
      const Vector sample = hn::Load(d, y + lane);
      Vector later[P::levels];
      for (std::size_t a = 0; a < P::levels; ++a)
        later[a] = hn::Load(d, metric + (group * P::levels + a) * row + lane);
      for (std::size_t b = 0; b < P::levels; ++b) {
        Vector best = extended<P>(later[0], sample, expected, b, 0);
        for (std::size_t a = 1; a < P::levels; ++a)
          best = hn::Min(extended<P>(later[a], sample, expected, b, a), best);
        hn::Store(best, d, previous + (group + b * groups) * row + lane);
      }
    }
}

// The reliabilities of one symbol from the best paths before and after its state.
template <class P>
HWY_INLINE void compare_bits(std::size_t groups, const float* before, const float* after, float scale,
                             float* reliabilities) {
  const Tag d;
  for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
    const auto path = [&](std::size_t state) {
      return hn::Add(hn::Load(d, before + state * row + lane), hn::Load(d, after + state * row + lane));
    };
    Vector symbol[P::levels];
    for (std::size_t a = 0; a < P::levels; ++a) symbol[a] = path(a);
    for (std::size_t group = 1; group < groups; ++group)
      for (std::size_t a = 0; a < P::levels; ++a) symbol[a] = hn::Min(path(group * P::levels + a), symbol[a]);
    for (std::size_t bit = 0; bit < P::bits; ++bit) {
      const Vector far = hn::Set(d, 1e30f);
      Vector best[2] = {far, far};
      for (std::size_t a = 0; a < P::levels; ++a) {
        Vector& value = best[signal::gray_code(static_cast<unsigned>(a)) >> (P::bits - 1 - bit) & 1];
        value = hn::Min(value, symbol[a]);
      }
      hn::Store(hn::Mul(hn::Sub(best[1], best[0]), hn::Set(d, scale)), d, reliabilities + bit * row + lane);
    }
  }
}

template <class P>
void reliabilities_of_levels(const float* expected, int memory, std::size_t rows, const float* y, float scale,
                             float* metrics, float* before, float* reliabilities) {
  const std::size_t groups = memory == 1 ? 1 : memory == 2 ? P::levels : P::levels * P::levels;
  const std::size_t states = groups * P::levels, set = states * row;
  // before + k·set: the best paths up to and with sample k.
  for (std::size_t n = 0; n < set; ++n) metrics[n] = 0.0f;
  for (std::size_t k = 0; k < rows; ++k) {
    float* reached = before + k * set;
    add_minimum<P>(groups, expected, y + k * row, k == 0 ? metrics : reached - set, reached);
    if (k % rows_between_shifts == rows_between_shifts - 1) shift_to_zero(states, reached);
  }
  run_forward(states, rows, metrics, [&](std::size_t from_end, const float* after, float* previous) {
    const std::size_t k = rows - 1 - from_end;
    compare_bits<P>(groups, before + k * set, after, scale, reliabilities + k * P::bits * row);
    add_minimum_back<P>(groups, expected, y + k * row, after, previous);
  });
}

void detect_rows(const float* expected, int levels, int memory, std::size_t rows, const float* y,
                 float* metrics, void* survivors, std::uint8_t* decisions) {
  const auto with = [&](auto pam) {
    detect_levels<decltype(pam)>(expected, memory, rows, y, metrics, survivors, decisions);
  };
  if (levels == 2) with(Pam<2>());
  if (levels == 4) with(Pam<4>());
  if (levels == 6) with(Pam<6>());
  if (levels == 8) with(Pam<8>());
}

void reliability_rows(const float* expected, int levels, int memory, std::size_t rows, const float* y,
                      float scale, float* metrics, float* before, float* reliabilities) {
  const auto with = [&](auto pam) {
    reliabilities_of_levels<decltype(pam)>(expected, memory, rows, y, scale, metrics, before, reliabilities);
  };
  if (levels == 2) with(Pam<2>());
  if (levels == 4) with(Pam<4>());
  if (levels == 8) with(Pam<8>());
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::dsp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::dsp {

HWY_EXPORT(detect_rows);
HWY_EXPORT(reliability_rows);

namespace {

constexpr int row_bytes = 128;  // of floats; what BatchBuffer counts

void check(const Trellis& trellis) {
  const bool known = trellis.levels == 2 || trellis.levels == 4 || trellis.levels == 6 || trellis.levels == 8;
  if (!known || trellis.memory < 1 || trellis.memory > 3)
    throw Error(
        "sequence detection has kernels for 2, 4, 6 or 8 levels and a memory of 1 to 3 symbols, not for " +
        std::to_string(trellis.levels) + " levels and a memory of " + std::to_string(trellis.memory));
}

int groups(const Trellis& trellis) { return trellis.states() / trellis.levels; }

// For each group, old state and new state, as the kernels read it.
std::vector<float> by_groups(const Trellis& trellis) {
  check(trellis);
  std::vector<float> result;
  for (int group = 0; group < groups(trellis); ++group)
    for (int from = 0; from < trellis.levels; ++from)
      for (int to = 0; to < trellis.levels; ++to)
        result.push_back(trellis.expected[(group + from * groups(trellis)) * trellis.levels + to]);
  return result;
}

int survivor_rows(const Trellis& trellis, int rows) {
  const int bytes = trellis.levels <= 4 ? 32 : row_bytes;
  return (rows * groups(trellis) * bytes + row_bytes - 1) / row_bytes;
}

}  // namespace

SequenceDetector::SequenceDetector(const Trellis& trellis, int rows)
    : expected_(by_groups(trellis)),
      levels_(trellis.levels),
      memory_(trellis.memory),
      rows_(rows),
      metrics_(2 * trellis.states()),
      survivors_(survivor_rows(trellis, rows)) {}

void SequenceDetector::detect(const float* y, std::uint8_t* decisions) {
  HWY_DYNAMIC_DISPATCH(detect_rows)
  (expected_.data(), levels_, memory_, static_cast<std::size_t>(rows_), y, metrics_.data(), survivors_.data(),
   decisions);
}

ReliabilityDetector::ReliabilityDetector(const Trellis& trellis, int rows)
    : expected_(by_groups(trellis)),
      levels_(trellis.levels),
      memory_(trellis.memory),
      rows_(rows),
      metrics_(2 * trellis.states()),
      before_(rows * trellis.states()) {
  if (trellis.levels == 6) throw Error("reliabilities of bits need 2, 4 or 8 levels, not 6");
}

void ReliabilityDetector::detect(const float* y, double noise_variance, float* reliabilities) {
  HWY_DYNAMIC_DISPATCH(reliability_rows)
  (expected_.data(), levels_, memory_, static_cast<std::size_t>(rows_), y,
   static_cast<float>(0.5 / noise_variance), metrics_.data(), before_.data(), reliabilities);
}

}  // namespace waverack::dsp
#endif
