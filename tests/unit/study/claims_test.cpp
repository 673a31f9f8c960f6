#include "waverack/study/claims.hpp"

#include <fmt/format.h>
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

std::vector<ClaimResult> judge_designs(std::vector<SolvedDesign> designs) {
  Evidence evidence;
  evidence.designs = std::move(designs);
  return judge(evidence);
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
    EXPECT_FALSE(claim.decides.empty()) << claim.id;
    EXPECT_FALSE(claim.would.empty()) << claim.id;
    if (claim.standing == Standing::judged) {
      EXPECT_FALSE(claim.quantity.empty()) << claim.id;
      EXPECT_FALSE(claim.boundary.empty()) << claim.id;
      EXPECT_FALSE(claim.basis.empty()) << claim.id;
      EXPECT_FALSE(claim.spread.empty()) << claim.id;
      EXPECT_FALSE(claim.command.empty()) << claim.id;
      EXPECT_LT(claim.low, claim.high) << claim.id;
    }
  }
  // C1 to C17 (facts: cluster 3.1); C18 to C21 are parts of C11, C13 and C16 with a quantity of their own.
  for (int number = 1; number <= 21; ++number)
    EXPECT_TRUE(numbers.contains(fmt::format("C{}", number))) << number;
  EXPECT_EQ(numbers.size(), 21u);
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
    for (const bool in : inside) list.push_back({.baseline = "", .computed = 1.0, .inside = in});
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
  const std::vector<ClaimResult> results = judge_designs(solved());
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
  const std::vector<ClaimResult> results = judge_designs(solved());
  const ClaimResult& saving = find(results, "C2b");
  EXPECT_EQ(saving.verdict, ClaimVerdict::conditional);
  std::map<std::string, double> by_name;
  for (const ClaimCase& item : saving.cases) by_name[item.baseline] = item.computed;
  EXPECT_NEAR(by_name.at("dsp-800g-dr8 as solved"), 69.9, 0.05);
  EXPECT_NEAR(by_name.at("1.6T DSP, 30 W"), 73.3, 0.05);
  EXPECT_NEAR(by_name.at("1.6T DSP of 2 nm, 20 W"), 60.0, 0.05);
  EXPECT_NEAR(by_name.at("1.6T LPO, 10 W"), 20.0, 0.05);
  // An engine that draws twice as much saves 70 % against nobody.
  const std::vector<ClaimResult> hungry = judge_designs(solved(24.0, 8.0));
  EXPECT_EQ(find(hungry, "C2b").verdict, ClaimVerdict::refuted);
}

TEST(Claims, ModulesPerNodeHingeOnTheFill) {
  const std::vector<ClaimResult> results = judge_designs({});
  const ClaimResult& node = find(results, "C9");
  EXPECT_EQ(node.verdict, ClaimVerdict::conditional);
  EXPECT_NEAR(node.computed, 128.0, 1e-9);
  EXPECT_NEAR(node.cases[2].computed, 103.0, 1e-9);
  EXPECT_NEAR(find(results, "C10").computed, 1.01, 0.005);
  EXPECT_EQ(find(results, "C10").verdict, ClaimVerdict::outside_scope);
}

TEST(Claims, LinearModuleAndLane) {
  const std::vector<ClaimResult> results = judge_designs(solved());
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
  EXPECT_EQ(find(judge_designs(designs), "C11").verdict, ClaimVerdict::reproduced);
  EXPECT_NEAR(find(judge_designs(designs), "C11").computed, 30.0, 1e-9);
  EXPECT_EQ(find(judge_designs(designs), "C16").verdict, ClaimVerdict::reproduced);
  designs[1].result.lane.feedback.level = 0.2;  // 3 dB above
  designs[2].result.lane.margin_db = 2.9;       // below the 3 dB of COM
  const std::vector<ClaimResult> worse = judge_designs(designs);
  EXPECT_EQ(find(worse, "C11").verdict, ClaimVerdict::conditional);
  EXPECT_NE(find(worse, "C11").hinges_on.find("not for reflections, silicon (-3.01)"), std::string::npos);
  EXPECT_EQ(find(worse, "C16").verdict, ClaimVerdict::refuted);
  designs[0].result.lane.feedback.present = false;  // a laser of which nothing is known
  EXPECT_EQ(find(judge_designs(designs), "C11").verdict, ClaimVerdict::pending);
}

