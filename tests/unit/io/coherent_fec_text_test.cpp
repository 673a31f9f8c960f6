// What a coherent lane's FEC made of its errors is told in text and judged by a check.

#include <gmock/gmock.h>

#include <algorithm>

#include "waverack/design/checks.hpp"
#include "waverack/io/coherent_lines.hpp"
#include "waverack/io/headline.hpp"

namespace waverack::io {
namespace {

using testing::HasSubstr;
using testing::Not;

link::CoherentResult decoded(std::uint64_t errors) {
  link::CoherentResult coherent;
  coherent.code = "oFEC";
  coherent.fec_mode = "decoded";
  coherent.error_free = errors == 0;
  coherent.simulation.emplace();
  coherent.simulation->aligned = true;
  coherent.simulation->decoded_bits = 1506048;
  coherent.simulation->decoded_errors = errors;
  // −ln(0.025)/n, Clopper and Pearson without errors.
  coherent.post_fec_ber = errors == 0 ? 3.689 / 1506048 : static_cast<double>(errors) / 1506048;
  return coherent;
}

Result result_with(link::CoherentResult coherent) {
  Result result;
  result.lane.ber_pre_fec = 1e-2;
  result.lane.margin_db = 1.0;
  result.design.lane.ber_limit = 2e-2;
  result.lane.coherent = std::move(coherent);
  result.checks = check_limits(result, {});
  return result;
}

Verdict verdict_on(const Result& result, std::string_view name) {
  const auto found = std::find_if(result.checks.begin(), result.checks.end(),
                                  [&](const Check& check) { return check.name == name; });
  return found == result.checks.end() ? Verdict::info : found->verdict;
}

Headline behind_fec(const Result& result) {
  for (const Headline& item : headline(result))
    if (item.label == "BER after FEC") return item;
  return {};
}

TEST(CoherentFecText, SaysTheModeAndWhatIsLeft) {
  EXPECT_THAT(coherent_lines(decoded(0), {}), HasSubstr("left 0 wrong of 1 506 048 bits"));
  EXPECT_THAT(coherent_lines(decoded(0), {}), HasSubstr("below 2.4e-6"));
  EXPECT_THAT(coherent_lines(decoded(150605), {}), HasSubstr("BER after FEC 0.1"));
  link::CoherentResult judged;
  judged.code = "C-FEC";
  judged.fec_mode = "threshold";
  judged.error_free = true;
  judged.post_fec_ber = 1e-15;
  EXPECT_THAT(coherent_lines(judged, {}), HasSubstr("C-FEC was not decoded"));
  EXPECT_THAT(coherent_lines(judged, {}), HasSubstr("below 1.0e-15"));
  judged.error_free = false;
  judged.post_fec_ber = 3e-2;
  EXPECT_THAT(coherent_lines(judged, {}), HasSubstr("does not correct"));
  EXPECT_THAT(coherent_lines(judged, {}), Not(HasSubstr("below")));
}

TEST(CoherentFecText, ErrorsOfTheDecoderFailACheckAndTheHeadline) {
  const Result good = result_with(decoded(0)), bad = result_with(decoded(1));
  EXPECT_EQ(verdict_on(good, "lane.coherent.simulation.decoded_errors"), Verdict::pass);
  EXPECT_EQ(verdict_on(bad, "lane.coherent.simulation.decoded_errors"), Verdict::fail);
  EXPECT_EQ(behind_fec(good).verdict, Verdict::pass);
  EXPECT_EQ(behind_fec(bad).verdict, Verdict::fail);
  EXPECT_THAT(behind_fec(good).value, HasSubstr("below"));
}

TEST(CoherentFecText, AFrameThatIsNotFoundFailsACheck) {
  link::CoherentResult lost = decoded(0);
  lost.simulation->decoded_bits = 0;
  lost.simulation->aligned = false;
  EXPECT_EQ(verdict_on(result_with(lost), "lane.coherent.simulation.aligned"), Verdict::fail);
  lost.simulation->interrupted = true;
  EXPECT_EQ(verdict_on(result_with(lost), "lane.coherent.simulation.aligned"), Verdict::info);
}

}  // namespace
}  // namespace waverack::io
