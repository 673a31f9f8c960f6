#include "waverack/coherent/carrier_phase.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/coherent/phase_kernels.hpp"

namespace waverack::coherent {
namespace {

constexpr double quarter_turn = 0.5 * std::numbers::pi;

void require_search(const PhaseSearchSettings& s) {
  if (s.phases % 16 != 0 || s.phases < 16 || s.phases > static_cast<int>(most_test_phases))
    throw Error("the phase search takes 16, 32, 48 or 64 test phases");
  if (s.half_window < 1 || s.half_window > 256)
    throw Error("the half window of the phase search is 1 to 256 symbols");
}

// Phase of the carrier that test phase b stands for, within ± π/4.
double test_phase(int b, int phases) { return quarter_turn * ((b + 0.5) / phases - 0.5); }

// The search turns by minus the carrier's phase.
std::vector<float> rotations(int phases) {
  std::vector<float> result;
  for (int b = 0; b < phases; ++b) result.push_back(static_cast<float>(std::cos(test_phase(b, phases))));
  for (int b = 0; b < phases; ++b) result.push_back(static_cast<float>(-std::sin(test_phase(b, phases))));
  return result;
}

double nearest_quarters(double angle) { return std::floor(angle / quarter_turn + 0.5); }

double wrap(double angle) {
  return angle - 2.0 * std::numbers::pi * std::floor(angle / (2.0 * std::numbers::pi) + 0.5);
}

}  // namespace

std::vector<float> blind_phase_search(const PhaseSearchSettings& settings, std::span<const Sample> x,
                                      std::span<const Sample> y) {
  require_search(settings);
  assert(y.empty() || y.size() == x.size());
  const auto half = static_cast<std::size_t>(settings.half_window),
             phases = static_cast<std::size_t>(settings.phases);
  if (x.size() < 2 * half + 1) return {};
  const std::vector<float> turns = rotations(settings.phases);
  std::vector<float> result;
  result.reserve(x.size() - 2 * half);
  SymbolParts parts;
  std::vector<float> distances;
  std::vector<std::uint8_t> best;
  double phase = 0.0;
  for (std::size_t at = 0; at + 2 * half < x.size(); at += CarrierPhase::block) {
    const std::size_t count = std::min(CarrierPhase::block + 2 * half, x.size() - at);
    for (auto& part : parts) part.resize(count);
    for (std::size_t k = 0; k < count; ++k) {
      parts[0][k] = x[at + k].real();
      parts[1][k] = x[at + k].imag();
      if (!y.empty()) {
        parts[2][k] = y[at + k].real();
        parts[3][k] = y[at + k].imag();
      }
    }
    distances.resize(count * phases);
    best.resize(count);
    phase_distances({parts[0].data(), parts[1].data(), parts[2].data(), parts[3].data()}, y.empty() ? 1 : 2,
                    settings.format, turns.data(), phases, count, distances.data());
    least_phases(distances.data(), phases, count, half, best.data());
    for (std::size_t k = 0; k + 2 * half < count; ++k) {
      const double found = test_phase(best[k], settings.phases);
      phase = result.empty() ? found : found + quarter_turn * nearest_quarters(phase - found);
      result.push_back(static_cast<float>(phase));
    }
  }
  return result;
}

CarrierPhase::CarrierPhase(const CarrierPhaseSettings& settings, PilotPattern pilots)
    : settings_(settings), pilots_(std::move(pilots)) {
  require_search(settings.search);
  assert(pilots_.x.size() == pilots_.y.size());
  if (settings.method == PhaseMethod::pilots && pilots_.spacing == 0)
    throw Error("a phase from pilots needs pilots");
  const auto half = static_cast<std::size_t>(settings.search.half_window);
  behind_ = half;
  ahead_ = half;
  if (pilots_.spacing > 0) {  // a pilot before and two behind the block; the mean of three goes one further
    const auto spacing = static_cast<std::size_t>(pilots_.spacing);
    behind_ = std::max(half, 2 * spacing);
    ahead_ = std::max(half, 3 * spacing);
  }
  const int phases = settings.search.phases;
  rotations_ = rotations(phases);
  for (int b = 0; b < 4 * phases; ++b) {
    const double angle = test_phase(b, phases);  // b beyond `phases`: the quarter turns that follow
    angles_cos_.push_back(static_cast<float>(std::cos(angle)));
    angles_sin_.push_back(static_cast<float>(std::sin(angle)));
  }
  tracks_.resize(settings.joint ? 1 : 2);
  if (!settings.joint) {
    tracks_[0].polarisations = tracks_[1].polarisations = 1;
    tracks_[1].first = 2;
  }
  // What was before the first symbol is zero; it weighs the same for all test phases.
  for (auto& part : queue_) part.assign(behind_, 0.0f);
  queue_first_ = -static_cast<std::int64_t>(behind_);
}

void CarrierPhase::push(const SymbolParts& symbols) {
  for (std::size_t p = 0; p < 4; ++p) queue_[p].insert(queue_[p].end(), symbols[p].begin(), symbols[p].end());
}

// `count` symbols of the queue from place `at` on, known ones in the size of the constellation's points.
std::array<const float*, 4> CarrierPhase::search_input(const Track& track, std::size_t at,
                                                       std::size_t count) {
  std::array<const float*, 4> in{};
  const auto period = static_cast<std::int64_t>(pilots_.search_scale.size());
  std::int64_t place = queue_first_ + static_cast<std::int64_t>(at);
  if (period > 0) place = (place % period + period) % period;
  for (std::size_t p = 0; p < 2 * static_cast<std::size_t>(track.polarisations); ++p) {
    const float* from = queue_[static_cast<std::size_t>(track.first) + p].data() + at;
    in[p] = from;
    if (period == 0) continue;
    scaled_[p].resize(count);
    auto symbol = static_cast<std::size_t>(place);
    for (std::size_t k = 0; k < count; ++k) {
      scaled_[p][k] = from[k] * pilots_.search_scale[symbol];
      if (++symbol == static_cast<std::size_t>(period)) symbol = 0;
    }
    in[p] = scaled_[p].data();
  }
  return in;
}

void CarrierPhase::search(const Track& track) {
  const auto half = static_cast<std::size_t>(settings_.search.half_window),
             phases = static_cast<std::size_t>(settings_.search.phases), count = block + 2 * half;
  const std::array<const float*, 4> in = search_input(track, behind_ - half, count);
  distances_.resize(count * phases);
  best_.resize(block);
  phase_distances(in, track.polarisations, settings_.search.format, rotations_.data(), phases, count,
                  distances_.data());
  least_phases(distances_.data(), phases, count, half, best_.data());
}

// Unwrapped phase of the mean of three pilots around `pilot`, weighed 1 : 2 : 1. Pilots are asked for in
// turn, so that each is unwrapped against the one before.
double CarrierPhase::pilot_phase(Track& track, std::int64_t pilot) {
  while (track.first_pilot + static_cast<std::int64_t>(track.pilots.size()) <= pilot) {
    const std::int64_t next = track.first_pilot + static_cast<std::int64_t>(track.pilots.size());
    std::complex<double> sum = 0.0;
    for (std::int64_t p = next - 1; p <= next + 1; ++p) {
      if (p < 0) continue;
      const auto at = static_cast<std::size_t>(p * pilots_.spacing - queue_first_);
      const auto index = static_cast<std::size_t>(p) % pilots_.x.size();
      for (int pol = 0; pol < track.polarisations; ++pol) {
        const auto part = static_cast<std::size_t>(track.first + 2 * pol);
        const std::complex<double> y(static_cast<double>(queue_[part][at]),
                                     static_cast<double>(queue_[part + 1][at]));
        sum += (p == next ? 2.0 : 1.0) * y *
               std::conj(std::complex<double>((part == 0 ? pilots_.x : pilots_.y)[index]));
      }
    }
    const double angle = std::arg(sum);
    const double before = track.pilots.empty() ? angle : track.pilots.back();
    track.pilots.push_back(before + wrap(angle - before));
  }
  return track.pilots[static_cast<std::size_t>(pilot - track.first_pilot)];
}

void CarrierPhase::run(Track& track, PhasedSymbols& out) {
  const bool blind = settings_.method == PhaseMethod::search_and_pilots;
  if (blind) search(track);
  const bool x = track.first == 0;
  auto& cosines = x ? out.cos_x : out.cos_y;
  auto& sines = x ? out.sin_x : out.sin_y;
  const std::int64_t spacing = pilots_.spacing;
  const int phases = settings_.search.phases;
  double at_pilot = 0.0, slope = 0.0, first_phase = 0.0, phase = 0.0;
  std::int64_t until = next_;  // symbol at which the interpolation between two pilots ends
  for (std::size_t k = 0; k < block; ++k) {
    const std::int64_t symbol = next_ + static_cast<std::int64_t>(k);
    if (spacing > 0 && symbol >= until) {
      const std::int64_t pilot = symbol / spacing;
      const double left = pilot_phase(track, pilot), right = pilot_phase(track, pilot + 1);
      slope = (right - left) / static_cast<double>(spacing);
      at_pilot = left - slope * static_cast<double>(pilot * spacing);
      until = (pilot + 1) * spacing;
    }
    const double guide = at_pilot + slope * static_cast<double>(symbol);
    if (!blind) {
      phase = guide;
      cosines[k] = static_cast<float>(std::cos(phase));
      sines[k] = static_cast<float>(std::sin(phase));
    } else {
      const double found = test_phase(best_[k], phases);
      track.unwrapped = track.started
                            ? found + quarter_turn * nearest_quarters(track.unwrapped - found)
                            : found + (spacing > 0 ? quarter_turn * nearest_quarters(guide - found) : 0.0);
      track.started = true;
      const double quarters =
          spacing > 0 ? nearest_quarters(guide - found) : nearest_quarters(track.unwrapped - found);
      phase = found + quarter_turn * quarters;
      const auto turn = static_cast<std::size_t>(static_cast<std::int64_t>(quarters) & 3);
      cosines[k] = angles_cos_[turn * static_cast<std::size_t>(phases) + best_[k]];
      sines[k] = angles_sin_[turn * static_cast<std::size_t>(phases) + best_[k]];
      if (spacing > 0 && symbol % spacing == 0) {
        const auto apart = static_cast<std::int64_t>(nearest_quarters(phase - track.unwrapped));
        slips_ += std::abs(apart - track.quarters);
        track.quarters = apart;
      }
    }
    if (k == 0) first_phase = phase;
  }
  if (x) out.turn_per_symbol = (phase - first_phase) / static_cast<double>(block - 1);
  // Forget the pilots that no later block asks for.
  if (spacing > 0) {
    const std::int64_t keep = (next_ + static_cast<std::int64_t>(block)) / spacing;
    const auto gone = static_cast<std::ptrdiff_t>(std::max<std::int64_t>(
        0, std::min(keep - track.first_pilot, static_cast<std::int64_t>(track.pilots.size()) - 1)));
    track.pilots.erase(track.pilots.begin(), track.pilots.begin() + gone);
    track.first_pilot += gone;
  }
}

bool CarrierPhase::next(PhasedSymbols& out) {
  if (queue_[0].size() < behind_ + block + ahead_) return false;
  for (auto* plane : {&out.cos_x, &out.sin_x, &out.cos_y, &out.sin_y}) plane->resize(block);
  for (auto& part : out.parts) part.resize(block);
  for (Track& track : tracks_) run(track, out);
  if (settings_.joint) {
    out.cos_y = out.cos_x;
    out.sin_y = out.sin_x;
  }
  for (std::size_t p = 0; p < 4; p += 2) {
    const float* c = p == 0 ? out.cos_x.data() : out.cos_y.data();
    const float* s = p == 0 ? out.sin_x.data() : out.sin_y.data();
    const float* re = queue_[p].data() + behind_;
    const float* im = queue_[p + 1].data() + behind_;
    for (std::size_t k = 0; k < block; ++k) {
      out.parts[p][k] = re[k] * c[k] + im[k] * s[k];
      out.parts[p + 1][k] = im[k] * c[k] - re[k] * s[k];
    }
  }
  for (auto& part : queue_) part.erase(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(block));
  next_ += static_cast<std::int64_t>(block);
  queue_first_ += static_cast<std::int64_t>(block);
  return true;
}

}  // namespace waverack::coherent
