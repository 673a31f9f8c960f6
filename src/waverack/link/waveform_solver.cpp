#include "waverack/link/waveform_solver.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "waverack/link/block_runner.hpp"
#include "waverack/link/inner_output.hpp"
#include "waverack/link/sampler_eye.hpp"
#include "waverack/link/soft_output.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

// Decision values are kept of so many: more than 1e7 symbols, after which counting is as fast as without.
constexpr std::uint32_t stretches_with_values = 16;

// The work of one thread at a time: 32 records of consecutive symbols, long enough for whole groups of
// codewords.
struct Stretch {
  int blocks = 0;
  std::uint64_t length = 0;  // symbols of one record
};

Stretch stretch_of(const BlockShape& shape, int levels, const fec::BlockCode& code) {
  const int most_interleaved = ErrorCounts::interleavings.back();
  const double group =
      static_cast<double>(code.n) * code.bits_per_symbol * most_interleaved / signal::bits_per_symbol(levels);
  const double least = 2.0 * group;
  Stretch stretch;
  stretch.blocks = static_cast<int>(least / shape.counted()) + 1;
  stretch.length = static_cast<std::uint64_t>(stretch.blocks) * static_cast<std::uint64_t>(shape.counted());
  return stretch;
}

struct StretchCounts {
  ErrorCounts errors;
  std::optional<fec::InnerCounts> inner;
  DecisionHistogram values;
};

class StretchRunner {
 public:
  StretchRunner(const BlockProgram& program, const Stretch& stretch, const fec::BlockCode& code,
                const CountOptions& options)
      : program_(program), stretch_(stretch), code_(code), options_(options), runner_(program) {
    const auto rows = static_cast<std::size_t>(program.shape.symbols);
    sent_.resize(rows * records);
    decided_.resize(rows * records);
    if (options.soft || program.inner_coded) soft_.emplace(program);
    // As fine as the decoder of samples (fec::inner_reliability_unit), where a difference of squared
    // distances is 2σ² times the ratio of likelihoods and levels are 2/3 apart.
    if (program.inner_coded)
      inner_.emplace(fec::inner_reliability_unit * (4.0 / 9.0) / (2.0 * program.expected_variance));
  }

  StretchCounts run(std::uint32_t index) {
    const int levels = program_.conditions.levels;
    const auto guard = static_cast<std::size_t>(program_.shape.guard),
               counted = static_cast<std::size_t>(program_.shape.counted());
    SymbolSource source(options_.pattern, levels, options_.seed, index, stretch_.length);
    std::vector<RecordCounter> counters(records, RecordCounter(levels, code_, program_.precoded));
    StretchCounts total;
    if (inner_) total.inner.emplace();
    const bool values = options_.eyes && index < stretches_with_values && !program_.trellis;
    if (values) total.values = DecisionHistogram(levels);
    // A block shares its first 2·guard rows with the one before.
    const std::size_t shared = 2 * guard * records;
    source.next(std::span(sent_).last(shared));
    runner_.start({options_.seed, 0, index, 0});
    for (int block = 0; block < stretch_.blocks; ++block) {
      std::copy(sent_.end() - static_cast<long>(shared), sent_.end(), sent_.begin());
      source.next(std::span(sent_).subspan(shared));
      runner_.run(sent_, {options_.seed, 0, index, static_cast<std::uint32_t>(block)}, decided_);
      if (soft_) soft_->detect(runner_.values());
      if (options_.soft) soft_->add(sent_, guard, counted, total.errors.soft);
      if (inner_) inner_->add(soft_->ratios(), sent_, guard, counted, *total.inner);
      compare(guard, counted, static_cast<std::uint64_t>(block) * counted, counters);
      if (values)
        total.values.add(std::span(sent_).subspan(guard * records, counted * records),
                         runner_.values().subspan(guard * records, counted * records));
    }
    for (RecordCounter& counter : counters) total.errors += counter.finish(stretch_.length);
    return total;
  }

 private:
  void compare(std::size_t guard, std::size_t counted, std::uint64_t position,
               std::vector<RecordCounter>& counters) {
    for (std::size_t k = guard; k < guard + counted; ++k) {
      const std::uint8_t* sent = sent_.data() + k * records;
      const std::uint8_t* decided = decided_.data() + k * records;
      if (std::equal(sent, sent + records, decided)) continue;
      for (std::size_t r = 0; r < records; ++r)
        if (sent[r] != decided[r]) counters[r].error(position + k - guard, sent[r], decided[r]);
    }
  }

