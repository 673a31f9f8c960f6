#include "waverack/link/feedback.hpp"

#include <fmt/format.h>

#include "waverack/base/decibel.hpp"

namespace waverack::link {
namespace {

// Follows the light from the laser on.
class FeedbackWalk {
 public:
  FeedbackWalk(Feedback& feedback, const parts::Conditions& conditions)
      : feedback_(feedback), conditions_(conditions) {}

  void pass(const parts::Instance& instance) {
    if (const auto* path = parts::as<parts::LaserPath>(instance)) {
      for (const parts::PathReflection& point : reflections(*path))
        meet(instance.name + ": " + point.name, point.reflectance / (point.loss * point.loss));
      lose(optical_loss(*path));
      count_ *= path->ways;
      return;
    }
    meet(instance.name, parts::reflectance_of(instance.part));
    lose(parts::optical_loss_of(instance.part, conditions_));
    if (const auto* isolator = parts::as<parts::Isolator>(instance))
      back_ *= isolator->isolation / isolator->insertion_loss;
    if (const auto* circulator = parts::as<parts::Circulator>(instance))
      back_ *= circulator->isolation / circulator->insertion_loss;
  }

 private:
  void meet(std::string name, double reflectance) {
    if (reflectance <= 0.0) return;
    feedback_.reflectors.push_back({std::move(name), count_, reflectance / (forward_ * back_)});
    feedback_.level += count_ * feedback_.reflectors.back().level;
  }
  void lose(double loss) {
    forward_ *= loss;
    back_ *= loss;
  }

  Feedback& feedback_;
  const parts::Conditions& conditions_;
  double forward_ = 1.0, back_ = 1.0;  // losses on the way there and on the way back
  int count_ = 1;
};

}  // namespace

Feedback feedback_of(const Lane& lane, const parts::Conditions& conditions) {
  Feedback feedback;
  if (lane.light.empty()) return feedback;
  const parts::Instance& first = lane.light.front();
  const auto* laser = parts::as<parts::DiodeLaser>(first);
  if (!laser) return feedback;
  const parts::CriticalFeedback critical = critical_feedback(*laser);
  feedback.present = true;
  feedback.laser = first.name;
  feedback.critical_level = critical.level;
  feedback.critical_level_held = critical.formula > critical.level;

  FeedbackWalk walk(feedback, conditions);
  for (std::size_t i = 1; i < lane.light.size(); ++i) walk.pass(lane.light[i]);
  for (const parts::Instance& instance : lane.chain) {
    const parts::PartInfo& info = parts::info(instance.part);
    if (info.input != parts::Domain::field && info.output != parts::Domain::field) continue;
    walk.pass(instance);
    if (info.output != parts::Domain::field) break;  // the photodiode
  }
  return feedback;
}

std::vector<Warning> feedback_warnings(const Feedback& feedback) {
  std::vector<Warning> warnings;
  if (!feedback.present) return warnings;
  const std::string path = "lane.light." + feedback.laser;
  const double level = to_db(feedback.level), critical = to_db(feedback.critical_level);
  if (feedback.critical_level_held)
    warnings.push_back({path + ".linewidth_enhancement",
                        "by the formula of Helms and Petermann this laser bears more light than it sends, "
                        "which is outside of its range; the critical level is held at 0 dB"});
  if (feedback.level > feedback.critical_level)
    warnings.push_back(
        {path, fmt::format("reflections send {:.1f} dB back into the laser, {:.1f} dB above its critical "
                           "level of {:.1f} dB: its coherence collapses, and its noise is worse than this "
                           "result counts; it needs an isolator, or weaker reflections",
                           level, level - critical, critical)});
  else if (feedback.ratio() > (1.0 - parts::least_damping) * (1.0 - parts::least_damping))
    warnings.push_back(
        {path, fmt::format("reflections send {:.1f} dB back into the laser, {:.1f} dB below its critical "
                           "level: the model of its noise ends there",
                           level, critical - level)});
  return warnings;
}

}  // namespace waverack::link
