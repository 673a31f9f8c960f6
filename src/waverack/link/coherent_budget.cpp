#include "waverack/link/coherent_budget.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/coherent/spectra.hpp"
#include "waverack/link/pulse_distortion.hpp"
#include "waverack/link/response_product.hpp"

namespace waverack::link {
namespace {

using coherent::ModuleNoise;

// Where a noise of the closed form comes from, beside its numbers.
struct Cause {
  std::string source, label;
};

// By what white noise behind a response grows where an equaliser undoes it, the power of the signal held:
// ⟨F⟩·⟨1/F⟩ over the spectrum that folds into ±half the symbol rate, F = Σ A·|H|².
double noise_growth(const CoherentPlan& plan, const signal::Response& response) {
  constexpr int points = 256;
  double mean = 0.0, inverse = 0.0;
  for (int i = 0; i < points; ++i) {
    const double u = 0.5 * (i + 0.5) / points;
    double folded = 0.0;
    for (const double at : {u, 1.0 - u}) {
      const double pulse = coherent::raised_cosine(at, plan.sends().roll_off);
      if (pulse > 0.0) folded += pulse * std::norm(response(at * plan.conditions.symbol_rate));
    }
    mean += folded / points;
    inverse += 1.0 / folded / points;
  }
  return mean * inverse;
}

class Budget {
 public:
  explicit Budget(const CoherentPlan& plan)
      : plan_(plan),
        rate_(plan.conditions.symbol_rate),
        sent_(plan.format, plan.sends().roll_off, rate_),
        mixed_(std::nullopt, plan.sends().roll_off, rate_),
        pulse_(pulse_shape(plan)) {}

  void transmitter() {
    const parts::CoherentTransmitter& dac = plan_.sends();
    const std::string path = path_of<parts::CoherentTransmitter>(plan_.transmitter);
    const BandMeans& means = plan_.means;
    const double shaped = means.response * means.emphasis / means.both;
    add(path, "DAC quantisation",
        shaped * parts::quantisation_ratio(dac.dac_enob, dac.dac_backoff, dac.dac_samples_per_symbol), true);
    const double full_scale = dac.swing / 2.0, rms = full_scale / std::sqrt(dac.dac_backoff);
    signal::Response before = pulse_.emphasis;
    add(path, "DAC clipping",
        sent_.distortion([=](double v) { return std::clamp(v, -full_scale, full_scale); }, rms, before),
        true);
    add(path, "Transmitter I/Q skew", skew_image(dac.errors.iq_skew, 0.0), true);
    before = product(before, branch_response(dac, plan_.conditions));
    double gain = 1.0, driven = 0.0;
    for (std::size_t i = 0; i < plan_.transmitter.size(); ++i) {
      const CoherentElement& element = plan_.transmitter[i];
      const auto* driver = parts::as<parts::CoherentDriver>(*element.instance);
      if (!driver) continue;
      const std::string own = "lane.chain." + element.instance->name;
      // As a voltage at the light over that of the signal there, behind the same low-passes.
      const double noise =
          driver->noise_density * driver->noise_density * rate_ / 2.0 * band_mean(response_from(i));
      const double signal = gain * rms * gain * rms * means.both / means.emphasis;
      add(own, "Driver noise", noise / signal, true);
      gain *= driver->gain;
      before = product(before, branch_response(*driver, element.conditions));
      const double output = gain * rms * std::sqrt(band_mean(before) / means.emphasis);
      const double through =
          sent_.distortion(driving_law(std::span(plan_.transmitter).first(i + 1)), output, before);
      add(own, "Driver compression", through - driven, true);
      driven = through;
    }
    modulator(driven);
  }

