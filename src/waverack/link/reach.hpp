#pragma once
// How far apart the two modules of a lane are.

#include "waverack/link/lane.hpp"

namespace waverack::link {

// Length of fibre and twinax in the chain [m]: what lies between the modules. Board traces and packages do
// not count, nor do channels from files, whose length is not known.
double reach(const Lane&);

}  // namespace waverack::link
