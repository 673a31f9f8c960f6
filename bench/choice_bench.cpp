// The choice of technologies for a cluster of 100,000 GPUs, once they are solved. Target of the cluster: 50
// ms in all, and a sample of its band well below 2 ms.

#include <benchmark/benchmark.h>

#include "tests/clusters.hpp"
#include "waverack/cluster/crossover.hpp"

namespace waverack::cluster {
namespace {

struct Cluster {
  example::Clos network = example::clos(100000, 128, 3, 128);
  std::vector<Technology> technologies{example::optics("dsp", 16.5), example::optics("lpo", 8.0),
                                       example::optics("cpo", 14.0, Form::co_packaged, 3.2e12),
                                       example::copper("aec", 5.0, 5.0)};
  std::vector<TechnologyPrice> prices{{exactly(1000.0), exactly(0.0)},
                                      {exactly(800.0), exactly(0.0)},
                                      {exactly(3000.0), exactly(0.0)},
                                      {exactly(500.0), exactly(0.0)}};
  Cluster() {
    network.topology.links[0].lengths = {{0.3, 0.5, 3.0}, {0.7, 5.0, 50.0}};
    network.topology.links[2].lengths = {{0.5, 30.0, 100.0}, {0.5, 100.0, 500.0}};
  }
  ChoiceInput input() const {
    ChoiceInput made = example::input(network, technologies);
    made.prices = prices;
    return made;
  }
};

void choice_by_watts(benchmark::State& state) {
  const Cluster cluster;
  for (auto _ : state) benchmark::DoNotOptimize(choose({}, cluster.input()));
}
BENCHMARK(choice_by_watts)->Unit(benchmark::kMicrosecond);

void choice_front(benchmark::State& state) {
  const Cluster cluster;
  for (auto _ : state) benchmark::DoNotOptimize(pareto_front({}, cluster.input()));
}
BENCHMARK(choice_front)->Unit(benchmark::kMicrosecond);

void choice_crossovers(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(crossovers({}));
}
BENCHMARK(choice_crossovers)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::cluster
