# Writes the version and the commit of the source tree into a header, if they changed.
cmake_minimum_required(VERSION 3.25)
execute_process(
  COMMAND git --no-optional-locks -C ${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR NOT commit)
  set(commit "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#pragma once
#define WAVERACK_VERSION \"@VERSION@\"
#define WAVERACK_COMMIT \"@commit@\"
" @ONLY)
