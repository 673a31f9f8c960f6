#include "waverack/io/line_run.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/gn_model.hpp"
#include "waverack/coherent/link_closure.hpp"
#include "waverack/io/line_curves.hpp"
#include "waverack/io/line_modules.hpp"

namespace waverack::io {

namespace {

constexpr double no_limit = std::numeric_limits<double>::infinity();

// The interference of each span, and 0 for other elements.
std::vector<double> nonlinear_parts(const coherent::Line& line) {
  const coherent::NonlinearNoise noise = coherent::gn_noise(line, {.noise = true});
  std::vector<double> parts(line.elements.size());
  std::size_t span = 0;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (std::holds_alternative<coherent::FibreSpan>(line.elements[i].element)) {
      parts[i] = noise.self[span] + (noise.neighbours.empty() ? 0.0 : noise.neighbours[span]);
      ++span;
    }
  return parts;
}

// D·L = −2πc·β2·L/λ² at 1550 nm, where the files state dispersion.
double dispersion_of(const coherent::FibreSpan& span) {
  constexpr double wavelength = 1550e-9;
  return -2.0 * std::numbers::pi * speed_of_light * span.beta2 * span.length / (wavelength * wavelength);
}

std::vector<LineStep> steps_of(const GnpyPath& path, std::size_t channel) {
  const coherent::Line line = line_of(path, channel);
  const std::vector<coherent::LinePoint> points = coherent::amplifier_noise(line, path.transmitter_osnr);
  const std::vector<double> nonlinear = nonlinear_parts(line);
  std::vector<LineStep> steps;
  std::size_t done = 0;
  double interference = 0.0, dispersion = 0.0;
  coherent::Line so_far;
  so_far.channel = line.channel;
  for (const GnpyHop& hop : path.route) {
    for (; done < hop.end; ++done) {
      const coherent::LineElement& element = line.elements[done].element;
      so_far.elements.push_back(line.elements[done]);
      interference += nonlinear[done];
      if (const auto* span = std::get_if<coherent::FibreSpan>(&element)) dispersion += dispersion_of(*span);
    }
    const coherent::LinePoint& here = points[done];
    LineStep step;
    step.hop = hop;
    step.distance = here.distance;
    step.power = here.power;
    step.ase_power = here.noise_density * line.channel.symbol_rate;
    step.nonlinear_power = interference * here.power;
    step.snr_ase = here.noise_density > 0.0 ? coherent::snr_in_symbol_rate(here, line.channel) : no_limit;
    step.snr_nonlinear = interference > 0.0 ? 1.0 / interference : no_limit;
    step.gsnr = 1.0 / (1.0 / step.snr_ase + 1.0 / step.snr_nonlinear);
    step.dispersion = dispersion;
    step.pmd = coherent::mean_dgd(so_far);
    step.pdl_db = coherent::total_pdl_db(so_far);
    step.latency = coherent::total_latency(so_far);
    steps.push_back(std::move(step));
  }
  return steps;
}

GnpyLoad load_of(const LineQuestion& question, const GnpyFiles& files) {
  GnpyLoad load;
  if (!question.transceiver.empty())
    load = load_of_mode(gnpy_mode(files, question.transceiver, question.mode), files);
  if (question.power_dbm) load.power_dbm = question.power_dbm;
  if (question.spacing) load.spacing = question.spacing;
  return load;
}

void check(const LineQuestion& question) {
  if (question.transceiver.empty() == question.mode.empty()) return;
  const bool lacks_mode = question.mode.empty();
  throw Error(ErrorInfo{{},
                        lacks_mode ? "--transceiver" : "--mode",
                        "a mode is named by its transceiver and its format",
                        lacks_mode ? "with --mode FORMAT" : "with --transceiver TYPE",
                        {}});
}

}  // namespace

LineAnswer answer_line(const LineQuestion& question, const GnpyFiles& files) {
  check(question);
  LineAnswer answer;
  answer.question = question;
  answer.load = question.transceiver.empty() ? "channels of SI" : question.transceiver + ", " + question.mode;
  answer.path = gnpy_path(files, question.from, question.to, load_of(question, files));
  answer.channels = measure_channels(answer.path);
  for (const LineChannel& one : answer.channels)
    if (!(std::isfinite(one.gsnr) && one.gsnr > 0.0))
      throw Error(ErrorInfo{files.network.mark,
                            answer.path.route.back().uid,
                            "no signal arrives: noise and interference have no end",
                            "powers, gains, dispersion and areas of a line that can be built",
                            {}});
  answer.worst = worst_channel(answer.channels);
  for (std::size_t k = 0; k < answer.channels.size(); ++k)
    if (answer.channels[k].gsnr > answer.channels[answer.best].gsnr) answer.best = k;
  answer.followed = question.channel.value_or(answer.worst);
  if (answer.followed >= answer.channels.size())
    throw Error(ErrorInfo{{},
                          "--channel",
                          fmt::format("there is no channel {}", answer.followed + 1),
                          fmt::format("1 to {}", answer.channels.size()),
                          {}});
  answer.steps = steps_of(answer.path, answer.followed);
  answer.modules = judge_modules(question, files);
  answer.curves = line_curves(answer);
  return answer;
}

LineAnswer answer_line(const LineQuestion& question) {
  return answer_line(question, load_gnpy(question.equipment, question.network));
}

}  // namespace waverack::io
