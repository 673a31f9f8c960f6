#include "waverack/coherent/timing_recovery.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/coherent/resampling_kernels.hpp"
#include "waverack/coherent/windowed_sinc.hpp"
#include "waverack/signal/fft_lanes.hpp"

namespace waverack::coherent {
namespace {

constexpr std::size_t transform = 256, timing_records = signal::fft_lanes / 2,
                      timing_block = transform * timing_records;
constexpr double block_symbols = timing_block / 2;
constexpr std::size_t half = interpolator_taps / 2;

const TimingSettings& checked_timing(const TimingSettings& s) {
  if (!(s.samples_per_symbol >= 1.5 && s.samples_per_symbol <= 4.0))
    throw Error("timing recovery takes 1.5 to 4 samples per symbol");
  if (!(s.roll_off >= 0.02 && s.roll_off <= 1.0))
    throw Error("timing recovery needs a roll-off between 0.02 and 1");
  return s;
}

}  // namespace

TimingRecovery::TimingRecovery(const TimingSettings& settings)
    : settings_(checked_timing(settings)),
      plan_(std::make_unique<signal::FftPlan>(static_cast<int>(transform))),
      buffer_(static_cast<int>(transform)),
      position_(static_cast<double>(half + 2)) {
  table_.resize(2 * interpolator_taps * interpolator_phases);
  for (std::size_t p = 0; p < interpolator_phases; ++p)
    for (std::size_t k = 0; k < interpolator_taps; ++k) {
      const double at = static_cast<double>(p) / static_cast<double>(interpolator_phases);
      const double t = static_cast<double>(k) - static_cast<double>(half - 1) - at;
      table_[2 * (interpolator_taps * p + k)] = table_[2 * (interpolator_taps * p + k) + 1] =
          static_cast<float>(windowed_sinc(t, static_cast<double>(half)));
    }
  queue_.resize(half + 2);

  std::vector<std::size_t> position(transform);
  const auto bins = plan_->bin_of_position();
  for (std::size_t p = 0; p < transform; ++p) position[static_cast<std::size_t>(bins[p])] = p;
  // Upper edge at Rs/2, a quarter of the two-fold sampling rate; its partner lies half of the bins below.
  for (long b = 1; b < static_cast<long>(transform / 2); ++b) {
    const double f = 2.0 * static_cast<double>(b) / static_cast<double>(transform) - 0.5 - settings.centre;
    if (std::abs(f) >= 0.5 * settings.roll_off) continue;
    pairs_.push_back({position[static_cast<std::size_t>(b)],
                      position[static_cast<std::size_t>(b) + transform / 2],
                      static_cast<float>(std::cos(std::numbers::pi * f / settings.roll_off))});
  }
}

double TimingRecovery::detect(const Sample* x, const Sample* y) {
  std::array<const Sample*, 2 * timing_records> from;
  for (std::size_t i = 0; i < timing_records; ++i) {
    from[i] = x + i * transform;
    from[timing_records + i] = y + i * transform;
  }
  signal::gather_lanes(from, static_cast<int>(transform), buffer_.data());
  signal::fft_forward(*plan_, buffer_.data());
  constexpr std::size_t lanes = signal::fft_lanes;
  std::array<float, timing_records> sums[8] = {};
  float power = 0.0f;
  for (const Pair& pair : pairs_) {
    const float* up = buffer_.data() + 2 * lanes * pair.upper;
    const float* down = buffer_.data() + 2 * lanes * pair.lower;
    for (std::size_t ab = 0; ab < 4; ++ab) {
      const float* a = up + (ab / 2) * timing_records;
      const float* b = down + (ab % 2) * timing_records;
      for (std::size_t i = 0; i < timing_records; ++i) {
        sums[2 * ab][i] += pair.weight * (a[i] * b[i] + a[lanes + i] * b[lanes + i]);
        sums[2 * ab + 1][i] += pair.weight * (a[lanes + i] * b[i] - a[i] * b[lanes + i]);
      }
    }
    for (std::size_t i = 0; i < 2 * lanes; ++i) power += pair.weight * (up[i] * up[i] + down[i] * down[i]);
  }
  std::complex<double> r[4];
  for (std::size_t ab = 0; ab < 4; ++ab) {
    double re = 0.0, im = 0.0;
    for (std::size_t i = 0; i < timing_records; ++i) {
      re += static_cast<double>(sums[2 * ab][i]);
      im += static_cast<double>(sums[2 * ab + 1][i]);
    }
    r[ab] = {re, im};
  }
  const std::complex<double> determinant = r[0] * r[3] - r[1] * r[2];
  // Four bands hold the power; the clean tone of each polarisation is a quarter of it.
  const double full = static_cast<double>(power) / 4.0;
  tone_ = full > 0.0 ? std::abs(determinant) / (full * full) : 0.0;
  return -std::arg(determinant) / (4.0 * std::numbers::pi);
}

void TimingRecovery::push(std::span<const Sample> x, std::span<const Sample> y, DualSamples& out) {
  queue_.append(x, y);
  const double nominal = 0.5 * settings_.samples_per_symbol;
  for (;;) {
    const double step = nominal * (1.0 + rate_);
    const double end = position_ + step * static_cast<double>(timing_block);
    if (end + static_cast<double>(half) + 2.0 > static_cast<double>(queue_.size())) break;
    const std::size_t before = out.size();
    out.resize(before + timing_block);
    interpolate(queue_.x.data(), queue_.y.data(), table_.data(), position_, step, timing_block,
                out.x.data() + before, out.y.data() + before);
    // Room for a correction that goes back.
    const double used = std::floor(end) - static_cast<double>(half) - 2.0;
    queue_.drop_front(static_cast<std::size_t>(used));
    position_ = end - used;

    // A signal that arrives late by `error` is to be sampled later.
    const double error = detect(out.x.data() + before, out.y.data() + before);
    ++updates_;
    const double u = updates_, both = u * (u + 1.0);
    const double proportional = std::max(settings_.gain, (4.0 * u - 2.0) / both);
    const double integral = updates_ > 1 ? std::max(0.4 * settings_.gain * settings_.gain, 6.0 / both) : 0.0;
    rate_ = std::clamp(rate_ + integral * error / block_symbols, -1e-3, 1e-3);
    position_ += proportional * error * settings_.samples_per_symbol;
    if (settled()) {
      squares_ += error * error;
      counted_ += 1.0;
    } else {
      out.resize(before);
    }
  }
}

// A longer step means that the receiver takes more of its own samples for a symbol: its clock is the faster.
double TimingRecovery::ppm() const { return -1e6 * rate_; }

double TimingRecovery::rms_error() const { return counted_ > 0.0 ? std::sqrt(squares_ / counted_) : 0.0; }

}  // namespace waverack::coherent
