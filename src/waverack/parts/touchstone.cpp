#include "waverack/parts/touchstone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"
#include "waverack/parts/response_file.hpp"

namespace waverack::parts {
namespace {

const TouchstoneData& data_of(const Touchstone& part) {
  if (!part.data) throw std::logic_error("a touchstone part without data");
  return *part.data;
}

}  // namespace

void resolve(Touchstone& part, ReadContext& context, const Node& node, const std::string& path) {
  const Node* const given = node.table() ? node.table()->find("file") : nullptr;
  const std::string file_path = join_path(path, "file");
  if (!context.sources().load_file)
    fail(given ? *given : node, file_path,
         "'" + part.file + "' cannot be read: there is no place to look for files");
  part.data = with_path(file_path, [&] {
    const network::Network network =
        network::parse_touchstone(context.sources().load_file(part.file), part.file);
    const network::Network two_port = network::select_channel(network, part.ports);
    TouchstoneData data;
    data.channel = network::channel_response(two_port);
    data.remarks = network::doubts(network);
    data.remarks.insert(data.remarks.end(), data.channel.remarks.begin(), data.channel.remarks.end());
    data.path = file_path;
    data.mark = given ? given->mark : node.mark;
    return std::make_shared<const TouchstoneData>(std::move(data));
  });
}

Response response(const Touchstone& part, const Conditions& conditions) {
  const TouchstoneData& data = data_of(part);
  const double nyquist = 0.5 * conditions.symbol_rate;
  if (data.channel.last_frequency < nyquist)
    throw Error(ErrorInfo{data.mark,
                          data.path,
                          fmt::format("the data of '{}' stop at {}, below the Nyquist frequency {} of {}",
                                      part.file, format_engineering(data.channel.last_frequency, "Hz"),
                                      format_engineering(nyquist, "Hz", 6),
                                      format_engineering(conditions.symbol_rate, "Bd", 6)),
                          "data up to half the symbol rate at least",
                          {}});
  return data.channel.response;
}

double latency(const Touchstone& part, const Conditions&) { return data_of(part).channel.latency; }

std::vector<std::string> remarks(const Touchstone& part, const Conditions& conditions) {
  std::vector<std::string> list = data_of(part).remarks;
  const double last = data_of(part).channel.last_frequency;
  if (last < conditions.symbol_rate)
    list.push_back(fmt::format(
        "the data of '{}' stop at {}, below the symbol rate {}: the loss law of their upper half "
        "is continued",
        part.file, format_engineering(last, "Hz"), format_engineering(conditions.symbol_rate, "Bd", 6)));
  return list;
}

}  // namespace waverack::parts
