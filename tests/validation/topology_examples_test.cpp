// Topology files as the simulators ship them. What each holds stands in its first line and follows from the
// formulas of its generator (facts: cluster 11; SimAI, gen_Topo_Template.py).

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "waverack/cluster/simai.hpp"
#include "waverack/io/topology_output.hpp"

namespace waverack {
namespace {

namespace fs = std::filesystem;

const fs::path examples_folder = fs::path(WAVERACK_SOURCE_DIR) / ".." / "shared" / "data" / "topologies";

#define NEEDS(part) \
  if (!fs::exists(examples_folder / part)) GTEST_SKIP() << "there is no folder " << examples_folder / part

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

io::TopologyFile load_example(const std::string& name) {
  return io::load_topology((examples_folder / name).string());
}

struct SimaiExample {
  const char* file;
  std::int64_t gpus, spines;
  double nic_rate, nv_rate, latency;
};

class SimaiExamples : public testing::TestWithParam<SimaiExample> {};

// Rails: GPUs at one of 8 leaves and at the NVSwitch of their server, every leaf at every spine.
TEST_P(SimaiExamples, CountsAndRoundTrip) {
  NEEDS("simai");
  const SimaiExample& expected = GetParam();
  const io::TopologyFile file = load_example(std::string("simai/") + expected.file);
  ASSERT_EQ(file.format, io::TopologyFormat::simai);
  const auto& graph = std::get<cluster::Graph>(file.content);
  EXPECT_TRUE(graph.warnings.empty());
  const std::int64_t servers = expected.gpus / 8;
  EXPECT_EQ(static_cast<std::int64_t>(graph.nodes.size()), expected.gpus + servers + 8 + expected.spines);
  EXPECT_EQ(static_cast<std::int64_t>(graph.links.size()), 2 * expected.gpus + 8 * expected.spines);
  const io::TopologyReport report = io::describe_topology(file);
  ASSERT_EQ(report.topology.links.size(), 3U);
  EXPECT_EQ(report.topology.links[0].count, expected.gpus);
  EXPECT_EQ(report.topology.links[0].rate, expected.nv_rate);
  EXPECT_EQ(report.links[0].latency_high, 25e-9);
  EXPECT_EQ(report.topology.links[1].name, "nic-leaf");
  EXPECT_EQ(report.topology.links[1].count, expected.gpus);
  EXPECT_EQ(report.topology.links[1].rate, expected.nic_rate);
  EXPECT_EQ(report.links[1].latency_low, expected.latency);
  EXPECT_EQ(report.topology.links[2].name, "leaf-spine");
  EXPECT_EQ(report.topology.links[2].count, 8 * expected.spines);
  EXPECT_EQ(report.topology.links[2].rate, 400e9);
  ASSERT_EQ(report.topology.switches.size(), 3U);
  EXPECT_EQ(report.topology.switches[0].count, servers);
  EXPECT_EQ(report.topology.switches[2].count, expected.spines);

  const std::string written = cluster::write_simai(graph).text;
  const cluster::Graph again = cluster::parse_simai(written, "again");
  EXPECT_EQ(again.nodes, graph.nodes);
  ASSERT_EQ(again.links.size(), graph.links.size());
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    ASSERT_EQ(again.links[i].a, graph.links[i].a);
    ASSERT_EQ(again.links[i].b, graph.links[i].b);
    ASSERT_EQ(again.links[i].link_class, graph.links[i].link_class);
  }
  for (std::size_t c = 0; c < graph.classes.size(); ++c) {
    EXPECT_EQ(again.classes[c].rate, graph.classes[c].rate);
    EXPECT_EQ(again.classes[c].latency, graph.classes[c].latency);
  }
  // But for the unit of its latencies, the text is the same.
  EXPECT_EQ(written.substr(0, written.find("\n0 ")), [&] {
    const std::string original = text_of(examples_folder / "simai" / expected.file);
    return original.substr(0, original.find("\n0 "));
  }());
}

INSTANTIATE_TEST_SUITE_P(
    Simai, SimaiExamples,
    testing::Values(SimaiExample{"Rail_Opti_SingleToR_16g_8gps_200Gbps_H20", 16, 8, 200e9, 900e9, 1000e-9},
                    SimaiExample{"Spectrum-X_16g_8gps_100Gbps_A100", 16, 64, 100e9, 2400e9, 500e-9}));

struct HtsimExample {
  const char* file;
  std::int64_t hosts, leaves, spines, cores;
  std::vector<std::int64_t> links;
};

class HtsimExamples : public testing::TestWithParam<HtsimExample> {};

TEST_P(HtsimExamples, CountsAndRoundTrip) {
  NEEDS("htsim");
  const HtsimExample& expected = GetParam();
  const io::TopologyFile file = load_example(std::string("htsim/") + expected.file);
  ASSERT_EQ(file.format, io::TopologyFormat::htsim);
  const auto& tree = std::get<cluster::HtsimTopology>(file.content);
  EXPECT_TRUE(tree.warnings.empty());
  EXPECT_EQ(tree.nodes, expected.hosts);
  EXPECT_EQ(tree.leaves(), expected.leaves);
  EXPECT_EQ(tree.spines(), expected.spines);
  EXPECT_EQ(tree.cores(), expected.cores);
  const cluster::Topology topology = io::topology_of(file);
  ASSERT_EQ(topology.links.size(), expected.links.size());
  for (std::size_t i = 0; i < expected.links.size(); ++i)
    EXPECT_EQ(topology.links[i].count, expected.links[i]);
  const std::string written = cluster::write_htsim(tree);
  EXPECT_EQ(cluster::write_htsim(cluster::parse_htsim(written, "again")), written);
  // Link by link it is the same tree again.
  const std::string found =
      cluster::write_htsim(cluster::htsim_of(cluster::graph_of(tree), cluster::Reduction::worst));
  EXPECT_EQ(found, written);
}

// 1024: 2·(16/2)^3 hosts of switches with 16 ports, 2N/k, 2N/k and N/k switches, N links a tier. tiny: 32
// hosts, leaves of 8 + 2 ports. test: cores at half the rate, so twice as many links.
INSTANTIATE_TEST_SUITE_P(
    Htsim, HtsimExamples,
    testing::Values(HtsimExample{"fat_tree_1024.topo", 1024, 128, 128, 64, {1024, 1024, 1024}},
                    HtsimExample{"leaf_spine_tiny.topo", 32, 4, 2, 0, {32, 8}},
                    HtsimExample{"test.topo", 8, 4, 4, 4, {8, 8, 16}}));

TEST(AstraSimExamples, AllAreReadButThePlaceholder) {
  NEEDS("astra_sim");
  int read = 0;
  for (const char* part : {"network", "network_analytical"})
    for (const fs::directory_entry& entry : fs::directory_iterator(examples_folder / "astra_sim" / part)) {
      if (entry.path().filename() == "dgx_v100_8gpu.yml") continue;
      const cluster::Topology t = io::topology_of(io::load_topology(entry.path().string()));
      EXPECT_GE(t.links.size(), 1U) << entry.path();
      EXPECT_TRUE(t.warnings.empty()) << entry.path();
      ++read;
    }
  EXPECT_EQ(read, 17);
  try {
    load_example("astra_sim/network/dgx_v100_8gpu.yml");
    FAIL() << "\"tbd\" was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.info().mark.line, 11);
    EXPECT_EQ(error.info().mark.column, 14);
  }
}

// 400 GB/s of 2^30 bytes; 936.25 ns (facts: cluster 11.5).
TEST(AstraSimExamples, ValidatedSwitch) {
  NEEDS("astra_sim");
  const io::TopologyReport report =
      io::describe_topology(load_example("astra_sim/network/HGX-H100-validated.yml"));
  ASSERT_EQ(report.links.size(), 1U);
  EXPECT_EQ(report.gpus, 8);
  EXPECT_EQ(report.topology.links[0].rate, 400.0 * 8.0 * 1073741824.0);
  EXPECT_EQ(report.links[0].latency_high, 936.25e-9);
}

TEST(CalculonExamples, H100System) {
  NEEDS("calculon");
  const io::TopologyFile file = load_example("calculon/system_h100_80g_nvl8.json");
  const auto& system = std::get<cluster::CalculonSystem>(file.content);
  ASSERT_EQ(system.networks.size(), 2U);
  EXPECT_EQ(system.networks[0].rate, 450.0 * 8e9);
  EXPECT_EQ(system.networks[0].size, 8);
  EXPECT_EQ(system.networks[1].rate, 50.0 * 8e9);
  EXPECT_EQ(system.networks[1].size, 65536);
}

}  // namespace
}  // namespace waverack
