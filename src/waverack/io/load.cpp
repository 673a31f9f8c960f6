#include "waverack/io/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "waverack/base/sha256.hpp"
#include "waverack/io/embedded.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/json_reader.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/io/toml_reader.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_of(std::span<const EmbeddedFile> files) {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : files) names.push_back(fs::path(file.name).stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

const EmbeddedFile* find_embedded(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files)
    if (file.name == name || file.name == std::string(name) + ".toml") return &file;
  return nullptr;
}

// Cards and files for one design. The folder is empty for a design that is no file.
class Sources {
 public:
  explicit Sources(const Input& input)
      : folder_(input.folder), models_(input.models), self_contained_(input.self_contained) {}

  // With its settings.
  void read_from(const Node& document) { named_.typed_in(document); }

  ReadSources sources() {
    return {[this](std::string_view name) { return card(name); },
            [this] { return this->names(); },
            [this](std::string_view name) { return load_file(name); },
            [this](std::string_view name) { return model(name); },
            [this] { return this->model_names(); },
            [this](std::string_view kind, const Node& name) -> const Node& {
              return profiles_.document(kind, name);
            }};
  }

  std::vector<InputFile> take_files() { return std::move(files_); }

  const Node* card(std::string_view name) {
    const auto known = cards_.find(name);
    if (known != cards_.end()) return &known->second;
    if (std::optional<Node> found = read_card(name))
      return &cards_.emplace(std::string(name), std::move(*found)).first->second;
    return nullptr;
  }

 private:
  std::optional<Node> read_card(std::string_view name) const {
    // A name is a name: it does not climb out of its folder.
    if (name.find('/') != std::string_view::npos || name.find("..") != std::string_view::npos)
      return std::nullopt;
    if (folder_) {
      for (const fs::path& path :
           {*folder_ / "parts" / (std::string(name) + ".toml"), *folder_ / (std::string(name) + ".toml")})
        if (std::error_code error; fs::is_regular_file(path, error))
          return parse_toml(read_file(path, design_size_limit, path.string()), path.string(), Layer::card);
    }
    if (const EmbeddedFile* file = find_embedded(embedded_cards(), name))
      return parse_toml(file->text, "parts/" + std::string(file->name), Layer::card);
    // A result states every number of its parts; the name of the card remains as a word on their origin.
    if (self_contained_) return Node(Table{});
    return std::nullopt;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names = card_names();
    std::error_code error;
    if (folder_)
      for (const auto& entry : fs::directory_iterator(*folder_ / "parts", error))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  std::string load_file(std::string_view name) {
    const std::optional<fs::path> path = named_.find(name, profiles_.folders());
    if (!path)
      throw Error("'" + std::string(name) + "' cannot be read: only a design in a file can name files");
    std::string text = read_file(*path, data_size_limit, path->string());
    const auto same = [&](const InputFile& file) { return file.name == name; };
    if (std::none_of(files_.begin(), files_.end(), same))
      files_.push_back({std::string(name), sha256_hex(text), text.size()});
    return text;
  }

  std::shared_ptr<const void> model(std::string_view name) const {
    const auto found = models_.find(name);
    return found == models_.end() ? nullptr : std::make_shared<const parts::CustomModel>(found->second);
  }

  std::vector<std::string> model_names() const {
    std::vector<std::string> names;
    for (const auto& [name, functions] : models_) names.push_back(name);
    return names;
  }

  const std::optional<fs::path>& folder_;
  const parts::CustomModels& models_;
  bool self_contained_;
  std::map<std::string, Node, std::less<>> cards_;
  ProfileShelf profiles_{folder_};
  NamedFiles named_{folder_};
  std::vector<InputFile> files_;
};

bool is_json(std::string_view text, const std::string& file) {
  if (file.ends_with(".json")) return true;
  if (file.ends_with(".toml")) return false;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

bool is_result(const Node& document) {
  const Node* format = find_path(document, "format");
  return format && format->string() && *format->string() == "waverack-result";
}

// The design that a result holds; `name` becomes the name that the design had.
Node unwrap_result(Node document, std::string& name) {
  Table& table = *document.table();
  if (const Node* known = table.find("name"); known && known->string()) name = *known->string();
  Node* design = table.find("design");
  if (!design) throw Error(ErrorInfo{document.mark, "design", "the result holds no design", {}, {}});
  return std::move(*design);
}

// A part that takes its type from its card gets it now, so that --set can address it by that name.
void name_parts(Node& document, Sources& sources) {
  for (const char* list : {"light", "chain"}) {
    const Node* found = find_path(document, std::string("lane.") + list);
    Array* parts = found ? const_cast<Node*>(found)->array() : nullptr;
    if (!parts) continue;
    for (Node& part : *parts) {
      Table* table = part.table();
      const Node* name = table && !table->find("part") ? table->find("card") : nullptr;
      const Node* card = name && name->string() ? sources.card(*name->string()) : nullptr;
      if (const Node* type = card && card->table() ? card->table()->find("part") : nullptr)
        table->set("part", *type);
    }
  }
}

// A profile that is named becomes a table that is based on it, so that --set can reach into it.
void name_profiles(Node& document) {
  Node* lane = document.table() ? document.table()->find("lane") : nullptr;
  if (!lane || !lane->table()) return;
  for (const std::string_view key : {"pmd", "electrical"}) {
    Node* profile = lane->table()->find(key);
    if (!profile || !profile->string() || profile->string()->empty()) continue;
    Node table{Table{}};
    table.mark = profile->mark;
    table.layer = profile->layer;
    table.table()->set("based_on", *profile);
    *profile = std::move(table);
  }
}

// Fills in the design of `input`, and the files that it names.
void read_document(Input& input, Node document, const std::vector<std::string>& settings) {
  Sources own(input);
  name_parts(document, own);
  name_profiles(document);
  apply_settings(document, settings);
  own.read_from(document);
  const ReadSources sources = own.sources();
  ReadContext context(sources);
  input.loaded.design = read<Design>(context, document, "");
  input.loaded.provenance = std::move(context.provenance);
  input.loaded.warnings = std::move(context.warnings);
  input.loaded.document = std::move(*document.table());
  input.files = own.take_files();
}

// `input` holds the name, the file, the folder and the models.
Input read_text(std::string_view text, Input input, const std::vector<std::string>& settings) {
  const std::string& file = input.file;
  Node document = is_json(text, file) ? parse_json(text, file) : parse_toml(text, file);
  input.self_contained = is_result(document);
  if (input.self_contained) document = unwrap_result(std::move(document), input.name);
  if (!document.table())
    fail(document, "", "expected a design, found " + kind_of(document), "a table with title, lane, …");
  read_document(input, std::move(document), settings);
  return input;
}

bool looks_like_path(std::string_view which) {
  return which.find('/') != std::string_view::npos || which.ends_with(".toml") || which.ends_with(".json");
}

}  // namespace

void apply_settings(Node& document, const std::vector<std::string>& settings) {
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(ErrorInfo{{"--set " + setting, 0, 0},
                            {},
                            "a setting is PATH=VALUE",
                            "for example --set \"lane.chain.fibre.length=2 km\"",
                            {}});
    set_path(document, std::string_view(setting).substr(0, equals),
             std::string_view(setting).substr(equals + 1));
  }
}

