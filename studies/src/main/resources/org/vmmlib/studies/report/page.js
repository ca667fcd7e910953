(() => {
  "use strict";

  // ---- numbers

  const superscript = (k) => String(k).replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));

  /** A number with that many significant digits; digits before the point are kept. */
  const fixed = (value, digits) => {
    if (value === null || value === undefined || !Number.isFinite(Number(value))) {
      return "–";
    }
    const number = Number(value);
    if (number === 0) {
      return "0";
    }
    const exponent = Math.floor(Math.log10(Math.abs(Number(number.toPrecision(digits)))));
    return exponent < -5 || exponent > 8
      ? number.toExponential(digits - 1)
      : number.toFixed(Math.min(20, Math.max(0, digits - 1 - exponent)));
  };

  /** A value with an SI prefix: 2e-9 is "2 n". Without digits, as short as it gets. */
  const prefixed = (value, digits) => {
    if (!(value > 0)) {
      return "0 ";
    }
    const thousands = Math.floor(Math.log10(value) / 3 + 1e-9);
    if (Math.abs(thousands) > 10) {
      return value.toExponential() + " ";
    }
    const mantissa = value / 10 ** (3 * thousands);
    return (digits ? fixed(mantissa, digits) : String(Number(mantissa.toPrecision(3)))) + " " +
      "qryzafpnµm\0kMGTPEZYRQ"[thousands + 10].replace("\0", "");
  };

  /** What a place on a logarithmic axis stands for; the data are moved by a power of ten. */
  const unshifted = (axis, drawn) => drawn / 10 ** axis.shift;

  /** The label of a decade on a logarithmic axis. */
  const decade = (axis) => (drawn) => {
    const value = unshifted(axis, drawn);
    if (axis.prefixes) {
      return prefixed(value) + axis.unit;
    }
    const k = Math.log10(value);
    if (Math.abs(k - Math.round(k)) > 1e-9 || Math.abs(k) <= 3) {
      return String(Number(value.toPrecision(3)));
    }
    return "10" + superscript(Math.round(k));
  };

  /** A value of an axis with its unit, for a tooltip. */
  const quantity = (axis, drawn) => {
    const value = axis.type === "log" ? unshifted(axis, drawn) : drawn;
    return axis.prefixes
      ? prefixed(value, axis.digits + 1) + axis.unit
      : fixed(value, axis.digits + 1) + (axis.unit ? " " + axis.unit : "");
  };

  const nameOf = (axis) => axis.name + (axis.unit && !axis.prefixes ? " (" + axis.unit + ")" : "");

  // ---- looks

  const root = document.documentElement;

  const readColours = () => {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue("--" + name).trim();
    return {
      paper: colour("paper"), soft: colour("soft"), line: colour("line"), ink: colour("ink"), muted: colour("muted"),
      accent: colour("accent"), heatLow: colour("heat-low"), heatHigh: colour("heat-high"), font: colour("font"),
      series: [1, 2, 3, 4, 5, 6, 7].map((k) => colour("c" + k)),
    };
  };

  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle"];
  const DASHES = ["solid", [7, 4], [2, 3], [9, 4, 2, 4]];

  const look = (colours) => {
    // Line heights are given, because ECharts would take them from the width of a Chinese sign, which not every font has.
    const text = (colour) => ({ color: colour, fontSize: 12, lineHeight: 15 });
    const axis = (grid) => ({
      axisLine: { show: !grid, onZero: false, lineStyle: { color: colours.muted } },
      axisTick: { show: false },
      axisLabel: text(colours.muted),
      nameTextStyle: text(colours.muted),
      splitLine: { show: grid, lineStyle: { color: colours.line } },
      minorSplitLine: { show: false },
    });
    return {
      color: colours.series,
      textStyle: { fontFamily: colours.font, color: colours.ink },
      categoryAxis: axis(false),
      valueAxis: axis(true),
      logAxis: axis(true),
      legend: {
        textStyle: text(colours.ink),
        itemStyle: { opacity: 1 },
        inactiveColor: colours.line,
      },
    };
  };

  /** The data of a drawing as lines of columns, separated by tabs. */
  const dataOf = (drawing) => {
    const lines = [];
    const add = (...cells) => lines.push(cells.map((cell) => (cell === null ? "" : cell)).join("\t"));
    const header = (axis) => axis.name + (axis.unit ? " (" + axis.unit + ")" : "");
    const plain = (axis, value) =>
      axis.type === "log" && value !== null ? Number(unshifted(axis, value).toPrecision(7)) : value;
    const { x, y, series } = drawing;
    if (drawing.kind === "ranking") {
      const columns = (one) => (one.intervals ? [one.name, "low", "high"] : [one.name]);
      const cells = (one, row) => (one.intervals ? [one.data[row], ...one.intervals[row]] : [one.data[row]]);
      add(header(x), ...series.flatMap(columns));
      y.data.forEach((name, row) => add(name, ...series.flatMap((one) => cells(one, row))));
    } else if (drawing.kind === "confusion") {
      add(y.name + " \\ " + x.name, ...x.data);
      y.data.forEach((name, row) =>
        add(name, ...series[0].data.filter((cell) => cell[1] === row).map((cell) => cell[3])));
    } else if (x.type === "category" || y.type === "category") {
      const [names, values] = x.type === "category" ? [x, y] : [y, x];
      add(header(values), ...series.map((one) => one.name));
      names.data.forEach((name, row) => add(name, ...series.map((one) => one.data[row])));
    } else {
      add("series", header(x), header(y));
      series.forEach((one) => one.data.forEach((point) => add(one.name, plain(x, point[0]), plain(y, point[1]))));
    }
    return lines.join("\n");
  };

  const tooltip = (colours) => ({
    confine: true,
    backgroundColor: colours.paper,
    borderColor: colours.line,
    textStyle: { color: colours.ink, fontSize: 12 },
    axisPointer: {
      lineStyle: { color: colours.muted },
      shadowStyle: { color: colours.muted, opacity: 0.1 },
    },
  });

  const toolbox = (drawing, colours) => ({
    right: 0,
    top: 0,
    padding: 0,
    itemSize: 13,
    iconStyle: { borderColor: colours.muted },
    emphasis: { iconStyle: { borderColor: colours.accent, textFill: colours.accent } },
    feature: {
      dataView: {
        readOnly: true,
        title: "Show the data",
        lang: ["", "Close", ""],
        optionToContent: () => {
          const text = document.createElement("pre");
          text.textContent = dataOf(drawing);
          return text;
        },
        backgroundColor: colours.paper,
        textColor: colours.ink,
        buttonColor: colours.accent,
        buttonTextColor: colours.paper,
      },
      restore: { title: "Restore" },
      saveAsImage: {
        type: "svg",
        title: "Save as SVG",
        name: drawing.title.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase() || "plot",
        backgroundColor: colours.paper,
      },
    },
  });

  const axisOption = (axis, vertical) => {
    const option = { type: axis.type };
    if (axis.name) {
      option.name = nameOf(axis);
      // The name of a vertical axis lies flat above it: there it is read without turning the head, and never cut off.
      Object.assign(option, vertical
        ? { nameLocation: "end", nameGap: 12, nameTextStyle: { align: "left", padding: [0, 0, 0, -6] } }
        : { nameLocation: "middle", nameGap: 28 });
    }
    if (axis.type === "category") {
      option.data = axis.data;
      option.axisLabel = { interval: 0 };
      return option;
    }
    if (axis.min !== undefined) {
      option.min = axis.min;
      option.max = axis.max;
    }
    if (axis.type === "log") {
      option.axisLabel = { formatter: decade(axis), hideOverlap: true };
    } else {
      option.axisLabel = { formatter: (value) => String(Number(value.toPrecision(8))), hideOverlap: true };
    }
    return option;
  };

  // ---- the kinds of drawings

  const html = echarts.format.encodeHTML;
  const line = (marker, name, text) => `${marker}${html(name)}: <b>${html(text)}</b>`;

  const barTooltip = (values) => ({
    trigger: "axis",
    axisPointer: { type: "shadow" },
    formatter: (items) => [`<b>${html(items[0].name)}</b>`]
      .concat(items.map((item) => line(item.marker, item.seriesName, quantity(values, item.value)))).join("<br>"),
  });

  const pointTooltip = (x, y) => (item) => [
    item.marker + html(item.seriesName),
    line("", x.name, quantity(x, item.value[0])),
    line("", y.name, quantity(y, item.value[1])),
  ].join("<br>");

  const kinds = {
    bars(drawing, colours, width) {
      const bars = drawing.x.data.length * drawing.series.length;
      const room = (width - 60) / bars;
      const group = (width - 60) / drawing.x.data.length - 8;
      return {
        xAxis: { axisLabel: group < 56 ? { rotate: 40 } : { width: group, overflow: "break" } },
        tooltip: barTooltip(drawing.y),
        series: drawing.series.map(() => ({
          barMaxWidth: 64,
          barCategoryGap: "28%",
          barGap: "8%",
          itemStyle: { borderRadius: [2, 2, 0, 0] },
          label: {
            show: room > 26, position: "top", distance: 4, color: colours.ink, fontSize: 12,
            rotate: room < 46 ? 90 : 0, align: room < 46 ? "left" : "center", verticalAlign: room < 46 ? "middle" : "bottom",
            formatter: (item) => fixed(item.value, drawing.y.digits),
          },
        })),
      };
    },

    stacked(drawing, colours) {
      const last = drawing.series.length - 1;
      return {
        grid: { left: 16, right: 78 },
        legend: { selectedMode: false },
        yAxis: { inverse: true, axisLabel: { width: 130, overflow: "break" } },
        tooltip: barTooltip(drawing.x),
        series: drawing.series.map((_, k) => ({
          stack: "all",
          barMaxWidth: 28,
          itemStyle: { borderColor: colours.paper, borderWidth: 1 },
          label: {
            show: k === last, position: "right", color: colours.ink, fontSize: 12,
            formatter: (item) => quantity({ ...drawing.x, digits: drawing.x.digits - 1 }, drawing.totals[item.dataIndex]),
          },
        })),
      };
    },

    ranking(drawing, colours) {
      const { x, y, series, marks } = drawing;
      const digits = { ...x, digits: x.digits - 1 };
      const bars = { barMaxWidth: 16, barCategoryGap: "30%", barGap: "18%" };
      const label = (item) => {
        const [low, high] = (series[item.seriesIndex].intervals || [])[item.dataIndex] || [];
        return line(item.marker, item.seriesName, quantity(digits, item.value)) +
          (low === null || low === undefined ? "" : html(` (${fixed(low, 3)} to ${fixed(high, 3)})`));
      };
      // The end of a bar or of its interval, whichever is farther from 0; the value is written beyond it.
      const ends = (one) => one.data.map((value, k) => {
        const [, high] = (one.intervals || [])[k] || [];
        return Math.max(0, value, high === undefined || high === null ? value : high);
      });
      return {
        grid: { left: 16, right: 56, top: (series.length > 1 ? 30 : 10) + (marks.length > 0 ? 16 + 14 * Math.min(1, marks.length - 1) : 0) },
        legend: { show: series.length > 1, data: series.map((one) => one.name), selectedMode: false },
        // A bar that hardly reaches below 0 does not open a whole step of the axis there.
        xAxis: { min: ({ min, max }) => (min < 0 && min > -0.02 * max ? min : null) },
        yAxis: { inverse: true, axisLabel: { width: 170, overflow: "truncate" } },
        tooltip: {
          trigger: "axis",
          axisPointer: { type: "shadow" },
          formatter: (items) => [`<b>${html(items[0].name)}</b>`]
            .concat(items.filter((item) => item.seriesType === "bar").map(label)).join("<br>"),
        },
        series: series.map((one, k) => ({
          ...bars,
          itemStyle: { borderRadius: [0, 2, 2, 0] },
          markLine: k > 0 || marks.length === 0 ? undefined : {
            silent: true, symbol: "none", animation: false,
            lineStyle: { color: colours.muted, type: [5, 4], width: 1.2 },
            data: marks.map((mark, m) => ({
              name: mark.name, xAxis: mark.value,
              label: { formatter: mark.name, position: "start", color: colours.muted, fontSize: 12, distance: 4 + 14 * (m % 2) },
            })),
          },
        })),
        extra: series.map((one, k) => ({
          type: "custom", name: one.name + " interval", silent: true, z: 5,
          data: ends(one).map((end, row) => [row, one.data[row], ...((one.intervals || [])[row] || [null, null]), end]),
          encode: { x: [2, 3], y: 0 },
          tooltip: { show: false },
          renderItem: (params, api) => {
            const row = api.value(0);
            const [value, low, high, end] = [1, 2, 3, 4].map((dimension) => api.value(dimension));
            const place = api.barLayout({ ...bars, count: series.length })[k];
            const at = api.coord([0, row])[1] + place.offsetCenter;
            const children = [];
            if (Number.isFinite(low) && Number.isFinite(high) && high > low) {
              const [left, right] = [api.coord([low, row])[0], api.coord([high, row])[0]];
              const stroke = (x1, y1, x2, y2) => ({
                type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: colours.ink, lineWidth: 1.2, fill: null },
              });
              children.push(stroke(left, at, right, at), stroke(left, at - 4, left, at + 4), stroke(right, at - 4, right, at + 4));
            }
            if (Number.isFinite(value)) {
              children.push({
                type: "text", x: api.coord([end, row])[0] + 6, y: at,
                style: { text: fixed(value, x.digits), fill: colours.ink, fontSize: 12, fontFamily: colours.font, verticalAlign: "middle" },
              });
            }
            return { type: "group", children };
          },
        })),
      };
    },

    lines(drawing) {
      return {
        xAxis: { scale: true },
        yAxis: { scale: true },
        tooltip: { trigger: "item", formatter: pointTooltip(drawing.x, drawing.y) },
        series: drawing.series.map((series, k) => ({
          symbol: SYMBOLS[k % SYMBOLS.length],
          symbolSize: 7,
          showSymbol: series.data.length <= 40,
          lineStyle: { width: 2, type: DASHES[Math.floor(k / 2) % DASHES.length] },
          triggerLineEvent: true,
        })),
      };
    },

    scatter(drawing, colours) {
      return {
        xAxis: { scale: true },
        yAxis: { scale: true },
        tooltip: { trigger: "item", formatter: pointTooltip(drawing.x, drawing.y) },
        series: drawing.series.map((series, k) => ({
          symbol: SYMBOLS[k % SYMBOLS.length],
          symbolSize: series.data.length > 500 ? 4 : 7,
          itemStyle: { opacity: series.data.length > 200 ? 0.45 : 0.8, borderColor: colours.paper, borderWidth: 0 },
        })),
      };
    },

    agreement(drawing, colours) {
      const option = kinds.scatter(drawing, colours);
      const ends = [drawing.x.min, drawing.x.max].filter((end) => end !== undefined);
      option.legend = {
        data: drawing.series.map((series) => series.name)
          .concat({ name: "equal", icon: "path://M0,5 L18,5 L18,6.5 L0,6.5 Z" }),
      };
      option.extra = [{
        type: "line", name: "equal", data: ends.map((end) => [end, end]), symbol: "none", silent: true, z: 1,
        lineStyle: { color: colours.muted, width: 1.5, type: [6, 4] }, itemStyle: { color: colours.muted },
        tooltip: { show: false },
      }];
      return option;
    },

    histogram(drawing, colours) {
      const half = drawing.binWidth / 2;
      const decimals = Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(drawing.binWidth))));
      const unit = drawing.x.unit ? " " + drawing.x.unit : "";
      return {
        legend: { icon: "roundRect" },
        xAxis: { scale: true },
        tooltip: {
          trigger: "axis",
          formatter: (items) => {
            const centre = items[0].value[0];
            const bin = (centre - half).toFixed(decimals) + " to " + (centre + half).toFixed(decimals) + unit;
            return [`<b>${html(bin)}</b>`]
              .concat(items.map((item) => line(item.marker, item.seriesName, quantity(drawing.y, item.value[1]))))
              .join("<br>");
          },
        },
        series: drawing.series.map((_, k) => ({
          step: "middle",
          symbol: "none",
          lineStyle: { width: 1.5, type: k === 0 ? "solid" : DASHES[k % DASHES.length] },
          areaStyle: { opacity: drawing.series.length > 1 ? 0.22 : 0.45 },
        })),
      };
    },

    confusion(drawing, colours, width) {
      const classes = drawing.x.data.length;
      const room = (width - 60) / classes;
      return {
        grid: { right: 12 },
        xAxis: { splitArea: { show: false } },
        yAxis: { inverse: true, nameLocation: "start" },
        visualMap: {
          show: false, min: 0, max: 1, dimension: 2, inRange: { color: [colours.heatLow, colours.heatHigh] },
        },
        tooltip: {
          trigger: "item",
          formatter: (item) => {
            const [classified, truth, root, count] = item.value;
            return `true ${html(drawing.y.data[truth])}, classified as ${html(drawing.x.data[classified])}<br>` +
              `<b>${count}</b> (${html(fixed(100 * root * root, 3))} %)`;
          },
        },
        series: drawing.series.map((series) => ({
          data: series.data.map((value) => ({ value, label: { color: value[2] > 0.5 ? colours.paper : colours.ink } })),
          itemStyle: { borderColor: colours.paper, borderWidth: 1 },
          label: {
            show: room > 18, fontSize: room > 34 ? 12 : 9, formatter: (item) => (item.value[3] === 0 ? "" : String(item.value[3])),
          },
          emphasis: { itemStyle: { borderColor: colours.ink } },
        })),
      };
    },
  };

  // ---- drawing

  const merge = (a, b) => (b ? echarts.util.merge(a, b, true) : a);

  const pen = document.createElement("canvas").getContext("2d");

  /** How many lines a legend takes. */
  const legendLines = (names, room, font) => {
    pen.font = "12px " + font;
    let lines = 1;
    let x = 0;
    for (const name of names) {
      const item = 18 + 5 + pen.measureText(name).width * 1.08;
      if (x > 0 && x + item > room) {
        lines++;
        x = 0;
      }
      x += item + 12;
    }
    return lines;
  };

  const optionOf = (drawing, colours, width, printing) => {
    const looks = kinds[drawing.kind](drawing, colours, width);
    const series = drawing.series.map((data, k) => ({ ...data, ...looks.series[k] })).concat(looks.extra || []);
    const room = printing ? width : width - 84;
    const legend = series.length > 1;
    const legendHeight = legend
      ? 1 + 27 * legendLines(series.map((one) => one.name), room, colours.font)
      : drawing.y.name === undefined && !printing ? 28 : 8;
    const named = drawing.y.name !== undefined;
    return {
      animation: false,
      legend: merge({
        show: legend, left: 0, top: 0, width: room, padding: 0, itemGap: 12, itemWidth: 18, itemHeight: 11,
      }, looks.legend),
      toolbox: printing ? { show: false } : toolbox(drawing, colours),
      tooltip: merge(tooltip(colours), looks.tooltip),
      grid: merge({
        left: 8, right: 26, top: legendHeight + (named ? 26 : 0), bottom: drawing.x.name === undefined ? 6 : 28, containLabel: true,
      }, looks.grid),
      xAxis: merge(axisOption(drawing.x, false), looks.xAxis),
      yAxis: merge(axisOption(drawing.y, true), looks.yAxis),
      visualMap: looks.visualMap,
      series,
    };
  };

  const drawings = JSON.parse(document.getElementById("drawings").textContent);
  const places = [...document.querySelectorAll(".plot")];
  const charts = new Map();

  const draw = (place, printing) => {
    const drawing = drawings[places.indexOf(place)];
    const width = place.clientWidth;
    if (width === 0) {
      return;
    }
    const colours = readColours();
    if (charts.has(place)) {
      charts.get(place).dispose();
    }
    const chart = echarts.init(place, look(colours), { renderer: "svg", locale: "EN" });
    chart.setOption(optionOf(drawing, colours, width, printing));
    charts.set(place, chart);
    // So that the drawing scales to the sheet, whatever its width was on the screen.
    const svg = place.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${place.clientHeight}`);
  };

  const drawAll = (printing) => places.forEach((place) => draw(place, printing));

  const widths = new Map();
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    if (widths.get(target) !== target.clientWidth) {
      widths.set(target, target.clientWidth);
      draw(target, root.classList.contains("printing"));
    }
  }));
  places.forEach((place) => observer.observe(place));

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(false));
  addEventListener("beforeprint", () => {
    root.classList.add("printing");
    drawAll(true);
  });
  addEventListener("afterprint", () => {
    root.classList.remove("printing");
    drawAll(false);
  });
})();
