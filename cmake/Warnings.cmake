# Flags shared by every target: strict warnings, and arithmetic that is the same on every CPU.
add_library(waverack_flags INTERFACE)
target_compile_options(waverack_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wshadow -Werror
  -ffp-contract=off)
# GCC 12 sees overlaps, overflows and uninitialised reads inside std::string that are not there (GCC bugs 105329, 105562, 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(waverack_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-maybe-uninitialized)
endif()
