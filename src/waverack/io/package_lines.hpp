#pragma once
// What a module's package does to its lanes, as text for terminals.

#include <string>

#include "waverack/io/terminal.hpp"
#include "waverack/module/package_result.hpp"

namespace waverack::io {

// A line: temperatures of all parts, the worst lane, the hottest part in other coolings.
std::string package_line(const module::PackageResult&, const Style&);

// Temperatures of every site, what each lane does, the coolings beside one another, and how warm and how slow
// the coolant may be.
std::string package_tables(const module::PackageResult&, const Style&);

}  // namespace waverack::io
