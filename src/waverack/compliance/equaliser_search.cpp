#include "waverack/compliance/equaliser_search.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/compliance/reference_receiver.hpp"

namespace waverack::compliance {
namespace {

// Symbols and curvature samples of the three passes.
constexpr long scan_symbols = 4096, search_symbols = 8192;
constexpr long search_probes = 1024, final_probes = 2048;
constexpr int scan_phases = 8;

struct EqualiserCandidate {
  int main = 0;
  double time = 0.0;
  std::vector<double> taps;
  std::array<double, 3> shifts{};
  double allowed = 0.0;
};

class Search {
 public:
  Search(const ReceivedPattern& pattern, const TdecqSettings& settings, std::span<const double> noise)
      : pattern_(pattern),
        settings_(settings),
        noise_(noise),
        guess_(0.7 / (6.0 * target_q(settings.target_ser))) {}

  // One candidate for each place of the main tap: the phase where mean-square taps allow most noise.
  std::vector<EqualiserCandidate> scan(std::span<const double> times) const {
    const Stretches stretches = part(pattern_, scan_symbols);
    std::vector<EqualiserCandidate> best(static_cast<std::size_t>(mains()));
    for (const double time : times) {
      const WindowSamples samples = middles(stretches, time);
      for (int i = 0; i < mains(); ++i) {
        const TapQuestion question = ask(samples, settings_.equaliser.fewest_pre + i);
        const TapAnswer answer = evaluate(question, mean_square_taps(question), {}, guess_);
        EqualiserCandidate& kept = best[static_cast<std::size_t>(i)];
        if (kept.taps.empty() || answer.allowed() > kept.allowed)
          kept = {question.main, time, answer.taps, answer.shifts, answer.allowed()};
      }
    }
    return best;
  }

  // Refined on a part of the pattern, in the middle of the windows.
  EqualiserCandidate on_part(const EqualiserCandidate& from, double time) const {
    const WindowSamples samples = middles(part(pattern_, search_symbols), time);
    const TapAnswer answer = refine(samples, from, 6, 1e-4, search_probes);
    return {from.main, time, answer.taps, answer.shifts, answer.allowed()};
  }

  // The best phase within `reach` of a candidate's, by golden section.
  EqualiserCandidate best_phase(const EqualiserCandidate& from, double reach, double accuracy) const {
    constexpr double golden = 0.6180339887498949;
    double low = from.time - reach, high = from.time + reach;
    double left = high - golden * (high - low), right = low + golden * (high - low);
    EqualiserCandidate at_left = on_part(from, left), at_right = on_part(from, right);
    EqualiserCandidate best = from;
    while (true) {
      const bool left_better = at_left.allowed > at_right.allowed;
      const EqualiserCandidate& better = left_better ? at_left : at_right;
      if (better.allowed > best.allowed) best = better;
      if (high - low < accuracy) return best;
      if (left_better) {
        high = right;
        right = left;
        at_right = at_left;
        left = high - golden * (high - low);
        at_left = on_part(best, left);
      } else {
        low = left;
        left = right;
        at_left = at_right;
        right = low + golden * (high - low);
        at_right = on_part(best, right);
      }
    }
  }

  EqualiserChoice on_whole(const EqualiserCandidate& from, double time) const {
    const WindowSamples samples =
        window_samples(pattern_, whole(pattern_), window_instants(settings_, per_symbol(), time), margin());
    return {refine(samples, from, 8, 2e-5, final_probes), from.main, time};
  }

 private:
  int per_symbol() const { return pattern_.waveform->samples_per_symbol; }
  int mains() const { return settings_.equaliser.most_pre - settings_.equaliser.fewest_pre + 1; }
  long margin() const { return settings_.equaliser.taps; }

  WindowSamples middles(const Stretches& stretches, double time) const {
    const auto instants = window_instants(settings_, per_symbol(), time);
    return window_samples(pattern_, stretches, {{{instants[0][1]}, {instants[1][1]}}}, margin());
  }
  TapQuestion ask(const WindowSamples& samples, int main) const {
    return {pattern_, samples, settings_, noise_, normal_, main};
  }
  TapAnswer refine(const WindowSamples& samples, const EqualiserCandidate& from, int steps, double tolerance,
                   long probes) const {
    const TapQuestion question = ask(samples, from.main);
    const double guess = from.allowed > 0.0 ? from.allowed : guess_;
    return refined(question, evaluate(question, from.taps, from.shifts, guess), steps, tolerance, probes);
  }

  const ReceivedPattern& pattern_;
  const TdecqSettings& settings_;
  std::span<const double> noise_;
  double guess_;
  NormalTable normal_;
};

bool allows_less(const EqualiserCandidate& a, const EqualiserCandidate& b) { return a.allowed < b.allowed; }

}  // namespace

std::array<std::vector<double>, 2> window_instants(const TdecqSettings& settings, int samples_per_symbol,
                                                   double time) {
  std::array<std::vector<double>, 2> times;
  const std::array<double, 2> centres = {settings.left_window, settings.right_window};
  const double node = std::sqrt(0.5) * 0.5 * settings.window_width;
  for (std::size_t window = 0; window < 2; ++window)
    for (const double offset : {-node, 0.0, node})
      times[window].push_back(time + (centres[window] - 0.5 + offset) * samples_per_symbol);
  return times;
}

EqualiserChoice choose_equaliser(const ReceivedPattern& pattern, const TdecqSettings& settings,
                                 std::span<const double> noise_autocorrelation, double nominal) {
  const Search search(pattern, settings, noise_autocorrelation);
  const double symbol = pattern.waveform->samples_per_symbol;
  std::vector<double> times;
  if (!settings.windows_move) {
    times = {nominal};
  } else {
    for (int i = 0; i < scan_phases; ++i) times.push_back(nominal + ((i + 0.5) / scan_phases - 0.5) * symbol);
  }
  std::vector<EqualiserCandidate> candidates = search.scan(times);
  for (EqualiserCandidate& candidate : candidates) candidate = search.on_part(candidate, candidate.time);
  const double most = std::max_element(candidates.begin(), candidates.end(), allows_less)->allowed;
  if (!settings.windows_move)
    return search.on_whole(*std::max_element(candidates.begin(), candidates.end(), allows_less), nominal);

  // Places of the main tap that are close are told apart at their best phases.
  constexpr double close = 0.985;
  for (EqualiserCandidate& candidate : candidates)
    if (candidate.allowed >= close * most)
      candidate = search.best_phase(candidate, symbol / scan_phases, 0.03 * symbol);
  const EqualiserCandidate& best = *std::max_element(candidates.begin(), candidates.end(), allows_less);

  return search.on_whole(best, best.time);
}

}  // namespace waverack::compliance
