#include "waverack/thermal/conductances.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/thermal/materials.hpp"

namespace waverack::thermal {
namespace {

// The side of a column towards a neighbour above or below: its node, and what lies between [m² K/W].
struct Terminal {
  int node = -1;
  double resistance = 0.0;
};

class Builder {
 public:
  Builder(const Stack& stack, const Placement& placement, const Grid& grid,
          std::span<const CavityNumbers> cavities, std::span<const double> temperature)
      : stack_(stack), placement_(placement), grid_(grid), cavities_(cavities), temperature_(temperature) {
    for (const Layer& layer : stack.layers)
      materials_.push_back(find_material(stack, layer.material, "layers." + layer.name + ".material"));
  }

  Conductances build() {
    out_.heat_capacity.assign(static_cast<std::size_t>(grid_.nodes), 0.0);
    find_covered();
    for (std::size_t n = 0; n < grid_.layers.size(); ++n) {
      fill_layer(n);
      if (grid_.layers[n].cavity >= 0) add_flow(n);
    }
    join_layers();
    for (std::size_t f = 0; f < stack_.faces.size(); ++f) add_face(f);
    return std::move(out_);
  }

 private:
  struct Covered {
    std::vector<bool> top, bottom;  // of columns: whether another layer touches them there
  };

  const GridLayer& layer(std::size_t n) const { return grid_.layers[n]; }
  const CavityNumbers& numbers(std::size_t n) const {
    return cavities_[static_cast<std::size_t>(layer(n).cavity)];
  }
  const Cavity& cavity(std::size_t n) const {
    return stack_.cavities[static_cast<std::size_t>(layer(n).cavity)];
  }
  double factor(std::size_t n, int node) const {
    return temperature_.empty()
               ? 1.0
               : conductivity_factor(materials_[n], temperature_[static_cast<std::size_t>(node)]);
  }

  void link(int a, int b, double conductance) {
    if (conductance > 0.0) out_.links.push_back({a, b, conductance});
  }

  // Calls `use(i, j)` for the columns that two layers both have.
  template <class Use>
  void for_common_columns(const GridLayer& a, const GridLayer& b, Use use) const {
    for (int j = std::max(a.y_begin, b.y_begin); j < std::min(a.y_end, b.y_end); ++j)
      for (int i = std::max(a.x_begin, b.x_begin); i < std::min(a.x_end, b.x_end); ++i)
        if (a.kind[a.at(i, j)] != ColumnKind::none && b.kind[b.at(i, j)] != ColumnKind::none) use(i, j);
  }

  template <class Use>
  void for_touching_layers(Use use) const {
    for (std::size_t up = 0; up < grid_.layers.size(); ++up)
      for (std::size_t low = 0; low < grid_.layers.size(); ++low)
        if (std::abs(layer(up).bottom - layer(low).top) <= same_length) use(up, low);
  }

  void find_covered() {
    for (const GridLayer& item : grid_.layers)
      covered_.push_back({std::vector<bool>(item.kind.size()), std::vector<bool>(item.kind.size())});
    for_touching_layers([&](std::size_t up, std::size_t low) {
      for_common_columns(layer(up), layer(low), [&](int i, int j) {
        covered_[up].bottom[layer(up).at(i, j)] = true;
        covered_[low].top[layer(low).at(i, j)] = true;
      });
    });
  }

  bool has_face(std::size_t n, Side side) const {
    return std::any_of(stack_.faces.begin(), stack_.faces.end(), [&](const Face& face) {
      return face.side == side && face.layer == stack_.layers[n].name;
    });
  }

  // In the closure of the reference cases the node of an end layer without a sink lies on its outer face.
  bool node_outside(std::size_t n, bool top) const {
    if (stack_.grid.closure != Closure::central || has_face(n, top ? Side::top : Side::bottom)) return false;
    const std::vector<bool>& covered = top ? covered_[n].top : covered_[n].bottom;
    return std::none_of(covered.begin(), covered.end(), [](bool c) { return c; });
  }

