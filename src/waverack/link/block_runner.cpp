#include "waverack/link/block_runner.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/dsp/batch_receiver.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

// Normal numbers are drawn for so many rows at a time, which stay in the nearest cache.
constexpr int rows_of_normals = 128;

}  // namespace

BlockRunner::BlockRunner(const BlockProgram& program)
    : program_(program),
      symbols_(program.shape.symbols),
      samples_(program.waveform_plan.size()),
      sampler_rows_(program.sampler_plan.size()),
      spectrum_(symbols_),
      neighbour_(symbols_),
      waveform_(samples_),
      low_(program.optical_field ? samples_ : 1),
      high_(program.optical_field ? samples_ : 1),
      scratch_(samples_),
      sampler_(sampler_rows_),
      sampler_slope_(sampler_rows_),
      value_(symbols_),
      value_slope_(symbols_),
      normals_(rows_of_normals),
      signs_(rows_of_normals),
      wander_(static_cast<int>(program.high_passes) + 1) {
  std::fill_n(wander_.data(), program.high_passes * records, 0.0f);
  if (program.trellis) detector_.emplace(*program.trellis, symbols_);
  if (program.clock) tracker_.emplace(*program.clock, symbols_, program.shape.guard);
  if (program.interleaving.differs()) converters_.emplace(program.interleaving, program.sampler_constant);
  for (const double level : signal::pam_levels(program.conditions.levels))
    targets_.push_back(static_cast<float>(level));
  if (program.adaptation)
    adaptive_.emplace(program.equaliser, program.equaliser_shape, *program.adaptation, targets_,
                      program.thresholds, symbols_);
}

Stream BlockRunner::stream(std::uint32_t source) const {
  Stream result = name_;
  result.source = source;
  return result;
}

std::span<const float> BlockRunner::values() const {
  return {value_.data(), static_cast<std::size_t>(symbols_) * records};
}

void BlockRunner::start(const Stream& name) {
  name_ = name;
  if (adaptive_) adaptive_->restart();
  if (tracker_) tracker_->start(name);
  if (converters_) converters_->draw(stream(program_.interleaving_source));
  const std::size_t n = program_.high_passes;
  std::fill_n(wander_.data(), n * records, 0.0f);
  if (n == 0) return;
  signal::fill_normal_fast(stream(program_.wander_source), std::span<float>(normals_.data(), n * records));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      for (std::size_t r = 0; r < records; ++r)
        wander_.data()[i * records + r] += program_.wander_root[i * n + j] * normals_.data()[j * records + r];
}

void BlockRunner::run(std::span<const std::uint8_t> sent, const Stream& name,
                      std::span<std::uint8_t> decisions, const EditNormals* edit) {
  edit_ = edit;
  send(sent, name);
  receive(sent, decisions);
}

std::span<const float> BlockRunner::waveform(std::span<const std::uint8_t> sent, const Stream& name) {
  send(sent, name);
  return {sampler_.data(), static_cast<std::size_t>(sampler_rows_) * records};
}

void BlockRunner::send(std::span<const std::uint8_t> sent, const Stream& name) {
  name_ = name;
  drive(sent);
  for (const BlockStep& step : program_.steps) std::visit(*this, step);
}

// The spectrum of the transmitted symbols.
void BlockRunner::drive(std::span<const std::uint8_t> sent) {
  float* out = spectrum_.data();
  signal::look_up_levels(program_.levels, sent, out);
  fft_forward(program_.symbol_plan, out);
  multiply_spectrum(program_.symbol_plan, program_.symbol_spectrum, out);
  add_noise(program_.symbol_noise, out);
}

// Rows of a source from `first` on.
void BlockRunner::draw(std::uint32_t source, std::size_t first, std::size_t rows, const float* scale) {
  const std::span<float> values(normals_.data(), rows * records);
  signal::fill_normal_fast(stream(source), values, first * records);
  if (edit_)
    (*edit_)(source, first, values, scale ? std::span(scale, values.size()) : std::span<const float>());
}

void BlockRunner::add_noise(const BinNoise& noise, float* data) {
  for (std::size_t first = 0; first < noise.rows.size(); first += rows_of_normals) {
    const std::size_t count = std::min<std::size_t>(rows_of_normals, noise.rows.size() - first);
    draw(noise.source, first, count);
    signal::add_to_rows(std::span(noise.rows).subspan(first, count),
                        std::span(noise.amplitude).subspan(first, count), normals_.data(), data);
  }
}

