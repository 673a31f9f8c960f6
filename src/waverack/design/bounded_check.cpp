#include "waverack/design/bounded_check.hpp"

namespace waverack {

Check bounded_check(std::string name, double value, double limit, bool at_least, std::string unit,
                    std::string source) {
  Check check;
  check.name = std::move(name);
  check.value = value;
  check.limit = limit;
  check.at_least = at_least;
  check.margin = at_least ? value - limit : limit - value;
  check.unit = std::move(unit);
  check.source = std::move(source);
  check.verdict = check.margin >= 0.0 ? Verdict::pass : Verdict::fail;
  return check;
}

}  // namespace waverack
