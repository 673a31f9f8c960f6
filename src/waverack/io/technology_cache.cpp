#include "waverack/io/technology_cache.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "waverack/base/parallel.hpp"
#include "waverack/base/sha256.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/json_reader.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/technology_document.hpp"
#include "waverack/io/version.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

// Raised with every change of what is stored.
constexpr std::string_view cache_format = "waverack-technology 1";

constexpr std::size_t technology_size_limit = std::size_t{1} << 20;

std::string json_text(Table table) {
  JsonWriter json;
  json.value(Node(std::move(table)));
  return json.take();
}

std::string stored_text(const std::string& key, const cluster::Technology& technology) {
  const std::string text = technology_json(technology);
  Table table;
  table.set("format", Node(cache_format));
  table.set("key", Node(key));
  table.set("digest", Node(sha256_hex(text)));
  table.set("technology", parse_json(text, "technology"));
  return json_text(std::move(table));
}

bool says(const Table& table, std::string_view member, std::string_view text) {
  const Node* node = table.find(member);
  return node && node->string() && *node->string() == text;
}

// The technology of a file, if it is whole and belongs to the key.
std::optional<cluster::Technology> read_stored(const fs::path& path, const std::string& key) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  try {
    const Node root = parse_json(read_file(path, technology_size_limit, path.string()), path.string());
    const Table* table = root.table();
    const Node* object = table ? table->find("technology") : nullptr;
    if (!object || !says(*table, "format", cache_format) || !says(*table, "key", key)) return std::nullopt;
    cluster::Technology technology = parse_technology(*object);
    if (!says(*table, "digest", sha256_hex(technology_json(technology)))) return std::nullopt;
    return technology;
  } catch (const Error&) {
    return std::nullopt;
  }
}

// Under a name of its own first: a rename within a folder is atomic.
void store(const fs::path& path, const std::string& text) {
  std::random_device random;
  const fs::path aside = fmt::format("{}.{:08x}{:08x}", path.string(), random(), random());
  try {
    write_file(aside, text);
    fs::rename(aside, path);
  } catch (const fs::filesystem_error& failed) {
    std::error_code ignored;
    fs::remove(aside, ignored);
    throw Error(failed.code().message());
  }
}

fs::path absolute_or_none(const std::string& folder) {
  const fs::path path(folder);
  return path.is_absolute() ? path : fs::path();
}

}  // namespace

fs::path cache_folder(const std::string& xdg_cache_home, const std::string& home) {
  if (const fs::path own = absolute_or_none(xdg_cache_home); !own.empty()) return own / "waverack";
  if (const fs::path own = absolute_or_none(home); !own.empty()) return own / ".cache" / "waverack";
  return {};
}

std::optional<std::string> technology_key(const Input& input, const study::TechnologyOptions& options) {
  if (!input.models.empty()) return std::nullopt;
  Table table;
  table.set("format", Node(cache_format));
  table.set("version", Node(version()));
  table.set("commit", Node(commit()));
  table.set("name", Node(input.name));
  table.set("options", Node(write(options)));
  Array files;
  for (const InputFile& file : input.files) {
    Table entry;
    entry.set("name", Node(file.name));
    entry.set("sha256", Node(file.sha256));
    files.push_back(Node(std::move(entry)));
  }
  table.set("files", Node(std::move(files)));
  table.set("design", Node(design_document(input.loaded)));
  return sha256_hex(json_text(std::move(table)));
}

LoadedTechnology load_technology(const Input& input, const study::TechnologyOptions& options,
                                 const fs::path& folder, const SolveTechnology& solve) {
  const std::optional<std::string> key = folder.empty() ? std::nullopt : technology_key(input, options);
  LoadedTechnology loaded;
  if (!key) {
    loaded.technology = solve(input.name, input.loaded, options);
    return loaded;
  }
  const fs::path path = folder / (*key + ".json");
  if (std::optional<cluster::Technology> stored = read_stored(path, *key)) {
    loaded.technology = std::move(*stored);
    loaded.cached = true;
    return loaded;
  }
  loaded.technology = solve(input.name, input.loaded, options);
  try {
    store(path, stored_text(*key, loaded.technology));
  } catch (const Error& error) {
    loaded.warnings.push_back(
        {"cache", fmt::format("what was solved for {} is not kept: {}", input.name, error.what())});
  }
  return loaded;
}

LoadedTechnology load_technology(const Input& input, const study::TechnologyOptions& options,
                                 const fs::path& folder, int threads) {
  return load_technology(
      input, options, folder,
      [threads](const std::string& name, const LoadedDesign& design, const study::TechnologyOptions& how) {
        return study::solve_technology(name, design, how, threads);
      });
}

std::vector<LoadedTechnology> load_technologies(const std::vector<Input>& inputs,
                                                const study::TechnologyOptions& options,
                                                const fs::path& folder, int threads) {
  std::vector<LoadedTechnology> loaded(inputs.size());
  parallel_for(static_cast<int>(inputs.size()), threads, [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    loaded[at] = load_technology(inputs[at], options, folder, 1);
  });
  return loaded;
}

}  // namespace waverack::io
