// waverack claims

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "cache.hpp"
#include "command.hpp"
#include "waverack/io/claims_page.hpp"
#include "waverack/io/claims_run.hpp"
#include "waverack/io/claims_text.hpp"
#include "waverack/io/files.hpp"

namespace waverack::app {
namespace {

struct ClaimsArguments {
  std::vector<std::string> ids;
  std::string page, language;
};

void write_pages(const std::vector<study::ClaimResult>& claims, const ClaimsArguments& arguments,
                 Console& console) {
  const std::filesystem::path english(arguments.page),
      chinese = io::page_name(english, io::Language::chinese);
  const auto write = [&](const std::filesystem::path& file, io::Language language, const std::string& twin) {
    io::write_file(file, io::claims_page(claims, language, twin));
    console.note(fmt::format("wrote {}", file.string()));
  };
  if (arguments.language == "en") return write(english, io::Language::english, "");
  if (arguments.language == "zh") return write(english, io::Language::chinese, "");
  write(english, io::Language::english, chinese.filename().string());
  write(chinese, io::Language::chinese, english.filename().string());
}

}  // namespace

Action declare_claims(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<ClaimsArguments>();
  app.add_option("ID", arguments->ids, "Claims to show in full; all of them in short if none is given.");
  app.add_option("--html", arguments->page,
                 "Also write a page to read, and its Chinese twin: FILE.html and FILE.zh.html.")
      ->type_name("FILE.html");
  app.add_option("--language", arguments->language,
                 "Only the page in this language, under the name given: en or zh.")
      ->check(CLI::IsMember({"en", "zh"}))
      ->needs("--html");
  app.add_flag("--json", console.json, "The claims as JSON.");
  return [arguments](Console& c) {
    const std::vector<study::ClaimResult> claims =
        io::solve_claims(arguments->ids, {.cache_folder = technology_cache_folder()});
    if (!arguments->page.empty()) write_pages(claims, *arguments, c);
    c.print(c.json ? io::claims_json(claims) : io::claims_text(claims, !arguments->ids.empty(), c.style()));
    return good;
  };
}

}  // namespace waverack::app
