#pragma once
// A cluster as text, JSON and files (docs/formats/cluster.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/io/cluster_run.hpp"
#include "waverack/io/cluster_tables.hpp"
#include "waverack/io/series.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// A screen or two.
std::string cluster_text(const ClusterAnswer&, const Style&);

// One line: how long it took, and what was solved for it.
std::string cluster_times(const ClusterAnswer&);

// One sentence: what the first scenario draws, and what the others save at the meter.
std::string cluster_summary(const ClusterAnswer&);

// The format "waverack-cluster", version 1.
std::string cluster_json(const ClusterAnswer&);

// Charts: tornados, crossovers, watts by cause and by tier, reach of the designs, fronts.
std::vector<link::Curve> cluster_curves(const ClusterAnswer&);

// Writes cluster.json, report.html, series/*.csv and for every scenario bom.csv, power.csv and links.csv, in
// a folder of its own where there are several; returns the names written.
std::vector<std::string> write_cluster(const ClusterAnswer&, const std::filesystem::path& folder);

}  // namespace waverack::io
