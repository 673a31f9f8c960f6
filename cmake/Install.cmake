# `cmake --install` gives the program, the headers, the library and find_package(waverack).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/waverack)

install(TARGETS waverack EXPORT waverackTargets)
if(TARGET waverack_program)
  install(TARGETS waverack_program)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/waverack TYPE INCLUDE FILES_MATCHING PATTERN "*.hpp")
install(EXPORT waverackTargets NAMESPACE waverack:: DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/waverackConfigVersion.cmake COMPATIBILITY SameMinorVersion)
configure_file(${PROJECT_SOURCE_DIR}/cmake/waverackConfig.cmake.in ${PROJECT_BINARY_DIR}/waverackConfig.cmake @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/waverackConfig.cmake ${PROJECT_BINARY_DIR}/waverackConfigVersion.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindHypre.cmake DESTINATION ${package})
