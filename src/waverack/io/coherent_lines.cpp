#include "waverack/io/coherent_lines.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

std::string interval_text(const link::CoherentSimulation& simulation) {
  if (simulation.bit_errors == 0) return "below " + number_text(simulation.ber_high, 2);
  return number_text(simulation.ber_pre_fec, 3);
}

// How the code was judged, and what came of it.
std::string fec_lines(const link::CoherentResult& coherent, const Style& style) {
  if (coherent.fec_mode.empty()) return "";
  const link::CoherentSimulation* simulation = coherent.simulation ? &*coherent.simulation : nullptr;
  std::string note;
  if (coherent.fec_mode == "none")
    note = "No FEC.";
  else if (coherent.fec_mode == "decoded")
    note = fmt::format("{} was decoded: the decoder left {} wrong of {} bits; BER after FEC {}.",
                       coherent.code, count_text(static_cast<double>(simulation->decoded_errors)),
                       count_text(static_cast<double>(simulation->decoded_bits)), post_fec_text(coherent));
  else
    note = fmt::format("{} was not decoded but judged by the normalised GMI{}: {}; BER after FEC {}.",
                       coherent.code, simulation && simulation->aligned ? " of the simulation" : "",
                       coherent.error_free ? "it corrects the errors" : "it does not correct the errors",
                       post_fec_text(coherent));
  return "  " + wrap(note, style.width - 2, 2) + '\n';
}

}  // namespace

std::string post_fec_text(const link::CoherentResult& coherent) {
  return (coherent.error_free ? "below " : "") + number_text(coherent.post_fec_ber, 3);
}

std::string coherent_lines(const link::CoherentResult& coherent, const Style& style) {
  const link::CoherentClosure& closure = coherent.closure;
  const link::CoherentSimulation* simulation = coherent.simulation ? &*coherent.simulation : nullptr;
  const link::CoherentSimulation* measured = simulation && simulation->aligned ? simulation : nullptr;
  TextTable table("lrr");
  table.head(
      {fmt::format("{}, {}", coherent.frame, coherent.format), "closed form", simulation ? "simulated" : ""});
  const auto row = [&](std::string_view label, std::string closed, std::string simulated = "") {
    table.row({std::string(label), std::move(closed), simulation ? std::move(simulated) : std::string()});
  };
  row("Power launched", decibel_text(closure.launch_power_dbm, "dBm"));
  row("Best launch power", decibel_text(closure.best_launch_power_dbm, "dBm"));
  row("Power received", decibel_text(closure.received_power_dbm, "dBm"));
  row("OSNR in 0.1 nm", decibel_text(closure.osnr_db));
  row("SNR of the fibre's interference, EGN (GN)",
      fmt::format("{} ({})", decibel_text(closure.snr_nonlinear_db),
                  decibel_text(closure.snr_nonlinear_gn_db)));
  if (std::isfinite(closure.snr_neighbours_db))
    row("of it, by neighbouring channels", decibel_text(closure.snr_neighbours_db));
  if (std::isfinite(closure.snr_overlap_db))
    row("Light of neighbours in the band", decibel_text(closure.snr_overlap_db));
  row("GSNR in the signal's band", decibel_text(closure.gsnr_db));
  row("SNR of both modules alone", decibel_text(closure.snr_transceiver_db));
  row("SNR at the decision", decibel_text(closure.snr_db), measured ? decibel_text(measured->snr_db) : "");
  row("SNR needed, in theory", decibel_text(closure.required_snr_db));
  row("BER before FEC", number_text(closure.ber_pre_fec, 3), measured ? interval_text(*measured) : "");
  row("Normalised GMI", fmt::format("{:.4f}", closure.ngmi),
      measured ? fmt::format("{:.4f}", measured->ngmi) : "");
  std::string text = heading("Coherent lane", style) + table.text(style, 2);
  if (closure.channels > 1) {
    std::string channels = fmt::format("{} channels, {} GHz apart.", closure.channels,
                                       number_text(closure.channel_spacing * 1e-9, 4));
    if (simulation && std::isfinite(simulation->neighbours_as_noise_snr_db))
      channels += fmt::format(
          " One is simulated; what the others do by the closed form, {}, is added as white noise.",
          decibel_text(simulation->neighbours_as_noise_snr_db));
    text += "  " + wrap(channels, style.width - 2, 2) + '\n';
  }
  if (!simulation) return text + fec_lines(coherent, style);
  std::string note =
      simulation->aligned
          ? fmt::format(
                "{} symbols judged; SNR of x {}, of y {}; laser offset found {:+.2f} GHz, clock "
                "{:+.1f} ppm, {} cycle slip{} mended.",
                count_text(static_cast<double>(simulation->symbols)), decibel_text(simulation->snr_x_db),
                decibel_text(simulation->snr_y_db), simulation->frequency_offset_hz * 1e-9,
                simulation->clock_offset_ppm, simulation->cycle_slips,
                simulation->cycle_slips == 1 ? "" : "s") +
                (simulation->frame_losses > 0
                     ? fmt::format(" The frame was lost {} time{}.", simulation->frame_losses,
                                   simulation->frame_losses == 1 ? "" : "s")
                     : "")
      : simulation->interrupted
          ? std::string("Ended before the receiver had found the frame: nothing was judged.")
          : std::string("The receiver did not find the frame: nothing could be judged.");
  if (simulation->interrupted) note += " (interrupted)";
  return text + "  " + wrap(note, style.width - 2, 2) + '\n' + fec_lines(coherent, style);
}

std::string coherent_line_lines(const link::CoherentResult& coherent, const Style& style) {
  TextTable table("lrr");
  table.head({"behind", "power", "OSNR in 0.1 nm"});
  for (const link::CoherentStep& step : coherent.closure.steps)
    table.row({step.name, decibel_text(step.power_dbm, "dBm"),
               std::isfinite(step.osnr_db) ? decibel_text(step.osnr_db) : ""});
  return heading("The line", style) + table.text(style, 2);
}

}  // namespace waverack::io
