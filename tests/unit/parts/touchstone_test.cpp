#include "waverack/parts/touchstone.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "unit/base/message_of.hpp"

namespace waverack::parts {
namespace {

// A matched 6 dB pad (0.5012 in amplitude) from 0 to 40 GHz.
constexpr const char* pad =
    "# GHz S DB R 50\n"
    "0 -300 0 -6 0 -6 0 -300 0\n"
    "20 -300 0 -6 0 -6 0 -300 0\n"
    "40 -300 0 -6 0 -6 0 -300 0\n";

// Reads a part from keys and one file's text, as a design would.
Touchstone part_of(const std::string& text, const std::string& file, std::vector<int> ports = {}) {
  ReadSources sources;
  sources.load_file = [&](std::string_view) { return text; };
  ReadContext context(sources);
  Table table;
  table.set("file", Node(file)).mark = {"lane.toml", 7, 1};
  if (!ports.empty()) {
    Array list;
    for (const int port : ports) list.push_back(Node(port));
    table.set("ports", Node(std::move(list)));
  }
  const Node node(std::move(table));
  Touchstone part;
  read_fields(context, fields_of<Touchstone>(), node, "lane.chain.touchstone", &part);
  resolve(part, context, node, "lane.chain.touchstone");
  return part;
}

Conditions at(double symbol_rate) {
  Conditions conditions;
  conditions.symbol_rate = symbol_rate;
  return conditions;
}

TEST(TouchstonePart, TwoPort) {
  const Touchstone part = part_of(pad, "pad.s2p");
  EXPECT_EQ(part.ports, (std::vector<int>{1, 2}));
  EXPECT_NEAR(std::abs(response(part, at(26.5625e9))(10e9)), std::pow(10.0, -6.0 / 20.0), 1e-9);
  EXPECT_NEAR(latency(part, at(26.5625e9)), 0.0, 0.5e-12);
  EXPECT_TRUE(remarks(part, at(26.5625e9)).empty());
}

// Direction and single-ended ports of a larger network are chosen by `ports`.
TEST(TouchstonePart, PortsOfTheDesign) {
  const std::string amplifier = "# GHz RI\n0 0 0 0.5 0 0.1 0 0 0\n40 0 0 0.5 0 0.1 0 0 0\n";
  EXPECT_NEAR(std::abs(response(part_of(amplifier, "a.s2p"), at(1e9))(0.0)), 0.5, 1e-12);
  EXPECT_NEAR(std::abs(response(part_of(amplifier, "a.s2p", {2, 1}), at(1e9))(0.0)), 0.1, 1e-12);
  const std::string three =
      "# GHz RI\n0 0 0 0 0 .3 0\n 0 0 0 0 0 0\n .3 0 0 0 0 0\n40 0 0 0 0 .3 0\n 0 0 0 0 0 0\n .3 0 0 0 0 0\n";
  EXPECT_NEAR(std::abs(response(part_of(three, "a.s3p", {1, 3}), at(1e9))(0.0)), 0.3, 1e-12);
}

// Lines 1 → 3 and 2 → 4 with 0.8, coupling 0.05 between the lines: Sdd21 = 0.8 − 0.05.
const std::string pair =
    "# GHz RI\n"
    "0 0 0 0 0 .8 0 .05 0\n0 0 0 0 .05 0 .8 0\n.8 0 .05 0 0 0 0 0\n.05 0 .8 0 0 0 0 0\n"
    "40 0 0 0 0 .8 0 .05 0\n0 0 0 0 .05 0 .8 0\n.8 0 .05 0 0 0 0 0\n.05 0 .8 0 0 0 0 0\n";

TEST(TouchstonePart, DifferentialPairIsInferred) {
  const Touchstone part = part_of(pair, "pair.s4p");
  EXPECT_EQ(part.ports, (std::vector<int>{1, 2, 3, 4}));
  EXPECT_NEAR(std::abs(response(part, at(1e9))(0.0)), 0.75, 1e-12);
  // What was inferred is written, so that a result says it.
  EXPECT_EQ(text_of(*write(part).find("ports")), "[1, 2, 3, 4]");
}

TEST(TouchstonePart, CopiesShareTheData) {
  const Touchstone part = part_of(pair, "pair.s4p");
  const Touchstone copy = part;
  EXPECT_EQ(copy.data.get(), part.data.get());
}

TEST(TouchstonePart, ErrorsNameTheFileAndThePart) {
  EXPECT_EQ(message_of([] { part_of("# GHz RI\n1 0 0 1 0 1 0 0 x\n", "bad.s2p"); }),
            "bad.s2p:2: lane.chain.touchstone.file: 'x' is not a number");
  EXPECT_EQ(message_of([] {
              part_of(pair, "pair.s4p", {1, 2, 3});
            }),
            "pair.s4p: lane.chain.touchstone.file: `ports` names 3 ports (allowed: [in, out] or [in+, in-, "
            "out+, out-])");
  EXPECT_EQ(message_of([] {
              part_of(pair, "pair.s4p", {1, 2, 3, 5});
            }),
            "pair.s4p: lane.chain.touchstone.file: there is no port 5 (allowed: 1 to 4)");
  ReadSources none;
  ReadContext context(none);
  Touchstone part;
  part.file = "pad.s2p";
  EXPECT_EQ(message_of([&] { resolve(part, context, Node(Table{}), "lane.chain.touchstone"); }),
            "lane.chain.touchstone.file: 'pad.s2p' cannot be read: there is no place to look for files");
}

// Half of 106.25 GBd is 53.125 GHz.
TEST(TouchstonePart, DataBelowNyquistAreRefused) {
  const Touchstone part = part_of(pad, "pad.s2p");
  EXPECT_EQ(message_of([&] { response(part, at(106.25e9)); }),
            "lane.toml:7: lane.chain.touchstone.file: the data of 'pad.s2p' stop at 40 GHz, below the "
            "Nyquist frequency "
            "53.125 GHz of 106.25 GBd (allowed: data up to half the symbol rate at least)");
}

TEST(TouchstonePart, DataBelowTheSymbolRateAreRemarked) {
  const Touchstone part = part_of(pad, "pad.s2p");
  EXPECT_TRUE(static_cast<bool>(response(part, at(53.125e9))));
  EXPECT_EQ(remarks(part, at(53.125e9)),
            std::vector<std::string>{
                "the data of 'pad.s2p' stop at 40 GHz, below the symbol rate 53.125 GBd: the loss law of "
                "their upper half is continued"});
}

TEST(TouchstonePart, DoubtsAreRemarked) {
  const Touchstone part = part_of("# GHz RI\n1 0 0 2 0 1 0 0 0\n40 0 0 2 0 1 0 0 0\n", "a.s2p");
  EXPECT_EQ(remarks(part, at(1e9)),
            (std::vector<std::string>{"the network is not passive: its largest singular value is 2 at 1 GHz",
                                      "the network is not reciprocal: |Sij - Sji| reaches 1 at 1 GHz",
                                      "the data start at 1 GHz: they are continued to 0 Hz by the "
                                      "skin-effect law, with -6.02 dB of loss at 0 Hz"}));
}

TEST(TouchstonePart, WithoutDataIsAMistakeOfTheProgram) {
  EXPECT_THROW(response(Touchstone{}, at(1e9)), std::logic_error);
}

// The damaged file ends at 5.55 GHz, where a lane of 53.125 GBd needs 26.5625 GHz. It holds crosstalk, so its
// ports are named here.
TEST(TouchstonePart, TruncatedSharedFile) {
  const std::filesystem::path path = std::filesystem::path(WAVERACK_SOURCE_DIR).parent_path() / "shared" /
                                     "data" / "channels" / "truncated" /
                                     "112G_cascaded_CDR6_Module_FEXT2_1_etch1100_TX7_L23_Full_Footprint.s4p";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "there is no file " << path;
  std::ifstream file(path, std::ios::binary);
  const Touchstone part = part_of({std::istreambuf_iterator<char>(file), {}}, "fext2.s4p", {1, 3, 2, 4});
  EXPECT_EQ(message_of([&] { response(part, at(53.125e9)); }),
            "lane.toml:7: lane.chain.touchstone.file: the data of 'fext2.s4p' stop at 5.55 GHz, below the "
            "Nyquist frequency "
            "26.5625 GHz of 53.125 GBd (allowed: data up to half the symbol rate at least)");
  EXPECT_EQ(remarks(part, at(1e9)).at(0),
            "line 2787: a number of 671784 characters makes the data at 5.55 GHz suspect");
}

}  // namespace
}  // namespace waverack::parts
