# hypre with the MPI that it was built with, as the target Hypre::Hypre. Debian: libhypre-dev.
find_path(HYPRE_INCLUDE_DIR HYPRE_parcsr_ls.h PATH_SUFFIXES hypre)
find_library(HYPRE_LIBRARY HYPRE)
# Not FindMPI: it would add the C++ bindings that nobody uses, and takes seconds.
find_path(HYPRE_MPI_INCLUDE_DIR mpi.h
  PATHS /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE} PATH_SUFFIXES openmpi/include mpich/include mpi openmpi mpich)
find_library(HYPRE_MPI_LIBRARY NAMES mpi mpich)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Hypre
  REQUIRED_VARS HYPRE_LIBRARY HYPRE_INCLUDE_DIR HYPRE_MPI_LIBRARY HYPRE_MPI_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "install libhypre-dev, or build without the heat solver: -DWAVERACK_HEAT=OFF")
mark_as_advanced(HYPRE_INCLUDE_DIR HYPRE_LIBRARY HYPRE_MPI_INCLUDE_DIR HYPRE_MPI_LIBRARY)

if(Hypre_FOUND AND NOT TARGET Hypre::Hypre)
  add_library(Hypre::Hypre UNKNOWN IMPORTED)
  set_target_properties(Hypre::Hypre PROPERTIES
    IMPORTED_LOCATION ${HYPRE_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES "${HYPRE_INCLUDE_DIR};${HYPRE_MPI_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES ${HYPRE_MPI_LIBRARY})
endif()
