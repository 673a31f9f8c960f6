#pragma once
// A neighbour that disturbs a lane: another transmitter, coupled into one place of the chain.

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/network/network.hpp"

namespace waverack::link {

// A key that names a Touchstone file, which is read at once. The network is shared by all copies.
struct NetworkFile {
  std::string file;  // "" for none
  std::shared_ptr<const network::Network> network;
};

// Which end of the victim's channel the aggressor sends from.
enum class Side { far_end, near_end };

// Symbols of the same rate and modulation as the victim's, independent of them and at no fixed phase. They
// pass the aggressor's transmitter, then, for the far end, copies of the victim's parts before `into`, then
// the coupling, and add to the voltage behind `into`. The coupling is a file, from the aggressor's
// transmitter to the victim's receiver, or the closed form
//   H(f) = √coupling·j·f/coupling_frequency,
// a small mutual capacitance or inductance: 20 dB per decade. Compression of the copies is left out. An
// aggressor has no noise and no jitter of its own.
struct Aggressor {
  std::string name;
  Side kind = Side::far_end;
  std::string into;  // name of a part of the chain
  NetworkFile file;
  std::vector<int> ports;  // of the file: [in, out] or [in+, in-, out+, out-]
  double coupling = std::numeric_limits<double>::quiet_NaN();  // power ratio; not a number: the file counts
  double coupling_frequency = 26.5625e9;                       // [Hz]
  double swing = std::numeric_limits<double>::quiet_NaN();  // differential peak-to-peak [V]; not a number: as
                                                            // the victim's
  std::vector<double> taps;                                 // FIR; empty: as the victim's
  int main_tap = 0;                                         // index of the cursor in `taps`
};

inline FieldList describe(Tag<Aggressor>) {
  using P = Aggressor;
  return fields<P>(
      "An aggressor: a neighbouring transmitter that couples into the lane.",
      field<&P::name>("name", "Its name in results.").must_be_given(),
      field<&P::kind>("kind",
                      "far_end: its signal passes copies of the parts before `into`, as the victim's does; "
                      "near_end: it sends from the victim's receiving end."),
      field<&P::into>("into", "Name of the part of the chain at whose output it adds.").must_be_given(),
      field<&P::file>("file", "Touchstone file from the aggressor's transmitter to the victim's receiver."),
      field<&P::ports>("ports", "", 1, 999,
                       "[in, out] or [in+, in-, out+, out-] of the file; empty: those of the touchstone part "
                       "`into`, or 1 to 2.")
          .from(Kind::choice, ""),
      field<&P::coupling>("coupling", "dB", -200.0, 0.0,
                          "Coupling at coupling_frequency in place of a file, rising by 20 dB per decade.")
          .from(Kind::choice, ""),
      field<&P::coupling_frequency>("coupling_frequency", "GHz", 0.001, 1000.0,
                                    "Frequency at which the coupling is stated.")
          .from(Kind::choice, "Nyquist frequency of 53.125 GBd"),
      field<&P::swing>(
          "swing", "V", 0.0, 20.0,
          "Differential peak-to-peak swing before the FIR; that of the victim where it is missing.")
          .from(Kind::choice, ""),
      field<&P::taps>("taps", "", -1.0, 1.0,
                      "FIR taps, earliest first; those of the victim where they are missing.")
          .from(Kind::choice, ""),
      field<&P::main_tap>("main_tap", "", 0, 64, "Index of the cursor in `taps`, counted from 0.")
          .from(Kind::choice, ""));
}

struct Lane;
struct Plan;

// Compiles the aggressors of `lane` into the segments of `plan`, and adds remarks on their files to its
// warnings. Throws Error for two of one name, a part that is not there or gives no voltage, neither or both
// of file and coupling, a far end behind the modulator, taps without cursor, ports that do not fit.
void add_aggressors(const Lane& lane, Plan& plan);

}  // namespace waverack::link

namespace waverack {
template <>
const FieldType& field_type<link::NetworkFile>();

template <>
struct EnumNames<link::Side> {
  static constexpr std::array<EnumName<link::Side>, 2> list{
      {{"far_end", link::Side::far_end}, {"near_end", link::Side::near_end}}};
};
}  // namespace waverack