  const BlockProgram& program_;
  const Stretch& stretch_;
  const fec::BlockCode& code_;
  const CountOptions& options_;
  BlockRunner runner_;
  std::optional<SoftOutput> soft_;
  std::optional<InnerOutput> inner_;
  std::vector<std::uint8_t> sent_, decided_;
};

}  // namespace

// Stretches are handed out in order and added up in order, so the sum at which the run ends is the same on
// any number of threads; what was finished beyond it is dropped.
SegmentCounts count_errors(const BlockProgram& program, const fec::BlockCode& code,
                           const CountOptions& options) {
  const Stretch stretch = stretch_of(program.shape, program.conditions.levels, code);
  const std::uint64_t each = stretch.length * records;
  const auto wanted =
      static_cast<std::uint32_t>(std::max<std::uint64_t>(1, (options.symbols + each - 1) / each));
  const auto start = std::chrono::steady_clock::now();

  std::mutex mutex;
  std::condition_variable arrived;
  std::map<std::uint32_t, StretchCounts> finished;
  std::exception_ptr failure;
  std::uint32_t next = 0;
  int working = 0;
  bool end = false;
  const auto work = [&] {
    try {
      StretchRunner runner(program, stretch, code, options);
      for (;;) {
        std::uint32_t index;
        {
          const std::lock_guard lock(mutex);
          if (end || next >= wanted) break;
          index = next++;
        }
        StretchCounts counts = runner.run(index);
        const std::lock_guard lock(mutex);
        finished.emplace(index, std::move(counts));
        arrived.notify_one();
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      end = true;
    }
    const std::lock_guard lock(mutex);
    --working;
    arrived.notify_one();
  };

  SegmentCounts result;
  int threads = options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency());
  threads = std::clamp(threads, 1, static_cast<int>(wanted));
  working = threads;
  {
    std::vector<std::jthread> others;
    for (int t = 0; t < threads; ++t) others.emplace_back(work);
    std::uint32_t added = 0;
    std::unique_lock lock(mutex);
    while (added < wanted && !end) {
      arrived.wait_for(lock, std::chrono::milliseconds(50),
                       [&] { return finished.contains(added) || working == 0 || end; });
      if (options.stop.stop_requested()) {
        result.interrupted = true;
        end = true;
      }
      for (auto found = finished.find(added); found != finished.end() && !result.precise;
           found = finished.find(added)) {
        result.counts += found->second.errors;
        result.values += found->second.values;
        if (found->second.inner) {
          if (!result.inner) result.inner.emplace();
          *result.inner += *found->second.inner;
        }
        finished.erase(found);
        ++added;
        result.precise = options.precision > 0.0 && relative_precision(result.counts) <= options.precision;
      }
      if (result.precise) end = true;
      if (options.progress && result.counts.symbols > 0) {
        const CountProgress progress{result.counts.symbols, wanted * each, result.counts.bit_errors,
                                     result.counts.bits};
        lock.unlock();
        options.progress(progress);
        lock.lock();
      }
      if (working == 0 && !finished.contains(added)) break;
    }
    end = true;
  }
  if (failure) std::rethrow_exception(failure);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

std::vector<SegmentCounts> count_errors(const Plan& plan, std::span<const std::uint8_t> adaptation_symbols,
                                        const fec::BlockCode& code, const CountOptions& options) {
  std::vector<SegmentCounts> results;
  for (const Segment& segment : plan.segments) {
    const SolvedBlocks blocks =
        solve_blocks(segment, plan.conditions, adaptation_symbols, options.samples_per_symbol);
    const SolvedSegment& solved = blocks.solved;
    results.push_back(count_errors(blocks.program, code, options));
    SegmentCounts& counted = results.back();
    counted.expected_ber = solved.outcome.ber;
    counted.thresholds = solved.outcome.thresholds;
    for (int level = 0; level < counted.values.levels(); ++level) {
      std::vector<double>& density = counted.expected_density.emplace_back();
      for (int bin = 0; bin < DecisionHistogram::bins; ++bin)
        density.push_back(solved.statistics->density(
            level, DecisionHistogram::start + (bin + 0.5) * DecisionHistogram::step));
    }
    if (options.eyes)
      counted.eyes = sampler_eyes(segment, plan.conditions, solved, blocks.program.shape, options);
  }
  return results;
}

}  // namespace waverack::link
