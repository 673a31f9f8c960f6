#include "waverack/io/gnpy_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/gn_model.hpp"
#include "waverack/io/gnpy_amplifier.hpp"
#include "waverack/io/gnpy_light.hpp"
#include "waverack/io/gnpy_route.hpp"

namespace waverack::io {

namespace {

using coherent::LineAmplifier;
using coherent::NamedElement;

using std::numbers::pi;
constexpr double reference_wavelength = 1550e-9;  // at which the library states dispersion

double watts(double dbm) { return 1e-3 * from_db(dbm); }

// Builds the line, element by element; follows the power of the middle channel through it.
class Builder {
 public:
  Builder(const GnpyFiles& files, const std::vector<std::string>& route, const GnpyLoad& load)
      : files_(files),
        information_(equipment_entry(files, "SI", "default")),
        spans_(equipment_entry(files, "Span", "default")) {
    reference_dbm_ = load.power_dbm ? *load.power_dbm : number(information_, "power_dbm");
    path_.transmitter_osnr = load.transmitter_osnr
                                 ? *load.transmitter_osnr
                                 : from_db(find_number(information_, "tx_osnr").value_or(100.0));
    path_.system_margin_db = find_number(information_, "sys_margins").value_or(0.0);
    path_.spacing = load.spacing ? *load.spacing : number(information_, "spacing");
    const double launched =
        load.power_dbm ? *load.power_dbm : find_number(information_, "tx_power_dbm").value_or(reference_dbm_);
    path_.channels = gnpy_channels(information_, watts(launched), path_.spacing, load);
    for (const std::string& uid : route) {
      const GnpyTable& element = files_.elements.at(uid);
      path_.route.push_back({uid, find_text(element, "type"), find_text(element, "type_variety"), 0});
    }
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
      GnpyHop& hop = path_.route[i];
      const GnpyTable& element = files_.elements.at(hop.uid);
      if (hop.type == "Fiber")
        fibre(element, hop.uid);
      else if (hop.type == "Edfa")
        amplifier(element, i);
      else if (hop.type == "Roadm")
        roadm(element, i);
      else if (hop.type == "Fused")
        loss(hop.uid, find_number(inner(element, "params"), "loss").value_or(1.0));
      else
        refuse(element, "type",
               hop.type.empty() ? "is missing" : "elements of the type '" + hop.type + "' are not read",
               "Transceiver, Fiber, Edfa, Roadm, Fused");
      hop.end = path_.line.elements.size();
      // Also where a number of the file is absurd, and the power no number any more.
      if (const double dbm = to_dbm(power_); !(dbm > -100.0 && dbm < 40.0))
        refuse(element, "", fmt::format("a channel has {:.3g} dBm behind it", dbm), "-100 dBm to 40 dBm");
    }
    path_.route.back().end = path_.line.elements.size();
    return std::move(path_);
  }

 private:
  void add(const std::string& name, const coherent::LineElement& element, bool also_bare = true) {
    path_.line.elements.push_back({name, element});
    if (also_bare) bare_.elements.push_back({name, element});
  }

  void loss(const std::string& name, double db) {
    add(name, coherent::LineFilter{.bandwidth = 1e15, .order = 1, .loss = from_db(db)});
    power_ /= from_db(db);
    before_ -= db;
  }

  // Decibels of a fibre and its joints; they go into `span` where there is one.
  double connectors_and_fibre(const GnpyTable& element, coherent::FibreSpan* span) const {
    const GnpyTable params = inner(element, "params");
    if (!inner_list(params, "lumped_losses").empty())
      refuse(params, "lumped_losses", "is not read",
             "a fibre of its own for each length, Fused between them");
    const double in = find_number(params, "con_in").value_or(find_number(spans_, "con_in").value_or(0.0));
    const double out = find_number(params, "con_out")
                           .value_or(find_number(spans_, "con_out").value_or(0.0) +
                                     find_number(spans_, "EOL").value_or(0.0));
    const double per_km = number(params, "loss_coef");
    if (!(per_km >= 0.0)) refuse(params, "loss_coef", "is below 0");
    const double fibre = per_km * 1e-3 * gnpy_fibre_length(element);
    double pad = find_number(params, "att_in").value_or(0.0);
    pad = std::max(pad, find_number(spans_, "padding").value_or(0.0) - in - out - fibre);
    if (span) {
      span->input_loss = from_db(in + pad);
      span->output_loss = from_db(out);
      span->attenuation = per_km * 1e-4 * std::numbers::ln10;
    }
    return in + pad + fibre + out;
  }