// Folded to the rows of `plan`, which has as many bins as the waveform or fewer.
void BlockRunner::add_crosstalk(const std::vector<CrosstalkInput>& inputs, const signal::FftPlan& plan,
                                float* data) {
  if (inputs.empty()) return;
  std::vector<std::int32_t> place(static_cast<std::size_t>(symbols_)), source;
  for (int p = 0; p < symbols_; ++p)
    place[static_cast<std::size_t>(program_.symbol_plan.bin_of_position()[p])] = p;
  for (const int bin : plan.bin_of_position())
    source.push_back(place[static_cast<std::size_t>(bin % symbols_)]);
  std::vector<std::uint8_t> symbols(static_cast<std::size_t>(symbols_) * records);
  for (const CrosstalkInput& input : inputs) {
    signal::fill_symbols(stream(input.source), static_cast<int>(input.levels.size()), symbols);
    signal::look_up_levels(input.levels, symbols, neighbour_.data());
    fft_forward(program_.symbol_plan, neighbour_.data());
    double phase = 0.0;
    fill_uniform(stream(input.source + 1), std::span<double>(&phase, 1));
    std::vector<std::complex<double>> folded(static_cast<std::size_t>(plan.size()));
    for (int bin = 0; bin < samples_; ++bin) {
      const int frequency = bin <= samples_ / 2 ? bin : bin - samples_;
      const double angle = -2.0 * std::numbers::pi * frequency * phase / symbols_;
      const std::complex<double> value =
          input.response[static_cast<std::size_t>(bin)] * std::polar(1.0, angle);
      // A record is real only if the uppermost bin of its spectrum is.
      folded[static_cast<std::size_t>(bin % plan.size())] += bin == samples_ / 2 ? value.real() : value;
    }
    std::vector<float> spectrum;
    for (const int bin : plan.bin_of_position()) {
      spectrum.push_back(static_cast<float>(folded[static_cast<std::size_t>(bin)].real()));
      spectrum.push_back(static_cast<float>(folded[static_cast<std::size_t>(bin)].imag()));
    }
    signal::add_spread_spectrum(source, spectrum, neighbour_.data(), data);
  }
}

void BlockRunner::operator()(const ToWaveform& step) {
  signal::spread_spectrum(step.source, step.spectrum, spectrum_.data(), waveform_.data());
  add_noise(step.noise, waveform_.data());
  add_crosstalk(step.crosstalk, program_.waveform_plan, waveform_.data());
  fft_inverse(program_.waveform_plan, waveform_.data());
}

void BlockRunner::operator()(const FilterWaveform& step) {
  fft_forward(program_.waveform_plan, waveform_.data());
  multiply_spectrum(program_.waveform_plan, step.spectrum, waveform_.data());
  add_noise(step.noise, waveform_.data());
  add_crosstalk(step.crosstalk, program_.waveform_plan, waveform_.data());
  fft_inverse(program_.waveform_plan, waveform_.data());
}

void BlockRunner::operator()(const ApplyLaw& step) {
  signal::apply_polynomial(step.law, static_cast<std::size_t>(samples_) * records, waveform_.data());
}

void BlockRunner::operator()(const ApplyPart& step) {
  const auto count = static_cast<std::size_t>(samples_);
  std::vector<float> in(count), out(count);
  std::vector<std::complex<float>> field(count);
  for (std::size_t r = 0; r < records; ++r) {
    for (std::size_t n = 0; n < count; ++n) in[n] = waveform_.data()[n * records + r];
    if (!step.to_field) {
      apply_of(*step.part, step.conditions, std::span<const float>(in), std::span<float>(out));
      for (std::size_t n = 0; n < count; ++n) waveform_.data()[n * records + r] = out[n];
      continue;
    }
    apply_of(*step.part, step.conditions, std::span<const float>(in), std::span<std::complex<float>>(field));
    float* target = (r < records / 2 ? low_ : high_).data() + r % (records / 2);
    for (std::size_t n = 0; n < count; ++n) {
      target[n * records] = field[n].real();
      target[n * records + records / 2] = field[n].imag();
    }
  }
}

void BlockRunner::operator()(const Modulate& step) {
  signal::modulate(step.re, step.im, samples_, waveform_.data(), low_.data(), high_.data());
}

void BlockRunner::operator()(const FieldNoise& step) {
  if (step.amplitude == 0.0f) {
    std::fill_n(scratch_.data(), static_cast<std::size_t>(samples_) * records, 0.0f);
    add_noise(step.coloured, scratch_.data());
    fft_inverse(program_.waveform_plan, scratch_.data());
    signal::scale_field(1.0f, samples_, scratch_.data(), records, low_.data());
    signal::scale_field(1.0f, samples_, scratch_.data() + records / 2, records, high_.data());
    return;
  }
  for (int n = 0; n < samples_; n += rows_of_normals) {
    const int count = std::min(rows_of_normals, samples_ - n);
    const std::size_t at = static_cast<std::size_t>(n) * records;
    if (edit_)  // what it changes is in proportion to the power
      signal::detect(count, low_.data() + at, high_.data() + at, scratch_.data());
    draw(step.source, static_cast<std::size_t>(n), static_cast<std::size_t>(count), scratch_.data());
    signal::scale_field(step.amplitude, count, normals_.data(), records, low_.data() + at);
    signal::scale_field(step.amplitude, count, normals_.data() + records / 2, records, high_.data() + at);
  }
}

