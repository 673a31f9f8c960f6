#include "waverack/link/coherent_run.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <optional>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/coherent_receiver.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/frame_builder.hpp"
#include "waverack/coherent/line_propagation.hpp"
#include "waverack/coherent/overlapped_windows.hpp"
#include "waverack/coherent/pulse.hpp"
#include "waverack/coherent/signal_quality.hpp"
#include "waverack/link/clocked_sampler.hpp"
#include "waverack/link/coherent_decoding.hpp"
#include "waverack/link/laser_phase.hpp"

namespace waverack::link {
namespace {

using coherent::batch_records;
using ComplexSamples = std::vector<std::complex<float>>;

constexpr int run_samples_per_symbol = 4;
// What filters of parts and pulses remember, to either side.
constexpr int pulse_symbols = 96;
// Behind them the equaliser has settled: these are not judged.
constexpr std::int64_t settling_symbols = 4096;
// The frame's symbol 0 lies this many symbols behind the first sample.
constexpr std::int64_t before_frame = 2048;
constexpr std::uint32_t line_source = 4096;  // beyond those of the parts
constexpr std::uint32_t neighbour_source = 0x4e454900;
constexpr std::uint32_t laser_source = 0x4c415300;
constexpr std::size_t shown_symbols = 3000;
constexpr double lowest_shown_db = -60.0;  // of spectra, below their peak

// Three quarters of a window or more are new light.
int window_size(int guard) {
  int size = 8192;
  while (size < 8 * guard) size *= 2;
  return size;
}

// Mean power density of the x polarisation of a batch's first record, in bins over ±the symbol rate, in dB
// over the largest, no less than lowest_shown_db.
std::vector<double> spectrum_of(const coherent::DualBatch& batch, double symbol_rate,
                                std::vector<double>& frequency) {
  constexpr int bins = 240;
  ComplexSamples record(static_cast<std::size_t>(batch.size));
  get_record(batch, 0, 0, record);
  std::vector<std::complex<double>> values(record.begin(), record.end());
  signal::fft(values, false);
  std::vector<double> density(bins);
  std::vector<int> counts(bins);
  for (int k = 0; k < batch.size; ++k) {
    const double f = (k < batch.size / 2 ? k : k - batch.size) * batch.sample_rate / batch.size;
    const int bin = static_cast<int>(std::floor((f / symbol_rate + 1.0) / 2.0 * bins));
    if (bin < 0 || bin >= bins) continue;
    density[static_cast<std::size_t>(bin)] += std::norm(values[static_cast<std::size_t>(k)]);
    ++counts[static_cast<std::size_t>(bin)];
  }
  double largest = 0.0;
  for (int i = 0; i < bins; ++i) {
    const auto n = static_cast<std::size_t>(i);
    density[n] /= std::max(1, counts[n]);
    largest = std::max(largest, density[n]);
  }
  frequency.clear();
  for (int i = 0; i < bins; ++i) {
    frequency.push_back(((i + 0.5) / bins * 2.0 - 1.0) * symbol_rate);
    density[static_cast<std::size_t>(i)] =
        std::max(lowest_shown_db, to_db(density[static_cast<std::size_t>(i)] / largest));
  }
  return density;
}

class WindowRunner {
 public:
  WindowRunner(const CoherentPlan& plan, const CoherentRunOptions& options)
      : plan_(plan),
        options_(options),
        sample_rate_(run_samples_per_symbol * plan.conditions.symbol_rate),
        windows_(windows_of(plan, sample_rate_)),
        batch_(windows_.size, sample_rate_),
        sampler_x_(adc_step(plan, ideal("coherent_receiver"))),
        sampler_y_(adc_step(plan, ideal("coherent_receiver"))) {
    prepare_lasers();
    for (const CoherentElement& element : plan.transmitter) transmitter_.push_back(action_of(element));
    for (const CoherentElement& element : plan.receiver) receiver_.push_back(action_of(element));
    coherent::PropagationOptions settings;
    settings.seed = options.seed;
    settings.source = line_source;
    settings.noise = !ideal("line");
    settings.nonlinear = !options.linear_fibre;
    line_ = std::make_unique<coherent::LinePropagation>(plan.line, batch_.plan, sample_rate_, settings);
  }

