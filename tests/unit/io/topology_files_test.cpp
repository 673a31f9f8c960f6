#include "waverack/io/topology_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/base/message_of.hpp"
#include "waverack/io/topology_output.hpp"

namespace waverack::io {
namespace {

constexpr std::string_view simai =
    "5 2 1 2 6 H100\n2 3 4 \n0 2 900Gbps 25ns 0\n1 2 900Gbps 25ns 0\n0 3 400Gbps 500ns 0\n"
    "1 3 400Gbps 600ns 1e-12\n0 4 400Gbps 500ns 0\n1 4 400Gbps 500ns 0\n";
constexpr std::string_view htsim =
    "# a tree\nNodes 4\nTiers 2\nPodsize 4\nTier 0\nDownlink_speed_Gbps 100\nRadix_Down 2\nRadix_Up 2\n"
    "Downlink_Latency_ns 500\nTier 1\nDownlink_speed_Gbps 100\nRadix_Down 2\nDownlink_Latency_ns 600\n";
constexpr std::string_view astra =
    "topology: [ Switch ]\nnpus_count: [ 8 ]\nbandwidth: [ 400.0 ]\nlatency: [ 936.25 ]\n";
// A system of two networks; facts, cluster 11.7.
constexpr std::string_view calculon =
    R"({"matrix": {}, "networks": [
  {"bandwidth": 450, "efficiency": 0.65, "size": 8, "latency": 0.00001, "ops": {}, "must_be_filled": true,
   "processor_usage": 0.15},
  {"bandwidth": 50, "efficiency": 0.9, "size": 65536, "latency": 0.00002, "ops": {}, "must_be_filled": false,
   "processor_usage": 0.02}]})";

TEST(TopologyFiles, FormatsAreRecognised) {
  const auto format = [](std::string_view path, std::string_view text) {
    return recognise_topology(path, text);
  };
  EXPECT_EQ(format("a", simai), TopologyFormat::simai);
  EXPECT_EQ(format("a.topo", simai), TopologyFormat::simai);  // as SimAI's generator calls some
  EXPECT_EQ(format("a.topo", htsim), TopologyFormat::htsim);
  EXPECT_EQ(format("a.yml", astra), TopologyFormat::astra_sim);
  EXPECT_EQ(format("a", astra), TopologyFormat::astra_sim);
  EXPECT_EQ(format("a.json", calculon), TopologyFormat::calculon);
  EXPECT_EQ(format("-", calculon), TopologyFormat::calculon);
  for (const std::string_view text : {"", "hello\n", "\n\n# nothing\n"})
    EXPECT_NE(message_of([&] { format("a", text); }).find("no topology file of a format that is known"),
              std::string::npos)
        << text;
  EXPECT_EQ(message_of([] { parse_topology_format("simia"); }),
            "'simia' is no format of topologies (allowed: simai, htsim, astra-sim, calculon). Did you mean "
            "'simai'?");
}

TEST(TopologyFiles, AStatedFormatCounts) {
  EXPECT_EQ(parse_topology(simai, "a.yml", TopologyFormat::simai).format, TopologyFormat::simai);
  EXPECT_NE(message_of([] { parse_topology(simai, "a", TopologyFormat::htsim); }).find("a: Nodes is missing"),
            std::string::npos);
}

TEST(TopologyFiles, Calculon) {
  const TopologyFile file = parse_topology(calculon, "s.json");
  const auto& system = std::get<cluster::CalculonSystem>(file.content);
  ASSERT_EQ(system.networks.size(), 2U);
  EXPECT_EQ(system.networks[0].rate, 3.6e12);  // 450 · 1e9 · 8
  EXPECT_EQ(system.networks[0].efficiency, 0.65);
  EXPECT_TRUE(system.networks[0].must_be_filled);
  EXPECT_EQ(system.networks[1].size, 65536);
  EXPECT_EQ(system.networks[1].latency, 2e-5);
  const cluster::Topology t = topology_of(file);
  ASSERT_EQ(t.links.size(), 2U);
  EXPECT_EQ(t.links[0].count, 65536);
  EXPECT_EQ(t.links[1].rate, 4e11);
  // The network of 8 processors is the scale-up one, for which a cluster buys no modules.
  const cluster::Topology out = topology_of(file, cluster::Fabric::scale_out),
                          up = topology_of(file, cluster::Fabric::scale_up);
  ASSERT_EQ(out.links.size(), 1U);
  EXPECT_EQ(out.links[0].rate, 4e11);
  EXPECT_EQ(out.links[0].tier, 0);
  EXPECT_EQ(out.endpoints, 65536);
  ASSERT_EQ(up.links.size(), 1U);
  EXPECT_EQ(up.links[0].rate, 3.6e12);
  const auto message = [](std::string old, std::string_view piece) {
    std::string text(calculon);
    text.replace(text.find(old), old.size(), piece);
    return message_of([&] { parse_topology(text, "s.json"); });
  };
  EXPECT_EQ(message("\"networks\"", "\"nets\""), "s.json:1: networks: the key is missing");
  EXPECT_EQ(message("450", "-450"),
            "s.json:2: networks[0].bandwidth: -450 (allowed: a number from 1e-06 to 1e+09)");
  EXPECT_EQ(message("450", "\"450\""),
            "s.json:2: networks[0].bandwidth: 450 (allowed: a number from 1e-06 to 1e+09)");
  EXPECT_EQ(message("65536", "8.5"), "s.json:4: networks[1].size: 8.5 processors (allowed: a whole number)");
  EXPECT_EQ(message("true", "1"), "s.json:2: networks[0].must_be_filled: 1 (allowed: true, false)");
}