  Terminal terminal(std::size_t n, int i, int j, bool top) const {
    const GridLayer& own = layer(n);
    const std::size_t column = own.at(i, j);
    const int first = own.first[column];
    switch (own.kind[column]) {
      case ColumnKind::none:
        return {};
      case ColumnKind::channel:
        return {first, 1.0 / (top ? numbers(n).coefficient_top : numbers(n).coefficient_bottom)};
      case ColumnKind::porous:
        return {top ? first + 3 : first, 0.0};
      case ColumnKind::solid:
        break;
    }
    const int node = top ? first + own.cells - 1 : first;
    const double half = node_outside(n, !top) ? own.cell_height() : own.cell_height() / 2.0;
    return {node, half / (materials_[n].conductivity_z * factor(n, node))};
  }

  // Everything inside of one layer.
  void fill_layer(std::size_t n) {
    const GridLayer& own = layer(n);
    for (int j = own.y_begin; j < own.y_end; ++j)
      for (int i = own.x_begin; i < own.x_end; ++i) {
        fill_column(n, i, j);
        if (i + 1 < own.x_end) link_sideways(n, i, j, n, i + 1, j);
        if (j + 1 < own.y_end) link_sideways(n, i, j, n, i, j + 1);
      }
  }

  void fill_column(std::size_t n, int i, int j) {
    const GridLayer& own = layer(n);
    const Material& material = materials_[n];
    const std::size_t column = own.at(i, j);
    const int first = own.first[column];
    const double area = grid_.dx(i) * grid_.dy(j), height = own.top - own.bottom;
    const auto hold = [&](int node, double capacity) {
      out_.heat_capacity[static_cast<std::size_t>(node)] = capacity;
    };
    switch (own.kind[column]) {
      case ColumnKind::none:
        return;
      case ColumnKind::channel:
        hold(first, numbers(n).heat_capacity * area * height);
        return;
      case ColumnKind::porous: {
        const CavityNumbers& c = numbers(n);
        const double half_wall =
            (1.0 - c.porosity) * material.conductivity_z * factor(n, first + 1) * area / (height / 2.0);
        link(first, first + 1, half_wall);
        link(first + 1, first + 3, half_wall);
        link(first, first + 2, c.coefficient_bottom * area);
        link(first + 2, first + 3, c.coefficient_top * area);
        hold(first + 1, (1.0 - c.porosity) * material.heat_capacity * area * height);
        hold(first + 2, c.porosity * c.heat_capacity * area * height);
        return;
      }
      case ColumnKind::solid:
        break;
    }
    const double each = own.cell_height();
    for (int k = 0; k < own.cells; ++k) {
      hold(first + k, material.heat_capacity * area * each);
      if (k == 0) continue;
      const double resistance = each / 2.0 * (1.0 / factor(n, first + k - 1) + 1.0 / factor(n, first + k)) /
                                material.conductivity_z;
      link(first + k - 1, first + k, area / resistance);
    }
  }

