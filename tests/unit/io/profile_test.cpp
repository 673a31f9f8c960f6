// From names to profiles: files beside the caller, built-in ones, and what a profile is based on.

#include "waverack/io/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "unit/base/message_of.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Limits {
  double loss = 3.0;
  double rate = 1.0;
};
FieldList describe(Tag<Limits>) {
  return fields<Limits>("Limits.", field<&Limits::loss>("loss", "dB", 0.0, 100.0, "Loss."),
                        field<&Limits::rate>("rate", "GBd", 0.0, 500.0, "Rate."));
}

class ProfileTest : public testing::Test {
 protected:
  ProfileTest()
      : folder_(fs::path(testing::TempDir()) /
                ("waverack_profile_" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ProfileTest() override { fs::remove_all(folder_); }
  std::string put(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  fs::path folder_;
};

TEST_F(ProfileTest, TakesFromItsBaseWhatItLeavesOut) {
  put("base.toml",
      "loss = \"4 dB\"\nrate = { value = \"53.125 GBd\", kind = \"standard\", source = \"x\" }\n");
  const auto profile = load_profile<Limits>("com", put("own.toml", "based_on = \"base\"\nloss = \"2 dB\"\n"));
  EXPECT_EQ(profile.name, "own");
  EXPECT_DOUBLE_EQ(profile.value.rate, 53.125e9);
  EXPECT_EQ(profile.provenance.at("loss").value, "2 dB");
  EXPECT_EQ(profile.provenance.at("rate").kind, Kind::standard);
}

TEST_F(ProfileTest, RefusesACircle) {
  put("a.toml", "based_on = \"b\"\n");
  const std::string b = put("b.toml", "based_on = \"a\"\n");
  EXPECT_THAT(message_of([&] { profile_document("com", b); }), HasSubstr("in a circle"));
}

TEST_F(ProfileTest, NamesTheFileAndLineOfABaseThatIsNotThere) {
  const std::string file = put("own.toml", "loss = \"2 dB\"\nbased_on = \"nowhere\"\n");
  EXPECT_THAT(message_of([&] { profile_document("com", file); }),
              testing::AllOf(HasSubstr("own.toml:2"), HasSubstr("there is no com profile 'nowhere'")));
}

TEST_F(ProfileTest, RefusesAnUnknownKey) {
  const std::string file = put("own.toml", "los = \"2 dB\"\n");
  EXPECT_THAT(message_of([&] { load_profile<Limits>("com", file); }), HasSubstr("'loss'"));
}

}  // namespace
}  // namespace waverack::io