  void lasers(double dispersion) {
    const parts::Light& light = plan_.conditions.light;
    const parts::Light& oscillator = plan_.conditions.local_oscillator;
    const std::string path = "lane.light";
    // √(1 + n) has half the relative noise.
    add(path, "Laser intensity noise", light.rin * rate_ / 2.0 / 4.0, true);
    // A centred mean over W symbols leaves Δν·T·2π·W/12 of a Wiener phase; both lasers walk.
    const parts::CoherentReceiver& receiver = plan_.receives();
    const double linewidths = light.linewidth + oscillator.linewidth;
    add(path, "Laser phase noise", 2.0 * std::numbers::pi * linewidths / rate_ * receiver.phase_window / 12.0,
        false);
    // Test phases over a quarter turn leave an even error between two of them.
    const double step = std::numbers::pi / 2.0 / receiver.phases;
    add(path_of<parts::CoherentReceiver>(plan_.receiver), "Steps of the phase search", step * step / 12.0,
        false);
    // Equaliser-enhanced phase noise: W. Shieh and K.-P. Ho, Opt. Express 16 (2008) 15718, eq. 17:
    // π·|D·L|·λ²·Δν·R/(2c), with D·L·λ²/c = 2π·β2·L.
    add(path, "Phase noise behind dispersion",
        std::numbers::pi * std::numbers::pi * std::abs(dispersion) * oscillator.linewidth * rate_, false);
  }

  void receiver(double dispersion) {
    const parts::CoherentFrontEnd& front = plan_.detects();
    const std::string path = path_of<parts::CoherentFrontEnd>(plan_.receiver);
    const double power = plan_.received_power;
    const parts::FrontEndNoise noise = parts::noise_ratios(front, plan_.conditions, power);
    add(path, "Shot noise", noise.shot, false, power);
    add(path, "Transimpedance amplifier noise", noise.amplifier, false, power);
    add(path, "Local oscillator intensity noise", noise.oscillator_rin, false, power);
    add(path, "Beat of the signal with itself", noise.self_beat, false);
    const double turn = dispersion * std::pow(2.0 * std::numbers::pi * rate_, 2);
    add(path, "Receiver I/Q skew", skew_image(front.errors.iq_skew, turn), false);
    const signal::Response in_front = parts::branch_response(front, plan_.conditions);
    const double top = front.saturation_swing / 2.0, rms = front.output_swing / 8.0;
    add(path, "Compression of the transimpedance amplifier",
        mixed_.distortion([=](double v) { return top * std::tanh(v / top); }, rms, in_front), false);
    const parts::CoherentReceiver& adc = plan_.receives();
    const std::string own = path_of<parts::CoherentReceiver>(plan_.receiver);
    const signal::Response at_adc = product(in_front, parts::branch_response(adc, plan_.conditions));
    // An equaliser makes the band flat again; the full scale follows the signal.
    add(own, "ADC quantisation",
        noise_growth(plan_, at_adc) *
            parts::quantisation_ratio(adc.adc_enob, adc.adc_backoff, adc.adc_samples_per_symbol),
        false);
    add(own, "ADC clipping",
        mixed_.distortion([](double v) { return std::clamp(v, -1.0, 1.0); }, 1.0 / std::sqrt(adc.adc_backoff),
                          at_adc),
        false);
  }

  // No noise of the module, but white in its band and as strong at any launch power, as those are.
  void neighbours() {
    add("lane.neighbours", "Light of neighbouring channels in the band", overlap_ratio(plan_.line), true);
  }

  std::vector<ModuleNoise> noises;
  std::vector<Cause> causes;

 private:
  template <class P>
  static std::string path_of(const std::vector<CoherentElement>& elements) {
    for (const CoherentElement& element : elements)
      if (parts::as<P>(*element.instance)) return "lane.chain." + element.instance->name;
    return "lane.chain";
  }

