#include "waverack/link/coherent_solve.hpp"

#include <cmath>

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

namespace waverack::link {
namespace {

void correct(const Lane& lane, LaneResult& result) {
  CoherentResult& coherent = *result.coherent;
  const double ngmi =
      coherent.simulation && coherent.simulation->aligned ? coherent.simulation->ngmi : coherent.closure.ngmi;
  result.fec.ber_limit = lane.ber_limit;
  result.fec.margin_db = result.margin_db;
  if (lane.fec != Fec::ofec && lane.fec != Fec::cfec) {
    result.fec.code = "none";
    result.fec.post_fec_ber = result.ber_pre_fec;
    coherent.fec_mode = "none";
    return;
  }
  const fec::CoherentCode& code = fec::coherent_code(lane.fec == Fec::ofec ? "oFEC" : "C-FEC");
  result.fec.code = std::string(code.name);
  coherent.fec_mode = "threshold";
  coherent.error_free = fec::is_correctable(code, fec::CodeCriterion::ngmi, ngmi);
  result.fec.post_fec_ber = coherent.error_free ? code.post_fec_ber : result.ber_pre_fec;
  result.fec.latency_s = fec::code_latency(code, coherent.line_rate);
  if (coherent.simulation && coherent.simulation->decoded_bits > 0) {
    coherent.fec_mode = "decoded";
    coherent.error_free = coherent.simulation->decoded_errors == 0;
  }
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
  correct(lane, result);
  return result;
}

}  // namespace waverack::link