  void fibre(const GnpyTable& element, const std::string& uid) {
    const GnpyTable library = equipment_entry(files_, "Fiber", find_text(element, "type_variety"), element);
    const GnpyTable params = inner(element, "params");
    coherent::FibreSpan span;
    span.length = gnpy_fibre_length(element);
    const double db = connectors_and_fibre(element, &span);
    const auto own = find_number(params, "dispersion");
    const double dispersion = own ? *own : number(library, "dispersion");
    span.beta2 = -dispersion * reference_wavelength * reference_wavelength / (2.0 * pi * speed_of_light);
    // Without a slope β2 is the same at all frequencies.
    span.frequency = speed_of_light / reference_wavelength;
    if (const auto slope = find_number(library, "dispersion_slope"))
      span.beta3 = (*slope + 2.0 * dispersion / reference_wavelength) *
                   std::pow(reference_wavelength * reference_wavelength / (2.0 * pi * speed_of_light), 2);
    span.pmd = find_number(params, "pmd_coef").value_or(find_number(library, "pmd_coef").value_or(0.0));
    if (const auto gamma = find_number(library, "gamma")) {
      span.gamma = *gamma;
      path_.effective_areas.push_back(0.0);
    } else {
      const double area = number(library, "effective_area");
      if (!(area > 0.0)) refuse(library, "effective_area", "is not above 0");
      span.gamma = gnpy_gamma(area, path_.line.channel.frequency);
      path_.effective_areas.push_back(area);
    }
    add(uid, span);
    power_ /= from_db(db);
    before_ -= db;
  }

  // The channel's power behind an amplifier over SI's, where a file does not say: a third of what the next
  // span loses beyond 20 dB, within the range.
  double designed_delta(std::size_t i) const {
    const GnpyHop& next = path_.route[i + 1];
    if (next.type == "Roadm") return 0.0;
    const double db =
        next.type == "Fiber" ? connectors_and_fibre(files_.elements.at(next.uid), nullptr) : 0.0;
    const std::vector<double> range = number_list(spans_, "delta_power_range_db");
    if (range.size() != 3) return 0.0;
    double delta = 0.3 * (db - 20.0);
    if (range[2] > 0.0) delta = std::round(delta / range[2]) * range[2];
    return std::clamp(delta, range[0], std::max(range[0], range[1]));
  }

  void amplifier(const GnpyTable& element, std::size_t i) {
    const std::string uid = path_.route[i].uid;
    if (path_.route[i].variety.empty())
      refuse(element, "type_variety", "is missing: save the network that GNPy has designed");
    const GnpyTable type = equipment_entry(files_, "Edfa", path_.route[i].variety, element);
    const GnpyTable operational = inner(element, "operational");
    if (find_number(operational, "in_voa").value_or(0.0) > 0.0)
      refuse(operational, "in_voa", "is not read", "att_in of a fibre, or Fused");
    double gain = find_number(operational, "gain_target").value_or(0.0);
    if (find_flag(spans_, "power_mode"))
      gain = reference_dbm_ + find_number(operational, "delta_p").value_or(designed_delta(i)) - before_;
    const double total = to_dbm(power_ * static_cast<double>(path_.channels.size()));
    gain = std::min(gain, gnpy_output_limit(files_, type) - total);
    const double figure = gnpy_noise_figure(files_, type, gain, to_dbm(with_noise()));
    add(uid, LineAmplifier{.gain = from_db(gain), .noise_figure = figure + 1.0 / from_db(gain)});
    polarisation(uid, type);
    power_ *= from_db(gain);
    before_ += gain;
    if (const double out = find_number(operational, "out_voa").value_or(0.0); out > 0.0)
      loss(uid + " VOA", out);
  }

