#include "waverack/base/error.hpp"

namespace waverack {

std::string format_error(const ErrorInfo& info) {
  std::string text;
  if (!info.mark.file.empty()) {
    text += info.mark.file;
    if (info.mark.line > 0) text.append(":").append(std::to_string(info.mark.line));
    text += ": ";
  }
  if (!info.path.empty()) text += info.path + ": ";
  text += info.message;
  if (!info.allowed.empty()) text += " (allowed: " + info.allowed + ")";
  if (!info.nearest.empty()) text += ". Did you mean '" + info.nearest + "'?";
  return text;
}

void refuse_at(std::string path, std::string message, std::string allowed, std::string nearest) {
  throw Error(ErrorInfo{{}, std::move(path), std::move(message), std::move(allowed), std::move(nearest)});
}

}  // namespace waverack