  // What the modulator makes of branch voltages behind the law of its drivers, which by itself makes the
  // distortion `driven`. All of them compress, so that what they make adds up as voltages do, not as powers.
  void modulator(double driven) {
    const parts::IqModulator& part = plan_.modulates();
    const parts::BranchErrors& errors = plan_.sends().errors;
    const std::string path = path_of<parts::IqModulator>(plan_.transmitter);
    const double angle = std::numbers::pi / (2.0 * part.v_pi), rms = plan_.modulator_rms, sigma = angle * rms;
    const VoltageLaw driving = driving_law(plan_.transmitter);
    // The stronger branch is nearer to the top of the sine: of normal voltages exp(−σ²/2) passes.
    const double half = std::sqrt(errors.iq_gain);
    const double gain = errors.iq_gain * std::exp(-sigma * sigma * (half - 1.0 / half));
    add(path_of<parts::CoherentTransmitter>(plan_.transmitter), "Transmitter I/Q gain and angle",
        parts::image_ratio(gain, errors.quadrature_error), true);
    add(path, "Carrier left by the modulator", parts::carrier_ratio(part, rms), true);
    const double bent =
        sent_.distortion([&](double v) { return std::sin(angle * driving(v)); }, rms, pulse_.whole);
    add(path, "Modulator curvature", bent - driven, true);
    // What a branch leaks into the other is even in its voltage, so that in its own place it has no part in
    // common with the signal and adds up with the curvature as power does.
    const double leak = 1.0 / std::sqrt(part.extinction_ratio);
    const double leaking = sent_.distortion(
        [&](double v) {
          const double theta = angle * driving(v);
          return std::sin(theta) + leak * (1.0 - std::cos(theta));
        },
        rms, pulse_.whole);
    add(path, "Finite extinction of the modulator", leaking - bent, true);
  }

  // What a skew between branches leaves of the pulses that reach the line.
  double skew_image(double skew, double dispersion) const {
    const auto power = [&](double u) {
      return coherent::raised_cosine(u, plan_.sends().roll_off) * std::norm(pulse_.whole(u * rate_));
    };
    return parts::skew_image_ratio(
        skew * rate_, [&](double u) { return power(u) / (power(u) + power(1.0 - u)); }, dispersion);
  }

  // Of the branches from this element of the transmitter to the light.
  signal::Response response_from(std::size_t element) const {
    signal::Response whole;
    for (; element < plan_.transmitter.size(); ++element) {
      const CoherentElement& one = plan_.transmitter[element];
      if (signal::Response own = parts::branch_response_of(one.instance->part, one.conditions))
        whole = product(whole, std::move(own));
    }
    return whole;
  }

  // Mean of |H|² over ±half the symbol rate.
  double band_mean(const signal::Response& response) const {
    constexpr int points = 256;
    double mean = 0.0;
    for (int i = 0; i < points; ++i) mean += std::norm(response(rate_ / 2.0 * (i + 0.5) / points)) / points;
    return mean;
  }

  void add(const std::string& source, const std::string& label, double ratio, bool transmitter,
           double reference_power = 0.0) {
    if (ratio <= 0.0) return;
    noises.push_back({label, 1.0 / ratio, reference_power, transmitter});
    causes.push_back({source, label});
  }

