#include "waverack/parts/part.hpp"

#include <stdexcept>

#include "waverack/parts/memoryless.hpp"

namespace waverack::parts {
namespace {

template <class P>
concept Linear = requires(const P& p, const Conditions& c) {
  { response(p, c) } -> std::same_as<Response>;
};
template <class P, class In, class Out>
concept Applies = requires(const P& p, const Conditions& c, std::span<const In> in, std::span<Out> out) {
  apply(p, c, in, out);
};
template <class P, class In, class Result>
concept Lawful = requires(const P& p, const Conditions& c, std::span<const In> in) {
  { law(p, c, in) } -> std::same_as<Result>;
};
template <class P>
concept Nonlinear = Applies<P, float, float> || Applies<P, float, std::complex<float>> || Applies < P,
        std::complex<float>,
float > ;
template <class P>
concept Noisy = requires(const P& p, const Conditions& c) {
  { noise(p, c) } -> std::same_as<std::vector<NoiseSource>>;
};
template <class P>
concept Powered = requires(const P& p, const Conditions& c) {
  { power(p, c) } -> std::same_as<double>;
};
template <class P>
concept Reflecting = requires(const P& p) {
  { reflectance(p) } -> std::same_as<double>;
};
template <class P>
concept Delaying = requires(const P& p, const Conditions& c) {
  { latency(p, c) } -> std::same_as<double>;
};
template <class P>
concept Attenuating = requires(const P& p) {
  { optical_loss(p) } -> std::same_as<double>;
};
template <class P>
concept Filtering = requires(const P& p, const Conditions& c) {
  { optical_loss(p, c) } -> std::same_as<double>;
};
template <class P>
concept Remarking = requires(const P& p, const Conditions& c) {
  { remarks(p, c) } -> std::same_as<std::vector<std::string>>;
};

template <class P>
concept HasInputResponse = requires(const P& p, const Conditions& c) {
  { input_response(p, c) } -> std::same_as<Response>;
};
template <class P>
concept HasOutputResponse = requires(const P& p, const Conditions& c) {
  { output_response(p, c) } -> std::same_as<Response>;
};
template <class P>
concept Dynamic = requires(const P& p, const Conditions& c) {
  { dynamics(p, c) } -> std::same_as<Response>;
};
template <class P>
concept HasIntensityResponse = requires(const P& p, const Conditions& c) {
  { intensity_response(p, c) } -> std::same_as<Response>;
};
template <class P>
concept HighPassing = requires(const P& p) {
  { high_pass_corner(p) } -> std::same_as<double>;
};
template <class P>
concept Resolving = requires(P& p, ReadContext& context, const Node& node, const std::string& path) {
  resolve(p, context, node, path);
};
template <class P>
concept Ignoring = requires(const P& p) {
  { unused(p) } -> std::same_as<std::vector<std::string_view>>;
};
template <class P>
concept Acting = requires(const P& p, const Conditions& c, const DualContext& x) {
  { action(p, c, x) } -> std::same_as<DualAction>;
};
template <class P>
concept Branching = requires(const P& p, const Conditions& c) {
  { branch_response(p, c) } -> std::same_as<Response>;
};
template <class P>
concept InLine = requires(const P& p, const Conditions& c, double power, const std::string& name) {
  { line_elements(p, c, power, name) } -> std::same_as<std::vector<coherent::NamedElement>>;
};
template <class P, class In>
concept Slopes = requires(const P& p, const Conditions& c, std::span<const In> in, std::span<float> out) {
  slope(p, c, in, out);
};

template <class P>
constexpr bool valid_part =
    !(Linear<P> && Nonlinear<P>)&&Nonlinear<P> ==
        (Slopes<P, float> || Slopes<P, std::complex<float>>)&&(!Dynamic<P> || Nonlinear<P>)&&!(
            Acting<P> && (Linear<P> || Nonlinear<P> || InLine<P>)) &&
    !PartTraits<P>::type.empty();

template <class P>
PartInfo info_of() {
  using Traits = PartTraits<P>;
  static_assert(valid_part<P>,
                "a part has at most one of response and apply; slope and dynamics come with apply");
  return {Traits::type,        Traits::input,
          Traits::output,      Traits::place,
          Linear<P>,           Nonlinear<P>,
          HasInputResponse<P>, HasOutputResponse<P>,
          Dynamic<P>,          HasIntensityResponse<P>,
          HighPassing<P>,      Noisy<P>,
          Powered<P>,          Reflecting<P>,
          Delaying<P>,         Attenuating<P> || Filtering<P>,
          Remarking<P>,        Resolving<P>,
          Ignoring<P>,         Acting<P>,
          InLine<P>,           Branching<P>,
          &fields_of<P>()};
}

template <class>
struct List;
template <class... P>
struct List<std::variant<P...>> {
  static std::vector<PartInfo> infos() { return {info_of<P>()...}; }
};

[[noreturn]] void missing(const AnyPart& part, const char* function) {
  throw std::logic_error(std::string(info(part).type) + " has no such " + function);
}

}  // namespace

const std::vector<PartInfo>& part_list() {
  static const std::vector<PartInfo> list = List<PartVariant>::infos();
  return list;
}

Conditions conditions_of(const Instance& instance, Conditions lane) {
  lane.temperature = instance.temperature.value_or(lane.temperature);
  return lane;
}

const PartInfo& info(const AnyPart& part) { return part_list()[part.index()]; }

Domain input_domain(const AnyPart& any) {
  const auto* measured = std::get_if<MeasuredResponse>(&any);
  return measured ? domain_of(*measured) : info(any).input;
}

Domain output_domain(const AnyPart& any) {
  const auto* measured = std::get_if<MeasuredResponse>(&any);
  return measured ? domain_of(*measured) : info(any).output;
}

const void* address_of(const AnyPart& part) {
  return std::visit([](const auto& p) -> const void* { return &p; }, part);
}

Response response_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> Response {
        if constexpr (Linear<P>)
          return response(part, conditions);
        else
          return {};
      },
      any);
}

