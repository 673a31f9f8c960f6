#pragma once
// Keys whose value is the name of a file that is read at once.

#include <string>

#include "waverack/base/error.hpp"
#include "waverack/base/reader.hpp"

namespace waverack {

// What `use` returns. An Error of a data file gets the path of the key that named the file: the mark is the
// place in the file, the path tells which part of the design asked for it.
template <class Use>
auto with_path(const std::string& path, const Use& use) {
  try {
    return use();
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    if (info.path.empty()) info.path = path;
    throw Error(std::move(info));
  }
}

// The value of a key that names a file. Throws Error where it is no text.
std::string file_name(const Node&, const std::string& path);

// The text of that file. Throws Error where it cannot be read.
std::string load_text(const ReadContext&, const Node&, const std::string& path, const std::string& file);

}  // namespace waverack
