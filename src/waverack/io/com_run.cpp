#include "waverack/io/com_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "waverack/base/csv_cells.hpp"
#include "waverack/base/error.hpp"
#include "waverack/compliance/com_channel.hpp"
#include "waverack/compliance/com_sheet_csv.hpp"
#include "waverack/design/bounded_check.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/network_file.hpp"
#include "waverack/io/profile.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;
using compliance::ComCaseResult;

void add_check(std::vector<Check>& checks, const ComSheetChoice& choice, std::string name,
               std::string_view key, double value, double limit, bool at_least, std::string unit) {
  if (!std::isfinite(limit)) return;
  const auto origin = choice.provenance.find(fmt::format("limits.{}", key));
  checks.push_back(bounded_check(std::move(name), value, limit, at_least, std::move(unit),
                                 origin == choice.provenance.end() ? choice.file
                                 : origin->second.source.empty()   ? choice.sheet.title
                                                                   : origin->second.source));
}

template <class Value>
double worst(const compliance::ComResult& result, bool at_least, Value value) {
  double found = value(result.cases.front());
  for (const ComCaseResult& item : result.cases)
    found = at_least ? std::min(found, value(item)) : std::max(found, value(item));
  return found;
}

std::vector<Check> checks_of(const ComReport& report) {
  const ComSheetChoice& choice = report.choice;
  const compliance::ComLimits& limits = choice.sheet.limits;
  std::vector<Check> checks;
  add_check(checks, choice, "COM", "com_db", worst(report.result, true, com_db_of), limits.com_db, true,
            "dB");
  add_check(checks, choice, "VEC", "vec_db", worst(report.result, false, vec_db_of), limits.vec_db, false,
            "dB");
  add_check(checks, choice, "VEO", "eye_height", worst(report.result, true, veo_of), limits.eye_height, true,
            "V");
  for (Check& check : erl_checks(choice, report.erl.erl_db)) checks.push_back(std::move(check));
  return checks;
}

// What another sheet says in place of the profile is its own.
void replace_sheet(ComSheetChoice& choice, compliance::ComSheet sheet) {
  const Node before(write(choice.sheet)), after(write(sheet));
  std::erase_if(choice.provenance, [&](const auto& item) {
    const Node *old = find_path(before, item.first), *now = find_path(after, item.first);
    return old && now && text_of(*old) != text_of(*now);
  });
  choice.sheet = std::move(sheet);
}

std::vector<std::string> words_of(std::string_view cell) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : std::string(cell) + ' ') {
    if (c != ' ' && c != ';' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  }
  return words;
}

}  // namespace

ComSheetChoice choose_com_sheet(const std::string& profile, const std::string& csv,
                                const std::vector<std::string>& settings) {
  auto loaded = load_profile<compliance::ComSheet>("com", profile);
  ComSheetChoice choice{loaded.name, loaded.file, std::move(loaded.value),
                        settings,    {},          std::move(loaded.provenance)};
  if (!csv.empty()) {
    compliance::ComSheetCsv sheet =
        compliance::parse_com_sheet_csv(read_file(csv, design_size_limit, csv), csv, choice.sheet);
    choice.file = csv;
    choice.unknown = std::move(sheet.unknown);
    replace_sheet(choice, std::move(sheet.sheet));
  }
  if (!settings.empty()) {
    Node document(write(choice.sheet));
    apply_settings(document, settings);
    const ReadSources none;
    ReadContext context(none);
    replace_sheet(choice, read<compliance::ComSheet>(context, document, ""));
  }
  return choice;
}

std::vector<Check> erl_checks(const ComSheetChoice& choice, double erl_db) {
  std::vector<Check> checks;
  add_check(checks, choice, "ERL", "erl_db", erl_db, choice.sheet.limits.erl_db, true, "dB");
  return checks;
}

