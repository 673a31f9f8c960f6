#include "waverack/io/gnpy_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <optional>
#include <set>
#include <utility>

#include "waverack/base/decibel.hpp"
#include "waverack/base/error.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/gn_model.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/json_reader.hpp"

namespace waverack::io {

namespace {

using coherent::LineAmplifier;
using coherent::NamedElement;

constexpr double pi = std::numbers::pi, speed_of_light = 299792458.0, planck_constant = 6.62607015e-34;
constexpr double reference_wavelength = 1550e-9;  // at which the library states dispersion
constexpr double area_frequency = 193.5e12;       // at which the library states effective areas

double ratio(double db) { return std::pow(10.0, 0.1 * db); }
double watts(double dbm) { return 1e-3 * ratio(dbm); }

std::optional<double> number(const Node* node) {
  if (!node) return std::nullopt;
  if (const auto* real = std::get_if<double>(&node->value)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&node->value)) return static_cast<double>(*whole);
  return std::nullopt;
}

const Table& table_of(const Node& node, const std::string& what) {
  if (!node.table()) throw Error("GNPy: " + what + " is " + kind_of(node) + ", not a table");
  return *node.table();
}

std::optional<double> find(const Table* table, std::string_view key) {
  return table ? number(table->find(key)) : std::nullopt;
}

double get(const Table& table, std::string_view key, const std::string& what) {
  if (const auto value = find(&table, key)) return *value;
  throw Error("GNPy: " + what + " has no number \"" + std::string(key) + "\"");
}

std::string text(const Table& table, std::string_view key) {
  const Node* node = table.find(key);
  return node && node->string() ? *node->string() : "";
}

const Table* inner(const Table& table, std::string_view key) {
  const Node* node = table.find(key);
  return node ? node->table() : nullptr;
}

// The entry of a library's list that has this type_variety; the first where `variety` is empty.
const Table& entry(const Table& equipment, std::string_view list, const std::string& variety) {
  const Node* node = equipment.find(list);
  const std::string name(list);
  if (!node || !node->array() || node->array()->empty())
    throw Error("GNPy: the equipment has no \"" + name + "\"");
  for (const Node& one : *node->array()) {
    const Table& table = table_of(one, name);
    const std::string its = text(table, "type_variety");
    if (its == variety || (variety == "default" && its.empty())) return table;
  }
  if (variety.empty()) return table_of(node->array()->front(), name);
  throw Error("GNPy: the equipment's \"" + name + "\" has no \"" + variety + "\"");
}

struct Files {
  Node equipment, network;
  std::map<std::string, const Table*> elements;
  std::map<std::string, std::vector<std::string>> next;
};

double fibre_length(const Table& element) {  // [m]; 0 of what is no fibre
  if (text(element, "type") != "Fiber") return 0.0;
  const Table* params = inner(element, "params");
  const std::string uid = text(element, "uid");
  if (!params) throw Error("GNPy: \"" + uid + "\" has no params");
  const std::string unit = text(*params, "length_units");
  if (!unit.empty() && unit != "km" && unit != "m")
    throw Error("GNPy: \"" + uid + "\": unknown unit \"" + unit + "\"");
  return get(*params, "length", "\"" + uid + "\"") * (unit == "m" ? 1.0 : 1e3);
}

Files read(std::string_view equipment, std::string_view network) {
  Files files{parse_json(equipment, "equipment"), parse_json(network, "network"), {}, {}};
  table_of(files.equipment, "the equipment");
  const Table& root = table_of(files.network, "the network");
  const Node* elements = root.find("elements");
  const Node* connections = root.find("connections");
  if (!elements || !elements->array() || !connections || !connections->array())
    throw Error("GNPy: the network has no lists \"elements\" and \"connections\"");
  for (const Node& node : *elements->array()) {
    const Table& table = table_of(node, "an element");
    files.elements[text(table, "uid")] = &table;
  }
  for (const Node& node : *connections->array()) {
    const Table& table = table_of(node, "a connection");
    files.next[text(table, "from_node")].push_back(text(table, "to_node"));
  }
  return files;
}

// Dijkstra over fibre lengths; what is no fibre counts 10 m, so that fewer elements win.
std::vector<std::string> shortest(const Files& files, const std::string& from, const std::string& to) {
  for (const std::string& end : {from, to}) {
    const auto found = files.elements.find(end);
    if (found == files.elements.end() || text(*found->second, "type") != "Transceiver")
      throw Error("GNPy: the network has no transceiver \"" + end + "\"");
  }
  std::map<std::string, std::pair<double, std::string>> reached{{from, {0.0, ""}}};
  std::set<std::pair<double, std::string>> open{{0.0, from}};
  while (!open.empty()) {
    const auto [length, uid] = *open.begin();
    open.erase(open.begin());
    if (uid == to) break;
    const auto next = files.next.find(uid);
    if (next == files.next.end()) continue;
    for (const std::string& other : next->second) {
      const auto element = files.elements.find(other);
      if (element == files.elements.end())
        throw Error("GNPy: a connection to \"" + other + "\", which is no element");
      const double there = length + std::max(fibre_length(*element->second), 10.0);
      if (const auto known = reached.find(other); known != reached.end() && known->second.first <= there)
        continue;
      reached[other] = {there, uid};
      open.insert({there, other});
    }
  }
  if (!reached.contains(to)) throw Error("GNPy: no path leads from \"" + from + "\" to \"" + to + "\"");
  std::vector<std::string> route{to};
  while (route.back() != from) route.push_back(reached[route.back()].second);
  std::reverse(route.begin(), route.end());
  return route;
}

std::vector<coherent::Channel> channels_of(const Table& information, double power) {
  const std::string what = "SI";
  const double low = get(information, "f_min", what), high = get(information, "f_max", what);
  const double spacing = get(information, "spacing", what);
  if (!(spacing > 0.0)) throw Error("GNPy: the spacing of SI is not above 0");
  // The band's ends are the slots' outer edges less half a slot at each end, as GNPy counts.
  const int count = static_cast<int>(std::floor((high - low) / spacing + 1e-9));
  std::vector<coherent::Channel> channels;
  for (int k = 1; k <= count; ++k) {
    coherent::Channel channel;
    channel.frequency = low + k * spacing;
    channel.symbol_rate = get(information, "baud_rate", what);
    channel.roll_off = find(&information, "roll_off").value_or(0.15);
    channel.power = power;
    channels.push_back(channel);
  }
  if (channels.empty()) throw Error("GNPy: SI has no room for a channel");
  return channels;
}

// Step-index fibre: V = V₀·f/f₀, the spot's radius w = a/√(ln V).
double area_at(double area, double frequency) {
  constexpr double core = pi * 4.2e-6 * 4.2e-6;
  return core / (core / area + std::log(frequency / area_frequency));
}

double gamma_at(double area, double frequency) {
  constexpr double nonlinear_index = 2.6e-20;  // [m²/W]
  return 2.0 * pi * frequency * nonlinear_index / (speed_of_light * area_at(area, frequency));
}

// Two stages with an attenuator between them (GNPy: "variable_gain"): noise figures of the stages and the
// loss that meet the noise figures stated at the ends of the gain range.
double variable_noise_figure(const Table& type, double gain, const std::string& what) {
  const double low = get(type, "gain_min", what), high = get(type, "gain_flatmax", what);
  const double least = ratio(get(type, "nf_min", what)), most = ratio(get(type, "nf_max", what));
  double apart = 5.0, first_high = high - apart;
  double first_low = low - (high - low) - apart;
  double second = to_db((least - most) / (1.0 / ratio(first_high) - 1.0 / ratio(first_low)));
  const double first = to_db(least - ratio(second) / ratio(first_high));
  if (!(second > first + 0.3 && second < first + 2.0)) {
    second = std::clamp(second, first + 0.3, first + 2.0);
    first_high = to_db(ratio(second) / (least - ratio(first)));
    apart = high - first_high;
  }
  const double of_first = gain - apart - std::max(high - gain, 0.0);
  return ratio(first) + ratio(second) / ratio(of_first);
}

// Noise figure as a ratio; 0 for a noiseless booster. `input_dbm` is the power of one channel.
double noise_figure(const Table& type, double gain, double input_dbm) {
  const std::string kind = text(type, "type_def"), what = "amplifier \"" + text(type, "type_variety") + "\"";
  const double padding = std::max(find(&type, "gain_min").value_or(gain) - gain, 0.0);
  if (kind == "fixed_gain") return ratio(get(type, "nf0", what) + padding);
  if (kind == "variable_gain") return variable_noise_figure(type, gain + padding, what) * ratio(padding);
  if (kind == "openroadm_booster") return 0.0;
  // OpenROADM states the OSNR that an amplifier adds at an input power: NF = P − OSNR + 58.
  if (kind == "openroadm_preamp")
    return ratio(input_dbm - std::min((4.0 * input_dbm + 275.0) / 7.0, 33.0) + 58.0);
  if (kind == "openroadm") {
    const Node* node = type.find("nf_coef");
    if (!node || !node->array()) throw Error("GNPy: " + what + " has no list \"nf_coef\"");
    double osnr = 0.0;
    for (const Node& factor : *node->array()) osnr = osnr * input_dbm + number(&factor).value_or(0.0);
    return ratio(input_dbm - osnr + 58.0);
  }
  throw Error("GNPy: " + what + " is of the type \"" + kind + "\", which is not read");
}

// Builds the line, element by element; follows the power of a channel of `reference_` through it.
class Builder {
 public:
  Builder(const Files& files, std::vector<std::string> route)
      : files_(files), equipment_(*files.equipment.table()) {
    const Table& information = entry(equipment_, "SI", "default");
    reference_dbm_ = get(information, "power_dbm", "SI");
    path_.transmitter_osnr = ratio(find(&information, "tx_osnr").value_or(100.0));
    path_.channels =
        channels_of(information, watts(find(&information, "tx_power_dbm").value_or(reference_dbm_)));
    path_.route = std::move(route);
    const std::size_t middle = (path_.channels.size() - 1) / 2;
    path_.line.channel = path_.channels[middle];
    for (std::size_t k = 0; k < path_.channels.size(); ++k)
      if (k != middle) path_.line.neighbours.push_back(path_.channels[k]);
    bare_ = path_.line;
    power_ = path_.line.channel.power;
    before_ = reference_dbm_;
  }

