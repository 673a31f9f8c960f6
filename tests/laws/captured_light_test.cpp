// TDECQ of light that lanes make: the way from the design to the reference receiver.

#include "waverack/link/captured_light.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "closed_forms.hpp"
#include "lanes.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

constexpr double symbol_rate = 53.125e9;

// A modulator driven by so little (V_pi is 1 V) that it is straight: 1 − (π·0.025)²/6 is 1 within 0.1 %.
Lane straight_lane(parts::HostTransmitter transmitter, parts::MachZehnder modulator) {
  Lane lane = lanes::optical_lane(symbol_rate, Modulation::pam4, std::move(transmitter),
                                  lanes::ideal_laser(1e-3), modulator, lanes::ideal_photodiode(1.0),
                                  lanes::linear_tia(), lanes::plain_receiver(0.75));
  lane.pattern = Pattern::ssprq;
  return lane;
}

// In front of the photodiode, behind fibre of an accumulated dispersion.
compliance::TdecqResult measured(const Lane& lane, double dispersion = 0.0) {
  const Plan plan = make_plan(lane);
  const Segment& segment = plan.segments.front();
  std::size_t end = 0;
  while (segment.elements[end].domain != parts::Domain::current) ++end;
  const std::vector<std::uint8_t> symbols = signal::ssprq();
  const signal::FieldWaveform light =
      captured_light(draw_pattern(segment, plan.conditions, symbols, {}, end), plan.conditions);
  return dispersion == 0.0 ? measure_light(light, symbols, {})
                           : measure_light(light, symbols, {}, dispersion, 1310e-9);
}

// The golden number of an ideal transmitter and its tolerance (facts: standards 3.7, computed).
TEST(CapturedLight, OfAnIdealTransmitterHasTheGoldenTdecq) {
  const compliance::TdecqResult found =
      measured(straight_lane(lanes::ideal_transmitter(0.05), lanes::ideal_modulator()));
  EXPECT_NEAR(db(found.tdecq), 0.325, 0.05);
  EXPECT_NEAR(found.r_lm, 1.0, 0.01);
}

// Noise of one value for each symbol passes the equaliser as the symbols do, so it takes its variance from
// the noise that a receiver may have: TDECQ grows by −5·log10(1 − σ_s²/s²), s = Ceq·σ_G the rms at the
// decision that reaches the target without it. 0.05 dB: golden tolerance; the drawn noise is known to 0.5 %.
TEST(CapturedLight, HoldsTheNoiseOfTheTransmitter) {
  const compliance::TdecqResult still =
      measured(straight_lane(lanes::ideal_transmitter(0.05), lanes::ideal_modulator()));
  const double s = still.ceq * still.sigma_g / still.oma_outer;
  // SNDR is over the square of the outer level, half of the swing.
  for (const double sndr_db : {28.0, 24.0}) {
    parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.05);
    transmitter.sndr = from_db(sndr_db);
    const double noise = 0.25 / from_db(sndr_db) / (s * s);
    ASSERT_LT(noise, 0.8);
    const compliance::TdecqResult found = measured(straight_lane(transmitter, lanes::ideal_modulator()));
    EXPECT_NEAR(db(found.tdecq / still.tdecq), -5.0 * std::log10(1.0 - noise), 0.05) << sndr_db;
  }
}

// Light of one arm has chirp; the other arm has the opposite one. Dispersion and chirp turned round together
// change nothing, one of them alone does (802.3 121.8.5: fibre of both signs).
TEST(CapturedLight, DispersionOfOneSignHelpsChirpOfTheOther) {
  parts::MachZehnder modulator = lanes::ideal_modulator();
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.5);
  transmitter.rise_time = 8e-12;
  modulator.drive = parts::Drive::single_arm;
  constexpr double dispersion = 6e-3;  // 6 ps/nm
  const double negative = db(measured(straight_lane(transmitter, modulator), -dispersion).tdecq),
               positive = db(measured(straight_lane(transmitter, modulator), dispersion).tdecq);
  EXPECT_GT(std::abs(negative - positive), 0.2);
}

}  // namespace
}  // namespace waverack::link
