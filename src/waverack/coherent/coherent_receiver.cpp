#include "waverack/coherent/coherent_receiver.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/dispersion_filter.hpp"
#include "waverack/coherent/frame_watch.hpp"
#include "waverack/coherent/frequency_offset.hpp"
#include "waverack/coherent/training_start.hpp"

namespace waverack::coherent {
namespace {

constexpr std::size_t survey = 65536;  // samples from which the middle of the spectrum is found
constexpr std::size_t receiver_block = CarrierPhase::block;
constexpr std::size_t blind_symbols = 32768;  // of a start without a frame
constexpr double frequency_gain = 0.02;       // per block
constexpr double forget = 0.02;               // of the error power, per block
constexpr std::size_t push_piece = 32768;     // samples of a push that are taken at once

const ReceiverSettings& checked_receiver(const ReceiverSettings& s) {
  if (!(s.symbol_rate > 0.0)) throw Error("the receiver needs a symbol rate above 0");
  if (!(s.sample_rate >= 1.5 * s.symbol_rate && s.sample_rate <= 4.0 * s.symbol_rate))
    throw Error("the receiver takes 1.5 to 4 samples per symbol");
  if (!(s.roll_off >= 0.02 && s.roll_off <= 1.0))
    throw Error("the receiver needs a roll-off between 0.02 and 1");
  if (s.taps % 2 == 0 || s.taps < 5 || s.taps > 31)
    throw Error("the equaliser has 5 to 31 taps, an odd number");
  return s;
}

FrontEndSettings front_end(const ReceiverSettings& s) {
  return {.sample_rate = s.sample_rate,
          .delays = s.branch_delays,
          .orthogonalisation = s.orthogonalisation,
          .window = survey};
}

PilotPattern pilot_pattern(const Frame& frame) {
  PilotPattern pattern{.spacing = frame.layout.pilot_spacing, .x = {}, .y = {}, .search_scale = {}};
  const auto spacing = static_cast<std::size_t>(pattern.spacing);
  if (spacing == 0 || frame.roles.size() % spacing != 0)
    throw Error("the pilots of the frame do not lie on a raster");
  for (std::size_t k = 0; k < frame.roles.size(); k += spacing) {
    if (frame.known_x[k] == Sample() || frame.known_y[k] == Sample())
      throw Error("the frame does not know one of its pilots");
    pattern.x.push_back(frame.known_x[k]);
    pattern.y.push_back(frame.known_y[k]);
  }
  // What is no payload is QPSK, in 8QAM between its rings: it goes to the inner one, whose directions it has.
  if (frame.layout.format == Format::qam8) {
    const auto scale =
        static_cast<float>(constellation(Format::qam8).radii.front()) / std::abs(frame.known_x.front());
    for (const Role role : frame.roles) pattern.search_scale.push_back(role == Role::payload ? 1.0f : scale);
  }
  return pattern;
}

}  // namespace

struct CoherentReceiver::State {
  explicit State(const ReceiverSettings& s) : settings(checked_receiver(s)), front(front_end(s)) {
    report.dispersion = s.dispersion;
    if (s.frame) pattern = pilot_pattern(*s.frame);
    CarrierPhase(s.carrier, pattern);  // so that its settings are checked before the first sample
  }

  void push(std::span<const Sample> x, std::span<const Sample> y) {
    front.push(x, y, corrected);
    if (!dispersion) {
      if (corrected.size() < survey) return;
      begin();
    }
    taken += static_cast<double>(corrected.size());
    dispersion->push(corrected.x, corrected.y, compensated);
    corrected.clear();
    timing->push(compensated.x, compensated.y, sampled);
    compensated.clear();
    if (report.state == ReceiverState::acquiring) acquire();
    if (report.state == ReceiverState::receiving) receive();
    if (report.state == ReceiverState::receiving && watch.lost()) {
      ++report.losses;
      restart();
    }
  }

  // All that was learnt of the signal is forgotten: another carrier, clock, polarisation or fibre may come.
  void restart() {
    report.state = ReceiverState::acquiring;
    if (phase) report.cycle_slips += phase->cycle_slips();
    dispersion.reset();
    timing.reset();
    shift.reset();
    phase.reset();
    sampled.clear();
    planes = SymbolPlanes();
    equalised = done = place = 0;
    gains = {1.0f, 1.0f};
    gains_of_blocks.clear();
    gain_blocks = 0.0;
    watch = FrameWatch();
  }

