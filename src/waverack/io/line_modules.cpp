#include "waverack/io/line_modules.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/coherent_budget.hpp"

namespace waverack::io {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// The noise that the module's own amplifiers send along: OSNR in 12.5 GHz, infinite where it has none.
double own_osnr(const link::CoherentPlan& plan, const link::Lane& lane) {
  const auto in_module = [&](const std::string& name) {
    return std::any_of(lane.chain.begin(), lane.chain.end(), [&](const parts::Instance& instance) {
      return instance.name == name && instance.place == parts::Place::module;
    });
  };
  coherent::Line own;
  own.channel = plan.line.channel;
  for (const coherent::NamedElement& element : plan.line.elements) {
    if (std::holds_alternative<coherent::FibreSpan>(element.element) || !in_module(element.name)) break;
    own.elements.push_back(element);
  }
  const coherent::LinePoint end = coherent::amplifier_noise(own).back();
  return end.noise_density > 0.0 ? coherent::osnr(end) : infinite;
}

// The grid of these modules: 75 GHz for 60 GBd, 150 GHz for 118 GBd, as they are sold.
double grid_of(double symbol_rate, double roll_off) {
  constexpr double step = 25e9;
  return std::ceil(symbol_rate * (1.0 + roll_off) / step - 1e-9) * step;
}

// The channel of least GSNR on a line that carries this load alone.
struct Loaded {
  GnpyPath path;
  std::vector<LineChannel> channels;
  std::size_t worst = 0;
};

Loaded loaded(const LineQuestion& question, const GnpyFiles& files, GnpyLoad load) {
  if (question.power_dbm) load.power_dbm = question.power_dbm;
  if (question.spacing) load.spacing = question.spacing;
  Loaded result;
  result.path = gnpy_path(files, question.from, question.to, load);
  result.channels = measure_channels(result.path);
  result.worst = worst_channel(result.channels);
  return result;
}

void judge(const Loaded& on, const coherent::TransceiverBudget& budget, coherent::Format format,
           LineModule& module) {
  coherent::Line line = line_of(on.path, on.worst);
  line.channel.format = format;
  for (coherent::Channel& other : line.neighbours) other.format = format;
  const coherent::LinkClosure closure =
      coherent::close_link(line, budget, coherent::NonlinearModel::closed_form);
  const LineChannel& worst = on.channels[on.worst];
  module.symbol_rate = line.channel.symbol_rate;
  module.spacing = on.path.spacing;
  module.channels = on.channels.size();
  module.worst = on.worst;
  module.gsnr_osnr = coherent::osnr_of_snr(worst.gsnr, module.symbol_rate);
  module.required_gsnr_osnr = coherent::osnr_of_snr(closure.required_gsnr, module.symbol_rate);
  module.margin_db = to_db(worst.gsnr / closure.required_gsnr) - on.path.system_margin_db;
  module.dispersion = closure.dispersion;
  module.pmd = closure.dgd;
  module.pdl_db = closure.pdl_db;
  module.penalties = closure.penalties;
}

LineModule judge_design(const LineQuestion& question, const GnpyFiles& files, const std::string& name) {
  const Input input = load_design(name);
  const link::Lane& lane = input.loaded.design.lane;
  if (!link::is_coherent(lane))
    throw Error(ErrorInfo{{input.file, 0, 0},
                          "lane.chain",
                          "'" + name + "' is no coherent module",
                          "zr-800g, zr-plus-800g, zr-400g, or a design of yours like them",
                          {}});
  link::CoherentPlan plan = link::make_coherent_plan(lane);
  const coherent::Channel& light = plan.line.channel;
  const GnpyTable information = equipment_entry(files, "SI", "default");
  GnpyLoad load;
  load.symbol_rate = light.symbol_rate;
  load.roll_off = light.roll_off;
  load.spacing = std::max(number(information, "spacing"), grid_of(light.symbol_rate, light.roll_off));
  if (const double osnr = own_osnr(plan, lane); osnr < infinite) load.transmitter_osnr = osnr;
  const Loaded on = loaded(question, files, load);

  LineModule module;
  module.name = name;
  // Behind a ROADM an amplifier of the drop side stands that the files do not describe.
  const bool dropped = on.path.route[on.path.route.size() - 2].type == "Roadm";
  if (!dropped) plan.received_power = on.channels[on.worst].power;
  module.received_power = plan.received_power;
  plan.line = line_of(on.path, on.worst);
  coherent::TransceiverBudget budget = link::transceiver_budget(plan, lane.ber_limit);
  budget.transmitter_osnr = on.path.transmitter_osnr;
  for (coherent::ModuleNoise& noise : budget.noises) noise.reference_power = 0.0;
  judge(on, budget, plan.format, module);
  return module;
}

LineModule judge_mode(const LineQuestion& question, const GnpyFiles& files, const GnpyMode& mode) {
  LineModule module;
  module.name = mode.transceiver + ", " + mode.format;
  module.of_equipment = true;
  const Loaded on = loaded(question, files, load_of_mode(mode, files));
  // The closed form of interference does not look at the constellation.
  judge(on, mode.budget, coherent::Format::qam16, module);
  return module;
}

}  // namespace

std::vector<std::string> default_modules() { return {"zr-800g", "zr-plus-800g", "zr-400g"}; }

GnpyLoad load_of_mode(const GnpyMode& mode, const GnpyFiles& files) {
  GnpyLoad load;
  load.symbol_rate = mode.symbol_rate;
  load.roll_off = mode.roll_off;
  load.transmitter_osnr = mode.budget.transmitter_osnr;
  if (const double spacing = number(equipment_entry(files, "SI", "default"), "spacing");
      mode.least_spacing > spacing)
    load.spacing = mode.least_spacing;
  return load;
}

std::vector<LineModule> judge_modules(const LineQuestion& question, const GnpyFiles& files) {
  std::vector<LineModule> modules;
  if (!question.transceiver.empty()) {
    modules.push_back(judge_mode(question, files, gnpy_mode(files, question.transceiver, question.mode)));
    modules.back().asked = true;
  }
  const bool asked = !question.modules.empty();
  if (asked || question.transceiver.empty())
    for (const std::string& name : asked ? question.modules : default_modules()) {
      modules.push_back(judge_design(question, files, name));
      modules.back().asked = asked;
    }
  if (!asked && question.transceiver.empty())
    for (const GnpyMode& mode : gnpy_modes(files)) modules.push_back(judge_mode(question, files, mode));
  return modules;
}

}  // namespace waverack::io
