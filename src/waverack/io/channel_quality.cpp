#include "waverack/io/channel_quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace waverack::io {
namespace {

std::optional<bool> swapped(const network::Quality& quality, bool pair) {
  if (pair || quality.swapped) return quality.swapped;
  if (quality.lines.empty()) return std::nullopt;
  return std::any_of(quality.lines.begin(), quality.lines.end(),
                     [](const network::LineQuality& line) { return line.inverted; });
}

}  // namespace

ChannelFile judged_file(const std::string& path, const char* what, const network::Network& network,
                        std::span<const int> ports, const network::Network* through) {
  std::optional<network::PairPorts> pair;
  // The sign of crosstalk is no swap.
  if (!through && ports.size() == 4) pair = {ports[0], ports[1], ports[2], ports[3]};
  ChannelFile file{path,        what, network.ports, network.points(), network::quality(network, pair),
                   std::nullopt};
  file.swapped = swapped(file.quality, pair.has_value());
  if (through)
    if (std::string doubt = network::band_doubt(network, *through); !doubt.empty())
      file.quality.remarks.push_back(std::move(doubt));
  return file;
}

std::vector<std::string> file_remarks(std::span<const ChannelFile> files) {
  std::vector<std::string> remarks;
  for (const ChannelFile& file : files)
    for (const std::string& remark : file.quality.remarks)
      remarks.push_back(
          files.size() > 1
              ? fmt::format("{}: {}", std::filesystem::path(file.path).filename().string(), remark)
              : remark);
  return remarks;
}

std::string soundness(std::span<const ChannelFile> files) {
  if (std::any_of(files.begin(), files.end(),
                  [](const ChannelFile& file) { return !file.quality.remarks.empty(); }))
    return "";
  // Only a line from end to end shows whether its pulse begins too early.
  if (files.front().quality.lines.empty())
    return fmt::format("{} passive and reciprocal to the digits printed.",
                       files.size() > 1 ? "All files are" : "The file is");
  return files.size() > 1
             ? "All files are passive and reciprocal, and the through path is causal, to the digits printed."
             : "The file is passive, reciprocal and causal to the digits printed.";
}

void write_channel_file(JsonWriter& json, const ChannelFile& file) {
  const network::Quality& quality = file.quality;
  json.member("path", file.path);
  json.member("what", file.what);
  json.member("ports", file.ports);
  json.member("points", static_cast<std::int64_t>(file.points));
  json.member("first_frequency_hz", quality.first_frequency);
  json.member("last_frequency_hz", quality.last_frequency);
  json.member("largest_step_hz", quality.largest_step);
  json.object("quality", [&] {
    json.member("largest_singular_value", quality.gain.value);
    json.member("largest_singular_value_at_hz", quality.gain.frequency);
    json.member("largest_asymmetry", quality.asymmetry.value);
    json.member("largest_asymmetry_at_hz", quality.asymmetry.frequency);
    json.member("passivity_percent", quality.passivity);
    json.member("reciprocity_percent", quality.reciprocity);
    json.member("causality_percent", quality.causality);
    json.key("swapped");
    if (file.swapped)
      json.value(*file.swapped);
    else
      json.null();
    json.list("lines", quality.lines, [&](const network::LineQuality& line) {
      json.member("left", line.left);
      json.member("right", line.right);
      json.member("inverted", line.inverted);
      json.member("causality_percent", line.causality);
      json.member("early_energy", line.early_energy);
    });
  });
  json.member("remarks", quality.remarks);
}

}  // namespace waverack::io
