#include "waverack/link/coherent_lane.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/frame_rates.hpp"
#include "waverack/coherent/spectra.hpp"
#include "waverack/fec/coherent_codes.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/pulse_distortion.hpp"
#include "waverack/link/response_product.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

using parts::Domain;
using parts::Instance;

constexpr std::uint32_t sources_of_a_part = 16;

[[noreturn]] void refuse(const Instance& instance, std::string message, std::string allowed) {
  throw Error(
      ErrorInfo{instance.mark, "lane.chain." + instance.name, std::move(message), std::move(allowed), {}});
}

bool is_coherent_domain(Domain domain) { return domain == Domain::branches || domain == Domain::dual_field; }

// What may stand where the chain gives `domain`.
std::string takers_of(Domain domain) {
  std::string names;
  for (const parts::PartInfo& info : parts::part_list())
    if (info.input == domain && (is_coherent_domain(domain) || is_coherent_domain(info.output)))
      names += (names.empty() ? "" : ", ") + std::string(info.type);
  return names;
}

BandMeans transmit_means(const CoherentPlan& plan) {
  constexpr int points = 256;
  const PulseShape shape = pulse_shape(plan);
  BandMeans means{0.0, 0.0, 0.0};
  for (int i = 0; i < points; ++i) {
    const double u = 0.5 * (i + 0.5) / points;
    for (const double at : {u, 1.0 - u}) {
      const double pulse = coherent::raised_cosine(at, plan.sends().roll_off);
      if (pulse == 0.0) continue;
      const double f = plan.conditions.symbol_rate * at;
      const double p = std::norm(shape.emphasis(f)), both = std::norm(shape.whole(f));
      means.response += pulse * both / p / points;
      means.emphasis += pulse * p / points;
      means.both += pulse * both / points;
    }
  }
  return means;
}

class CoherentPlanBuilder {
 public:
  CoherentPlanBuilder(const Lane& lane, CoherentPlan& plan) : lane_(lane), plan_(plan) {}

  void run() {
    Domain domain = Domain::symbols;
    std::string before = "the start of the chain";
    for (const Instance& instance : lane_.chain) {
      const parts::PartInfo& info = parts::info(instance.part);
      const bool probe = parts::as<parts::TestPoint>(instance) != nullptr;
      if (!probe && info.input != domain)
        refuse(instance,
               fmt::format("a part {} takes {}, but {} gives {}", info.type, domain_name(info.input), before,
                           domain_name(domain)),
               "here: " + takers_of(domain));
      if (!probe) {
        add(instance);
        domain = info.output;
      }
      before = "'" + instance.name + "'";
    }
    plan_.received_power = power_;
    if (domain != Domain::symbols || plan_.receiver.empty())
      refuse(lane_.chain.back(),
             fmt::format("the chain ends with {} instead of a decision", domain_name(domain)),
             "a coherent_receiver at the end");
  }

 private:
  void add(const Instance& instance) {
    const std::string path = "lane.chain." + instance.name;
    const parts::Conditions conditions = parts::conditions_of(instance, plan_.conditions);
    plan_.latency += parts::latency_of(instance.part, conditions);
    for (std::string& remark : parts::remarks_of(instance.part, conditions))
      plan_.warnings.push_back({path, std::move(remark)});
    const parts::PartInfo& info = parts::info(instance.part);
    if (info.output == Domain::symbols && info.input == Domain::symbols) return;  // host_interface
    if (info.input == Domain::dual_field && info.output == Domain::dual_field)
      return add_to_line(instance, conditions);
    const bool behind_line = info.input == Domain::dual_field || !plan_.receiver.empty();
    std::vector<CoherentElement>& half = behind_line ? plan_.receiver : plan_.transmitter;
    if (parts::as<parts::CoherentTransmitter>(instance) && !half.empty())
      refuse(instance, "a lane has one coherent_transmitter", "one");
    const auto part = static_cast<std::uint32_t>(plan_.transmitter.size() + plan_.receiver.size());
    half.push_back({&instance, conditions, (part + 1) * sources_of_a_part});
    if (!behind_line && !parts::as<parts::CoherentTransmitter>(instance))
      if (signal::Response response = parts::branch_response_of(instance.part, conditions))
        plan_.transmit_response = product(plan_.transmit_response, std::move(response));
    if (parts::as<parts::IqModulator>(instance)) launch(instance);
  }

