# Compiles several sources of a target together. What costs time in most sources is not their own code but the templates
# of standard containers, formats and variants that each of them instantiates again; together they do so once. What is
# built stays the same, so this is for whole builds; who changes one file and builds again does better without.
option(WAVERACK_UNITY "Compile several sources together: whole builds take half the time, small changes longer" OFF)

# waverack_unite(<target> <sources>): helpers in unnamed namespaces of one layer need different names then.
# Highway includes such a source once for every instruction set, so these stay alone.
function(waverack_unite target sources)
  if(NOT WAVERACK_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  # Joint sources are large: with a garbage heap of 0.8 GB, GCC compiles them in an eighth less time, and needs 1 GB.
  target_compile_options(${target} PRIVATE
    $<$<CXX_COMPILER_ID:GNU>:SHELL:--param ggc-min-expand=100 --param ggc-min-heapsize=800000>)
  foreach(source IN LISTS sources)
    file(STRINGS ${source} many REGEX "foreach_target.h" LIMIT_COUNT 1)
    if(many)
      set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
endfunction()
