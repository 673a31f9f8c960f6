#include "waverack/link/plan.hpp"

#include <fmt/format.h>

#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/receiver_check.hpp"
#include "waverack/link/response_product.hpp"
#include "waverack/parts/light.hpp"

namespace waverack::link {
namespace {

using parts::Domain;
using parts::Instance;

[[noreturn]] void wrong_order(const Instance& instance, Domain expected, const std::string& after) {
  const parts::PartInfo& info = parts::info(instance.part);
  std::string allowed;
  for (const parts::PartInfo& candidate : parts::part_list()) {
    const bool adaptable = candidate.input == Domain::none && candidate.has_response;
    if (candidate.input != expected && !adaptable) continue;
    allowed += (allowed.empty() ? "" : ", ") + std::string(candidate.type);
  }
  throw Error(ErrorInfo{instance.mark,
                        "lane.chain." + instance.name,
                        fmt::format("a {} takes {}, but {} gives {}", info.type,
                                    domain_name(input_domain(instance.part)), after, domain_name(expected)),
                        "here: " + allowed,
                        {}});
}

class PlanBuilder {
 public:
  PlanBuilder(const Lane& lane, Plan& plan) : lane_(lane), plan_(plan) {}

  void run() {
    if (lane_.chain.empty())
      throw Error(ErrorInfo{{}, "lane.chain", "the chain has no parts", "a transmitter first", {}});
    Domain domain = Domain::symbols;
    std::string before = "the start of the chain";
    for (const Instance& instance : lane_.chain) {
      const Domain input = parts::input_domain(instance.part), output = parts::output_domain(instance.part);
      const bool probe = parts::as<parts::TestPoint>(instance) != nullptr;
      if (probe ? domain == Domain::symbols : input != domain) wrong_order(instance, domain, before);
      add(instance, probe ? domain : output);
      if (!probe) domain = output;
      before = "'" + instance.name + "'";
    }
    if (domain != Domain::symbols)
      throw Error(ErrorInfo{lane_.chain.back().mark,
                            "lane.chain." + lane_.chain.back().name,
                            fmt::format("the chain ends with {} instead of a decision", domain_name(domain)),
                            "a receiver at the end",
                            {}});
  }

 private:
  Segment& segment() { return plan_.segments.back(); }

  void begin(const parts::HostTransmitter& transmitter, const std::string& name, const std::string& path) {
    const std::size_t given = transmitter.levels.size();
    if (given != 0 && given != static_cast<std::size_t>(plan_.conditions.levels))
      throw Error(ErrorInfo{
          {},
          join_path(path, "levels"),
          fmt::format("{} levels are given, but the modulation has {}", given, plan_.conditions.levels),
          fmt::format("{} levels, or none", plan_.conditions.levels),
          {}});
    plan_.segments.emplace_back();
    Segment& s = segment();
    s.transmitter = transmitter;
    s.transmitter_path = path;
    s.name = name;
    add_noises(noise(transmitter, plan_.conditions), path);
    add_linear(name, "transmitter edge", Domain::voltage, response(transmitter, plan_.conditions));
  }

  void end(const parts::Receiver& receiver, const std::string& name, const std::string& path) {
    Segment& s = segment();
    s.receiver = receiver;
    s.receiver_path = path;
    s.precoded = lane_.precoding && (receiver.dfe_taps > 0 || receiver.mlse_memory > 0);
    s.name += " → " + name;
    add_noises(noise(receiver, plan_.conditions), path);
    add_linear(name, "receiver front end", Domain::voltage, response(receiver, plan_.conditions));
  }

  // Noise enters before the element that is added next.
  void add_noises(std::vector<parts::NoiseSource> sources, const std::string& path) {
    for (parts::NoiseSource& source : sources)
      segment().noises.push_back({join_path(path, source.id), std::move(source), segment().elements.size()});
  }

  void add_linear(const std::string& name, std::string_view label, Domain domain, signal::Response response) {
    if (!response) return;
    Element element;
    element.name = name;
    element.label = label;
    element.domain = domain;
    element.response = std::move(response);
    segment().elements.push_back(std::move(element));
  }

