#pragma once
// Constellations of coherent formats: the names, and what tells one from another.

#include <string_view>

namespace waverack::coherent {

// Each polarisation carries a symbol of the format; unit mean power everywhere in this layer.
enum class Format { qpsk, qam8, qam16 };

constexpr int bits_per_symbol(Format format) {  // of one polarisation
  return format == Format::qpsk ? 2 : format == Format::qam8 ? 3 : 4;
}

constexpr std::string_view name_of(Format format) {
  return format == Format::qpsk ? "QPSK" : format == Format::qam8 ? "8QAM" : "16QAM";
}

}  // namespace waverack::coherent
