// A simulated coherent lane that is stopped says so, wherever it is told.

#include <gmock/gmock.h>

#include <stop_token>

#include "waverack/io/coherent_lines.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/link/coherent_run.hpp"
#include "waverack/link/coherent_solve.hpp"

namespace waverack::io {
namespace {

using testing::HasSubstr;
using testing::Not;

link::CoherentResult stopped_before_it_began() {
  const Input input = load_design("zr-400g");
  std::stop_source stop;
  stop.request_stop();
  link::SolveOptions options;
  options.count.emplace().stop = stop.get_token();
  return *link::solve_coherent(input.loaded.design.lane, options).coherent;
}

std::string json_of(const link::CoherentResult& coherent) {
  JsonWriter json;
  json.begin_object();
  write_coherent(json, coherent);
  json.end_object();
  return json.take();
}

TEST(CoherentInterrupt, ARunThatIsStoppedIsMarked) {
  link::CoherentResult coherent = stopped_before_it_began();
  ASSERT_TRUE(coherent.simulation);
  EXPECT_TRUE(coherent.simulation->interrupted);
  EXPECT_FALSE(coherent.simulation->aligned);
  EXPECT_EQ(coherent.simulation->symbols, 0u);
  const std::string text = coherent_lines(coherent, {});
  EXPECT_THAT(text, HasSubstr("nothing was judged. (interrupted)"));
  EXPECT_THAT(text, Not(HasSubstr("did not find the frame")));
  EXPECT_THAT(json_of(coherent), HasSubstr("\"interrupted\": true"));
  // What was judged by then is told as ever.
  coherent.simulation->aligned = true;
  coherent.simulation->symbols = 65536;
  EXPECT_THAT(coherent_lines(coherent, {}), HasSubstr("(interrupted)"));
  EXPECT_THAT(coherent_lines(coherent, {}), HasSubstr("65 536 symbols judged"));
  coherent.simulation->interrupted = false;
  EXPECT_THAT(coherent_lines(coherent, {}), Not(HasSubstr("interrupted")));
  EXPECT_THAT(json_of(coherent), HasSubstr("\"interrupted\": false"));
}

}  // namespace
}  // namespace waverack::io