  // All light of the channel, ASE and nonlinear interference with it.
  double with_noise() const {
    const coherent::LinePoint end = coherent::amplifier_noise(bare_).back();
    return end.power + end.noise_density * bare_.channel.symbol_rate +
           end.power * coherent::gn_noise(bare_, {.noise = true}).ratio();
  }

  void polarisation(const std::string& uid, const GnpyTable& type) {
    const double pmd = find_number(type, "pmd").value_or(0.0), pdl = find_number(type, "pdl").value_or(0.0);
    if (pmd > 0.0 || pdl > 0.0) add(uid, coherent::PolarisationElement{.pdl = from_db(pdl), .dgd = pmd});
  }

  // Half of the noise of adding and dropping, as an amplifier without gain.
  void add_or_drop(const std::string& uid, double osnr_db) {
    const double noise = power_ / from_db(osnr_db + to_db(2.0)) / coherent::osnr_bandwidth;
    add(uid + " add or drop",
        LineAmplifier{.gain = 1.0,
                      .noise_figure = 1.0 + noise / (planck_constant * path_.line.channel.frequency)},
        false);
  }

  // What a ROADM brings a channel of this symbol rate and spacing down to [dBm]; the first of GNPy's three
  // ways that the degree, the element or the library states.
  double target_dbm(const GnpyTable& element, const GnpyTable& type, const std::string& degree, double rate,
                    double spacing) const {
    struct Way {
      const char *key, *by_degree;
      std::optional<double> gigahertz;  // over which the target is spread [mW/GHz]; else it is in dBm
    };
    const Way ways[] = {{"target_pch_out_db", "per_degree_pch_out_db", std::nullopt},
                        {"target_psd_out_mWperGHz", "per_degree_psd_out_mWperGHz", rate / 1e9},
                        {"target_out_mWperSlotWidth", "per_degree_psd_out_mWperSlotWidth", spacing / 1e9}};
    const auto dbm = [](const Way& way, double value) {
      return way.gigahertz ? to_db(value * *way.gigahertz) : value;
    };
    const GnpyTable params = inner(element, "params");
    for (const Way& way : ways)
      if (const auto target = find_number(inner(params, way.by_degree), degree)) return dbm(way, *target);
    for (const GnpyTable& from : {params, type})
      for (const Way& way : ways)
        if (const auto target = find_number(from, way.key)) return dbm(way, *target);
    refuse(element, "params", "states no target power, nor does its type in the equipment",
           "target_pch_out_db, target_psd_out_mWperGHz, target_out_mWperSlotWidth");
  }

  void roadm(const GnpyTable& element, std::size_t i) {
    const GnpyHop& hop = path_.route[i];
    const GnpyTable type =
        equipment_entry(files_, "Roadm", hop.variety.empty() ? "default" : hop.variety, element);
    const std::string& degree = path_.route[i + 1].uid;
    const double target = target_dbm(element, type, degree, path_.line.channel.symbol_rate, path_.spacing);
    const double planned =
        target_dbm(element, type, degree, number(information_, "baud_rate"), number(information_, "spacing"));
    const double down = std::max(to_dbm(with_noise()) - target, 0.0);
    const double reference = std::max(before_ - planned, 0.0);
    loss(hop.uid, down);
    before_ += down - reference;
    polarisation(hop.uid, type);
    if (const auto osnr = find_number(type, "add_drop_osnr"))
      for (const std::size_t side : {i - 1, i + 1})
        if (path_.route[side].type == "Transceiver") add_or_drop(hop.uid, *osnr);
  }

  const GnpyFiles& files_;
  GnpyTable information_, spans_;
  GnpyPath path_;
  coherent::Line bare_;  // without the noise of adding and dropping, which GNPy adds at the end
  double reference_dbm_ = 0.0;
  double before_ = 0.0;  // power of the design's reference channel, noise left out [dBm]
  double power_ = 0.0;   // of the channel [W]
};

}  // namespace

GnpyPath gnpy_path(const GnpyFiles& files, const std::string& from, const std::string& to,
                   const GnpyLoad& load) {
  return Builder(files, gnpy_route(files, from, to), load).build();
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
        fibre->gamma = gnpy_gamma(area, line.channel.frequency);
    }
  return line;
}

}  // namespace waverack::io
