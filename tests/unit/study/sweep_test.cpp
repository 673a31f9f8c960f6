// Sweeps over a design that is made up here: which rows there are, in which order, and what stops them.

#include "waverack/study/sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "unit/base/message_of.hpp"

namespace waverack::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A lane that can be planned.
LoadedDesign small_design() {
  LoadedDesign loaded;
  parts::Instance transmitter, receiver;
  transmitter.name = "host_transmitter";
  transmitter.part = parts::HostTransmitter{};
  receiver.name = "receiver";
  receiver.part = parts::Receiver{};
  loaded.design.lane.chain = {transmitter, receiver};
  return loaded;
}

LoadedDesign with_test_point() {
  LoadedDesign loaded = small_design();
  parts::Instance point;
  point.name = "TP1";
  point.part = parts::TestPoint{};
  loaded.design.lane.chain.insert(loaded.design.lane.chain.begin() + 1, point);
  return loaded;
}

// Takes the paths "a" and "b", numbers up to 10; the latency of its result is 10·a + b, and its check fails
// from 50.
double value_of(const std::vector<std::string>& settings) {
  double a = 0.0, b = 0.0;
  for (const std::string& setting : settings) {
    if (!setting.starts_with("a=") && !setting.starts_with("b="))
      throw Error(ErrorInfo{
          {"--set " + setting, 0, 0}, setting.substr(0, setting.find('=')), "unknown key", "a, b", "a"});
    const double value = std::stod(setting.substr(2));
    if (value > 10.0)
      throw Error(
          ErrorInfo{{"--set " + setting, 0, 0}, setting.substr(0, 1), "out of range", "at most 10", {}});
    (setting[0] == 'a' ? a : b) = value;
  }
  return 10.0 * a + b;
}

SweepSource source() {
  return {[](const std::vector<std::string>& settings) {
            value_of(settings);
            return small_design();
          },
          [](const std::vector<std::string>& settings, const Options& options) {
            EXPECT_EQ(options.threads, 1);
            EXPECT_FALSE(options.penalties || options.charts);
            Result result;
            result.lane.latency_s = value_of(settings);
            const bool pass = result.lane.latency_s < 50.0;
            result.checks.push_back({"lane.latency_s", result.lane.latency_s, 50.0, false, 0.0, "s", "",
                                     pass ? Verdict::pass : Verdict::fail});
            // Later points are done earlier.
            std::this_thread::sleep_for(
                std::chrono::microseconds(1000 - 10 * static_cast<int>(result.lane.latency_s)));
            return result;
          }};
}

Sweep sweep(std::initializer_list<const char*> axes) {
  Sweep s;
  for (const char* axis : axes) s.axes.push_back(parse_axis(axis));
  s.quantities = {"lane.latency_s"};
  return s;
}

TEST(Sweep, GivesOneRowForEachPointInTheOrderOfTheGrid) {
  for (const int threads : {1, 4}) {
    std::vector<double> seen;
    SweepOptions options{threads, {}, {}};
    options.on_row = [&](const SweepRow& row) { seen.push_back(row.values.at(0)); };
    const SweepResult result = run_sweep(sweep({"a=1,2", "b=0:2:3"}), source(), options);
    EXPECT_EQ(result.points, 6u);
    ASSERT_EQ(result.rows.size(), 6u);
    EXPECT_THAT(seen, ElementsAre(10.0, 11.0, 12.0, 20.0, 21.0, 22.0));
    EXPECT_THAT(result.rows[5].at, ElementsAre(1u, 2u));
    EXPECT_EQ(result.rows[5].values.at(0), 22.0);
    EXPECT_EQ(result.rows[5].status, PointStatus::pass);
    EXPECT_EQ(result.quantities.at(0).unit, "s");
  }
}

TEST(Sweep, KeepsPointsThatFailOrCannotBeSolved) {
  const SweepResult result = run_sweep(sweep({"a=4:12:3"}), source());
  ASSERT_EQ(result.rows.size(), 3u);
  EXPECT_EQ(result.rows[0].status, PointStatus::pass);
  EXPECT_EQ(result.rows[0].message, "");
  EXPECT_EQ(result.rows[1].status, PointStatus::fail);
  EXPECT_EQ(result.rows[1].message, "lane.latency_s is 80, above 50 s");
  EXPECT_EQ(result.rows[1].values.at(0), 80.0);
  EXPECT_EQ(result.rows[2].status, PointStatus::error);
  EXPECT_EQ(result.rows[2].message, "a: out of range (allowed: at most 10)");
  EXPECT_TRUE(std::isnan(result.rows[2].values.at(0)));
}

