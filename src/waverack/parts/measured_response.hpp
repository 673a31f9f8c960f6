#pragma once
// A part that is nothing but a measured response, in any domain.

#include "waverack/parts/response_file.hpp"

namespace waverack::parts {

// What runs through the response.
enum class Carried { voltage, current, field, light };

// Voltages and currents: a real system (network::tabulated_response), its bulk delay counted as latency. The
// optical field: S at the frequencies about the carrier (network::passband_response). Continuous light: |S|²
// at its wavelength. The files are those of ResponseFile. Not modelled: reflections towards the neighbours.
struct MeasuredResponse {
  std::string file;
  Carried domain = Carried::voltage;
  std::vector<int> ports;                                // filled in where they were left out
  int mode = 1;                                          // of a Lumerical file
  bool normalise = false;                                // H(0) = 1: only the shape of the response counts
  std::shared_ptr<const network::FrequencyTable> table;  // filled in by resolve, as is `channel`
  std::shared_ptr<const network::Channel> channel;       // of voltages and currents
};

inline FieldList describe(Tag<MeasuredResponse>) {
  using P = MeasuredResponse;
  return fields<P>(
      "A measured response: of an electrical two-port, of a filter for light, or any other.",
      field<&P::file>("file",
                      "File of S-parameters (.s2p to .sNp, .sparam, .dat) or a table (.csv, .txt), "
                      "relative to the design.")
          .must_be_given(),
      field<&P::domain>("domain",
                        "What runs through it: voltage, current or field in the chain, light in the "
                        "path of continuous light; field and light take data at optical frequencies."),
      field<&P::ports>(
          "ports", "", 1, 999,
          "[in, out] or [in+, in-, out+, out-], counted from 1; empty: 1 to 2, or inferred from the "
          "data of an electrical four-port.")
          .from(Kind::choice, "inferred from the data"),
      field<&P::mode>("mode", "", 0, 1000, "Mode of a file that holds several.").from(Kind::choice, ""),
      field<&P::normalise>("normalise",
                           "Whether the response is divided by its value at 0 Hz, or at the carrier."),
      internal<&P::table>(), internal<&P::channel>());
}

// The part has the domain that its key says; the plan takes it from there (input_domain).
template <>
struct PartTraits<MeasuredResponse> {
  static constexpr std::string_view type = "measured_response";
  static constexpr Domain input = Domain::none, output = Domain::none;
  static constexpr Place place = Place::module;
};

Domain domain_of(const MeasuredResponse&);

// Loads the file. Throws Error for one that cannot be used.
void resolve(MeasuredResponse&, ReadContext&, const Node&, const std::string& path);

// Of field and light, f is relative to the carrier of conditions.light. A part that was not resolved is a
// mistake of the program (std::logic_error).
Response response(const MeasuredResponse&, const Conditions&);

// Bulk delay that `response` leaves out [s].
double latency(const MeasuredResponse&, const Conditions&);

// 1/|S|² at the wavelength of conditions.light; 1 for voltages and currents, and where there is no light.
double optical_loss(const MeasuredResponse&, const Conditions&);

// What the reader, the checks (passive, reciprocal) and the model noticed; that the data stop below the
// symbol rate, or do not hold the carrier.
std::vector<std::string> remarks(const MeasuredResponse&, const Conditions&);

}  // namespace waverack::parts

namespace waverack {
template <>
struct EnumNames<parts::Carried> {
  static constexpr std::array<EnumName<parts::Carried>, 4> list{{{"voltage", parts::Carried::voltage},
                                                                 {"current", parts::Carried::current},
                                                                 {"field", parts::Carried::field},
                                                                 {"light", parts::Carried::light}}};
};
}  // namespace waverack
