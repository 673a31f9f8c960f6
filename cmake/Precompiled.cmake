# Precompiled headers halve the time of a clean build. They only spare the compiler work: every source still includes
# what it uses, which a build with -DWAVERACK_PRECOMPILED=OFF checks.
option(WAVERACK_PRECOMPILED "Precompile the headers that most sources include" ON)

# waverack_precompile(<target> <owner> <headers...>): <target> uses the precompiled headers of <owner>, which compiles
# them if it is <target> itself. Both need the same language, position independence, and macros that the headers read
# (__OPTIMIZE__ among them); the level of optimisation may differ. GCC refuses what does not fit (-Winvalid-pch).
function(waverack_precompile target owner)
  if(NOT WAVERACK_PRECOMPILED)
    return()
  elseif(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# ccache understands precompiled headers of GCC only when it is told to (its manual, "Precompiled headers").
find_program(WAVERACK_CCACHE ccache)
if(WAVERACK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${WAVERACK_CCACHE})
  if(WAVERACK_PRECOMPILED AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()