  // Volts at the modulator and the power that leaves it, by the closed forms.
  void launch(const Instance& instance) {
    const parts::CoherentTransmitter& dac = plan_.sends();
    plan_.means = transmit_means(plan_);
    double rms =
        dac.swing / 2.0 / std::sqrt(dac.dac_backoff) * std::sqrt(plan_.means.both / plan_.means.emphasis);
    for (const CoherentElement& element : plan_.transmitter)
      if (const auto* driver = parts::as<parts::CoherentDriver>(*element.instance)) rms *= driver->gain;
    plan_.modulator_rms = rms;
    const auto& modulator = std::get<parts::IqModulator>(instance.part);
    const VoltageLaw driving = driving_law(plan_.transmitter);
    const double angle = std::numbers::pi / (2.0 * modulator.v_pi);
    // Half of the light of both branches leaves by the other port.
    const double passed = PulseProbe(plan_.format, dac.roll_off, plan_.conditions.symbol_rate)
                              .mean_square([&](double v) { return std::sin(angle * driving(v)); }, rms,
                                           pulse_shape(plan_).whole);
    power_ = 0.5 * passed * plan_.conditions.light.power / modulator.insertion_loss;
    plan_.line.channel.power = power_;
    plan_.line.channel.frequency = speed_of_light / plan_.conditions.light.wavelength;
    plan_.line.channel.symbol_rate = plan_.conditions.symbol_rate;
    plan_.line.channel.roll_off = dac.roll_off;
    plan_.line.channel.format = plan_.format;
    add_neighbours();
  }

  // The other channels of the line: modules of the same kind on a grid of frequencies.
  void add_neighbours() {
    const Neighbours& grid = lane_.neighbours;
    if (grid.shorter + grid.longer == 0) return;
    coherent::Channel other = plan_.line.channel;
    if (grid.symbol_rate > 0.0) other.symbol_rate = grid.symbol_rate;
    other.power *= grid.power_ratio;
    const double least = 0.5 * (plan_.line.channel.symbol_rate + other.symbol_rate);
    if (grid.symbol_rate > 0.0 && grid.shorter + grid.longer > 1)
      check_spacing(std::max(least, other.symbol_rate));
    else
      check_spacing(least);
    const double edge = (1.0 + other.roll_off) * least;
    if (grid.frequency_spacing < edge)
      plan_.warnings.push_back(
          {"lane.neighbours.frequency_spacing",
           fmt::format("the spectra of neighbours overlap: they reach over {:.4g} GHz", edge * 1e-9)});
    plan_.channel_spacing = grid.frequency_spacing;
    for (int i = -grid.shorter; i <= grid.longer; ++i) {
      if (i == 0) continue;
      other.frequency = plan_.line.channel.frequency - i * grid.frequency_spacing;
      plan_.line.neighbours.push_back(other);
    }
    if (plan_.line.neighbours.front().frequency > 2.0 * plan_.line.channel.frequency ||
        plan_.line.neighbours.back().frequency < 0.5 * plan_.line.channel.frequency)
      throw Error(ErrorInfo{{},
                            "lane.neighbours.frequency_spacing",
                            "the grid reaches beyond half or double the frequency of the lane's light",
                            "fewer neighbours or a closer grid",
                            {}});
  }

  void check_spacing(double least) const {
    if (lane_.neighbours.frequency_spacing >= least) return;
    throw Error(ErrorInfo{{},
                          "lane.neighbours.frequency_spacing",
                          lane_.neighbours.frequency_spacing > 0.0
                              ? std::string("the channels lie closer than their symbol rates allow")
                              : std::string("the neighbours of a coherent lane lie on a grid of frequencies"),
                          fmt::format("{:.6g} GHz or more", least * 1e-9),
                          {}});
  }

  void add_to_line(const Instance& instance, const parts::Conditions& conditions) {
    std::vector<coherent::NamedElement> elements =
        parts::line_elements_of(instance.part, conditions, power_, instance.name);
    for (coherent::NamedElement& element : elements) {
      if (const auto* filter = std::get_if<coherent::LineFilter>(&element.element))
        warn_of_width(*filter, instance);
      coherent::Line one;
      one.channel = plan_.line.channel;
      one.elements.push_back(element);
      power_ *= total_gain(one) / total_loss(one);
      plan_.line.elements.push_back(std::move(element));
    }
  }

  // The closed form has an equaliser without end and a clock without jitter.
  void warn_of_width(const coherent::LineFilter& filter, const Instance& instance) {
    const coherent::Channel& channel = plan_.line.channel;
    const double width = (1.0 + channel.roll_off) * channel.symbol_rate;
    if (filter.bandwidth >= width) return;
    plan_.warnings.push_back(
        {"lane.chain." + instance.name,
         fmt::format(
             "the filter is {:.4g} GHz wide, the spectrum {:.4g} GHz: the closed form, whose equaliser "
             "has no end, may be too good",
             filter.bandwidth * 1e-9, width * 1e-9)});
  }

  const Lane& lane_;
  CoherentPlan& plan_;
  double power_ = 0.0;  // of the channel behind the parts so far [W]
};

