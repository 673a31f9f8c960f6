// What study/ledger_modules.cpp and study/ledger_clusters.cpp say, in Chinese.

#include "waverack/io/claims_chinese.hpp"

namespace waverack::io {
namespace {

constexpr Translation ledger[] = {
    {"3.2T liquid-cooled CPO engine, 32 channels on one die", "3.2T 液冷 CPO 光引擎，单芯片 32 通道"},
    {"margin of the worst of 32 lanes of 100 Gb/s over 500 m, against the FEC limit",
     "32 个 100 Gb/s 通道中最差一个在 500 m 上相对 FEC 门限的余量"},
    {"of 32 lanes side by side the one with the least margin, at its own temperature; the floorplan is "
     "assumed, and that all 32 are good is a question of yield (waverack yield)",
     "取 32 个并排通道中余量最小、处于自身温度的一个；版图为假设，而 32 个通道全部合格属于良率问题（waverack "
     "yield）"},
    {"modulators, drivers and photodiodes as good as published ones, side by side on one die under a cold "
     "plate",
     "调制器、驱动器和光电二极管达到公开报道的水平，并排集成在冷板下的一颗芯片上"},
    {"a lane that works has margin", "能工作的通道就有余量"},
    {"from the worst lane with lasers at the end of their life to the best lane with new ones",
     "从激光器处于寿命末期的最差通道，到激光器全新的最好通道"},
    {"5 pJ/bit", "5 pJ/bit"},
    {"watts of both directions over the one-direction MAC rate", "收发两个方向的功率除以单向 MAC 速率"},
    {"15 %: published watts of like modules differ by that much (14 to 17 W, facts: cluster 5.1)",
     "15 %：同类模块公开的功耗相差这么多（14 至 17 W，资料：cluster 5.1）"},
    {"15 % either way, as the published watts of like modules differ (facts: cluster 5.1)",
     "上下各 15 %，即同类模块公开功耗的差异（资料：cluster 5.1）"},
    {"the claim does not say whether laser, cooler and host SerDes are counted",
     "说法没有说明是否计入激光器、制冷器和主机 SerDes"},
    {"the figure counts the engine and its external lasers, and neither the host's SerDes nor cooling",
     "该数值只计光引擎及其外置激光器，不计主机 SerDes 和冷却"},
    {"about 70 % below pluggables", "比可插拔模块低约 70 %"},
    {"saving of energy per bit against a pluggable, lasers counted in both",
     "每比特能耗相对可插拔模块的节省，两边都计入激光器"},
    {"'about 70 %' to the nearest five", "“约 70 %”按最接近的 5 取整"},
    {"both sides at the ends of their ranges that favour either", "两边分别取各自范围中最有利和最不利的一端"},
    {"the claim does not say which pluggable; the same change saves less at every meter further out",
     "说法没有说明与哪种可插拔模块比较；同样的改变，计量点越靠外节省越少"},
    {"the pluggable is one with a DSP of about 17 pJ/bit, and only optics are counted",
     "比较对象是约 17 pJ/bit 的 DSP 模块，而且只计光器件"},
    {"channel density 4 to 8 times that of traditional modules", "通道密度为传统模块的 4 至 8 倍"},
    {"channels, or rate, of the engine for a length, an area or a volume, over those of an OSFP of 8 "
     "channels",
     "光引擎在单位长度、面积或体积上的通道数或速率，与 8 通道 OSFP 之比"},
    {"the claim's own bounds", "说法自身给出的上下限"},
    {"the claim's own bound", "说法自身给出的上限"},
    {"none: geometry, and numbers that the design fixes", "无：几何尺寸以及设计中固定的数值"},
    {"the claim says neither which density nor which pluggable; external lasers and their front panel are "
     "not counted",
     "说法既没有说明是哪种密度，也没有说明是哪种可插拔模块；外置激光器及其面板不计在内"},
    {"density is channels for each millimetre of the board's edge", "密度指每毫米板边的通道数"},
    {"the architecture leaves room for 6.4T", "架构为 6.4T 预留空间"},
    {"margin of one of the same 32 lanes at 200 Gb/s over 500 m, against the FEC limit, new and at the end "
     "of life",
     "同样 32 个通道之一以 200 Gb/s 在 500 m 上相对 FEC 门限的余量，全新时和寿命末期"},
    {"SerDes, driver and substrate line must change; laser, fibres, edge, modulator, photodiode, TIA and "
     "cold plate need not",
     "SerDes、驱动器和基板走线必须更换；激光器、光纤、边缘、调制器、光电二极管、TIA 和冷板不必更换"},
    {"SerDes of 200 Gb/s a lane, drivers and substrate lines of twice the bandwidth, and somewhat stronger "
     "lasers for the end of their life",
     "每通道 200 Gb/s 的 SerDes、带宽加倍的驱动器和基板走线，以及为寿命末期准备的稍强的激光器"},
    {"with liquid cooling, cluster PUE 1.25 to 1.12", "采用液冷后，集群 PUE 从 1.25 降到 1.12"},
    {"fall of PUE", "PUE 的降幅"},
    {"the facility model states an error of 0.02 (facts: thermal 12.2)",
     "机房模型自述误差为 0.02（资料：thermal 12.2）"},
    {"from 5 % to 95 % of draws within the ranges of the hall's numbers",
     "在机房各参数范围内抽样结果的 5 % 至 95 %"},
    {"how much of the heat goes into liquid, and how bad the hall in air was; optics alone move PUE by less "
     "than 0.02. The article gives PUE in watts, but it is a ratio without a dimension; and it falls "
     "although server fans leave its denominator, so compare TUE and total watts",
     "多少热量进入液体，以及风冷机房原来有多差；仅靠光器件，PUE 变化小于 0.02。报道给出的 PUE "
     "以瓦为单位，但它是没有量纲的比值；而且服务器风扇移出分母之后它仍然下降，所以应比较 TUE 和总功率"},
    {"nine tenths of all heat, not that of optics alone, move from air into warm water",
     "全部热量的九成（而不只是光器件的热量）从空气转移到温水中"},
    {"compute density per rack +40 %", "单机柜算力密度提升 40 %"},
    {"GPUs for each rack, or for each watt of the hall, against pluggables with a DSP",
     "每机柜或机房每瓦的 GPU 数，对比带 DSP 的可插拔模块"},
    {"'40 %' to the nearest five", "“40 %”按最接近的 5 取整"},
    {"from 5 % to 95 % of draws within the ranges of all numbers of the cluster",
     "在集群所有参数范围内抽样结果的 5 % 至 95 %"},
    {"optics are a small share of a rack's watts, and those at the network cards stay pluggable; what "
     "changes a rack is air or liquid",
     "光器件只占机柜功率的一小部分，网卡侧的仍是可插拔模块；真正改变机柜的是风冷还是液冷"},
    {"optics take four to five tenths of the power, or another cooling of the rack is counted with them",
     "光器件占功率的四到五成，或者把机柜冷却方式的改变也算在内"},
    {"an ecosystem of external laser, optical engine and fibre flex", "外置激光器、光引擎和光纤柔性板的生态"},
    {"whether suppliers exist is not a question for a model", "是否有供应商不是模型能回答的问题"},
    {"more than one supplier for each of the three, with parts that fit one another",
     "三类部件各有不止一家供应商，而且彼此兼容"},
    {"precise optical coupling and thermal consistency are the hard parts", "精密光耦合与热一致性是难点"},
    {"what a lane loses: by 1 um of misalignment of a 4 um mode at one facet, by the temperatures of the 32 "
     "lanes from the coolest to the hottest",
     "一个通道的损失：4 µm 模斑在一个端面偏移 1 µm 造成的，以及 32 个通道从最冷到最热的温差造成的"},
    {"what budgets give a connector at its worst, 0.5 dB (facts: photonics 7.4): less is no hard part",
     "预算给一个最差连接器的 0.5 dB（资料：photonics 7.4）：小于它就不算难点"},
    {"a loop on every heater makes temperature harmless, and costs its watts",
     "每个加热器都闭环控制，温度就无害，但要付出功耗"},
    {"the engine has rings without a lock, and facets are glued to no better than 1 um",
     "光引擎用不锁定的微环，并且端面粘接精度不优于 1 µm"},
    {"a node of 81.92 Tb/s needs 128 modules of 800G", "单节点 81.92 Tb/s 需要 128 个 800G 模块"},
    {"modules of 800 Gb/s for 81.92 Tb/s", "81.92 Tb/s 所需的 800 Gb/s 模块数"},
    {"a count", "计数"},
    {"none: a count", "无：计数"},
    {"81.92 Tb/s is the premise of the claim; no document of the OIF with it is known",
     "81.92 Tb/s 是说法的前提；未见载有该数字的 OIF 文件"},
    {"the node is a switch of 102.4 Tb/s, filled to 80 %", "该节点是一台 102.4 Tb/s 交换机，填充率 80 %"},
    {"in an intelligent-driving computing centre, CPO was verified to support 2000 TOPS",
     "在智能驾驶算力中心，验证了 CPO 支持 2000 TOPS"},
    {"accelerators of 1979 TOPS (H100, dense FP8) behind 2000 TOPS",
     "2000 TOPS 对应多少个 1979 TOPS 的加速器（H100，稠密 FP8）"},
    {"2000 TOPS is one accelerator or one vehicle computer, not a centre; precision, number of nodes and "
     "link rate are not said",
     "2000 TOPS 只相当于一个加速器或一台车载计算机，而不是一个算力中心；精度、节点数和链路速率都没有说明"},
    {"the unit is P and not T, or the number is that of one node; and rate and error ratio of the links are "
     "stated",
     "单位是 P 而不是 T，或者该数字指一个节点；并且给出链路速率和误码率"},
    {"1.6T-DR8 with TFLN modulator, no isolator, 3 nm DSP and quantum-dot laser",
     "1.6T-DR8：薄膜铌酸锂调制器、无隔离器、3 nm DSP、量子点激光器"},
    {"margin of the laser against all reflections without an isolator, and of the lane against the FEC "
     "limit, at 70 degC",
     "70 °C 时，无隔离器的激光器对全部反射的余量，以及通道相对 FEC 门限的余量"},
    {"a laser below its critical level keeps its coherence; a lane that works has margin",
     "低于临界反馈水平的激光器保持相干；能工作的通道就有余量"},
    {"the laser is a composite of published ones, its critical level fitted to one measured onset of "
     "collapse",
     "激光器参数由公开报道的器件组合而成，其临界水平按一次实测的相干崩溃起点拟合"},
    {"lasers whose linewidth enhancement stays as low as that of published quantum dots, and connectors as "
     "clean as the standard asks",
     "激光器的线宽增强因子与公开报道的量子点一样低，连接器像标准要求的那样洁净"},
    {"400G optical engine for 3.2T with about 100 GHz combined bandwidth",
     "面向 3.2T 的 400G 光引擎，综合带宽约 100 GHz"},
    {"combined bandwidth of a lane that works at 400 Gb/s, under each definition of 'combined'",
     "能以 400 Gb/s 工作的通道的综合带宽，按“综合”的各种定义"},
    {"'about 100' to the nearest ten; more is no objection", "“约 100”按最接近的 10 取整；更大也无妨"},
    {"the claim does not say which blocks are combined, nor how; those of the design are assumed",
     "说法没有说明综合了哪些环节、如何综合；设计中的各环节为假设"},
    {"'combined' means driver and modulator, at the -3 dB point of their product",
     "“综合”指驱动器与调制器，取其乘积的 −3 dB 点"},
    {"1.6T OSFP LPO below 10 W", "1.6T OSFP LPO 低于 10 W"},
    {"watts of the module", "模块功耗"},
    {"the longer-reach SerDes that the host then needs is not in this figure; its performance at TP2 and TP4 "
     "is C19",
     "主机因此需要的长距 SerDes 不在此数值内；TP2 和 TP4 处的性能见 C19"},
    {"the module alone is counted", "只计模块本身"},
    {"LPO removes the DSP, so linear optics, calibration and yield are the challenge",
     "LPO 去掉 DSP，因此线性光学、校准和良率成为挑战"},
    {"margin that the spreads of parts take from the weakest lane of nineteen modules in twenty, linear, "
     "beyond what they take with a DSP",
     "器件离散性使二十只模块中十九只的最差通道损失的余量：线性模块比带 DSP 的模块多损失多少"},
    {"the 2 % and the 8 % module in place of the 5 % one, as 200 modules leave it open",
     "用第 2 % 和第 8 % 的模块代替第 5 % 的模块，即 200 只模块留下的不确定性"},
    {"the spreads of parts are assumed; each module is set on the line, and TECQ, where the linear design "
     "has least room, is not judged module by module",
     "器件的离散性为假设；每只模块都在产线上调好，而线性设计余地最小的 TECQ 没有逐只判断"},
    {"lines with larger spreads than assumed, or limits of TECQ that single modules miss",
     "产线的离散性比假设的大，或者有个别模块达不到 TECQ 限值"},
    {"800G ZR/ZR+", "800G ZR/ZR+"},
    {"signal-to-noise ratio at the decision over what the soft-decision code needs, of 800 Gb/s on one "
     "wavelength",
     "单波长 800 Gb/s 在判决处的信噪比超出软判决纠错码所需的余量"},
    {"the limit of oFEC, a bit error ratio of 2.0e-2, over the amplified span of 80 km that 800ZR is for, "
     "and "
     "over five of them for ZR+ (facts: coherent 3.1)",
     "oFEC 的门限，即误码率 2.0e-2；800ZR 用 80 km 放大单跨，ZR+ 用五跨（资料：coherent 3.1）"},
    {"none: one line each", "无：各一条线路"},
    {"no public text gives transmit and receive power, PMD and PDL of 800ZR: they are assumed, and so are "
     "the "
     "numbers of drivers, modulators and converters",
     "公开文本没有给出 800ZR 的发射和接收功率、PMD 和 PDL：这些值以及驱动器、调制器和转换器的数值均为假设"},
    {"modules whose parts are as good as assumed", "模块的器件达到所假设的水平"},
    {"1.6T AEC: copper suits short reach on signal stability", "1.6T AEC：铜缆在信号稳定性上适合短距"},
    {"margin of a lane of 200 Gb/s over 2.5 m of active cable, against the FEC limit",
     "200 Gb/s 通道在 2.5 m 有源线缆上相对 FEC 门限的余量"},
    {"the 3 dB that COM asks of a copper channel (facts: standards 5.1); 2.5 m is the short end of the reach "
     "expected of such cables (facts: standards 7)",
     "COM 对铜通道要求的 3 dB（资料：standards 5.1）；2.5 m 是这类线缆预期距离的短端（资料：standards 7）"},
    {"none: one cable of one length", "无：一种长度的一条线缆"},
    {"the claim states no length, and a metre more has no margin; cost is C20",
     "说法没有给出长度，再长一米就没有余量；成本见 C20"},
    {"links of at most about 2.5 m", "链路不超过约 2.5 m"},
    {"pluggables stay mainstream up to 3.2T, CPO gradually replaces them above",
     "3.2T 及以下可插拔模块仍是主流，3.2T 以上 CPO 逐步取代"},
    {"largest rate of the series 0.4, 0.8, 1.6 … Tb/s that pluggable modules of eight lanes serve",
     "在 0.4、0.8、1.6 … Tb/s 序列中，八通道可插拔模块能支持的最大速率"},
    {"the next rate of the series is twice or half of it", "序列中相邻速率相差一倍"},
    {"every input at the end of its range that moves the answer most",
     "每个输入都取其范围中最影响结果的一端"},
    {"the watts that a cage may draw come first, then the loss from the switch to the cage",
     "首先是笼子允许的功率，其次是交换芯片到笼子的损耗"},
    {"modules of 3.2T draw no more than 35 to 40 W or cages are cooled by liquid, and the loss from switch "
     "to cage is a little below 22 dB at 200 Gb/s a lane",
     "3.2T 模块功耗不超过 35 至 40 W 或笼子采用液冷，并且交换芯片到笼子的损耗在每通道 200 Gb/s 时略低于 22 "
     "dB"},
    {"1.6T-DR8 with a 3 nm DSP", "1.6T-DR8，3 nm DSP"},
    {"watts of a module that works, with the lasers in it", "能工作的模块的功耗，包括其中的激光器"},
    {"what a cage is rated for (facts: cluster 5.3)", "笼子的额定功率（资料：cluster 5.3）"},
    {"the article gives the DSP's node and no watts; those of the design are published ones of other makers",
     "报道只给出 DSP 的工艺节点而没有功耗；设计中的功耗取自其他厂家的公开数据"},
    {"a DSP that draws what others state for 3 nm", "DSP 的功耗与其他厂家公布的 3 nm 数值相当"},
    {"1.6T OSFP LPO with TP2/TP4 performance", "1.6T OSFP LPO，具备 TP2/TP4 性能"},
    {"measures at TP2 and at TP4 that are beyond their limits", "TP2 和 TP4 处超出限值的项数"},
    {"a count: none may be beyond", "计数：一项都不能超出"},
    {"limits of the LPO MSA at this rate are not public: TP2 is judged by 1.6TBASE-DR8 in draft, TP4 by "
     "placeholders for CEI-224G-LINEAR",
     "LPO MSA 在此速率下的限值未公开：TP2 按 1.6TBASE-DR8 草案判断，TP4 按 CEI-224G-LINEAR 的占位值判断"},
    {"the final limits are no tighter than drafts and placeholders, and the host's levels are set for this "
     "module",
     "最终限值不比草案和占位值更严，并且主机电平按该模块设置"},
    {"copper suits short reach on cost", "铜缆在成本上适合短距"},
    {"saving of a 1.6T link of active copper against optics, in price and in watts",
     "1.6T 有源铜缆链路相对光链路在价格和功耗上的节省"},
    {"less is less", "少就是少"},
    {"the price of the cable is its maker's 'about half of optics', so that half of the verdict is that "
     "maker's; fibres are not counted",
     "线缆价格取其厂家所说的“约为光模块的一半”，因此结论有一半来自该厂家；光纤不计在内"},
    {"cables at half of the price of the two modules that they replace, and modules with a DSP, not linear "
     "ones, to compare watts with",
     "线缆价格为其取代的两只模块的一半，并且功耗与带 DSP 的模块而不是线性模块比较"},
    {"quantum-dot laser: low power and low cost", "量子点激光器：低功耗、低成本"},
    {"watts that quantum-dot lasers without isolators save over DFB lasers with isolators, same modulators",
     "无隔离器的量子点激光器比带隔离器的 DFB 激光器节省的功率，调制器相同"},
    {"'low' has no number; cost is not judged, because no price of such a module is known",
     "“低”没有数值；成本不作判断，因为没有这类模块的价格"},
    {"each laser lights more modulators, because no isolator takes its light",
     "每个激光器能供更多调制器，因为没有隔离器损耗它的光"},
};

}  // namespace

std::span<const Translation> chinese_of_ledger() { return ledger; }

}  // namespace waverack::io
