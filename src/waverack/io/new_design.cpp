#include "waverack/io/new_design.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"
#include "waverack/io/embedded.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/load.hpp"

namespace waverack::io {

std::string new_design(std::string_view from, std::string_view title) {
  const std::string file = std::string(from) + ".toml";
  for (const EmbeddedFile& design : embedded_designs()) {
    if (design.name != file && design.name != from) continue;
    std::string text(design.text);
    // `title` is a key of the top level, so it stands before the first table, on a line of its own.
    const std::size_t start = text.starts_with("title") ? 0 : text.find("\ntitle") + 1;
    std::string line = "title = ";
    append_quoted(line, title);
    text.replace(start, text.find('\n', start) - start, line);
    return text;
  }
  const std::vector<std::string> names = design_names();
  throw Error(ErrorInfo{{},
                        {},
                        fmt::format("there is no built-in design '{}'", from),
                        fmt::format("{}", fmt::join(names, ", ")),
                        nearest_name(from, names)});
}

}  // namespace waverack::io
