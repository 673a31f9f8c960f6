// The program: a table of commands, and one place that turns mistakes into messages and exit codes.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <span>
#include <string>
#include <vector>

#include "command.hpp"
#include "help.hpp"
#include "waverack/base/text.hpp"
#include "waverack/io/version.hpp"

namespace waverack::app {
namespace {

constexpr Command table[] = {
    {"run", "DESIGN", "Solve a design: one lane, its module, the cluster of them",
     "waverack run cpo-3.2t\n"
     "waverack run my.toml -o out                       report.html, result.json and series/*.csv in out/\n"
     "waverack run my.toml --set \"lane.chain.fibre.length=2 km\"\n"
     "waverack run my.toml --why                        everything behind the summary\n"
     "waverack run out/result.json                      run a result again\n",
     &declare_run},
    {"check", "DESIGN", "Read a design and show its chain without solving it",
     "waverack check my.toml                            parts, planes, segments, warnings\n"
     "waverack check - < my.toml\n",
     &declare_check},
    {"sweep", "DESIGN --vary PATH=a:b:n", "Solve a design at every point of a grid over some of its paths",
     "waverack sweep cpo-3.2t --vary \"lane.chain.fibre.length=0.5 km:10 km:20\"\n"
     "waverack sweep cpo-3.2t --vary \"lane.chain.fibre.length=0.1 km:10 km:9:log\" -o out   report and "
     "numbers\n"
     "waverack sweep my.toml --vary \"lane.chain.tia.bandwidth=30 GHz:60 GHz:7\" \\\n"
     "                       --vary \"lane.chain.fibre.length=500 m,2 km\"        two paths: 14 points\n"
     "waverack sweep my.toml --vary lane.chain.tia.card=tia-28nm,tia-finfet-112g --quantity lane.margin_db\n",
     &declare_sweep},
    {"yield", "DESIGN",
     "How many of the modules that are made are good, why others are not, and how they fail",
     "waverack yield cpo-3.2t                           10 000 modules, with and without spare lanes\n"
     "waverack yield cpo-3.2t --modules 100000 --spares 1 --sampling sobol -o out   report and numbers\n"
     "waverack yield my.toml --set \"lane.chain.mach_zehnder.spread.v_pi_l.sigma=8 %\"\n"
     "waverack yield my.toml --modules 100 --full       every lane solved in full, beside the fast path\n",
     &declare_yield},
    {"compare", "DESIGN DESIGN...", "Put the same questions to several designs, side by side",
     "waverack compare cpo-3.2t dsp-800g-dr8 lpo-1.6t-osfp\n"
     "waverack compare before/result.json after.toml --json\n",
     &declare_compare},
    {"calibrate", "DESIGN", "Run the calibration loops of a design: locks, tuning on the line, adaptation",
     "waverack calibrate cpo-3.2t-dwdm                  locks of a ring, and which ring takes which "
     "wavelength\n"
     "waverack calibrate lpo-1.6t-osfp --loop tuning    driver and host taps by few noisy measurements\n"
     "waverack calibrate my.toml --set \"module.calibration.ring.ramp=2000 K/s\" -o out   report and "
     "numbers\n",
     &declare_calibrate},
    {"claims", "[ID...]", "The launch claims, each computed first and judged afterwards",
     "waverack claims\n"
     "waverack claims C2a C2b                           in full: cases, baselines, sources\n"
     "waverack claims --html claims.html                as a page, and its Chinese twin claims.zh.html\n",
     &declare_claims},
    {"channel", "FILE.s4p",
     "Loss, fitted loss, return loss, crosstalk, pulse response and impedance of a channel",
     "waverack channel thru.s4p                         ports are found in the data\n"
     "waverack channel thru.s4p --fext f1.s4p f2.s4p --next n1.s4p --ports 1,3,2,4 -o out\n"
     "waverack channel thru.s4p --symbol-rate \"106.25 GBd\" --json\n"
     "waverack channel --cascade a.s4p b.s4p -o ab.s4p  one file of two in a row\n",
     &declare_channel},
    {"erl", "FILE.s4p", "Effective return loss of a channel",
     "waverack erl thru.s4p\n"
     "waverack erl thru.s4p --profile 3ck-kr            settings and limit of a parameter sheet\n"
     "waverack erl thru.s4p --symbol-rate \"106.25 GBd\" --set erl.length=800 --set erl.equalised=0\n",
     &declare_erl},
    {"tdecq", "CAPTURE.csv", "TECQ, TDECQ or EECQ of a waveform that an oscilloscope captured",
     "waverack tdecq scope.csv --symbol-rate 53.125GBd --unit uW --reference-filter applied\n"
     "waverack tdecq scope.csv --profile 400gbase-dr4 --dark 1.3 --scope-noise 4.2 -o out   limits and a "
     "report\n"
     "waverack tdecq volts.csv --symbol-rate 106.25GBd --unit mV --reference-filter needed  EECQ and VMA\n"
     "waverack tdecq values.csv --sample-interval 0.5ps --profile 400gbase-dr4 --unit W --after-fibre\n",
     &declare_tdecq},
    {"com", "THRU.s4p", "Channel operating margin of a channel with its crosstalk (802.3 Annex 93A, 178A)",
     "waverack com thru.s4p --fext f1.s4p f2.s4p --next n1.s4p --profile 3ck-c2c\n"
     "waverack com thru.s4p --config sheet.csv          a sheet of the reference code, saved as CSV\n"
     "waverack com --batch cases.csv --profile 3ck-kr   many channels, a row for each package case\n"
     "waverack com thru.s4p --profile my.toml -o out    report, JSON and series as CSV\n",
     &declare_com},
    {"fec", "--ber RATIO", "What forward error correction makes of an error ratio, also of bursts",
     "waverack fec --ber 2.4e-4 --code KP4 --interleave 4 --burst 0.5\n"
     "waverack fec --ber 4.85e-3 --code KP4+inner --rate \"1.6 Tb/s\"   the inner code of 802.3dj, drawn and "
     "counted\n"
     "waverack fec --ber 1e-5 --counted 254000,42000,3600,230,10,1    the tail of a counted histogram\n"
     "waverack fec --ber 2.4e-4 --burst 0.75 --precoded -o out         report with the waterfall, and "
     "numbers\n"
     "waverack fec encode message.bin codewords.bin --code KP4          bytes to codewords, and back with "
     "decode\n",
     &declare_fec},
    {"line", "NETWORK.json --equipment FILE",
     "OSNR, GSNR and interference along a line system of GNPy, and which modules work over it",
     "waverack line network.json --equipment eqpt.json               two transceivers\n"
     "waverack line network.json --equipment eqpt.json --from trx_A --to trx_B -o out   report and numbers\n"
     "waverack line network.json --equipment eqpt.json --module my.toml --power \"1 dBm\"\n"
     "waverack line network.json --equipment eqpt.json --transceiver Voyager --mode \"mode 1\" --json\n",
     &declare_line},
    {"thermal", "STACK", "Temperatures of a layered stack: dies, cold plates, coolant; steady and in time",
     "waverack thermal two-chiplets                     a built-in stack\n"
     "waverack thermal my.toml -o out                   report with maps, thermal.json, VTK, series/*.csv\n"
     "waverack thermal my.toml --power power.csv --set \"faces.plate.temperature=30 degC\"\n"
     "waverack thermal my.toml --influence --json       kelvin for each watt of every block\n",
     &declare_thermal},
    {"cluster", "CLUSTER",
     "Networks, watts, cooling, failures and cost of a whole cluster, built in several ways",
     "waverack cluster gb300-18k                        a built-in cluster in three ways\n"
     "waverack cluster my.toml -o out                   report, cluster.json, bom.csv, power.csv, links.csv\n"
     "waverack cluster gb300-18k --set gpus=9216 --set hall.climate=hot_humid\n"
     "waverack cluster my.toml --prices my-prices.csv --pareto --json\n",
     &declare_cluster},
    {"topology", "FILE", "What a topology file of another tool holds, and the same in the format of another",
     "waverack topology Spectrum-X_16g_8gps_100Gbps_A100              SimAI: links by class, switches\n"
     "waverack topology fat_tree.topo --json                          csg-htsim\n"
     "waverack topology fat_tree.topo --as simai -o fat_tree.simai    link by link\n"
     "waverack topology network.yml                                   ASTRA-sim\n",
     &declare_topology},
    {"explain", "PATH", "What a key means: unit, range, default, and where its numbers come from",
     "waverack explain lane.symbol_rate                 a key\n"
     "waverack explain lane.chain.mach_zehnder.v_pi_l   a key of a part, with what the cards say\n"
     "waverack explain tia                              a part and all of its keys\n"
     "waverack explain cluster                          a table\n"
     "waverack explain hall.facility_water              a key of a cluster's file\n",
     &declare_explain},
    {"list", "parts|designs|cards|profiles|stacks|clusters", "What is built in",
     "waverack list parts\n"
     "waverack list designs\n"
     "waverack list cards\n"
     "waverack list profiles                            limits and methods of standards\n",
     &declare_list},
    {"schema", "design|cluster|result", "JSON Schema of the files that are read and written",
     "waverack schema design > waverack.schema.json     for an editor that completes TOML\n"
     "waverack schema cluster\n"
     "waverack schema result\n",
     &declare_schema},
    {"new", "NAME --from DESIGN", "Start a design of your own from a built-in one",
     "waverack new my --from cpo-3.2t                   writes my.toml\n", &declare_new},
};

const Command* find_command(std::string_view name) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const Command& c) { return c.name == name; });
  return found == std::end(table) ? nullptr : found;
}

