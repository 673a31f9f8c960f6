// waverack fec

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "call_text.hpp"
#include "command.hpp"
#include "fec_files.hpp"
#include "waverack/base/units.hpp"
#include "waverack/io/fec_output.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct FecArguments {
  io::FecQuestion question;
  std::string rate, folder;
  FecFiles files;
};

// The call that gives the same numbers again.
std::string command_of(const FecArguments& arguments) {
  const io::FecQuestion& q = arguments.question;
  std::string text = fmt::format("waverack fec --ber {} --code {}", q.ber, q.code);
  if (q.interleave > 0) text += fmt::format(" --interleave {}", q.interleave);
  if (q.burst > 0.0) text += fmt::format(" --burst {}", q.burst);
  if (q.precoded) text += " --precoded";
  if (q.lanes > 1) text += fmt::format(" --lanes {}", q.lanes);
  text += fmt::format(" --target {}", q.target);
  if (arguments.question.ber == 0.0)
    throw Error(ErrorInfo{{}, "--ber", "the bit error ratio is missing", "waverack fec --ber 2.4e-4", {}});
  if (!arguments.rate.empty()) append_option(text, "--rate", {arguments.rate});
  if (q.code == "KP4+inner") text += fmt::format(" --test-bits {} --blocks {}", q.test_bits, q.blocks);
  std::string counted;
  for (const std::uint64_t n : q.counted) counted += (counted.empty() ? "" : ",") + std::to_string(n);
  if (!counted.empty()) append_option(text, "--counted", {counted});
  return text + " -o again";
}

ExitCode answer(FecArguments arguments, Console& console) {
  if (!arguments.files.step.empty()) {
    arguments.files.code = arguments.question.code;
    return code_files(arguments.files, console);
  }
  if (!arguments.rate.empty()) arguments.question.rate = parse_quantity(arguments.rate, "bit/s");
  io::FecAnswer found = io::answer_fec(arguments.question);
  found.command = command_of(arguments);
  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_fec(found, arguments.folder);
  console.print(console.json ? io::fec_json(found) : io::fec_text(found, console.style()));
  if (!files.empty()) console.note(written_text(arguments.folder, files));
  return good;
}

}  // namespace

Action declare_fec(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<FecArguments>();
  io::FecQuestion& q = arguments->question;
  FecFiles& files = arguments->files;
  auto* step = app.add_option("STEP", files.step, "encode or decode: code a file of bytes, nothing else.")
                   ->check(CLI::IsMember({"encode", "decode"}))
                   ->type_name("");
  auto* input = app.add_option("INPUT", files.input, "What is coded.")->type_name("");
  auto* output = app.add_option("OUTPUT", files.output, "Where it goes.")->type_name("");
  step->needs(input, output);
  app.add_option("--ber", q.ber, "Bit error ratio of what reaches the decoder.")->type_name("RATIO");
  app.add_option("--code", q.code,
                 "KP4, KR4, or KP4+inner: the (128,120) code of 802.3dj inside. Of files: KP4, KR4 or inner.")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option(
         "--interleave", q.interleave,
         "Codewords that take turns on the lane symbol by symbol; with the inner code those that share "
         "its blocks: 1, 2, 4 or 12. 1, or 12, where it is left out.")
      ->type_name("N");
  app.add_option("--burst", q.burst,
                 "Chance that a wrong decision follows a wrong one; 0: independent bit errors.")
      ->type_name("CHANCE")
      ->capture_default_str();
  app.add_flag("--precoded", q.precoded, "1/(1 + D) precoding: the start and the end of a burst are wrong.");
  app.add_option("--lanes", q.lanes, "Lanes that carry equal shares of each codeword.")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--target", q.target, "Loss ratio of 64-octet frames that is allowed.")
      ->type_name("RATIO")
      ->capture_default_str();
  app.add_option("--rate", arguments->rate, "Rate of the interface without coding, for the latency.")
      ->type_name("\"800 Gb/s\"");
  app.add_option("--test-bits", q.test_bits, "Weakest bits that the inner decoder tests, 2 to 6.")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--blocks", q.blocks, "Inner codewords that are drawn for each ratio.")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--counted", q.counted,
                 "Codewords with 0, 1, 2 … wrong symbols, the last number all above: their tail.")
      ->type_name("N,N,…")
      ->delimiter(',');
  app.add_option("--threads", q.threads, "Threads; 0 for all cores. The result does not depend on it.")
      ->capture_default_str();
  app.add_option("-o", arguments->folder, "Write report.html, fec.json and series/*.csv there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return answer(*arguments, c); };
}

}  // namespace waverack::app