Response input_response_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> Response {
        if constexpr (HasInputResponse<P>)
          return input_response(part, conditions);
        else
          return {};
      },
      any);
}

Response output_response_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> Response {
        if constexpr (HasOutputResponse<P>)
          return output_response(part, conditions);
        else
          return {};
      },
      any);
}

Response dynamics_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> Response {
        if constexpr (Dynamic<P>)
          return dynamics(part, conditions);
        else
          return {};
      },
      any);
}

Response intensity_response_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> Response {
        if constexpr (HasIntensityResponse<P>)
          return intensity_response(part, conditions);
        else
          return {};
      },
      any);
}

double high_pass_corner_of(const AnyPart& any) {
  return std::visit(
      []<class P>(const P& part) -> double {
        if constexpr (HighPassing<P>)
          return high_pass_corner(part);
        else
          return 0.0;
      },
      any);
}

std::vector<NoiseSource> noise_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> std::vector<NoiseSource> {
        if constexpr (Noisy<P>)
          return noise(part, conditions);
        else
          return {};
      },
      any);
}

double power_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> double {
        if constexpr (Powered<P>)
          return power(part, conditions);
        else
          return 0.0;
      },
      any);
}

double reflectance_of(const AnyPart& any) {
  return std::visit(
      [&]<class P>(const P& part) -> double {
        if constexpr (Reflecting<P>)
          return reflectance(part);
        else
          return 0.0;
      },
      any);
}

double latency_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> double {
        if constexpr (Delaying<P>)
          return latency(part, conditions);
        else
          return 0.0;
      },
      any);
}

double optical_loss_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> double {
        if constexpr (Attenuating<P>)
          return optical_loss(part);
        else if constexpr (Filtering<P>)
          return optical_loss(part, conditions);
        else
          return 1.0;
      },
      any);
}

