#include "waverack/link/coherent_solve.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/frame_rates.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/fec/coherent_codes.hpp"
#include "waverack/link/coherent_budget.hpp"
#include "waverack/link/coherent_curves.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/coherent_run.hpp"
#include "waverack/link/limit_sentence.hpp"
#include "waverack/link/reach.hpp"
#include "waverack/signal/binomial.hpp"

namespace waverack::link {
namespace {

std::string beyond_table(std::string_view what, double value, const coherent::PenaltyTable& table,
                         double unit, std::string_view unit_name) {
  return fmt::format(
      "{} of {:.3g} {} is beyond the table of the receiver ({:.3g} {}): the lane does not close", what,
      value / unit, unit_name, table.at.back() / unit, unit_name);
}

// Penalties that the closed form does not know.
void warn_of_tables(const CoherentPlan& plan, const Lane& lane, LaneResult& result) {
  const CoherentClosure& closure = result.coherent->closure;
  const coherent::TransceiverBudget budget = transceiver_budget(plan, lane.ber_limit);
  const auto beyond = [](const coherent::PenaltyTable& table, double value) {
    return !table.at.empty() && value > table.at.back();
  };
  if (beyond(budget.dgd, closure.mean_dgd_ps * 1e-12))
    result.warnings.push_back(
        {"lane.chain", beyond_table("PMD", closure.mean_dgd_ps * 1e-12, budget.dgd, 1e-12, "ps")});
  if (beyond(budget.pdl, closure.pdl_db))
    result.warnings.push_back({"lane.chain", beyond_table("PDL", closure.pdl_db, budget.pdl, 1.0, "dB")});
}

void correct(const Lane& lane, const CoherentPlan& plan, LaneResult& result) {
  CoherentResult& coherent = *result.coherent;
  const double ngmi =
      coherent.simulation && coherent.simulation->aligned ? coherent.simulation->ngmi : coherent.closure.ngmi;
  result.fec.ber_limit = lane.ber_limit;
  result.fec.margin_db = result.margin_db;
  if (lane.fec != Fec::ofec && lane.fec != Fec::cfec) {
    result.fec.code = "none";
    result.fec.post_fec_ber = result.ber_pre_fec;
    coherent.code = result.fec.code;
    coherent.post_fec_ber = result.fec.post_fec_ber;
    coherent.fec_mode = "none";
    return;
  }
  const fec::CoherentCode& code = fec::coherent_code(lane.fec == Fec::ofec ? "oFEC" : "C-FEC");
  result.fec.code = std::string(code.name);
  coherent.fec_mode = "threshold";
  // NGMI is the better guess where noise is not white or not alike for all bits (A. Alvarado et al., J.
  // Lightwave Technol. 34 (2016) 707). The limit of a code is an error ratio: what NGMI that is in white
  // noise, is the format's.
  coherent.error_free =
      ngmi >= coherent::ngmi(plan.format, coherent::required_snr(plan.format, code.pre_fec_ber));
  result.fec.post_fec_ber = coherent.error_free ? code.post_fec_ber : result.ber_pre_fec;
  const parts::CoherentReceiver& receiver = plan.receives();
  result.fec.latency_s =
      fec::code_latency(code, coherent.line_rate, receiver.soft_sweeps + receiver.hard_sweeps);
  if (coherent.simulation && coherent.simulation->decoded_bits > 0) {
    CoherentSimulation& simulation = *coherent.simulation;
    const auto bits = static_cast<double>(simulation.decoded_bits),
               errors = static_cast<double>(simulation.decoded_errors);
    const signal::ProbabilityInterval interval = signal::binomial_interval(errors, bits);
    simulation.decoded_low = interval.low;
    simulation.decoded_high = interval.high;
    coherent.fec_mode = "decoded";
    coherent.error_free = simulation.decoded_errors == 0;
    result.fec.post_fec_ber = coherent.error_free ? interval.high : errors / bits;
  }
  coherent.code = result.fec.code;
  coherent.post_fec_ber = result.fec.post_fec_ber;
}

}  // namespace

double evm_of_snr_db(double snr_db) { return std::pow(10.0, -snr_db / 20.0); }

LaneResult solve_coherent(const Lane& lane, const SolveOptions& options) {
  const CoherentPlan plan = make_coherent_plan(lane);
  LaneResult result;
  result.optical = true;
  result.latency_s = plan.latency;
  result.wavelength = plan.conditions.light.wavelength;
  result.reach_m = reach(lane);
  result.warnings = plan.warnings;

  CoherentResult& coherent = result.coherent.emplace();
  const coherent::FrameRates rates = coherent::frame_rates(plan.frame);
  coherent.frame = std::string(plan.frame.layout.name);
  coherent.format = std::string(enum_name(lane.modulation));
  coherent.line_rate = bits_per_symbol(lane.modulation) * lane.symbol_rate;
  coherent.net_rate = rates.net * lane.symbol_rate / plan.frame.layout.symbol_rate;
  Curve launch_powers;
  coherent.closure = close_lane(plan, lane.ber_limit, coherent::NonlinearModel::format, &launch_powers);
  const CoherentClosure& closure = coherent.closure;
  warn_of_tables(plan, lane, result);
  result.received_average_power = 1e-3 * std::pow(10.0, closure.received_power_dbm / 10.0);
  result.ber_pre_fec = closure.ber_pre_fec;
  result.margin_db = result.snr_margin_db = closure.margin_db;
  const double without_noise = std::pow(10.0, closure.snr_transceiver_db / 10.0);
  result.floor_ber = coherent::bit_error_ratio(plan.format, without_noise);
  if (options.penalties) {
    for (const CoherentShare& share : closure.shares)
      result.penalties.push_back(
          {share.source, share.label, share.penalty_db, closure.margin_db + share.penalty_db});
    result.limits = limit_sentence(result.penalties);
  }

  if (options.charts || options.count) {
    CoherentRunOptions running;
    running.seed = options.seed;
    if (options.count) {
      if (options.count->symbols > 0) running.symbols = options.count->symbols;
      running.seed = options.count->seed;
      running.stop = options.count->stop;
      running.decode = true;
    }
    running.neighbours = neighbours_noise(coherent.closure);
    const CoherentRun run = run_coherent(plan, running);
    coherent.simulation = run.result;
    if (!run.result.aligned && !run.result.interrupted)
      result.warnings.push_back({"lane.chain", "the simulated receiver did not find the frame"});
    if (run.result.frame_losses > 0)
      result.warnings.push_back({"lane.chain", "the simulated receiver lost the frame"});
    if (run.result.bit_errors > 0) result.ber_pre_fec = run.result.ber_pre_fec;
    add_coherent_curves(run.pictures, result.curves);
    result.curves.push_back(std::move(launch_powers));
  }
  correct(lane, plan, result);
  return result;
}

}  // namespace waverack::link