template <class P>
const P& find(const std::vector<CoherentElement>& elements) {
  for (const CoherentElement& element : elements)
    if (const P* part = parts::as<P>(*element.instance)) return *part;
  throw std::logic_error("a coherent plan lacks a part that its chain was checked for");
}

[[noreturn]] void refuse_format(const CoherentPlan& plan, const Mark& mark) {
  std::string frames;
  for (const coherent::FrameLayout& layout : coherent::frame_layouts())
    if (layout.format == plan.format)
      frames += fmt::format("{}\"{}\"", frames.empty() ? "" : ", ", layout.name);
  throw Error(ErrorInfo{
      mark,
      "lane.modulation",
      fmt::format("the symbols of the frame {} are {}, those of the lane {}", plan.frame.layout.name,
                  coherent::name_of(plan.frame.layout.format), coherent::name_of(plan.format)),
      "another modulation, or one of the frames " + frames,
      {}});
}

std::string_view name_of_code(coherent::LineCode code) {
  return code == coherent::LineCode::cfec ? "C-FEC" : "oFEC";
}

// The code lies in the frame. A lane may do without any.
void require_code_of_frame(const CoherentPlan& plan, Fec fec, const Mark& mark) {
  const Fec of_frame = plan.frame.layout.code == coherent::LineCode::cfec ? Fec::cfec : Fec::ofec;
  if (fec == of_frame || fec == Fec::none) return;
  throw Error(ErrorInfo{mark,
                        "lane.fec",
                        fmt::format("the frame {} carries {}, not {}", plan.frame.layout.name,
                                    name_of_code(plan.frame.layout.code), enum_name(fec)),
                        fmt::format("\"{}\", or \"none\"", name_of_code(plan.frame.layout.code)),
                        {}});
}

// What the signal processing of coherent_receiver.hpp and the decoder can be set to.
void require_receiver_settings(const CoherentPlan& plan) {
  const Instance* instance = nullptr;
  for (const CoherentElement& element : plan.receiver)
    if (parts::as<parts::CoherentReceiver>(*element.instance)) instance = element.instance;
  const auto refuse_key = [&](std::string_view key, std::string message, std::string allowed) {
    throw Error(ErrorInfo{instance->mark,
                          fmt::format("lane.chain.{}.{}", instance->name, key),
                          std::move(message),
                          std::move(allowed),
                          {}});
  };
  const parts::CoherentReceiver& receiver = plan.receives();
  const int taps = receiver.equaliser_taps;
  if (taps % 2 == 0 || taps < 5 || taps > 31)
    refuse_key("equaliser_taps", fmt::format("the equaliser cannot have {} taps", taps),
               "an odd number, 5 to 31");
  if (receiver.phases % 16 != 0 || receiver.phases > 64)
    refuse_key("phases", fmt::format("the phase search cannot have {} test phases", receiver.phases),
               "16, 32, 48 or 64");
  if (receiver.phase_window > 513)
    refuse_key("phase_window",
               fmt::format("the phase search cannot average {} symbols", receiver.phase_window), "1 to 513");
  if (plan.frame.layout.code == coherent::LineCode::ofec && receiver.soft_sweeps + receiver.hard_sweeps == 0)
    refuse_key("soft_sweeps", "a decoder of oFEC without soft and hard sweeps decodes nothing",
               "a soft or a hard sweep");
}

}  // namespace

PulseShape pulse_shape(const CoherentPlan& plan) {
  signal::Response low_passes =
      product(branch_response(plan.sends(), plan.conditions), plan.transmit_response);
  signal::Response emphasis = pre_emphasis(plan.sends(), low_passes);
  return {emphasis, product(emphasis, std::move(low_passes))};
}

VoltageLaw driving_law(std::span<const CoherentElement> elements) {
  // Of the voltage in front of all drivers; the last one's output over their gains is what linear ones are
  // given.
  VoltageLaw law = [](double v) { return v; };
  double gain = 1.0;
  for (const CoherentElement& element : elements) {
    const auto* driver = parts::as<parts::CoherentDriver>(*element.instance);
    if (!driver) continue;
    gain *= driver->gain;
    law = [law, g = driver->gain, top = driver->saturation_swing / 2.0](double v) {
      return top * std::tanh(g * law(v) / top);
    };
  }
  return [law, gain](double v) { return law(v / gain); };
}

bool is_coherent(const Lane& lane) {
  for (const Instance& instance : lane.chain) {
    const parts::PartInfo& info = parts::info(instance.part);
    if (is_coherent_domain(info.input) || is_coherent_domain(info.output)) return true;
  }
  return false;
}

coherent::Format format_of(Modulation modulation) {
  switch (modulation) {
    case Modulation::dp_qpsk:
      return coherent::Format::qpsk;
    case Modulation::dp_8qam:
      return coherent::Format::qam8;
    case Modulation::dp_16qam:
      return coherent::Format::qam16;
    default:
      throw Error(ErrorInfo{{},
                            "lane.modulation",
                            "the chain is coherent, but the modulation is PAM",
                            "\"DP-QPSK\", \"DP-8QAM\" or \"DP-16QAM\"",
                            {}});
  }
}

