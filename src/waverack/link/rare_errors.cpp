#include "waverack/link/rare_errors.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>

#include "waverack/base/error.hpp"
#include "waverack/base/parallel.hpp"
#include "waverack/link/block_runner.hpp"
#include "waverack/link/context_scout.hpp"
#include "waverack/link/error_count.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

constexpr int aims_of_a_block = 4;  // runs with chosen symbols of one block
constexpr int blocks_of_a_piece = 16;
constexpr int pieces_at_once = 16;  // between two looks at the precision
// Sources that the program has not.
constexpr std::uint32_t choice_source = 0xFFFFFFFE, side_source = 0xFFFFFFFF;

// Over the blocks: the mean of wrong bits times weight of each block, and its square.
struct Sums {
  std::uint64_t blocks = 0;
  double weighed = 0.0, squared = 0.0;
};

// A shift of the noise along its gradient [standard deviations], and the probability of choosing it.
struct Side {
  double distance = 0.0, probability = 0.0;
};

class Weigher {
 public:
  Weigher(const BlockProgram& program, std::span<const NoiseGradient> gradients, std::uint64_t seed)
      : program_(program), gradients_(gradients), seed_(seed), scout_(program, gradients), runner_(program) {
    sent_.resize(static_cast<std::size_t>(program.shape.symbols) * records);
    decided_.resize(sent_.size());
  }

  void run(std::uint32_t block, Sums& sums) {
    scout_.look({seed_, 0, block, 0});
    double weighed = 0.0;
    for (std::uint32_t aim = 1; aim <= aims_of_a_block; ++aim) weighed += weigh({seed_, 0, block, aim});
    weighed /= static_cast<double>(aims_of_a_block * aimed_records);
    ++sums.blocks;
    sums.weighed += weighed;
    sums.squared += weighed * weighed;
  }

 private:
  // Wrong bits of the bursts that begin with sixteen chosen symbols, each times its weight.
  double weigh(const Stream& name) {
    const std::array<ContextScout::Choice, aimed_records> choices = choose(name);
    const std::size_t aim = records * aimed_row(program_);
    const std::uint8_t* sent = sent_.data() + aim;
    for (std::size_t r = 0; r < aimed_records; ++r) {
      of_level_[r] = &gradients_[sent[r]];
      squares_[r] = of_level_[r]->square;
    }
    slopes_.clear();
    const EditNormals silence = [&](std::uint32_t source, std::size_t, std::span<float> normals,
                                    std::span<const float> scale) {
      std::fill(normals.begin(), normals.end(), 0.0f);
      if (!scale.empty()) keep_slopes(source, scale);
    };
    runner_.start(name);
    runner_.run(sent_, name, decided_, &silence);

    std::array<double, aimed_records> coins, shift;
    fill_uniform(of_source(name, side_source), coins);
    std::array<std::array<Side, 2>, aimed_records> sides;
    for (std::size_t r = 0; r < aimed_records; ++r) {
      const double rms = std::sqrt(squares_[r]);
      sides[r] = sides_of(sent[r], runner_.values()[aim + r], rms);
      shift[r] = sides[r][coins[r] < sides[r][0].probability ? 0 : 1].distance;
      to_unit_[r] = rms > 0.0 ? static_cast<float>(1.0 / rms) : 0.0f;
      move_[r] = static_cast<float>(shift[r]) * to_unit_[r];
      along_[r] = 0.0f;
    }
    const EditNormals shifted = [&](std::uint32_t source, std::size_t first, std::span<float> normals,
                                    std::span<const float>) { move(source, first, normals); };
    runner_.start(name);
    runner_.run(sent_, name, decided_, &shifted);

    double weighed = 0.0;
    for (std::size_t r = 0; r < aimed_records; ++r) {
      const int wrong = wrong_bits_of_burst(r);
      if (wrong == 0) continue;
      const double place = static_cast<double>(along_[r] * to_unit_[r]) + shift[r];
      double ratio = 0.0;
      for (const Side& side : sides[r])
        ratio += side.probability * std::exp(side.distance * (place - 0.5 * side.distance));
      weighed += wrong / (ratio * choices[r].chance);
    }
    return weighed;
  }

