#pragma once
// Members of one scenario in cluster.json: its networks, what serves their links, the bill and its watts.

#include "waverack/io/cluster_run.hpp"
#include "waverack/io/json_writer.hpp"

namespace waverack::io {

void write_links(JsonWriter&, const cluster::ScenarioCase&, const ClusterAnswer&);     // "links"
void write_refusals(JsonWriter&, const cluster::ScenarioCase&, const ClusterAnswer&);  // "refused"
void write_networks(JsonWriter&, const cluster::ScenarioCase&);                        // "networks"
void write_bill(JsonWriter&, const cluster::ScenarioCase&, const ClusterAnswer&);      // "bill"
void write_power(JsonWriter&, const cluster::ScenarioCase&);                           // "power"

}  // namespace waverack::io
