#include "waverack/io/claims_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace waverack::io {
namespace {

using study::ClaimResult;
using study::ClaimVerdict;
using testing::HasSubstr;
using testing::Not;

// C2a with two readings, 4.8 inside and 6.0 outside a band of 4.25 to 5.75.
ClaimResult energy() {
  ClaimResult claim;
  claim.id = "C2a";
  claim.claim = "5 pJ/bit";
  claim.computed = 4.8;
  claim.low = 4.25;
  claim.high = 5.75;
  claim.unit = "pJ/bit";
  claim.boundary = "with_laser";
  claim.verdict = ClaimVerdict::conditional;
  claim.command = "waverack run <design> & more";
  claim.cases = {{"with_laser", 4.8, 4.08, 5.52, true}, {"with_host", 6.0, 5.1, 6.9, false}};
  claim.figures = {{"the same with the host's SerDes", 15.2, "W"},
                   {"what decides, published watts", 0.0, "", "host loss"}};
  return claim;
}

std::string page(ClaimResult claim, Language language, const std::string& twin = "") {
  return claims_page(std::span(&claim, 1), language, twin);
}

TEST(ClaimsPage, SaysTheVerdictInASentence) {
  const std::string english = page(energy(), Language::english);
  EXPECT_THAT(english, HasSubstr("It holds under 1 of 2 readings: module and lasers."));
  EXPECT_THAT(english, HasSubstr("4.08 … 5.52"));
  EXPECT_THAT(english, HasSubstr("4.25 … 5.75 pJ/bit"));
  EXPECT_THAT(english, HasSubstr("host loss"));
  EXPECT_THAT(page(energy(), Language::chinese), HasSubstr("2 种解读中有 1 种成立：模块加激光器。"));

  // 4.08 to 5.52 leaves the band and 5.1 to 6.9 enters it.
  EXPECT_THAT(english, HasSubstr("Within the ranges of its inputs 2 of 2 could come out the other way."));
  ClaimResult sure = energy();
  sure.cases[0].low = 4.3;
  sure.cases[1].low = 5.8;
  EXPECT_THAT(page(sure, Language::english), Not(HasSubstr("the other way")));

  ClaimResult refuted = energy();
  refuted.verdict = ClaimVerdict::refuted;
  for (study::ClaimCase& item : refuted.cases) item.inside = false;
  EXPECT_THAT(page(refuted, Language::english),
              HasSubstr("None of 2 readings gives a value in our band of 4.25 … 5.75 pJ/bit; the first gives "
                        "4.80 pJ/bit."));
  ClaimResult one = energy();
  one.verdict = ClaimVerdict::reproduced;
  one.cases.resize(1);
  EXPECT_THAT(page(one, Language::english), HasSubstr("Our model gives 4.80 pJ/bit, inside our band of"));
  ClaimResult lacking = energy();
  lacking.verdict = ClaimVerdict::pending;
  lacking.cases.clear();
  lacking.obstacle = "needs the solved design cpo-3.2t: waverack claims C2a";
  EXPECT_THAT(page(lacking, Language::english), HasSubstr("needs the solved design cpo-3.2t"));
}

TEST(ClaimsPage, QuotesAndTranslates) {
  for (const Language language : {Language::english, Language::chinese}) {
    const std::string text = page(energy(), language);
    EXPECT_THAT(text, HasSubstr("“5 pJ/bit”"));
    EXPECT_THAT(text, HasSubstr("waverack run &lt;design&gt; &amp; more"));
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_THAT(text, Not(HasSubstr("class=\"languages\"><a")));
    EXPECT_THAT(text, Not(HasSubstr("class=\"untranslated\"")));
  }
  EXPECT_THAT(page(energy(), Language::english, "c.zh.html"),
              HasSubstr("<a href=\"c.zh.html\" lang=\"zh\">"));
  ClaimResult odd = energy();
  odd.cases[0].baseline = "a reading without a translation";
  EXPECT_THAT(page(odd, Language::chinese), HasSubstr("class=\"untranslated\""));
}

TEST(ClaimsPage, NamesOfPages) {
  EXPECT_EQ(page_name("docs/claims.html", Language::english), "docs/claims.html");
  EXPECT_EQ(page_name("docs/claims.html", Language::chinese), "docs/claims.zh.html");
}

// Every text of the ledger that the page shows.
TEST(ClaimsPage, TheLedgerHasItsChinese) {
  for (const study::Claim& claim : study::claims_ledger()) {
    for (std::string_view text :
         {claim.claim, claim.quantity, claim.boundary, claim.basis, claim.spread, claim.decides, claim.would})
      EXPECT_TRUE(text.empty() || !chinese_of(text).empty()) << claim.id << ": " << text;
    for (const study::Reference& reference : claim.baselines)
      EXPECT_FALSE(chinese_of(reference.name).empty()) << claim.id << ": " << reference.name;
  }
}

}  // namespace
}  // namespace waverack::io
