// Any bytes as a profile: a parameter sheet of COM over 3ck-base, a PMD and an electrical interface over one
// of theirs. An Error is fine; a crash or a sheet whose parts do not fit is not.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "waverack/base/error.hpp"
#include "waverack/compliance/com_search.hpp"
#include "waverack/compliance/electrical_interface.hpp"
#include "waverack/compliance/pmd.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/io/toml_reader.hpp"

namespace {

using namespace waverack;

// The text over a built-in profile.
template <class T>
T read_over(std::string_view text, std::string_view kind, const char* base) {
  Node document = io::parse_toml(text, "fuzz.toml", Layer::card);
  merge_below(*document.table(), *io::profile_document(kind, base).document.table());
  io::ProfileShelf shelf{std::nullopt};
  ReadSources sources;
  sources.profile = [&](std::string_view nested, const Node& name) -> const Node& {
    return shelf.document(nested, name);
  };
  ReadContext context(sources);
  return read<T>(context, document, "");
}

template <class Action>
void allowing_errors(const Action& action) {
  try {
    action();
  } catch (const Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  allowing_errors([&] {
    const auto sheet = read_over<compliance::ComSheet>(text, "com", "3ck-base");
    compliance::require_consistent(sheet);
    compliance::gain_grid(sheet);
  });
  allowing_errors([&] { read_over<compliance::Pmd>(text, "pmd", "400gbase-dr4"); });
  allowing_errors([&] { read_over<compliance::ElectricalInterface>(text, "electrical", "100g-c2m"); });
  return 0;
}