TEST(Claims, WithoutDesignsTheyStayPending) {
  for (const ClaimResult& result : judge_designs({})) {
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
    const std::vector<ClaimResult> results = judge_designs(designs);
    for (const char* id : {"C1", "C2a", "C2b"}) {
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
  EXPECT_EQ(find(judge_designs(designs), "C2b").verdict, ClaimVerdict::pending);
  EXPECT_EQ(find(judge_designs(designs), "C2a").verdict, ClaimVerdict::conditional);
}

TEST(Claims, APremiseThatFeedsNothingDoesNotPoison) {
  std::vector<SolvedDesign> designs = solved();
  designs[0].provenance["cluster.node_bandwidth"] = {
      Kind::claim, "launch claim C9", Layer::struct_default, "81.92 Tb/s", {}};
  EXPECT_NE(find(judge_designs(designs), "C2b").verdict, ClaimVerdict::pending);
}

// 15 % of 16 W over 3.2 Tb/s either way; against 12 to 14 W of 800 Gb/s: 1 − 5.75/15 and 1 − 4.25/17.5.
TEST(Claims, RangesOfTheirNumbers) {
  const std::vector<ClaimResult> results = judge_designs(solved());
  const ClaimResult& energy = find(results, "C2a");
  EXPECT_NEAR(energy.computed_low, 4.25, 1e-9);
  EXPECT_NEAR(energy.computed_high, 5.75, 1e-9);
  for (const ClaimCase& item : find(results, "C2b").cases) {
    EXPECT_LT(item.low, item.computed) << item.baseline;
    EXPECT_LT(item.computed, item.high) << item.baseline;
    if (!item.baseline.starts_with("800G DSP")) continue;
    EXPECT_NEAR(item.low, 100.0 * (1.0 - 5.75 / 15.0), 1e-9);
    EXPECT_NEAR(item.high, 100.0 * (1.0 - 4.25 / 17.5), 1e-9);
  }
}

// A claim is judged on what it says that it needs, and on nothing else.
TEST(Claims, NeedsAreEnough) {
  std::vector<SolvedDesign> all = solved();
  for (const char* id : {"C1", "C2a", "C2b", "C13"}) {
    Evidence evidence;
    for (const SolvedDesign& design : all)
      for (std::string_view name : claim_of(id).needs.designs)
        if (design.name == name) evidence.designs.push_back(design);
    const ClaimResult alone = judge(claim_of(id), evidence);
    EXPECT_EQ(alone.verdict, find(judge_designs(all), id).verdict) << id;
    EXPECT_TRUE(alone.obstacle.empty()) << alone.obstacle;
    evidence.designs.pop_back();
    EXPECT_EQ(judge(claim_of(id), evidence).verdict, ClaimVerdict::pending) << id;
    EXPECT_NE(judge(claim_of(id), evidence).hinges_on.find("needs the solved design"), std::string::npos)
        << id;
  }
  EXPECT_THROW(claim_of("C99"), std::logic_error);
}

Check check(std::string name, Verdict verdict) {
  Check made;
  made.name = std::move(name);
  made.verdict = verdict;
  return made;
}

TEST(Claims, MeasuresOfTheLinearModule) {
  std::vector<SolvedDesign> designs = solved();
  EXPECT_EQ(find(judge_designs(designs), "C19").verdict, ClaimVerdict::pending);  // nothing was measured
  designs[2].result.checks = {check("lane.test_points.TP2.tdecq_db", Verdict::pass),
                              check("lane.test_points.TP4.eecq_db", Verdict::pass),
                              check("lane.test_points.TP1a.vma_v", Verdict::fail)};
  EXPECT_EQ(find(judge_designs(designs), "C19").verdict, ClaimVerdict::reproduced);
  EXPECT_EQ(find(judge_designs(designs), "C19").figures.size(), 2u);
  designs[2].result.checks[1].verdict = Verdict::fail;
  EXPECT_EQ(find(judge_designs(designs), "C19").verdict, ClaimVerdict::conditional);
}

// A cable of $900 against two modules of $1,000 and two of $600: 55 and 25 %; 10 W an end against 12.5 and 9
// W.
TEST(Claims, CopperOnCost) {
  Evidence evidence;
  for (const auto& [name, watts] :
       {std::pair{"aec-1.6t", 10.0}, {"dr8-1.6t-dsp", 12.5}, {"lpo-1.6t-osfp", 9.0}})
    evidence.designs.push_back({name, {}, {}}),
        evidence.designs.back().result.module = module_of(1.6e12, watts, 0, 0);
  const auto price = [](std::string item, double usd) {
    cluster::Price row;
    row.item = std::move(item);
    row.usd = {usd, 0.9 * usd, 1.1 * usd};
    return row;
  };
  evidence.prices.rows = {price("aec-1.6t", 900.0), price("dr8-1.6t-dsp", 1000.0),
                          price("lpo-1.6t-osfp", 600.0)};
  const ClaimResult cost = judge(claim_of("C20"), evidence);
  EXPECT_EQ(cost.verdict, ClaimVerdict::conditional);
  EXPECT_NEAR(cost.cases[0].computed, 55.0, 1e-9);
  EXPECT_NEAR(cost.cases[0].low, 100.0 * (1.0 - 990.0 / 1800.0), 1e-9);
  EXPECT_NEAR(cost.cases[1].computed, 25.0, 1e-9);
  EXPECT_NEAR(cost.cases[2].computed, 20.0, 1e-9);
  EXPECT_NEAR(cost.cases[3].computed, 100.0 * (1.0 - 10.0 / 9.0), 1e-9);
  EXPECT_FALSE(cost.cases[3].inside);
  evidence.prices.rows.pop_back();  // a price that is not known is not judged
  EXPECT_EQ(judge(claim_of("C20"), evidence).verdict, ClaimVerdict::pending);
}

// A hundred modules between 4 and 6 dB, evenly, of 6 dB as designed: the 5 % module has 4.1 dB and lost 1.9
// dB. With a DSP between 5 and 6 dB: it has 5.05 dB.
TEST(Claims, MarginThatSpreadsTakeFromLinearModules) {
  const auto made = [](std::string name, double from, double width) {
    MadeModules modules;
    modules.name = std::move(name);
    modules.result.margin.nominal = 6.0;
    modules.result.module_margins = {from, width, {50, 50}};
    modules.result.by_spares = {SpareRow{}};
    return modules;
  };
  Evidence evidence;
  evidence.yields = {made("lpo-1.6t-osfp", 4.0, 1.0), made("dr8-1.6t-dsp", 5.0, 0.5)};
  const ClaimResult lost = judge(claim_of("C14"), evidence);
  EXPECT_EQ(lost.verdict, ClaimVerdict::reproduced);
  EXPECT_NEAR(lost.computed, 1.9 - 0.95, 1e-9);
  EXPECT_NEAR(lost.computed_low, 1.84 - 0.98, 1e-9);  // 8 % of one, 2 % of the other
  EXPECT_NEAR(lost.computed_high, 1.96 - 0.92, 1e-9);
  evidence.yields[0].provenance["lane.chain.tia.power"] = {Kind::claim, "HG Genuine", Layer::card, "1 W", {}};
  EXPECT_EQ(judge(claim_of("C14"), evidence).verdict, ClaimVerdict::pending);
}

}  // namespace
}  // namespace waverack::study