// CLI11 names what it cannot place; the nearest option is ours to find.
ErrorInfo usage_error(const Command& command, const CLI::App& app, const CLI::ParseError& error) {
  ErrorInfo info{
      {}, {}, error.what(), "waverack " + std::string(command.name) + " --help shows the arguments", {}};
  const std::vector<std::string> extras = app.remaining();
  if (extras.empty()) return info;
  const std::string& extra = extras.front();
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    if (!option->get_positional()) names.push_back("--" + option->get_single_name());
  info.message = (extra.starts_with('-') ? "there is no option '" : "one argument too many: '") + extra + "'";
  if (extra.starts_with("--")) info.nearest = nearest_name(extra, names);
  return info;
}

ExitCode run_command(const Command& command, std::span<char*> arguments, Console& console) {
  CLI::App app;
  app.set_help_flag("-h,--help", "Show this.");
  // Kept for the error: CLI11 throws before it tells what was left over.
  app.allow_extras();
  const Action action = command.declare(app, console);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
    if (app.remaining_size() > 0) throw CLI::ExtrasError(app.remaining());
  } catch (const CLI::CallForHelp&) {
    console.print(command_help(command, app));
    return good;
  } catch (const CLI::ParseError& error) {
    console.error(usage_error(command, app, error));
    return wrong_input;
  }
  return action(console);
}

