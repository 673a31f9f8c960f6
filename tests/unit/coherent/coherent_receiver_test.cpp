// The assembled receiver.

#include "waverack/coherent/coherent_receiver.hpp"

#include <gtest/gtest.h>

#include "unit/coherent/dsp_channel.hpp"
#include "waverack/base/error.hpp"

namespace waverack::coherent {
namespace {

using namespace test;

struct Received {
  std::vector<Sample> x, y;
  ReceiverReport report;
};

Received receive(const ChannelSettings& c, const Transmission& sent, const Frame* frame, std::size_t piece) {
  ReceiverSettings settings;
  settings.sample_rate = 2.0 * c.symbol_rate;
  settings.symbol_rate = c.symbol_rate;
  settings.roll_off = c.roll_off;
  settings.dispersion = c.dispersion;
  if (frame) settings.frame = *frame;
  CoherentReceiver receiver(settings);
  Received result;
  ReceivedSymbols out;
  for (std::size_t i = 0; i < sent.samples.size(); i += piece) {
    const std::size_t count = std::min(piece, sent.samples.size() - i);
    receiver.push({sent.samples.x.data() + i, count}, {sent.samples.y.data() + i, count});
    while (receiver.pull(out)) {
      EXPECT_EQ(out.first, static_cast<std::int64_t>(result.x.size()));
      result.x.insert(result.x.end(), out.x.begin(), out.x.end());
      result.y.insert(result.y.end(), out.y.begin(), out.y.end());
    }
  }
  result.report = receiver.report();
  return result;
}

ChannelSettings hard_channel() {
  ChannelSettings c;
  c.snr_db = 18.0;
  c.angle = 0.6;
  c.retardation = 1.0;
  c.second_angle = -0.4;
  c.dgd = 28e-12;
  c.dispersion = dispersion_of(2400);
  c.linewidth = 500e3;
  c.frequency_offset = -3.6e9;
  c.clock_ppm = -40.0;
  return c;
}

TEST(CoherentReceiver, FindsTheFrameAndReportsTheChannel) {
  const Frame frame = short_frame();
  const ChannelSettings c = hard_channel();
  const Transmission sent = transmit(c, &frame);
  const Received got = receive(c, sent, &frame, 7777);
  ASSERT_EQ(got.report.state, ReceiverState::receiving);
  ASSERT_GT(got.x.size(), 28672u);
  EXPECT_EQ(got.report.attempts, 1);
  EXPECT_NEAR(got.report.frequency_offset, c.frequency_offset, 3e6);  // the lasers wander by their linewidth
  EXPECT_NEAR(got.report.clock_ppm, c.clock_ppm, 1.0);
  EXPECT_GT(got.report.independence, 0.95);
  EXPECT_EQ(got.report.singularities, 0);
  // The known symbols are where the frame says.
  double errors = 0.0;
  std::size_t known = 0;
  for (std::size_t i = 0; i < got.x.size(); ++i) {
    const std::size_t m = i % frame.roles.size();
    if (frame.roles[m] == Role::payload) continue;
    errors += std::norm(got.x[i] - frame.known_x[m]) + std::norm(got.y[i] - frame.known_y[m]);
    ++known;
  }
  EXPECT_LT(errors / (2.0 * static_cast<double>(known)), 0.03);  // noise of 18 dB is 0.016
  const std::size_t start = find_start(sent, frame, got.x, got.y);
  EXPECT_LT(bit_error_ratio(sent, got.x, got.y, start, 0, got.x.size(), &frame),
            2.0 * qam16_error_ratio(17.0));
}

TEST(CoherentReceiver, DoesNotMindHowTheStreamIsCut) {
  const Frame frame = short_frame();
  ChannelSettings c = hard_channel();
  const Transmission sent = transmit(c, &frame);
  const Received once = receive(c, sent, &frame, 11111), again = receive(c, sent, &frame, 640);
  const std::size_t n = std::min(once.x.size(), again.x.size());
  ASSERT_GT(n, 16384u);
  // The start sees a buffer that is longer by a piece; the first super-frame found is the same.
  double apart = 0.0;
  for (std::size_t i = 8192; i < n; ++i) apart += std::norm(once.x[i] - again.x[i]);
  EXPECT_LT(apart / static_cast<double>(n), 3e-3);
}

TEST(CoherentReceiver, StartsBlindWithoutAFrame) {
  ChannelSettings c;
  c.symbols = 131072;
  c.snr_db = 20.0;
  c.angle = 0.4;
  c.linewidth = 100e3;
  c.frequency_offset = 1.2e9;
  const Transmission sent = transmit(c, nullptr);
  const Received got = receive(c, sent, nullptr, 10000);
  ASSERT_EQ(got.report.state, ReceiverState::receiving);
  EXPECT_NEAR(got.report.frequency_offset, 1.2e9, 5e6);
  EXPECT_GT(got.report.independence, 0.8);
  // Errors of decisions: noise of 20 dB is 0.01.
  EXPECT_LT(got.report.error_power, 0.02);
}

TEST(CoherentReceiver, SaysWhatIsWrongWithItsSettings) {
  EXPECT_THROW(CoherentReceiver(ReceiverSettings{}), Error);
  ReceiverSettings s;
  s.sample_rate = 120e9;
  s.symbol_rate = 60e9;
  s.taps = 16;
  EXPECT_THROW(CoherentReceiver{s}, Error);
  s.taps = 17;
  s.carrier.search.phases = 31;
  EXPECT_THROW(CoherentReceiver{s}, Error);
  s.carrier.search.phases = 32;
  CoherentReceiver receiver(s);
  std::vector<Sample> some(10), more(11);
  EXPECT_THROW(receiver.push(some, more), Error);
}

}  // namespace
}  // namespace waverack::coherent
