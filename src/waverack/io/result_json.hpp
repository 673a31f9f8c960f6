#pragma once
// Parts of the result format that other outputs share.

#include <span>
#include <string>

#include "waverack/io/json_writer.hpp"
#include "waverack/link/result.hpp"
#include "waverack/study/claims.hpp"

namespace waverack::io {

// Members of the object that is open: "claims": […] and "program": {…}.
void write_claims(JsonWriter&, std::span<const study::ClaimResult>);
void write_program(JsonWriter&);

}  // namespace waverack::io
