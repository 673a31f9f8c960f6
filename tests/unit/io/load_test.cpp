// From files to designs: where cards, files and baselines are looked for, what --set may change, and a result
// that is run again. Messages are exact where they are short, else up to the list of what is allowed.

#include "waverack/io/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "unit/base/message_of.hpp"
#include "waverack/design/quantities.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/run.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;
using testing::StartsWith;

constexpr std::string_view small_design =
    "title = \"small\"\n"
    "[lane]\n"
    "symbol_rate = \"53.125 GBd\"\n"
    "[[lane.chain]]\n"
    "part = \"host_transmitter\"\n"
    "[[lane.chain]]\n"
    "part = \"receiver\"\n";

// The same with a card for its transmitter, in line 5.
std::string with_card(std::string_view card) {
  return "title = \"small\"\n[lane]\nsymbol_rate = \"53.125 GBd\"\n[[lane.chain]]\ncard = \"" +
         std::string(card) + "\"\n[[lane.chain]]\npart = \"receiver\"\n";
}

std::string transmitter_card(std::string_view swing) {
  return "part = \"host_transmitter\"\nswing = { value = \"" + std::string(swing) +
         "\", kind = \"measured\", source = \"bench\" }\n";
}

// Every test has a folder of its own, DIR, with a place for a design in DIR/project.
class Load : public testing::Test {
 protected:
  Load() : dir_(fs::path(testing::TempDir()) / ("waverack_load_" + std::string(test_name()))) {
    fs::remove_all(dir_);
    fs::create_directories(dir_ / "project" / "parts");
  }
  ~Load() override { fs::remove_all(dir_); }

  static const char* test_name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }

  std::string put(const std::string& name, std::string_view text) const {
    fs::create_directories((dir_ / name).parent_path());
    std::ofstream(dir_ / name, std::ios::binary) << text;
    return (dir_ / name).string();
  }
  fs::path dir() const { return dir_; }

 private:
  fs::path dir_;
};

const parts::HostTransmitter& transmitter(const Input& input) {
  return std::get<parts::HostTransmitter>(input.loaded.design.lane.chain.front().part);
}

std::string design_text(const Input& input) {
  JsonWriter writer;
  writer.value(Node(design_document(input.loaded)));
  return writer.take();
}

std::string set_message(std::string_view setting) {
  return message_of([&] { load_design_text(small_design, "small.toml", {std::string(setting)}); });
}

TEST_F(Load, AFileGivesTheDesignItsNameAndFolder) {
  const std::string path = put("project/mine.toml", small_design);
  const Input input = load_design(path);
  EXPECT_EQ(input.name, "mine");
  EXPECT_EQ(input.file, path);
  EXPECT_FALSE(input.embedded);
  EXPECT_EQ(input.folder, dir() / "project");
  EXPECT_EQ(input.loaded.design.title, "small");
  EXPECT_EQ(input.loaded.design.lane.symbol_rate, 53.125e9);
}

TEST_F(Load, BuiltInDesignsByName) {
  EXPECT_THAT(design_names(),
              testing::IsSupersetOf({"cpo-3.2t", "cpo-3.2t-ring", "dsp-800g-dr8", "lpo-1.6t-osfp"}));
  for (const char* name : {"cpo-3.2t", "cpo-3.2t.toml"}) {
    const Input input = load_design(name);
    EXPECT_EQ(input.name, "cpo-3.2t");
    EXPECT_TRUE(input.embedded);
    EXPECT_FALSE(input.folder);
    EXPECT_EQ(input.loaded.design.module.lanes, 32);
  }
}

TEST_F(Load, JsonByItsEndingOrItsFirstLetter) {
  const std::string json = design_text(load_design_text(small_design, "small.toml"));
  for (const char* name : {"project/small.json", "project/small"}) {
    const Input input = load_design(put(name, json));
    EXPECT_EQ(input.name, "small");
    EXPECT_EQ(design_text(input), json);
  }
  // A byte order mark is no part of a TOML or a JSON text.
  EXPECT_EQ(load_design(put("project/marked", "\xef\xbb\xbf" + json)).loaded.design.title, "small");
  EXPECT_EQ(load_design(put("project/plain", small_design)).loaded.design.title, "small");
}

