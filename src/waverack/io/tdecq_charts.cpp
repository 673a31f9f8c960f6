#include "waverack/io/tdecq_charts.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/link/eye_image.hpp"
#include "waverack/signal/eye.hpp"

namespace waverack::io {
namespace {

using compliance::CaptureMeasurement;
using compliance::FilteredMeasurement;
using compliance::ReferenceFilter;

link::Curve histogram(const compliance::WindowHistogram& window, std::string id, std::string title,
                      const std::string& amplitude, const std::string& unit) {
  link::Column values{amplitude, unit, {}}, shares{"share of the samples", "1", window.share};
  for (std::size_t i = 0; i < window.share.size(); ++i)
    values.values.push_back(window.start + window.step * static_cast<double>(i));
  return {std::move(id), std::move(title), {std::move(values), std::move(shares)}, false, false};
}

link::Curve taps(const compliance::TdecqResult& result, std::string id, std::string title) {
  link::Column delays{"symbols after the main tap", "1", {}}, weights{"weight", "1", result.taps};
  for (std::size_t i = 0; i < result.taps.size(); ++i)
    delays.values.push_back(static_cast<double>(i) - result.main);
  return {std::move(id), std::move(title), {std::move(delays), std::move(weights)}, false, false};
}

}  // namespace

TdecqCharts tdecq_charts(const CaptureMeasurement& m) {
  TdecqCharts charts;
  const std::string amplitude = m.unit == "V" ? "voltage" : "power";
  const auto eye = [&](const signal::Waveform& waveform, double time, std::string id, std::string title) {
    charts.images.push_back(link::eye_image(signal::eye_diagram(waveform, time), std::move(title), m.unit));
    charts.eyes.push_back({std::move(id), {}, amplitude, &charts.images.back()});
  };
  eye(m.locked.waveform, m.results.front().result.sampling_time, "eye.captured",
      "As captured, on the recovered clock");
  for (const FilteredMeasurement& one : m.results) {
    const bool needed = one.filter == ReferenceFilter::needed;
    const std::string tail = m.results.size() == 1 ? "" : needed ? ".needed" : ".applied";
    const std::string words = m.results.size() == 1 ? "" : needed ? ", filter needed" : ", filter applied";
    const auto id = [&](std::string_view stem) { return fmt::format("{}{}", stem, tail); };
    const auto title = [&](std::string_view stem) { return fmt::format("{}{}", stem, words); };
    const compliance::TdecqResult& r = one.result;
    if (needed) eye(one.received, r.sampling_time, id("eye.received"), "Behind the reference filter");
    eye(compliance::equalised(one.received, r), r.sampling_time, id("eye.equalised"),
        title("Behind the reference equaliser"));
    charts.curves.push_back(histogram(r.left, id("histogram.left"), title("Left window"), amplitude, m.unit));
    charts.curves.push_back(
        histogram(r.right, id("histogram.right"), title("Right window"), amplitude, m.unit));
    charts.curves.push_back(taps(r, id("taps"), title("Taps of the reference equaliser")));
  }
  return charts;
}

}  // namespace waverack::io