  // Of the burst of errors that begins with the aimed symbol of record r; 0 if none does. Every wrong bit
  // belongs to one burst, so nothing is counted twice and nothing of an error that goes on is lost.
  int wrong_bits_of_burst(std::size_t r) const {
    const auto place = [&](std::size_t row) {
      return row % static_cast<std::size_t>(program_.shape.symbols) * records + r;
    };
    const auto difference = [&](std::size_t row) { return decided_[place(row)] - sent_[place(row)]; };
    const auto bits_at = [&](std::size_t row) {
      const int levels = program_.conditions.levels;
      return program_.precoded ? signal::wrong_bits_modulo(levels, difference(row) + difference(row - 1))
                               : wrong_bits(levels, sent_[place(row)], decided_[place(row)]);
    };
    std::size_t row = aimed_row(program_);
    if (difference(row) == 0) return 0;
    for (std::size_t back = 1; back <= burst_gap + 1; ++back)
      if (difference(row - back) != 0) return 0;
    int bits = bits_at(row);
    for (int right = 0; right <= burst_gap && row < 2 * aimed_row(program_);) {
      bits += bits_at(++row);
      right = difference(row) != 0 ? 0 : right + 1;
    }
    return bits;
  }

  static Stream of_source(Stream name, std::uint32_t source) {
    name.source = source;
    return name;
  }

  // Turns the records of the scout so that chosen symbols come into the aimed row.
  std::array<ContextScout::Choice, aimed_records> choose(const Stream& name) {
    std::array<double, aimed_records> uniform;
    fill_uniform(of_source(name, choice_source), uniform);
    const auto symbols = static_cast<std::size_t>(program_.shape.symbols);
    std::array<ContextScout::Choice, aimed_records> choices;
    for (std::size_t r = 0; r < aimed_records; ++r) {
      choices[r] = scout_.choose(uniform[r]);
      std::size_t from = (choices[r].row + symbols - aimed_row(program_)) % symbols;
      for (std::size_t k = 0; k < symbols; ++k) {
        const std::uint8_t symbol = scout_.sent()[from * records + choices[r].record];
        sent_[k * records + r] = sent_[k * records + r + aimed_records] = symbol;
        if (++from == symbols) from = 0;
      }
    }
    return choices;
  }

  // Towards the threshold above and that below.
  std::array<Side, 2> sides_of(int level, double value, double rms) const {
    std::array<Side, 2> sides;
    const bool above = level<program_.conditions.levels - 1, below = level> 0;
    const auto distance = [&](int threshold) {
      return rms > 0.0 ? (program_.thresholds[static_cast<std::size_t>(threshold)] - value) / rms : 0.0;
    };
    if (above) sides[0] = {std::max(0.0, distance(level)), below ? 0.5 : 1.0};
    if (below) sides[1] = {std::min(0.0, distance(level - 1)), above ? 0.5 : 1.0};
    return sides;
  }

  void keep_slopes(std::uint32_t source, std::span<const float> scale) {
    std::vector<float>& kept = slopes_[source];
    for (std::size_t i = 0; i < scale.size(); i += records) {
      const std::size_t row = kept.size() / aimed_records;
      for (std::size_t r = 0; r < aimed_records; ++r) {
        const float slope = of_level_[r]->sources.at(source).own[row] * scale[i + r];
        kept.push_back(slope);
        squares_[r] += static_cast<double>(slope) * slope;
      }
    }
  }

  // Finds where the numbers are along the gradient, and moves them along it.
  void move(std::uint32_t source, std::size_t first, std::span<float> normals) {
    const auto scaled = slopes_.find(source);
    std::array<const SourceGradient*, aimed_records> gradients;
    for (std::size_t r = 0; r < aimed_records; ++r) gradients[r] = &of_level_[r]->sources.at(source);
    for (std::size_t row = 0; row < normals.size() / records; ++row) {
      float *own = normals.data() + row * records, *other = own + aimed_records;
      for (std::size_t r = 0; r < aimed_records; ++r) {
        if (scaled != slopes_.end()) {
          const float slope = scaled->second[(first + row) * aimed_records + r];
          along_[r] += slope * own[r];
          own[r] += move_[r] * slope;
        } else {
          const float a = gradients[r]->own[first + row], b = gradients[r]->other[first + row];
          along_[r] += a * own[r] + b * other[r];
          own[r] += move_[r] * a;
          other[r] += move_[r] * b;
        }
      }
    }
  }

