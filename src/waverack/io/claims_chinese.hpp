#pragma once
// The Chinese of the claims' texts, by their English.

#include <span>
#include <string_view>

namespace waverack::io {

struct Translation {
  std::string_view english, chinese;
};

std::span<const Translation> chinese_of_ledger();  // what study/ledger_*.cpp say
std::span<const Translation> chinese_of_cases();   // cases, figures and the page itself

}  // namespace waverack::io
