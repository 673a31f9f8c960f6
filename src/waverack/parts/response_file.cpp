#include "waverack/parts/response_file.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/line_reader.hpp"
#include "waverack/network/lumerical.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack {
namespace parts {
namespace {

constexpr double optical_from = 10e12;  // [Hz]

std::string ending_of(const std::string& file) {
  const std::size_t dot = file.rfind('.');
  return dot == std::string::npos ? "" : lower(file.substr(dot + 1));
}

bool is_touchstone(const std::string& ending) {
  return ending.size() >= 3 && ending.front() == 's' && ending.back() == 'p' &&
         ending.find_first_not_of("0123456789", 1) == ending.size() - 1;
}

network::FrequencyTable table_of(const network::Network& network, std::vector<int>& ports, bool doubts) {
  network::FrequencyTable table = network::transmission(network::select_channel(network, ports), 2, 1);
  if (doubts) table.remarks = network::doubts(network);
  return table;
}

network::FrequencyTable parse(const std::string& text, const std::string& file, std::vector<int>& ports,
                              int mode, bool doubts) {
  const std::string ending = ending_of(file);
  if (is_touchstone(ending)) return table_of(network::parse_touchstone(text, file), ports, doubts);
  if (ending == "csv" || ending == "txt") return network::parse_response_csv(text, file);
  if (ending == "sparam" || ending == "dat") {
    if (ports.empty()) ports = {1, 2};
    return table_of(network::network_of(network::parse_lumerical(text, file), mode), ports, doubts);
  }
  throw Error(ErrorInfo{{file, 0, 0},
                        {},
                        "the ending does not say what the file holds",
                        ".s2p to .sNp, .csv, .txt, .sparam, .dat",
                        {}});
}

void read_response_file(ReadContext& context, const Field&, const Node& node, const std::string& path,
                        void* out) {
  ResponseFile result;
  result.file = file_name(node, path);
  if (!result.file.empty()) {
    std::vector<int> ports;
    const network::FrequencyTable table = load_table(context, node, path, result.file, ports, 1, false);
    require_baseband(table, path);
    auto channel = std::make_shared<network::Channel>(
        with_path(path, [&] { return network::tabulated_response(table); }));
    const std::complex<double> still = channel->response(0.0);
    channel->response = [h = std::move(channel->response), still](double f) { return h(f) / still; };
    result.channel = std::move(channel);
  }
  *static_cast<ResponseFile*>(out) = std::move(result);
}

Node write_response_file(const Field&, const void* in) {
  const std::string& file = static_cast<const ResponseFile*>(in)->file;
  return file.empty() ? Node() : Node(file);
}

}  // namespace

network::FrequencyTable load_table(ReadContext& context, const Node& node, const std::string& path,
                                   const std::string& file, std::vector<int>& ports, int mode, bool doubts) {
  return with_path(path,
                   [&] { return parse(load_text(context, node, path, file), file, ports, mode, doubts); });
}

void require_baseband(const network::FrequencyTable& table, const std::string& path) {
  if (table.frequencies.front() < optical_from) return;
  throw Error(ErrorInfo{{table.name, 0, 0},
                        path,
                        fmt::format("the data begin at {}: these are optical frequencies",
                                    format_engineering(table.frequencies.front(), "Hz", 6)),
                        "a measured_response with the domain field, or data from low frequencies on",
                        {}});
}

std::vector<std::string> end_of_data(const std::string& file, double last, const Conditions& conditions) {
  if (last >= conditions.symbol_rate) return {};
  return {fmt::format("the data of '{}' stop at {}, below the symbol rate {}: their last octave is continued",
                      file, format_engineering(last, "Hz"),
                      format_engineering(conditions.symbol_rate, "Bd", 6))};
}

Response response(const ResponseFile& given) { return given.channel->response; }

std::vector<std::string> remarks(const ResponseFile& given, const Conditions& conditions) {
  if (!given) return {};
  std::vector<std::string> list;
  for (const std::string& remark : given.channel->remarks)
    list.push_back(fmt::format("'{}': {}", given.file, remark));
  for (std::string& remark : end_of_data(given.file, given.channel->last_frequency, conditions))
    list.push_back(std::move(remark));
  return list;
}

}  // namespace parts

template <>
const FieldType& field_type<parts::ResponseFile>() {
  static const FieldType type{"file", &parts::read_response_file, &parts::write_response_file, nullptr};
  return type;
}

}  // namespace waverack