  // Light of the next windows, through everything up to the converters; draws the first spectra.
  void next(ComplexSamples& x, ComplexSamples& y, CoherentPictures& pictures) {
    coherent::place(windows_, turn_++, batch_);
    const int count = batch_.size / run_samples_per_symbol;
    coherent::DualSymbols symbols;
    for (int r = 0; r < batch_records; ++r) {
      const auto n = static_cast<std::size_t>(r);
      symbols.x[n].resize(static_cast<std::size_t>(count));
      symbols.y[n].resize(static_cast<std::size_t>(count));
      coherent::frame_symbols(plan_.frame, options_.seed, batch_.first[n] / run_samples_per_symbol,
                              symbols.x[n], symbols.y[n]);
    }
    coherent::shape_pulses(batch_, symbols, plan_.sends().roll_off, 2.0);
    for (const parts::DualAction& action : transmitter_) action(batch_);
    const bool first = pictures.frequency.empty();
    if (first) pictures.transmitted = spectrum_of(batch_, plan_.conditions.symbol_rate, pictures.frequency);
    line_->apply(batch_);
    if (options_.neighbours > 0.0)
      add_noise(batch_, 0.25 * options_.neighbours * plan_.received_power * run_samples_per_symbol,
                options_.seed, neighbour_source);
    if (first) pictures.received = spectrum_of(batch_, plan_.conditions.symbol_rate, pictures.frequency);
    for (const parts::DualAction& action : receiver_) action(batch_);
    ComplexSamples record(static_cast<std::size_t>(batch_.size));
    for (int r = 0; r < batch_records; ++r) {
      const auto window = std::span<const std::complex<float>>(record).subspan(
          static_cast<std::size_t>(windows_.guard), static_cast<std::size_t>(windows_.valid()));
      get_record(batch_, r, 0, record);
      sampler_x_.push(window, x);
      get_record(batch_, r, 1, record);
      sampler_y_.push(window, y);
    }
  }

  int steps() const { return line_->steps(); }
  double output_rate() const { return 2.0 * plan_.conditions.symbol_rate; }

 private:
  bool ideal(const std::string& name) const {
    return std::find(options_.ideal.begin(), options_.ideal.end(), name) != options_.ideal.end();
  }

  static coherent::OverlappedWindows windows_of(const CoherentPlan& plan, double sample_rate) {
    const double memory = coherent::line_memory(plan.line, 1.3 * plan.conditions.symbol_rate);
    const int samples =
        static_cast<int>(std::ceil(memory * sample_rate)) + pulse_symbols * run_samples_per_symbol;
    // A whole number of symbols.
    const int guard =
        (samples + run_samples_per_symbol - 1) / run_samples_per_symbol * run_samples_per_symbol;
    return {window_size(guard), guard, -before_frame * run_samples_per_symbol};
  }

  // Samples of the model for each of the ADCs': both clocks are off, each its own way.
  static double adc_step(const CoherentPlan& plan, bool ideal) {
    const double offset = ideal ? 0.0 : 2.0 * plan.sends().clock_offset;
    return run_samples_per_symbol / 2.0 * (1.0 + offset);
  }

  // One end's laser and the other's are independent; their offsets lie to either side of the channel.
  void prepare_lasers() {
    if (ideal("light")) return;
    const parts::Light& light = plan_.conditions.light;
    const parts::Light& oscillator = plan_.conditions.local_oscillator;
    const auto make = [&](const parts::Light& laser, double offset, std::uint32_t source) {
      return std::make_shared<LaserPhase>(LaserPhase::Settings{laser.linewidth, plan_.laser_noise_corner,
                                                               offset, sample_rate_, options_.seed, source});
    };
    transmit_ = make(light, plan_.laser_offset, laser_source);
    oscillator_ = make(oscillator, -plan_.laser_offset, laser_source + 2);
  }

  parts::DualAction action_of(const CoherentElement& element) const {
    parts::DualContext context;
    context.plan = &batch_.plan;
    context.sample_rate = sample_rate_;
    context.seed = options_.seed;
    context.source = element.source;
    context.behind = plan_.transmit_response;
    context.ideal = ideal(element.instance->name);
    if (transmit_) {
      context.transmit_phase = [laser = transmit_](std::int64_t first, std::span<float> phase) {
        laser->fill(first, phase);
      };
      context.oscillator_phase = [laser = oscillator_](std::int64_t first, std::span<float> phase) {
        laser->fill(first, phase);
      };
    }
    return parts::action_of(element.instance->part, element.conditions, context);
  }

