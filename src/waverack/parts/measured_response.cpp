#include "waverack/parts/measured_response.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {
namespace {

constexpr double passive_limit = 1.001;  // as network::doubts

bool is_optical(const MeasuredResponse& part) {
  return part.domain == Carried::field || part.domain == Carried::light;
}

network::Channel passband(const MeasuredResponse& part, const Conditions& conditions) {
  return network::passband_response(*part.table, speed_of_light / conditions.light.wavelength);
}

bool has_light(const Conditions& conditions) { return conditions.light.wavelength > 0.0; }

}  // namespace

Domain domain_of(const MeasuredResponse& part) {
  switch (part.domain) {
    case Carried::current:
      return Domain::current;
    case Carried::field:
      return Domain::field;
    case Carried::light:
      return Domain::light;
    default:
      return Domain::voltage;
  }
}

void resolve(MeasuredResponse& part, ReadContext& context, const Node& node, const std::string& path) {
  const Node* const given = node.table() ? node.table()->find("file") : nullptr;
  const std::string file_path = join_path(path, "file");
  network::FrequencyTable table =
      load_table(context, given ? *given : node, file_path, part.file, part.ports, part.mode, true);
  if (is_optical(part)) {
    const auto most = std::max_element(table.magnitude.begin(), table.magnitude.end());
    if (table.phase.empty() && *most > passive_limit)
      table.remarks.push_back(fmt::format(
          "the response is not passive: its magnitude is {:.4g} at {}", *most,
          format_engineering(table.frequencies[static_cast<std::size_t>(most - table.magnitude.begin())],
                             "Hz", 6)));
  } else {
    require_baseband(table, file_path);
    part.channel = std::make_shared<const network::Channel>(
        with_path(file_path, [&] { return network::tabulated_response(table); }));
  }
  part.table = std::make_shared<const network::FrequencyTable>(std::move(table));
}

Response response(const MeasuredResponse& part, const Conditions& conditions) {
  if (!part.table) throw std::logic_error("a measured_response without data");
  Response response;
  if (!is_optical(part))
    response = part.channel->response;
  else if (has_light(conditions))
    response = passband(part, conditions).response;
  else
    return [](double) { return std::complex<double>(1.0); };
  if (!part.normalise) return response;
  return [response, still = response(0.0)](double f) { return response(f) / still; };
}

double latency(const MeasuredResponse& part, const Conditions& conditions) {
  if (!is_optical(part)) return part.channel->latency;
  return has_light(conditions) ? passband(part, conditions).latency : 0.0;
}

double optical_loss(const MeasuredResponse& part, const Conditions& conditions) {
  return is_optical(part) ? 1.0 / std::norm(response(part, conditions)(0.0)) : 1.0;
}

std::vector<std::string> remarks(const MeasuredResponse& part, const Conditions& conditions) {
  if (!is_optical(part)) {
    std::vector<std::string> list = part.channel->remarks;
    for (std::string& remark : end_of_data(part.file, part.channel->last_frequency, conditions))
      list.push_back(std::move(remark));
    return list;
  }
  return has_light(conditions) ? passband(part, conditions).remarks : part.table->remarks;
}

}  // namespace waverack::parts
