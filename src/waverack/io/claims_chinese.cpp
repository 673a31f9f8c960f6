#include "waverack/io/claims_chinese.hpp"

#include <map>

#include "waverack/io/claims_page.hpp"

namespace waverack::io {
namespace {

constexpr Translation cases[] = {
    // The page
    {"What was said of the 3.2T engine, and what comes out", "关于 3.2T 光引擎说了什么，算出来是什么"},
    {"In spring 2025 a launch said what co-packaged and linear optics would do. waverack rebuilds each of "
     "these statements from parts, lanes, modules and halls, and judges it by a rule that was fixed before "
     "anything was computed: reproduced if our number lies in our band under every stated reading, "
     "conditional if under some, not reproduced if under none. No number of the launch feeds its own "
     "verdict. Not reproduced means that our model with our inputs does not give the value; it does not "
     "say that somebody lied.",
     "2025 年春的一次发布描述了共封装光学和线性光模块的效果。waverack "
     "从器件、通道、模块和机房出发，把每一项说法重新算一遍，并按计算之前就定下的规则判断：在所列的每一种解读"
     "下"
     "数值都落在我们设定的区间内，为“复现”；只在其中一些解读下成立，为“有条件成立”；没有一种解读成立，为“未能"
     "复现”。"
     "发布中的任何数字都不参与对它自身的判断。“未能复现”只表示我们的模型在我们的输入下得不到该数值，并不表示"
     "有人说谎。"},
    {"Claims: HG Genuine at OFC 2025, as reported by Securities Times, 2025-04-02. The article's own "
     "sentences are not quoted: the short quotations are those of a fact sheet that states the claims in "
     "English, and the Chinese beside them is a translation of that sheet, not the article's wording.",
     "说法来源：华工正源在 OFC 2025 的发布，《证券时报》2025-04-02 "
     "报道。这里没有引用报道的原句：短引文取自一份用英文"
     "转述这些说法的资料，旁边的中文是该资料的译文，不是报道的原文。"},
    {"claim", "说法"},
    {"verdict", "结论"},
    {"our number", "我们的数值"},
    {"our band", "我们的区间"},
    {"its range", "数值范围"},
    {"in our band", "在区间内"},
    {"reading", "解读"},
    {"yes", "是"},
    {"no", "否"},
    {"Numbers beside it", "相关数值"},
    {"what is computed", "计算的量"},
    {"boundary", "边界"},
    {"what decides", "起决定作用的假设"},
    {"what would have to be true", "要成立需要什么"},
    {"see", "复算命令"},
    {"reproduced", "复现"},
    {"conditional", "有条件成立"},
    {"not reproduced", "未能复现"},
    {"pending", "待定"},
    {"outside scope", "不在模型范围内"},
    // Units and boundaries
    {"times", "倍"},
    {"modules", "个模块"},
    {"accelerators", "个加速器"},
    {"measures", "项"},
    {"lane", "单个通道"},
    {"module", "模块"},
    {"with_laser", "模块加激光器"},
    {"with_host", "再加主机 SerDes"},
    {"with_cooling", "再加冷却"},
    {"facility", "整个机房"},
    {"cluster", "集群"},
    {"node", "节点"},
    {"production", "生产"},
    {"switch", "交换机"},
    // Cases
    {"32 x 100 Gb/s, 500 m", "32 × 100 Gb/s，500 m"},
    {"dsp-800g-dr8 as solved", "对比求解所得的 dsp-800g-dr8"},
    {"lpo-1.6t-osfp as solved", "对比求解所得的 lpo-1.6t-osfp"},
    {"800G DSP of 5 nm, 12-14 W", "800G，5 nm DSP，12–14 W"},
    {"800G 2xFR4 DSP, 15 W", "800G 2×FR4 DSP，15 W"},
    {"1.6T DSP, 30 W", "1.6T DSP，30 W"},
    {"1.6T DSP of 3 nm, 25 W", "1.6T，3 nm DSP，25 W"},
    {"1.6T DSP of 2 nm, 20 W", "1.6T，2 nm DSP，20 W"},
    {"1.6T LRO, 16 W", "1.6T LRO，16 W"},
    {"1.6T LPO, 10 W", "1.6T LPO，10 W"},
    {"channels, board edge", "通道数，按板边长度"},
    {"rate against 1.6T, board edge", "速率（对比 1.6T），按板边长度"},
    {"channels, own width", "通道数，按自身宽度"},
    {"rate against 1.6T, own width", "速率（对比 1.6T），按自身宽度"},
    {"channels, board edge, pluggables in two rows", "通道数，按板边长度，可插拔模块上下两排"},
    {"rate against 1.6T, board edge, pluggables in two rows",
     "速率（对比 1.6T），按板边长度，可插拔模块上下两排"},
    {"channels, area of the board", "通道数，按板面积"},
    {"rate against 1.6T, area of the board", "速率（对比 1.6T），按板面积"},
    {"channels, volume", "通道数，按体积"},
    {"rate against 1.6T, volume", "速率（对比 1.6T），按体积"},
    {"32 x 200 Gb/s, 500 m, three blocks changed", "32 × 200 Gb/s，500 m，更换三个部件"},
    {"the same lasers, every lane at the end of life", "同样的激光器，每个通道都到寿命末期"},
    {"whole hall from air to 90 % liquid", "整个机房从风冷改为 90 % 液冷"},
    {"same, air side on 10 degC water", "同上，风冷侧用 10 °C 冷冻水"},
    {"same, room fans at 600 Pa", "同上，机房风机 600 Pa"},
    {"whole hall from air to 50 % liquid", "整个机房从风冷改为 50 % 液冷"},
    {"CPO in place of pluggables, its switches on liquid", "CPO 取代可插拔模块，交换机改为液冷"},
    {"compute rack limited by its power", "计算机柜受功率限制"},
    {"whole nodes in a compute rack", "计算机柜中的整数个节点"},
    {"racks of switches counted too, CPO's moved to liquid", "交换机机柜也计算在内，CPO 交换机改为液冷"},
    {"racks of switches counted too, cooled as before", "交换机机柜也计算在内，冷却方式不变"},
    {"hall limited at the meter, CPO's switches moved to liquid", "机房受电表处功率限制，CPO 交换机改为液冷"},
    {"hall limited at the meter, cooled as before", "机房受电表处功率限制，冷却方式不变"},
    {"hall limited at the meter, and moved from air to 90 % liquid",
     "机房受电表处功率限制，并从风冷改为 90 % 液冷"},
    {"the same rack moved from air to liquid, optics unchanged", "同一机柜从风冷改为液冷，光器件不变"},
    {"1 um off at one facet", "一个端面偏移 1 µm"},
    {"rings whose heaters hold their power", "微环，加热器功率固定"},
    {"rings whose heaters are locked", "微环，加热器闭环锁定"},
    {"Mach-Zehnder modulators", "马赫–曾德尔调制器"},
    {"80 % fill, as of a 102.4 Tb/s switch", "80 % 填充率，即 102.4 Tb/s 交换机"},
    {"rounded up to a power of two", "向上取整到 2 的幂"},
    {"bare division", "直接相除"},
    {"H100, dense FP8", "H100，稠密 FP8"},
    {"reflections, lithium niobate", "反射，铌酸锂"},
    {"lane, lithium niobate", "通道，铌酸锂"},
    {"reflections, silicon", "反射，硅"},
    {"lane, silicon", "通道，硅"},
    {"driver and modulator, -3 dB of their product", "驱动器与调制器，乘积的 −3 dB 点"},
    {"driver and modulator, sum of 1/f²", "驱动器与调制器，1/f² 求和"},
    {"all blocks, -3 dB of their product", "全部环节，乘积的 −3 dB 点"},
    {"all blocks, sum of 1/f²", "全部环节，1/f² 求和"},
    {"eight lanes of 200 Gb/s, silicon modulators", "八通道 200 Gb/s，硅调制器"},
    {"8 x 200 Gb/s, 2.5 m of AWG 26", "8 × 200 Gb/s，AWG 26 线缆 2.5 m"},
    {"published watts", "公开的功耗数据"},
    {"watts as solved", "求解所得的功耗"},
    {"published watts, loss of the host no limit", "公开的功耗数据，不计主机损耗的限制"},
    {"cages in liquid, loss of the host the limit", "笼子液冷，只受主机损耗限制"},
    {"silicon modulators", "硅调制器"},
    {"lithium niobate modulators, quantum-dot lasers", "铌酸锂调制器，量子点激光器"},
    {"measures beyond their limits at TP2", "TP2 处超出限值的项数"},
    {"measures beyond their limits at TP4", "TP4 处超出限值的项数"},
    {"price of a link, against modules with a DSP", "一条链路的价格，对比带 DSP 的模块"},
    {"price of a link, against linear modules", "一条链路的价格，对比线性模块"},
    {"800ZR over one amplified span of 80 km", "800ZR，一个 80 km 放大跨段"},
    {"800ZR+ over five of them", "800ZR+，五个这样的跨段"},
    {"watts of the 800ZR module, laser included", "800ZR 模块功耗，含激光器"},
    {"watts of the 800ZR+ module, laser included", "800ZR+ 模块功耗，含激光器"},
    {"watts of a link, against modules with a DSP", "一条链路的功耗，对比带 DSP 的模块"},
    {"watts of a link, against linear modules", "一条链路的功耗，对比线性模块"},
    {"lasers of the module", "模块中的激光器"},
    {"module with its lasers", "模块加激光器"},
    // Figures
    {"rate of the engine, one direction", "光引擎单向速率"},
    {"the same with the host's SerDes, against dsp-800g-dr8", "同样计入主机 SerDes，对比 dsp-800g-dr8"},
    {"of a switch with its optics", "一台交换机连同光器件"},
    {"of all switches and optics of a cluster", "集群中全部交换机和光器件"},
    {"of the whole cluster at the meter", "整个集群在电表处"},
    {"PUE in air, room fans at 600 Pa", "风冷 PUE，机房风机 600 Pa"},
    {"PUE with 90 % liquid, room fans at 600 Pa", "90 % 液冷 PUE，机房风机 600 Pa"},
    {"TUE in air, room fans at 600 Pa", "风冷 TUE，机房风机 600 Pa"},
    {"TUE with 90 % liquid, room fans at 600 Pa", "90 % 液冷 TUE，机房风机 600 Pa"},
    {"fall of the watts at the meter, room fans at 600 Pa", "电表处功率下降，机房风机 600 Pa"},
    {"least liquid share for a fall of 0.13", "降幅达到 0.13 所需的最小液冷比例"},
    {"the same, air side on 10 degC water", "同上，风冷侧用 10 °C 冷冻水"},
    {"the same, room fans at 600 Pa", "同上，机房风机 600 Pa"},
    {"fall of the watts at the meter by CPO, its switches on liquid",
     "CPO 且交换机改为液冷带来的电表处功率下降"},
    {"of it by CPO alone, its switches cooled as before", "其中仅由 CPO 带来的部分，交换机冷却方式不变"},
    {"share of the optics in the IT power", "光器件占 IT 功率的比例"},
    {"share that 40 % would need", "要达到 40 % 所需的比例"},
    {"what limits the compute rack in liquid", "液冷计算机柜的限制因素"},
    {"what limits the compute rack in air", "风冷计算机柜的限制因素"},
    {"watts of the compute rack", "计算机柜功率"},
    {"power", "功率"},
    {"air_cooling", "风冷能力"},
    {"liquid_cooling", "液冷能力"},
    {"height", "高度"},
    {"faceplate", "面板"},
    {"engines of 3.2 Tb/s at 80 % fill", "3.2 Tb/s 光引擎数，80 % 填充率"},
    {"the same if 2000 P was meant", "如果本意是 2000 P"},
    {"engines of 3.2 Tb/s, with one port of 800 Gb/s each",
     "3.2 Tb/s 光引擎数，每个加速器一个 800 Gb/s 端口"},
    {"the same if 2000 P was meant, engines", "如果本意是 2000 P，光引擎数"},
    {"margin of the lane at 400 Gb/s", "通道在 400 Gb/s 时的余量"},
    {"the same with the host's SerDes", "计入主机 SerDes"},
    {"margin that spreads take, linear", "离散性损失的余量，线性模块"},
    {"margin that spreads take, with a DSP", "离散性损失的余量，带 DSP 的模块"},
    {"good modules, linear", "良品率，线性模块"},
    {"good modules, with a DSP", "良品率，带 DSP 的模块"},
    {"not rounded down to the series: published watts", "未向下取整到速率系列：公开的功耗数据"},
    {"not rounded down to the series: watts as solved", "未向下取整到速率系列：求解所得的功耗"},
    {"not rounded down to the series: cage's 35 W alone", "未向下取整到速率系列：只受笼子 35 W 限制"},
    {"not rounded down to the series: loss of the host alone", "未向下取整到速率系列：只受主机损耗限制"},
    {"what decides, published watts", "起决定作用的因素（公开功耗数据）"},
    {"cage power", "笼子功率"},
    {"host loss", "主机损耗"},
    {"margin of the lane, silicon", "通道余量，硅"},
    {"margin of the lane, lithium niobate", "通道余量，铌酸锂"},
    {"watts of a link, active copper", "一条链路的功耗，有源铜缆"},
    {"watts of a link, modules with a DSP", "一条链路的功耗，带 DSP 的模块"},
    {"watts of a link, linear modules", "一条链路的功耗，线性模块"},
    {"watts of the lasers, quantum dots without isolators", "激光器功耗，量子点、无隔离器"},
    {"watts of the lasers, DFB with isolators", "激光器功耗，DFB、带隔离器"},
};

const std::map<std::string_view, std::string_view>& dictionary() {
  static const std::map<std::string_view, std::string_view> words = [] {
    std::map<std::string_view, std::string_view> made;
    for (const auto& part : {chinese_of_cases(), chinese_of_ledger()})
      for (const Translation& item : part) made.emplace(item.english, item.chinese);
    return made;
  }();
  return words;
}

}  // namespace

std::span<const Translation> chinese_of_cases() { return cases; }

std::string_view chinese_of(std::string_view english) {
  const auto found = dictionary().find(english);
  return found == dictionary().end() ? std::string_view() : found->second;
}

}  // namespace waverack::io
