#pragma once
// The only place of the library that opens files.

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace waverack::io {

// A result that is run again holds its eyes.
inline constexpr std::size_t design_size_limit = std::size_t{64} << 20;
inline constexpr std::size_t data_size_limit = std::size_t{256} << 20;  // Touchstone files

// The bytes of a regular file. `shown` is how messages call it. Throws Error if it cannot be read or has more
// than `limit` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t limit, const std::string& shown);

// All of standard input, at most `limit` bytes.
std::string read_standard_input(std::size_t limit);

// A file that grows while the program runs. What append() was given is in the file when it returns. The
// folders of `path` are made as needed, and a file that is there is replaced. Throws Error if something
// cannot be written.
class GrowingFile {
 public:
  explicit GrowingFile(const std::filesystem::path& path);
  void append(std::string_view text);

 private:
  std::string shown_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

// Writes `text` to `path`, whose folders are made as needed. Throws Error if that fails.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace waverack::io
