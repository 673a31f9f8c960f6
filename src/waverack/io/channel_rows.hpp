#pragma once
// The measures of a channel as rows for people.

#include <string>
#include <vector>

#include "waverack/io/channel_output.hpp"

namespace waverack::io {

struct ChannelRow {
  std::string key;   // "insertion_loss_db"
  std::string name;  // "Insertion loss"
  double value = 0.0;
  std::string unit;  // SI, or dB
  std::string text;  // "14.40 dB"
  std::string note;
};

std::vector<ChannelRow> channel_rows(const ChannelOutput&);

// ERL of both ports and of the channel.
std::vector<ChannelRow> erl_rows(const compliance::EffectiveReturnLoss&, const compliance::ChannelSettings&);

// "1, 3 to 2, 4: found: …".
std::string ports_text(const ChannelInput&);

// All remarks, each with its file where there are several.
std::vector<std::string> channel_remarks(const ChannelInput&, const std::vector<std::string>& more);

}  // namespace waverack::io
