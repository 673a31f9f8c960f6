// What holds for every cluster, whatever its numbers.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "waverack/cluster/goodput.hpp"
#include "waverack/cluster/spare_parts.hpp"
#include "waverack/cluster/step_time.hpp"

namespace waverack::cluster {
namespace {

constexpr double hour = 3600.0;

std::vector<Technology> technologies() {
  Technology engine, pluggable, cable;
  engine.form = Form::co_packaged;
  engine.mac_rate = 3.2e12;
  pluggable.mac_rate = 800e9;
  cable.form = Form::cable;
  cable.mac_rate = 800e9;
  return {engine, pluggable, cable};
}

// 4096 GPUs: some of everything, so that every rate matters.
std::vector<BillLine> bill_of(const FailureRates& rates) {
  const auto line = [](ItemKind kind, std::int64_t quantity, std::int64_t ends, std::size_t technology) {
    BillLine l;
    l.kind = kind;
    l.item = fmt::format("item {} {}", static_cast<int>(kind), technology);
    l.quantity = quantity;
    l.ends = ends;
    l.rate = 800e9;
    l.tier = kind == ItemKind::node || kind == ItemKind::network_card ? -1 : 0;
    l.link_tier = l.tier;
    l.technology = technology;
    return l;
  };
  std::vector<BillLine> bill{
      line(ItemKind::node, 512, 0, 0),         line(ItemKind::network_card, 4096, 0, 0),
      line(ItemKind::switch_box, 64, 4096, 0), line(ItemKind::module, 4096, 4096, 1),
      line(ItemKind::module, 1024, 4096, 0),   line(ItemKind::external_laser, 512, 4096, 0),
      line(ItemKind::cable, 512, 1024, 2),     line(ItemKind::fibre, 3584, 7168, 1),
      line(ItemKind::circuit_switch, 8, 0, 0)};
  assign_failures(bill, technologies(), rates, 8);
  return bill;
}

double goodput_of(const FailureRates& rates, const Failures& failures,
                  const Checkpointing& c = {60.0, 600.0}) {
  return goodput(interruptions(bill_of(rates), failures), failures, c, 0.2).goodput;
}

TEST(ClusterLaws, GoodputFallsWithEveryRate) {
  Failures failures;
  failures.stop_share_above = 0.5;
  FailureRates rates;
  rates.solved = false;
  rates.laser_module = exactly(100 * fit);
  rates.fibre = exactly(10 * fit);
  for (const Redundancy redundancy : {Redundancy::none, Redundancy::dual_plane, Redundancy::dual_tor}) {
    failures.redundancy = redundancy;
    const double before = goodput_of(rates, failures);
    EXPECT_GT(before, 0.0);
    EXPECT_LT(before, 1.0);
    FailureRates worse = rates;
    visit_ranged(worse, "", [&](const std::string& path, const Field&, Ranged& number) {
      if (path == "no_fault_found") return;  // a matter of spares
      const Ranged kept = number;
      number.value *= 3.0;
      if (path.ends_with("flaps") && redundancy != Redundancy::none)
        EXPECT_LE(goodput_of(worse, failures), before) << path;
      else
        EXPECT_LT(goodput_of(worse, failures), before) << path;
      number = kept;
    });
  }
}

TEST(ClusterLaws, GoodputFallsWithWhatTakesLonger) {
  Failures failures;
  const FailureRates rates;
  const double before = goodput_of(rates, failures);
  EXPECT_LT(goodput_of(rates, failures, {120.0, 600.0}), before);
  EXPECT_LT(goodput_of(rates, failures, {60.0, 1200.0}), before);
  failures.redundancy = Redundancy::dual_tor;
  const double dual = goodput_of(rates, failures);
  EXPECT_GT(dual, before);  // half the bandwidth for hours, against a stop: a fifth of the step is exposed
  failures.repair_time = exactly(24.0 * hour);
  EXPECT_LT(goodput_of(rates, failures), dual);
}

// A job that is patient waits longer and stops less; either way more of a bill is never better.
TEST(ClusterLaws, MoreGpusInterruptMoreOften) {
  const auto bill = bill_of({});
  double before = 0.0;
  for (const double share : {0.01, 0.1, 0.5, 1.0}) {
    const double rate = interruptions(bill, {}, share).rate;
    EXPECT_GT(rate, before);
    before = rate;
  }
}

TEST(ClusterLaws, MoreSparesNeverWorse) {
  Failures failures;
  const auto bill = bill_of({});
  std::int64_t before = 0;
  for (const double level : {0.5, 0.9, 0.99, 0.9999}) {
    failures.spare_level = level;
    std::int64_t spares = 0;
    double shortage = 0.0;
    for (const SpareNeed& need : spare_needs(bill, failures)) {
      EXPECT_GE(need.level, level);
      spares += need.spares;
      shortage += need.shortage;
    }
    EXPECT_GE(spares, before);
    EXPECT_LT(shortage, 100.0 * (1.0 - level));
    before = spares;
  }
}

TEST(ClusterLaws, StepsGrowWithLatencyLossAndRanks) {
  NetworkView fabric;
  fabric.name = "scale_out";
  fabric.rate = 800e9;
  fabric.path.mean.switches = 1e-6;
  fabric.path.worst.switches = 2e-6;
  fabric.path.mean_links = 6.0;
  Job job;
  double before = 0.0;
  for (const double delta : {0.0, 1e-7, 1e-6, 1e-5}) {
    const auto delayed = with_link_delay({&fabric, 1}, delta);
    const double total = step_time(job, 16384, delayed).total;
    EXPECT_GT(total, before);
    before = total;
  }
  before = 0.0;
  for (const double loss : {0.0, 1e-15, 1e-12, 1e-9}) {
    fabric.path.loss = loss;
    const double total = step_time(job, 16384, {&fabric, 1}).total;
    EXPECT_GE(total, before);
    before = total;
  }
  before = 0.0;
  for (const std::int64_t gpus : {1024, 4096, 16384, 131072}) {
    const double total = step_time(job, gpus, {&fabric, 1}).total;
    EXPECT_GT(total, before);
    before = total;
  }
}

}  // namespace
}  // namespace waverack::cluster