  const CoherentPlan& plan_;
  const CoherentRunOptions& options_;
  double sample_rate_;
  coherent::OverlappedWindows windows_;
  coherent::DualBatch batch_;
  ClockedSampler sampler_x_, sampler_y_;
  std::int64_t turn_ = 0;  // of the next batch
  std::shared_ptr<LaserPhase> transmit_, oscillator_;
  std::vector<parts::DualAction> transmitter_, receiver_;
  std::unique_ptr<coherent::LinePropagation> line_;
};

coherent::ReceiverSettings settings_of(const CoherentPlan& plan, double sample_rate) {
  const parts::CoherentReceiver& receiver = plan.receives();
  coherent::ReceiverSettings settings;
  settings.sample_rate = sample_rate;
  settings.symbol_rate = plan.conditions.symbol_rate;
  settings.roll_off = plan.sends().roll_off;
  settings.dispersion = total_dispersion(plan.line);
  settings.taps = receiver.equaliser_taps;
  settings.equaliser_step = receiver.adaptation_step;
  settings.carrier.search.format = plan.format;
  settings.carrier.search.phases = receiver.phases;
  settings.carrier.search.half_window = std::max(1, receiver.phase_window / 2);
  settings.frame = plan.frame;
  return settings;
}

// Symbols received against those sent.
class Judge {
 public:
  Judge(const CoherentPlan& plan, const CoherentRunOptions& options) : plan_(plan), seed_(options.seed) {
    if (options.decode)
      decoding_.emplace(plan.frame, plan.receives().soft_sweeps, plan.receives().hard_sweeps);
  }

  void add(const coherent::ReceivedSymbols& received) {
    const std::size_t count = received.x.size();
    std::vector<std::uint8_t> x(count), y(count);
    // Behind a lost frame another one starts; what there was of the last is no whole one.
    if (received.first != next_) clear_payload();
    next_ = received.first + static_cast<std::int64_t>(count);
    if (!frame_known_) find_frame(received);
    coherent::frame_labels(plan_.frame, seed_, received.first + frame_offset_, x, y);
    if (decoding_) decode(received, x, y);
    for (std::size_t i = 0; i < count; ++i) {
      if (received.first + static_cast<std::int64_t>(i) < settling_symbols) continue;
      if (x[i] == coherent::no_label) continue;
      received_x_.push_back(received.x[i]);
      received_y_.push_back(received.y[i]);
      labels_x_.push_back(x[i]);
      labels_y_.push_back(y[i]);
    }
    if (received_x_.size() >= group) close_group();
  }

  // The receiver counts from the first super-frame that it met. Which of those sent that was shows in its
  // payload, which differs from frame to frame: half of the decisions are right for the one, no more than one
  // in four for the others. Symbols of which nothing can be recognised leave the question to the next ones.
  void find_frame(const coherent::ReceivedSymbols& received) {
    const auto period = static_cast<std::int64_t>(plan_.frame.layout.symbols());
    std::vector<std::uint8_t> decided(received.x.size()), x(decided.size()), y(decided.size());
    coherent::decide(plan_.format, received.x, decided);
    std::size_t most = 0;
    for (std::int64_t k = 0; k < frames_before_start; ++k) {
      coherent::frame_labels(plan_.frame, seed_, received.first + k * period, x, y);
      std::size_t right = 0, payload = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (x[i] == coherent::no_label) continue;
        ++payload;
        right += x[i] == decided[i];
      }
      if (right < most) continue;
      most = right;
      frame_offset_ = k * period;
      frame_known_ = 2 * right > payload && payload >= least_payload;
    }
  }

  // Payload of whole super-frames goes to the decoder; the stream begins with one.
  void decode(const coherent::ReceivedSymbols& received, const std::vector<std::uint8_t>& x,
              const std::vector<std::uint8_t>& y) {
    for (std::size_t i = 0; i < received.x.size(); ++i) {
      if (x[i] == coherent::no_label) continue;
      payload_x_.push_back(received.x[i]);
      payload_y_.push_back(received.y[i]);
      payload_labels_x_.push_back(x[i]);
      payload_labels_y_.push_back(y[i]);
      if (payload_x_.size() < static_cast<std::size_t>(plan_.frame.payload_symbols)) continue;
      decoding_->push(payload_x_, payload_y_, payload_labels_x_, payload_labels_y_);
      clear_payload();
    }
  }

  void clear_payload() {
    payload_x_.clear();
    payload_y_.clear();
    payload_labels_x_.clear();
    payload_labels_y_.clear();
  }