  // Conduction between a column of layer a and its neighbour of layer b in +x or +y.
  void link_sideways(std::size_t a, int ia, int ja, std::size_t b, int ib, int jb) {
    const GridLayer &left = layer(a), &right = layer(b);
    const ColumnKind left_kind = left.kind[left.at(ia, ja)], right_kind = right.kind[right.at(ib, jb)];
    if (left_kind == ColumnKind::none || right_kind == ColumnKind::none) return;
    const bool along_x = ia != ib;
    const double breadth = along_x ? grid_.dy(ja) : grid_.dx(ia);
    const double half_left = (along_x ? grid_.dx(ia) : grid_.dy(ja)) / 2.0;
    const double half_right = (along_x ? grid_.dx(ib) : grid_.dy(jb)) / 2.0;
    const int left_first = left.first[left.at(ia, ja)], right_first = right.first[right.at(ib, jb)];
    if (left_kind == ColumnKind::porous || right_kind == ColumnKind::porous) {
      // Walls between channels conduct along the flow; pins and what is across the flow do not.
      if (a != b || cavity(a).kind != CavityKind::microchannels ||
          flows_along_y(cavity(a).direction) == along_x)
        return;
      const double k = along_x ? materials_[a].conductivity_x : materials_[a].conductivity_y;
      const double resistance =
          half_left / factor(a, left_first + 1) + half_right / factor(a, right_first + 1);
      link(left_first + 1, right_first + 1,
           (1.0 - numbers(a).porosity) * k * breadth * (left.top - left.bottom) / resistance);
      return;
    }
    // Channels touch only their own walls; along the flow the coolant does not conduct.
    const bool left_wet = left_kind == ColumnKind::channel, right_wet = right_kind == ColumnKind::channel;
    if ((left_wet || right_wet) && (a != b || left_wet == right_wet)) return;
    const auto resistance = [&](std::size_t n, bool wet, int node, double half) {
      if (wet) return 1.0 / numbers(n).coefficient_side;
      const Material& m = materials_[n];
      return half / ((along_x ? m.conductivity_x : m.conductivity_y) * factor(n, node));
    };
    const int left_cells = left_wet ? 1 : left.cells, right_cells = right_wet ? 1 : right.cells;
    const double left_height = (left.top - left.bottom) / left_cells,
                 right_height = (right.top - right.bottom) / right_cells;
    int m = 0;
    for (int k = 0; k < left_cells; ++k) {
      const double low = left.bottom + k * left_height, high = low + left_height;
      while (m > 0 && right.bottom + m * right_height > low) --m;
      for (; m < right_cells; ++m) {
        const double right_low = right.bottom + m * right_height;
        if (right_low >= high - same_length) break;
        const double shared = std::min(high, right_low + right_height) - std::max(low, right_low);
        if (shared > same_length * 1e-3)
          link(left_first + k, right_first + m,
               breadth * shared /
                   (resistance(a, left_wet, left_first + k, half_left) +
                    resistance(b, right_wet, right_first + m, half_right)));
      }
      m = std::min(m, right_cells - 1);
    }
  }

  void join_layers() {
    for_touching_layers([&](std::size_t up, std::size_t low) {
      for_common_columns(layer(up), layer(low), [&](int i, int j) {
        const Terminal a = terminal(low, i, j, true), b = terminal(up, i, j, false);
        link(a.node, b.node, grid_.dx(i) * grid_.dy(j) / (a.resistance + b.resistance));
      });
    });
    // Layers beside one another: a column of one, its neighbour in +x or +y of the other.
    for (std::size_t a = 0; a < grid_.layers.size(); ++a)
      for (std::size_t b = 0; b < grid_.layers.size(); ++b) {
        const GridLayer &left = layer(a), &right = layer(b);
        if (a == b || std::min(left.top, right.top) - std::max(left.bottom, right.bottom) <= same_length)
          continue;
        for (int j = std::max(left.y_begin, right.y_begin - 1); j < std::min(left.y_end, right.y_end); ++j)
          for (int i = std::max(left.x_begin, right.x_begin - 1); i < std::min(left.x_end, right.x_end);
               ++i) {
            if (right.covers(i + 1, j)) link_sideways(a, i, j, b, i + 1, j);
            if (right.covers(i, j + 1)) link_sideways(a, i, j, b, i, j + 1);
          }
      }
  }

  void add_face(std::size_t index) {
    const Face& face = stack_.faces[index];
    const std::size_t n = layer_index(stack_, face.layer, "faces." + face.name + ".layer");
    const GridLayer& own = layer(n);
    const double outside = 1.0 / face.coefficient + face.resistance;
    const std::size_t before = out_.sinks.size();
    const auto sink = [&](int node, double area, double resistance) {
      out_.sinks.push_back({node, area / (outside + resistance), static_cast<int>(index)});
    };
    for (int j = own.y_begin; j < own.y_end; ++j)
      for (int i = own.x_begin; i < own.x_end; ++i) {
        const std::size_t column = own.at(i, j);
        if (own.kind[column] == ColumnKind::none) continue;
        if (face.side == Side::sides) {
          add_side_sinks(n, i, j, sink);
          continue;
        }
        const bool top = face.side == Side::top;
        if (top ? covered_[n].top[column] : covered_[n].bottom[column]) continue;
        const Terminal inside = terminal(n, i, j, top);
        sink(inside.node, grid_.dx(i) * grid_.dy(j), inside.resistance);
      }
    if (out_.sinks.size() == before)
      throw Error(ErrorInfo{{},
                            "faces." + face.name + ".side",
                            "no part of this side is free: other layers cover it",
                            "a side that touches no other layer",
                            {}});
  }

