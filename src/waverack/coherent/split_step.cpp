#include "waverack/coherent/split_step.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numbers>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/coherent/split_step.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set; the order of operations
// is the same for all of them (see signal/fft.cpp).
HWY_BEFORE_NAMESPACE();
namespace waverack::coherent {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, batch_records>;
using Vector = hn::Vec<Tag>;

constexpr std::size_t row_floats = 2 * signal::fft_lanes;

// Taylor series; within 6e-8 for |φ| ≤ ½.
HWY_INLINE void small_sine_cosine(Vector phi, Vector& sine, Vector& cosine) {
  const Tag d;
  const Vector z = hn::Mul(phi, phi);
  Vector s = hn::MulAdd(z, hn::Set(d, -1.0f / 5040.0f), hn::Set(d, 1.0f / 120.0f));
  s = hn::MulAdd(s, z, hn::Set(d, -1.0f / 6.0f));
  sine = hn::MulAdd(hn::Mul(s, z), phi, phi);
  Vector c = hn::MulAdd(z, hn::Set(d, 1.0f / 40320.0f), hn::Set(d, -1.0f / 720.0f));
  c = hn::MulAdd(c, z, hn::Set(d, 1.0f / 24.0f));
  c = hn::MulAdd(c, z, hn::Set(d, -0.5f));
  cosine = hn::MulAdd(c, z, hn::Set(d, 1.0f));
}

// Any phase: whole turns off, then an eighth of the rest and three doublings.
HWY_NOINLINE void sine_cosine(Vector phi, Vector& sine, Vector& cosine) {
  const Tag d;
  const Vector turns = hn::Round(hn::Mul(phi, hn::Set(d, 0.15915494309f)));
  // 2π in two parts, the first of which has few digits.
  const Vector rest =
      hn::NegMulAdd(turns, hn::Set(d, 1.9353072e-3f), hn::NegMulAdd(turns, hn::Set(d, 6.28125f), phi));
  Vector s, c;
  small_sine_cosine(hn::Mul(rest, hn::Set(d, 0.125f)), s, c);
  for (int doubling = 0; doubling < 3; ++doubling) {
    const Vector twice = hn::Add(s, s);
    s = hn::Mul(twice, c);
    c = hn::NegMulAdd(hn::Mul(hn::Set(d, 0.5f), twice), twice, hn::Set(d, 1.0f));
  }
  sine = s;
  cosine = c;
}

// Both polarisations times exp(−j·rate·(|x|² + |y|²)).
void turn(float rate, std::size_t rows, float* data) {
  const Tag d;
  const Vector factor = hn::Set(d, rate), half = hn::Set(d, 0.5f);
  for (std::size_t n = 0; n < rows; ++n, data += row_floats)
    for (std::size_t lane = 0; lane < batch_records; lane += hn::Lanes(d)) {
      float* p = data + lane;
      const Vector xr = hn::Load(d, p), yr = hn::Load(d, p + batch_records);
      const Vector xi = hn::Load(d, p + 2 * batch_records), yi = hn::Load(d, p + 3 * batch_records);
      const Vector power = hn::Add(hn::MulAdd(xr, xr, hn::Mul(xi, xi)), hn::MulAdd(yr, yr, hn::Mul(yi, yi)));
      const Vector phi = hn::Mul(factor, power);
      Vector s, c;
      if (HWY_LIKELY(hn::AllTrue(d, hn::Le(hn::Abs(phi), half))))
        small_sine_cosine(phi, s, c);
      else
        sine_cosine(phi, s, c);
      hn::Store(hn::MulAdd(xi, s, hn::Mul(xr, c)), d, p);
      hn::Store(hn::MulAdd(yi, s, hn::Mul(yr, c)), d, p + batch_records);
      hn::Store(hn::NegMulAdd(xr, s, hn::Mul(xi, c)), d, p + 2 * batch_records);
      hn::Store(hn::NegMulAdd(yr, s, hn::Mul(yi, c)), d, p + 3 * batch_records);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::coherent
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::coherent {

HWY_EXPORT(turn);

std::complex<double> dispersion(const FibreSpan& span, double carrier, double distance, double f) {
  const double omega = 2.0 * std::numbers::pi * f;
  const double offset = 2.0 * std::numbers::pi * (carrier - span.frequency);
  const double beta2 = span.beta2 + span.beta3 * offset;
  return std::polar(1.0, -(0.5 * beta2 + span.beta3 / 6.0 * omega) * omega * omega * distance);
}

SplitStep::SplitStep(const signal::FftPlan& fft, double sample_rate, const FibreSpan& span,
                     const StepPlan& plan, double carrier, const std::vector<PlacedJones>& placed)
    : estimated_error_(plan.field_error) {
  assert(!plan.places.empty() && plan.places.size() == plan.lengths.size());
  constexpr double manakov = 8.0 / 9.0;
  // Loss comes at the ends alone: in between the field is U of step_plan.hpp.
  const double before = 1.0 / std::sqrt(span.input_loss);
  const double behind = std::exp(-0.5 * span.attenuation * span.length) / std::sqrt(span.output_loss);
  // Steps of the same length share a filter.
  std::map<std::pair<double, double>, std::size_t> known;
  auto next = placed.begin();
  double from = 0.0;
  for (std::size_t i = 0; i <= plan.places.size(); ++i) {
    const bool last = i == plan.places.size();
    const double to = last ? span.length : plan.places[i];
    const double amplitude = (i == 0 ? before : 1.0) * (last ? behind : 1.0);
    const auto begin = next;
    while (next != placed.end() && (last || next->place < to)) ++next;
    const auto scalar = [&, distance = to - from](double f) {
      return amplitude * dispersion(span, carrier, distance, f);
    };
    if (begin == next) {
      // Lengths that differ by rounding alone are the same.
      const auto key = std::pair(std::round((to - from) * 1e6), amplitude);
      const auto [entry, fresh] = known.try_emplace(key, filters_.size());
      if (fresh)
        filters_.emplace_back(fft, sample_rate, [&](double f) {
          const auto h = scalar(f);
          return Jones{h, 0.0, 0.0, h};
        });
      filter_of_step_.push_back(entry->second);
    } else {
      filter_of_step_.push_back(filters_.size());
      filters_.emplace_back(fft, sample_rate, [&](double f) {
        const auto h = scalar(f);
        Jones all{h, 0.0, 0.0, h};
        for (auto p = begin; p != next; ++p) all = product(p->response(f), all);
        return all;
      });
    }
    from = to;
  }
  for (const double length : plan.lengths)
    phases_.push_back(static_cast<float>(manakov * span.gamma * length));
}

void SplitStep::apply(DualBatch& batch) const {
  for (std::size_t i = 0; i < phases_.size(); ++i) {
    filters_[filter_of_step_[i]].apply(batch);
    if (phases_[i] != 0.0f)
      HWY_DYNAMIC_DISPATCH(turn)(phases_[i], static_cast<std::size_t>(batch.size), batch.data());
  }
  filters_[filter_of_step_.back()].apply(batch);
}

}  // namespace waverack::coherent
#endif