void BlockRunner::operator()(const FilterField& step) {
  for (float* field : {low_.data(), high_.data()}) fft_filter(program_.waveform_plan, step.spectrum, field);
}

void BlockRunner::operator()(const Detect&) {
  signal::detect(samples_, low_.data(), high_.data(), waveform_.data());
}

void BlockRunner::operator()(const SignalNoise& step) {
  for (int n = 0; n < samples_; n += rows_of_normals) {
    const auto rows = static_cast<std::size_t>(std::min(rows_of_normals, samples_ - n));
    float* waveform = waveform_.data() + static_cast<std::size_t>(n) * records;
    if (edit_) {
      std::fill_n(normals_.data(), rows * records, 1.0f);
      std::copy_n(waveform, rows * records, scratch_.data());
      signal::add_signal_noise(step.square, step.linear, step.constant, rows * records, normals_.data(),
                               scratch_.data());
      for (std::size_t i = 0; i < rows * records; ++i) scratch_.data()[i] -= waveform[i];
    }
    draw(step.source, static_cast<std::size_t>(n), rows, scratch_.data());
    signal::add_signal_noise(step.square, step.linear, step.constant, rows * records, normals_.data(),
                             waveform);
  }
}

void BlockRunner::operator()(const Beat& step) {
  const std::size_t pairs = step.amplitudes.size();
  std::vector<double> uniform(pairs * records);
  fill_uniform(stream(step.source), uniform);
  std::vector<signal::Echo> echoes(pairs);
  for (std::size_t p = 0; p < pairs; ++p) {
    // Each pair delays by another number of symbols, far beyond the memory of the receiver.
    const int spacing = symbols_ / static_cast<int>(pairs + 1);
    echoes[p].delay = static_cast<int>(p + 1) * spacing * program_.shape.samples_per_symbol;
    for (std::size_t r = 0; r < records; ++r) {
      const double phase = 2.0 * std::numbers::pi * uniform[p * records + r];
      echoes[p].re[r] = step.amplitudes[p] * static_cast<float>(std::cos(phase));
      echoes[p].im[r] = step.amplitudes[p] * static_cast<float>(std::sin(phase));
    }
  }
  if (!step.on_field) {
    signal::add_power_beats(echoes, samples_, step.dark, waveform_.data(), scratch_.data());
    return;
  }
  signal::add_field_echoes(echoes, 0, samples_, low_.data(), scratch_.data());
  std::swap(low_, scratch_);
  signal::add_field_echoes(echoes, 1, samples_, high_.data(), scratch_.data());
  std::swap(high_, scratch_);
}

void BlockRunner::operator()(const AddNeighbours& step) {
  const std::size_t count = step.ratios.size();
  std::vector<signal::Echo> echoes(count);
  for (std::size_t i = 0; i < count; ++i) {
    // Half a symbol out of step, apart from each other within the block.
    const int spacing = symbols_ / static_cast<int>(count + 1);
    echoes[i].delay = static_cast<int>(i + 1) * spacing * program_.shape.samples_per_symbol +
                      program_.shape.samples_per_symbol / 2;
    echoes[i].re.fill(step.ratios[i]);
  }
  signal::add_power_echoes(echoes, samples_, step.mean, waveform_.data(), scratch_.data());
  std::swap(waveform_, scratch_);
}

// The states move over what is counted, which is where neighbouring blocks meet.
void BlockRunner::operator()(const SubtractWander& step) {
  float* data = step.at_sampler ? sampler_.data() : waveform_.data();
  const int rows_per_symbol = (step.at_sampler ? sampler_rows_ : samples_) / symbols_;
  const int guard = program_.shape.guard * rows_per_symbol,
            counted = program_.shape.counted() * rows_per_symbol;
  for (std::size_t i = 0; i < step.shares.size(); ++i) {
    float* state = wander_.data() + (step.first + i) * records;
    signal::high_pass(0.0f, step.mean, guard, state, data);
    signal::high_pass(step.shares[i], step.mean, counted, state,
                      data + static_cast<std::size_t>(guard) * records);
    signal::high_pass(0.0f, step.mean, guard, state,
                      data + static_cast<std::size_t>(guard + counted) * records);
  }
}

