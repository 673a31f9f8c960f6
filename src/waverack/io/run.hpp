#pragma once
// Solving what was loaded: a design with the baseline that it names.

#include <functional>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"

namespace waverack::io {

// `input` with the entries "PATH" or "PATH=LOW:HIGH" added to its `tune`, and with `goal`, "ber" or "tecq",
// as its `tune_for` unless it is empty. Throws Error for an entry that cannot be found, and for a goal where
// there is nothing to find.
Input with_tuning(const Input&, const std::vector<std::string>& entries, const std::string& goal = {});

// `input` at the operating point that its `tune` asks for: found numbers stand in the design, with a source
// that says so, and `tune` is gone, so that running it again finds nothing anew. `input` itself where it asks
// for nothing. Throws Error for an entry that cannot be found. Cost: study/operating_point.hpp.
Input at_operating_point(const Input&);

// The design with its parts at the temperatures at which they work (design/working_temperatures.hpp), for
// questions that solve a lane many times; and as reread(), at these temperatures.
LoadedDesign at_work(const LoadedDesign&);
std::function<LoadedDesign(const std::vector<std::string>& settings)> reread_at_work(const Input&);

// Solves the design, at the operating point that its `tune` asks for; its cluster is compared with the design
// that cluster.baseline names. Throws Error if that cannot be read.
Result solve_input(const Input&, const Options&);

}  // namespace waverack::io
