#pragma once
// The two files of a network of GNPy as they are on disk: elements by their uid, connections, the library of
// equipment. Nothing is computed here; every mistake is said with the file and the element.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/document.hpp"

namespace waverack::io {

// A table of one of the files and how messages call it. One without `table` is not in the file: it has no
// keys.
struct GnpyTable {
  const Table* table = nullptr;
  std::string path;  // "elements.Span1.params", "Edfa.std_low_gain"
  Mark mark;         // its file; the line where it is known
};

// Throws Error about a key of the table; "" stands for the table itself.
[[noreturn]] void refuse(const GnpyTable&, std::string_view key, const std::string& message,
                         const std::string& allowed = {}, const std::string& nearest = {});

// Nothing where the key is missing or null. Throw Error where it is of another kind.
std::optional<double> find_number(const GnpyTable&, std::string_view key);
std::string find_text(const GnpyTable&, std::string_view key);
GnpyTable inner(const GnpyTable&, std::string_view key);
std::vector<GnpyTable> inner_list(const GnpyTable&, std::string_view key);
std::vector<double> number_list(const GnpyTable&, std::string_view key);
bool find_flag(const GnpyTable&, std::string_view key);

// The same where the key has to be there.
double number(const GnpyTable&, std::string_view key);

// Tables point into the documents: moved, not copied.
struct GnpyFiles {
  GnpyFiles() = default;
  GnpyFiles(GnpyFiles&&) = default;
  GnpyFiles& operator=(GnpyFiles&&) = default;
  GnpyFiles(const GnpyFiles&) = delete;
  GnpyFiles& operator=(const GnpyFiles&) = delete;

  Node equipment, network;
  GnpyTable library;                          // the root of the equipment
  std::map<std::string, GnpyTable> elements;  // by uid
  std::vector<std::string> transceivers;      // uids, in the order of the file
  std::map<std::string, std::vector<std::string>> next;
};

// Reads the texts of both files; `…_file` is how messages call them. Throws Error for text that is no JSON,
// elements without uid or with one that another has, and connections to what is no element.
GnpyFiles parse_gnpy(std::string_view equipment, const std::string& equipment_file, std::string_view network,
                     const std::string& network_file);
GnpyFiles load_gnpy(const std::string& equipment_file, const std::string& network_file);

// The entry of a list of the library ("Edfa") that has this type_variety, "default" also for one that has
// none. Throws Error, with the names that there are, where there is none; `user` is what names it.
GnpyTable equipment_entry(const GnpyFiles&, std::string_view list, const std::string& variety,
                          const GnpyTable& user = {});

}  // namespace waverack::io