  GnpyPath build() {
    for (std::size_t i = 1; i + 1 < path_.route.size(); ++i) {
      const Table& element = *files_.elements.at(path_.route[i]);
      const std::string type = text(element, "type");
      if (type == "Fiber")
        fibre(element, i);
      else if (type == "Edfa")
        amplifier(element, i);
      else if (type == "Roadm")
        roadm(element, i);
      else if (type == "Fused")
        loss(path_.route[i], find(inner(element, "params"), "loss").value_or(1.0));
      else
        throw Error("GNPy: \"" + path_.route[i] + "\" is a \"" + type + "\", which is not read");
    }
    return std::move(path_);
  }

 private:
  void add(const std::string& name, const coherent::LineElement& element, bool also_bare = true) {
    path_.line.elements.push_back({name, element});
    if (also_bare) bare_.elements.push_back({name, element});
  }

  void loss(const std::string& name, double db) {
    add(name, coherent::LineFilter{.bandwidth = 1e15, .order = 1, .loss = ratio(db)});
    power_ /= ratio(db);
    before_ -= db;
  }

  double connectors_and_fibre(const Table& element, coherent::FibreSpan* span, const std::string& uid) const {
    const Table& params = *inner(element, "params");
    const Table& spans = entry(equipment_, "Span", "default");
    if (const Node* lumped = params.find("lumped_losses");
        lumped && lumped->array() && !lumped->array()->empty())
      throw Error("GNPy: \"" + uid + "\" has lumped losses, which are not read");
    const double in = find(&params, "con_in").value_or(find(&spans, "con_in").value_or(0.0));
    const double out =
        find(&params, "con_out")
            .value_or(find(&spans, "con_out").value_or(0.0) + find(&spans, "EOL").value_or(0.0));
    const double fibre = get(params, "loss_coef", "\"" + uid + "\"") * 1e-3 * fibre_length(element);
    double pad = find(&params, "att_in").value_or(0.0);
    pad = std::max(pad, find(&spans, "padding").value_or(0.0) - in - out - fibre);
    if (span) {
      span->input_loss = ratio(in + pad);
      span->output_loss = ratio(out);
      span->attenuation = get(params, "loss_coef", "\"" + uid + "\"") * 1e-4 * std::numbers::ln10;
    }
    return in + pad + fibre + out;
  }

