// The form: facts, cluster 11.3. What is refused follows from it, and from how SimAI reads (ns3/common.h).

#include "waverack/cluster/simai.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "waverack/cluster/classify.hpp"

namespace waverack::cluster {
namespace {

// Two servers of two GPUs, an NVSwitch each, two leaves and a spine.
constexpr std::string_view small =
    "9 2 2 3 10 H100\n"
    "4 5 6 7 8 \n"
    "0 4 2880Gbps 0.000025ms 0\n"
    "0 6 400Gbps 0.0005ms 0\n"
    "1 4 2880Gbps 0.000025ms 0\n"
    "1 7 400Gbps 0.0005ms 0\n"
    "2 5 2880Gbps 0.000025ms 0\n"
    "2 6 400Gbps 0.0005ms 0\n"
    "3 5 2880Gbps 0.000025ms 0\n"
    "3 7 400Gbps 0.0005ms 0\n"
    "6 8 800Gbps 500ns 0\n"
    "7 8 800Gbps 0.0005ms 0\n";

Graph parse_simai_text(std::string_view text) { return parse_simai(text, "t"); }

std::string simai_message(std::string_view text) {
  return message_of([&] { parse_simai_text(text); });
}

// `small` with one piece of it replaced.
std::string simai_with(std::string_view old, std::string_view piece) {
  std::string text(small);
  text.replace(text.find(old), old.size(), piece);
  return text;
}

TEST(Simai, ReadsNodesAndLinks) {
  const Graph graph = parse_simai_text(small);
  EXPECT_EQ(graph.gpus_per_server, 2);
  EXPECT_EQ(graph.gpu_type, "H100");
  ASSERT_EQ(graph.nodes.size(), 9U);
  EXPECT_EQ(graph.nodes[3], NodeKind::gpu);
  EXPECT_EQ(graph.nodes[5], NodeKind::nv_switch);
  EXPECT_EQ(graph.nodes[6], NodeKind::packet_switch);
  ASSERT_EQ(graph.links.size(), 10U);
  // 500ns and 0.0005ms are one class.
  ASSERT_EQ(graph.classes.size(), 3U);
  EXPECT_EQ(graph.links[8].a, 6U);
  EXPECT_EQ(graph.links[8].b, 8U);
  EXPECT_EQ(graph.links[8].link_class, graph.links[9].link_class);
  EXPECT_EQ(graph.classes[0].rate, 2880e9);
  EXPECT_EQ(graph.classes[0].latency, 25e-9);
  EXPECT_EQ(graph.classes[1].rate, 400e9);
  EXPECT_EQ(graph.classes[1].latency, 500e-9);
  EXPECT_TRUE(graph.warnings.empty());
}

// Of the link from node 6 to node 8.
GraphClass spine_link(std::string_view old, std::string_view piece) {
  const Graph graph = parse_simai_text(simai_with(old, piece));
  return graph.classes[graph.links[8].link_class];
}

TEST(Simai, UnitsAreThoseOfNs3) {
  for (const auto& [text, rate] :
       {std::pair{"400000Mbps", 400e9}, std::pair{"4e11bps", 400e9}, std::pair{"50GBps", 400e9},
        std::pair{"50GB/s", 400e9}, std::pair{"400000000Kb/s", 400e9}})
    EXPECT_EQ(spine_link("6 8 800Gbps", fmt::format("6 8 {}", text)).rate, rate) << text;
  for (const char* text : {"0.5us", "500ns", "5e-7s", "500000ps", "500000000fs"})
    EXPECT_EQ(spine_link("800Gbps 500ns", fmt::format("800Gbps {}", text)).latency, 500e-9) << text;
}

// What is written is read back as it was, to the last bit.
TEST(Simai, RoundTrip) {
  Graph graph = parse_simai_text(small);
  graph.classes[0].rate = 1e12 / 3.0;
  graph.classes[1].latency = 1.0 / 3e6;
  graph.classes[2].loss = 1.74e-12;
  const SimaiText lossless = write_simai(graph);
  EXPECT_TRUE(lossless.warnings.empty());
  EXPECT_EQ(parse_simai_text(lossless.text).classes[2].loss, 0.0);
  const SimaiText lossy = write_simai(graph, true);
  ASSERT_EQ(lossy.warnings.size(), 1U);
  EXPECT_NE(lossy.warnings[0].message.find("#119, #184"), std::string::npos);
  EXPECT_NE(lossy.warnings[0].message.find("astra-network-ns3 (#12)"), std::string::npos);
  const Graph again = parse_simai_text(lossy.text);
  EXPECT_EQ(again.warnings.size(), 1U);
  EXPECT_EQ(again.nodes, graph.nodes);
  ASSERT_EQ(again.classes.size(), 3U);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_EQ(again.classes[c].rate, graph.classes[c].rate);
    EXPECT_EQ(again.classes[c].latency, graph.classes[c].latency);
    EXPECT_EQ(again.classes[c].loss, graph.classes[c].loss);
  }
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    EXPECT_EQ(again.links[i].a, graph.links[i].a);
    EXPECT_EQ(again.links[i].b, graph.links[i].b);
    EXPECT_EQ(again.links[i].link_class, graph.links[i].link_class);
  }
}

