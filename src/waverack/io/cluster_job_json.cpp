#include "waverack/io/cluster_job_json.hpp"

#include <algorithm>
#include <array>

#include "waverack/module/reliability.hpp"

namespace waverack::io {
namespace {

using cluster::ScenarioCase;

// What two passes of a DSP more on every link do to the exchanges of the job's data groups.
void write_slower_links(JsonWriter& json, const ScenarioCase& scenario) {
  constexpr double delay = 200e-9;
  constexpr std::array<double, 3> sizes{4096.0, 1048576.0, 268435456.0};
  const cluster::Installation& installation = scenario.installation;
  const auto& networks = scenario.result.networks;
  const auto found = std::ranges::find_if(networks, [](const auto& n) { return !n.view.scale_up; });
  const cluster::NetworkView& view = (found == networks.end() ? networks.front() : *found).view;
  const std::int64_t ranks = group_size(installation.job, cluster::Group::data, installation.gpus);
  json.object("slower_links", [&] {
    json.member("network", view.name);
    json.member("added_s", delay);
    json.member("ranks", static_cast<double>(ranks));
    json.list("exchanges", cluster::latency_effects(installation.job, view, ranks, delay, sizes),
              [&](const cluster::LatencyEffect& effect) {
                json.member("kind", enum_name(effect.kind));
                json.member("bytes", effect.bytes);
                json.member("once_s", effect.time);
                json.member("slower_s", effect.slower);
              });
  });
}

}  // namespace

void write_job(JsonWriter& json, const ScenarioCase& scenario) {
  const cluster::ScenarioResult& result = scenario.result;
  json.object("job", [&] {
    json.member("compute_s", result.operation.step.compute);
    json.member("step_s", result.operation.step.total);
    json.list("exchanges", result.operation.step.exchanges, [&](const cluster::ExchangeTime& exchange) {
      json.member("kind", enum_name(exchange.collective.kind));
      json.member("group", enum_name(exchange.collective.group));
      json.member("algorithm", enum_name(exchange.collective.algorithm));
      json.member("ranks", static_cast<double>(exchange.ranks));
      json.member("bytes", exchange.collective.bytes);
      json.member("once_s", exchange.once.total());
      json.member("latency_s", exchange.once.latency);
      json.member("bound_s", exchange.bound);
      json.member("retries_s", exchange.retries);
      json.member("exposed_s", exchange.exposed);
    });
    write_slower_links(json, scenario);
    json.member("checkpoint_interval_s", result.operation.goodput.interval);
    json.member("mean_time_between_interruptions_s", result.operation.goodput.mean_time);
    json.member("goodput", result.operation.goodput.goodput);
    json.member("flap_factor", result.operation.goodput.flap_factor);
    json.member("degraded_share", result.operation.goodput.degraded_share);
    json.member("degraded_factor", result.operation.goodput.degraded_factor);
    json.member("work", result.operation.goodput.shares.work);
    json.member("checkpoints", result.operation.goodput.shares.checkpoints);
    json.member("rework", result.operation.goodput.shares.rework);
    json.member("restarts", result.operation.goodput.shares.restarts);
    json.member("first_order_waste", result.operation.goodput.first_order_waste);
    json.list("causes", result.operation.interruptions.causes, [&](const cluster::StopCause& cause) {
      json.member("item", cause.item);
      json.member("kind", enum_name(cause.kind));
      json.member("place", cause.place);
      json.member("network", cause.network);
      json.member("failures_per_year", cause.failures * module::seconds_per_year);
      json.member("stops_per_year", cause.total() * module::seconds_per_year);
    });
  });
}

}  // namespace waverack::io
