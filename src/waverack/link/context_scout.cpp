#include "waverack/link/context_scout.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/link/clock_loop.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::link {
namespace {

constexpr double left_out = 1e-3;   // of the noise of a scaled source
constexpr double even_share = 0.1;  // of choices that do not heed the forecast

// Without the two Dirac pulses, for which the forecast has both signs.
BlockProgram without_dirac(BlockProgram program) {
  program.dual_dirac_jitter = 0.0f;
  return program;
}

double tail(double distance, double rms) { return 0.5 * std::erfc(distance / (rms * std::numbers::sqrt2)); }

}  // namespace

ContextScout::ContextScout(const BlockProgram& program, std::span<const NoiseGradient> gradients)
    : program_(without_dirac(program)),
      dual_dirac_(program.dual_dirac_jitter),
      gradients_(gradients),
      runner_(program_) {
  sent_.resize(static_cast<std::size_t>(program.shape.symbols) * records);
  decided_.resize(sent_.size());
  cumulative_.resize(sent_.size());
  for (const auto& [source, gradient] : gradients.front().sources) {
    if (!gradient.scaled) continue;
    const std::size_t rows = gradient.own.size();
    std::vector<float> square(rows);
    double total = 0.0;
    for (const NoiseGradient& level : gradients)
      for (std::size_t i = 0; i < rows; ++i) {
        const float value = level.sources.at(source).own[i];
        square[i] += value * value / static_cast<float>(gradients.size());
      }
    for (const float value : square) total += value;
    std::size_t first = 0, end = rows;
    for (double lost = square[first]; lost < 0.5 * left_out * total && first + 1 < end;)
      lost += square[++first];
    for (double lost = square[end - 1]; lost < 0.5 * left_out * total && end > first + 1;)
      lost += square[--end - 1];
    Weights weights;
    weights.source = source;
    weights.rows_per_symbol = static_cast<long>(rows) / program.shape.symbols;
    weights.first =
        static_cast<long>(first) - static_cast<long>(aimed_row(program)) * weights.rows_per_symbol;
    weights.weights.assign(square.begin() + static_cast<long>(first),
                           square.begin() + static_cast<long>(end));
    weights_.push_back(std::move(weights));
  }
}

void ContextScout::look(const Stream& name) {
  signal::fill_symbols(name, program_.conditions.levels, sent_);
  scales_.clear();
  const EditNormals silence = [&](std::uint32_t source, std::size_t, std::span<float> normals,
                                  std::span<const float> scale) {
    std::fill(normals.begin(), normals.end(), 0.0f);
    scales_[source].insert(scales_[source].end(), scale.begin(), scale.end());
  };
  runner_.start(name);
  runner_.run(sent_, name, decided_, &silence);
  forecast();
}

void ContextScout::forecast() {
  const auto symbols = static_cast<std::size_t>(program_.shape.symbols);
  const int top = program_.conditions.levels - 1;
  const auto slopes = scales_.find(program_.jitter_source);
  double total = 0.0;
  for (std::size_t k = 0; k < symbols; ++k) {
    std::array<float, records> variance{};
    for (const Weights& source : weights_) {
      const std::vector<float>& scale = scales_.at(source.source);
      const long rows = static_cast<long>(scale.size() / records);
      long row = static_cast<long>(k) * source.rows_per_symbol + source.first;
      row = ((row % rows) + rows) % rows;
      for (const float weight : source.weights) {
        const float* at = scale.data() + static_cast<std::size_t>(row) * records;
        for (std::size_t r = 0; r < records; ++r) variance[r] += weight * at[r] * at[r];
        if (++row == rows) row = 0;
      }
    }
    for (std::size_t r = 0; r < records; ++r) {
      const std::size_t at = k * records + r;
      const int level = sent_[at];
      const double rms =
          std::sqrt(gradients_[static_cast<std::size_t>(level)].square + static_cast<double>(variance[r]));
      const double value = runner_.values()[at];
      const double dirac = slopes == scales_.end() ? 0.0 : dual_dirac_ * std::abs(slopes->second[at]);
      double chance = 0.0;
      const auto add = [&](double distance) {
        if (rms > 0.0) chance += 0.5 * (tail(distance - dirac, rms) + tail(distance + dirac, rms));
      };
      if (level < top) add(program_.thresholds[static_cast<std::size_t>(level)] - value);
      if (level > 0) add(value - program_.thresholds[static_cast<std::size_t>(level) - 1]);
      cumulative_[at] = total += chance;
    }
  }
}

ContextScout::Choice ContextScout::choose(double uniform) const {
  const double count = static_cast<double>(cumulative_.size()), total = cumulative_.back();
  const double even = total > 0.0 ? even_share : 1.0;
  std::size_t at;
  if (uniform < even) {
    at = std::min(static_cast<std::size_t>(uniform / even * count), cumulative_.size() - 1);
  } else {
    const double wanted = (uniform - even) / (1.0 - even) * total;
    at = static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, wanted) -
                                  cumulative_.begin());
  }
  const double forecast = cumulative_[at] - (at > 0 ? cumulative_[at - 1] : 0.0);
  return {at / records, at % records, even + (total > 0.0 ? (1.0 - even) * forecast / total * count : 0.0)};
}

}  // namespace waverack::link
