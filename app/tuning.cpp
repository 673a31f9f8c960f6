#include "tuning.hpp"

namespace waverack::app {

void declare_tuning(CLI::App& app, TuningArguments& arguments, const std::string& tune_help) {
  app.add_option("--tune", arguments.entries, tune_help)
      ->type_name("PATH[=LOW:HIGH]")
      ->allow_extra_args(false);
  app.add_option(
         "--tune-for", arguments.goal,
         "What numbers are found for: ber, the lowest error ratio and the default, or tecq, the least "
         "TECQ at the last optical test point in front of the fibre.")
      ->type_name("GOAL");
}

}  // namespace waverack::app