std::vector<std::string> design_names() { return names_of(embedded_designs()); }
std::vector<std::string> card_names() { return names_of(embedded_cards()); }

Input load_design_text(std::string_view text, const std::string& file,
                       const std::vector<std::string>& settings, const parts::CustomModels& models) {
  return read_text(text, {.name = fs::path(file).stem().string(), .file = file, .models = models}, settings);
}

Input load_design(const std::string& which, const std::vector<std::string>& settings,
                  const parts::CustomModels& models) {
  if (which == "-")
    return read_text(read_standard_input(design_size_limit),
                     {.name = "stdin", .file = "standard input", .folder = fs::path("."), .models = models},
                     settings);

  const fs::path path(which);
  std::error_code error;
  const bool is_file = fs::exists(path, error) && !fs::is_directory(path, error);
  if (!is_file) {
    if (const EmbeddedFile* file = find_embedded(embedded_designs(), which)) {
      Input input = load_design_text(file->text, std::string(file->name), settings, models);
      input.embedded = true;
      return input;
    }
    const std::vector<std::string> names = design_names();
    const std::string stem = which.ends_with(".toml") || which.ends_with(".json") ? path.stem().string()
                                                                                  : path.filename().string();
    const bool folder = fs::is_directory(path, error);
    throw Error(ErrorInfo{looks_like_path(which) || folder ? Mark{which, 0, 0} : Mark{},
                          {},
                          folder                   ? "this is a folder, not a design"
                          : looks_like_path(which) ? std::string("there is no such file")
                                                   : "there is no design '" + which + "'",
                          fmt::format("a TOML or JSON file, or {}", fmt::join(names, ", ")),
                          nearest_name(stem, names)});
  }
  // The name of a result's file says little: out/result.json is "result".
  return read_text(read_file(path, design_size_limit, which),
                   {.name = path.stem().string(),
                    .file = which,
                    .folder = path.has_parent_path() ? path.parent_path() : fs::path("."),
                    .models = models},
                   settings);
}

namespace {

Input without_design(const Input& input) {
  return {.name = input.name,
          .file = input.file,
          .embedded = input.embedded,
          .folder = input.folder,
          .models = input.models,
          .self_contained = input.self_contained};
}

}  // namespace

Input with_settings(const Input& input, const std::vector<std::string>& settings) {
  Input again = without_design(input);
  read_document(again, Node(input.loaded.document), settings);
  return again;
}

Input with_document(const Input& input, Table document) {
  Input again = without_design(input);
  read_document(again, Node(std::move(document)), {});
  return again;
}

LoadedDesign reread(const Input& input, const std::vector<std::string>& settings) {
  return with_settings(input, settings).loaded;
}

std::optional<Input> load_baseline(const Input& input) {
  const std::string& name = input.loaded.design.cluster.baseline;
  if (name.empty()) return std::nullopt;
  if (input.folder) {
    const fs::path beside =
        *input.folder / (name.ends_with(".toml") || name.ends_with(".json") ? name : name + ".toml");
    if (std::error_code error; fs::is_regular_file(beside, error))
      return load_design(beside.string(), {}, input.models);
  }
  return load_design(name, {}, input.models);
}

}  // namespace waverack::io
