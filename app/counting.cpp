#include "counting.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

namespace waverack::app {
namespace {

// One line on a terminal that is written over and over, and taken away at the end.
class CountingLine {
 public:
  CountingLine() : start_(Clock::now()), shown_(start_) {}
  ~CountingLine() {
    if (wrote_) std::fputs("\r\033[K", stderr);
  }
  CountingLine(const CountingLine&) = delete;
  CountingLine& operator=(const CountingLine&) = delete;

  void show(const link::CountProgress& progress) {
    const Clock::time_point now = Clock::now();
    if (now - shown_ < std::chrono::milliseconds(200)) return;
    if (progress.symbols < last_symbols_) start_ = now;  // the next segment
    last_symbols_ = progress.symbols;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double done = static_cast<double>(progress.symbols) / static_cast<double>(progress.wanted);
    std::string line =
        fmt::format("{:.3g} of {:.3g} symbols, {} wrong bits", static_cast<double>(progress.symbols),
                    static_cast<double>(progress.wanted), progress.bit_errors);
    if (progress.bit_errors > 0)
      line += fmt::format(", BER {:.2g}",
                          static_cast<double>(progress.bit_errors) / static_cast<double>(progress.bits));
    if (seconds > 1.0)
      line +=
          fmt::format(", {:.3g} million symbols/s, {:.0f} s left",
                      static_cast<double>(progress.symbols) / seconds * 1e-6, seconds * (1.0 - done) / done);
    std::fprintf(stderr, "\r%s; Ctrl-C keeps the result so far\033[K", line.c_str());
    wrote_ = true;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_, shown_;
  std::uint64_t last_symbols_ = 0;
  bool wrote_ = false;
};

}  // namespace

void declare_counting(CLI::App& app, CountingArguments& arguments) {
  app.add_option("--solver", arguments.solver,
                 "semi-analytic (default); waveform, which counts errors of symbols that it sends; or "
                 "importance, which aims at errors too rare to be counted.")
      ->type_name("NAME")
      ->check(CLI::IsMember({"semi-analytic", "waveform", "importance"}));
  app.add_option(
         "--symbols", arguments.symbols,
         "Symbols that the waveform solver sends, 1e7 by default; decisions that are aimed at errors, at "
         "most 1e6 by default.")
      ->type_name("N")
      ->check(CLI::Range(1.0, 1e13));
  app.add_option(
         "--precision", arguments.precision,
         "Stop when the 95 % interval of the error ratio is this narrow: half its width over the ratio. "
         "0.1 by default for the importance solver.")
      ->type_name("P")
      ->check(CLI::Range(1e-4, 1.0));
  app.add_flag("--soft", arguments.soft,
               "Count the reliabilities of bits too, and what a soft decoder can make of them.");
  app.add_option("--source", arguments.source, "Symbols of the waveform solver: random (default) or PRBS31Q.")
      ->type_name("NAME")
      ->check(CLI::IsMember({"random", "PRBS31Q"}));
}

void require_solver(const CountingArguments& arguments) {
  if (arguments.counts()) return;
  for (const auto& [given, name] :
       {std::pair{arguments.symbols.has_value() && !arguments.weighs(), "--symbols"},
        std::pair{arguments.precision.has_value() && !arguments.weighs(), "--precision"},
        std::pair{arguments.source.has_value(), "--source"}, std::pair{arguments.soft, "--soft"}})
    if (given)
      throw Error(
          ErrorInfo{{}, name, "only the waveform solver sends symbols", "with --solver waveform", {}});
}

link::CountOptions count_options(const CountingArguments& arguments, std::stop_token stop,
                                 const Console& console) {
  link::CountOptions options;
  options.symbols = static_cast<std::uint64_t>(arguments.symbols.value_or(1e7));
  options.precision = arguments.precision.value_or(0.0);
  if (arguments.source == "PRBS31Q") options.pattern = link::SymbolPattern::prbs31q;
  options.soft = arguments.soft;
  options.stop = std::move(stop);
  if (!console.quiet && isatty(STDERR_FILENO))
    options.progress = [line = std::make_shared<CountingLine>()](const link::CountProgress& progress) {
      line->show(progress);
    };
  return options;
}

link::RareErrorOptions weigh_options(const CountingArguments& arguments, std::stop_token stop) {
  link::RareErrorOptions options;
  options.decisions = static_cast<std::uint64_t>(arguments.symbols.value_or(1e6));
  options.precision = arguments.precision.value_or(0.1);
  options.stop = std::move(stop);
  return options;
}

}  // namespace waverack::app
