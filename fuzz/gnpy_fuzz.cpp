// Any bytes as the two files of a GNPy network, a line of "===" between them. What can be read is measured.
// An Error is fine; a crash, or a channel without a number, is not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/io/line_output.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waverack;
  constexpr std::string_view border = "\n===\n";
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t at = text.find(border);
  if (at == std::string_view::npos) return 0;
  try {
    const io::GnpyFiles files =
        io::parse_gnpy(text.substr(0, at), "equipment.json", text.substr(at + border.size()), "network.json");
    io::LineQuestion question;
    question.modules = {"zr-400g"};
    const io::LineAnswer answer = io::answer_line(question, files);
    for (const io::LineChannel& channel : answer.channels)
      require(std::isfinite(channel.gsnr) && channel.gsnr > 0.0 && channel.gsnr <= channel.snr_ase);
    require(!io::line_text(answer, {}).empty() && !io::line_json(answer).empty());
  } catch (const Error&) {
  }
  return 0;
}
