// What coherent parts do to waveforms, against the closed forms of the same parts.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "closed_forms.hpp"
#include "waverack/coherent/pulse.hpp"
#include "waverack/coherent/spectra.hpp"
#include "waverack/parts/coherent_driver.hpp"
#include "waverack/parts/coherent_front_end.hpp"
#include "waverack/parts/coherent_receiver.hpp"
#include "waverack/parts/coherent_transmitter.hpp"
#include "waverack/parts/iq_modulator.hpp"

namespace waverack::parts {
namespace {

constexpr int size = 8192, samples_per_symbol = 4;
constexpr double symbol_rate = 60e9;
constexpr double roll_off = 0.1;

// A batch of random 16QAM, and what it takes to run an action on it and to judge the symbols behind it.
struct Bench {
  coherent::DualBatch batch{size, samples_per_symbol* symbol_rate};
  coherent::DualSymbols sent =
      coherent::random_symbols(size / samples_per_symbol, coherent::Format::qam16, false, 5, 900);
  Conditions conditions;
  DualContext context;

  Bench() {
    conditions.symbol_rate = symbol_rate;
    conditions.light.power = 10e-3;
    conditions.local_oscillator.power = 20e-3;
    context.plan = &batch.plan;
    context.sample_rate = batch.sample_rate;
    context.seed = 11;
    context.source = 100;
    coherent::shape_pulses(batch, sent, roll_off, 2.0);
  }

  template <class P>
  void run(const P& part) {
    action(part, conditions, context)(batch);
  }

