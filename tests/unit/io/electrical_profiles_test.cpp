// The built-in electrical interfaces: each names a receiver that is there and works at its symbol rate.

#include <gtest/gtest.h>

#include "waverack/compliance/electrical_interface.hpp"
#include "waverack/io/profile.hpp"

namespace waverack::io {
namespace {

TEST(ElectricalProfiles, NameAReceiverOfTheirRate) {
  const std::vector<std::string> names = profile_names("electrical");
  ASSERT_FALSE(names.empty());
  for (const std::string& name : names) {
    const auto profile = load_profile<compliance::ElectricalInterface>("electrical", name);
    EXPECT_NO_THROW(compliance::require_consistent(profile.value)) << name;
    EXPECT_FALSE(profile.value.receiver.name.empty()) << name;
  }
}

}  // namespace
}  // namespace waverack::io