double vec_db_of(const ComCaseResult& item) { return item.eye ? item.eye->vec_db : item.margin.vec_db; }
double veo_of(const ComCaseResult& item) { return item.eye ? item.eye->height : item.margin.veo; }
double com_db_of(const ComCaseResult& item) { return item.margin.com_db + item.mlse_credit_db; }

bool passes(const std::vector<Check>& checks) {
  return std::all_of(checks.begin(), checks.end(),
                     [](const Check& check) { return check.verdict == Verdict::pass; });
}

ComReport run_com(const ComSheetChoice& choice, const ComPaths& paths,
                  const compliance::ComOptions& options) {
  ComReport report;
  report.choice = choice;
  const compliance::ComSheet& sheet = report.choice.sheet;
  report.input = load_com_paths(paths, sheet);
  report.result = compliance::channel_operating_margin(sheet, report.input.paths, options);
  const network::Network& through = report.input.paths.front().differential;
  report.erl = compliance::com_return_loss(sheet, through);
  report.fit = compliance::fit_insertion_loss(through, sheet.signal.symbol_rate);
  report.networks.through = through;
  for (const compliance::ComPath& path : report.input.paths)
    if (path.kind == compliance::ComPathKind::far_end)
      report.networks.far_end.push_back(path.differential);
    else if (path.kind == compliance::ComPathKind::near_end)
      report.networks.near_end.push_back(path.differential);
  compliance::IntegratedCrosstalkSettings icn = sheet.icn;
  icn.density = compliance::CrosstalkDensity::highest_frequency;
  report.crosstalk = compliance::integrated_crosstalk(report.networks.far_end, report.networks.near_end,
                                                      sheet.signal.symbol_rate, icn);
  report.checks = checks_of(report);
  return report;
}

std::vector<ComBatchRow> run_com_batch(std::string_view csv, const std::string& name,
                                       const std::string& folder, const ComSheetChoice& choice,
                                       const compliance::ComOptions& options,
                                       const std::function<void(const ComBatchRow&)>& done) {
  const std::vector<std::vector<std::string>> cells = csv_cells(csv);
  const auto column = [&](std::string_view title) -> std::optional<std::size_t> {
    if (cells.empty()) return std::nullopt;
    for (std::size_t i = 0; i < cells.front().size(); ++i)
      if (words_of(cells.front()[i]) == std::vector<std::string>{std::string(title)}) return i;
    return std::nullopt;
  };
  if (!column("through"))
    throw Error(ErrorInfo{{name, 1, 0},
                          {},
                          "the head of the batch lacks the column 'through'",
                          "a first line such as name,through,fext,next,ports,profile",
                          {}});
  std::vector<ComBatchRow> rows;
  for (std::size_t r = 1; r < cells.size(); ++r) {
    const auto cell = [&](std::string_view title) -> std::string {
      const auto i = column(title);
      return i && *i < cells[r].size() ? cells[r][*i] : "";
    };
    const auto files = [&](std::string_view title) {
      std::vector<std::string> paths = words_of(cell(title));
      for (std::string& path : paths) path = (fs::path(folder) / path).string();
      return paths;
    };
    if (std::all_of(cells[r].begin(), cells[r].end(),
                    [](const std::string& c) { return words_of(c).empty(); }))
      continue;
    ComBatchRow row;
    row.name = cell("name").empty() ? cell("through") : cell("name");
    try {
      const std::vector<std::string> through = files("through");
      if (through.size() != 1) throw Error("a row needs one through path");
      ComPaths paths{through.front(), files("fext"), files("next"), {}};
      for (const std::string& ports : words_of(cell("ports"))) paths.ports.push_back(parse_ports(ports));
      const std::vector<std::string> profile = words_of(cell("profile"));
      row.report = run_com(profile.empty() ? choice : choose_com_sheet(profile.front(), "", choice.settings),
                           paths, options);
    } catch (const Error& error) {
      row.error = error.what();
    }
    if (done) done(row);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace waverack::io
