#include <limits>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/link/coherent_result.hpp"

namespace waverack::io {
namespace {

void write_closure(JsonWriter& json, const link::CoherentClosure& closure) {
  json.member("launch_power_dbm", closure.launch_power_dbm);
  json.member("best_launch_power_dbm", closure.best_launch_power_dbm);
  json.member("received_power_dbm", closure.received_power_dbm);
  json.member("osnr_db", closure.osnr_db);
  json.member("gsnr_db", closure.gsnr_db);
  json.member("gsnr_01nm_db", closure.gsnr_01nm_db);
  json.member("snr_nonlinear_db", closure.snr_nonlinear_db);
  json.member("snr_nonlinear_gn_db", closure.snr_nonlinear_gn_db);
  json.member("channels", closure.channels);
  json.member("channel_spacing_ghz", closure.channel_spacing / giga);
  json.member("snr_neighbours_db", closure.snr_neighbours_db);
  json.member("snr_overlap_db", closure.snr_overlap_db);
  json.member("snr_transceiver_db", closure.snr_transceiver_db);
  json.member("snr_db", closure.snr_db);
  json.member("required_snr_db", closure.required_snr_db);
  json.member("required_osnr_db", closure.required_osnr_db);
  json.member("margin_db", closure.margin_db);
  json.member("ber_pre_fec", closure.ber_pre_fec);
  json.member("gmi", closure.gmi);
  json.member("ngmi", closure.ngmi);
  json.member("dispersion_ps_per_nm", closure.dispersion_ps_per_nm);
  json.member("mean_dgd_ps", closure.mean_dgd_ps);
  json.member("pdl_db", closure.pdl_db);
  json.list("shares", closure.shares, [&](const link::CoherentShare& share) {
    json.member("source", share.source);
    json.member("label", share.label);
    json.member("snr_db", share.snr_db);
    json.member("penalty_db", share.penalty_db);
  });
  json.list("line", closure.steps, [&](const link::CoherentStep& step) {
    json.member("name", step.name);
    json.member("power_dbm", step.power_dbm);
    json.member("osnr_db", step.osnr_db);
  });
}

void write_simulation(JsonWriter& json, const link::CoherentSimulation& simulation) {
  json.member("symbols", simulation.symbols);
  json.member("aligned", simulation.aligned);
  json.member("interrupted", simulation.interrupted);
  // A receiver that did not find the frame has measured nothing.
  const auto measured = [&](double value) {
    return simulation.aligned ? value : std::numeric_limits<double>::quiet_NaN();
  };
  json.member("snr_db", measured(simulation.snr_db));
  json.member("snr_x_db", measured(simulation.snr_x_db));
  json.member("snr_y_db", measured(simulation.snr_y_db));
  json.member("evm", measured(simulation.evm));
  json.member("ber_pre_fec", measured(simulation.ber_pre_fec));
  json.member("ber_interval",
              std::vector<double>{measured(simulation.ber_low), measured(simulation.ber_high)});
  json.member("bits", simulation.bits);
  json.member("bit_errors", simulation.bit_errors);
  json.member("gmi", measured(simulation.gmi));
  json.member("ngmi", measured(simulation.ngmi));
  json.member("frequency_offset_ghz", measured(simulation.frequency_offset_hz / giga));
  json.member("clock_offset_ppm", measured(simulation.clock_offset_ppm));
  json.member("cycle_slips", simulation.cycle_slips);
  json.member("frame_losses", simulation.frame_losses);
  json.member("steps", simulation.steps);
  json.member("neighbours_as_noise_snr_db", simulation.neighbours_as_noise_snr_db);
  json.member("decoded_bits", simulation.decoded_bits);
  json.member("decoded_errors", simulation.decoded_errors);
  if (simulation.decoded_bits > 0)
    json.member("decoded_interval", std::vector<double>{simulation.decoded_low, simulation.decoded_high});
}

}  // namespace

// The names that scripts rely on (osnr_db … fec_mode) are of the simulation where there is one, else of the
// closed form; a receiver that did not find the frame has measured nothing.
void write_coherent(JsonWriter& json, const link::CoherentResult& coherent) {
  const link::CoherentClosure& closure = coherent.closure;
  const link::CoherentSimulation* simulation =
      coherent.simulation && coherent.simulation->aligned ? &*coherent.simulation : nullptr;
  json.member("frame", coherent.frame);
  json.member("format", coherent.format);
  json.member("line_rate_gbps", coherent.line_rate / giga);
  json.member("net_rate_gbps", coherent.net_rate / giga);
  json.member("osnr_db", closure.osnr_db);
  json.member("gsnr_db", closure.gsnr_db);
  json.member("snr_x_db", simulation ? simulation->snr_x_db : closure.snr_db);
  json.member("snr_y_db", simulation ? simulation->snr_y_db : closure.snr_db);
  json.member("evm", simulation ? simulation->evm : link::evm_of_snr_db(closure.snr_db));
  json.member("gmi", simulation ? simulation->gmi : closure.gmi);
  json.member("ngmi", simulation ? simulation->ngmi : closure.ngmi);
  json.member("fec_mode", coherent.fec_mode);
  json.member("error_free", coherent.error_free);
  json.object("closed_form", [&] { write_closure(json, closure); });
  if (coherent.simulation) json.object("simulation", [&] { write_simulation(json, *coherent.simulation); });
}

}  // namespace waverack::io