  template <class SinkFunction>
  void add_side_sinks(std::size_t n, int i, int j, const SinkFunction& sink) const {
    const GridLayer& own = layer(n);
    if (own.kind[own.at(i, j)] != ColumnKind::solid) return;
    const Material& material = materials_[n];
    for (const auto& [di, dj] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
      if (own.kind_at(i + di, j + dj) != ColumnKind::none) continue;
      const bool along_x = di != 0;
      const double breadth = along_x ? grid_.dy(j) : grid_.dx(i);
      const double half = (along_x ? grid_.dx(i) : grid_.dy(j)) / 2.0;
      for (int k = 0; k < own.cells; ++k) {
        const double low = own.bottom + k * own.cell_height(), high = low + own.cell_height();
        double free = high - low;
        for (std::size_t other = 0; other < grid_.layers.size(); ++other)
          if (other != n && layer(other).kind_at(i + di, j + dj) != ColumnKind::none)
            free -= std::max(0.0, std::min(high, layer(other).top) - std::max(low, layer(other).bottom));
        const int node = own.first[own.at(i, j)] + k;
        const double conductivity =
            (along_x ? material.conductivity_x : material.conductivity_y) * factor(n, node);
        if (free > same_length) sink(node, breadth * free, half / conductivity);
      }
    }
  }

  void add_flow(std::size_t n) {
    const GridLayer& own = layer(n);
    const CavityNumbers& c = numbers(n);
    const bool along_y = flows_along_y(cavity(n).direction);
    const int across_begin = along_y ? own.x_begin : own.y_begin,
              across_end = along_y ? own.x_end : own.y_end;
    const int begin = along_y ? own.y_begin : own.x_begin, end = along_y ? own.y_end : own.x_end;
    const Rectangle& outline = placement_.layers[n].outline;
    const double across = along_y ? outline.x1 - outline.x0 : outline.y1 - outline.y0;
    for (int q = across_begin; q < across_end; ++q) {
      std::vector<int> nodes;
      for (int p = begin; p < end; ++p) {
        const std::size_t column = along_y ? own.at(q, p) : own.at(p, q);
        if (own.kind[column] == ColumnKind::channel) nodes.push_back(own.first[column]);
        if (own.kind[column] == ColumnKind::porous) nodes.push_back(own.first[column] + 2);
      }
      if (!flows_forward(cavity(n).direction)) std::reverse(nodes.begin(), nodes.end());
      const double width = along_y ? grid_.dx(q) : grid_.dy(q);
      // A channel wider than a cell shares its flow out by width.
      const double share = cavity(n).model == CavityModel::resolved
                               ? width / (cavity(n).channel_width * c.channels)
                               : width / across;
      for (std::size_t p = 0; p < nodes.size(); ++p)
        out_.coolant.push_back({nodes[p], p > 0 ? nodes[p - 1] : -1, p + 1 < nodes.size() ? nodes[p + 1] : -1,
                                c.capacity_flow * share, own.cavity});
    }
  }

  const Stack& stack_;
  const Placement& placement_;
  const Grid& grid_;
  std::span<const CavityNumbers> cavities_;
  std::span<const double> temperature_;
  std::vector<Material> materials_;  // of layers
  std::vector<Covered> covered_;
  Conductances out_;
};

}  // namespace

Conductances conductances(const Stack& stack, const Placement& placement, const Grid& grid,
                          std::span<const CavityNumbers> cavities, std::span<const double> temperature) {
  return Builder(stack, placement, grid, cavities, temperature).build();
}

}  // namespace waverack::thermal