TEST_F(Load, NamesWhatItCannotFind) {
  EXPECT_THAT(message_of([] { load_design("cpo-3.2"); }),
              testing::MatchesRegex(
                  "there is no design 'cpo-3\\.2' \\(allowed: a TOML or JSON file, or .*cpo-3\\.2t.*\\)"
                  "\\. Did you mean 'cpo-3\\.2t'\\?"));
  const std::string missing = (dir() / "missing.toml").string();
  EXPECT_THAT(message_of([&] { load_design(missing); }), StartsWith(missing + ": there is no such file"));
  EXPECT_THAT(message_of([&] { load_design(dir().string()); }),
              StartsWith(dir().string() + ": this is a folder, not a design"));
}

TEST_F(Load, RefusesWhatIsNoTable) {
  EXPECT_EQ(message_of([] { load_design_text("[1, 2]", "a.json"); }),
            "a.json:1: expected a design, found a list (allowed: a table with title, lane, …)");
  EXPECT_EQ(
      message_of([] { load_design_text("{\"format\": \"waverack-result\", \"version\": 1}", "a.json"); }),
      "a.json:1: design: the result holds no design");
}

// parts/NAME.toml beside the design, then NAME.toml beside it, then the built-in card.
TEST_F(Load, CardsBesideTheDesignWin) {
  const std::string design = put("project/mine.toml", with_card("host-c2m-tx"));
  EXPECT_EQ(transmitter(load_design(design)).swing, 0.826);  // designs/parts/host-c2m-tx.toml
  put("project/host-c2m-tx.toml", transmitter_card("0.5 V"));
  EXPECT_EQ(transmitter(load_design(design)).swing, 0.5);
  const std::string inner = put("project/parts/host-c2m-tx.toml", transmitter_card("0.25 V"));
  const Input input = load_design(design);
  EXPECT_EQ(transmitter(input).swing, 0.25);
  const Origin& origin = input.loaded.provenance.at("lane.chain.host_transmitter.swing");
  EXPECT_EQ(origin.layer, Layer::card);
  EXPECT_EQ(origin.kind, Kind::measured);
  EXPECT_EQ(origin.source, "bench");
  EXPECT_EQ(origin.mark.file, inner);
  EXPECT_EQ(origin.mark.line, 2);
  // A text in a program has no folder.
  EXPECT_EQ(transmitter(load_design_text(with_card("host-c2m-tx"), "mine.toml")).swing, 0.826);
}

TEST_F(Load, TheDesignWinsOverItsCard) {
  put("project/parts/mine.toml", transmitter_card("0.25 V") + "r_lm = 0.9\n");
  std::string text = with_card("mine");
  text.insert(text.find("[[lane.chain]]\npart"), "r_lm = 0.8\n");
  const Input input = load_design(put("project/a.toml", text));
  EXPECT_EQ(transmitter(input).r_lm, 0.8);
  EXPECT_EQ(transmitter(input).swing, 0.25);
  const Input set =
      load_design((dir() / "project/a.toml").string(), {"lane.chain.host_transmitter.r_lm=0.7"});
  EXPECT_EQ(transmitter(set).r_lm, 0.7);
  EXPECT_EQ(set.loaded.provenance.at("lane.chain.host_transmitter.r_lm").layer, Layer::set);
}

TEST_F(Load, ACardNamesTheNearest) {
  put("project/parts/my-serdes.toml", transmitter_card("0.25 V"));
  const std::string design = put("project/mine.toml", with_card("my-serdez"));
  const std::string message = message_of([&] { load_design(design); });
  EXPECT_THAT(message,
              StartsWith(design + ":5: lane.chain[0].card: there is no card 'my-serdez' (allowed: "));
  EXPECT_THAT(message, testing::EndsWith(". Did you mean 'my-serdes'?"));
  EXPECT_THAT(message, testing::HasSubstr(", host-c2m-tx, "));
}

