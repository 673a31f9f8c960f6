#include "waverack/link/coherent_curves.hpp"

namespace waverack::link {
namespace {

Curve constellation(std::string id, std::string title, const std::vector<std::complex<float>>& symbols) {
  Curve curve;
  curve.id = std::move(id);
  curve.title = std::move(title);
  curve.columns = {{"in-phase", "1", {}}, {"quadrature", "1", {}}};
  for (const std::complex<float>& symbol : symbols) {
    curve.columns[0].values.push_back(static_cast<double>(symbol.real()));
    curve.columns[1].values.push_back(static_cast<double>(symbol.imag()));
  }
  return curve;
}

Curve taps(const CoherentPictures& pictures) {
  static constexpr const char* names[] = {"x to x", "y to x", "x to y", "y to y"};
  Curve curve;
  curve.id = "coherent.taps";
  curve.title = "Magnitude of the equaliser's taps";
  Column place{"place", "UI", {}};
  const int count = static_cast<int>(pictures.tap_magnitude[0].size());
  for (int i = 0; i < count; ++i) place.values.push_back(0.5 * (i - count / 2));
  curve.columns.push_back(std::move(place));
  for (int k = 0; k < 4; ++k) curve.columns.push_back({names[k], "1", pictures.tap_magnitude[k]});
  return curve;
}

Curve spectrum(const CoherentPictures& pictures) {
  Curve curve;
  curve.id = "coherent.spectrum";
  curve.title = "Spectrum of the light";
  curve.columns = {{"frequency", "Hz", pictures.frequency},
                   {"behind the modulator", "dB", pictures.transmitted},
                   {"in front of the receiver", "dB", pictures.received}};
  return curve;
}

}  // namespace

void add_coherent_curves(const CoherentPictures& pictures, std::vector<Curve>& curves) {
  if (!pictures.received_x.empty()) {
    curves.push_back(constellation("coherent.constellation_x", "Symbols received, x", pictures.received_x));
    curves.push_back(constellation("coherent.constellation_y", "Symbols received, y", pictures.received_y));
    curves.push_back(taps(pictures));
  }
  if (!pictures.frequency.empty()) curves.push_back(spectrum(pictures));
}

}  // namespace waverack::link
