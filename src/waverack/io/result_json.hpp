#pragma once
// Parts of the result format that other outputs share.

#include <span>
#include <string>

#include "waverack/design/result.hpp"
#include "waverack/io/headline.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/study/claims.hpp"

namespace waverack::io {

// Members of the object that is open: of "lanes[]", "module" and "cluster";
void write_lane(JsonWriter&, const link::LaneResult&, link::Fec);
void write_coherent(JsonWriter&, const link::CoherentResult&);
// The watts of every boundary, times `factor`, as the object `name`.
void write_boundaries(JsonWriter&, std::string_view name, const module::Boundaries&, double factor);
void write_module(JsonWriter&, const module::ModuleResult&, const module::Module& design);
// The curves of the lane, and of the package where there is one.
std::vector<link::Curve> curves_of(const Result&);

// Members of the module: temperatures by block, and what it does in its package.
void write_temperatures(JsonWriter&, const module::PackageHeat&);
void write_package(JsonWriter&, const module::PackageResult&);
void write_cluster(JsonWriter&, const cluster::ClusterResult&);
// "headline": […], "claims": […], "checks": […], "assumptions": […], "warnings": […] and "program": {…}.
void write_headline(JsonWriter&, std::span<const Headline>);
void write_claims(JsonWriter&, std::span<const study::ClaimResult>);
void write_checks(JsonWriter&, std::span<const Check>);
void write_assumptions(JsonWriter&, std::span<const Assumption>);
void write_warnings(JsonWriter&, std::span<const Warning>);
void write_program(JsonWriter&);

}  // namespace waverack::io
