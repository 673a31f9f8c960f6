#include "waverack/base/file_key.hpp"

namespace waverack {

std::string file_name(const Node& node, const std::string& path) {
  if (!node.string()) fail(node, path, "expected a text, found " + kind_of(node), "the name of a file");
  return *node.string();
}

std::string load_text(const ReadContext& context, const Node& node, const std::string& path,
                      const std::string& file) {
  if (!context.sources().load_file)
    fail(node, path, "'" + file + "' cannot be read: there is no place to look for files");
  return context.sources().load_file(file);
}

}  // namespace waverack
