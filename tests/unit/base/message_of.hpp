#pragma once
// The complete message of the Error that `action` throws; "no error" if it throws none.

#include <string>

#include "waverack/base/error.hpp"

namespace waverack {

template <class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace waverack