  const CoherentPlan& plan_;
  double rate_;
  PulseProbe sent_, mixed_;  // branches of the transmitter, and of the receiver
  PulseShape pulse_;
};

Budget budget_of(const CoherentPlan& plan) {
  Budget budget(plan);
  budget.transmitter();
  const double dispersion = total_dispersion(plan.line);
  budget.lasers(dispersion);
  budget.receiver(dispersion);
  budget.neighbours();
  return budget;
}

// Power into the first fibre over that which enters the line: "launch power" is that of the fibre.
double first_fibre_ratio(const coherent::Line& line, const std::vector<coherent::LinePoint>& points) {
  for (std::size_t i = 0; i < line.elements.size(); ++i)
    if (std::holds_alternative<coherent::FibreSpan>(line.elements[i].element))
      return points[i].power / points.front().power;
  return 1.0;
}

coherent::TransceiverBudget with_noises(const CoherentPlan& plan, double ber_limit,
                                        std::vector<ModuleNoise> noises) {
  coherent::TransceiverBudget budget;
  // What pre-emphasis leaves of the transmitter's low-pass, an equaliser makes up for: noise grows.
  budget.required_snr =
      coherent::required_snr(plan.format, ber_limit) * noise_growth(plan, pulse_shape(plan).whole);
  budget.noises = std::move(noises);
  // What OpenROADM 3.01 allows a 400G receiver for PMD and PDL (facts: coherent 3.1), in dB over s and dB.
  budget.dgd = {{10e-12, 20e-12}, {0.0, 0.5}};
  budget.pdl = {{1.0, 2.0, 4.0}, {0.5, 1.0, 2.5}};
  // Dispersion costs nothing but the phase noise behind it, as far as the filter has taps.
  const double rated = plan.receives().rated_dispersion;
  budget.dispersion = {{-rated, rated}, {0.0, 0.0}};
  return budget;
}

Curve launch_power_curve(const coherent::Line& line, const coherent::TransceiverBudget& budget,
                         const coherent::LinkClosure& closed) {
  constexpr double half_width_db = 8.0, step_db = 0.5;
  std::vector<double> powers;
  const double middle_db = std::isfinite(closed.best_launch_power) ? to_dbm(closed.best_launch_power)
                                                                   : to_dbm(closed.launch_power);
  for (double db = -half_width_db; db <= half_width_db; db += step_db)
    powers.push_back(1e-3 * from_db(middle_db + db));
  const double into_fibre_db = to_db(first_fibre_ratio(line, closed.points));
  Curve curve;
  curve.id = "coherent.launch_power";
  curve.title = "What the launch power does";
  curve.columns = {{"power into the first fibre", "dBm", {}},
                   {"SNR of amplifier noise", "dB", {}},
                   {"SNR of the fibre's interference", "dB", {}},
                   {"GSNR", "dB", {}},
                   {"margin", "dB", {}}};
  for (const coherent::LaunchPoint& point : coherent::launch_curve(closed, budget, powers)) {
    curve.columns[0].values.push_back(to_dbm(point.power) + into_fibre_db);
    curve.columns[1].values.push_back(to_db(point.snr_ase));
    curve.columns[2].values.push_back(to_db(point.snr_nonlinear));
    curve.columns[3].values.push_back(to_db(point.gsnr));
    curve.columns[4].values.push_back(point.margin_db);
  }
  return curve;
}

// The part of interference that neighbours make.
double neighbours_ratio(const coherent::NonlinearNoise& noise) {
  double sum = noise.neighbours_format;
  for (const double part : noise.neighbours) sum += part;
  return sum;
}

}  // namespace

coherent::TransceiverBudget transceiver_budget(const CoherentPlan& plan, double ber_limit) {
  return with_noises(plan, ber_limit, budget_of(plan).noises);
}

CoherentClosure close_lane(const CoherentPlan& plan, double ber_limit, coherent::NonlinearModel model,
                           Curve* launch_powers) {
  Budget causes = budget_of(plan);
  const coherent::TransceiverBudget budget = with_noises(plan, ber_limit, causes.noises);
  const coherent::LinkClosure closed = coherent::close_link(plan.line, budget, model);
  const double rate = plan.conditions.symbol_rate;

  CoherentClosure result;
  const double into_fibre = first_fibre_ratio(plan.line, closed.points);
  result.launch_power_dbm = to_dbm(closed.launch_power * into_fibre);
  result.received_power_dbm = to_dbm(closed.received_power);
  result.osnr_db = to_db(closed.osnr);
  result.gsnr_db = to_db(closed.gsnr);
  result.gsnr_01nm_db = to_db(closed.gsnr_osnr);
  result.snr_nonlinear_db = to_db(closed.snr_nonlinear);
  // GN is what EGN corrects: the same without the two terms of the formats.
  const coherent::NonlinearNoise& nonlinear = closed.nonlinear;
  result.snr_nonlinear_gn_db =
      -to_db(nonlinear.ratio() - nonlinear.self_format - nonlinear.neighbours_format);
  result.channels = 1 + static_cast<int>(plan.line.neighbours.size());
  result.channel_spacing = plan.channel_spacing;
  const double crossed = neighbours_ratio(nonlinear);
  if (crossed > 0.0) result.snr_neighbours_db = -to_db(crossed);
  const double overlap = overlap_ratio(plan.line);
  if (overlap > 0.0) result.snr_overlap_db = -to_db(overlap);
  if (launch_powers) *launch_powers = launch_power_curve(plan.line, budget, closed);
  result.snr_transceiver_db = -to_db(1.0 / closed.snr_module - overlap);
  const double theory = coherent::required_snr(plan.format, ber_limit);
  const double bandwidth_db = to_db(budget.required_snr / theory);
  result.snr_db = to_db(closed.snr_decision) - closed.penalty_db - bandwidth_db;
  result.required_snr_db = to_db(theory);
  result.required_osnr_db = to_db(coherent::osnr_of_snr(theory, rate));
  result.margin_db = result.snr_db - result.required_snr_db;
  const double snr = std::pow(10.0, result.snr_db / 10.0);
  result.ber_pre_fec = coherent::bit_error_ratio(plan.format, snr);
  result.gmi = coherent::gmi(plan.format, snr);
  result.ngmi = coherent::ngmi(plan.format, snr);
  result.best_launch_power_dbm = to_dbm(closed.best_launch_power * into_fibre);
  result.dispersion_ps_per_nm = closed.dispersion * 1e3;
  result.mean_dgd_ps = closed.dgd * 1e12;
  result.pdl_db = closed.pdl_db;

  // Shares of 1/SNR at the decision; each is alone the loss of room that it makes.
  const double total = 1.0 / closed.snr_decision;
  const auto share = [&](const Cause& cause, double inverse_snr) {
    if (inverse_snr <= 0.0 || !std::isfinite(inverse_snr)) return;
    const double rest = std::max(total - inverse_snr, std::numeric_limits<double>::min());
    result.shares.push_back({cause.source, cause.label, -to_db(inverse_snr), to_db(total / rest)});
  };
  share({"lane.chain", "Amplifier noise"}, 1.0 / closed.snr_ase);
  share({"lane.chain", crossed > 0.0 ? "Nonlinear interference of the channel with itself"
                                     : "Nonlinear interference of the fibre"},
        1.0 / closed.snr_nonlinear - crossed);
  share({"lane.neighbours", "Nonlinear interference of neighbouring channels"}, crossed);
  for (std::size_t i = 0; i < causes.noises.size(); ++i) share(causes.causes[i], 1.0 / causes.noises[i].snr);
  const auto penalty = [&](const std::string& label, double db) {
    if (db > 0.0)
      result.shares.push_back({"lane.chain", label, std::numeric_limits<double>::quiet_NaN(), db});
  };
  penalty("Bandwidth of the transmitter", bandwidth_db);
  for (const coherent::NamedPenalty& named : closed.penalties) penalty(named.name, named.db);
  std::sort(result.shares.begin(), result.shares.end(),
            [](const CoherentShare& a, const CoherentShare& b) { return a.penalty_db > b.penalty_db; });
  for (const coherent::LinePoint& point : closed.points)
    result.steps.push_back({point.name, to_dbm(point.power), to_db(coherent::osnr(point))});
  return result;
}

double overlap_ratio(const coherent::Line& line) {
  constexpr int points = 400;
  const coherent::Channel& own = line.channel;
  double ratio = 0.0;
  for (const coherent::Channel& other : line.neighbours) {
    const double offset = other.frequency - own.frequency;
    const double half = 0.5 * (1.0 + own.roll_off) * own.symbol_rate,
                 other_half = 0.5 * (1.0 + other.roll_off) * other.symbol_rate;
    const double low = std::max(-half, offset - other_half), high = std::min(half, offset + other_half);
    if (high <= low) continue;
    double sum = 0.0;
    for (int i = 0; i < points; ++i) {
      const double f = low + (high - low) * (i + 0.5) / points;
      sum += coherent::raised_cosine(f / own.symbol_rate, own.roll_off) *
             coherent::raised_cosine((f - offset) / other.symbol_rate, other.roll_off);
    }
    ratio += other.power / own.power * sum * (high - low) / points / other.symbol_rate;
  }
  return ratio;
}

double neighbours_noise(const CoherentClosure& closure) {
  double sum = 0.0;
  for (const double snr_db : {closure.snr_neighbours_db, closure.snr_overlap_db})
    if (std::isfinite(snr_db)) sum += from_db(-snr_db);
  return sum;
}

}  // namespace waverack::link
