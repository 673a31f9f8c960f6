#include "waverack/io/price_file.hpp"

#include "waverack/io/embedded.hpp"
#include "waverack/io/files.hpp"

namespace waverack::io {

cluster::PriceList built_in_prices() {
  const EmbeddedFile& file = embedded_prices().front();
  return cluster::parse_prices(file.text, "prices/" + std::string(file.name));
}

cluster::PriceList load_prices(const std::filesystem::path& file) {
  return cluster::parse_prices(read_file(file, design_size_limit, file.string()), file.string());
}

}  // namespace waverack::io
