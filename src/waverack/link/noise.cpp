#include "waverack/link/noise.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <map>
#include <numbers>

#include "waverack/link/baseline_wander.hpp"
#include "waverack/signal/fft.hpp"
#include "waverack/signal/overlap_save.hpp"

namespace waverack::link {
namespace {

using Complex = std::complex<double>;
using parts::Domain;
using parts::NoiseSource;

// Slopes that vary by less than this (relative variance of m²) are taken as constant.
constexpr double constant_slope = 1e-6;

// The index in 0 … period − 1 of a place in a cyclic record.
long wrapped(long index, long period) { return (index % period + period) % period; }

// Intensity-to-intensity response of a field response for light without chirp:
// ½[H*(0)·H(f) + H(0)·H*(−f)]; cos(θ) for chromatic dispersion (theory: fibre, small-signal response).
Complex intensity_response(const signal::Response& h, double f) {
  const Complex h0 = h(0.0);
  return 0.5 * (std::conj(h0) * h(f) + h0 * std::conj(h(-f)));
}

// Centre of gravity of the energy of the impulse response of `h`, which is its group delay weighted with |H|²
// [samples].
double centre(const std::vector<Complex>& h, int length) {
  double weight = 0.0, moment = 0.0;
  for (std::size_t i = 0; i + 1 < h.size(); ++i) {
    const Complex step = std::conj(h[i]) * h[i + 1];
    const double energy = std::abs(step);
    weight += energy;
    moment -= energy * std::arg(step);
  }
  return weight > 0.0 ? moment / weight * length / (2.0 * std::numbers::pi) : 0.0;
}

// Share of a relative density that is slow against the response to the decision, by frequency over symbol
// rate.
double slow_share(double ratio) {
  constexpr double all = 0.125, none = 0.25;
  return std::clamp((none - ratio) / (none - all), 0.0, 1.0);
}

// A resonance may be narrower than a bin, so the density is averaged over it.
double mean_over_bin(const std::function<double(double)>& density, double f, double width) {
  constexpr int points = 8;
  double sum = 0.0;
  for (int i = 0; i < points; ++i) sum += density(std::abs(f + ((i + 0.5) / points - 0.5) * width));
  return sum / points;
}

}  // namespace

std::vector<double> impulse(const std::vector<Complex>& half, double bin_width) {
  const std::size_t n = 2 * (half.size() - 1);
  std::vector<Complex> spectrum(n);
  for (std::size_t i = 0; i < half.size(); ++i) spectrum[i] = half[i];
  for (std::size_t i = half.size(); i < n; ++i) spectrum[i] = std::conj(half[n - i]);
  signal::fft(spectrum, true);
  std::vector<double> time(n);
  for (std::size_t i = 0; i < n; ++i) time[i] = spectrum[i].real() * bin_width;
  return time;
}

NoiseGrid::NoiseGrid(const Segment& segment, const parts::Conditions& conditions,
                     const Propagation& propagation, const Without& without, SharedWork* shared)
    : segment_(segment), propagation_(propagation), samples_per_symbol_(propagation.samples_per_symbol) {
  const std::size_t bins = static_cast<std::size_t>(length_ / 2 + 1);
  bin_width_ = conditions.symbol_rate * samples_per_symbol_ / length_;

  std::vector<int> trajectory_of(segment.elements.size(), -1);
  for (std::size_t t = 0; t < propagation.trajectories.size(); ++t)
    trajectory_of[propagation.trajectories[t]->element] = static_cast<int>(t);
  bool in_light = false;
  for (std::size_t e = 0; e < segment.elements.size(); ++e) {
    const Element& element = segment.elements[e];
    std::vector<Complex> h(bins, 1.0);
    if (element.kind == Element::Kind::linear) {
      // Noise keeps its spectrum when a response is taken away: the question is what the response costs the
      // signal.
      const auto sampled = [&] {
        for (std::size_t i = 0; i < bins; ++i) {
          const double f = static_cast<double>(i) * bin_width_;
          h[i] = in_light ? intensity_response(element.response, f) : element.response(f);
        }
        return h;
      };
      h = shared ? *shared->responses.get(std::to_string(e) + element.name, sampled) : sampled();
    } else if (element.kind == Element::Kind::nonlinear) {
      const Moments& slope = propagation.trajectories[static_cast<std::size_t>(trajectory_of[e])]->of_slope;
      std::fill(h.begin(), h.end(), (slope.mean < 0.0 ? -1.0 : 1.0) * std::sqrt(slope.mean_square));
      if (const signal::Response dynamics =
              parts::dynamics_of(*element.part, conditions_of(element, conditions)))
        for (std::size_t i = 0; i < bins; ++i) h[i] *= dynamics(static_cast<double>(i) * bin_width_);
      // The extra attenuation sits before the photodiode.
      if (in_light && element.domain == Domain::current)
        for (Complex& value : h) value /= without.attenuation;
      in_light = element.domain == Domain::field;
    }
    responses_.push_back(std::move(h));
  }
  delay_.assign(segment.elements.size() + 1, 0.0);
  std::vector<Complex> to_sampler(bins, 1.0);
  for (std::size_t e = segment.elements.size(); e-- > 0;) {
    for (std::size_t i = 0; i < bins; ++i) to_sampler[i] *= responses_[e][i];
    delay_[e] = centre(to_sampler, length_);
  }

  for (const PlacedNoise& placed : segment.noises) {
    if (without.noises.contains(placed.path)) continue;
    Source source;
    source.noise = &placed;
    source.last = placed.element;
    const bool follows = placed.source.law != NoiseSource::Law::additive;
    double scale = 0.0;  // two-sided density for the laws that follow the signal
    if (follows) {
      // Signal-dependent noise follows the nonlinear element before it.
      std::size_t before = placed.element - 1;
      while (trajectory_of[before] < 0) --before;
      source.own = trajectory_of[before];
      const Moments& output = propagation.trajectories[static_cast<std::size_t>(source.own)]->of_output;
      scale = 0.5 * (placed.source.density ? 1.0 : placed.source.scale) *
              (placed.source.law == NoiseSource::Law::shot ? output.mean : output.mean_square);
    }
    source.spectrum.assign(bins, scale);
    Source slow;
    if (!follows) {
      for (std::size_t i = 0; i < bins; ++i)
        source.spectrum[i] = 0.5 * placed.source.density(static_cast<double>(i) * bin_width_);
    } else if (placed.source.density) {
      slow = source;
      slow.slow = true;
      // What is white stays fast: eq. 3 is exact for it.
      const double white = placed.source.density(bin_width_ * static_cast<double>(bins - 1));
      for (std::size_t i = 0; i < bins; ++i) {
        const double f = static_cast<double>(i) * bin_width_;
        const double density = mean_over_bin(placed.source.density, f, bin_width_);
        const double part = slow_share(f / conditions.symbol_rate) * std::max(density - white, 0.0);
        source.spectrum[i] = scale * (density - part);
        slow.spectrum[i] = scale * part;
      }
    }
    add(std::move(source), placed.element);
    if (slow.slow) sources_.push_back(std::move(slow));
  }

  const std::vector<HighPass> list = high_passes(segment, propagation, conditions, without);
  const std::vector<double> variances = wander_variances(list, conditions.symbol_rate);
  for (const HighPass& item : list) {
    wander_.push_back({item.path, {}, item.element});
    wander_.back().source.label = "Baseline wander";
  }
  for (std::size_t w = 0; w < list.size(); ++w) {
    Source source;
    source.noise = &wander_[w];
    source.last = list[w].element;
    source.spectrum.assign(bins, 0.0);
    source.spectrum[0] = variances[w] / bin_width_;
    add(std::move(source), list[w].element);
  }
}

void NoiseGrid::add(Source source, std::size_t first) {
  for (std::size_t t = 0; t < propagation_.trajectories.size(); ++t) {
    const Trajectory& trajectory = *propagation_.trajectories[t];
    if (trajectory.element < first || trajectory.of_slope.variation < constant_slope) continue;
    for (std::size_t passed = source.last; passed <= trajectory.element; ++passed)
      for (std::size_t i = 0; i < source.spectrum.size(); ++i)
        source.spectrum[i] *= std::norm(responses_[passed][i]);
    source.last = trajectory.element + 1;
    source.modulation.push_back(t);
  }
  sources_.push_back(std::move(source));
}

std::vector<Complex> NoiseGrid::response_from(std::size_t first) const {
  std::vector<Complex> h(static_cast<std::size_t>(length_ / 2 + 1), 1.0);
  for (std::size_t e = first; e < responses_.size(); ++e)
    for (std::size_t i = 0; i < h.size(); ++i) h[i] *= responses_[e][i];
  return h;
}

std::vector<double> NoiseGrid::spectrum_at_sampler() const {
  std::vector<double> total(static_cast<std::size_t>(length_ / 2 + 1), 0.0);
  std::map<std::size_t, std::vector<Complex>> from;  // many sources enter at one place
  for (const Source& source : sources_) {
    const auto [entry, fresh] = from.try_emplace(source.last);
    if (fresh) entry->second = response_from(source.last);
    const std::vector<Complex>& g = entry->second;
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += 2.0 * source.spectrum[i] * std::norm(g[i]);
  }
  return total;
}

std::vector<double> NoiseGrid::autocorrelation(int step, int count) const {
  const std::vector<double> one_sided = spectrum_at_sampler();
  std::vector<Complex> half(one_sided.size());
  for (std::size_t i = 0; i < half.size(); ++i) half[i] = 0.5 * one_sided[i];
  const std::vector<double> time = impulse(half, bin_width_);
  std::vector<double> result(static_cast<std::size_t>(count));
  for (int lag = 0; lag < count; ++lag)
    result[lag] = time[static_cast<std::size_t>(lag * step) % time.size()];
  return result;
}

// M(t) at the last modulated point, slopes and signals of earlier points delayed to it.
std::vector<float> NoiseGrid::strength(const Source& source) const {
  const long n = static_cast<long>(propagation_.trajectories.front()->slope.size());
  std::vector<float> m(static_cast<std::size_t>(n), 1.0f);
  const auto multiply = [&](const std::vector<float>& x, double mean, std::size_t place, bool square) {
    const auto scale = static_cast<float>(1.0 / mean);
    const long from = wrapped(-std::lround(delay_[place] - delay_[source.last]), n);
    // x once round, beginning at sample `from`.
    const auto run = [&](long to, const float* samples, long count) {
      float* out = m.data() + to;
      if (square)
        for (long i = 0; i < count; ++i) out[i] *= samples[i] * samples[i] * scale;
      else
        for (long i = 0; i < count; ++i) out[i] *= samples[i] * scale;
    };
    run(0, x.data() + from, n - from);
    run(n - from, x.data(), from);
  };
  for (const std::size_t t : source.modulation) {
    const Trajectory& trajectory = *propagation_.trajectories[t];
    // The slope is that of the input: a part with dynamics delays it.
    multiply(trajectory.slope, trajectory.of_slope.mean_square, trajectory.element, true);
  }
  if (source.own >= 0) {
    const Trajectory& trajectory = *propagation_.trajectories[static_cast<std::size_t>(source.own)];
    const bool relative = source.noise->source.law == NoiseSource::Law::relative;
    const Moments& output = trajectory.of_output;
    multiply(trajectory.output, relative ? output.mean_square : output.mean, trajectory.element + 1,
             relative);
  }
  return m;
}

std::vector<double> NoiseGrid::held_ratios(const Source& source, std::span<const Complex> equaliser) const {
  const auto phases = static_cast<std::size_t>(samples_per_symbol_);
  if (!source.noise->source.held) return std::vector<double>(phases, 1.0);
  // The pulse of one held value at the decision, with its start at sample 0.
  std::vector<Complex> h = response_from(source.noise->element);
  for (std::size_t i = 0; i < h.size(); ++i) {
    const double half_angle = std::numbers::pi * static_cast<double>(i) / length_;
    const double hold =
        i == 0 ? samples_per_symbol_ : std::sin(half_angle * samples_per_symbol_) / half_angle;
    h[i] *= equaliser[i] * hold * std::polar(1.0, -half_angle * (samples_per_symbol_ - 1));
  }
  const std::vector<double> pulse = impulse(h, bin_width_);
  std::vector<double> ratios(phases, 0.0);
  double all = 0.0;
  for (std::size_t i = 0; i < pulse.size(); ++i) {
    ratios[i % phases] += pulse[i] * pulse[i];
    all += pulse[i] * pulse[i];
  }
  for (double& ratio : ratios) ratio *= samples_per_symbol_ / all;
  return ratios;
}

double NoiseGrid::dark_value(double mean, std::span<const Complex> equaliser) const {
  for (const auto& trajectory : propagation_.trajectories) {
    if (segment_.elements[trajectory->element].domain != Domain::current) continue;
    return mean -
           trajectory->of_output.mean * (response_from(trajectory->element + 1)[0] * equaliser[0]).real();
  }
  return mean;
}

DecisionNoise NoiseGrid::at_decision(std::span<const Complex> equaliser) const {
  struct Group {
    const Source* source;
    std::vector<double> spectrum;
    std::vector<double> by_phase;
  };
  std::vector<Group> groups;
  // From the last modulated point to the decision; many sources have it in common.
  std::map<std::size_t, std::vector<Complex>> paths;
  const double time_step = 1.0 / (bin_width_ * length_);

  DecisionNoise result;
  result.samples_per_symbol = samples_per_symbol_;
  for (const Source& source : sources_) {
    const auto [entry, fresh] = paths.try_emplace(source.last);
    std::vector<Complex>& g = entry->second;
    if (fresh) {
      g = response_from(source.last);
      for (std::size_t i = 0; i < g.size(); ++i) g[i] *= equaliser[i];
    }
    double variance = 0.0;
    for (std::size_t i = 0; i < g.size(); ++i) {
      const double weight = i == 0 || i + 1 == g.size() ? 1.0 : 2.0;
      variance += weight * source.spectrum[i] * std::norm(g[i]) * bin_width_;
    }
    if (source.slow) {
      result.sources.back().share.variance += variance;
      const Moments& light = propagation_.trajectories[static_cast<std::size_t>(source.own)]->of_output;
      result.slow_relative += variance / (light.mean_square * std::norm(g[0]));
      continue;
    }
    const std::vector<double> by_phase = held_ratios(source, equaliser);
    const bool constant = source.modulation.empty() && source.own < 0;
    result.sources.push_back(
        {{source.noise->path, source.noise->source.label, variance}, by_phase, constant});
    if (constant) continue;
    Group* group = nullptr;
    for (Group& candidate : groups)
      if (candidate.source->modulation == source.modulation && candidate.source->last == source.last &&
          candidate.source->own == source.own &&
          candidate.source->noise->source.law == source.noise->source.law && candidate.by_phase == by_phase)
        group = &candidate;
    if (!group) {
      groups.push_back({&source, std::vector<double>(g.size(), 0.0), by_phase});
      group = &groups.back();
    }
    for (std::size_t i = 0; i < g.size(); ++i) group->spectrum[i] += source.spectrum[i];
  }

  for (Group& group : groups) {
    const std::vector<float> m = strength(*group.source);
    const std::vector<Complex>& g = paths[group.source->last];
    std::vector<Complex> coloured(g.size());
    for (std::size_t i = 0; i < g.size(); ++i) coloured[i] = g[i] * group.spectrum[i];
    const std::vector<double> g_time = impulse(g, bin_width_), b_time = impulse(coloured, bin_width_);
    // The kernel w on the grid in natural order, negative times first.
    const std::size_t n = g_time.size();
    std::vector<Complex> taps(n);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t at = (i + n / 2) % n;
      taps[i] = g_time[at] * b_time[at] * time_step;
    }
    // Only the part that matters.
    double peak = 0.0;
    for (const Complex& tap : taps) peak = std::max(peak, std::abs(tap));
    std::size_t first = 0, last = n;
    while (first < n / 2 && std::abs(taps[first]) < 1e-7 * peak) ++first;
    while (last > n / 2 + 1 && std::abs(taps[last - 1]) < 1e-7 * peak) --last;
    const std::vector<Complex> cut(taps.begin() + static_cast<long>(first),
                                   taps.begin() + static_cast<long>(last));
    const signal::BlockFilter filter = signal::make_block_filter(cut, static_cast<int>(n / 2 - first));
    result.varying.push_back(
        {signal::filter_cyclic(filter, std::span<const float>(m)), std::move(group.by_phase)});
  }
  return result;
}