  // Where the spectrum lies, and with it the matched filter.
  void begin() {
    const double centre = spectral_centre(corrected.x, corrected.y, settings.sample_rate);
    if (settings.estimate_dispersion)
      report.dispersion =
          estimate_dispersion(corrected.x, corrected.y, settings.sample_rate, settings.symbol_rate,
                              settings.roll_off, -settings.dispersion_range, settings.dispersion_range)
              .dispersion;
    dispersion.emplace(DispersionFilterSettings{.sample_rate = settings.sample_rate,
                                                .dispersion = report.dispersion,
                                                .symbol_rate = settings.symbol_rate,
                                                .roll_off = settings.roll_off,
                                                .centre_frequency = centre});
    centre_turns = centre / settings.symbol_rate;
    timing.emplace(TimingSettings{.samples_per_symbol = settings.sample_rate / settings.symbol_rate,
                                  .roll_off = settings.roll_off,
                                  .centre = centre_turns});
  }

  void acquire() {
    const auto window = static_cast<std::size_t>(settings.taps);
    if (settings.frame) {
      const auto& layout = settings.frame->layout;
      const std::size_t period = settings.frame->roles.size();
      const std::size_t needed =
          2 * (period + static_cast<std::size_t>(layout.sub_frame_symbols) + window + 64);
      if (sampled.size() < std::max<std::size_t>(needed, 16384)) return;
      const TrainingStart start = start_from_frame(sampled, *settings.frame, centre_turns, settings.taps);
      ++report.attempts;
      report.alignment_strength = start.strength;
      report.start_residual = start.residual;
      if (!start.found) return restart();
      // A frame that started before the buffer did: the next one.
      const std::int64_t first =
          start.first < 0 ? start.first + static_cast<std::int64_t>(period) : start.first;
      begin_receiving(start.taps, start.frequency, start.power, static_cast<std::size_t>(first));
      count_from(taken * settings.symbol_rate / settings.sample_rate -
                 (0.5 * static_cast<double>(sampled.size()) - static_cast<double>(first)));
      return;
    }
    if (sampled.size() < 2 * (blind_symbols + window)) return;
    start_blind();
  }

  // Symbols from here on count from the first super-frame ever found. `symbols` have gone by since the first
  // sample, right within the delay of the filters and the error of the clock, far less than a super-frame.
  void count_from(double symbols) {
    if (report.losses == 0) first_frame = symbols;
    const auto period = static_cast<std::int64_t>(settings.frame->roles.size());
    const std::int64_t frames = std::llround((symbols - first_frame) / static_cast<double>(period));
    if (!ready.back().x.empty()) ready.emplace_back();
    ready.back().first = frames * period;
  }

  // Constant modulus, then the rings; the frequency from the fourth power of what comes out.
  void start_blind() {
    SymbolPlanes in;
    in.push(sampled.x, sampled.y);
    double power = 0.0;
    for (const Sample s : sampled.x) power += static_cast<double>(std::norm(s));
    for (const Sample s : sampled.y) power += static_cast<double>(std::norm(s));
    power /= 2.0 * static_cast<double>(sampled.size());
    ButterflyTaps start(settings.taps);
    const auto unit = static_cast<float>(std::sqrt(0.5 / power));
    start.set(0, 0, settings.taps / 2, unit);
    start.set(1, 1, settings.taps / 2, unit);
    const std::size_t count = in.symbols() - static_cast<std::size_t>(settings.taps);
    const Format format = settings.carrier.search.format;
    for (int pass = 0; pass < 4; ++pass) {
      const bool last = pass == 3;
      adapt_blind(start, in, 0, count, format,
                  last ? BlindRule::radius_directed : BlindRule::constant_modulus, last ? 0.01 : 0.02, power);
      if (!last && coherent::independence(start) < singular) {
        repair_singularity(start);
        ++report.singularities;
      }
    }
    SymbolParts parts;
    equalise(start, in, 0, count, parts);
    std::vector<Sample> x(count), y(count);
    for (std::size_t k = 0; k < count; ++k) {
      x[k] = {parts[0][k], parts[1][k]};
      y[k] = {parts[2][k], parts[3][k]};
    }
    begin_receiving(start, fourth_power_offset(x, y, 1.0), power, 0);
  }

  void begin_receiving(const ButterflyTaps& start, double frequency, double power, std::size_t first) {
    taps = start;
    input_power = power;
    shift.emplace(2.0, frequency);
    phase.emplace(settings.carrier, pattern);
    // Turned from the start of the buffer on, as the taps have been found.
    pending_skip = first;
    report.frame_residual = report.training_residual = report.start_residual;
    if (settings.frame) watch = FrameWatch(settings.frame->layout, report.start_residual);
    report.state = ReceiverState::receiving;
  }