// The card is there, one folder up and by its full path, and is not read.
TEST_F(Load, ACardDoesNotClimbOutOfItsFolder) {
  put("secret.toml", transmitter_card("0.25 V"));
  for (const std::string& card :
       {std::string("../secret"), std::string("../../secret"), (dir() / "secret").string(),
        std::string("./../secret"), std::string("parts/../../secret")}) {
    const std::string design = put("project/mine.toml", with_card(card));
    EXPECT_THAT(message_of([&] { load_design(design); }),
                StartsWith(design + ":5: lane.chain[0].card: there is no card '" + card + "'"));
  }
  put("project/secret.toml", transmitter_card("0.25 V"));
  EXPECT_EQ(transmitter(load_design(put("project/mine.toml", with_card("secret")))).swing, 0.25);
}

constexpr std::string_view pad_beside_a_laser =
    "# GHz S DB R 50\n"
    "0 -300 0 -6 0 -6 0 -300 0\n"
    "40 -300 0 -6 0 -6 0 -300 0\n";

std::string with_channel(std::string_view file) {
  std::string text(small_design);
  text.insert(text.find("[[lane.chain]]\npart = \"receiver\""),
              "[[lane.chain]]\npart = \"touchstone\"\nfile = \"" + std::string(file) + "\"\n");
  return text;
}

TEST_F(Load, FilesAreRelativeToTheDesignAndRecorded) {
  put("project/pad.s2p", pad_beside_a_laser);
  const Input input = load_design(put("project/mine.toml", with_channel("pad.s2p")));
  ASSERT_EQ(input.files.size(), 1U);
  EXPECT_EQ(input.files[0].name, "pad.s2p");
  EXPECT_EQ(input.files[0].bytes, pad_beside_a_laser.size());
  // sha256sum of the same 69 bytes.
  EXPECT_EQ(input.files[0].sha256, "a928581ae8b19178d179d1c0ba1d4d84ff73365c46948bd8fbe6426df7b780cc");
}

TEST_F(Load, FilesNeedADesignInAFile) {
  EXPECT_THAT(message_of([] { load_design_text(with_channel("pad.s2p"), "mine.toml"); }),
              testing::HasSubstr("'pad.s2p' cannot be read: only a design in a file can name files"));
  const std::string design = put("project/mine.toml", with_channel("nowhere.s2p"));
  EXPECT_EQ(message_of([&] { load_design(design); }),
            (dir() / "project/nowhere.s2p").string() + ": lane.chain.touchstone.file: there is no such file");
  const std::string folder = put("project/mine.toml", with_channel("parts"));
  EXPECT_THAT(message_of([&] { load_design(folder); }), testing::HasSubstr("this is a folder, not a file"));
}

// Who types the name of a file sees it from where they are.
TEST_F(Load, FilesThatAreSetAreThoseOfTheCurrentFolder) {
  const std::string longer = std::string(pad_beside_a_laser) + "50 -300 0 -6 0 -6 0 -300 0\n";
  put("project/pad.s2p", pad_beside_a_laser);
  put("project/other.s2p", pad_beside_a_laser);
  const std::string design = put("project/mine.toml", with_channel("pad.s2p"));
  put("here/pad.s2p", longer);
  const fs::path before = fs::current_path();
  fs::current_path(dir() / "here");
  const Input set = load_design(design, {"lane.chain.touchstone.file=pad.s2p"});
  const Input again = with_settings(set, {});
  const Input not_set = load_design(design);
  const Input beside = load_design(design, {"lane.chain.touchstone.file=other.s2p"});
  const std::string nowhere =
      message_of([&] { load_design(design, {"lane.chain.touchstone.file=none.s2p"}); });
  fs::current_path(before);
  EXPECT_EQ(set.files.at(0).bytes, longer.size());
  EXPECT_EQ(again.files.at(0).bytes, longer.size());
  EXPECT_EQ(not_set.files[0].bytes, pad_beside_a_laser.size());
  EXPECT_EQ(beside.files[0].name, "other.s2p");
  EXPECT_THAT(nowhere, StartsWith("none.s2p: lane.chain.touchstone.file: there is no such file"));
}