std::vector<float> DecisionNoise::variance(int phase, std::span<const float> light) const {
  const int sps = samples_per_symbol;
  const auto offset = static_cast<std::size_t>(wrapped(phase, sps));
  double constant = 0.0;
  for (const Source& source : sources)
    if (source.constant) constant += source.share.variance * source.by_phase[offset];
  std::vector<float> result(light.size(), static_cast<float>(constant));
  if (slow_relative > 0.0)
    for (std::size_t k = 0; k < result.size(); ++k)
      result[k] += static_cast<float>(slow_relative) * light[k] * light[k];
  for (const Varying& group : varying) {
    const auto length = static_cast<long>(group.variance.size());
    const auto ratio = static_cast<float>(group.by_phase[offset]);
    long index = wrapped(phase, length);
    for (float& value : result) {
      // A kernel of a coloured source can dip below zero by the approximation; the variance cannot.
      value += ratio * std::max(group.variance[static_cast<std::size_t>(index)], 0.0f);
      index += sps;
      if (index >= length) index -= length;
    }
  }
  return result;
}

std::vector<SourceShare> DecisionNoise::shares(int phase) const {
  const auto offset = static_cast<std::size_t>(wrapped(phase, samples_per_symbol));
  std::vector<SourceShare> result;
  for (const Source& source : sources) {
    result.push_back(source.share);
    result.back().variance *= source.by_phase[offset];
  }
  return result;
}

std::vector<Complex> equaliser_response(const dsp::Equaliser& equaliser, const dsp::EqualiserShape& shape,
                                        int samples_per_symbol, int length) {
  const double step = static_cast<double>(samples_per_symbol) / shape.samples_per_symbol / length;
  std::vector<Complex> h(static_cast<std::size_t>(length / 2 + 1));
  for (std::size_t i = 0; i < h.size(); ++i)
    h[i] = dsp::forward_response(equaliser, shape, static_cast<double>(i) * step);
  return h;
}

}  // namespace waverack::link
