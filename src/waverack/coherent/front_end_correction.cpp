#include "waverack/coherent/front_end_correction.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/coherent/resampling_kernels.hpp"
#include "waverack/coherent/windowed_sinc.hpp"

namespace waverack::coherent {
namespace {

constexpr std::size_t correction_block = 4096;
constexpr double lobes =
    12.0;  // of the sinc on either side: flat within 0.01 % up to 0.79 of the Nyquist frequency

struct Covariance {
  double ii, qq, iq;
};

Covariance branch_covariance(const std::array<double, 5>& m) {
  return {m[2] - m[0] * m[0], m[3] - m[1] * m[1], m[4] - m[0] * m[1]};
}

}  // namespace

FrontEndCorrection::FrontEndCorrection(const FrontEndSettings& settings) : settings_(settings) {
  if (!(settings.sample_rate > 0.0)) throw Error("the front end needs a sample rate above 0");
  if (settings.window < static_cast<int>(correction_block))
    throw Error("the window of the front end is at least 4096 samples");
  double most = 0.0;
  for (const double delay : settings.delays) most = std::max(most, std::abs(delay * settings.sample_rate));
  if (!(most <= 64.0)) throw Error("a branch of the front end is delayed by more than 64 samples");
  if (most == 0.0) return;
  half_ = static_cast<std::size_t>(std::ceil(most + lobes));
  for (std::size_t p = 0; p < 2; ++p) {
    taps_[p].resize(16 * (2 * half_ + 1));
    for (std::size_t part = 0; part < 2; ++part) {
      const double centre = static_cast<double>(half_) + settings.delays[2 * p + part] * settings.sample_rate;
      for (std::size_t k = 0; k <= 2 * half_; ++k) {
        const auto tap = static_cast<float>(windowed_sinc(static_cast<double>(k) - centre, lobes));
        for (std::size_t i = part; i < 16; i += 2) taps_[p][16 * k + i] = tap;
      }
    }
  }
  queue_.resize(half_);
}

void FrontEndCorrection::correct(std::vector<Sample>& samples, int polarisation) {
  auto& mean = moments_[static_cast<std::size_t>(polarisation)];
  const std::array<double, 5> sums = branch_moments(samples.data(), samples.size());
  const double share =
      std::max(static_cast<double>(correction_block) / settings_.window, 1.0 / (weight_ + 1.0));
  for (std::size_t i = 0; i < 5; ++i)
    mean[i] += share * (sums[i] / static_cast<double>(samples.size()) - mean[i]);
  const auto [ii, qq, iq] = branch_covariance(mean);
  const double determinant = ii * qq - iq * iq;
  if (!(determinant > 1e-12 * ii * ii)) return;  // one branch is dead: nothing to make orthogonal

  // out = M·(in − mean) with M·C·Mᵀ = 1/2.
  double a, b, c, d;
  if (settings_.orthogonalisation == Orthogonalisation::gram_schmidt) {
    const double rest = std::sqrt(determinant / ii);  // of the quadrature branch, rms
    a = std::sqrt(0.5 / ii);
    b = 0.0;
    c = -std::sqrt(0.5) * iq / ii / rest;
    d = std::sqrt(0.5) / rest;
  } else {
    // The inverse root of a symmetric 2 × 2 matrix in closed form.
    const double root = std::sqrt(determinant), scale = std::sqrt(0.5 / (ii + qq + 2.0 * root)) / root;
    a = scale * (qq + root);
    b = c = -scale * iq;
    d = scale * (ii + root);
  }
  const std::array<float, 6> law{
      static_cast<float>(a), static_cast<float>(b), static_cast<float>(-a * mean[0] - b * mean[1]),
      static_cast<float>(c), static_cast<float>(d), static_cast<float>(-c * mean[0] - d * mean[1])};
  mix_branches(samples.data(), law, samples.size(), samples.data());
}

void FrontEndCorrection::push(std::span<const Sample> x, std::span<const Sample> y, DualSamples& out) {
  queue_.append(x, y);
  std::size_t at = 0;
  for (; queue_.size() - at >= correction_block + 2 * half_; at += correction_block) {
    block_x_.resize(correction_block);
    block_y_.resize(correction_block);
    if (half_ > 0) {
      filter_branches(queue_.x.data() + at, taps_[0].data(), 2 * half_ + 1, correction_block,
                      block_x_.data());
      filter_branches(queue_.y.data() + at, taps_[1].data(), 2 * half_ + 1, correction_block,
                      block_y_.data());
    } else {
      std::copy_n(queue_.x.data() + at, correction_block, block_x_.data());
      std::copy_n(queue_.y.data() + at, correction_block, block_y_.data());
    }
    if (settings_.orthogonalisation != Orthogonalisation::none) {
      correct(block_x_, 0);
      correct(block_y_, 1);
      weight_ += 1.0;
    }
    out.append(block_x_, block_y_);
  }
  queue_.drop_front(at);
}

BranchErrors FrontEndCorrection::errors(int polarisation) const {
  const auto& mean = moments_[static_cast<std::size_t>(polarisation)];
  const auto [ii, qq, iq] = branch_covariance(mean);
  if (!(ii > 0.0 && qq > 0.0)) return {};
  return {mean[0], mean[1], 10.0 * std::log10(ii / qq), std::asin(iq / std::sqrt(ii * qq))};
}

}  // namespace waverack::coherent
