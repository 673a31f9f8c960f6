// The strict reader: what it accepts, and the exact message of everything that it refuses.

#include "waverack/base/reader.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/described_link.hpp"
#include "unit/base/message_of.hpp"

namespace waverack {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Node marked(Node node, int line) {
  node.mark = Mark{"link.toml", line, 1};
  if (Array* array = node.array())
    for (Node& element : *array) element = marked(element, line);
  if (Table* table = node.table())
    for (auto& [key, value] : table->items) value = marked(value, line);
  return node;
}

using Items = std::vector<std::pair<std::string, Node>>;

// A table whose n-th key stands in line n + 1; the table itself begins in line 1.
Node marked_table(const Items& items) {
  Table result;
  int line = 1;
  for (const auto& [key, value] : items) result.items.emplace_back(key, marked(value, ++line));
  Node node(result);
  node.mark = Mark{"link.toml", 1, 1};
  return node;
}

Node inner(const Items& items) { return Table{items}; }

struct Read {
  DescribedLink link;
  Provenance provenance;
};

// Reads the required rate and `items`, which stand in line 3 and following.
Read read_link(Items items) {
  items.insert(items.begin(), {"rate", "53.125 GBd"});
  const ReadSources sources;
  ReadContext context(sources);
  const DescribedLink link = read<DescribedLink>(context, marked_table(items), "link");
  return {link, context.provenance};
}

std::string message(const Items& items) {
  return message_of([&] { read_link(items); });
}

TEST(Reader, ReadsEveryKindOfMember) {
  const DescribedLink link = read_link({{"length", "2 km"},
                                        {"loss", "3 dB"},
                                        {"limit", 2.5},
                                        {"lanes", 32},
                                        {"precoding", true},
                                        {"format", "PAM6"},
                                        {"title", "DR8"},
                                        {"taps", Array{0, -0.08, 0.84}},
                                        {"wavelengths", Array{"1310 nm", "1.55 um"}},
                                        {"offsets", Array{-1, 2}},
                                        {"notes", Array{"a", "b"}},
                                        {"noise", inner({{"density", "10 pA/sqrt(Hz)"}})},
                                        {"tones", Array{inner({{"name", "hum"}, {"frequency", "50 Hz"}}),
                                                        inner({{"name", "radio"}, {"frequency", "1 MHz"}})}}})
                                 .link;
  EXPECT_EQ(link.rate, 53.125e9);
  EXPECT_EQ(link.length, 2000.0);
  EXPECT_NEAR(link.loss, 1.99526231496888, 1e-14);  // 10^0.3
  EXPECT_EQ(link.limit, 2.5);
  EXPECT_EQ(link.lanes, 32);
  EXPECT_TRUE(link.precoding);
  EXPECT_EQ(link.format, Format::pam6);
  EXPECT_EQ(link.title, "DR8");
  EXPECT_EQ(link.taps, (std::vector<double>{0.0, -0.08, 0.84}));
  ASSERT_EQ(link.wavelengths.size(), 2U);
  EXPECT_DOUBLE_EQ(link.wavelengths[1], 1.55e-6);
  EXPECT_EQ(link.offsets, (std::vector<int>{-1, 2}));
  EXPECT_EQ(link.notes, (std::vector<std::string>{"a", "b"}));
  EXPECT_DOUBLE_EQ(link.noise.density, 10e-12);
  EXPECT_EQ(link.noise.corner, 1e9);
  ASSERT_EQ(link.tones.size(), 2U);
  EXPECT_EQ(link.tones[1].frequency, 1e6);
}

TEST(Reader, KeepsDefaults) {
  const DescribedLink link = read_link({}).link;
  EXPECT_EQ(link.length, 500.0);
  EXPECT_EQ(link.limit, infinity);
  EXPECT_EQ(link.taps, std::vector<double>{1.0});
  EXPECT_EQ(link.format, Format::pam4);
}

TEST(Reader, AcceptsBothEndsOfARange) {
  EXPECT_EQ(read_link({{"length", "0 m"}}).link.length, 0.0);
  EXPECT_EQ(read_link({{"length", "200 km"}}).link.length, 2e5);
  EXPECT_NEAR(read_link({{"wavelengths", Array{"1.7 um"}}}).link.wavelengths[0], 1.7e-6, 1e-20);
  EXPECT_EQ(read_link({{"lanes", 64.0}}).link.lanes, 64);
  EXPECT_EQ(read_link({{"taps", Array{"50 %"}}}).link.taps[0], 0.5);
}

TEST(ReaderRefuses, AnUnknownKey) {
  EXPECT_EQ(message({{"lenght", "2 km"}}),
            "link.toml:3: link.lenght: unknown key (allowed: length, loss, rate, limit, lanes, precoding, "
            "format, title, "
            "taps, wavelengths, offsets, notes, noise, tones). Did you mean 'length'?");
  EXPECT_EQ(message({{"noise", inner({{"colour", 1}})}}),
            "link.toml:3: link.noise.colour: unknown key (allowed: density, corner)");
  // An internal member is not a key.
  EXPECT_TRUE(message({{"parsed", 1}}).starts_with("link.toml:3: link.parsed: unknown key"));
}

TEST(ReaderRefuses, AMissingKey) {
  const ReadSources sources;
  ReadContext context(sources);
  const auto missing = [&](const Items& items) {
    return message_of([&] { read<DescribedLink>(context, marked_table(items), "link"); });
  };
  EXPECT_EQ(missing({}),
            "link.toml:1: link.rate: missing key: Symbol rate of a lane. (allowed: 1 GBd to 200 GBd)");
  EXPECT_EQ(message({{"tones", Array{inner({{"frequency", "50 Hz"}})}}}),
            "link.toml:3: link.tones[0].name: missing key: Name of the tone. (allowed: text)");
  EXPECT_EQ(message({{"tones", Array{inner({{"name", "hum"}})}}}),
            "link.toml:3: link.tones.hum.frequency: missing key: Frequency. (allowed: 0 Hz to 1e+12 Hz)");
}

TEST(ReaderRefuses, AWrongDimension) {
  EXPECT_EQ(message({{"length", "3 GHz"}}),
            "link.toml:3: link.length: '3 GHz' has the wrong dimension (allowed: a value in m or another "
            "unit of that kind)");
  EXPECT_EQ(message({{"taps", Array{0.1, "3 m"}}}),
            "link.toml:3: link.taps[1]: '3 m' has the wrong dimension (allowed: a plain number)");
}

TEST(ReaderRefuses, ANumberWithoutUnit) {
  EXPECT_EQ(message({{"length", 500}}),
            "link.toml:3: link.length: 500 has no unit (allowed: a value in m or another unit of that kind)");
  EXPECT_EQ(message({{"length", 0.5}}),
            "link.toml:3: link.length: 0.5 has no unit (allowed: a value in m or another unit of that kind)");
  EXPECT_EQ(
      message({{"length", "500"}}),
      "link.toml:3: link.length: '500' has no unit (allowed: a value in m or another unit of that kind)");
  EXPECT_EQ(message({{"loss", 3}}),
            "link.toml:3: link.loss: 3 has no unit (allowed: a value in dB or another unit of that kind)");
}

TEST(ReaderRefuses, AnUnknownUnit) {
  EXPECT_EQ(message({{"length", "2 Km2"}}),
            "link.toml:3: link.length: unknown unit 'Km2' (allowed: 0 m to 200000 m). Did you mean 'km'?");
  EXPECT_EQ(message({{"length", "far"}}),
            "link.toml:3: link.length: 'far' does not begin with a finite number (allowed: 0 m to 200000 m)");
}

TEST(ReaderRefuses, AValueOutOfRange) {
  EXPECT_EQ(message({{"length", "201 km"}}),
            "link.toml:3: link.length: '201 km' is out of range (allowed: 0 m to 200000 m)");
  EXPECT_EQ(message({{"length", "-1 m"}}),
            "link.toml:3: link.length: '-1 m' is out of range (allowed: 0 m to 200000 m)");
  EXPECT_EQ(message({{"loss", "-0.1 dB"}}),
            "link.toml:3: link.loss: '-0.1 dB' is out of range (allowed: 0 dB to 40 dB)");
  EXPECT_EQ(message({{"lanes", 0}}), "link.toml:3: link.lanes: '0' is out of range (allowed: 1 to 64)");
  EXPECT_EQ(message({{"taps", Array{0.5, 1.5}}}),
            "link.toml:3: link.taps[1]: '1.5' is out of range (allowed: -1 to 1)");
}

TEST(ReaderRefuses, ANumberThatIsNotFinite) {
  EXPECT_EQ(message({{"lanes", std::nan("")}}),
            "link.toml:3: link.lanes: the number is not finite (allowed: 1 to 64)");
  EXPECT_EQ(message({{"limit", infinity}}),
            "link.toml:3: link.limit: the number is not finite (allowed: any number)");
  EXPECT_EQ(message({{"length", std::nan("")}}),
            "link.toml:3: link.length: the number is not finite (allowed: 0 m to 200000 m)");
  EXPECT_EQ(
      message({{"length", "nan m"}}),
      "link.toml:3: link.length: 'nan m' does not begin with a finite number (allowed: 0 m to 200000 m)");
  EXPECT_EQ(message({{"taps", Array{-infinity}}}),
            "link.toml:3: link.taps[0]: the number is not finite (allowed: -1 to 1)");
}

TEST(ReaderRefuses, AFractionWhereOneCounts) {
  EXPECT_EQ(message({{"lanes", 2.5}}),
            "link.toml:3: link.lanes: '2.5' is not a whole number (allowed: 1 to 64)");
  EXPECT_EQ(message({{"offsets", Array{1, 0.5}}}),
            "link.toml:3: link.offsets[1]: '0.5' is not a whole number (allowed: any number)");
  EXPECT_EQ(message({{"offsets", Array{1e300}}}),
            "link.toml:3: link.offsets[0]: '1e+300' is not a whole number (allowed: any number)");
}

TEST(ReaderRefuses, AnUnknownChoice) {
  EXPECT_EQ(
      message({{"format", "PAM5"}}),
      "link.toml:3: link.format: 'PAM5' is not a choice (allowed: NRZ, PAM4, PAM6). Did you mean 'PAM4'?");
  EXPECT_EQ(message({{"format", 4}}),
            "link.toml:3: link.format: '4' is not a choice (allowed: NRZ, PAM4, PAM6)");
}

TEST(ReaderRefuses, AValueOfAnotherType) {
  EXPECT_EQ(message({{"length", true}}),
            "link.toml:3: link.length: expected a number, found a switch (allowed: 0 m to 200000 m)");
  EXPECT_EQ(message({{"lanes", Array{}}}),
            "link.toml:3: link.lanes: expected a number, found a list (allowed: 1 to 64)");
  EXPECT_EQ(
      message({{"precoding", 1}}),
      "link.toml:3: link.precoding: expected true or false, found a whole number (allowed: true, false)");
  EXPECT_EQ(message({{"title", 3}}),
            "link.toml:3: link.title: expected a text, found a whole number (allowed: a text in quotes)");
  EXPECT_EQ(message({{"taps", 3}}),
            "link.toml:3: link.taps: expected a list, found a whole number (allowed: a list in brackets)");
  EXPECT_EQ(message({{"notes", Array{3}}}),
            "link.toml:3: link.notes: expected a text, found a whole number (allowed: texts in quotes)");
  EXPECT_EQ(message({{"noise", "loud"}}), "link.toml:3: link.noise: expected a table, found a text");
  EXPECT_EQ(message({{"tones", Array{1}}}),
            "link.toml:3: link.tones[0]: expected a table, found a whole number");
}

TEST(ReaderRefuses, ADuplicateKey) {
  EXPECT_EQ(message({{"length", "1 m"}, {"length", "2 m"}}), "link.toml:4: link.length: duplicate key");
}

// Both spellings of a value read the same, and a parent is kept beside it.
TEST(ReaderProvenance, OfAValueWithItsParent) {
  const auto [link, provenance] = read_link(
      {{"length",
        inner({{"value", "2 km"}, {"source", "site plan"}, {"kind", "measured"}, {"note", "by tape"}})}});
  EXPECT_EQ(link.length, 2000.0);
  const Origin& origin = provenance.at("link.length");
  EXPECT_EQ(origin.kind, Kind::measured);
  EXPECT_EQ(origin.source, "site plan");
  EXPECT_EQ(origin.value, "2 km");
  EXPECT_EQ(origin.layer, Layer::design);
  EXPECT_EQ(origin.mark.file, "link.toml");
  EXPECT_EQ(origin.mark.line, 3);
}

TEST(ReaderProvenance, OfLists) {
  const auto [link, provenance] =
      read_link({{"taps", inner({{"value", Array{0.5, 0.25}}, {"kind", "derived"}})}});
  EXPECT_EQ(link.taps, (std::vector<double>{0.5, 0.25}));
  EXPECT_EQ(provenance.at("link.taps").kind, Kind::derived);
  EXPECT_EQ(provenance.at("link.taps").value, "[0.5, 0.25]");
}

TEST(ReaderProvenance, OfAPlainValueAndOfADefault) {
  const Provenance provenance = read_link({{"loss", "3 dB"}}).provenance;
  EXPECT_EQ(provenance.at("link.loss").kind, Kind::choice);
  EXPECT_EQ(provenance.at("link.loss").layer, Layer::design);
  const Origin& length = provenance.at("link.length");
  EXPECT_EQ(length.kind, Kind::standard);
  EXPECT_EQ(length.source, "IEEE 802.3, 140.6");
  EXPECT_EQ(length.layer, Layer::struct_default);
  EXPECT_EQ(length.value, "500 m");
  // Defaults inside a nested table that the file leaves out are there as well.
  EXPECT_EQ(provenance.at("link.noise.density").source, "sheet 7, table 2");
  EXPECT_EQ(provenance.at("link.noise.density").value, "16 pA/sqrt(Hz)");
  EXPECT_EQ(provenance.at("link.noise.corner").kind, Kind::assumed);
}

TEST(ReaderProvenance, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(message({{"length", inner({{"value", "2 km"}, {"kind", "guess"}})}}),
            "link.toml:3: link.length.kind: 'guess' is not a kind of source (allowed: choice, standard, "
            "datasheet, measured, "
            "simulated, derived, claim, assumed)");
  EXPECT_EQ(message({{"length", inner({{"value", "2 km"}, {"sources", "x"}})}}),
            "link.toml:3: link.length.sources: unknown key (allowed: value, source, kind, note). Did you "
            "mean 'source'?");
  EXPECT_EQ(message({{"length", inner({{"source", "x"}})}}),
            "link.toml:3: link.length: expected a number, found a table (allowed: 0 m to 200000 m)");
}

// Writing and reading is the identity, and what is written states every default.
TEST(Writer, WritesWhatReadsBackTheSame) {
  const Items items{{"length", "1.2345678901234 km"},
                    {"loss", "3.21 dB"},
                    {"lanes", 16},
                    {"format", "NRZ"},
                    {"precoding", true},
                    {"limit", 0.1},
                    {"taps", Array{0.1, 1.0 / 3.0}},
                    {"wavelengths", Array{"1310.9 nm"}},
                    {"offsets", Array{-3}},
                    {"notes", Array{"x"}},
                    {"tones", Array{inner({{"name", "hum"}, {"frequency", "50.1 Hz"}})}}};
  for (const Items& given : {Items{}, items}) {
    const Table first = write(read_link(given).link);
    const ReadSources sources;
    ReadContext context(sources);
    const DescribedLink again = read<DescribedLink>(context, Node(first), "link");
    EXPECT_EQ(text_of(Node(write(again).items[0].second)), text_of(first.items[0].second));
    const DescribedLink before = read_link(given).link;
    EXPECT_EQ(again.length, before.length);
    EXPECT_EQ(again.loss, before.loss);
    EXPECT_EQ(again.rate, before.rate);
    EXPECT_EQ(again.limit, before.limit);
    EXPECT_EQ(again.lanes, before.lanes);
    EXPECT_EQ(again.precoding, before.precoding);
    EXPECT_EQ(again.format, before.format);
    EXPECT_EQ(again.title, before.title);
    EXPECT_EQ(again.taps, before.taps);
    EXPECT_EQ(again.wavelengths, before.wavelengths);
    EXPECT_EQ(again.offsets, before.offsets);
    EXPECT_EQ(again.notes, before.notes);
    EXPECT_EQ(again.noise.density, before.noise.density);
    EXPECT_EQ(again.tones.size(), before.tones.size());
  }
}

TEST(Writer, StatesDefaultsWithUnits) {
  const Node written(write(read_link({}).link));
  EXPECT_EQ(text_of(*find_path(written, "length")), "500 m");
  EXPECT_EQ(text_of(*find_path(written, "rate")), "53.125 GBd");
  EXPECT_EQ(text_of(*find_path(written, "format")), "PAM4");
  EXPECT_EQ(text_of(*find_path(written, "noise.density")), "16 pA/sqrt(Hz)");
  EXPECT_EQ(find_path(written, "parsed"), nullptr);
  // "No limit" cannot be stated in a file, so it is left out.
  EXPECT_EQ(find_path(written, "limit"), nullptr);
}

}  // namespace
}  // namespace waverack
