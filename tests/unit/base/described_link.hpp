#pragma once
// Described structs with a member of every kind, for the tests of describe() and the reader.

#include "waverack/base/reader.hpp"

namespace waverack {

enum class Format { nrz, pam4, pam6 };
template <>
struct EnumNames<Format> {
  static constexpr std::array<EnumName<Format>, 3> list{
      {{"NRZ", Format::nrz}, {"PAM4", Format::pam4}, {"PAM6", Format::pam6}}};
};

struct Noise {
  double density = 16e-12;
  double corner = 1e9;
};

inline FieldList describe(Tag<Noise>) {
  using P = Noise;
  return fields<P>("Noise of an amplifier.",
                   field<&P::density>("density", "pA/sqrt(Hz)", 0.0, 100.0, "White part.")
                       .from(Kind::datasheet, "sheet 7, table 2"),
                   field<&P::corner>("corner", "GHz", 0.0, 10.0, "Corner."));
}

struct Tone {
  std::string name;
  double frequency = 0.0;
};

inline FieldList describe(Tag<Tone>) {
  using P = Tone;
  return fields<P>("A tone.", field<&P::name>("name", "Name of the tone.").must_be_given(),
                   field<&P::frequency>("frequency", "Hz", 0.0, 1e12, "Frequency.").must_be_given());
}

struct DescribedLink {
  double length = 500.0;
  double loss = 2.0;  // power ratio
  double rate = 0.0;  // required
  double limit = std::numeric_limits<double>::infinity();
  int lanes = 8;
  bool precoding = false;
  Format format = Format::pam4;
  std::string title = "untitled";
  std::vector<double> taps{1.0};
  std::vector<double> wavelengths;
  std::vector<int> offsets;
  std::vector<std::string> notes;
  Noise noise;
  std::vector<Tone> tones;
  double parsed = 0.0;  // not part of the file
};

inline FieldList describe(Tag<DescribedLink>) {
  using P = DescribedLink;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return fields<P>("A link with every kind of member.",
                   field<&P::length>("length", "m", 0.0, 2e5, "Length of the fibre.")
                       .from(Kind::standard, "IEEE 802.3, 140.6"),
                   field<&P::loss>("loss", "dB", 0.0, 40.0, "Loss of the fibre."),
                   field<&P::rate>("rate", "GBd", 1.0, 200.0, "Symbol rate of a lane.").must_be_given(),
                   field<&P::limit>("limit", "", -infinity, infinity, "Upper limit."),
                   field<&P::lanes>("lanes", "", 1.0, 64.0, "Number of lanes."),
                   field<&P::precoding>("precoding", "Whether symbols are precoded."),
                   field<&P::format>("format", "Modulation format."),
                   field<&P::title>("title", "Name of the link."),
                   field<&P::taps>("taps", "", -1.0, 1.0, "Taps of the filter."),
                   field<&P::wavelengths>("wavelengths", "nm", 1200.0, 1700.0, "Wavelengths."),
                   field<&P::offsets>("offsets", "", -infinity, infinity, "Offsets of the taps."),
                   field<&P::notes>("notes", "Remarks."), field<&P::noise>("noise", "Noise of the receiver."),
                   field<&P::tones>("tones", "Interfering tones."), internal<&P::parsed>());
}

}  // namespace waverack
