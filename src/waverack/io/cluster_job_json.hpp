#pragma once
// The member "job" of a scenario in cluster.json: its step, its exchanges, what stops it.

#include "waverack/cluster/scenario_bands.hpp"
#include "waverack/io/json_writer.hpp"

namespace waverack::io {

void write_job(JsonWriter&, const cluster::ScenarioCase&);

}  // namespace waverack::io
