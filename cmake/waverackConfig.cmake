# What the static library needs when a program is linked with it. No header of waverack includes any of these.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
find_dependency(hwy CONFIG)
find_dependency(tomlplusplus)
include(${CMAKE_CURRENT_LIST_DIR}/waverackTargets.cmake)