void BlockRunner::operator()(const ToSampler& step) {
  fft_forward(program_.waveform_plan, waveform_.data());
  signal::fold_spectrum(step.sources, step.spectrum, step.ratio, waveform_.data(), sampler_.data());
  add_noise(step.noise, sampler_.data());
  add_crosstalk(step.crosstalk, program_.sampler_plan, sampler_.data());
  fft_inverse(program_.sampler_plan, sampler_.data());
  if (step.slope_spectrum.empty()) return;
  signal::fold_spectrum(step.sources, step.slope_spectrum, step.ratio, waveform_.data(),
                        sampler_slope_.data());
  fft_inverse(program_.sampler_plan, sampler_slope_.data());
}

void BlockRunner::operator()(const SymbolsToSampler& step) {
  signal::spread_spectrum(step.source, step.spectrum, spectrum_.data(), sampler_.data());
  add_noise(step.noise, sampler_.data());
  add_crosstalk(step.crosstalk, program_.sampler_plan, sampler_.data());
  fft_inverse(program_.sampler_plan, sampler_.data());
  if (step.slope_spectrum.empty()) return;
  signal::spread_spectrum(step.source, step.slope_spectrum, spectrum_.data(), sampler_slope_.data());
  fft_inverse(program_.sampler_plan, sampler_slope_.data());
}

// The slope of the values by a small step in time, the same for all samples.
void BlockRunner::equalise_with_products(const dsp::NestedVolterra& equaliser) {
  dsp::equalise_rows(equaliser, symbols_, sampler_.data(), value_.data());
  if (!program_.has_jitter() && !tracker_) return;
  constexpr float step = 1.0f / 512.0f;  // [UI]
  const std::size_t count = static_cast<std::size_t>(sampler_rows_) * records;
  for (std::size_t i = 0; i < count; ++i)
    scratch_.data()[i] = sampler_.data()[i] + step * sampler_slope_.data()[i];
  dsp::equalise_rows(equaliser, symbols_, scratch_.data(), value_slope_.data());
  for (std::size_t i = 0; i < static_cast<std::size_t>(symbols_) * records; ++i)
    value_slope_.data()[i] = (value_slope_.data()[i] - value_.data()[i]) / step;
}

void BlockRunner::receive(std::span<const std::uint8_t> sent, std::span<std::uint8_t> decisions) {
  const dsp::EqualiserShape& shape = program_.equaliser_shape;
  const Converter& converter = program_.converter;
  if (converters_) converters_->convert(sampler_rows_, sampler_slope_.data(), sampler_.data());
  if (converter.full_scale > 0.0)
    dsp::clip_rows(static_cast<float>(converter.full_scale),
                   static_cast<std::size_t>(sampler_rows_) * records, sampler_.data());
  if (adaptive_)  // it adds its values to what is there
    std::fill_n(value_.data(), static_cast<std::size_t>(symbols_) * records, 0.0f);
  else if (program_.volterra)
    equalise_with_products(*program_.volterra);
  else
    dsp::equalise_rows(program_.equaliser, shape, symbols_, sampler_.data(), value_.data());
  if (program_.has_jitter() || tracker_) {
    if (!program_.volterra) {
      dsp::Equaliser without_bias = program_.equaliser;
      without_bias.bias = 0.0;
      dsp::equalise_rows(without_bias, shape, symbols_, sampler_slope_.data(), value_slope_.data());
    }
    for (int n = 0; program_.has_jitter() && n < symbols_; n += rows_of_normals) {
      const auto first = static_cast<std::size_t>(n);
      const auto rows = static_cast<std::size_t>(std::min(rows_of_normals, symbols_ - n));
      const std::size_t at = first * records;
      draw(program_.jitter_source, first, rows, value_slope_.data() + at);
      signal::fill_normal_fast(stream(program_.jitter_source + 1),
                               std::span<float>(signs_.data(), rows * records), at);
      dsp::displace_rows(program_.random_jitter, program_.dual_dirac_jitter, rows * records,
                         value_slope_.data() + at, normals_.data(), signs_.data(), value_.data() + at);
    }
    if (tracker_) tracker_->follow(name_, value_slope_.data(), value_.data());
  }
  if (adaptive_)
    adaptive_->run(sampler_.data(), sent.data(), program_.shape.guard, symbols_ - program_.shape.guard,
                   value_.data(), decisions.data());
  else if (detector_)
    detector_->detect(value_.data(), decisions.data());
  else if (program_.equaliser.feedback.empty())
    dsp::decide_rows(program_.thresholds, symbols_, value_.data(), decisions.data());
  else
    dsp::decide_with_feedback(program_.equaliser.feedback, targets_, program_.thresholds, symbols_,
                              sent.data(), value_.data(), decisions.data());
}

}  // namespace waverack::link