// A floorplan lies beside the stack that names it, where the design has none of that name.
TEST_F(Load, FloorplansLieBesideTheirStack) {
  put("stacks/die.flp", "core 0.005 0.005 0 0\n");
  put("stacks/ours.toml",
      "width = \"10 mm\"\nlength = \"10 mm\"\n[[layers]]\nname = \"die\"\nmaterial = \"silicon\"\n"
      "thickness = \"300 um\"\nfloorplan = \"die.flp\"\n[[faces]]\nname = \"cold\"\nlayer = \"die\"\n"
      "coefficient = \"1e4 W/(m^2 K)\"\ntemperature = \"40 degC\"\n");
  const std::string design = put("project/mine.toml", small_design);
  const fs::path before = fs::current_path();
  fs::current_path(dir() / "stacks");
  const Input input = load_design(design, {"module.package.stack=ours.toml"});
  fs::current_path(before);
  ASSERT_EQ(input.files.size(), 1U);
  EXPECT_EQ(input.files[0].name, "die.flp");
}

TEST_F(Load, TheBaselineBesideTheDesignWins) {
  const std::string text = std::string(small_design) + "[cluster]\nbaseline = \"dsp-800g-dr8\"\n";
  const Input input = load_design(put("project/mine.toml", text));
  EXPECT_TRUE(load_baseline(input)->embedded);
  EXPECT_EQ(load_baseline(input)->name, "dsp-800g-dr8");

  const std::string beside = put("project/dsp-800g-dr8.toml", small_design);
  const std::optional<Input> found = load_baseline(input);
  EXPECT_FALSE(found->embedded);
  EXPECT_EQ(found->file, beside);
  EXPECT_EQ(found->loaded.design.title, "small");
}

TEST_F(Load, ABaselineMayStateItsEnding) {
  put("project/other.json", design_text(load_design_text(small_design, "small.toml")));
  const std::string text = std::string(small_design) + "[cluster]\nbaseline = \"other.json\"\n";
  EXPECT_EQ(load_baseline(load_design(put("project/mine.toml", text)))->name, "other");
}

TEST_F(Load, NoBaselineAndAWrongOne) {
  EXPECT_FALSE(load_baseline(load_design_text(small_design, "mine.toml")));
  const Input wrong =
      load_design_text(std::string(small_design) + "[cluster]\nbaseline = \"dsp-800g-dr9\"\n", "a.toml");
  EXPECT_THAT(message_of([&] { load_baseline(wrong); }), StartsWith("there is no design 'dsp-800g-dr9'"));
}

// A result stands on its own: written to another folder, without its cards, it is the same design, each
// number has the same parent, and it gives the same numbers.
TEST_F(Load, AResultIsTheDesignAgain) {
  Options options;
  options.penalties = false;
  put("project/parts/my-serdes.toml", transmitter_card("0.7 V"));
  std::string text = with_card("my-serdes");
  text.insert(text.find("[[lane.chain]]\ncard"), "pattern = \"PRBS9Q\"\n");
  text += "[cluster]\nbaseline = \"dsp-800g-dr8\"\n";
  const Input first = load_design(put("project/mine.toml", text), {"lane.ber_limit=1e-5"});
  const Result result = solve_input(first, options);

  fs::create_directories(dir() / "elsewhere");
  const Input again = load_design(put("elsewhere/result.json", result_json({first, result})));
  EXPECT_EQ(again.name, "mine");
  EXPECT_EQ(design_text(again), design_text(first));
  EXPECT_EQ(transmitter(again).swing, 0.7);
  EXPECT_EQ(again.loaded.design.lane.chain.front().card, "my-serdes");
  for (const auto& [path, origin] : first.loaded.provenance) {
    const auto found = again.loaded.provenance.find(path);
    ASSERT_NE(found, again.loaded.provenance.end()) << path;
    EXPECT_EQ(found->second.kind, origin.kind) << path;
    EXPECT_EQ(found->second.source, origin.source) << path;
  }

  const Result second = solve_input(again, options);
  const std::vector<Quantity> before = quantities(result), after = quantities(second);
  ASSERT_EQ(after.size(), before.size());
  int finite = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].name, before[i].name);
    EXPECT_TRUE(after[i].value == before[i].value ||
                (std::isnan(after[i].value) && std::isnan(before[i].value)))
        << before[i].name << ": " << before[i].value << " and then " << after[i].value;
    if (std::isfinite(before[i].value)) ++finite;
  }
  EXPECT_GT(finite, 20);
  EXPECT_EQ(second.assumptions.size(), result.assumptions.size());
}

