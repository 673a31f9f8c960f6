#include "waverack/coherent/frame.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/coherent/frame_rates.hpp"

namespace waverack::coherent {
namespace {

std::map<Role, int> count_roles(const Frame& frame) {
  std::map<Role, int> count;
  for (const Role role : frame.roles) ++count[role];
  return count;
}

// Facts: coherent 4.1 (OIF-400ZR-03.0.1).
TEST(Frame, Of400Zr) {
  const Frame frame = make_frame("400ZR");
  EXPECT_EQ(frame.layout.symbols(), 181888);
  const auto count = count_roles(frame);
  EXPECT_EQ(count.at(Role::pilot), 49 * 116);
  EXPECT_EQ(count.at(Role::training), 49 * 10);
  EXPECT_EQ(count.at(Role::alignment), 22);
  EXPECT_EQ(count.at(Role::reserved), 76);
  EXPECT_EQ(count.at(Role::payload), 175616);
  EXPECT_EQ(frame.payload_symbols, 175616);
  EXPECT_EQ(frame.payload_symbols * 29L, frame.layout.symbols() * 28L);
}

// Facts: coherent 4.2; 84 blocks of 16 384 oFEC bits.
TEST(Frame, Of800Zr) {
  const Frame frame = make_frame("800ZR");
  EXPECT_EQ(frame.layout.symbols(), 175104);
  const auto count = count_roles(frame);
  EXPECT_EQ(count.at(Role::pilot), 24 * 114);
  EXPECT_EQ(count.at(Role::alignment) + count.at(Role::reserved), 96);
  EXPECT_EQ(frame.payload_symbols, 172032);
  EXPECT_EQ(frame.payload_symbols * 57L, frame.layout.symbols() * 56L);
  EXPECT_EQ(frame.payload_symbols * 8L, 84L * 16384);
}

// Facts: coherent 4.3: the oFEC formats of OpenZR+ keep the pilots of 400ZR, payload 28/29.
TEST(Frame, OpenZrKeepsThePilotsOf400Zr) {
  int seen = 0;
  for (const FrameLayout& layout : frame_layouts()) {
    if (!layout.name.starts_with("OpenZR+")) continue;
    ++seen;
    const Frame frame = make_frame(layout);
    EXPECT_EQ(frame.payload_symbols * 29L, frame.layout.symbols() * 28L) << layout.name;
  }
  EXPECT_EQ(seen, 5);
  const double ratio =
      make_frame("OpenZR+ 400G").layout.symbol_rate / (0.5 * make_frame("800ZR").layout.symbol_rate);
  EXPECT_NEAR(ratio, (56.0 / 57.0) / (28.0 / 29.0), 1e-9);
}

TEST(Frame, SubFramesBeginAlike) {
  for (const FrameLayout& layout : frame_layouts()) {
    const Frame frame = make_frame(layout);
    const auto length = static_cast<std::size_t>(layout.sub_frame_symbols);
    for (std::size_t n = 0; n < frame.roles.size(); ++n) {
      const std::size_t place = n % length;
      EXPECT_EQ(frame.roles[n] == Role::pilot, place % static_cast<std::size_t>(layout.pilot_spacing) == 0);
      if (frame.roles[n] == Role::pilot || frame.roles[n] == Role::training) {
        ASSERT_EQ(frame.known_x[n], frame.known_x[place]);
        ASSERT_EQ(frame.known_y[n], frame.known_y[place]);
      }
      const double power = layout.format == Format::qam16 ? 1.8 : 1.0;  // corners of 16QAM; else QPSK
      ASSERT_NEAR(std::norm(frame.known_x[n]), frame.roles[n] == Role::payload ? 0.0 : power, 1e-6);
      ASSERT_NEAR(std::norm(frame.known_y[n]), frame.roles[n] == Role::payload ? 0.0 : power, 1e-6);
      ASSERT_TRUE(frame.roles[n] == Role::payload ||
                  frame.known_x[n].real() * frame.known_x[n].imag() != 0.0F);
    }
    for (std::size_t n = 1; n < 11; ++n) EXPECT_EQ(frame.roles[length + n], Role::training);
    EXPECT_NE(frame.known_x, frame.known_y);
    EXPECT_TRUE(frame.alignment_assumed);
    EXPECT_FALSE(frame.assumptions.empty());
  }
}

// x^10 + x^8 + x^4 + x^3 + 1 is primitive: 1023 different words of ten bits. The pilots of a sub-frame of
// 400ZR are free of DC, as the implementation agreement wants them, to one symbol of 116; a sequence at
// random would miss by 5.4.
TEST(Frame, Pilots) {
  const auto bits = pilot_bits(0x19E, 2046);
  for (std::size_t n = 0; n + 10 < bits.size(); ++n)
    ASSERT_EQ(bits[n + 10], bits[n + 8] ^ bits[n + 4] ^ bits[n + 3] ^ bits[n]);
  EXPECT_TRUE(std::equal(bits.begin(), bits.begin() + 1023, bits.begin() + 1023));
  EXPECT_EQ(std::count(bits.begin(), bits.begin() + 1023, 1), 512);
  // The first ten are the seed, lowest bit first: 0x19E = 01 1001 1110.
  EXPECT_EQ(std::vector<std::uint8_t>(bits.begin(), bits.begin() + 10),
            (std::vector<std::uint8_t>{0, 1, 1, 1, 1, 0, 0, 1, 1, 0}));

  const Frame frame = make_frame("400ZR");
  for (const auto& known : {frame.known_x, frame.known_y}) {
    std::complex<float> sum{};
    for (std::size_t n = 0; n < 3712; n += 32) sum += known[n];
    const float corner = std::abs(known[0].real());
    EXPECT_LE(std::abs(sum.real()), 2.1F * corner);
    EXPECT_LE(std::abs(sum.imag()), 2.1F * corner);
  }
}

TEST(Frame, UnknownNameNamesTheNearest) {
  try {
    make_frame("40ZR");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().nearest, "400ZR");
    EXPECT_NE(error.info().allowed.find("800ZR"), std::string::npos);
  }
  FrameLayout crowded = frame_layouts().front();
  crowded.reserved_symbols = 3000;
  EXPECT_THROW(make_frame(crowded), Error);
}

// Net and line rates of facts: coherent 2, 3.1, 4.1 and 4.2, to the digits printed there.
TEST(FrameRates, AreThoseOfTheStandards) {
  const FrameRates zr400 = frame_rates(make_frame("400ZR")), zr800 = frame_rates(make_frame("800ZR"));
  EXPECT_NEAR(zr400.net, 402.489753310e9, 0.5);
  EXPECT_NEAR(zr800.net, 804.979506619e9, 4.0);  // the symbol rate has 12 digits: 118.203350603
  EXPECT_NEAR(zr800.net / (2.0 * zr400.net), 1.0, 1e-9);
  EXPECT_NEAR(zr400.line, 478.75e9, 1.0);
  EXPECT_NEAR(zr800.line, 945.6268e9, 0.05e6);
  EXPECT_NEAR(zr400.payload_fraction, 28.0 / 29.0, 1e-15);
  EXPECT_NEAR(zr800.payload_fraction, 56.0 / 57.0, 1e-15);
  // 14.764 % of both codes, and the padding between them.
  EXPECT_NEAR(1.0 / zr400.code_rate, 128.0 / 119.0 * 510.0 / 478.0 * 1306144.0 / 1305600.0, 1e-12);
  EXPECT_NEAR(zr800.code_rate, 111.0 / 128.0, 1e-15);

  const FrameRates open = frame_rates(make_frame("OpenZR+ 400G"));
  EXPECT_NEAR(open.line, 481.108374e9, 0.5e6);
  EXPECT_NEAR(open.net / zr400.net, 1.0, 1e-9);
  // The same client at another constellation, and fractions of it.
  EXPECT_NEAR(frame_rates(make_frame("OpenZR+ 400G 8QAM")).net / open.net, 1.0, 1e-9);
  EXPECT_NEAR(frame_rates(make_frame("OpenZR+ 300G")).net / open.net, 0.75, 1e-12);
  EXPECT_NEAR(frame_rates(make_frame("OpenZR+ 200G")).net / open.net, 0.5, 1e-12);
  EXPECT_NEAR(frame_rates(make_frame("OpenZR+ 100G")).net / open.net, 0.25, 1e-12);
}

// Rates of ITU-T G.709.1: OTUC1 is 239/226·99.5328 Gb/s; eight FlexO frames of 128·5140 bits without parity
// hold 8·(128·5140 − 1280) − 7·1280 bits of it. Four of them in the 800ZR way of padding and coding
// make 63.139467923 GBd; facts: coherent 3.1 has 63.1.
TEST(FrameRates, OpenRoadmFollowsFromOtuc4) {
  const double otuc1 = 239.0 / 226.0 * 99.5328e9;
  const double frame_bits = 128.0 * 5140.0;
  const double flexo = otuc1 * 8.0 * frame_bits / (8.0 * (frame_bits - 1280.0) - 7.0 * 1280.0);
  EXPECT_NEAR(frame_rates(make_frame("OpenROADM 400G")).net / (4.0 * flexo), 1.0, 1e-9);
}

TEST(FrameRates, ClientMappings) {
  const ClientMapping zr400 = client_mapping(make_frame("400ZR"));
  EXPECT_EQ(zr400.coded_bits, 10976 * 128);
  EXPECT_EQ(10976 * 119, 5 * 512 * 510 + 544);  // what the inner code holds
  EXPECT_EQ(zr400.client_bits, 119 * 10280);
  EXPECT_EQ(zr400.information_bits, 5 * 512 * 478);
  EXPECT_EQ(zr400.added_bits, 5 * 72);
  const ClientMapping zr800 = client_mapping(make_frame("800ZR"));
  EXPECT_EQ(zr800.super_frames, 1);
  EXPECT_EQ(zr800.information_bits, 1193472);
  EXPECT_EQ(zr800.client_bits, 29 * 41120);
  EXPECT_EQ(zr800.added_bits, 992);
  const ClientMapping open = client_mapping(make_frame("OpenZR+ 400G"));
  EXPECT_EQ(open.super_frames, 2);
  EXPECT_EQ(open.client_bits, 29 * 41120);
  EXPECT_EQ(client_mapping(make_frame("OpenZR+ 300G")).super_frames, 8);

  FrameLayout odd = make_frame("800ZR").layout;
  odd.sub_frames = 23;
  EXPECT_THROW(client_mapping(make_frame(odd)), Error);
}

// The number from the layout alone against the roles, also where the pilots do not divide a sub-frame.
TEST(Frame, PayloadIsWhatIsNothingElse) {
  std::vector<FrameLayout> layouts = frame_layouts();
  layouts.push_back(layouts.front());
  layouts.back().sub_frame_symbols += 5;
  for (const FrameLayout& layout : layouts) {
    const Frame frame = make_frame(layout);
    EXPECT_EQ(std::count(frame.roles.begin(), frame.roles.end(), Role::payload), payload_symbols(layout));
    EXPECT_EQ(frame.payload_symbols, payload_symbols(layout));
  }
}

}  // namespace
}  // namespace waverack::coherent