TEST(TopologyFiles, OneFabricOfASimaiFile) {
  const TopologyFile file = parse_topology(simai, "a");
  EXPECT_EQ(topology_of(file).links.size(), 2U);
  EXPECT_EQ(topology_of(file, cluster::Fabric::scale_out).links.size(), 1U);
}

TEST(TopologyOutput, TellsWhatAFileHolds) {
  const TopologyReport report = describe_topology(parse_topology(simai, "a"));
  EXPECT_EQ(report.gpus, 2);
  ASSERT_EQ(report.links.size(), 2U);
  EXPECT_EQ(report.links[1].latency_low, 500e-9);
  EXPECT_EQ(report.links[1].latency_high, 600e-9);
  EXPECT_EQ(report.links[1].loss, 1e-12);
  const std::string text = topology_text(report, {});
  EXPECT_NE(text.find("2 GPUs, servers of 2, H100; 6 links"), std::string::npos) << text;
  EXPECT_NE(text.find("nic-leaf"), std::string::npos);
  EXPECT_NE(text.find("SimAI hangs on losses above 0"), std::string::npos);
  const std::string json = topology_json(report);
  EXPECT_NE(json.find("\"format\": \"waverack-topology\""), std::string::npos);
  EXPECT_NE(json.find("\"gpus\": 2"), std::string::npos);
}

TEST(TopologyOutput, LossesGoToARowOfTheirLink) {
  const TopologyFile file = parse_topology(simai, "a");
  const ConvertedTopology zero = convert_topology(file, TopologyFormat::simai, false);
  EXPECT_NE(zero.text.find("\n1 3 400Gbps 600ns 0\n"), std::string::npos) << zero.text;
  EXPECT_NE(zero.links.find("\n1,3,400,600,1e-12,,,\n"), std::string::npos) << zero.links;
  EXPECT_EQ(std::count(zero.links.begin(), zero.links.end(), '\n'), 7);
  const ConvertedTopology filled = convert_topology(file, TopologyFormat::simai, true);
  EXPECT_NE(filled.text.find("\n1 3 400Gbps 600ns 0.000000000001\n"), std::string::npos);
  EXPECT_EQ(filled.links, "");
  EXPECT_EQ(filled.warnings.size(), 1U);
  const auto& graph = std::get<cluster::Graph>(file.content);
  const std::vector<cluster::LinkAnnotation> notes{{1, 1.0, 700e-9, 2e-12, 1518, "dr8, new", 30.0}};
  const std::string rows = links_csv(cluster::annotated(graph, cluster::classify(graph), notes), notes);
  EXPECT_NE(rows.find("\n0,2,900,25,0,,,\n"), std::string::npos) << rows;
  EXPECT_NE(rows.find("\n1,3,400,700,2e-12,1518,\"dr8, new\",30\n"), std::string::npos) << rows;
}

TEST(TopologyOutput, FromHtsimToSimaiAndBack) {
  const TopologyFile file = parse_topology(htsim, "a.topo");
  const ConvertedTopology there = convert_topology(file, TopologyFormat::simai, false);
  ASSERT_EQ(there.warnings.size(), 1U);
  const ConvertedTopology back =
      convert_topology(parse_topology(there.text, "b"), TopologyFormat::htsim, false);
  EXPECT_EQ(back.text, convert_topology(file, TopologyFormat::htsim, false).text);
}

TEST(TopologyOutput, WhatCannotBeConverted) {
  const auto message = [](std::string_view text, TopologyFormat target) {
    return message_of([&] { convert_topology(parse_topology(text, "a"), target, false); });
  };
  EXPECT_EQ(message(simai, TopologyFormat::astra_sim),
            "files of ASTRA-sim are read, not written (allowed: simai, htsim)");
  EXPECT_EQ(message(astra, TopologyFormat::simai),
            "a: a file of ASTRA-sim states no links one by one, and cannot be written as one of SimAI");
  EXPECT_NE(message(simai, TopologyFormat::htsim)
                .find("htsim cannot state this topology: it has two or three "
                      "tiers, and this has 1"),
            std::string::npos);
}

}  // namespace
}  // namespace waverack::io
