#include "waverack/module/coolant_limits.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "waverack/base/parallel.hpp"
#include "waverack/thermal/fluid.hpp"

namespace waverack::module {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double hottest_part = 423.15;    // [K]
constexpr double inlet_precision = 0.01;   // [K]
constexpr double most_slowing = 1000.0;    // of the flow
constexpr double flow_precision = 1.5e-3;  // relative
constexpr double coarser = 3.0;            // cells of the search
constexpr double most_excess = 1e-5;       // decades of the BER that count as none
constexpr int most_refinements = 12, most_places = 40;

// What the limits look at: pieces of sites and the walls that boil.
struct State {
  std::vector<SiteHeat> sites;
  std::vector<double> walls;  // hottest of every coolant [K]
};

State state_of(const PackageHeat& heat) {
  State state{heat.sites, {}};
  for (const thermal::CoolantState& coolant : heat.steady.coolants)
    state.walls.push_back(coolant.hottest_wall);
  return state;
}

// Each temperature of a, moved by `move` with those of b and c at the same place.
template <class Move>
State moved(State a, const State& b, const State& c, Move move) {
  for (std::size_t s = 0; s < a.sites.size(); ++s)
    for (std::size_t i = 0; i < a.sites[s].temperature.size(); ++i)
      a.sites[s].temperature[i] =
          move(a.sites[s].temperature[i], b.sites[s].temperature[i], c.sites[s].temperature[i]);
  for (std::size_t w = 0; w < a.walls.size(); ++w) a.walls[w] = move(a.walls[w], b.walls[w], c.walls[w]);
  return a;
}

// What temperatures of a stack count from: the mean of its inlets, or of what is around its faces [K].
double origin_of(const thermal::Stack& stack) {
  double sum = 0.0;
  for (const thermal::Cavity& cavity : stack.cavities) sum += cavity.inlet_temperature;
  if (!stack.cavities.empty()) return sum / static_cast<double>(stack.cavities.size());
  for (const thermal::Face& face : stack.faces) sum += face.temperature;
  return sum / static_cast<double>(stack.faces.size());
}

// Where x, so many kelvins of an inlet or the inverse of a share of the flow, ends, and what ends it.
struct End {
  double x = infinity;
  CoolantEnd by = CoolantEnd::nothing;
  int lane = -1;
};

class Search {
 public:
  Search(const Module& module, const link::Lane& lane, const thermal::Stack& stack, const PackageHeat& now,
         int worst_lane, int threads)
      : module_(module),
        lane_(lane),
        stack_(stack),
        now_(state_of(now)),
        followed_(worst_lane),
        threads_(threads) {}

  CoolantLimits find() {
    CoolantLimits limits;
    limits.flows = !stack_.cavities.empty();
    const Room room = room_of(now_);
    const bool fails = excess(now_, followed_) > 0.0;
    if (fails || room.kelvin <= 0.0) {
      limits.inlet_end = limits.flow_end = fails ? CoolantEnd::lane : room.by;
      if (fails) limits.inlet_lane = limits.flow_lane = followed_;
      return limits;
    }
    base_ = state_of(solve_package(module_, lane_, stack_, coarser));
    const End warm =
        end_of(0.0, room.kelvin + 2.0, 4.0 * room.kelvin + 2.0, inlet_precision, [&](double kelvin) {
          thermal::Stack stack = stack_;
          for (thermal::Cavity& cavity : stack.cavities) cavity.inlet_temperature += kelvin;
          if (stack.cavities.empty())
            for (thermal::Face& face : stack.faces) face.temperature += kelvin;
          return stack;
        });
    limits.inlet_end = warm.by;
    limits.inlet_lane = warm.lane;
    if (std::isfinite(warm.x)) limits.highest_inlet = warmest() + warm.x;
    const End slow = end_of(1.0, 3.0, most_slowing, flow_precision, [&](double inverse) {
      thermal::Stack stack = stack_;
      for (thermal::Cavity& cavity : stack.cavities) cavity.flow /= inverse;
      if (stack.cavities.empty())
        for (thermal::Face& face : stack.faces) face.coefficient /= inverse;
      return stack;
    });
    limits.flow_end = slow.by;
    limits.flow_lane = slow.lane;
    if (!std::isfinite(slow.x)) return limits;
    limits.least_share = 1.0 / slow.x;
    if (!limits.flows) return limits;
    limits.least_flow = 0.0;
    for (const thermal::Cavity& cavity : stack_.cavities) limits.least_flow += cavity.flow / slow.x;
    return limits;
  }

