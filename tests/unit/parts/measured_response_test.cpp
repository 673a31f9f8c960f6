#include "waverack/parts/measured_response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/base/message_of.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/parts/light.hpp"

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// One pole at 40 GHz with twice the gain, up to 400 GHz, as a table with or without phase.
std::string pole(bool with_phase, double gain = 2.0) {
  std::string text = with_phase ? "ghz,abs,rad\n" : "ghz,abs\n";
  for (int k = 0; k <= 400; ++k) {
    const Complex h = gain / Complex(1.0, k / 40.0);
    text += std::to_string(k) + "," + std::to_string(std::abs(h));
    text += with_phase ? "," + std::to_string(std::arg(h)) + "\n" : "\n";
  }
  return text;
}

// 0.5 of the field at 228 THz, 0.6 at 230 THz, with 0.25 ps of delay; two modes.
const std::string filter =
    "('port 2','TE',1,'port 1',1,'transmission')\n(3,3)\n2.28e14 0.5 0\n2.29e14 0.55 1.5707963267948966\n"
    "2.30e14 0.6 3.141592653589793\n"
    "('port 2','TM',2,'port 1',2,'transmission')\n(2,3)\n2.28e14 0.1 0\n2.30e14 0.1 0\n";

template <class P>
P read_part(Table table, const std::string& text) {
  ReadSources sources;
  sources.load_file = [&](std::string_view) { return text; };
  ReadContext context(sources);
  const Node node(std::move(table));
  P part;
  read_fields(context, fields_of<P>(), node, "lane.chain.part", &part);
  if constexpr (requires { resolve(part, context, node, "lane.chain.part"); })
    resolve(part, context, node, "lane.chain.part");
  return part;
}

MeasuredResponse measured(const std::string& text, const std::string& file,
                          const std::string& domain = "voltage", bool normalise = false, int mode = 1) {
  Table table;
  table.set("file", Node(file)).mark = {"lane.toml", 7, 1};
  table.set("domain", Node(domain));
  table.set("normalise", Node(normalise));
  table.set("mode", Node(mode));
  return read_part<MeasuredResponse>(std::move(table), text);
}

Conditions conditions_at(double symbol_rate, double wavelength = 0.0) {
  Conditions conditions;
  conditions.symbol_rate = symbol_rate;
  conditions.light.wavelength = wavelength;
  return conditions;
}

TEST(MeasuredResponse, Voltage) {
  const MeasuredResponse part = measured(pole(true), "amp.csv");
  EXPECT_EQ(domain_of(part), Domain::voltage);
  const Response h = response(part, conditions_at(53.125e9));
  for (const double f : {1e9, 20e9, 40e9, 80e9}) {
    const Complex whole =
        h(f) * std::polar(1.0, -2.0 * std::numbers::pi * f * latency(part, conditions_at(53.125e9)));
    EXPECT_LT(std::abs(whole - 2.0 / Complex(1.0, f / 40e9)), 2e-4) << f;
  }
  EXPECT_THAT(remarks(part, conditions_at(53.125e9)), IsEmpty());
  EXPECT_EQ(optical_loss(part, conditions_at(53.125e9)), 1.0);
}

TEST(MeasuredResponse, Normalised) {
  EXPECT_NEAR(std::abs(response(measured(pole(true), "amp.csv", "current", true), conditions_at(1e9))(0.0)),
              1.0, 1e-12);
}

TEST(MeasuredResponse, TwoPort) {
  const MeasuredResponse part =
      measured("# GHz S MA R 50\n0 0 0 3 0 0.01 0 0 0\n100 0 0 3 0 0.01 0 0 0\n", "amp.s2p");
  EXPECT_EQ(part.ports, (std::vector<int>{1, 2}));
  EXPECT_NEAR(std::abs(response(part, conditions_at(53e9))(10e9)), 3.0, 1e-9);
  EXPECT_THAT(remarks(part, conditions_at(53e9)),
              ElementsAre(HasSubstr("not passive"), HasSubstr("not reciprocal")));
}

TEST(MeasuredResponse, WithoutPhaseAndWithTooLittleData) {
  EXPECT_THAT(
      remarks(measured(pole(false), "amp.csv"), conditions_at(500e9)),
      ElementsAre(
          "the file states no phase: the minimum phase of its magnitude is taken",
          "the data of 'amp.csv' stop at 400 GHz, below the symbol rate 500 GBd: their last octave is "
          "continued"));
}

// About the carrier, without the delay that only shifts the waveform.
TEST(MeasuredResponse, Field) {
  const MeasuredResponse part = measured(filter, "mux.sparam", "field");
  const Conditions here = conditions_at(53.125e9, speed_of_light / 229e12);
  EXPECT_LT(std::abs(response(part, here)(0.0) - 0.55), 1e-6);
  EXPECT_NEAR(latency(part, here), 0.25e-12, 1e-17);
  EXPECT_LT(std::abs(response(part, here)(1e12) - 0.6), 1e-6);
  EXPECT_NEAR(optical_loss(part, here), 1.0 / (0.55 * 0.55), 1e-6);
  EXPECT_THAT(remarks(part, here), ElementsAre("3 of 4 entries of mode 1 are missing and count as 0",
                                               HasSubstr("the network is not reciprocal")));
  EXPECT_NEAR(std::abs(response(measured(filter, "mux.sparam", "field", false, 2), here)(0.0)), 0.1, 1e-12);
}

