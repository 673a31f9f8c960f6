#include "waverack/study/calibrate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "waverack/base/text.hpp"
#include "waverack/design/assumptions.hpp"
#include "waverack/study/calibrate_loops.hpp"
#include "waverack/study/line_tuning.hpp"
#include "waverack/study/tap_training.hpp"
#include "waverack/thermal/linear_solver.hpp"

namespace waverack::study {
namespace {

template <class... P>
bool has(const Design& design) {
  const link::Lane& lane = design.lane;
  return std::any_of(lane.chain.begin(), lane.chain.end(), [](const parts::Instance& instance) {
    return ((parts::as<P>(instance) != nullptr) || ...);
  });
}

struct Loop {
  LoopKind kind;
  module::CalibrationLoop (*run)(const LoopInput&);
  std::vector<std::string_view> tables;  // of module.calibration that it reads
};

const std::vector<Loop>& loops() {
  static const std::vector<Loop> list{
      {{"quadrature", "a Mach-Zehnder modulator", &has<parts::MachZehnder, parts::LithiumNiobate>},
       &quadrature_loop,
       {"monitor", "quadrature"}},
      {{"ring", "a micro-ring", &has<parts::MicroRing>}, &ring_loop, {"monitor", "ring"}},
      {{"ring_errors", "a micro-ring", &has<parts::MicroRing>}, &ring_error_loop, {"ring"}},
      {{"assignment", "micro-rings on several wavelengths",
        [](const Design& design) {
          return has<parts::MicroRing>(design) &&
                 design.lane.neighbours.shorter + design.lane.neighbours.longer > 0;
        }},
       &assignment_loop,
       {"assignment"}},
      {{"tuning", "a linear driver behind a host without a retimer",
        [](const Design& design) { return has_linear_transmitter(design.lane); }},
       &tuning_loop,
       {"tuning"}},
      {{"training", "a receiver with an FFE, without products of samples and sequence detection",
        [](const Design& design) { return has_trainable_receiver(design.lane); }},
       &training_loop,
       {"training"}},
      {{"power_step", "a modulator with a lock, and a stack with the module's neighbour",
        [](const Design& design) {
          return design.module.calibration.power_step.stack.value && thermal::heat_solver_available() &&
                 has<parts::MachZehnder, parts::LithiumNiobate, parts::MicroRing>(design);
        }},
       &power_step_loop,
       {"monitor", "ring", "quadrature", "power_step"}}};
  return list;
}

}  // namespace

const std::vector<LoopKind>& loop_kinds() {
  static const std::vector<LoopKind> kinds = [] {
    std::vector<LoopKind> list;
    for (const Loop& loop : loops()) list.push_back(loop.kind);
    return list;
  }();
  return kinds;
}

CalibrationResult calibrate(const LoadedDesign& loaded, const Reload& reload,
                            const CalibrateOptions& options) {
  const Design& design = loaded.design;
  std::vector<std::string> names, called;
  for (const LoopKind& kind : loop_kinds()) {
    names.emplace_back(kind.name);
    if (kind.called_for(design)) called.emplace_back(kind.name);
  }
  const std::string list = fmt::format("{}", fmt::join(names, ", "));
  for (const std::string& wanted : options.loops) {
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found == names.end())
      throw Error(ErrorInfo{{}, {}, "there is no loop '" + wanted + "'", list, nearest_name(wanted, names)});
    const LoopKind& kind = loop_kinds()[static_cast<std::size_t>(found - names.begin())];
    if (wanted == "power_step" && !thermal::heat_solver_available())
      throw Error(
          ErrorInfo{{},
                    {},
                    "the loop 'power_step' needs the heat solver, and this waverack was built without it",
                    "a build with -DWAVERACK_HEAT=ON, which needs hypre (libhypre-dev)",
                    {}});
    if (!kind.called_for(design))
      throw Error(
          ErrorInfo{{},
                    {},
                    fmt::format("the loop '{}' needs {}, which this design has not", wanted, kind.calls),
                    called.empty() ? "a design with such parts" : fmt::format("{}", fmt::join(called, ", ")),
                    {}});
  }
  if (called.empty())
    throw Error(
        "no part of this lane is calibrated: it has no modulator with a lock, no linear driver and no "
        "adaptive receiver");

  CalibrationResult result;
  result.seed = options.seed;
  std::vector<std::string> tables;
  std::uint32_t source = 0;
  for (const Loop& loop : loops()) {
    ++source;
    const bool wanted = options.loops.empty() ? loop.kind.called_for(design)
                                              : std::find(options.loops.begin(), options.loops.end(),
                                                          loop.kind.name) != options.loops.end();
    if (!wanted) continue;
    if (options.on_loop) options.on_loop(loop.kind.name);
    const Stream stream{static_cast<std::uint64_t>(options.seed), 0x63616c00U + source, 0, 0};
    result.loops.push_back(loop.run({loaded, reload, stream}));
    result.loops.back().name = loop.kind.name;
    for (const std::string_view table : loop.tables)
      tables.push_back("module.calibration." + std::string(table) + '.');
  }
  for (Assumption& item : assumptions_of(loaded.provenance))
    if (std::any_of(tables.begin(), tables.end(),
                    [&](const std::string& table) { return item.path.starts_with(table); }))
      result.assumptions.push_back(std::move(item));
  return result;
}

}  // namespace waverack::study
