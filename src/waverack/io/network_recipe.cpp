#include "waverack/io/network_recipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <span>

#include "waverack/base/error.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/network_file.hpp"
#include "waverack/network/deembed.hpp"
#include "waverack/network/port_order.hpp"
#include "waverack/network/reference.hpp"
#include "waverack/network/resample.hpp"
#include "waverack/network/touchstone.hpp"
#include "waverack/network/touchstone_writer.hpp"

namespace waverack::io {
namespace {

using network::Mode;
using network::Network;

[[noreturn]] void fail(const std::string& file, std::string message, std::string allowed) {
  throw Error(ErrorInfo{{file, 0, 0}, {}, std::move(message), std::move(allowed), {}});
}

bool is_version_2(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  return ending == ".ts" || ending == ".TS";
}

// The order that takes the ports of a file to the left ones first.
std::vector<int> order_of(const Network& network, const NetworkRecipe& recipe) {
  if (recipe.ports.empty()) return network::infer_sides(network).order();
  if (recipe.ports.size() != static_cast<std::size_t>(network.ports))
    fail(network.name, fmt::format("{} ports are named of {}", recipe.ports.size(), network.ports),
         "all of them: the left ones, then the right ones");
  return recipe.ports;
}

// Files as they come in: each on the grid and with the reference of the first.
class Intake {
 public:
  explicit Intake(const NetworkRecipe& recipe) : recipe_(recipe) {}

  Network read(const std::string& path) {
    Network network = load_network(path);
    if (recipe_.extend_dc) network = network::extend_to_dc(network);
    const bool first = frequencies_.empty();
    if (first) {
      frequencies_ =
          recipe_.step ? network::even_grid(network, *recipe_.step, recipe_.stop) : network.frequencies;
      reference_ = network.reference_resistance;
    }
    if (!network::same_frequencies(network.frequencies, frequencies_)) {
      network = network::resample(network, frequencies_);
      if (!recipe_.step)
        network.remarks.push_back(fmt::format("'{}' is resampled to the {} points of the first file",
                                              network.name, frequencies_.size()));
    }
    if (network.reference_resistance != reference_) {
      const double own = network.reference_resistance;
      network = network::renormalise(network, reference_);
      network.remarks.push_back(
          fmt::format("'{}' is renormalised from {:g} to {:g} ohm", network.name, own, reference_));
    }
    return network;
  }

  // The same, with the left ports first.
  Network read_in_order(const std::string& path) {
    const Network network = read(path);
    return network::select_ports(network, order_of(network, recipe_));
  }

 private:
  const NetworkRecipe& recipe_;
  std::vector<double> frequencies_;
  double reference_ = 0.0;
};

// Neighbouring lines as pairs, at both ends; `order` has the left ports first.
std::vector<Mode> modes_of(const Network& network, const std::vector<int>& order) {
  if (network.ports % 4 != 0)
    fail(network.name, fmt::format("{} ports are no pairs of lines", network.ports),
         "4, 8, … ports for mixed mode");
  return network::paired_modes(network.ports, order);
}

}  // namespace

MadeNetwork make_network(const NetworkRecipe& recipe) {
  if (recipe.files.empty()) throw Error("there is no file to make a network of");
  Intake intake(recipe);
  Network made = intake.read(recipe.files.front());
  const bool in_a_row =
      recipe.files.size() > 1 || !recipe.remove_left.empty() || !recipe.remove_right.empty();
  std::vector<int> order(static_cast<std::size_t>(made.ports));  // of the result, the left ports first
  std::iota(order.begin(), order.end(), 1);
  if (in_a_row || recipe.mixed_mode) order = order_of(made, recipe);
  if (in_a_row) {
    made = network::select_ports(made, order);
    for (const std::string& file : std::span(recipe.files).subspan(1))
      made = network::cascade(made, intake.read_in_order(file));
    if (!recipe.remove_left.empty())
      made = network::remove_left(made, intake.read_in_order(recipe.remove_left));
    if (!recipe.remove_right.empty())
      made = network::remove_right(made, intake.read_in_order(recipe.remove_right));
    made = network::select_ports(made, network::inverse_order(order));
  }
  if (!recipe.renumber.empty()) {
    made = network::select_ports(made, recipe.renumber);
    if (recipe.mixed_mode) {
      if (recipe.renumber.size() != order.size())
        fail(made.name, "ports are left out, and the rest is to be written in mixed mode", "all ports");
      const std::vector<int> place = network::inverse_order(recipe.renumber);
      for (int& port : order) port = place[static_cast<std::size_t>(port - 1)];
    }
  }
  MadeNetwork result{std::move(made), {}};
  if (recipe.mixed_mode) result.modes = modes_of(result.network, order);
  return result;
}

void write_network(const std::string& path, const MadeNetwork& made) {
  const int ports = made.network.ports;
  if (!is_version_2(path) && network::ports_of_name(path) != ports)
    fail(path, fmt::format("the ending does not fit {} ports", ports), fmt::format(".s{}p or .ts", ports));
  write_file(path, is_version_2(path) ? network::touchstone_2_text(made.network, made.modes)
                                      : network::touchstone_text(made.network, made.modes));
}

}  // namespace waverack::io
