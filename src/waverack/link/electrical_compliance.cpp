#include "waverack/link/electrical_compliance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/compliance/com_filters.hpp"
#include "waverack/compliance/com_search.hpp"
#include "waverack/link/drawn_pattern.hpp"
#include "waverack/link/eye_opening.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

using compliance::ComGains;
using compliance::ComSheet;

constexpr double instant_step = 0.01;  // [UI]
constexpr int samples_per_symbol = 16, search_samples_per_symbol = 8;

// The segment up to its element `end`, then board and reference receiver with one setting of its CTLE.
Segment behind_reference(const Segment& segment, std::size_t end, const signal::Response& board,
                         const ComSheet& sheet, const ComGains& gains) {
  Segment seen = segment;
  seen.elements.resize(end);
  std::erase_if(seen.noises, [&](const PlacedNoise& noise) { return noise.element > end; });
  std::erase_if(seen.crosstalk, [&](const Crosstalk& aggressor) { return aggressor.element > end; });
  const auto add = [&](std::string name, signal::Response response) {
    Element element;
    element.name = std::move(name);
    element.response = std::move(response);
    seen.elements.push_back(std::move(element));
  };
  add("compliance board", board);

  PlacedNoise noise;
  noise.path = "reference receiver";
  noise.source.density = [density = sheet.noise.density](double) { return density; };
  noise.element = seen.elements.size();
  seen.noises.push_back(std::move(noise));
  const double gain = std::pow(10.0, gains.dc_gain_db / 20.0),
               gain_low = std::pow(10.0, gains.dc_gain_low_db / 20.0);
  add("reference receiver", [filter = sheet.receiver_filter, ctle = sheet.ctle,
                             rate = sheet.signal.symbol_rate, gain, gain_low](double f) {
    const std::complex<double> response = compliance::com_receiver_filter(filter, rate, std::abs(f)) *
                                          compliance::com_ctle(ctle, gain, gain_low, std::abs(f));
    return f < 0.0 ? std::conj(response) : response;
  });

  parts::Receiver receiver;
  receiver.ffe_pre = sheet.receiver_ffe.pre_taps;
  receiver.ffe_post = sheet.receiver_ffe.post_taps;
  receiver.dfe_taps = static_cast<int>(sheet.dfe.upper.size());
  seen.receiver = receiver;
  seen.feedback_lowest = sheet.dfe.lower;
  seen.feedback_highest = sheet.dfe.upper;
  return seen;
}

// The allowed gains of least mean square error: from the middle of the grid to the best of the neighbours, as
// long as one is better.
ComGains best_gains(const Segment& segment, const parts::Conditions& conditions,
                    const signal::Response& board, const ComSheet& sheet, std::size_t end) {
  const std::vector<ComGains> grid = compliance::gain_grid(sheet);
  if (grid.size() == 1) return grid.front();
  const std::vector<std::uint8_t> symbols = signal::prbs_pam4(9);
  SegmentOptions options;
  options.samples_per_symbol = search_samples_per_symbol;
  std::map<std::size_t, double> tried;
  const auto error = [&](std::size_t i) {
    const auto known = tried.find(i);
    if (known != tried.end()) return known->second;
    return tried[i] = solve_segment(behind_reference(segment, end, board, sheet, grid[i]), conditions,
                                    symbols, options)
                          .equaliser.mean_square_error;
  };
  const auto near = [](double a, double b, double step) { return std::abs(a - b) < 1.5 * step; };
  std::size_t best = grid.size() / 2;
  for (bool better = true; better;) {
    better = false;
    const ComGains here = grid[best];
    for (std::size_t i = 0; i < grid.size(); ++i)
      if (near(grid[i].dc_gain_db, here.dc_gain_db, sheet.ctle.dc_gain_db.step) &&
          near(grid[i].dc_gain_low_db, here.dc_gain_low_db, sheet.ctle.dc_gain_low_db.step) &&
          error(i) < error(best)) {
        best = i;
        better = true;
      }
  }
  return grid[best];
}

}  // namespace