  void add(const Instance& instance, Domain output) {
    const std::string path = "lane.chain." + instance.name;
    const parts::Conditions conditions = parts::conditions_of(instance, plan_.conditions);
    plan_.latency += parts::latency_of(instance.part, conditions);
    for (std::string& remark : parts::remarks_of(instance.part, conditions))
      plan_.warnings.push_back({path, std::move(remark)});
    if (const auto* transmitter = parts::as<parts::HostTransmitter>(instance))
      return begin(*transmitter, instance.name, path);
    if (const auto* receiver = parts::as<parts::Receiver>(instance)) {
      check_receiver(*receiver, instance.mark, path);
      return end(*receiver, instance.name, path);
    }
    if (const auto* retimer = parts::as<parts::Retimer>(instance)) {
      check_receiver(retimer->input, instance.mark, join_path(path, "input"));
      end(retimer->input, instance.name, join_path(path, "input"));
      begin(retimer->output, instance.name, join_path(path, "output"));
      plan_.latency += retimer->latency;
      return;
    }
    if (const auto* probe = parts::as<parts::TestPoint>(instance)) {
      Element element;
      element.kind = Element::Kind::test_point;
      element.name = instance.name;
      element.label = "test point";
      element.domain = output;
      if (probe->bandwidth_ratio > 0.0)
        element.response = signal::bessel_thomson(probe->bandwidth_ratio * conditions.symbol_rate);
      if (output == Domain::field)
        for (const PowerMemory& memory : power_memories_)
          element.response = product(element.response, memory.response);
      segment().elements.push_back(std::move(element));
      return;
    }
    const parts::PartInfo& info = parts::info(instance.part);
    std::vector<parts::NoiseSource> before, after;
    for (parts::NoiseSource& source : parts::noise_of(instance.part, conditions))
      (source.at_input ? before : after).push_back(std::move(source));
    add_noises(std::move(before), path);
    if (info.has_apply) {
      add_linear(instance.name, info.type, info.input, parts::input_response_of(instance.part, conditions));
      Element element;
      element.kind = Element::Kind::nonlinear;
      element.name = instance.name;
      element.label = info.type;
      element.domain = output;
      element.part = &instance.part;
      element.temperature = conditions.temperature;
      element.high_pass_corner = parts::high_pass_corner_of(instance.part);
      segment().elements.push_back(std::move(element));
      if (output == Domain::current) end_light();
      add_noises(std::move(after), path);
      if (output == Domain::field) add_light_noise();
      add_linear(instance.name, info.type, output, parts::output_response_of(instance.part, conditions));
    } else {
      add_linear(instance.name, info.type, output, parts::response_of(instance.part, conditions));
      if (info.has_high_pass)
        segment().elements.back().high_pass_corner = parts::high_pass_corner_of(instance.part);
      add_noises(std::move(after), path);
    }
    if (signal::Response memory = parts::intensity_response_of(instance.part, conditions))
      power_memories_.push_back({instance.name, info.type, std::move(memory)});
    add_reflector(instance, output);
  }

  // The photodiode sees all polarisations and wavelengths.
  void end_light() {
    if (circulators_ != 0 && circulators_ != 2)
      throw Error(ErrorInfo{
          last_circulator_->mark,
          "lane.chain." + last_circulator_->name,
          fmt::format("the light passes {} circulator{}, one end of a fibre for both directions each",
                      circulators_, circulators_ == 1 ? "" : "s"),
          "none, or two with the fibre between them",
          {}});
    circulators_ = 0;
    for (PowerMemory& memory : power_memories_)
      add_linear(memory.name, memory.label, Domain::current, std::move(memory.response));
    power_memories_.clear();
    segment().neighbours = wdm_light(lane_, plan_.conditions.light.wavelength);
    for (const WdmLight& neighbour : segment().neighbours)
      if (neighbour.ratio > 0.5 * lane_.neighbours.power_ratio)
        plan_.warnings.push_back(
            {"lane.neighbours", "no demultiplexer keeps out the light of " + neighbour.name});
  }

  void add_light_noise() {
    if (lane_.light.empty())
      throw Error(ErrorInfo{{},
                            "lane.light",
                            "the chain has a modulator, but no light feeds it",
                            "parts from the laser to the modulator in [[lane.light]]",
                            {}});
    plan_.optical = segment().optical = true;
    parts::NoiseSource rin;
    rin.id = "rin";
    rin.label = "Laser intensity noise (RIN)";
    rin.law = parts::NoiseSource::Law::relative;
    rin.scale = plan_.conditions.light.rin;
    rin.density = plan_.conditions.light.rin_density;
    add_noises({rin}, "lane.light." + lane_.light.front().name);
  }

