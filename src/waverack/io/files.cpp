#include "waverack/io/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "waverack/base/error.hpp"

namespace waverack::io {
namespace {

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

[[noreturn]] void fail(const std::string& shown, std::string message) {
  throw Error(ErrorInfo{{shown, 0, 0}, {}, std::move(message), {}, {}});
}

std::string read_all(std::FILE* file, std::size_t limit, const std::string& shown) {
  std::string text;
  char buffer[1 << 16];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file)) {
    text.append(buffer, count);
    if (text.size() > limit) fail(shown, fmt::format("the file is larger than {} MiB", limit >> 20));
  }
  if (std::ferror(file)) fail(shown, fmt::format("cannot read the file: {}", std::strerror(errno)));
  return text;
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t limit, const std::string& shown) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) fail(shown, "there is no such file");
  if (std::filesystem::is_directory(status)) fail(shown, "this is a folder, not a file");
  // Devices and pipes may never end.
  if (!std::filesystem::is_regular_file(status)) fail(shown, "this is not a regular file");
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) fail(shown, fmt::format("cannot open the file: {}", std::strerror(errno)));
  return read_all(file.get(), limit, shown);
}

std::string read_standard_input(std::size_t limit) { return read_all(stdin, limit, "standard input"); }

namespace {

void make_folder_of(const std::filesystem::path& path) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) fail(path.parent_path().string(), "cannot make the folder: " + error.message());
}

[[noreturn]] void fail_to_write(const std::string& shown) {
  fail(shown, fmt::format("cannot write the file: {}", std::strerror(errno)));
}

}  // namespace

GrowingFile::GrowingFile(const std::filesystem::path& path)
    : shown_(path.string()), file_(nullptr, &std::fclose) {
  make_folder_of(path);
  file_.reset(std::fopen(path.c_str(), "wb"));
  if (!file_) fail_to_write(shown_);
}

void GrowingFile::append(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
  if (!written || std::fflush(file_.get()) != 0) fail_to_write(shown_);
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  make_folder_of(path);
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) fail_to_write(path.string());
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  if (std::fclose(file.release()) != 0 || !written) fail_to_write(path.string());
}

}  // namespace waverack::io
