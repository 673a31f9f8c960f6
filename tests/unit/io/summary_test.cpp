// The summary fits one screen, whatever the width.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "waverack/design/solve.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/io/run.hpp"
#include "waverack/io/summary_text.hpp"
#include "waverack/io/test_point_lines.hpp"

namespace waverack::io {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct SolvedDesign {
  Input input;
  Result result;
};

const SolvedDesign& solved() {
  static const SolvedDesign all = [] {
    SolvedDesign s{load_design("cpo-3.2t", {"lane.pattern=PRBS9Q"}), {}};
    s.result = solve_input(s.input, {});
    return s;
  }();
  return all;
}

Check check(const std::string& name, Verdict verdict) {
  return {name, 1.0, 2.0, false, 1.0, "W", "a standard", verdict};
}

TEST(Summary, FitsAScreenOf80And100Columns) {
  Result crowded = solved().result;
  ASSERT_FALSE(test_point_lines(crowded, {}).empty());  // the lane names its standard
  for (int i = 0; i < 6; ++i) crowded.checks.push_back(check("module.power_w.with_laser", Verdict::pass));
  std::erase_if(crowded.checks, [](const Check& item) { return item.verdict == Verdict::fail; });
  for (const int width : {80, 100}) {
    Style style;
    style.width = width;
    const std::vector<std::string> lines = lines_of(summary_text(solved().input, crowded, style));
    EXPECT_LE(lines.size(), 40u) << width;
    for (const std::string& line : lines) EXPECT_LE(display_width(line), width) << line;
  }
}

// Watts and energies of any size: 123 pJ/bit is two columns wider than 1.2 pJ/bit.
TEST(Summary, FitsWhateverTheModuleDraws) {
  Result hungry = solved().result;
  for (const double factor : {0.01, 1.0, 30.0, 1000.0}) {
    module::Boundaries energy = solved().result.module.energy_per_bit;
    for (double* joules : {&energy.module, &energy.with_laser, &energy.with_host, &energy.with_cooling})
      *joules *= factor;
    hungry.module.energy_per_bit = energy;
    for (const int width : {80, 100}) {
      Style style;
      style.width = width;
      for (const std::string& line : lines_of(summary_text(solved().input, hungry, style)))
        EXPECT_LE(display_width(line), width) << line;
    }
  }
}

// The sentence and the tables below it write one number in one way.
TEST(Summary, WritesAnErrorRatioAlikeEverywhere) {
  for (const double ratio : {6e-9, 4.12e-5, 1e-4, 1.237e-3, 0.0456}) {
    link::LaneResult lane = solved().result.lane;
    lane.ber_pre_fec = ratio;
    const Result result = complete(solved().input.loaded, {}, std::move(lane));
    EXPECT_THAT(result.summary, HasSubstr("BER " + number_text(ratio) + " before FEC")) << ratio;
  }
}

TEST(Summary, ColourChangesNothingElse) {
  Style plain, colour;
  colour.colour = true;
  std::string text = summary_text(solved().input, solved().result, colour);
  EXPECT_THAT(text, HasSubstr("\x1b["));
  for (std::size_t at; (at = text.find("\x1b[")) != std::string::npos;)
    text.erase(at, text.find('m', at) + 1 - at);
  const std::string expected = summary_text(solved().input, solved().result, plain);
  EXPECT_THAT(expected, Not(HasSubstr("\x1b")));
  EXPECT_EQ(text, expected);
}

TEST(Summary, SaysWhatFailedFirst) {
  const std::vector<Check> checks{check("a", Verdict::pass), check("b", Verdict::pass),
                                  check("c", Verdict::info), check("d", Verdict::fail)};
  EXPECT_EQ(failed_check_lines(checks, {}),
            "Failed checks\n"
            " ✗  d  1.00 W  ≤  2.00 W  a standard\n");
  EXPECT_EQ(check_lines({checks[2], checks[3]}, {}),
            "Checks\n"
            " ✗  d  1.00 W  ≤  2.00 W  a standard\n"
            "    c  1.00 W  ≤  2.00 W  a standard\n");
  Result result = solved().result;
  result.checks = checks;
  EXPECT_THAT(summary_text(solved().input, result, {}),
              HasSubstr("2 of 4 checks passed, 1 failed, 1 without a value; no warnings"));
  result.checks = {checks[0], checks[1]};
  const std::string passed = summary_text(solved().input, result, {});
  EXPECT_THAT(passed, HasSubstr("2 of 2 checks passed; no warnings"));
  EXPECT_THAT(passed, Not(HasSubstr("Failed checks")));
}

}  // namespace
}  // namespace waverack::io