  void fibre(const Table& element, std::size_t i) {
    const std::string uid = path_.route[i];
    const Table& library = entry(equipment_, "Fiber", text(element, "type_variety"));
    const Table& params = *inner(element, "params");
    coherent::FibreSpan span;
    span.length = fibre_length(element);
    const double db = connectors_and_fibre(element, &span, uid);
    const double dispersion =
        find(&params, "dispersion").value_or(get(library, "dispersion", "the fibre's type"));
    span.beta2 = -dispersion * reference_wavelength * reference_wavelength / (2.0 * pi * speed_of_light);
    // Without a slope β2 is the same at all frequencies.
    span.frequency = speed_of_light / reference_wavelength;
    if (const auto slope = find(&library, "dispersion_slope"))
      span.beta3 = (*slope + 2.0 * dispersion / reference_wavelength) *
                   std::pow(reference_wavelength * reference_wavelength / (2.0 * pi * speed_of_light), 2);
    span.pmd = find(&params, "pmd_coef").value_or(find(&library, "pmd_coef").value_or(0.0));
    if (const auto gamma = find(&library, "gamma")) {
      span.gamma = *gamma;
      path_.effective_areas.push_back(0.0);
    } else {
      const double area = get(library, "effective_area", "the fibre's type");
      span.gamma = gamma_at(area, path_.line.channel.frequency);
      path_.effective_areas.push_back(area);
    }
    add(uid, span);
    power_ /= ratio(db);
    before_ -= db;
  }

