#pragma once
// TECQ, TDECQ or EECQ of a captured waveform. (docs/theory/captures.md)

#include <optional>
#include <string>
#include <vector>

#include "waverack/compliance/capture_timing.hpp"
#include "waverack/compliance/captured_record.hpp"
#include "waverack/compliance/tdecq.hpp"

namespace waverack::compliance {

// What is known of a capture beside its file. Amounts are in the unit of the file's values.
struct CaptureConditions {
  double symbol_rate = 0.0;                              // nominal [Bd]
  std::string unit;                                      // of the values; empty: as the file says
  std::optional<double> responsivity = std::nullopt;     // of an O/E converter [A/W]; into 50 ohm for volts
  std::optional<double> dark = std::nullopt;             // value without light
  double scope_noise = 0.0;                              // rms, behind the reference receiver
  std::optional<ReferenceFilter> filter = std::nullopt;  // unknown: both are computed
  std::optional<signal::PatternName> pattern = std::nullopt;  // searched for if not given
  bool after_fibre = false;                                   // TDECQ and not TECQ
  double clock_recovery = 0.0;  // bandwidth of one that follows the clock of a record taken in real time [Hz]
  bool averaged = false;        // the scope averaged; periods in the record are averaged too
};

enum class CaptureMeasure { tecq, tdecq, eecq };
std::string_view measure_text(CaptureMeasure);  // "TECQ", …
// The decibels of an amplitude ratio: 10·log10 for light, whose amplitude is a power, 20·log10 for volts.
double measure_db(CaptureMeasure, double ratio);

struct FilteredMeasurement {
  ReferenceFilter filter{};
  signal::Waveform received;  // behind the reference receiver
  TdecqResult result;
};

struct CaptureMeasurement {
  CaptureMeasure measure{};
  std::string unit;  // of amplitudes: "W" for light, else "V"
  std::string file;
  std::size_t samples = 0;       // of the record
  double sample_interval = 0.0;  // [s]
  LockedCapture locked;
  double scope_noise = 0.0;                  // rms [unit]
  bool dark_known = false;                   // false: the extinction ratio is not corrected
  std::vector<FilteredMeasurement> results;  // one, or `applied` and `needed` where the filter is not known
  std::vector<std::string> remarks;          // what was done
  std::vector<std::string> warnings;         // what makes a number less than it seems
};

// Scales the record, locks it (lock_capture) and measures it (measure_tdecq). Throws Error for a unit that is
// not known or of neither light nor voltage, a dark level or a responsivity that do not fit the unit, and the
// errors of the two. Cost: theirs.
CaptureMeasurement measure_capture(const CapturedRecord&, const TdecqSettings&, const CaptureConditions&);

}  // namespace waverack::compliance