  const BlockProgram& program_;
  std::span<const NoiseGradient> gradients_;
  std::uint64_t seed_;
  ContextScout scout_;
  BlockRunner runner_;
  std::vector<std::uint8_t> sent_, decided_;
  // Of each aimed decision: its gradient, and of scaled sources the slopes that the silent run has shown.
  std::array<const NoiseGradient*, aimed_records> of_level_{};
  std::map<std::uint32_t, std::vector<float>> slopes_;
  std::array<double, aimed_records> squares_{};  // of the gradient's length
  std::array<float, aimed_records> to_unit_{}, move_{}, along_{};
};

void put(const Sums& sums, double bits_per_symbol, RareErrors& result) {
  const double n = static_cast<double>(sums.blocks), mean = sums.weighed / n;
  result.decisions = sums.blocks * aims_of_a_block * aimed_records;
  result.ber = mean / bits_per_symbol;
  result.standard_error = std::sqrt(std::max(0.0, sums.squared / n - mean * mean) / n) / bits_per_symbol;
}

}  // namespace

RareErrors weigh_errors(const BlockProgram& program, const RareErrorOptions& options) {
  if (program.trellis)
    throw Error("importance sampling aims at single symbols; it has no aim for the detection of sequences");
  const auto start = std::chrono::steady_clock::now();
  const int levels = program.conditions.levels;
  std::vector<NoiseGradient> gradients(static_cast<std::size_t>(levels));
  parallel_for(levels, options.threads, [&](int level) {
    gradients[static_cast<std::size_t>(level)] = noise_gradient(program, level, options.seed);
  });

  constexpr std::uint64_t piece = blocks_of_a_piece * aims_of_a_block * aimed_records;
  const std::uint64_t pieces = std::max<std::uint64_t>(1, (options.decisions + piece - 1) / piece);
  RareErrors result;
  Sums total;
  for (std::uint64_t first = 0; first < pieces && !result.precise; first += pieces_at_once) {
    if (options.stop.stop_requested()) {
      result.interrupted = true;
      break;
    }
    const int count = static_cast<int>(std::min<std::uint64_t>(pieces_at_once, pieces - first));
    std::vector<Sums> sums(static_cast<std::size_t>(count));
    parallel_for(count, options.threads, [&](int i) {
      Weigher weigher(program, gradients, options.seed);
      const auto block =
          static_cast<std::uint32_t>(first + static_cast<std::uint64_t>(i)) * blocks_of_a_piece;
      for (std::uint32_t b = 1; b <= blocks_of_a_piece; ++b)
        weigher.run(block + b, sums[static_cast<std::size_t>(i)]);
    });
    for (const Sums& part : sums) {
      total.blocks += part.blocks;
      total.weighed += part.weighed;
      total.squared += part.squared;
    }
    put(total, signal::bits_per_symbol(levels), result);
    result.precise = options.precision > 0.0 && result.relative_precision() <= options.precision;
    if (options.progress) options.progress(result.decisions);
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

std::vector<RareErrors> weigh_errors(const Plan& plan, std::span<const std::uint8_t> adaptation_symbols,
                                     const RareErrorOptions& options) {
  std::vector<RareErrors> results;
  for (const Segment& segment : plan.segments) {
    const SolvedBlocks blocks =
        solve_blocks(segment, plan.conditions, adaptation_symbols, options.samples_per_symbol);
    results.push_back(weigh_errors(blocks.program, options));
    results.back().expected_ber = blocks.solved.outcome.ber;
  }
  return results;
}

}  // namespace waverack::link