std::vector<std::string> remarks_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> std::vector<std::string> {
        if constexpr (Remarking<P>)
          return remarks(part, conditions);
        else
          return {};
      },
      any);
}

std::vector<std::string_view> unused_of(const AnyPart& any) {
  return std::visit(
      [&]<class P>(const P& part) -> std::vector<std::string_view> {
        if constexpr (Ignoring<P>)
          return unused(part);
        else
          return {};
      },
      any);
}

DualAction action_of(const AnyPart& any, const Conditions& conditions, const DualContext& context) {
  return std::visit(
      [&]<class P>(const P& part) -> DualAction {
        if constexpr (Acting<P>)
          return action(part, conditions, context);
        else
          missing(any, "action");
      },
      any);
}

Response branch_response_of(const AnyPart& any, const Conditions& conditions) {
  return std::visit(
      [&]<class P>(const P& part) -> Response {
        if constexpr (Branching<P>)
          return branch_response(part, conditions);
        else
          return {};
      },
      any);
}

std::vector<coherent::NamedElement> line_elements_of(const AnyPart& any, const Conditions& conditions,
                                                     double input_power, const std::string& name) {
  return std::visit(
      [&]<class P>(const P& part) -> std::vector<coherent::NamedElement> {
        if constexpr (InLine<P>)
          return line_elements(part, conditions, input_power, name);
        else
          missing(any, "line_elements");
      },
      any);
}

bool is_nonlinear(const AnyPart& any) { return info(any).has_apply; }

namespace {

template <class In, class Out>
void apply_any(const AnyPart& any, const Conditions& conditions, std::span<const In> in, std::span<Out> out) {
  std::visit(
      [&]<class P>(const P& part) {
        if constexpr (Applies<P, In, Out>)
          apply(part, conditions, in, out);
        else
          missing(any, "apply");
      },
      any);
}

template <class In>
void slope_any(const AnyPart& any, const Conditions& conditions, std::span<const In> in,
               std::span<float> out) {
  std::visit(
      [&]<class P>(const P& part) {
        if constexpr (Slopes<P, In>)
          slope(part, conditions, in, out);
        else
          missing(any, "slope");
      },
      any);
}

template <class In>
Law law_any(const AnyPart& any, const Conditions& conditions, std::span<const In> in) {
  return std::visit(
      [&]<class P>(const P& part) -> Law {
        if constexpr (Lawful<P, In, RealLaw>)
          return {law(part, conditions, in), {}};
        else if constexpr (Lawful<P, In, FieldLaw>)
          return {{}, law(part, conditions, in)};
        else
          return {};
      },
      any);
}

}  // namespace

void apply_of(const AnyPart& any, const Conditions& conditions, std::span<const float> in,
              std::span<float> out) {
  apply_any(any, conditions, in, out);
}
void apply_of(const AnyPart& any, const Conditions& conditions, std::span<const float> in,
              std::span<std::complex<float>> out) {
  apply_any(any, conditions, in, out);
}
void apply_of(const AnyPart& any, const Conditions& conditions, std::span<const std::complex<float>> in,
              std::span<float> out) {
  apply_any(any, conditions, in, out);
}
Law law_of(const AnyPart& any, const Conditions& conditions, std::span<const float> in) {
  return law_any(any, conditions, in);
}
Law law_of(const AnyPart& any, const Conditions& conditions, std::span<const std::complex<float>> in) {
  return law_any(any, conditions, in);
}
void slope_of(const AnyPart& any, const Conditions& conditions, std::span<const float> in,
              std::span<float> slope) {
  slope_any(any, conditions, in, slope);
}
void slope_of(const AnyPart& any, const Conditions& conditions, std::span<const std::complex<float>> in,
              std::span<float> slope) {
  slope_any(any, conditions, in, slope);
}

}  // namespace waverack::parts
