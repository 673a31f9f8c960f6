// Laws of a whole lane.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>
#include <set>

#include "lanes.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

// Every number of a result, in one list.
std::vector<double> numbers_of(const link::LaneResult& result) {
  std::vector<double> list{result.ber_pre_fec,
                           result.margin_db,
                           result.snr_margin_db,
                           result.floor_ber,
                           result.latency_s,
                           result.fec.codeword_error_ratio,
                           result.received_average_power,
                           result.received_oma_outer};
  const auto append = [&](const auto& values) { list.insert(list.end(), values.begin(), values.end()); };
  for (const link::SegmentResult& segment : result.segments) {
    append(std::vector<double>{segment.ber_pre_fec, segment.snr_margin_db, segment.mmse_snr_db,
                               segment.eye_width_ui});
    append(segment.ber_by_eye);
    append(segment.thresholds);
    append(segment.levels);
    append(segment.ffe_taps);
    for (const link::NoiseShare& share : segment.noise_budget)
      append(std::vector<double>{share.rms, share.share});
  }
  for (const link::Penalty& penalty : result.penalties) list.push_back(penalty.penalty_db);
  for (const link::TestPointResult& point : result.test_points) {
    append(point.levels);
    append(point.eye_heights);
    append(point.eye_widths_ui);
    append(point.eye.density);
  }
  for (const link::Curve& curve : result.curves)
    for (const link::Column& column : curve.columns) append(column.values);
  return list;
}

// Each task writes its own place and sums are taken in order afterwards, so not a bit may differ.
TEST(LaneLaws, ThreadsChangeNothing) {
  const link::Lane lane = lanes::complete_lane();
  link::SolveOptions options;
  options.threads = 1;
  const std::vector<double> one = numbers_of(link::solve(lane, options));
  options.threads = 2;
  const std::vector<double> two = numbers_of(link::solve(lane, options));
  ASSERT_EQ(one.size(), two.size());
  ASSERT_GT(one.size(), 10000u);
  EXPECT_EQ(std::memcmp(one.data(), two.data(), one.size() * sizeof(double)), 0);
}

// Finer samples converge: what is left is the curvature beyond the parabola that the sampling instant is
// chosen by.
TEST(LaneLaws, FinerSamplesConverge) {
  link::SolveOptions options;
  options.penalties = options.charts = false;
  const auto margin = [&](int samples) {
    link::Lane lane = lanes::complete_lane();
    lane.samples_per_symbol = samples;
    return link::solve(lane, options).segments.back().snr_margin_db;
  };
  const double limit = margin(64);
  const struct {
    int samples;
    double tolerance_db;
  } rows[] = {{8, 0.01}, {16, 0.01}, {32, 0.003}};
  for (const auto& row : rows) {
    const double deviation = margin(row.samples) - limit;
    std::cout << row.samples << " samples per symbol: " << deviation << " dB off " << limit << " dB\n";
    EXPECT_NEAR(deviation, 0.0, row.tolerance_db) << row.samples;
  }
}

// More light cannot hurt: nothing saturates, and laser noise grows with the signal only.
TEST(LaneLaws, ErrorsFallWithReceivedPower) {
  link::SolveOptions options;
  options.penalties = options.charts = false;
  double before = 1.0, first = 0.0;
  for (const double dbm : {5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0}) {
    link::Lane lane = lanes::complete_lane();
    lanes::part_of<parts::CwLaser>(lane.light).output_power = lanes::from_dbm(dbm);
    const link::LaneResult result = link::solve(lane, options);
    const double optical = result.segments.back().ber_pre_fec;
    EXPECT_LT(optical, before) << dbm;
    EXPECT_LE(result.floor_ber, optical) << dbm;
    if (first == 0.0) first = optical;
    before = optical;
  }
  EXPECT_LT(before, 1e-2 * first);
}

// Taking a noise source away cannot hurt either, with the equaliser adapted again.
TEST(LaneLaws, EveryNoiseCostsSomething) {
  link::SolveOptions options;
  options.charts = false;
  const link::LaneResult result = link::solve(lanes::complete_lane(), options);
  std::size_t noises = 0;
  for (const link::Penalty& penalty : result.penalties) {
    if (!penalty.impairment.starts_with("noise:")) continue;
    ++noises;
    EXPECT_GE(penalty.penalty_db, -1e-4) << penalty.impairment;
  }
  EXPECT_GE(noises, 2u);
}

std::string json_of(const LoadedDesign& loaded) {
  io::JsonWriter writer;
  writer.value(Node(io::design_document(loaded)));
  return writer.take();
}

