// Every cause of noise of a coherent module alone, made strong: what it adds to 1/SNR in the simulation of
// field and receiver, against the closed form. Neither knows of the other's formulas.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "waverack/base/decibel.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/coherent_budget.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/coherent_run.hpp"

namespace waverack {
namespace {

struct Noise {
  double closed = 0.0, simulated = 0.0;  // 1/SNR at the decision
};

// 800ZR over 80 km, without PDL, of which the closed form has a table and no formula.
Noise noise_of(std::vector<std::string> settings) {
  settings.insert(settings.begin(), "lane.chain.pdl.pdl=0 dB");
  const link::Lane lane = io::load_design("zr-800g", settings).loaded.design.lane;
  const link::CoherentPlan plan = link::make_coherent_plan(lane);
  const link::CoherentSimulation run = link::run_coherent(plan, {}).result;
  EXPECT_TRUE(run.aligned);
  return {from_db(-link::close_lane(plan, lane.ber_limit).snr_db), from_db(-run.snr_db)};
}

struct Cause {
  std::vector<std::string> settings;
  double tolerance = 0.1;
};

// A tenth: both runs have 1/SNR within 0.5 %, of which the difference is a fifth to four fifths, and taps of
// least error give way where noise is strong. More where a formula leaves something out: branches that are
// not alike clip unlike (ADC); the low-pass between driver and modulator; and of the phase noise behind
// dispersion the loops follow a part.
TEST(CoherentCauses, AddInTheSimulationWhatTheClosedFormSays) {
  const std::string transmitter = "lane.chain.coherent_transmitter.", modulator = "lane.chain.iq_modulator.",
                    driver = "lane.chain.coherent_driver.", front = "lane.chain.coherent_front_end.",
                    receiver = "lane.chain.coherent_receiver.";
  const std::vector<Cause> causes = {
      {{transmitter + "errors.iq_skew=1.5 ps"}},
      {{transmitter + "errors.iq_gain=2 dB"}},
      {{transmitter + "errors.quadrature_error=12 deg"}},
      {{transmitter + "dac_enob=4"}},
      {{transmitter + "dac_backoff=5 dB"}},
      {{driver + "noise_density=30 nV/sqrt(Hz)"}},
      {{driver + "saturation_swing=4 V"}, 0.35},
      {{modulator + "extinction_ratio=15 dB"}},
      {{modulator + "bias_error=0.015"}},
      {{modulator + "v_pi=2.2 V"}, 0.2},
      {{"lane.light.tunable_laser.rin=-125 dB/Hz"}},
      {{front + "errors.iq_skew=1 ps"}},
      {{front + "errors.iq_skew=2 ps"}},
      {{front + "noise_density=150 pA/sqrt(Hz)"}},
      {{front + "common_mode_rejection=3 dB"}},
      {{front + "saturation_swing=0.4 V"}},
      {{receiver + "adc_enob=4"}, 0.15},
      {{receiver + "adc_backoff=5 dB"}, 0.3},
      {{"lane.light.tunable_laser.linewidth=1 MHz"}, 0.5},
      {{"lane.chain.preamplifier.noise_figure=14 dB"}},
  };
  const Noise usual = noise_of({});
  for (const Cause& cause : causes) {
    const Noise noise = noise_of(cause.settings);
    const double ratio = (noise.simulated - usual.simulated) / (noise.closed - usual.closed);
    RecordProperty(cause.settings.front(), std::to_string(ratio));
    EXPECT_NEAR(ratio, 1.0, cause.tolerance) << cause.settings.front();
  }
}

}  // namespace
}  // namespace waverack