signal::Waveform captured_voltage(const Segment& segment, const parts::Conditions& conditions,
                                  std::span<const std::uint8_t> symbols, const signal::Response& board,
                                  std::size_t end) {
  signal::Waveform voltage;
  voltage.samples_per_symbol = samples_per_symbol;
  voltage.sample_rate = conditions.symbol_rate * samples_per_symbol;
  Drawing drawing;
  drawing.samples_per_symbol = samples_per_symbol;
  voltage.samples = draw_pattern(segment, conditions, symbols, drawing, end).real;
  voltage.samples = signal::filter_cyclic(signal::make_block_filter(board, voltage.sample_rate),
                                          std::span<const float>(voltage.samples));
  return voltage;
}

ReferenceEye reference_eye(const Segment& segment, const parts::Conditions& conditions,
                           std::span<const std::uint8_t> symbols, const signal::Response& board,
                           const ComSheet& sheet, std::size_t end) {
  if (sheet.dfe.floating.groups > 0 || sheet.receiver_ffe.floating.groups > 0)
    throw Error("a reference receiver with floating taps opens no eye here");
  const ComGains gains = best_gains(segment, conditions, board, sheet, end);
  const Segment seen = behind_reference(segment, end, board, sheet, gains);
  SegmentOptions options;
  options.samples_per_symbol = samples_per_symbol;
  SharedWork shared;
  options.shared = &shared;
  const SolvedSegment solved = solve_segment(seen, conditions, symbols, options);

  const int reach = static_cast<int>(std::floor(sheet.eye.half_window / instant_step + 1e-9));
  std::vector<double> offsets;
  for (int i = -reach; i <= reach; ++i) offsets.push_back(i * instant_step);
  const auto statistics = statistics_at(solved, seen, conditions, symbols, options, offsets);
  std::vector<WeighedInstant> instants;
  double sum = 0.0;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const double x = offsets[i] / sheet.eye.weight_sigma;
    instants.push_back({statistics[i], std::exp(-0.5 * x * x)});
    sum += instants.back().weight;
  }
  for (WeighedInstant& instant : instants) instant.weight /= sum;

  ReferenceEye eye;
  eye.dc_gain_db = gains.dc_gain_db;
  eye.dc_gain_low_db = gains.dc_gain_low_db;
  eye.feedback = solved.equaliser.feedback;
  const double volts = 1.0 / std::abs(solved.equaliser.forward[static_cast<std::size_t>(solved.shape.pre)]);
  eye.heights = eye_openings(instants, sheet.signal.detector_error_ratio);
  const std::vector<double>& means = solved.statistics->level_means();
  eye.veo = eye.vec_db = std::numeric_limits<double>::infinity();
  double least = std::numeric_limits<double>::infinity();  // height over amplitude
  for (std::size_t l = 0; l < eye.heights.size(); ++l) {
    eye.heights[l] *= volts;
    eye.amplitudes.push_back((means[l + 1] - means[l]) * volts);
    eye.veo = std::min(eye.veo, eye.heights[l]);
    least = std::min(least, eye.heights[l] / eye.amplitudes[l]);
  }
  if (least > 0.0) eye.vec_db = -20.0 * std::log10(least);
  return eye;
}

std::optional<parts::Place> electrical_output(const Lane& lane, std::string_view test_point) {
  std::optional<std::size_t> here, first, last;
  parts::Domain domain = parts::Domain::symbols, at = domain;
  for (std::size_t i = 0; i < lane.chain.size(); ++i) {
    const parts::Instance& instance = lane.chain[i];
    if (parts::as<parts::TestPoint>(instance)) {
      if (instance.name == test_point) {
        here = i;
        at = domain;
      }
      continue;
    }
    domain = parts::output_domain(instance.part);
    if (instance.place != parts::Place::module || parts::as<parts::AcCoupling>(instance)) continue;
    if (!first) first = i;
    last = i;
  }
  if (!here || !first || at != parts::Domain::voltage) return std::nullopt;
  if (*here < *first) return parts::Place::host;
  if (*here > *last) return parts::Place::module;
  return std::nullopt;
}

}  // namespace waverack::link
