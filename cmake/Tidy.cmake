# `cmake --build … --target tidy` runs clang-tidy with .clang-tidy over every source of the library and the program.
find_program(WAVERACK_RUN_CLANG_TIDY run-clang-tidy)
if(PROJECT_IS_TOP_LEVEL AND WAVERACK_RUN_CLANG_TIDY)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  add_custom_target(tidy
    COMMAND ${WAVERACK_RUN_CLANG_TIDY} -quiet -p ${PROJECT_BINARY_DIR} "${PROJECT_SOURCE_DIR}/(src|app)/.*"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    USES_TERMINAL VERBATIM)
endif()
