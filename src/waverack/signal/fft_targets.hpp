// The instruction sets for which waverack's kernels are compiled; to be included before any Highway header.
// Not a public header. SSSE3 would add compile time for CPUs from before 2008. Vectors of unknown size (SVE,
// RVV) cannot be members of a struct; such CPUs run the NEON or the scalar code.
#pragma once
// AVX-512 with the rounds of AES on whole vectors, for fast_normal.cpp; off unless asked for.
#define HWY_WANT_AVX3_DL
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
