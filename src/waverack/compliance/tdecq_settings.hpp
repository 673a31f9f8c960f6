#pragma once
// What a standard fixes of TDECQ and of the measures that share its method (TECQ, SECQ, EECQ): the reference
// receiver, its equaliser, the windows and the target. (docs/theory/tdecq.md)

#include <array>
#include <limits>
#include <vector>

#include "waverack/base/reader.hpp"

namespace waverack::compliance {

// How an error is counted. Folded: by the distance to the threshold, so that a sample beyond it still counts
// as right (802.3; theory, eq. 2). Data-aided: by the symbol that was sent.
enum class ErrorCounting { folded, data_aided };

// Where thresholds begin, before they may move: at the average power and a third of OMA_outer from it
// (802.3), or midway between the mean levels of the equalised signal.
enum class ThresholdStyle { average_power, level_means };

// A feed-forward equaliser with taps one symbol apart whose sum is 1.
struct ReferenceEqualiser {
  int taps = 5;
  int fewest_pre = 0;  // taps before the main one
  int most_pre = 2;
  bool main_is_largest = true;  // in size
  double main_lowest = 0.8;     // of the main tap
  double main_highest = std::numeric_limits<double>::infinity();
  // The least and the largest value of taps 1, 2, … symbols away from the main one, on either side; the last
  // entry serves all that are further away. Empty: no limit.
  std::vector<double> lowest = {};
  std::vector<double> highest = {};
  // Largest |w(+1) − w(−1)|/w(0): of the main tap's neighbours.
  double largest_tilt = std::numeric_limits<double>::infinity();
};

struct TdecqSettings {
  double receiver_bandwidth = 0.5;  // of the symbol rate; −3 dB of a 4th-order Bessel-Thomson response
  ReferenceEqualiser equaliser = {};
  double left_window = 0.45, right_window = 0.55;  // centres [UI], 0 and 1 being the average crossings
  double window_width = 0.04;                      // [UI]
  bool windows_move = true;                        // both together, to where the penalty is smallest
  ThresholdStyle thresholds = ThresholdStyle::average_power;
  double threshold_shift = 0.01;  // each threshold may move by this much of OMA_outer
  double target_ser = 4.8e-4;     // symbol error ratio
  ErrorCounting counting = ErrorCounting::folded;
  double hit_ratio = 1e-2;  // of samples beyond the extremes that over- and undershoot measure
};

}  // namespace waverack::compliance

namespace waverack {

template <>
struct EnumNames<compliance::ErrorCounting> {
  static constexpr std::array<EnumName<compliance::ErrorCounting>, 2> list{{
      {"folded", compliance::ErrorCounting::folded},
      {"data-aided", compliance::ErrorCounting::data_aided},
  }};
};

template <>
struct EnumNames<compliance::ThresholdStyle> {
  static constexpr std::array<EnumName<compliance::ThresholdStyle>, 2> list{{
      {"average-power", compliance::ThresholdStyle::average_power},
      {"level-means", compliance::ThresholdStyle::level_means},
  }};
};

}  // namespace waverack

namespace waverack::compliance {

inline FieldList describe(Tag<ReferenceEqualiser>) {
  using E = ReferenceEqualiser;
  constexpr std::string_view five = "five taps of 802.3cd and cu, as commonly known (facts: standards 3.2)";
  return fields<E>(
      "Feed-forward equaliser with taps one symbol apart whose sum is 1.",
      field<&E::taps>("taps", "", 1, 64, "Number of taps.").from(Kind::assumed, five),
      field<&E::fewest_pre>("fewest_pre", "", 0, 63, "Fewest taps before the main one.")
          .from(Kind::assumed, five),
      field<&E::most_pre>("most_pre", "", 0, 63, "Most taps before the main one.").from(Kind::assumed, five),
      field<&E::main_is_largest>("main_is_largest", "No tap is larger in size than the main one.")
          .from(Kind::assumed, five),
      field<&E::main_lowest>("main_lowest", "", 0.0, 1.0, "Least value of the main tap.")
          .from(Kind::assumed, five),
      field<&E::main_highest>("main_highest", "", 1.0, 10.0, "Largest value of the main tap.")
          .from(Kind::choice, "no limit"),
      field<&E::lowest>("lowest", "", -10.0, 0.0,
                        "Least value of taps 1, 2, ... symbols from the main one; the last serves the rest.")
          .from(Kind::choice, "no limit"),
      field<&E::highest>(
          "highest", "", 0.0, 10.0,
          "Largest value of taps 1, 2, ... symbols from the main one; the last serves the rest.")
          .from(Kind::choice, "no limit"),
      field<&E::largest_tilt>("largest_tilt", "", 0.0, 10.0,
                              "Largest difference of the main tap's two neighbours, over the main tap.")
          .from(Kind::choice, "no limit"));
}

inline FieldList describe(Tag<TdecqSettings>) {
  using S = TdecqSettings;
  constexpr std::string_view help = "Keysight FlexDCA help, tdecq-2.htm (facts: standards 3.1)";
  return fields<S>(
      "The method of TDECQ: reference receiver, equaliser, windows, target.",
      field<&S::receiver_bandwidth>("receiver_bandwidth", "", 0.1, 2.0,
                                    "-3 dB bandwidth of the reference receiver over the symbol rate.")
          .from(Kind::standard, "half the symbol rate: J. King, 400GSG msg01418 (facts: standards 3.1)"),
      field<&S::equaliser>("equaliser", "The reference equaliser."),
      field<&S::left_window>("left_window", "", 0.0, 1.0, "Centre of the left window [UI].")
          .from(Kind::standard, help),
      field<&S::right_window>("right_window", "", 0.0, 1.0, "Centre of the right window [UI].")
          .from(Kind::standard, help),
      field<&S::window_width>("window_width", "", 0.0, 0.5, "Width of each window [UI].")
          .from(Kind::standard, help),
      field<&S::windows_move>("windows_move", "The windows may move together to the smallest penalty.")
          .from(Kind::standard, "400GSG msg01479 (facts: standards 3.1)"),
      field<&S::thresholds>("thresholds", "Where thresholds begin.")
          .from(Kind::standard, "802.3 121.8.5, as in TDECQ-Calculator-Py (facts: standards 3.3)"),
      field<&S::threshold_shift>("threshold_shift", "", 0.0, 0.1,
                                 "How far each threshold may move, over OMA_outer; 0 for 802.3bs.")
          .from(Kind::assumed, "from 802.3cd on, as commonly known (facts: standards 3.3)"),
      field<&S::target_ser>("target_ser", "", 1e-12, 0.3, "Target symbol error ratio.")
          .from(Kind::standard, help),
      field<&S::counting>("counting", "How errors are counted.")
          .from(Kind::standard, "folded: ieee802.org/3/dj optx/msg00279 (facts: standards 3.3)"),
      field<&S::hit_ratio>("hit_ratio", "", 0.0, 0.5,
                           "Share of samples beyond the extremes of over- and undershoot.")
          .from(Kind::standard, "802.3cu: Keysight FlexOTO THRatio (facts: standards 3.6)"));
}

}  // namespace waverack::compliance
