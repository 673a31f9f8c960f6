#pragma once
// The electrical interface between a host and a module: what a standard or agreement demands of either's
// output, and the compliance board and reference receiver through which it is seen.
// (docs/theory/tdecq.md, section 9)

#include <limits>
#include <string>

#include "waverack/base/profile.hpp"
#include "waverack/compliance/com_sheet.hpp"
#include "waverack/compliance/tdecq_settings.hpp"
#include "waverack/parts/package_line.hpp"

namespace waverack::compliance {

// Demands on one output; a limit that is not finite is none.
struct ElectricalDemands {
  double eye_height_low = -std::numeric_limits<double>::infinity();  // VEO of the smallest eye [V]
  double vec_high_db = std::numeric_limits<double>::infinity();      // vertical eye closure
  double eecq_high_db = std::numeric_limits<double>::infinity();     // 20·log10
  double vma_low = -std::numeric_limits<double>::infinity();         // [V]
  double vma_high = std::numeric_limits<double>::infinity();         // [V]
  double r_lm_low = -std::numeric_limits<double>::infinity();
};
FieldList describe(Tag<ElectricalDemands>);
bool limits_waveform(const ElectricalDemands&);  // EECQ, VMA or R_LM
bool limits_eye(const ElectricalDemands&);       // VEO or VEC

struct ElectricalInterface {
  std::string title;
  double symbol_rate = 53.125e9;    // [Bd]
  parts::PackageLine host_board;    // between a host's output (TP1a) and the reference receiver
  parts::PackageLine module_board;  // between a module's output (TP4) and the reference receiver
  // The reference receiver of the eye: filter, CTLE, FFE, DFE, noise, DER0 and timing window of a COM sheet.
  // Its transmitter, packages and floating taps do not count.
  ProfileOf<ComSheet> receiver;
  TdecqSettings eecq;               // how EECQ is measured
  ElectricalDemands host_output;    // TP1a
  ElectricalDemands module_output;  // TP4
};
FieldList describe(Tag<ElectricalInterface>);

// Throws Error for an interface without a receiver, and one whose receiver works at another symbol rate.
void require_consistent(const ElectricalInterface&);

}  // namespace waverack::compliance

namespace waverack {
template <>
struct ProfileKind<compliance::ElectricalInterface> {
  static constexpr std::string_view name = "electrical";
};
template <>
const FieldType& field_type<ProfileOf<compliance::ElectricalInterface>>();
}  // namespace waverack
