#pragma once
// The charts of a captured waveform: eyes, histograms of the two windows, taps.

#include <deque>
#include <vector>

#include "waverack/compliance/capture_measure.hpp"
#include "waverack/io/eye_list.hpp"

namespace waverack::io {

struct TdecqCharts {
  std::deque<link::EyeImage> images;  // what the eyes point at
  std::vector<ListedEye> eyes;
  std::vector<link::Curve> curves;
};

// Where the reference filter is not known, ids and titles end with the assumption.
TdecqCharts tdecq_charts(const compliance::CaptureMeasurement&);

}  // namespace waverack::io
