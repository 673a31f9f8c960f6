#include "waverack/io/technology_cache.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "waverack/io/files.hpp"
#include "waverack/io/technology_document.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

// A folder of its own for every test; solves are counted instead of done.
class TechnologyCache : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / (std::string("waverack-cache-") +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  LoadedTechnology load(const Input& input, const study::TechnologyOptions& options = {}) {
    return load_technology(
        input, options, folder_,
        [this](const std::string& name, const LoadedDesign&, const study::TechnologyOptions&) {
          ++solves_;
          return solved(name);
        });
  }

  static cluster::Technology solved(const std::string& name) {
    cluster::Technology made;
    made.name = name;
    made.title = "A \"quoted\" title";
    made.form = cluster::Form::co_packaged;
    made.mac_rate = 3.2e12;
    made.lanes = 32;
    made.ladder = {{0.1, 1.0 / 3.0, 1.2345678901234567e-300, 0.0}, {500.0, -2.5, 0.5, 1.0}};
    made.reach = 123.456789012345678;
    made.module_power = {0.1 + 0.2, 0.1, 0.7};
    made.failures = exactly(1.0 / 3.6e12);
    return made;
  }

  std::vector<fs::path> files() const {
    std::vector<fs::path> list;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_, error)) list.push_back(entry.path());
    return list;
  }

  fs::path folder_;
  int solves_ = 0;
};

TEST_F(TechnologyCache, ASecondRunSolvesNothing) {
  const Input input = load_design("cpo-3.2t");
  EXPECT_FALSE(load(input).cached);
  const LoadedTechnology again = load(load_design("cpo-3.2t"));
  EXPECT_TRUE(again.cached);
  EXPECT_EQ(solves_, 1);
  EXPECT_EQ(technology_json(again.technology), technology_json(solved("cpo-3.2t")));
  EXPECT_EQ(again.technology.module_power.value, 0.1 + 0.2);
  EXPECT_EQ(again.technology.ladder[0].margin_db, 1.0 / 3.0);
  EXPECT_EQ(files().size(), 1u);  // and nothing left aside
}

TEST_F(TechnologyCache, WhateverTheTechnologyDependsOnCounts) {
  load(load_design("cpo-3.2t"));
  load(load_design("cpo-3.2t", {"lane.chain.fibre.length=100 m"}));
  load(load_design("cpo-3.2t", {"lane.chain.tia.card=tia-28nm"}));
  load(load_design("dsp-800g-dr8"));
  study::TechnologyOptions options;
  options.power_spread = 0.2;
  load(load_design("cpo-3.2t"), options);
  EXPECT_EQ(solves_, 5);
  load(load_design("cpo-3.2t", {"lane.chain.fibre.length=500 m"}));  // what it says anyway
  EXPECT_EQ(solves_, 5);
}

TEST_F(TechnologyCache, ContentsOfFilesCount) {
  const fs::path design = folder_ / "own" / "design.toml", response = folder_ / "own" / "tia.csv";
  write_file(response, "frequency_hz,magnitude_db\n0,0\n1e10,-1\n6e10,-20\n");
  write_file(design,
             read_file(fs::path(WAVERACK_SOURCE_DIR) / "designs/cpo-3.2t.toml", 1 << 20, "design") + "\n");
  const auto key = [&] {
    return technology_key(load_design(design.string(), {"lane.chain.tia.response_file=tia.csv"}), {});
  };
  const auto before = key();
  EXPECT_EQ(before, key());
  write_file(response, "frequency_hz,magnitude_db\n0,0\n1e10,-2\n6e10,-20\n");
  EXPECT_NE(before, key());
}

TEST_F(TechnologyCache, ADamagedFileIsSolvedAgainAndReplaced) {
  const Input input = load_design("cpo-3.2t");
  load(input);
  const fs::path file = files().at(0);
  const std::string text = read_file(file, 1 << 20, "file");
  int expected = 1;
  std::string other_digit = text;  // of the reach: JSON still, but no longer what was stored
  other_digit.replace(other_digit.find("123.45"), 6, "123.46");
  for (const std::string& damaged : {std::string(), text.substr(0, text.size() / 2), std::string("{}"),
                                     std::string("\xff\xfe\x00 nothing", 11), other_digit}) {
    write_file(file, damaged);
    EXPECT_FALSE(load(input).cached);
    EXPECT_EQ(solves_, ++expected);
    EXPECT_TRUE(load(input).cached);
    EXPECT_EQ(read_file(file, 1 << 20, "file"), text);
  }
}

TEST_F(TechnologyCache, AFolderThatCannotBeWrittenIsAWarning) {
  write_file(folder_ / "file", "a file where a folder should be");
  const fs::path folder = folder_;
  folder_ = folder / "file";
  const LoadedTechnology loaded = load(load_design("cpo-3.2t"));
  folder_ = folder;
  EXPECT_EQ(loaded.technology.name, "cpo-3.2t");
  ASSERT_EQ(loaded.warnings.size(), 1u);
  EXPECT_NE(loaded.warnings[0].message.find("what was solved for cpo-3.2t is not kept"), std::string::npos);
}

TEST_F(TechnologyCache, WithoutAFolderNothingIsKept) {
  const fs::path folder = folder_;
  folder_.clear();
  const Input input = load_design("cpo-3.2t");
  load(input);
  load(input);
  EXPECT_EQ(solves_, 2);
  folder_ = folder;
}

TEST_F(TechnologyCache, ProgramsThatWriteAtTheSameTimeLeaveOneWholeFile) {
  const Input input = load_design("cpo-3.2t");
  const auto solve = [](const std::string& name, const LoadedDesign&, const study::TechnologyOptions&) {
    return solved(name);
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 5; ++n) EXPECT_EQ(load_technology(input, {}, folder_, solve).technology.lanes, 32);
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(files().size(), 1u);
  EXPECT_TRUE(load(input).cached);
}

TEST(CacheFolder, FollowsTheXdgSpecification) {
  EXPECT_EQ(cache_folder("/x", "/home/u"), fs::path("/x/waverack"));
  EXPECT_EQ(cache_folder("", "/home/u"), fs::path("/home/u/.cache/waverack"));
  EXPECT_EQ(cache_folder("relative", "/home/u"), fs::path("/home/u/.cache/waverack"));
  EXPECT_TRUE(cache_folder("", "").empty());
}

TEST(TechnologyKey, FunctionsOfAProgramHaveNoContents) {
  Input input = load_design("cpo-3.2t");
  EXPECT_TRUE(technology_key(input, {}).has_value());
  input.models["own"] = {};
  EXPECT_FALSE(technology_key(input, {}).has_value());
}

}  // namespace
}  // namespace waverack::io
