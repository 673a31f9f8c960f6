#include "waverack/io/network_recipe.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "unit/base/message_of.hpp"
#include "unit/network/lines.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/network_file.hpp"
#include "waverack/network/port_order.hpp"
#include "waverack/network/reference.hpp"
#include "waverack/network/resample.hpp"

namespace waverack::io {
namespace {

using network::Network;
using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

class NetworkRecipes : public testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::path(testing::TempDir()) /
             (std::string("network_recipe_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder);
    // Lines that go 1 to 2 and 3 to 4, and 1 to 3 and 2 to 4.
    write("a.s4p", network::lines({{1, 2}, {3, 4}}, 0.05));
    write("b.s4p", network::lines({{1, 3}, {2, 4}}, 0.02, -0.7));
  }
  std::string path(const std::string& name) const { return (folder / name).string(); }
  void write(const std::string& name, const Network& network) const {
    write_network(path(name), {network, {}});
  }

  std::filesystem::path folder;
};

double worst(const Network& a, const Network& b) {
  EXPECT_EQ(a.s.size(), b.s.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < std::min(a.s.size(), b.s.size()); ++i)
    largest = std::max(largest, std::abs(a.s[i] - b.s[i]));
  return largest;
}

NetworkRecipe recipe_of(std::vector<std::string> files) {
  NetworkRecipe recipe;
  recipe.files = std::move(files);
  return recipe;
}

TEST_F(NetworkRecipes, RemovingWhatWasCascadedIsTheIdentity) {
  const MadeNetwork both = make_network(recipe_of({path("a.s4p"), path("b.s4p")}));
  // The order of the ports is that of the first file.
  EXPECT_EQ(network::infer_sides(both.network).order(), (std::vector{1, 3, 2, 4}));
  write("ab.s4p", both.network);
  NetworkRecipe left = recipe_of({path("ab.s4p")}), right = left;
  left.remove_left = path("a.s4p");
  right.remove_right = path("b.s4p");
  // What is left of `ab` has its order, 1 to 2 and 3 to 4; `b` has 1 to 3 and 2 to 4.
  const Network b = network::select_ports(load_network(path("b.s4p")), std::vector{1, 3, 2, 4});
  EXPECT_LT(worst(make_network(left).network, b), 1e-12);
  EXPECT_LT(worst(make_network(right).network, load_network(path("a.s4p"))), 1e-12);
}

TEST_F(NetworkRecipes, PortsMayBeStated) {
  NetworkRecipe recipe = recipe_of({path("a.s4p"), path("a.s4p")});
  const Network inferred = make_network(recipe).network;
  recipe.ports = {1, 3, 2, 4};
  EXPECT_EQ(make_network(recipe).network.s, inferred.s);
  recipe.ports = {1, 2};
  EXPECT_THAT(
      message_of([&] { make_network(recipe); }),
      HasSubstr("a.s4p: 2 ports are named of 4 (allowed: all of them: the left ones, then the right ones)"));
}

TEST_F(NetworkRecipes, RenumberedAndInModes) {
  NetworkRecipe recipe = recipe_of({path("a.s4p")});
  recipe.mixed_mode = true;
  const MadeNetwork plain = make_network(recipe);
  ASSERT_THAT(plain.modes, SizeIs(4));
  EXPECT_EQ(name_of(plain.modes[0]), "D1,3");
  EXPECT_EQ(name_of(plain.modes[3]), "C2,4");
  recipe.renumber = {1, 3, 2, 4};
  const MadeNetwork renumbered = make_network(recipe);
  EXPECT_EQ(name_of(renumbered.modes[0]), "D1,2");
  EXPECT_EQ(renumbered.network.at(7, 1, 3), plain.network.at(7, 1, 2));
  write_network(path("modes.ts"), renumbered);
  EXPECT_THAT(read_file(path("modes.ts"), 1 << 24, "modes.ts"),
              HasSubstr("[Mixed-Mode Order] D1,2 D3,4 C1,2 C3,4\n"));
  EXPECT_LT(worst(load_network(path("modes.ts")), renumbered.network), 1e-15);
}

TEST_F(NetworkRecipes, OtherGridsAndReferences) {
  Network other = network::renormalise(
      network::resample(load_network(path("a.s4p")), network::grid(10e6, 5e9, 5e6)), 42.5);
  write("other.s4p", other);
  const MadeNetwork made = make_network(recipe_of({path("a.s4p"), path("other.s4p")}));
  EXPECT_LT(worst(made.network, make_network(recipe_of({path("a.s4p"), path("a.s4p")})).network), 1e-9);
  EXPECT_THAT(made.network.remarks, Contains(HasSubstr("is resampled to the 500 points of the first file")));
  EXPECT_THAT(made.network.remarks, Contains(HasSubstr("is renormalised from 42.5 to 50 ohm")));

  NetworkRecipe grid = recipe_of({path("a.s4p"), path("b.s4p")});
  grid.step = 50e6;
  grid.stop = 2e9;
  EXPECT_EQ(make_network(grid).network.points(), 40u);
  grid.extend_dc = true;
  EXPECT_EQ(make_network(grid).network.frequencies.front(), 0.0);
  EXPECT_EQ(make_network(grid).network.points(), 41u);
}

TEST_F(NetworkRecipes, Refusals) {
  const MadeNetwork a{load_network(path("a.s4p")), {}};
  EXPECT_THAT(message_of([&] { write_network(path("x.s2p"), a); }),
              HasSubstr("x.s2p: the ending does not fit 4 ports (allowed: .s4p or .ts)"));
  EXPECT_THAT(message_of([&] {
                make_network(recipe_of({path("a.s4p"), path("none.s4p")}));
              }),
              HasSubstr("none.s4p"));
  write("two.s2p", network::lines({{1, 2}}, 0.0));
  EXPECT_THAT(message_of([&] {
                make_network(recipe_of({path("a.s4p"), path("two.s2p")}));
              }),
              HasSubstr("differ in their number of ports"));
  NetworkRecipe two = recipe_of({path("two.s2p")});
  two.mixed_mode = true;
  EXPECT_THAT(message_of([&] { make_network(two); }), HasSubstr("2 ports are no pairs of lines"));
}

}  // namespace
}  // namespace waverack::io
