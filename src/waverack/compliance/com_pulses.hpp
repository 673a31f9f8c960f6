#pragma once
// The pulse responses of all paths of a channel in one package case. docs/theory/com.md, sections 2 to 4.

#include <array>
#include <complex>
#include <span>
#include <string>
#include <vector>

#include "waverack/compliance/com_sheet.hpp"
#include "waverack/network/network.hpp"

namespace waverack::compliance {

enum class ComPathKind { victim, far_end, near_end };

// One path of the channel without packages, from the ball of a transmitter to that of the receiver.
struct ComPath {
  ComPathKind kind = ComPathKind::victim;
  network::Network differential;  // a two-port with reference 100 ohm
};

// H_ctf is linear in g_DC and in g_DC2, so it is a sum of four responses with these factors: g_DC·g_DC2,
// g_DC, g_DC2, 1 (amplitude ratios).
inline constexpr int ctle_parts = 4;
using CtleFactors = std::array<double, ctle_parts>;
CtleFactors ctle_factors(double dc_gain_db, double dc_gain_low_db);

struct ComPathPulse {
  ComPathKind kind = ComPathKind::victim;
  std::vector<double> unequalised;                          // behind H_r, without CTLE and transmit taps [V]
  std::array<std::vector<double>, ctle_parts> behind_ctle;  // the parts of H_ctf, all of one length [V]
};

// The pulse behind the CTLE [V]: Σ factors·parts.
std::vector<double> pulse_behind_ctle(const ComPathPulse&, const CtleFactors&);

struct ComPulses {
  int samples_per_symbol = 32;
  std::vector<ComPathPulse> paths;  // the victim first; aggressors that couple nothing are left out
  std::vector<std::complex<double>> transfer;  // of the victim with packages and H_t, at its frequencies
  double loss_at_nyquist_db = 0.0;             // likewise
  double die_to_die_loss_db = 0.0;  // there, of package lines, balls and channel alone; the dies are matched
  bool inverted =
      false;  // the victim's pulse came out negative and was turned: P and N of one end are swapped
};

// `paths`: the victim and then aggressors, on one list of frequencies or each on its own.
// `samples_per_symbol` takes the place of the sheet's. Throws Error unless the first path is the victim, the
// only one, and for networks that are no two-ports of 100 ohm.
ComPulses com_pulses(const ComSheet&, const ComPackageCase&, std::span<const ComPath> paths,
                     int samples_per_symbol);

// −20·log10|H| at half the symbol rate, linear in decibels between the points. Throws Error where the data
// end below it.
double loss_at_nyquist_db(std::span<const double> frequencies, std::span<const std::complex<double>> response,
                          double symbol_rate);

// The noise behind H_r and H_ctf: σ_N² = Σ_ij c_i·c_j·product[i][j] with the CTLE factors c; product[i][j] at
// `lag` symbols is the correlation of two samples that far apart. [V²], shape (lags).
using CtleProducts = std::array<std::array<double, ctle_parts>, ctle_parts>;
std::vector<CtleProducts> receiver_noise(const ComSheet&, std::span<const double> frequencies, int lags);
double noise_power(const CtleProducts&, const CtleFactors&);

}  // namespace waverack::compliance
