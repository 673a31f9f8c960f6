#pragma once
// COM of files with a sheet, and of many channels one after the other.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/compliance/channel_measures.hpp"
#include "waverack/design/result.hpp"
#include "waverack/io/com_files.hpp"

namespace waverack::io {

// The sheet of a run: a profile, with a sheet of the reference code over it where one is given.
struct ComSheetChoice {
  std::string profile;  // name of the profile
  std::string file;     // where the sheet was read
  compliance::ComSheet sheet;
  std::vector<std::string> settings;  // PATH=VALUE, laid over the sheet
  std::vector<std::string> unknown;   // rows of the reference code's sheet that were not understood
  Provenance provenance;              // of the numbers that are those of the profile
};

// `csv`: path of a sheet of the reference code saved as CSV, or empty. `settings`: texts PATH=VALUE that are
// laid over both. Throws Error as load_profile, parse_com_sheet_csv and apply_settings.
ComSheetChoice choose_com_sheet(const std::string& profile, const std::string& csv = {},
                                const std::vector<std::string>& settings = {});

struct ComReport {
  ComSheetChoice choice;
  ComInput input;
  compliance::ComResult result;
  compliance::ChannelNetworks networks;  // the two-ports of the files
  compliance::EffectiveReturnLoss erl;
  std::optional<compliance::InsertionLossFit> fit;
  compliance::IntegratedCrosstalk crosstalk;  // as the reference code spreads the amplitude
  std::vector<Check> checks;  // against the limits of the sheet, the worst of the package cases
  std::string command;        // as it was given; empty in a batch
};

bool passes(const std::vector<Check>&);

// The return loss against the sheet's limit; empty where the sheet has none.
std::vector<Check> erl_checks(const ComSheetChoice&, double erl_db);

ComReport run_com(const ComSheetChoice&, const ComPaths&, const compliance::ComOptions&);

// VEC [dB] and VEO [V] that count for a case: over the timing window where the sheet has one.
double vec_db_of(const compliance::ComCaseResult&);
double veo_of(const compliance::ComCaseResult&);
// COM with the credit of sequence detection where the sheet grants it.
double com_db_of(const compliance::ComCaseResult&);

// One row of a batch: a channel and its result, or why there is none.
struct ComBatchRow {
  std::string name;
  std::optional<ComReport> report;
  std::string error;
};

// `csv` has a head with the columns name (may be missing), through, fext, next, ports, profile in any order;
// a profile of its own takes the place of profile and CSV, under the settings; files of one cell are
// separated by blanks or semicolons, ports as in --ports; only `through` is needed. Paths are relative to
// `folder`. A row that cannot be computed carries its message; the others go on. `done` is called after every
// row. Throws Error where the head lacks `through`.
std::vector<ComBatchRow> run_com_batch(std::string_view csv, const std::string& name,
                                       const std::string& folder, const ComSheetChoice&,
                                       const compliance::ComOptions&,
                                       const std::function<void(const ComBatchRow&)>& done = {});

}  // namespace waverack::io