  // The channel's power behind an amplifier over SI's, where a file does not say: a third of what the next
  // span loses beyond 20 dB, within the range.
  double designed_delta(std::size_t i) const {
    const Table& next = *files_.elements.at(path_.route[i + 1]);
    if (text(next, "type") == "Roadm") return 0.0;
    const double db =
        text(next, "type") == "Fiber" ? connectors_and_fibre(next, nullptr, path_.route[i + 1]) : 0.0;
    const Node* range = entry(equipment_, "Span", "default").find("delta_power_range_db");
    if (!range || !range->array() || range->array()->size() != 3) return 0.0;
    const double low = number(&(*range->array())[0]).value_or(0.0),
                 high = number(&(*range->array())[1]).value_or(0.0);
    const double step = number(&(*range->array())[2]).value_or(0.0);
    double delta = 0.3 * (db - 20.0);
    if (step > 0.0) delta = std::round(delta / step) * step;
    return std::clamp(delta, low, std::max(low, high));
  }

  void amplifier(const Table& element, std::size_t i) {
    const std::string uid = path_.route[i], variety = text(element, "type_variety");
    if (variety.empty())
      throw Error("GNPy: amplifier \"" + uid + "\" has no type_variety: save the designed network");
    const Table& type = entry(equipment_, "Edfa", variety);
    const Table* operational = inner(element, "operational");
    const Node* mode = entry(equipment_, "Span", "default").find("power_mode");
    const bool power_mode = mode && std::get_if<bool>(&mode->value) && std::get<bool>(mode->value);
    double gain = find(operational, "gain_target").value_or(0.0);
    if (power_mode)
      gain = reference_dbm_ + find(operational, "delta_p").value_or(designed_delta(i)) - before_;
    const double total = to_dbm(power_ * static_cast<double>(path_.channels.size()));
    gain = std::min(gain, get(type, "p_max", "amplifier \"" + variety + "\"") - total);
    const double figure = noise_figure(type, gain, to_dbm(with_noise()));
    add(uid, LineAmplifier{.gain = ratio(gain), .noise_figure = figure + 1.0 / ratio(gain)});
    polarisation(uid, type);
    power_ *= ratio(gain);
    before_ += gain;
    if (const double out = find(operational, "out_voa").value_or(0.0); out > 0.0) loss(uid + " VOA", out);
  }

  // All light of the channel, ASE and nonlinear interference with it.
  double with_noise() const {
    const coherent::LinePoint end = coherent::amplifier_noise(bare_).back();
    return end.power + end.noise_density * bare_.channel.symbol_rate +
           end.power * coherent::gn_noise(bare_, {.noise = true}).ratio();
  }

  void polarisation(const std::string& uid, const Table& type) {
    const double pmd = find(&type, "pmd").value_or(0.0), pdl = find(&type, "pdl").value_or(0.0);
    if (pmd > 0.0 || pdl > 0.0) add(uid, coherent::PolarisationElement{.pdl = ratio(pdl), .dgd = pmd});
  }

  // Half of the noise of adding and dropping, as an amplifier without gain.
  void add_or_drop(const std::string& uid, double osnr_db) {
    const double noise = power_ / ratio(osnr_db + to_db(2.0)) / coherent::osnr_bandwidth;
    add(uid + " add or drop",
        LineAmplifier{.gain = 1.0,
                      .noise_figure = 1.0 + noise / (planck_constant * path_.line.channel.frequency)},
        false);
  }