  void receive() {
    const std::size_t even = sampled.size() / 2 * 2;
    shift->apply({sampled.x.data(), even}, {sampled.y.data(), even});
    planes.push({sampled.x.data(), even}, {sampled.y.data(), even});
    sampled.drop_front(even);
    if (pending_skip > 0) {
      const std::size_t now = std::min(pending_skip, planes.symbols());
      planes.drop_front(now);
      pending_skip -= now;
    }
    while (planes.symbols() >= equalised + receiver_block + static_cast<std::size_t>(taps.count)) {
      for (auto& part : fresh) part.clear();
      equalise(taps, planes, equalised, receiver_block, fresh);
      equalised += receiver_block;
      // The taps of least error give the symbols back too small; what decides wants them in their size.
      for (std::size_t p = 0; p < 4; ++p)
        for (float& v : fresh[p]) v *= 1.0f / gains[p / 2];
      gains_of_blocks.push_back(gains);
      phase->push(fresh);
      while (phase->next(phased)) finish();
    }
    // Moving what is left to the front costs as much as it is long: only once it is short.
    if (done > 16 * receiver_block || done > planes.symbols() / 2) {
      planes.drop_front(done);
      equalised -= done;
      done = 0;
    }
  }

  // 512 symbols are decided: they go out, and their errors to the equaliser.
  void finish() {
    const Format format = settings.carrier.search.format;
    for (std::size_t p = 0; p < 4; p += 2)
      nearest_points(format, phased.parts[p], phased.parts[p + 1], decided[p], decided[p + 1]);
    if (settings.frame) {
      const Frame& frame = *settings.frame;
      for (std::size_t k = 0; k < receiver_block; ++k) {
        if (frame.roles[place] == Role::reserved) {  // QPSK of the size of what is known
          const float level = std::abs(frame.known_x.front().real());
          for (std::size_t p = 0; p < 4; ++p) decided[p][k] = std::copysign(level, phased.parts[p][k]);
        } else if (frame.roles[place] != Role::payload) {
          decided[0][k] = frame.known_x[place].real();
          decided[1][k] = frame.known_x[place].imag();
          decided[2][k] = frame.known_y[place].real();
          decided[3][k] = frame.known_y[place].imag();
          float error = 0.0f, sent = 0.0f;
          for (std::size_t p = 0; p < 4; ++p) {
            const float apart = decided[p][k] - phased.parts[p][k];
            error += apart * apart;
            sent += decided[p][k] * decided[p][k];
          }
          watch.add(place, error, sent);
        }
        if (++place == frame.roles.size()) place = 0;
      }
      watch.end_block(receiver_block, phase->cycle_slips());
      report.frame_residual = watch.residual();
      report.training_residual = watch.training_residual();
    }
    std::array<const float*, 4> errors{};
    double squares = 0.0;
    const std::array<float, 2> used = gains_of_blocks.front();
    gains_of_blocks.pop_front();
    follow_gains(used);
    for (std::size_t p = 0; p < 4; p += 2) {
      const float* c = p == 0 ? phased.cos_x.data() : phased.cos_y.data();
      const float* s = p == 0 ? phased.sin_x.data() : phased.sin_y.data();
      std::array<float, 8> sums{};
      for (std::size_t k = 0; k < receiver_block; k += 8)
        for (std::size_t i = k; i < k + 8; ++i) {
          const float re = decided[p][i] - phased.parts[p][i],
                      im = decided[p + 1][i] - phased.parts[p + 1][i];
          sums[i - k] += re * re + im * im;
          // The error of the equaliser's own output, which is smaller by the gain, turned forward again.
          const float a = decided[p][i] - used[p / 2] * phased.parts[p][i];
          const float b = decided[p + 1][i] - used[p / 2] * phased.parts[p + 1][i];
          decided[p][i] = a * c[i] - b * s[i];
          decided[p + 1][i] = b * c[i] + a * s[i];
        }
      for (const float sum : sums) squares += static_cast<double>(sum);
      errors[p] = decided[p].data();
      errors[p + 1] = decided[p + 1].data();
    }
    const double error_power = squares / (2.0 * receiver_block);
    report.error_power += (gain_blocks == 1.0 ? 1.0 : forget) * (error_power - report.error_power);
    if (!settings.equaliser_frozen)
      descend(taps, planes, done, receiver_block, errors, settings.equaliser_step, input_power);
    done += receiver_block;

    ReceivedSymbols& out = ready.back();
    const std::size_t before = out.x.size();
    out.x.resize(before + receiver_block);
    out.y.resize(before + receiver_block);
    for (std::size_t k = 0; k < receiver_block; ++k) {
      out.x[before + k] = {phased.parts[0][k], phased.parts[1][k]};
      out.y[before + k] = {phased.parts[2][k], phased.parts[3][k]};
    }
    report.symbols += receiver_block;
    shift->set_offset(shift->offset() + frequency_gain * phased.turn_per_symbol / (2.0 * std::numbers::pi));
    if (report.symbols % (64 * static_cast<std::int64_t>(receiver_block)) == 0 &&
        coherent::independence(taps) < singular) {
      repair_singularity(taps);
      ++report.singularities;
    }
  }

