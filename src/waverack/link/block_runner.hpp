#pragma once
// Runs a block program: 32 blocks of symbols in, their decisions out.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/dsp/adaptive_rows.hpp"
#include "waverack/dsp/mlse_rows.hpp"
#include "waverack/link/block_program.hpp"

namespace waverack::link {

// Changes normal numbers of one source before they are used: rows of 32 from row `first` on. `scale`: as many
// values in proportion to what a number changes, where that depends on the signal; else empty.
using EditNormals = std::function<void(std::uint32_t source, std::size_t first, std::span<float> normals,
                                       std::span<const float> scale)>;

// Holds the memory of one thread: about five batches of waveforms. The program must outlive it.
class BlockRunner {
 public:
  explicit BlockRunner(const BlockProgram& program);

  // Begins a stretch of consecutive blocks: 32 new records with clocks, converters and high-passes in states
  // of their own, and the taps of the program. `name` as in run().
  void start(const Stream& name);

  // `sent`: rows of 32 symbols. The decisions of the guard are there too, but not to be counted. `name` keys
  // the noise: seed, stretch (as lane) and block. The blocks of a stretch come in order.
  void run(std::span<const std::uint8_t> sent, const Stream& name, std::span<std::uint8_t> decisions,
           const EditNormals* edit = nullptr);

  // The same without a receiver: rows of 32 of what the last step gives (BlockShape::output).
  std::span<const float> waveform(std::span<const std::uint8_t> sent, const Stream& name);

  // The equalised values of the last run, rows of 32: symbol k of record r is values()[32·k + r].
  std::span<const float> values() const;

  // The steps of the program, for std::visit.
  void operator()(const ToWaveform&);
  void operator()(const FilterWaveform&);
  void operator()(const ApplyLaw&);
  void operator()(const ApplyPart&);
  void operator()(const Modulate&);
  void operator()(const FieldNoise&);
  void operator()(const FilterField&);
  void operator()(const Detect&);
  void operator()(const SignalNoise&);
  void operator()(const Beat&);
  void operator()(const AddNeighbours&);
  void operator()(const SubtractWander&);
  void operator()(const ToSampler&);
  void operator()(const SymbolsToSampler&);

 private:
  void send(std::span<const std::uint8_t> sent, const Stream& name);
  void drive(std::span<const std::uint8_t> sent);
  void equalise_with_products(const dsp::NestedVolterra&);
  void receive(std::span<const std::uint8_t> sent, std::span<std::uint8_t> decisions);
  void draw(std::uint32_t source, std::size_t first, std::size_t rows, const float* scale = nullptr);
  void add_noise(const BinNoise&, float* data);
  void add_crosstalk(const std::vector<CrosstalkInput>&, const signal::FftPlan&, float* data);
  Stream stream(std::uint32_t source) const;

  const BlockProgram& program_;
  Stream name_;
  const EditNormals* edit_ = nullptr;
  int symbols_, samples_, sampler_rows_;
  signal::BatchBuffer spectrum_, neighbour_, waveform_, low_, high_, scratch_, sampler_, sampler_slope_,
      value_, value_slope_;
  signal::BatchBuffer normals_, signs_, wander_;
  std::vector<float> targets_;
  std::optional<dsp::SequenceDetector> detector_;
  std::optional<ClockTracker> tracker_;
  std::optional<ConverterBank> converters_;
  std::optional<dsp::AdaptiveRows> adaptive_;
};

}  // namespace waverack::link