  void roadm(const Table& element, std::size_t i) {
    const std::string uid = path_.route[i];
    const std::string variety = text(element, "type_variety");
    const Table& type = entry(equipment_, "Roadm", variety.empty() ? "default" : variety);
    const Table* params = inner(element, "params");
    std::optional<double> target = find(params, "target_pch_out_db");
    if (!target) target = find(&type, "target_pch_out_db");
    if (params)
      if (const Table* degrees = inner(*params, "per_degree_pch_out_db"))
        if (const auto degree = find(degrees, path_.route[i + 1])) target = degree;
    if (!target) throw Error("GNPy: ROADM \"" + uid + "\" has no target_pch_out_db");
    const double down = std::max(to_dbm(with_noise()) - *target, 0.0);
    const double reference = std::max(before_ - *target, 0.0);
    loss(uid, down);
    before_ += down - reference;
    polarisation(uid, type);
    const auto is_end = [&](const std::string& other) {
      return text(*files_.elements.at(other), "type") == "Transceiver";
    };
    if (const auto osnr = find(&type, "add_drop_osnr"))
      for (const std::size_t side : {i - 1, i + 1})
        if (is_end(path_.route[side])) add_or_drop(uid, *osnr);
  }

  const Files& files_;
  const Table& equipment_;
  GnpyPath path_;
  coherent::Line bare_;  // without the noise of adding and dropping, which GNPy adds at the end
  double reference_dbm_ = 0.0;
  double before_ = 0.0;  // power of the design's reference channel, noise left out [dBm]
  double power_ = 0.0;   // of the channel [W]
};

}  // namespace

GnpyPath parse_gnpy_path(std::string_view equipment, std::string_view network, const std::string& from,
                         const std::string& to) {
  const Files files = read(equipment, network);
  return Builder(files, shortest(files, from, to)).build();
}

GnpyPath load_gnpy_path(const std::string& equipment_file, const std::string& network_file,
                        const std::string& from, const std::string& to) {
  return parse_gnpy_path(read_file(equipment_file, design_size_limit, equipment_file),
                         read_file(network_file, design_size_limit, network_file), from, to);
}

coherent::Line line_of(const GnpyPath& path, std::size_t index) {
  if (index >= path.channels.size())
    throw Error("GNPy: the path has no channel " + std::to_string(index) + ", only " +
                std::to_string(path.channels.size()));
  coherent::Line line = path.line;
  line.channel = path.channels[index];
  line.neighbours.clear();
  for (std::size_t k = 0; k < path.channels.size(); ++k)
    if (k != index) line.neighbours.push_back(path.channels[k]);
  std::size_t span = 0;
  for (NamedElement& named : line.elements)
    if (auto* fibre = std::get_if<coherent::FibreSpan>(&named.element)) {
      if (const double area = path.effective_areas[span++]; area > 0.0)
        fibre->gamma = gamma_at(area, line.channel.frequency);
    }
  return line;
}

coherent::TransceiverBudget parse_gnpy_mode(std::string_view equipment, const std::string& type,
                                            const std::string& format) {
  const Node root = parse_json(equipment, "equipment");
  const Table& transceiver = entry(table_of(root, "the equipment"), "Transceiver", type);
  const Node* modes = transceiver.find("mode");
  if (modes && modes->array())
    for (const Node& node : *modes->array()) {
      const Table& mode = table_of(node, "a mode");
      if (text(mode, "format") != format) continue;
      coherent::TransceiverBudget module;
      const std::string what = "mode \"" + format + "\"";
      module.specified_osnr = ratio(get(mode, "OSNR", what));
      module.required_snr = module.specified_osnr * coherent::osnr_bandwidth / get(mode, "baud_rate", what);
      module.transmitter_osnr = ratio(find(&mode, "tx_osnr").value_or(100.0));
      const Node* penalties = mode.find("penalties");
      if (penalties && penalties->array())
        for (const Node& one : *penalties->array()) {
          const Table& row = table_of(one, "a penalty");
          const double db = get(row, "penalty_value", "a penalty");
          const auto put = [&](const char* key, double unit, coherent::PenaltyTable& table) {
            if (const auto value = find(&row, key)) {
              table.at.push_back(*value * unit);
              table.penalty_db.push_back(db);
            }
          };
          put("chromatic_dispersion", 1e-3, module.dispersion);
          put("pmd", 1e-12, module.dgd);
          put("pdl", 1.0, module.pdl);
        }
      return module;
    }
  throw Error("GNPy: transceiver \"" + type + "\" has no mode \"" + format + "\"");
}

}  // namespace waverack::io