  // Size of the equaliser's output against what was sent: from the symbols that the frame knows, else from
  // decisions. `decided` holds them, `place` is behind the block.
  void follow_gains(const std::array<float, 2>& used) {
    std::array<double, 2> product{}, power{};
    std::size_t at = 0, period = 0;
    if (settings.frame) {
      period = settings.frame->roles.size();
      at = (place + period - receiver_block % period) % period;
    }
    for (std::size_t k = 0; k < receiver_block; ++k) {
      if (period > 0) {
        const Role role = settings.frame->roles[at];
        if (++at == period) at = 0;
        if (role == Role::payload || role == Role::reserved) continue;
      }
      for (std::size_t p = 0; p < 4; ++p) {
        product[p / 2] += static_cast<double>(decided[p][k] * phased.parts[p][k]);
        power[p / 2] += static_cast<double>(decided[p][k] * decided[p][k]);
      }
    }
    ++gain_blocks;
    const double share = std::max(forget, 1.0 / gain_blocks);
    for (std::size_t a = 0; a < 2; ++a)
      if (power[a] > 0.0) {
        const double seen = static_cast<double>(used[a]) * product[a] / power[a];
        gains[a] = static_cast<float>(std::clamp(
            static_cast<double>(gains[a]) + share * (seen - static_cast<double>(gains[a])), 0.3, 2.0));
      }
  }

  static constexpr double singular = 0.3;

  ReceiverSettings settings;
  FrontEndCorrection front;
  std::optional<DispersionFilter> dispersion;
  std::optional<TimingRecovery> timing;
  std::optional<FrequencyShift> shift;
  std::optional<CarrierPhase> phase;
  PilotPattern pattern;
  double centre_turns = 0.0, input_power = 1.0;
  double taken = 0.0;        // samples behind the front end
  double first_frame = 0.0;  // start of the first super-frame found [symbols]
  DualSamples corrected, compensated, sampled;
  SymbolPlanes planes;
  ButterflyTaps taps{1};
  std::size_t pending_skip = 0;  // symbols before the frame
  std::size_t equalised = 0;     // symbols of `planes` that the equaliser has seen
  std::size_t done = 0;          // … and whose errors have come back
  std::size_t place = 0;         // in the frame, of the next symbol that goes out
  std::array<float, 2> gains{1.0f, 1.0f};
  std::deque<std::array<float, 2>> gains_of_blocks;  // with which the blocks ahead of `done` were scaled
  double gain_blocks = 0.0;
  FrameWatch watch;
  SymbolParts fresh;
  PhasedSymbols phased;
  std::array<std::array<float, receiver_block>, 4> decided{};
  std::deque<ReceivedSymbols> ready{1};  // a new one where the frame was lost and found
  ReceiverReport report;
};

CoherentReceiver::CoherentReceiver(const ReceiverSettings& settings)
    : state_(std::make_unique<State>(settings)) {}
CoherentReceiver::~CoherentReceiver() = default;

void CoherentReceiver::push(std::span<const Sample> x, std::span<const Sample> y) {
  if (x.size() != y.size()) throw Error("the receiver needs as many samples of x as of y");
  // In pieces, so that a lost frame is noticed at once.
  for (std::size_t i = 0; i < x.size(); i += push_piece) {
    const std::size_t count = std::min(push_piece, x.size() - i);
    state_->push(x.subspan(i, count), y.subspan(i, count));
  }
}

bool CoherentReceiver::pull(ReceivedSymbols& out) {
  std::deque<ReceivedSymbols>& ready = state_->ready;
  out.x.clear();
  out.y.clear();
  if (ready.front().x.empty()) return false;
  std::swap(out, ready.front());
  ready.front().first = out.first + static_cast<std::int64_t>(out.x.size());
  if (ready.size() > 1) ready.pop_front();
  return true;
}

ReceiverReport CoherentReceiver::report() const {
  ReceiverReport report = state_->report;
  if (state_->shift) report.frequency_offset = state_->shift->offset() * state_->settings.symbol_rate;
  if (state_->timing) {
    report.clock_ppm = state_->timing->ppm();
    report.timing_rms = state_->timing->rms_error();
  }
  if (state_->phase) report.cycle_slips += state_->phase->cycle_slips();
  report.taps = state_->taps;
  report.independence = coherent::independence(state_->taps);
  report.branches_x = state_->front.errors(0);
  report.branches_y = state_->front.errors(1);
  return report;
}

}  // namespace waverack::coherent