 private:
  struct Room {
    double kelvin = infinity;
    CoolantEnd by = CoolantEnd::parts;
  };

  // How far boiling and the hottest part are away.
  Room room_of(const State& state) const {
    Room room;
    for (const SiteHeat& site : state.sites)
      room.kelvin = std::min(room.kelvin, hottest_part - extent_of(site.temperature).most);
    for (std::size_t c = 0; c < stack_.cavities.size(); ++c) {
      const auto boiling =
          thermal::boiling_temperature(stack_.cavities[c].fluid, stack_.cavities[c].pressure);
      if (boiling && *boiling - state.walls[c] < room.kelvin)
        room = {*boiling - state.walls[c], CoolantEnd::boiling};
    }
    return room;
  }

  // The state of another stack: its cells are those of the search, whose rises are as wrong as those of the
  // stack now on them.
  State changed(const thermal::Stack& stack) const {
    constexpr double least_rise = 1.0;  // that tells a ratio [K]
    const double here = origin_of(stack_), there = origin_of(stack);
    return moved(now_, state_of(solve_package(module_, lane_, stack, coarser)), base_,
                 [&](double now, double then, double base) {
                   if (base - here < least_rise || now - here < least_rise) return now + then - base;
                   return there + (now - here) * (then - there) / (base - here);
                 });
  }

  double warmest() const {
    double kelvin = 0.0;
    for (const thermal::Cavity& cavity : stack_.cavities) kelvin = std::max(kelvin, cavity.inlet_temperature);
    if (stack_.cavities.empty())
      for (const thermal::Face& face : stack_.faces) kelvin = std::max(kelvin, face.temperature);
    return kelvin;
  }

  double excess(const State& state, int lane) const {
    return excess_over_limit(lane_, module_, state.sites, lane);
  }

  // That of a lane all of whose parts are as warm as those of the warmest lane, or as cold as the coldest.
  double excess_of_extremes(const State& state, double Extent::*end) const {
    State extreme = state;
    for (SiteHeat& site : extreme.sites)
      std::fill(site.temperature.begin(), site.temperature.end(), extent_of(site.temperature).*end);
    return excess(extreme, followed_);
  }

  // The lane that is farthest above its limit, and by how much. Where not even extremes fail none does, and
  // the lanes are not asked.
  std::pair<int, double> worst_of(const State& state) const {
    if (excess_of_extremes(state, &Extent::most) <= 0.0 && excess_of_extremes(state, &Extent::least) <= 0.0)
      return {followed_, 0.0};
    const std::vector<int> like = equally_warm_lanes(module_, state.sites);
    std::vector<double> found(like.size(), -infinity);
    parallel_for(static_cast<int>(like.size()), threads_, [&](int i) {
      if (like[static_cast<std::size_t>(i)] == i) found[static_cast<std::size_t>(i)] = excess(state, i);
    });
    const auto most = std::max_element(found.begin(), found.end());
    return {static_cast<int>(most - found.begin()), *most};
  }

