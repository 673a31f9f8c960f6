#pragma once
// Fifth stage: the phase of the carrier, symbol by symbol, from pilots and from a blind search.
//
//   blind    the test phase with the least distance to the constellation over 2N + 1 symbols
//            (T. Pfau et al., J. Lightwave Technol. 27 (2009) 989)
//   pilots   say in which quarter turn that is, so that no slip lives longer than to the next pilot
// (docs/theory/coherent-receiver.md, eq. 23 to 27).

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/coherent/butterfly_equaliser.hpp"
#include "waverack/coherent/dual_samples.hpp"
#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

struct PhaseSearchSettings {
  Format format = Format::qam16;  // each of them is the same after a quarter turn
  int phases = 32;                // test phases over a quarter turn: 16, 32, 48 or 64
  int half_window = 48;           // N, 1 … 256 [symbols]
};

// Phase of the carrier [rad] at symbols N … size − N − 1, unwrapped from a start within ± π/4; the other
// polarisation `y` may be empty, else both have one phase. Fewer than 2N + 1 symbols give none. Cost: about
// 20 ns per symbol instant with both polarisations and 32 phases.
std::vector<float> blind_phase_search(const PhaseSearchSettings& settings, std::span<const Sample> x,
                                      std::span<const Sample> y);

enum class PhaseMethod {
  search_and_pilots,  // as above; without pilots, the search alone
  pilots              // interpolated between pilots: cheap, and for large linewidths too slow
};

struct CarrierPhaseSettings {
  PhaseSearchSettings search;
  PhaseMethod method = PhaseMethod::search_and_pilots;
  bool joint = true;  // one phase for both polarisations
};

// Pilots at symbols 0, spacing, 2·spacing … of a period; symbol 0 is the first that is pushed.
struct PilotPattern {
  int spacing = 0;           // 0: no pilots
  std::vector<Sample> x, y;  // of one period, equally many
  // Of every symbol of the period: what it is multiplied by before the search, so that known symbols lie on
  // points of the constellation; empty: 1. Without it a row of known symbols of 8QAM, whose radius is that of
  // neither ring, looks best an eighth of a turn away from where it is.
  std::vector<float> search_scale;
};

// A stretch of symbols with their phases.
struct PhasedSymbols {
  SymbolParts parts;                // turned back
  std::vector<float> cos_x, sin_x;  // by which they were turned: parts = y·(cos − j·sin)
  std::vector<float> cos_y, sin_y;
  double turn_per_symbol = 0.0;  // mean slope of the phase of x over the stretch [rad]

  std::size_t size() const { return cos_x.size(); }
};

class CarrierPhase {
 public:
  static constexpr std::size_t block = 512;

  CarrierPhase(const CarrierPhaseSettings& settings, PilotPattern pilots);

  // Takes symbols of the equaliser.
  void push(const SymbolParts& symbols);
  // The next 512 symbols, if what they need of their future is there.
  bool next(PhasedSymbols& out);

  // Quarter turns that the search alone would have slipped, found and undone by the pilots.
  std::int64_t cycle_slips() const { return slips_; }

 private:
  struct Track {  // of both polarisations together, or of each
    int first = 0, polarisations = 2;
    double unwrapped = 0.0;     // phase of the search, where the last block ended
    std::int64_t quarters = 0;  // between it and the pilots, at the last pilot
    bool started = false;
    std::vector<double> pilots;  // unwrapped phases at the pilots around the block
    std::int64_t first_pilot = 0;
  };
  std::array<const float*, 4> search_input(const Track& track, std::size_t at, std::size_t count);
  void search(const Track& track);
  double pilot_phase(Track& track, std::int64_t pilot);
  void run(Track& track, PhasedSymbols& out);

  CarrierPhaseSettings settings_;
  PilotPattern pilots_;
  SymbolParts queue_, scaled_;
  std::int64_t next_ = 0;         // symbol that comes next
  std::int64_t queue_first_ = 0;  // symbol at the front of the queue
  std::size_t ahead_, behind_;    // symbols that a block needs on either side
  std::vector<Track> tracks_;
  std::vector<float> rotations_, angles_cos_, angles_sin_, distances_;
  std::vector<std::uint8_t> best_;
  std::int64_t slips_ = 0;
};

}  // namespace waverack::coherent