  void add_reflector(const Instance& instance, Domain output) {
    const double reflectance = parts::reflectance_of(instance.part);
    std::vector<Reflector>& list = segment().reflectors;
    if (output == Domain::field && !list.empty() && parts::info(instance.part).has_response)
      list.back().loss_to_next /= std::norm(segment().elements.back().response(0.0));
    if (const auto* circulator = parts::as<parts::Circulator>(instance)) {
      list.push_back({instance.name, reflectance, 1.0, circulator->isolation, circulator->insertion_loss});
      last_circulator_ = &instance;
      ++circulators_;
    } else if (reflectance > 0.0) {
      list.push_back({instance.name, reflectance, 1.0});
    }
  }

  // What parts did to the power of the light before the photodiode.
  struct PowerMemory {
    std::string name;
    std::string_view label;
    signal::Response response;
  };

  const Lane& lane_;
  Plan& plan_;
  std::vector<PowerMemory> power_memories_;
  int circulators_ = 0;
  const Instance* last_circulator_ = nullptr;
};

}  // namespace

parts::Conditions conditions_of(const Element& element, parts::Conditions lane) {
  lane.temperature = element.temperature;
  return lane;
}

int level_count(Modulation modulation) {
  switch (modulation) {
    case Modulation::pam2:
      return 2;
    case Modulation::pam4:
      return 4;
    case Modulation::pam6:
      return 6;
    case Modulation::pam8:
      return 8;
    case Modulation::dp_qpsk:
      return 2;
    case Modulation::dp_8qam:
      return 3;
    case Modulation::dp_16qam:
      return 4;
  }
  return 4;
}

parts::Conditions conditions_of(const Lane& lane) {
  parts::Conditions conditions;
  conditions.symbol_rate = lane.symbol_rate;
  conditions.levels = level_count(lane.modulation);
  conditions.temperature = lane.temperature;
  conditions.light = parts::light_after(lane.light, conditions);
  if (const auto* laser = lane.light.empty() ? nullptr : parts::as<parts::TunableLaser>(lane.light.front())) {
    conditions.local_oscillator = local_oscillator(*laser, conditions);
    conditions.information_rate = information_rate(lane);
  }
  return conditions;
}

Plan make_plan(const Lane& lane) {
  if (is_coherent(lane))
    throw Error(ErrorInfo{lane.chain.front().mark,
                          "lane.chain",
                          "this study asks a PAM lane, and the chain is coherent",
                          "run, check, compare, sweep and cluster take coherent lanes",
                          {}});
  Plan plan;
  plan.conditions = conditions_of(lane);
  if ((lane.samples_per_symbol & (lane.samples_per_symbol - 1)) != 0)
    throw Error(ErrorInfo{{},
                          "lane.samples_per_symbol",
                          fmt::format("{} is not a power of two", lane.samples_per_symbol),
                          "4, 8, 16, 32, 64",
                          {}});
  if (lane.fec == Fec::kp4_inner && lane.modulation != Modulation::pam4)
    throw Error(ErrorInfo{{}, "lane.fec", "the inner code is defined for PAM4", "PAM4, or \"KP4\"", {}});
  if (lane.precoding && plan.conditions.levels != 2 && plan.conditions.levels != 4)
    throw Error(ErrorInfo{{},
                          "lane.precoding",
                          fmt::format("there is no precoder for {} levels", plan.conditions.levels),
                          "PAM2 or PAM4",
                          {}});
  plan.feedback = feedback_of(lane, plan.conditions);
  if (plan.feedback.present) {
    const auto& laser = std::get<parts::DiodeLaser>(lane.light.front().part);
    plan.conditions.light.rin_density = rin_density(laser, plan.feedback.ratio());
    plan.warnings = feedback_warnings(plan.feedback);
  }
  for (const Instance& instance : lane.light)
    for (std::string& remark :
         parts::remarks_of(instance.part, parts::conditions_of(instance, plan.conditions)))
      plan.warnings.push_back({"lane.light." + instance.name, std::move(remark)});
  PlanBuilder(lane, plan).run();
  if (lane.fec == Fec::kp4_inner) {
    const auto light = std::find_if(plan.segments.begin(), plan.segments.end(),
                                    [](const Segment& segment) { return segment.optical; });
    (light != plan.segments.end() ? *light : plan.segments.back()).inner_coded = true;
  }
  add_aggressors(lane, plan);
  return plan;
}

}  // namespace waverack::link