TEST(Sweep, RefusesAWrongSweepBeforeSolving) {
  SweepSource never = source();
  never.solve = [](const auto&, const auto&) -> Result {
    ADD_FAILURE() << "a wrong sweep was solved";
    return {};
  };
  const auto message = [&](const Sweep& s) { return message_of([&] { run_sweep(s, never); }); };
  EXPECT_THAT(message(sweep({"c=1:2:2"})),
              HasSubstr("--vary c=1: c: unknown key (allowed: a, b). Did you mean 'a'?"));
  // All of the range is out of range.
  EXPECT_THAT(message(sweep({"a=1,2", "b=20:30:3"})), HasSubstr("--vary b=20: b: out of range"));
  // Texts are written one by one, so each must be right.
  EXPECT_THAT(message(sweep({"a=1,2", "c=x,y"})), HasSubstr("--vary c=x: c: unknown key"));
  EXPECT_THAT(message(sweep({"a=1,2", "a=3,4"})), HasSubstr("--vary a: this path is varied twice"));
  Sweep unknown = sweep({"a=1,2"});
  unknown.quantities = {"lane.latency"};
  EXPECT_THAT(message(unknown),
              HasSubstr("--quantity lane.latency: the result has no quantity 'lane.latency'"));
  EXPECT_THAT(message(unknown), HasSubstr("Did you mean 'lane.latency_s'?"));
}

TEST(Sweep, AsksForChartsOnlyWhereAQuantityNeedsThem) {
  SweepSource with_charts = source();
  std::atomic<bool> charts = false;
  with_charts.read = [](const auto&) { return with_test_point(); };
  with_charts.solve = [&](const auto&, const Options& options) {
    charts = options.charts;
    return Result{};
  };
  Sweep s = sweep({"a=1,2"});
  run_sweep(s, with_charts);
  EXPECT_FALSE(charts);
  s.quantities = {"lane.test_points.TP1.outer_swing"};
  run_sweep(s, with_charts);
  EXPECT_TRUE(charts);
}

TEST(Sweep, KeepsTheFinishedRowsAfterAStop) {
  for (const int threads : {1, 3}) {
    std::stop_source stop;
    SweepOptions options{threads, stop.get_token(), {}};
    std::atomic<int> begun = 0;
    SweepSource counted = source();
    counted.solve = [&begun, solve = counted.solve](const auto& settings, const Options& given) {
      ++begun;
      return solve(settings, given);
    };
    int seen = 0, begun_at_stop = 0;
    options.on_row = [&](const SweepRow&) {
      if (++seen != 4) return;
      stop.request_stop();
      begun_at_stop = begun;
    };
    const SweepResult result = run_sweep(sweep({"a=0:4:5", "b=0:9:10"}), counted, options);
    EXPECT_EQ(result.points, 50u);
    // What had begun was finished, and nothing else was begun: a thread may have been about to.
    EXPECT_GE(result.rows.size(), 4u);
    EXPECT_LE(begun, begun_at_stop + threads);
    EXPECT_LE(result.rows.size(), static_cast<std::size_t>(begun));
    EXPECT_EQ(result.rows.size(), static_cast<std::size_t>(seen));
    for (std::size_t i = 0; i < result.rows.size(); ++i)
      EXPECT_EQ(result.rows[i].values.at(0), static_cast<double>(i)) << "a gap";
  }
}

TEST(Sweep, TellsAFaultOfTheSolverFromAMistakeOfTheDesign) {
  SweepSource broken = source();
  broken.solve = [](const auto&, const auto&) -> Result { throw std::length_error("too long"); };
  const SweepResult result = run_sweep(sweep({"a=1,2"}), broken);
  ASSERT_EQ(result.rows.size(), 2u);
  EXPECT_EQ(result.rows[0].status, PointStatus::fault);
  EXPECT_EQ(result.rows[0].message, "a fault of waverack, not of the design: too long");
}

TEST(Sweep, SaysWhichLimitsItDoesNotJudge) {
  SweepSource limited = source();
  limited.read = [](const auto&) {
    LoadedDesign loaded = with_test_point();
    loaded.design.limits.resize(2);
    loaded.design.limits[0].quantity = "lane.latency_s";
    loaded.design.limits[1].quantity = "lane.test_points.TP1.rlm";
    return loaded;
  };
  Sweep s = sweep({"a=1,2"});
  EXPECT_THAT(run_sweep(s, limited).not_judged, ElementsAre("lane.test_points.TP1.rlm"));
  s.quantities = {"lane.test_points.TP1.rlm"};
  limited.solve = [](const auto&, const auto&) { return Result{}; };
  EXPECT_TRUE(run_sweep(s, limited).not_judged.empty());
}

}  // namespace
}  // namespace waverack::study
