// waverack claims

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"
#include "waverack/io/claims_text.hpp"
#include "waverack/io/run.hpp"

namespace waverack::app {

Action declare_claims(CLI::App& app, Console& console) {
  const auto ids = std::make_shared<std::vector<std::string>>();
  app.add_option("ID", *ids, "Claims to show in full; all of them in short if none is given.");
  app.add_flag("--json", console.json, "The claims as JSON.");
  return [ids](Console& c) {
    const std::vector<study::ClaimResult> claims =
        io::select_claims(io::claims_on_built_in_designs({}), *ids);
    c.print(c.json ? io::claims_json(claims) : io::claims_text(claims, !ids->empty(), c.style()));
    return good;
  };
}

}  // namespace waverack::app
