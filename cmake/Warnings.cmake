# Flags shared by every target: strict warnings, and arithmetic that is the same on every CPU.
add_library(waverack_flags INTERFACE)
target_compile_options(waverack_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Werror
  -ffp-contract=off)
# Where several sources are compiled together, a local name may be that of a constant of another one.
if(NOT WAVERACK_UNITY)
  target_compile_options(waverack_flags INTERFACE -Wshadow)
endif()
# GCC 12 sees overlaps, overflows and uninitialised reads inside std::string that are not there (GCC bugs 105329, 105562, 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(waverack_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-maybe-uninitialized)
endif()
