#include "waverack/io/technology_document.hpp"

#include "waverack/io/json_writer.hpp"

// Described here, in SI without units, so that numbers come back as they went.
namespace waverack::cluster {

inline FieldList describe(Tag<ReachPoint>) {
  using P = ReachPoint;
  return fields<P>("A lane with its medium of another length.", field<&P::length>("length", "[m]"),
                   field<&P::margin_db>("margin_db", "[dB]"),
                   field<&P::ber_pre_fec>("ber_pre_fec", "Error ratio before FEC."),
                   field<&P::frame_loss>("frame_loss", "Of frames of 64 octets."));
}

inline FieldList describe(Tag<Technology>) {
  using P = Technology;
  return fields<P>(
      "A solved module design.", field<&P::name>("name", "Of the design.").must_be_given(),
      field<&P::title>("title", "Of the design."), field<&P::form>("form", "Form."),
      field<&P::medium>("medium", "Medium."), field<&P::mac_rate>("mac_rate", "[bit/s]").must_be_given(),
      field<&P::lanes>("lanes", "Lanes.").must_be_given(), field<&P::symbol_rate>("symbol_rate", "[Bd]"),
      field<&P::line_rate>("line_rate", "[bit/s]"), field<&P::wavelength>("wavelength", "[m]"),
      field<&P::wavelengths>("wavelengths", "In a fibre."),
      field<&P::ladder>("ladder", "Lengths.").must_be_given(),
      field<&P::required_margin_db>("required_margin_db", "[dB]"), field<&P::reach>("reach", "[m]"),
      field<&P::reach_is_bound>("reach_is_bound", "Whether it reaches further."),
      field<&P::latency>("latency", "[s]"), field<&P::fec_latency>("fec_latency", "[s]"),
      field<&P::delay_per_metre>("delay_per_metre", "[s/m]"), field<&P::module_power>("module_power", "[W]"),
      field<&P::laser_power>("laser_power", "[W]"), field<&P::laser_modules>("laser_modules", "Of one end."),
      field<&P::host_power>("host_power", "[W]"), field<&P::host_loss_db>("host_loss_db", "[dB]"),
      field<&P::equalised_loss_db>("equalised_loss_db", "[dB]"), field<&P::failures>("failures", "[1/s]"),
      field<&P::laser_failures>("laser_failures", "[1/s]"),
      field<&P::lanes_of_laser>("lanes_of_laser", "Lanes that one laser feeds."),
      field<&P::temperature>("temperature", "[K]"), field<&P::edge>("edge", "[m]"),
      field<&P::volume>("volume", "[m³]"));
}

}  // namespace waverack::cluster

namespace waverack::io {

std::string technology_json(const cluster::Technology& technology) {
  JsonWriter json;
  json.value(Node(write(technology)));
  return json.take();
}

cluster::Technology parse_technology(const Node& object) {
  const ReadSources nothing{};
  ReadContext context(nothing);
  return read<cluster::Technology>(context, object, "technology");
}

}  // namespace waverack::io