  void close_group() {
    if (received_x_.size() < 2) return;
    const coherent::SignalQuality x = coherent::measure_quality(plan_.format, received_x_, labels_x_);
    const coherent::SignalQuality y = coherent::measure_quality(plan_.format, received_y_, labels_y_);
    x_ = groups_ == 0 ? x : coherent::both(plan_.format, x_, x);
    y_ = groups_ == 0 ? y : coherent::both(plan_.format, y_, y);
    const std::size_t shown = std::min(shown_symbols, received_x_.size());
    last_x.assign(received_x_.end() - static_cast<std::ptrdiff_t>(shown), received_x_.end());
    last_y.assign(received_y_.end() - static_cast<std::ptrdiff_t>(shown), received_y_.end());
    for (std::complex<float>& value : last_x) value /= std::complex<float>(x.gain);
    for (std::complex<float>& value : last_y) value /= std::complex<float>(y.gain);
    judged_ += received_x_.size();
    received_x_.clear();
    received_y_.clear();
    labels_x_.clear();
    labels_y_.clear();
    ++groups_;
  }

  void finish(CoherentSimulation& result) {
    close_group();
    result.symbols = judged_;
    if (decoding_) {
      result.decoded_bits = decoding_->bits();
      result.decoded_errors = decoding_->errors();
    }
    if (judged_ == 0) return;
    const coherent::SignalQuality all = coherent::both(plan_.format, x_, y_);
    result.snr_db = to_db(all.snr);
    result.snr_x_db = to_db(x_.snr);
    result.snr_y_db = to_db(y_.snr);
    result.evm = all.evm;
    result.bits = static_cast<std::uint64_t>(all.bits);
    result.bit_errors = static_cast<std::uint64_t>(all.bit_errors);
    result.ber_pre_fec = all.ber;
    result.ber_low = all.ber_low;
    result.ber_high = all.ber_high;
    result.gmi = all.gmi;
    result.ngmi = all.ngmi;
  }

  std::uint64_t seen() const { return judged_ + received_x_.size(); }

  ComplexSamples last_x, last_y;

 private:
  static constexpr std::int64_t frames_before_start = 4;
  static constexpr std::size_t least_payload = 256;  // to be sure of a frame
  // Judged together: the gain of the receiver holds over so many symbols.
  static constexpr std::size_t group = 32768;

  const CoherentPlan& plan_;
  std::uint64_t seed_;
  std::int64_t frame_offset_ = 0;  // of the receiver's count against the sent one
  bool frame_known_ = false;       // whether it is sure
  std::int64_t next_ = 0;          // symbol, if no frame is lost
  std::optional<CoherentDecoding> decoding_;
  ComplexSamples payload_x_, payload_y_;
  std::vector<std::uint8_t> payload_labels_x_, payload_labels_y_;
  ComplexSamples received_x_, received_y_;
  std::vector<std::uint8_t> labels_x_, labels_y_;
  coherent::SignalQuality x_, y_;
  std::uint64_t judged_ = 0;
  int groups_ = 0;
};

}  // namespace

CoherentRun run_coherent(const CoherentPlan& plan, const CoherentRunOptions& options) {
  WindowRunner runner(plan, options);
  coherent::CoherentReceiver receiver(settings_of(plan, runner.output_rate()));
  Judge judge(plan, options);
  CoherentRun run;
  // No frame in three super-frames: there never will be one.
  const std::int64_t patience = 3 * static_cast<std::int64_t>(plan.frame.layout.symbols());
  std::int64_t sent = 0;  // since the last symbol received
  coherent::ReceivedSymbols received;
  while (judge.seen() < options.symbols) {
    if (options.stop.stop_requested()) {
      run.interrupted = run.result.interrupted = true;
      break;
    }
    ComplexSamples x, y;
    runner.next(x, y, run.pictures);
    sent += static_cast<std::int64_t>(x.size()) / 2;
    receiver.push(x, y);
    while (receiver.pull(received)) {
      judge.add(received);
      sent = 0;
    }
    if (sent > patience) break;
  }
  judge.finish(run.result);
  const coherent::ReceiverReport report = receiver.report();
  run.result.aligned = run.result.symbols > 0;
  run.result.frame_losses = static_cast<std::uint64_t>(report.losses);
  run.result.frequency_offset_hz = report.frequency_offset;
  run.result.clock_offset_ppm = report.clock_ppm;
  run.result.cycle_slips = static_cast<std::uint64_t>(report.cycle_slips);
  run.result.steps = runner.steps();
  if (options.neighbours > 0.0) run.result.neighbours_as_noise_snr_db = -to_db(options.neighbours);
  run.pictures.received_x = std::move(judge.last_x);
  run.pictures.received_y = std::move(judge.last_y);
  for (int output = 0; output < 2; ++output)
    for (int input = 0; input < 2; ++input)
      for (int i = 0; i < report.taps.count; ++i)
        run.pictures.tap_magnitude[2 * output + input].push_back(
            static_cast<double>(std::abs(report.taps.get(output, input, i))));
  return run;
}

}  // namespace waverack::link