  // SNR of all records and polarisations behind the matched filter, each with its best complex scalar.
  double snr() {
    const coherent::DualSymbols received = coherent::matched_symbols(batch, samples_per_symbol, roll_off);
    double signal = 0.0, noise = 0.0;
    const auto judge = [&](const std::vector<std::complex<float>>& s,
                           const std::vector<std::complex<float>>& r) {
      std::complex<double> product = 0.0;
      double power = 0.0;
      for (std::size_t n = 0; n < s.size(); ++n) {
        product += std::complex<double>(r[n]) * std::conj(std::complex<double>(s[n]));
        power += std::norm(std::complex<double>(s[n]));
      }
      const std::complex<double> gain = product / power;
      for (std::size_t n = 0; n < s.size(); ++n) {
        signal += std::norm(gain * std::complex<double>(s[n]));
        noise += std::norm(std::complex<double>(r[n]) - gain * std::complex<double>(s[n]));
      }
    };
    for (std::size_t r = 0; r < coherent::batch_records; ++r) {
      judge(sent.x[r], received.x[r]);
      judge(sent.y[r], received.y[r]);
    }
    return signal / noise;
  }
};

CoherentTransmitter clean_transmitter() {
  CoherentTransmitter part;
  part.errors = without_errors();
  part.dac_bandwidth_ratio = 4.0;
  part.dac_enob = 0.0;
  part.dac_backoff = from_db(20.0);  // nothing is clipped
  return part;
}

// Facts, coherent A18: 6.02·E + 1.76 − back-off within 0.3 dB.
TEST(CoherentActions, QuantisationOfTheTransmitter) {
  for (const double enob : {4.0, 6.0}) {
    Bench bench;
    CoherentTransmitter part = clean_transmitter();
    part.dac_enob = enob;
    bench.run(part);
    EXPECT_NEAR(db(bench.snr()), -db(quantisation_ratio(enob, part.dac_backoff, part.dac_samples_per_symbol)),
                0.3);
  }
}

TEST(CoherentActions, PreEmphasisUndoesTheLowPass) {
  Bench flat, low, left;
  CoherentTransmitter part = clean_transmitter();
  part.dac_bandwidth_ratio = 0.4;
  flat.run(part);
  EXPECT_GT(db(flat.snr()), 35.0);
  part.pre_emphasis_limit = 1.0;
  low.run(part);
  EXPECT_LT(db(low.snr()), 20.0);
  left.context.ideal = true;  // errors and noise go, the low-pass and its pre-emphasis stay
  left.run(clean_transmitter());
  EXPECT_GT(db(left.snr()), 45.0);
}

// Image of gain and angle alone: |1 − g·exp(jδ)|²/|1 + g·exp(jδ)|², and of a skew. A sample of 32768 symbols
// of 16QAM knows a power within 1 %. No equaliser stands behind the skew: sin² in place of tan², and what cos
// takes from the edges of the band, together within 1 % here.
TEST(CoherentActions, ImagesOfTheTransmitter) {
  Bench gain, angle;
  CoherentTransmitter part = clean_transmitter();
  part.errors.iq_gain = from_db(1.0);
  gain.run(part);
  EXPECT_NEAR(db(gain.snr()), -db(image_ratio(from_db(1.0), 0.0)), 0.15);
  part = clean_transmitter();
  part.errors.quadrature_error = 0.1;
  angle.run(part);
  EXPECT_NEAR(db(angle.snr()), -db(image_ratio(1.0, 0.1)), 0.15);
  Bench skew;
  part = clean_transmitter();
  part.errors.iq_skew = 1e-12;
  skew.run(part);
  EXPECT_NEAR(db(skew.snr()),
              -db(skew_image_ratio(
                  1e-12 * symbol_rate, [](double u) { return coherent::raised_cosine(u, roll_off); }, 0.0)),
              0.15);
}

// Power behind the modulator: in ½·¼·(1 − exp(−2σ²)) for normal voltages; those of 16QAM have smaller peaks,
// which at σ = 0.3 is 2.5 % of the power.
TEST(CoherentActions, PowerBehindTheModulator) {
  Bench bench;
  CoherentTransmitter transmitter = clean_transmitter();
  transmitter.swing = 2.0;
  bench.run(transmitter);
  IqModulator modulator;
  modulator.bandwidth = 50e12;  // no delay either
  modulator.bias_error = 0.0;
  modulator.extinction_ratio = from_db(80.0);
  const double rms = 1.0 / std::sqrt(transmitter.dac_backoff);
  modulator.v_pi = std::numbers::pi * rms / (2.0 * 0.3);
  bench.run(modulator);
  EXPECT_NEAR(coherent::mean_power(bench.batch) /
                  (10e-3 / modulator.insertion_loss * 0.25 * -std::expm1(-2.0 * 0.3 * 0.3)),
              1.0, 0.04);
  EXPECT_GT(db(bench.snr()), 30.0);
}

// Shot and thermal noise of the front end; the closed form counts the same densities in the matched filter.
TEST(CoherentActions, NoiseOfTheFrontEnd) {
  for (const double power : {1e-6, 30e-6}) {
    Bench bench;
    coherent::scale(bench.batch, static_cast<float>(std::sqrt(power / coherent::mean_power(bench.batch))));
    CoherentFrontEnd part;
    part.errors = without_errors();
    part.bandwidth = 50e12;
    part.common_mode_rejection = from_db(80.0);
    part.saturation_swing = 20.0;
    const FrontEndNoise noise = noise_ratios(part, bench.conditions, power);
    bench.run(part);
    EXPECT_NEAR(db(bench.snr()), -db(noise.shot + noise.amplifier), 0.15) << power;
  }
}

TEST(CoherentActions, QuantisationOfTheReceiver) {
  Bench bench;
  CoherentReceiver part;
  part.adc_enob = 5.0;
  part.adc_backoff = from_db(15.0);
  part.adc_bandwidth_ratio = 4.0;
  bench.run(part);
  // Half of the noise: the sampler behind folds the other half into the band, two samples a symbol from four.
  EXPECT_NEAR(db(bench.snr()),
              -db(0.5 * quantisation_ratio(5.0, part.adc_backoff, part.adc_samples_per_symbol)), 0.3);
}

// v·tanh: a driver far from its saturation is linear, near it is not; and it never passes it.
TEST(CoherentActions, DriverCompresses) {
  Bench mild, hard;
  CoherentDriver driver;
  driver.bandwidth = 50e12;
  driver.noise_density = 0.0;
  driver.gain = 1.0;
  driver.saturation_swing = 40.0;
  mild.run(driver);
  EXPECT_GT(db(mild.snr()), 45.0);
  driver.saturation_swing = 2.0;
  hard.run(driver);
  EXPECT_LT(db(hard.snr()), 25.0);
}

}  // namespace
}  // namespace waverack::parts