TEST_F(Load, BuiltInDesignsSurviveTheirDocument) {
  for (const std::string& name : design_names()) {
    const Input input = load_design(name);
    const std::string json = "{\"format\": \"waverack-result\", \"name\": \"" + name +
                             "\", \"design\": " + design_text(input) + "}";
    const Input again = load_design_text(json, "result.json");
    EXPECT_EQ(again.name, name);
    EXPECT_EQ(design_text(again), design_text(input)) << name;
  }
}

TEST(Settings, LieOverTheFileAndLaterOnesCount) {
  const Input input = load_design_text(small_design, "small.toml",
                                       {"lane.symbol_rate=106.25 GBd", "module.lanes=16", "module.lanes=8",
                                        "lane.chain.host_transmitter.taps=[-0.1, 0.9, 0]",
                                        "lane.chain.host_transmitter.main_tap=1", "title=a = b"});
  EXPECT_EQ(input.loaded.design.lane.symbol_rate, 106.25e9);
  EXPECT_EQ(input.loaded.design.module.lanes, 8);
  EXPECT_EQ(transmitter(input).taps, (std::vector<double>{-0.1, 0.9, 0.0}));
  EXPECT_EQ(input.loaded.design.title, "a = b");
  const Origin& origin = input.loaded.provenance.at("module.lanes");
  EXPECT_EQ(origin.layer, Layer::set);
  EXPECT_EQ(origin.kind, Kind::choice);
}

// A part that has its type from its card can be addressed by that type.
TEST(Settings, ReachAPartByTheTypeOnItsCard) {
  const Input input =
      load_design_text(with_card("host-c2m-tx"), "small.toml", {"lane.chain.host_transmitter.swing=0.4 V"});
  EXPECT_EQ(transmitter(input).swing, 0.4);
}

TEST(SettingsRefuse, WhatIsNoSetting) {
  for (const char* setting : {"lane.fec", "=KP4", ""})
    EXPECT_EQ(set_message(setting), "--set " + std::string(setting) +
                                        ": a setting is PATH=VALUE (allowed: for example --set "
                                        "\"lane.chain.fibre.length=2 km\")");
}

TEST(SettingsRefuse, PathsThatLeadNowhere) {
  EXPECT_EQ(set_message("lane.chain.reciever.power=1 W"),
            "--set: lane.chain.reciever.power: there is no 'reciever' (allowed: host_transmitter, receiver). "
            "Did you "
            "mean 'receiver'?");
  EXPECT_EQ(set_message("title.x=1"), "--set: title.x: 'x' is not something that can be set");
  EXPECT_EQ(set_message("lane.chain[2].power=1 W"),
            "--set: lane.chain[2].power: there is no element 2 (allowed: 0 to 1)");
  EXPECT_EQ(set_message("lane..fec=KP4"), "the path 'lane..fec' has an empty name");
}

TEST(SettingsRefuse, ValuesThatTheFileCouldNotHaveEither) {
  EXPECT_EQ(set_message("lane.fec=KP5"),
            "--set lane.fec=KP5: lane.fec: 'KP5' is not a choice (allowed: none, KR4, KP4, KP4+inner, C-FEC, "
            "oFEC). Did "
            "you mean 'KP4'?");
  EXPECT_EQ(set_message("lane.symbol_rate=53 GHz"),
            "--set lane.symbol_rate=53 GHz: lane.symbol_rate: '53 GHz' has the wrong dimension (allowed: a "
            "value in "
            "GBd or another unit of that kind)");
  EXPECT_EQ(set_message("module.lanes=0"),
            "--set module.lanes=0: module.lanes: '0' is out of range (allowed: 1 to 4096)");
  EXPECT_EQ(
      set_message("module.lane=8"),
      "--set module.lane=8: module.lane: unknown key (allowed: form, lanes, mac_rate_per_lane, "
      "control_power, conversion_efficiency, cooling_power_ratio, laser_head_room, package, light, outline, "
      "calibration, production). Did you mean 'lanes'?");
}

}  // namespace
}  // namespace waverack::io
