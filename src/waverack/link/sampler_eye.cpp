#include "waverack/link/sampler_eye.hpp"

#include <algorithm>
#include <optional>

#include "waverack/link/block_runner.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

constexpr int blocks = 16;
// Rows beyond what the first blocks reached, at either end, over their range.
constexpr double head_room = 0.1;

// What feedback of the symbols that were sent takes off each sample of `record` around the decision of a
// symbol.
void feed_back(std::span<const double> taps, int levels, std::span<const std::uint8_t> sent,
               std::size_t record, signal::Waveform& waveform) {
  const std::vector<double> level = signal::pam_levels(levels);
  const auto sps = static_cast<std::size_t>(waveform.samples_per_symbol), length = waveform.samples.size(),
             symbols = length / sps;
  for (std::size_t k = 0; k < symbols; ++k) {
    double sum = 0.0;
    for (std::size_t n = 0; n < taps.size(); ++n)
      sum += taps[n] * level[sent[(k + symbols - 1 - n) % symbols * records + record]];
    for (std::size_t i = 0; i < sps; ++i)
      waveform.samples[(k * sps + i + length - sps / 2) % length] -= static_cast<float>(sum);
  }
}

signal::EyeDiagram accumulate(const BlockProgram& program, std::span<const double> feedback,
                              const CountOptions& options) {
  const auto symbols = static_cast<std::size_t>(program.shape.symbols);
  const int sps = program.shape.samples_per_symbol;
  SymbolSource source(options.pattern, program.conditions.levels, options.seed, 0, symbols * blocks);
  std::vector<std::uint8_t> sent(symbols * records);
  BlockRunner runner(program);
  signal::Waveform record;
  record.samples_per_symbol = sps;
  record.sample_rate = program.conditions.symbol_rate * sps;
  record.samples.resize(symbols * static_cast<std::size_t>(sps));
  std::optional<signal::EyeAccumulator> eye;
  runner.start({options.seed, 0, 0, 0});
  for (std::uint32_t block = 0; block < blocks; ++block) {
    source.next(sent);
    const std::span<const float> rows = runner.waveform(sent, {options.seed, 0, 0, block});
    if (!eye) {
      const auto [low, high] = std::minmax_element(rows.begin(), rows.end());
      const double room = head_room * (static_cast<double>(*high) - *low);
      const signal::EyeGrid grid;
      eye.emplace(grid, *low + static_cast<float>(program.sampler_constant) - room,
                  (*high - *low + 2.0 * room) / grid.rows);
    }
    for (std::size_t r = 0; r < records; ++r) {
      for (std::size_t n = 0; n < record.samples.size(); ++n)
        record.samples[n] = rows[n * records + r] + static_cast<float>(program.sampler_constant);
      if (!feedback.empty()) feed_back(feedback, program.conditions.levels, sent, r, record);
      eye->add(record, 0.0);
    }
  }
  return eye->diagram();
}

}  // namespace

std::vector<EyeImage> sampler_eyes(const Segment& segment, const parts::Conditions& conditions,
                                   const SolvedSegment& solved, const BlockShape& shape,
                                   const CountOptions& options) {
  std::vector<EyeImage> eyes;
  const auto draw = [&](BlockShape::Output output, std::span<const double> feedback, const char* title,
                        std::string_view unit) {
    BlockShape own = shape;
    own.output = output;
    const BlockProgram program = compile_blocks(segment, conditions, solved, own);
    eyes.push_back(eye_image(accumulate(program, feedback, options), title, std::string(unit)));
  };
  draw(BlockShape::Output::waveform, {}, "Eye at the sampler", parts::domain_unit(parts::Domain::voltage));
  const bool sequences = !solved.detector_noise.empty();
  draw(BlockShape::Output::equalised,
       sequences ? std::span<const double>() : std::span<const double>(solved.equaliser.feedback),
       "Eye at the decision", "1");
  return eyes;
}

}  // namespace waverack::link