  // What ends the way from x = `start`, at which nothing does, up to `last`. `change` makes the stack at x.
  // The way is solved at few places; in between temperatures lie on straight lines.
  End end_of(double start, double first, double last, double precision,
             const std::function<thermal::Stack(double)>& change) {
    std::map<double, State> solved{{start, now_}};
    const auto solve_at = [&](double x) {
      try {
        solved[x] = changed(change(x));
        return true;
      } catch (const Error&) {  // a laser that cannot give its power so warm, temperatures that run away
        return false;
      }
    };
    const auto at = [&](double x) {
      const auto above = solved.lower_bound(x);
      if (above->first == x) return above->second;
      const auto below = std::prev(above);
      const double share = (x - below->first) / (above->first - below->first);
      return moved(below->second, above->second, below->second,
                   [&](double from, double to, double) { return from + share * (to - from); });
    };
    const auto enough = [&](double x) { return start > 0.0 ? precision * x : precision; };

    // As far as something ends it: by strides that double, and are halved where nothing can be solved.
    double low = start, high = infinity, beyond = infinity;
    for (double stride = first - start; high == infinity;) {
      if (low >= last) return {};
      const double x = std::min(low + stride, last);
      if (x >= beyond || !solve_at(x)) {
        beyond = std::min(beyond, x);
        stride *= 0.5;
        if (stride > enough(low)) continue;
        const auto [worst, by] = worst_of(at(low));
        if (by <= 0.0) return {low, CoolantEnd::lane, worst};
        followed_ = worst;
        high = low;
        low = start;
      } else if (room_of(solved[x]).kelvin <= 0.0 || excess(solved[x], followed_) > 0.0) {
        high = x;
      } else {
        low = x;
        stride *= 2.0;
      }
    }
    End end{high, CoolantEnd::nothing, -1};
    for (int round = 0; round < most_refinements; ++round) {
      const double before = end.x;
      end = first_end(low, high, enough(high), at);
      if (std::abs(end.x - before) > enough(end.x) && solve_at(end.x)) continue;
      // The place is found for the lane that was followed: now for all of them.
      const auto [worst, by] = worst_of(at(end.x));
      if (by <= most_excess || worst == followed_) break;
      followed_ = worst;
      low = start;
      high = end.x;
      end.x = infinity;
    }
    return end;
  }

  // The first x between low, where nothing ends it, and high, where something does.
  End first_end(double low, double high, double precision, const std::function<State(double)>& at) const {
    End end{high, CoolantEnd::lane, followed_};
    if (const Room room = room_of(at(high)); room.kelvin <= 0.0) {
      double cool = low;
      while (end.x - cool > 0.1 * precision) {
        const double middle = 0.5 * (cool + end.x);
        (room_of(at(middle)).kelvin <= 0.0 ? end.x : cool) = middle;
      }
      end = {end.x, room.by, -1};
    }
    double value_high = excess(at(end.x), followed_);
    if (value_high <= 0.0) return end;
    // Illinois' false position; halves where a value is infinite.
    double value_low = excess(at(low), followed_), up = end.x;
    int side = 0;
    for (int i = 0; i < most_places && up - low > precision; ++i) {
      double share = value_low / (value_low - value_high);
      if (!std::isfinite(value_high)) share = 0.5;
      const double x = low + (up - low) * std::clamp(share, 0.02, 0.98);
      const double value = excess(at(x), followed_);
      if (std::abs(value) < most_excess) return {x, CoolantEnd::lane, followed_};
      (value > 0.0 ? up : low) = x;
      (value > 0.0 ? value_high : value_low) = value;
      const int now = value > 0.0 ? 1 : -1;
      if (now == side && std::isfinite(value_high)) (now > 0 ? value_low : value_high) *= 0.5;
      side = now;
    }
    return {low, CoolantEnd::lane, followed_};
  }

  const Module& module_;
  const link::Lane& lane_;
  const thermal::Stack& stack_;
  State now_, base_;  // on the package's own cells, and on those of the search
  int followed_;
  int threads_;
};

}  // namespace

std::optional<CoolantLimits> coolant_limits(const Module& module, const link::Lane& lane,
                                            const thermal::Stack& stack, const PackageHeat& now,
                                            int worst_lane, int threads) {
  if (stack.cavities.empty() && stack.faces.empty()) return std::nullopt;
  return Search(module, lane, stack, now, worst_lane, threads).find();
}

}  // namespace waverack::module
