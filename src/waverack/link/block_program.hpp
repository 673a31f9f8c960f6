#pragma once
// A solved segment compiled for the waveform solver: what is done with one batch of blocks of symbols.
//
// A block is one period of its own periodic signal, as every record of the house is, so each filter is one
// product of spectra over the whole block and nothing is lost at its ends. Neighbouring blocks share `guard`
// symbols on either side; the decisions there, which have seen the block's other end instead of its
// neighbour, are not counted: overlap-save over the whole chain at once. 32 blocks run side by side
// (signal/batch_kernels.hpp). (theory: waveform-solver, sections 1 to 3)

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "waverack/dsp/trellis.hpp"
#include "waverack/dsp/volterra_rows.hpp"
#include "waverack/link/clock_loop.hpp"
#include "waverack/link/interleaving.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/link/timing.hpp"
#include "waverack/signal/fft.hpp"
#include "waverack/signal/polynomial_law.hpp"

namespace waverack::link {

struct BlockShape {
  int symbols = 512;  // of one block, a power of two
  int guard = 32;     // at either end, not counted
  int samples_per_symbol = 8;
  // What the last step gives: the samples of the equaliser; or all samples_per_symbol, the decision of symbol
  // 0 at row 0, before the converter or, without one, behind the forward taps.
  enum class Output { samples, waveform, equalised } output = Output::samples;
  int counted() const { return symbols - 2 * guard; }
};

// Gaussian noise added to the bins of a spectrum: standard deviation of the real and of the imaginary part of
// each of `rows`.
struct BinNoise {
  std::uint32_t source = 0;  // its random stream
  std::vector<std::int32_t> rows;
  std::vector<float> amplitude;
};

// Symbols of an aggressor, which add to a spectrum at a phase that is drawn for each block.
struct CrosstalkInput {
  std::uint32_t source = 0;  // its symbols; the next one is that of the phase
  std::vector<float> levels;
  std::vector<std::complex<double>> response;  // of a symbol of 1 V at each bin of the waveform, scaled
};

// The steps. Spectra are pairs (re, im) in the order of the plan and hold the scale of the transforms.
// Records are real until Modulate, two complex batches until Detect, and real again.
struct ToWaveform {  // spectrum of the symbols → waveform
  std::vector<std::int32_t> source;
  std::vector<float> spectrum;
  BinNoise noise;
  std::vector<CrosstalkInput> crosstalk;
};
struct FilterWaveform {
  std::vector<float> spectrum;
  BinNoise noise;
  std::vector<CrosstalkInput> crosstalk;
};
struct ApplyLaw {
  signal::PolynomialLaw law;
};
struct ApplyPart {  // a part with memory of its own, voltage → field or real → real
  const parts::AnyPart* part = nullptr;
  parts::Conditions conditions;  // at its place
  bool to_field = false;
};
struct Modulate {
  signal::PolynomialLaw re, im;
};
struct FieldNoise {  // relative intensity noise: field times 1 + r/2
  std::uint32_t source = 0;
  float amplitude = 0.0f;  // rms of r/2 at a sample where r is white
  BinNoise coloured;       // spectrum of r/2 otherwise
};
struct FilterField {
  std::vector<float> spectrum;
};
struct Detect {};     // field → power
struct SignalNoise {  // variance square·x² + linear·x + constant
  std::uint32_t source = 0;
  float square = 0.0f, linear = 0.0f, constant = 0.0f;
};
// Doubly reflected light that beats with the signal: the field of other symbols of the same block, at a
// phase that is drawn for each block and pair.
struct Beat {
  std::uint32_t source = 0;
  std::vector<float> amplitudes;  // ρ of each pair
  bool on_field = true;  // else on the power or the current, where light has neither phase nor dispersion
  float dark = 0.0f;     // value at no light
};
struct AddNeighbours {  // light of other wavelengths, with the symbols of elsewhere in the block
  std::vector<float> ratios;
  float mean = 0.0f;  // of the lane's light; the receiver takes out that of its neighbours as it does its own
};
struct SubtractWander {       // high-passes, whose states live from block to block
  bool at_sampler = false;    // of the samples of the equaliser, else of the waveform
  float mean = 0.0f;          // of the record without wander
  std::size_t first = 0;      // of its states
  std::vector<float> shares;  // of one row in the state of each: 1 − exp(−2πf_c·Δt)
};
struct ToSampler {  // waveform → samples, and their slope against time where it is needed
  int ratio = 8;    // rows of a fine spectrum in each row of the result
  std::vector<std::int32_t> sources;
  std::vector<float> spectrum, slope_spectrum;
  BinNoise noise;
  std::vector<CrosstalkInput> crosstalk;
};
struct SymbolsToSampler {  // the same for a segment without nonlinear parts
  std::vector<std::int32_t> source;
  std::vector<float> spectrum, slope_spectrum;
  BinNoise noise;
  std::vector<CrosstalkInput> crosstalk;
};
using BlockStep =
    std::variant<ToWaveform, FilterWaveform, ApplyLaw, ApplyPart, Modulate, FieldNoise, FilterField, Detect,
                 SignalNoise, Beat, AddNeighbours, SubtractWander, ToSampler, SymbolsToSampler>;

struct BlockProgram {
  BlockShape shape;
  parts::Conditions conditions;
  bool inner_coded = false, precoded = false;  // as Segment's
  signal::FftPlan symbol_plan{2}, waveform_plan{2}, sampler_plan{2};
  std::vector<float> levels;           // voltage of each symbol
  std::vector<float> symbol_spectrum;  // the transmitter's FIR
  BinNoise symbol_noise;               // of the transmitter, one value for each symbol
  std::vector<BlockStep> steps;
  // State i of the n high-passes at the beginning of a stretch is Σ_j wander_root[i·n + j]·g_j, g normal.
  std::vector<float> wander_root;
  std::uint32_t wander_source = 0;
  std::size_t high_passes = 0;  // n
  bool optical_field = false;   // whether complex batches are needed

