#pragma once
// A measured response in place of a part's own.

#include <memory>

#include "waverack/base/file_key.hpp"
#include "waverack/network/tabulated_response.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// A key of a part: the name of a file, read at once. The ending tells what it is: .s2p … .sNp (Touchstone),
// .csv or .txt (network::parse_response_csv), .sparam or .dat (network::parse_lumerical).
struct ResponseFile {
  std::string file;                                 // "" for none
  std::shared_ptr<const network::Channel> channel;  // shared by all copies, never changed

  explicit operator bool() const { return channel != nullptr; }
};

// The shape of the response, H(0) = 1: what the part says of its gain still counts. The bulk delay is taken
// out and not counted as latency, because the fixture's cables are in it. A file must have been given.
Response response(const ResponseFile&);

// What the reader left to the model, and that the data of the file stop below the symbol rate; nothing
// without a file.
std::vector<std::string> remarks(const ResponseFile&, const Conditions&);

// The description of such a key.
template <auto pointer>
Field response_file_field() {
  return field<pointer>("response_file",
                        "Measured response in place of the part's own memory: .s2p, .csv or .sparam file, "
                        "relative to the design; its value at the lowest frequency counts as 1.");
}

// Reads a file of any of the kinds above as the transmission that `ports` choose (network::select_channel;
// for Lumerical files [in, out], 1 and 2 where empty) of the mode `mode`. `ports` are filled in. `doubts`:
// also remark where the network is not passive or reciprocal. Throws Error with the place in the file and the
// path of the key, `path`.
network::FrequencyTable load_table(ReadContext&, const Node&, const std::string& path,
                                   const std::string& file, std::vector<int>& ports, int mode, bool doubts);

// Throws Error if the table lies at optical frequencies, where a signal in volts or amperes has nothing.
void require_baseband(const network::FrequencyTable&, const std::string& path);

// That the data of `file` stop below the symbol rate, as a list of one sentence or none.
std::vector<std::string> end_of_data(const std::string& file, double last_frequency, const Conditions&);

}  // namespace waverack::parts

namespace waverack {
template <>
const FieldType& field_type<parts::ResponseFile>();
}  // namespace waverack
