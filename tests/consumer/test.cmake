# cmake -DBUILD=<build folder> -DSOURCE=<this folder> -DCOMPILER=<c++> -DFLAGS=<flags> -P test.cmake
set(place ${BUILD}/tests/consumer)
file(REMOVE_RECURSE ${place})
function(do)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "${ARGN}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

do(${CMAKE_COMMAND} --install ${BUILD} --prefix ${place}/prefix)
do(${CMAKE_COMMAND} -S ${SOURCE} -B ${place}/build -G Ninja -DCMAKE_PREFIX_PATH=${place}/prefix
   -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS})
do(${CMAKE_COMMAND} --build ${place}/build)
file(COPY ${SOURCE}/own.toml DESTINATION ${place})
execute_process(COMMAND ${place}/build/consumer WORKING_DIRECTORY ${place} OUTPUT_VARIABLE output ERROR_VARIABLE output)
# The pole far below half the symbol rate must be what costs most, so the part is in the lane.
if(NOT output MATCHES "^BER [0-9.]+e-[0-9]+, penalty of the tilt [1-9][0-9.]* dB\n$")
  message(FATAL_ERROR "the program printed '${output}'")
endif()