  // The receiver.
  dsp::EqualiserShape equaliser_shape;
  dsp::Equaliser equaliser;
  std::vector<float> thresholds;
  std::optional<dsp::NestedVolterra> volterra;  // with products of samples, in place of `equaliser`
  std::optional<dsp::LmsRule> adaptation;       // of taps that follow the decisions
  std::optional<dsp::Trellis> trellis;  // of a detector of sequences, in place of thresholds and feedback
  // What reliabilities of bits are computed with (soft_output.hpp): the trellis of the detector, or the mean
  // of each level where symbols are decided one by one; the mean square around it.
  dsp::Trellis expected;
  double expected_variance = 0.0;
  Converter converter;
  float random_jitter = 0.0f, dual_dirac_jitter = 0.0f;  // [UI]
  std::uint32_t jitter_source = 0;                       // and the next one, for the signs
  bool has_jitter() const { return random_jitter > 0.0f || dual_dirac_jitter > 0.0f; }
  std::optional<ClockLoop> clock;  // none where the clock does not move: the sampling phase is then fixed
  Interleaving interleaving;
  double sampler_constant = 0.0;  // what the samples lack [V]
  std::uint32_t interleaving_source = 0;
  bool needs_slope() const { return has_jitter() || clock || interleaving.skew > 0.0; }
};

// Compiles `segment` with the equaliser, sampling phase, thresholds, gain control and working points of
// `solved`, which must be its solution at shape.samples_per_symbol. Throws Error where the chain has what
// this solver cannot run: noise on a field other than RIN, a law that is not smooth, a clock recovery too
// fast for it (clock_loop.hpp).
BlockProgram compile_blocks(const Segment& segment, const parts::Conditions& conditions,
                            const SolvedSegment& solved, const BlockShape& shape);

// Solves a segment for one period of `symbols` and compiles it.
struct SolvedBlocks {
  SolvedSegment solved;
  BlockProgram program;
};
SolvedBlocks solve_blocks(const Segment& segment, const parts::Conditions& conditions,
                          std::span<const std::uint8_t> symbols, int samples_per_symbol);

}  // namespace waverack::link
