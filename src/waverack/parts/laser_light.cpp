#include "waverack/parts/laser_light.hpp"

#include <cmath>
#include <vector>

#include "waverack/signal/fast_random.hpp"

namespace waverack::parts {
namespace {

// Windows may begin a little before sample 0; streams begin at 0.
constexpr std::int64_t before_zero = std::int64_t{1} << 24;

}  // namespace

void turn(coherent::DualBatch& batch, const LaserPhase& phase, float sign) {
  if (!phase) return;
  std::vector<float> angles(static_cast<std::size_t>(batch.size));
  for (int record = 0; record < coherent::batch_records; ++record) {
    phase(batch.first[static_cast<std::size_t>(record)], angles);
    float* row = batch.data();
    for (int n = 0; n < batch.size; ++n, row += 2 * signal::fft_lanes) {
      const float angle = sign * angles[static_cast<std::size_t>(n)];
      const float c = std::cos(angle), s = std::sin(angle);
      for (const int lane : {record, record + coherent::batch_records}) {
        const float re = row[lane], im = row[signal::fft_lanes + lane];
        row[lane] = c * re - s * im;
        row[signal::fft_lanes + lane] = s * re + c * im;
      }
    }
  }
}

void add_intensity_noise(coherent::DualBatch& batch, double rin, std::uint64_t seed, std::uint32_t source) {
  if (rin <= 0.0) return;
  // √(1 + n) is 1 + n/2 for the small n that lasers have.
  const float half_rms = static_cast<float>(0.5 * std::sqrt(rin * batch.sample_rate / 2.0));
  std::vector<float> noise(static_cast<std::size_t>(batch.size));
  for (int record = 0; record < coherent::batch_records; ++record) {
    signal::fill_normal_fast(
        {.seed = seed, .source = source}, noise,
        static_cast<std::uint64_t>(batch.first[static_cast<std::size_t>(record)] + before_zero));
    float* row = batch.data();
    for (int n = 0; n < batch.size; ++n, row += 2 * signal::fft_lanes) {
      const float factor = 1.0f + half_rms * noise[static_cast<std::size_t>(n)];
      for (const int lane : {record, record + coherent::batch_records}) {
        row[lane] *= factor;
        row[signal::fft_lanes + lane] *= factor;
      }
    }
  }
}

}  // namespace waverack::parts