// The reader of ns-3 takes no exponents in rates.
TEST(Simai, NumbersAreWrittenPlainly) {
  const std::string text = write_simai(parse_simai_text(small)).text;
  EXPECT_NE(text.find("0 4 2880Gbps 25ns 0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("9 2 2 3 10 H100\n4 5 6 7 8 \n"), std::string::npos);
}

TEST(Simai, FirstLine) {
  EXPECT_NE(simai_message("").find("t:1: an empty file"), std::string::npos);
  EXPECT_EQ(simai_message(simai_with("9 2 2 3", "-9 2 2 3")),
            "t:1: the number of nodes is '-9' (allowed: a whole number from 2 to 100000000)");
  EXPECT_EQ(simai_message(simai_with("9 2 2 3 10", "9 2 2 3 -10")),
            "t:1: the number of links is '-10' (allowed: a whole number from 1 to 1000000000)");
  EXPECT_EQ(simai_message(simai_with("9 2 2 3", "9 2 2 7")),
            "t:1: the number of switches is '7' (allowed: a whole number from 0 to 6)");
  EXPECT_NE(simai_message(simai_with("9 2", "99999999999999999999 2")).find("t:1: the number of nodes is"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with(" H100", "")).find("ends before the GPU type"), std::string::npos);
  EXPECT_NE(simai_message(simai_with("H100", "H100 more")).find("'more' follows the GPU type"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("9 2 2 3 10", "9 2 2 3 4")).find("4 links cannot join 9 nodes"),
            std::string::npos);
}

TEST(Simai, Switches) {
  EXPECT_EQ(simai_message(simai_with("4 5 6", "4 5 9")),
            "t:2: a switch is '9' (allowed: a whole number from 0 to 8)");
  EXPECT_EQ(simai_message(simai_with("4 5 6", "4 5 5")), "t:2: switch 5 comes twice");
  EXPECT_EQ(simai_message(simai_with("7 8 \n", "7 8 3\n")),
            "t:2: more switches than the 5 that line 1 states");
  // Counts that are off by one in line 1 move the border between nodes and links.
  EXPECT_NE(simai_message(simai_with("9 2 2 3", "9 2 2 4")).find("t:3: "), std::string::npos);
  const Graph graph = parse_simai_text("3 1 0 1 2 A100\n0\n0 1 1Gbps 1ns 0\n0 2 1Gbps 1ns 0\n");
  ASSERT_EQ(graph.warnings.size(), 1U);
  EXPECT_NE(graph.warnings[0].message.find("takes the nodes from 0 to 1 for GPUs"), std::string::npos);
}

TEST(Simai, Links) {
  EXPECT_EQ(simai_message(simai_with("1 7 400Gbps", "1 9 400Gbps")),
            "t:6: a node is '9' (allowed: a whole number from 0 to 8)");
  EXPECT_EQ(simai_message(simai_with("1 7 400Gbps", "-1 7 400Gbps")),
            "t:6: a node is '-1' (allowed: a whole number from 0 to 8)");
  EXPECT_EQ(simai_message(simai_with("1 7 400Gbps", "7 7 400Gbps")), "t:6: a link from node 7 to itself");
  EXPECT_EQ(
      simai_message(simai_with("6 8 800Gbps", "6 0 800Gbps")),
      "t:11: a second link between nodes 6 and 0; the first is in line 4 (allowed: one link between two "
      "nodes: SimAI keeps the last alone)");
  EXPECT_EQ(
      simai_message(simai_with("6 8 800Gbps 500ns 0", "6 8 800Gbps 500ns")),
      "t:11: a link with fewer than five words (allowed: two nodes, rate, latency and packet loss, such as "
      "0 16 400Gbps 0.0005ms 0)");
  EXPECT_NE(simai_message(simai_with("500ns 0", "500ns 0 0")).find("t:11: a link with more than five words"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("1 7 400Gbps 0.0005ms 0\n", "\n"))
                .find("t:12: the file ends here, with 9 of the 10"),
            std::string::npos);
  EXPECT_NE(simai_message(std::string(small) + "0 8 1Gbps 1ns 0\n").find("t:13: more links than the 10"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("3 7 400Gbps", "0 7 400Gbps")).find("no error"), std::string::npos);
  EXPECT_NE(simai_message(simai_with("7 8 800Gbps", "7 0 800Gbps")).find("no error"), std::string::npos);
}

TEST(Simai, NodesWithoutLinks) {
  EXPECT_EQ(simai_message("4 1 0 1 2 A100\n3\n0 3 1Gbps 1ns 0\n1 3 1Gbps 1ns 0\n"),
            "t:4: node 2 has no link");
}

TEST(Simai, Columns) {
  EXPECT_EQ(simai_message(simai_with("6 8 800Gbps", "6 8 800")),
            "t:11: a rate is '800', which lacks its unit (allowed: a number and its unit, such as 400Gbps)");
  EXPECT_EQ(
      simai_message(simai_with("6 8 800Gbps", "6 8 800gbps")),
      "t:11: 'gbps' is no unit of a rate (allowed: a number and its unit, such as 400Gbps). Did you mean "
      "'Gbps'?");
  EXPECT_NE(simai_message(simai_with("6 8 800Gbps", "6 8 800ns")).find("'ns' is no unit of a rate"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("6 8 800Gbps", "6 8 Gbps")).find("which is no number"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("6 8 800Gbps", "6 8 -1Gbps")).find("a rate is '-1Gbps'"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("6 8 800Gbps", "6 8 0Gbps")).find("the rate is '0Gbps'"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("6 8 800Gbps", "6 8 1e400Gbps")).find("a rate is '1e400Gbps'"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("6 8 800Gbps", "6 8 infGbps")).find("t:11: a rate is 'infGbps'"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("500ns", "500Gbps")).find("'Gbps' is no unit of a latency"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("500ns", "-5ns")).find("t:11: a latency is '-5ns'"), std::string::npos);
  EXPECT_NE(simai_message(simai_with("500ns 0", "500ns 1.5")).find("the packet loss is '1.5'"),
            std::string::npos);
  EXPECT_NE(simai_message(simai_with("500ns 0", "500ns nan")).find("the packet loss is 'nan'"),
            std::string::npos);
  EXPECT_NE(
      simai_message(simai_with("500ns 0", std::string_view("500ns \0", 7))).find("the packet loss is '?'"),
      std::string::npos);
}

TEST(Simai, MistakesHaveAColumn) {
  try {
    parse_simai_text(simai_with("6 8 800Gbps 500ns", "6 8 800Gbps 500nm"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().mark.line, 11);
    EXPECT_EQ(error.info().mark.column, 13);
  }
}

// A star of a million GPUs.
std::string star(int gpus) {
  std::string text = fmt::format("{} 8 0 1 {} H100\n{}\n", gpus + 1, gpus, gpus);
  for (int i = 0; i < gpus; ++i) text += fmt::format("{} {} 400Gbps 0.0005ms 0\n", i, gpus);
  return text;
}

TEST(Simai, AFileCutInHalf) {
  const std::string text = star(1'000'000);
  const std::string half = text.substr(0, text.size() / 2);
  const std::string found = simai_message(half);
  EXPECT_NE(found.find("the file ends here, with"), std::string::npos) << found;
  EXPECT_NE(found.find("of the 1000000 links that line 1 states"), std::string::npos) << found;
  const auto lines = std::count(half.begin(), half.end(), '\n') + (half.back() == '\n' ? 0 : 1);
  EXPECT_EQ(found.find(fmt::format("t:{}: ", lines)), 0U) << found;
  // A count that the text has no room for is refused at once.
  EXPECT_NE(simai_message("1000001 8 0 1 1000000 H100\n1000000\n0 1000000 1Gbps 1ns 0\n")
                .find("t:1: the first line states"),
            std::string::npos);
  EXPECT_EQ(parse_simai_text(text).links.size(), 1'000'000U);
}

TEST(Simai, ParallelLinksCannotBeWritten) {
  Graph graph = parse_simai_text(small);
  graph.links.push_back(graph.links[0]);
  EXPECT_EQ(message_of([&] { write_simai(graph); }),
            "nodes 0 and 4 are joined by several links, and a SimAI file can state one");
}

}  // namespace
}  // namespace waverack::cluster
