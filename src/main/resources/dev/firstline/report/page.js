// Draws the charts that the page's data block describes. ECharts stands above; nothing comes from anywhere else.
'use strict';

const firstline = (() => {
  const block = document.getElementById('data');
  const data = block ? JSON.parse(block.textContent) : {};
  const drawn = new Map(); // by id: the chart, its ECharts instance, the names of its hidden series

  // How numbers are written, by unit.
  const short = (value) => String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 4 : 3)));
  const pad = (value) => String(value).padStart(2, '0');
  const units = {
    ms: (value) => (Math.abs(value) >= 10_000 ? `${short(value / 1000)} s` : `${short(value)} ms`),
    clock: (value) => `${Math.floor(value / 60)}:${pad(Math.round(value % 60))}`,
    count: (value) => (Math.abs(value) < 10_000 ? short(value) : Math.round(value).toLocaleString('en')),
    per_s: (value) => `${short(value)}/s`,
    share: (value) => `${short(value * 100)} %`,
    change: (value) => `${value < 1 ? '−' : '+'}${Math.abs((value - 1) * 100).toFixed(1)} %`,
    tail: (value) => `${Number((100 - 100 / value).toPrecision(7))} %`,
  };
  const text = (axis, value) =>
    value == null ? '–' : axis.scale === 'category' ? axis.categories[value] : units[axis.unit](value);

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);

  const looks = {
    line: { type: 'line', showSymbol: false, connectNulls: false, lineStyle: { width: 2 } },
    points: { type: 'line', symbol: 'circle', symbolSize: 7, lineStyle: { width: 1.5 } },
    step: { type: 'line', showSymbol: false, step: 'end', lineStyle: { width: 2 } },
    area: { type: 'line', showSymbol: false, areaStyle: { opacity: 0.7 }, lineStyle: { width: 1 } },
    bar: { type: 'bar', barMaxWidth: 28 },
    stack: { type: 'bar', stack: 'all', barMaxWidth: 28 },
    dots: { type: 'scatter', symbolSize: 9, z: 3 },
    tick: { type: 'scatter', symbol: 'rect', symbolSize: [3, 22], z: 4 },
    mark: { type: 'scatter', symbol: 'rect', symbolSize: [2, 10], z: 4 },
    heat: { type: 'heatmap' },
  };

  // A description and the page's colours as ECharts' option.
  function option(chart) {
    const ink = css('ink');
    const soft = css('soft');
    const line = css('line');
    const heat = chart.series.some((one) => one.look === 'heat');
    const axis = (one) => ({
      type: one.scale,
      name: one.name,
      nameLocation: 'middle',
      nameTextStyle: { color: soft },
      data: one.scale === 'category' ? one.categories : undefined,
      scale: one.unit === 'change',
      axisLine: { show: true, lineStyle: { color: line } },
      axisTick: { show: false },
      splitLine: { show: !heat && one.scale !== 'category', lineStyle: { color: line } },
      minorSplitLine: { show: false },
      axisLabel: {
        color: soft,
        hideOverlap: true,
        // A kind of two names in two lines, so that its neighbours keep theirs.
        formatter: one.scale !== 'category' ? (value) => text(one, value)
          : one === chart.x ? (value) => String(value).replace('.', '.\n') : undefined,
      },
    });
    // A bar's shadow needs its place, a dot's neighbours are far away.
    const many = chart.series.every((one) => !['dots', 'tick', 'mark', 'heat'].includes(one.look)) && chart.y.scale !== 'category';
    // Where rows have names, what is told of a row runs to the right.
    const [across, told, i] = chart.y.scale === 'category' && !heat ? [chart.y, chart.x, 0] : [chart.x, chart.y, 1];
    const point = ({ seriesName, value, marker }) =>
      `${marker} ${seriesName}  ${text(told, value[i])}${heat ? `  ${value[2]}` : ''}`;
    const marks = (isBand) =>
      chart.marks
        .filter((mark) => (mark.to !== undefined) === isBand)
        .map((mark) => {
          const label = { show: true, formatter: mark.name, color: css(mark.colour), position: 'insideEndTop' };
          const colour = css(mark.colour);
          const where = mark.axis === 'x' ? 'xAxis' : 'yAxis';
          return isBand
            ? [
                { [where]: mark.from, label: { ...label, position: 'insideTop' }, itemStyle: { color: colour, opacity: 0.12 } },
                { [where]: mark.to },
              ]
            : { [where]: mark.from, label, lineStyle: { color: colour, type: 'dashed' } };
        });
    return {
      animation: false,
      aria: { enabled: true, label: { description: `${chart.title}. ${chart.about}` } },
      textStyle: { color: ink, fontFamily: 'system-ui, sans-serif' },
      legend: { show: false, selected: {} },
      grid: { left: 28, right: 24, top: 24, bottom: heat ? 84 : 36, containLabel: true },
      tooltip: {
        renderMode: 'richText', // text that is drawn can hold no markup
        confine: true,
        trigger: many ? 'axis' : 'item',
        backgroundColor: css('raised'),
        borderColor: line,
        textStyle: { color: ink, fontSize: 13 },
        formatter: (seen) => {
          const all = Array.isArray(seen) ? seen : [seen];
          const at = all[0].value;
          return Array.isArray(at) ? [text(across, at[1 - i]), ...all.map(point)].join('\n') : all[0].name;
        },
      },
      visualMap: heat && {
        type: 'piecewise',
        dimension: 2,
        orient: 'horizontal',
        left: 'center',
        bottom: 4,
        itemSymbol: 'rect',
        textStyle: { color: soft },
        pieces: [1, 10, 100, 1000, 10_000].map((from, i) => ({
          gte: from,
          lt: i < 4 ? from * 10 : undefined,
          label: i < 4 ? `${from}–${from * 10 - 1}` : `${from} and more`,
          color: css(`heat-${i + 1}`),
        })),
      },
      xAxis: { ...axis(chart.x), nameGap: 28 },
      yAxis: { ...axis(chart.y), nameGap: 10, nameLocation: 'end', nameTextStyle: { color: soft, align: 'left' } },
      series: chart.series.map((one, i) => ({
        ...looks[one.look],
        name: one.name,
        color: css(one.colour),
        data: one.points,
        encode: { x: 0, y: 1 },
        large: one.points.length > 2000,
        markLine: i ? undefined : { silent: true, symbol: 'none', data: marks(false) },
        markArea: i ? undefined : { silent: true, data: marks(true) },
      })),
    };
  }

  // Draws a chart, or draws it anew with other points: live pages and filters call it again.
  function draw(chart) {
    const place = document.querySelector(`[data-chart="${chart.id}"]`);
    if (!place) return;
    const known = drawn.get(chart.id);
    if (chart.series.some((one) => one.look === 'heat')) place.style.height = '28rem';
    const instance = known?.instance ?? echarts.init(place);
    const hidden = known?.hidden ?? new Set();
    drawn.set(chart.id, { chart, instance, hidden });
    instance.setOption(option(chart), { notMerge: true });
    hidden.forEach((name) => instance.dispatchAction({ type: 'legendUnSelect', name }));
    legend(chart, hidden);
    const figures = document.querySelector(`[data-figures="${chart.id}"]`);
    if (figures?.open) tell(figures, chart);
    if (!known) {
      new ResizeObserver(() => instance.resize()).observe(place);
      figures?.addEventListener('toggle', () => figures.open && tell(figures, drawn.get(chart.id).chart));
    }
  }

  // Buttons, since ECharts' own legend cannot be reached with a keyboard.
  function legend(chart, hidden) {
    const place = document.querySelector(`[data-legend="${chart.id}"]`);
    if (!place || chart.series.length < 2) return;
    const names = chart.series.map((one) => one.name).join('\n');
    if (place.dataset.names !== names) {
      place.dataset.names = names;
      place.replaceChildren(
        ...chart.series.map((one) => {
          const button = make('button', { type: 'button', textContent: one.name });
          button.prepend(make('i'));
          button.addEventListener('click', () => {
            if (!hidden.delete(one.name)) hidden.add(one.name);
            drawn.get(chart.id).instance.dispatchAction({ type: 'legendToggleSelect', name: one.name });
            button.setAttribute('aria-pressed', String(!hidden.has(one.name)));
          });
          return button;
        }),
      );
    }
    [...place.children].forEach((button, i) => {
      button.setAttribute('aria-pressed', String(!hidden.has(chart.series[i].name)));
      button.firstChild.style.background = css(chart.series[i].colour);
    });
  }

  const TOLD_MAX = 1000;

  // A chart's figures as a table: a row for each place on its x axis, or for each point where y has names.
  function tell(figures, chart) {
    const heat = chart.series.some((one) => one.look === 'heat');
    const each = heat || chart.y.scale === 'category' || chart.series.every((one) => one.look === 'dots');
    const rows = [];
    if (each) {
      rows.push(['series', chart.x.name, chart.y.name || 'of', ...(heat ? ['count'] : [])]);
      for (const one of chart.series) {
        for (const [x, y, n] of one.points) {
          rows.push([one.name, text(chart.x, x), text(chart.y, y), ...(heat ? [String(n)] : [])]);
        }
      }
    } else {
      rows.push([chart.x.name, ...chart.series.map((one) => one.name)]);
      const places = new Set(chart.series.flatMap((one) => one.points.map(([x]) => x)));
      const columns = chart.series.map((one) => new Map(one.points));
      for (const x of [...places].sort((a, b) => a - b)) {
        rows.push([text(chart.x, x), ...columns.map((column) => text(chart.y, column.get(x)))]);
      }
    }
    const wide = make('div', { className: 'wide tall compact', tabIndex: 0 });
    wide.setAttribute('role', 'region');
    wide.setAttribute('aria-label', `The figures of ${chart.title}`);
    wide.append(table(rows.slice(0, TOLD_MAX + 1)));
    const left = rows.length - 1 - TOLD_MAX;
    figures.replaceChildren(
      figures.firstElementChild,
      wide,
      ...(left > 0 ? [make('p', { textContent: `and ${left} more rows`, className: 'soft' })] : []),
    );
  }

  // Rows of text as a table, the first one its head.
  function table([head, ...rows]) {
    const line = (cells, first, name) => {
      const row = make('tr');
      cells.forEach((cell, i) => {
        const one = make(i ? name : 'th', { textContent: cell });
        if (one.tagName === 'TH') one.scope = first;
        row.append(one);
      });
      return row;
    };
    const whole = make('table');
    const top = make('thead');
    const body = make('tbody');
    top.append(line(head, 'col', 'th'));
    body.append(...rows.map((row) => line(row, 'row', 'td')));
    whole.append(top, body);
    return whole;
  }

  // A select for each column; `changed` is told which rows all of them let through. A row may have several values.
  function filters(place, rows, columns, changed) {
    const chosen = {};
    const count = make('output');
    const values = (row, name) => [columns[name](row)].flat().map(String);
    const apply = () => {
      const left = rows.filter((row) => Object.entries(chosen).every(([name, value]) => values(row, name).includes(value)));
      count.textContent = `${left.length} of ${rows.length}`;
      changed(left);
    };
    for (const name of Object.keys(columns)) {
      const all = new Set(rows.flatMap((row) => values(row, name)));
      if (all.size < 2) continue; // nothing to choose from
      const select = make('select');
      const known = [...all].filter(Boolean);
      known.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
      select.append(new Option('all', ''), ...known.map((value) => new Option(value, value)));
      select.addEventListener('change', () => {
        if (select.value) chosen[name] = select.value;
        else delete chosen[name];
        apply();
      });
      const label = make('label', { textContent: name });
      label.append(select);
      place.append(label);
    }
    place.append(count);
    apply();
  }

  const redraw = () => drawn.forEach(({ chart }) => draw(chart));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  (data.charts ?? []).forEach(draw);

  return { data, draw, drawn, filters, table, units };
})();