// Writes a design with this lane and reads it back; returns the types of its parts.
std::set<std::string_view> expect_same_again(const link::Lane& lane) {
  LoadedDesign first;
  first.design.title = "complete";
  first.design.lane = lane;
  const std::string text = json_of(first);
  io::Input second = io::load_design_text(text, "design.json");
  link::Lane& copy = second.loaded.design.lane;
  EXPECT_EQ(text_of(Node(write(first.design))), text_of(Node(write(second.loaded.design))));
  link::SolveOptions options;
  options.penalties = options.charts = false;
  EXPECT_EQ(link::solve(first.design.lane, options).ber_pre_fec, link::solve(copy, options).ber_pre_fec);

  std::set<std::string_view> types;
  for (const std::vector<parts::Instance>* list : {&copy.chain, &copy.light})
    for (const parts::Instance& item : *list) types.insert(parts::info(item.part).type);
  return types;
}

std::set<std::string_view> expect_identity(link::Lane lane) {
  // Values with no short decimal form.
  lanes::part_of<parts::Tia>(lane.chain).noise_density = 1e-11 / 3.0;
  lanes::part_of<parts::Fibre>(lane.chain).length = 1000.0 / 7.0;
  return expect_same_again(lane);
}

// One of every coherent part.
link::Lane coherent_lane() {
  link::Lane lane;
  lane.symbol_rate = 118.203350603e9;
  lane.modulation = link::Modulation::dp_16qam;
  lane.fec = link::Fec::ofec;
  lane.ber_limit = 2e-2;
  lane.light = {lanes::instance(parts::TunableLaser{})};
  parts::FibreSpan span;
  span.length = 1e6 / 7.0;
  lane.chain = {lanes::instance(parts::HostInterface{}),
                lanes::instance(parts::CoherentTransmitter{}),
                lanes::instance(parts::CoherentDriver{}),
                lanes::instance(parts::IqModulator{}),
                lanes::instance(parts::OpticalFilter{}),
                lanes::instance(parts::OpticalAmplifier{}),
                lanes::instance(span),
                lanes::instance(parts::PolarisationElement{}),
                lanes::instance(parts::CoherentFrontEnd{}),
                lanes::instance(parts::CoherentReceiver{})};
  return lane;
}

// Writing a design and reading it back is the identity, and the copy solves to the same numbers.
TEST(LaneLaws, WritingAndReadingIsTheIdentity) {
  std::set<std::string_view> types = expect_identity(lanes::complete_lane());
  types.merge(expect_identity(lanes::complete_lane(parts::LithiumNiobate{})));
  types.merge(expect_identity(lanes::complete_lane(parts::ElectroAbsorption{})));
  types.merge(expect_identity(lanes::complete_lane(parts::MicroRing{})));
  link::Lane with_diode = lanes::complete_lane();
  parts::DiodeLaser diode;
  diode.output_power = lanes::from_dbm(17.5);
  with_diode.light.front() = lanes::instance(diode);
  with_diode.light.insert(with_diode.light.begin() + 1, lanes::instance(parts::Isolator{}));
  types.merge(expect_identity(with_diode));
  link::Lane on_wavelengths = lanes::complete_lane();
  on_wavelengths.neighbours.longer = 2;
  on_wavelengths.light.insert(on_wavelengths.light.begin() + 1, lanes::instance(parts::PmFibre{}));
  for (parts::Instance part :
       {lanes::instance(parts::WdmFilter{}), lanes::instance(parts::PolarisationSplitter{}),
        lanes::instance(parts::Polarisation{}), lanes::instance(parts::FibreFlex{})})
    on_wavelengths.chain.insert(on_wavelengths.chain.end() - 3, std::move(part));
  types.merge(expect_identity(on_wavelengths));
  link::Lane one_fibre = lanes::complete_lane();
  const auto fibre =
      std::find_if(one_fibre.chain.begin(), one_fibre.chain.end(),
                   [](const parts::Instance& item) { return parts::as<parts::Fibre>(item) != nullptr; });
  parts::Instance far = lanes::instance(parts::Circulator{});
  far.name = "circulator_b";
  one_fibre.chain.insert(fibre + 1, std::move(far));
  const auto near =
      std::find_if(one_fibre.chain.begin(), one_fibre.chain.end(),
                   [](const parts::Instance& item) { return parts::as<parts::Fibre>(item) != nullptr; });
  one_fibre.chain.insert(near, lanes::instance(parts::Circulator{}));
  types.merge(expect_identity(one_fibre));
  types.merge(expect_same_again(coherent_lane()));
  for (const parts::PartInfo& known : parts::part_list()) {
    const bool names_a_file = std::any_of(known.fields->items.begin(), known.fields->items.end(),
                                          [](const Field& field) { return field.required; });
    EXPECT_TRUE(names_a_file || types.contains(known.type)) << "add a lane with a " << known.type;
  }
}

}  // namespace
}  // namespace waverack
