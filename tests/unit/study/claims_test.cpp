#include "waverack/study/claims.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace waverack::study {
namespace {

module::ModuleResult module_of(double rate, double watts, double laser_w, double host_w) {
  module::ModuleResult result;
  result.mac_rate = rate;
  result.power_w = {watts, watts + laser_w, watts + laser_w + host_w, watts + laser_w + host_w};
  const module::Boundaries& w = result.power_w;
  result.energy_per_bit = {w.module / rate, w.with_laser / rate, w.with_host / rate, w.with_cooling / rate};
  return result;
}

// Results with watts chosen by hand; no lane is solved.
std::vector<SolvedDesign> solved(double engine_w = 12.0, double laser_w = 4.0) {
  std::vector<SolvedDesign> designs(3);
  designs[0].name = "cpo-3.2t";
  designs[0].result.module = module_of(3.2e12, engine_w, laser_w, 3.52);
  designs[0].result.lane.margin_db = 2.0;
  designs[1].name = "dsp-800g-dr8";
  designs[1].result.module = module_of(0.8e12, 13.3, 0.0, 2.4);
  designs[2].name = "lpo-1.6t-osfp";
  designs[2].result.module = module_of(1.6e12, 9.0, 0.0, 8.0);
  cluster::Cluster cluster;
  cluster.nic_keeps_pluggable = true;
  const cluster::Baseline baseline{"DSP", designs[1].result.module, 0.0};
  designs[0].result.cluster = cluster::solve(cluster, "CPO", designs[0].result.module, &baseline);
  for (SolvedDesign& design : designs)
    design.provenance["lane.chain.tia.power"] = {Kind::measured, "JSSC 2022", Layer::card, "47 mW", {}};
  return designs;
}

const ClaimResult& find(const std::vector<ClaimResult>& results, std::string_view id) {
  for (const ClaimResult& result : results)
    if (result.id == id) return result;
  throw std::runtime_error("no such claim");
}

TEST(Claims, TheLedgerIsComplete) {
  std::set<std::string> numbers;
  for (const Claim& claim : claims_ledger()) {
    std::string id(claim.id);
    if (!std::isdigit(static_cast<unsigned char>(id.back()))) id.pop_back();
    numbers.insert(id);
    EXPECT_FALSE(claim.claim.empty()) << claim.id;
    if (claim.standing == Standing::judged) {
      EXPECT_FALSE(claim.quantity.empty()) << claim.id;
      EXPECT_FALSE(claim.boundary.empty()) << claim.id;
      EXPECT_FALSE(claim.basis.empty()) << claim.id;
      EXPECT_LT(claim.low, claim.high) << claim.id;
    } else {
      EXPECT_FALSE(claim.reason.empty()) << claim.id;
    }
  }
  EXPECT_EQ(numbers.size(), 17u);  // C1 to C17 (facts: cluster 3.1)
}

TEST(Claims, NoBaselineComesFromTheLaunch) {
  for (const Claim& claim : claims_ledger())
    for (const Reference& reference : claim.baselines)
      EXPECT_FALSE(is_launch({Kind::claim, std::string(reference.source), Layer::card, "", {}}))
          << claim.id << ": " << reference.name;
}

TEST(Claims, VerdictRule) {
  const auto cases = [](std::initializer_list<bool> inside) {
    std::vector<ClaimCase> list;
    for (const bool in : inside) list.push_back({"", 1.0, in});
    return list;
  };
  EXPECT_EQ(verdict_of(cases({true, true})), ClaimVerdict::reproduced);
  EXPECT_EQ(verdict_of(cases({true, false})), ClaimVerdict::conditional);
  EXPECT_EQ(verdict_of(cases({false, false})), ClaimVerdict::refuted);
  EXPECT_EQ(verdict_of({}), ClaimVerdict::pending);
  const ClaimCase unknown{"", std::nan(""), false};
  EXPECT_EQ(verdict_of(std::span(&unknown, 1)), ClaimVerdict::pending);
}

TEST(Claims, EnergyPerBitUnderEachBoundary) {
  // 12 W, 16 W, 19.5 W over 3.2 Tb/s: 3.75, 5.0 and 6.1 pJ/bit against a band of 4.25 to 5.75.
  const std::vector<ClaimResult> results = judge(solved());
  const ClaimResult& energy = find(results, "C2a");
  EXPECT_NEAR(energy.computed, 5.0, 1e-9);
  EXPECT_EQ(energy.verdict, ClaimVerdict::conditional);
  ASSERT_EQ(energy.cases.size(), 4u);
  EXPECT_TRUE(energy.cases[0].inside);
  EXPECT_FALSE(energy.cases[1].inside);
  EXPECT_NE(energy.hinges_on.find("holds for with_laser (5)"), std::string::npos) << energy.hinges_on;
}

TEST(Claims, SavingNamesItsBaselines) {
  // 5 pJ/bit against 16.6, 18.75, 12.5 and 6.25 pJ/bit: 70, 73, 60 and 20 % (facts: cluster 3.2).
  const std::vector<ClaimResult> results = judge(solved());
  const ClaimResult& saving = find(results, "C2b");
  EXPECT_EQ(saving.verdict, ClaimVerdict::conditional);
  std::map<std::string, double> by_name;
  for (const ClaimCase& item : saving.cases) by_name[item.baseline] = item.computed;
  EXPECT_NEAR(by_name.at("dsp-800g-dr8 as solved"), 69.9, 0.05);
  EXPECT_NEAR(by_name.at("1.6T DSP, 30 W"), 73.3, 0.05);
  EXPECT_NEAR(by_name.at("1.6T DSP of 2 nm, 20 W"), 60.0, 0.05);
  EXPECT_NEAR(by_name.at("1.6T LPO, 10 W"), 20.0, 0.05);
  // An engine that draws twice as much saves 70 % against nobody.
  const std::vector<ClaimResult> hungry = judge(solved(24.0, 8.0));
  EXPECT_EQ(find(hungry, "C2b").verdict, ClaimVerdict::refuted);
}

TEST(Claims, PueFollowsTheHallAndNotTheOptics) {
  const std::vector<ClaimResult> results = judge(solved());
  const ClaimResult& pue = find(results, "C5");
  EXPECT_EQ(pue.verdict, ClaimVerdict::conditional);
  EXPECT_NEAR(pue.cases[0].computed, 1.219 - 1.125, 0.001);  // facts: thermal 13
  EXPECT_NEAR(pue.cases[2].computed, 1.250 - 1.129, 0.001);
  EXPECT_LT(std::abs(pue.cases.back().computed), 0.02);  // optics-only change (facts: thermal 14)
  EXPECT_FALSE(pue.cases.back().inside);
}

TEST(Claims, DensityIsNotReproduced) {
  const std::vector<ClaimResult> results = judge(solved());
  const ClaimResult& density = find(results, "C6");
  EXPECT_EQ(density.verdict, ClaimVerdict::refuted);
  EXPECT_GT(density.computed, 2.0);  // 2.8 to 3.5 % of rack power in three tiers (facts: cluster 5.4)
  EXPECT_LT(density.computed, 4.0);
}

TEST(Claims, ModulesPerNodeHingeOnTheFill) {
  const std::vector<ClaimResult> results = judge({});
  const ClaimResult& node = find(results, "C9");
  EXPECT_EQ(node.verdict, ClaimVerdict::conditional);
  EXPECT_NEAR(node.computed, 128.0, 1e-9);
  EXPECT_NEAR(node.cases[2].computed, 103.0, 1e-9);
  EXPECT_NEAR(find(results, "C10").computed, 1.01, 0.005);
  EXPECT_EQ(find(results, "C10").verdict, ClaimVerdict::outside_scope);
}

TEST(Claims, LinearModuleAndLane) {
  const std::vector<ClaimResult> results = judge(solved());
  EXPECT_EQ(find(results, "C13").verdict, ClaimVerdict::reproduced);
  EXPECT_EQ(find(results, "C1").verdict, ClaimVerdict::reproduced);
}

// Designs with feedback and margins chosen by hand. The margin against reflections is that of the powers:
// 0.001 of the critical level is 30 dB below it.
TEST(Claims, IsolatorFreeModuleAndCopperCable) {
  std::vector<SolvedDesign> designs(3);
  designs[0].name = "dr8-1.6t-tfln-qd";
  designs[1].name = "dr8-1.6t-isolator-free-qd";
  designs[2].name = "aec-1.6t";
  for (SolvedDesign& design : designs) {
    design.result.lane.margin_db = 4.0;
    design.result.lane.feedback.present = true;
    design.result.lane.feedback.level = 1e-4;
    design.result.lane.feedback.critical_level = 0.1;
  }
  EXPECT_EQ(find(judge(designs), "C11").verdict, ClaimVerdict::reproduced);
  EXPECT_NEAR(find(judge(designs), "C11").computed, 30.0, 1e-9);
  EXPECT_EQ(find(judge(designs), "C16").verdict, ClaimVerdict::reproduced);
  designs[1].result.lane.feedback.level = 0.2;  // 3 dB above
  designs[2].result.lane.margin_db = 2.9;       // below the 3 dB of COM
  const std::vector<ClaimResult> worse = judge(designs);
  EXPECT_EQ(find(worse, "C11").verdict, ClaimVerdict::conditional);
  EXPECT_NE(find(worse, "C11").hinges_on.find("not for reflections, silicon (-3.01)"), std::string::npos);
  EXPECT_EQ(find(worse, "C16").verdict, ClaimVerdict::refuted);
  designs[0].result.lane.feedback.present = false;  // a laser of which nothing is known
  EXPECT_EQ(find(judge(designs), "C11").verdict, ClaimVerdict::pending);
}

TEST(Claims, WithoutDesignsTheyStayPending) {
  for (const ClaimResult& result : judge({})) {
    if (result.id == "C9") continue;
    EXPECT_TRUE(result.verdict == ClaimVerdict::pending || result.verdict == ClaimVerdict::outside_scope)
        << result.id;
    EXPECT_FALSE(result.hinges_on.empty()) << result.id;
  }
}

TEST(Claims, WhoNamesTheLaunch) {
  const auto from = [](Kind kind, std::string source) {
    return is_launch({kind, std::move(source), Layer::card, "", {}});
  };
  EXPECT_TRUE(from(Kind::claim, "launch claims (facts: photonics 3)"));
  EXPECT_TRUE(from(Kind::derived, "HG Genuine, OFC 2025"));
  EXPECT_TRUE(from(Kind::claim, ""));  // a claim must say whose
  EXPECT_FALSE(from(Kind::standard, "802.3df average launch power (facts: standards 4.1)"));
  EXPECT_FALSE(from(Kind::claim, "NVIDIA (facts: photonics 8.2)"));
}

// A number of the launch anywhere in what feeds a claim stops the verdict.
TEST(Claims, APoisonedDesignIsNotJudged) {
  for (const char* path :
       {"lane.chain.driver.power", "module.control_power", "lane.light.cw_laser.wall_plug_efficiency"}) {
    std::vector<SolvedDesign> designs = solved();
    designs[0].provenance[path] = {
        Kind::claim, "HG Genuine, OFC 2025: 5 pJ/bit", Layer::design, "0.16 W", {}};
    const std::vector<ClaimResult> results = judge(designs);
    for (const char* id : {"C1", "C2a", "C2b", "C5", "C6"}) {
      EXPECT_EQ(find(results, id).verdict, ClaimVerdict::pending) << id << " " << path;
      EXPECT_NE(find(results, id).hinges_on.find(path), std::string::npos) << id;
    }
    EXPECT_EQ(find(results, "C13").verdict, ClaimVerdict::reproduced);  // another design
  }
}

TEST(Claims, APoisonedBaselineIsNotJudgedEither) {
  std::vector<SolvedDesign> designs = solved();
  designs[1].provenance["lane.chain.retimer.input.power"] = {
      Kind::derived, "from the launch's 16.7 pJ/bit", Layer::design, "", {}};
  EXPECT_EQ(find(judge(designs), "C2b").verdict, ClaimVerdict::pending);
  EXPECT_EQ(find(judge(designs), "C2a").verdict, ClaimVerdict::conditional);
}

TEST(Claims, APremiseThatFeedsNothingDoesNotPoison) {
  std::vector<SolvedDesign> designs = solved();
  designs[0].provenance["cluster.node_bandwidth"] = {
      Kind::claim, "launch claim C9", Layer::struct_default, "81.92 Tb/s", {}};
  EXPECT_NE(find(judge(designs), "C6").verdict, ClaimVerdict::pending);
}

}  // namespace
}  // namespace waverack::study
