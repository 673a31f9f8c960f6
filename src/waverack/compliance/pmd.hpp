#pragma once
// Optical PMDs: what a standard demands of a transmitter, a channel and a receiver, and what follows from it.
// (docs/theory/tdecq.md, section 6)

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/profile.hpp"
#include "waverack/base/provenance.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/compliance/tdecq_settings.hpp"

namespace waverack::compliance {

inline constexpr double no_limit = std::numeric_limits<double>::infinity();  // of what must be below
inline constexpr double not_stated = std::numeric_limits<double>::quiet_NaN();

// Powers in W, ratios as power ratios. A limit that is not stated does not limit.
struct PmdTransmitter {
  double average_power_low = not_stated, average_power_high = no_limit;
  double oma_high = no_limit;
  // OMA_outer at least max(oma_floor, oma_per_tdecq·TDECQ); below extinction_step with the third constant.
  double oma_floor = not_stated;
  double oma_per_tdecq = not_stated;
  double oma_per_tdecq_low_extinction = not_stated;
  double extinction_step = 1.0;
  double extinction_low = 1.0;
  double tdecq_high = no_limit;
  double tdecq_over_ceq_high = no_limit;
  double transition_time_high = no_limit;  // 20–80 % [s]
  double overshoot_high = no_limit;        // and undershoot, over OMA_outer
  double rin_oma_high = no_limit;          // [1/Hz]
  double reflectance_high = no_limit;      // seen from the fibre
};

struct PmdReceiver {
  // Sensitivity in OMA_outer at least as good as max(sensitivity_floor, sensitivity_per_secq·SECQ) [W].
  double sensitivity_floor = not_stated;
  double sensitivity_per_secq = not_stated;
  double stressed_sensitivity = no_limit;  // [W]
  double stress_secq = 1.0;
  double reflectance_high = no_limit;
};

struct PmdChannel {
  double insertion_loss = 1.0;            // largest
  double allocation = 1.0;                // for multipath interference and differential group delay
  double length = 500.0;                  // [m]
  double dispersion_slope = 93.0;         // at the zero [s/m³]; 0.093 ps/(nm² km)
  double zero_dispersion_low = 1300e-9;   // [m]
  double zero_dispersion_high = 1324e-9;  // [m]
  double return_loss_tolerance = 1.0;     // of the transmitter
};

struct Pmd {
  std::string title;
  double symbol_rate = 53.125e9;                        // [Bd]
  double ber_limit = 2.4e-4;                            // before error correction
  std::vector<double> wavelength_low, wavelength_high;  // of each lane [m]
  TdecqSettings tdecq = {};
  PmdTransmitter transmitter = {};
  PmdChannel channel = {};
  PmdReceiver receiver = {};
};

FieldList describe(Tag<PmdTransmitter>);
FieldList describe(Tag<PmdReceiver>);
FieldList describe(Tag<PmdChannel>);
FieldList describe(Tag<Pmd>);

// The least OMA_outer [W] of a transmitter with this TDECQ (the larger of TECQ and TDECQ) and extinction
// ratio.
double oma_min(const Pmd&, double tdecq, double extinction_ratio);

// The OMA_outer [W] at which a receiver must work with a signal of this SECQ.
double sensitivity(const Pmd&, double secq);

// What the budget leaves over, as a ratio: oma_per_tdecq / (insertion_loss · allocation ·
// sensitivity_per_secq). 1 where the standard's numbers add up.
double budget_excess(const Pmd&);

// Accumulated dispersion [s/m] of the channel at `wavelength` [m], for the fibre that makes it most negative
// and most positive: S0·L·λ/4·(1 − (λ0/λ)⁴) (802.3, fibre of ITU-T G.652).
struct DispersionRange {
  double least = 0.0, most = 0.0;
};
DispersionRange dispersion_at(const PmdChannel&, double wavelength);
// The extremes over all wavelengths of the PMD.
DispersionRange worst_dispersion(const Pmd&);

// What was measured of a transmitter. NaN: not measured, not judged.
struct TransmitterMeasures {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  double wavelength = none;     // [m]
  double average_power = none;  // [W]
  double oma_outer = none;      // [W]
  double extinction_ratio = none;
  double tecq = none;             // without fibre
  double tdecq = none;            // the worst behind the channel's dispersion
  double ceq = none;              // of the worse of the two
  double transition_time = none;  // [s]
  double overshoot = none, undershoot = none;
  double rin_oma = none;      // [1/Hz]
  double reflectance = none;  // power ratio
};

// One demand: `value` against `limit`, which is a lower one where `at_least`. Units are SI; ratios have none.
struct PmdCheck {
  std::string name;  // "oma_outer"
  double value = 0.0, limit = 0.0;
  bool at_least = false;
  std::string unit;
  std::string source;  // of the limit, "kind: where"
};

// Demands on everything that was measured and that the PMD limits. `provenance` of the profile gives sources;
// a formula has that of its constant.
std::vector<PmdCheck> transmitter_checks(const Pmd&, const TransmitterMeasures&, const Provenance&);

}  // namespace waverack::compliance

namespace waverack {
template <>
struct ProfileKind<compliance::Pmd> {
  static constexpr std::string_view name = "pmd";
};
template <>
const FieldType& field_type<ProfileOf<compliance::Pmd>>();
}  // namespace waverack
