#pragma once
// Decimal numbers of other tools' files, scaled in the decimal text itself, so that what is read, written and
// read again stays the same to the last bit.

#include <string>
#include <string_view>

namespace waverack::cluster {

// The number at the beginning of `text` and what follows it: "0.0005ms" is "0.0005" and "ms".
struct NumberAndRest {
  std::string_view number, rest;
};
NumberAndRest split_number(std::string_view text);

// number · 10^power, rounded once. NaN where `number` is no finite decimal number.
double scaled_decimal(std::string_view number, int power);

// value / 10^power without exponent, in the fewest digits that scaled_decimal turns back into `value`: 2.5e-8
// with power −9 is "25". `value` is finite.
std::string plain_decimal(double value, int power);

}  // namespace waverack::cluster
