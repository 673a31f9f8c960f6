#include "waverack/parts/retimer.hpp"

namespace waverack::parts {

void resolve(Retimer& part, ReadContext& context, const Node& node, const std::string& path) {
  const Node* input = node.table() ? node.table()->find("input") : nullptr;
  resolve(part.input, context, input ? *input : node, join_path(path, "input"));
  const Node* output = node.table() ? node.table()->find("output") : nullptr;
  resolve(part.output, context, output ? *output : node, join_path(path, "output"));
}

double power(const Retimer& part, const Conditions& conditions) {
  return power(part.input, conditions) + power(part.output, conditions);
}

}  // namespace waverack::parts
