// Asks the run's own process how it stands, every second, and draws what it says.
'use strict';

(() => {
  const EVERY_MS = 1000;
  const { data, draw, make } = firstline;
  const place = (id) => document.getElementById(id);
  let last = 0;
  let before = [0];

  function add(point) {
    const seconds = Math.max(0.1, point[0] - before[0]);
    for (const chart of data.charts) {
      data.columns[chart.id].forEach(({ at, perS }, i) => {
        const value = perS ? (point[at] - (before[at] ?? 0)) / seconds : point[at];
        chart.series[i].points.push([point[0], value]);
      });
    }
    before = point;
    last = point[0];
  }

  function outcomes(counts) {
    const rows = Object.entries(counts).sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
    if (!rows.length) return;
    const body = make('tbody');
    for (const [name, count] of rows) {
      const row = make('tr');
      const head = make('th', { textContent: name, scope: 'row' });
      row.append(head, make('td', { textContent: String(count), className: 'n' }));
      body.append(row);
    }
    const table = make('table');
    table.append(body);
    place('outcomes').replaceChildren(table);
  }

  function over(answer) {
    place('state').textContent = `Over, ${answer.verdict}`;
    place('state').className = answer.style;
    const link = place('report').querySelector('a');
    link.textContent = answer.report;
    link.href = new URL(`file://${encodeURI(answer.report)}`).href;
    place('report').hidden = false;
  }

  async function ask() {
    try {
      const response = await fetch(`data?after=${last}`, { cache: 'no-store' });
      const answer = await response.json();
      answer.points.forEach(add);
      if (answer.points.length) data.charts.forEach(draw);
      place('line').textContent = answer.line;
      if (answer.now) outcomes(answer.now.outcomes);
      if (answer.over) {
        over(answer);
        return;
      }
    } catch {
      place('state').textContent = 'No answer';
      place('line').textContent = 'The process of the run is gone, or busy. What is shown is what it said last.';
    }
    setTimeout(ask, EVERY_MS);
  }

  ask();
})();