// A laser at 1305 nm (229.726 THz) and the filter behind it.
TEST(MeasuredResponse, Light) {
  CwLaser laser;
  laser.output_power = 10e-3;
  laser.wavelength = speed_of_light / 228e12;
  Instance first, second;
  first.part = laser;
  second.part = measured(filter, "mux.sparam", "light");
  const std::vector<Instance> chain{first, second};
  EXPECT_NEAR(light_after(chain, {}).power, 2.5e-3, 1e-12);
  Conditions conditions;
  conditions.light.wavelength = laser.wavelength;
  ASSERT_EQ(loss_ladder(chain, conditions).size(), 1u);
  EXPECT_NEAR(loss_ladder(chain, conditions)[0].loss, 4.0, 1e-9);
  // Not one of voltages.
  Instance wrong;
  wrong.name = "amp";
  wrong.part = measured(pole(true), "amp.csv");
  EXPECT_EQ(message_of([&] {
              light_after(std::vector<Instance>{first, wrong}, {});
            }),
            "lane.light.amp: a measured_response cannot stand in the path of continuous light (allowed: "
            "laser_path, isolator, "
            "connector, fibre_flex, fibre, pm_fibre, a measured_response of light)");
}

TEST(MeasuredResponse, Refusals) {
  EXPECT_EQ(message_of([] { measured(filter, "mux.sparam"); }),
            "mux.sparam: lane.chain.part.file: the data begin at 228 THz: these are optical frequencies "
            "(allowed: a "
            "measured_response with the domain field, or data from low frequencies on)");
  EXPECT_EQ(message_of([] { measured("", "eo.mat"); }),
            "eo.mat: lane.chain.part.file: the ending does not say what the file holds (allowed: .s2p to "
            ".sNp, .csv, "
            ".txt, .sparam, .dat)");
  EXPECT_EQ(message_of([] { measured("ghz,db\n1,0\n2,x\n", "eo.csv"); }),
            "eo.csv:3: lane.chain.part.file: 'x' is not a number");
  EXPECT_EQ(message_of([] { measured(filter, "mux.sparam", "field", false, 4); }),
            "mux.sparam: lane.chain.part.file: there is no mode 4 (allowed: a mode of the file)");
  EXPECT_THROW(response(MeasuredResponse{}, conditions_at(1e9)), std::logic_error);
}

// In every part with memory of its own, the file's shape takes the place of that memory: a pole of twice the
// gain counts as a pole.
template <class P>
class ResponseFileOf : public testing::Test {};
using PartsWithFiles =
    testing::Types<LinearDriver, MachZehnder, LithiumNiobate, ElectroAbsorption, Photodiode, Tia>;
TYPED_TEST_SUITE(ResponseFileOf, PartsWithFiles);

TYPED_TEST(ResponseFileOf, TakesThePlaceOfTheModel) {
  Table table;
  table.set("response_file", Node("eo.csv"));
  const TypeParam part = read_part<TypeParam>(std::move(table), pole(true));
  const AnyPart any = part;
  const Conditions conditions = conditions_at(53.125e9);
  const Response in = input_response_of(any, conditions), out = output_response_of(any, conditions);
  const Response h = in ? in : out;
  for (const double f : {0.0, 20e9, 40e9, 80e9})
    EXPECT_NEAR(std::abs(h(f)), 1.0 / std::abs(Complex(1.0, f / 40e9)), 1e-4) << f;
  EXPECT_THAT(remarks_of(any, conditions), IsEmpty());
  EXPECT_THAT(remarks_of(any, conditions_at(500e9)),
              ElementsAre(HasSubstr("the data of 'eo.csv' stop at 400 GHz")));
  EXPECT_EQ(text_of(*write(part).find("response_file")), "eo.csv");
  // What the file replaces is said by name, and does not count: a hundred times of it changes nothing.
  EXPECT_THAT(unused_of(TypeParam{}), IsEmpty());
  EXPECT_FALSE(unused_of(any).empty());
  for (const std::string_view key : unused_of(any)) {
    TypeParam changed = part;
    const Field* field = fields_of<TypeParam>().find(key);
    ASSERT_TRUE(field) << key;
    void* member = const_cast<void*>(field->member(&changed));
    if (field->type == &field_type<int>())
      *static_cast<int*>(member) += 1;
    else
      *static_cast<double*>(member) *= 100.0;
    const AnyPart other = changed;
    for (const double f : {0.0, 20e9, 80e9}) {
      const Response there =
          in ? input_response_of(other, conditions) : output_response_of(other, conditions);
      EXPECT_EQ(there(f), h(f)) << key;
    }
  }
  EXPECT_EQ(write(TypeParam{}).find("response_file"), nullptr);
}

TEST(ResponseFile, Refusals) {
  const auto refusal = [](Node value, const std::string& text) {
    return message_of([&] {
      Table table;
      table.set("response_file", std::move(value));
      read_part<Tia>(std::move(table), text);
    });
  };
  EXPECT_EQ(
      refusal(Node(3), ""),
      "lane.chain.part.response_file: expected a text, found a whole number (allowed: the name of a file)");
  EXPECT_EQ(refusal(Node("eo.csv"), "ghz,db\n0,0\n"),
            "eo.csv: lane.chain.part.response_file: the file holds 1 points (allowed: at least two)");
  EXPECT_EQ(
      refusal(Node("eo.csv"), "ghz,abs\n0,0\n1,1\n"),
      "eo.csv: lane.chain.part.response_file: nothing is transmitted at 0 Hz, the first point (allowed: a "
      "magnitude above 0)");
}

}  // namespace
}  // namespace waverack::parts