double bits_per_symbol(Modulation modulation) {
  switch (modulation) {
    case Modulation::dp_qpsk:
    case Modulation::dp_8qam:
    case Modulation::dp_16qam:
      return 2.0 * coherent::bits_per_symbol(format_of(modulation));
    default:
      return signal::bits_per_symbol(level_count(modulation));
  }
}

double information_rate(const Lane& lane) {
  for (const Instance& instance : lane.chain) {
    const auto* transmitter = parts::as<parts::CoherentTransmitter>(instance);
    if (!transmitter) continue;
    for (const coherent::FrameLayout& layout : coherent::frame_layouts()) {
      if (layout.name != transmitter->frame) continue;
      const fec::CoherentCode& code =
          fec::coherent_code(layout.code == coherent::LineCode::ofec ? "oFEC" : "C-FEC");
      return lane.symbol_rate * 2.0 * coherent::bits_per_symbol(layout.format) *
             coherent::payload_symbols(layout) / layout.symbols() * fec::code_rate(code);
    }
  }
  return 0.0;
}

double client_rate(const Lane& lane) {
  for (const Instance& instance : lane.chain) {
    const auto* transmitter = parts::as<parts::CoherentTransmitter>(instance);
    if (!transmitter) continue;
    for (const coherent::FrameLayout& layout : coherent::frame_layouts())
      if (layout.name == transmitter->frame)
        return coherent::frame_rates(coherent::make_frame(layout)).net * lane.symbol_rate /
               layout.symbol_rate;
  }
  return 0.0;
}

const parts::CoherentTransmitter& CoherentPlan::sends() const {
  return find<parts::CoherentTransmitter>(transmitter);
}
const parts::IqModulator& CoherentPlan::modulates() const { return find<parts::IqModulator>(transmitter); }
const parts::CoherentFrontEnd& CoherentPlan::detects() const {
  return find<parts::CoherentFrontEnd>(receiver);
}
const parts::CoherentReceiver& CoherentPlan::receives() const {
  return find<parts::CoherentReceiver>(receiver);
}

CoherentPlan make_coherent_plan(const Lane& lane) {
  CoherentPlan plan;
  plan.format = format_of(lane.modulation);
  plan.conditions = conditions_of(lane);
  const auto* laser = lane.light.empty() ? nullptr : parts::as<parts::TunableLaser>(lane.light.front());
  if (!laser)
    throw Error(ErrorInfo{lane.light.empty() ? Mark{} : lane.light.front().mark,
                          "lane.light",
                          "a coherent lane needs a laser that is its carrier and its local oscillator",
                          "a tunable_laser first in [[lane.light]]",
                          {}});
  plan.laser_offset = laser->frequency_offset;
  plan.laser_noise_corner = laser->noise_corner;
  const Instance* sender = nullptr;
  for (const Instance& instance : lane.chain)
    if (parts::as<parts::CoherentTransmitter>(instance)) sender = &instance;
  if (!sender)
    throw Error(ErrorInfo{lane.chain.front().mark,
                          "lane.chain",
                          "a coherent chain begins with its transmitter",
                          "a coherent_transmitter",
                          {}});
  plan.frame = coherent::make_frame(std::get<parts::CoherentTransmitter>(sender->part).frame);
  if (plan.frame.layout.format != plan.format) refuse_format(plan, sender->mark);
  require_code_of_frame(plan, lane.fec, sender->mark);
  CoherentPlanBuilder(lane, plan).run();
  require_receiver_settings(plan);
  // D·L = −2πc·β2·L/λ².
  const double wavelength = plan.conditions.light.wavelength;
  const double dispersion = std::abs(total_dispersion(plan.line)) * 2.0 * std::numbers::pi * speed_of_light /
                            (wavelength * wavelength);
  if (dispersion > plan.receives().rated_dispersion)
    plan.warnings.push_back(
        {"lane.chain",
         fmt::format("the line has {:.0f} ps/nm, and the receiver's filter taps for {:.0f} ps/nm",
                     dispersion * 1e3, plan.receives().rated_dispersion * 1e3)});
  const double nominal = plan.frame.layout.symbol_rate;
  if (std::abs(lane.symbol_rate / nominal - 1.0) > 1e-4)
    plan.warnings.push_back(
        {"lane.symbol_rate", fmt::format("the frame {} has {:.6g} GBd, the lane {:.6g} GBd",
                                         plan.frame.layout.name, nominal * 1e-9, lane.symbol_rate * 1e-9)});
  return plan;
}

}  // namespace waverack::link