ExitCode dispatch(std::span<char*> arguments, Console& console) {
  const std::string_view first = arguments.empty() ? "--help" : arguments[0];
  if (first == "-h" || first == "--help" || first == "help") {
    console.print(program_help());
    return good;
  }
  if (first == "--version") {
    console.print("waverack " + std::string(version()) + " (" + std::string(commit()) + ")\n");
    return good;
  }
  if (const Command* command = find_command(first))
    return run_command(*command, arguments.subspan(1), console);
  console.error(not_a_command(first));
  return wrong_input;
}

// hypre brings MPI, which looks for a cluster around the program unless it is told that there is none: 300 ms
// instead of 30. Who sets these otherwise is not overruled.
void start_alone() {
  setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
  setenv("OMPI_MCA_btl", "self", 0);
  setenv("OMPI_MCA_pml", "ob1", 0);
}

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace waverack::app

int main(int count, char** words) {
  using namespace waverack::app;
  // A closed pipe is then an error of write(), which ends the output quietly.
  std::signal(SIGPIPE, SIG_IGN);
  start_alone();
  const std::span<char*> arguments(words + 1, count > 0 ? static_cast<std::size_t>(count - 1) : 0);
  Console console;
  console.json = std::any_of(arguments.begin(), arguments.end(),
                             [](const char* word) { return std::string_view(word) == "--json"; });
  try {
    return dispatch(arguments, console);
  } catch (const waverack::Error& error) {
    console.error(error.info());
    return wrong_input;
  } catch (const std::exception& error) {
    try {
      console.error(
          {{}, {}, std::string("this is a fault of waverack, not of the input: ") + error.what(), {}, {}});
    } catch (const std::exception&) {
      // Standard output itself is broken; the exit code is all that is left to say.
    }
    return our_fault;
  }
}
