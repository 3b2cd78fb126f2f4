// The turns to look at, as timelines and as a table: both show what the filters let through.
'use strict';

(() => {
  const { data, draw, filters, table, units } = firstline;
  const DRAWN_MAX = 30;
  const empty = data.charts.find((chart) => chart.id === 'slowest');
  const place = document.querySelector('[data-chart="slowest"]');
  const rows = document.getElementById('turns');
  const name = (turn) => `${turn.journey} ${turn.number} · ${turn.turn || turn.call}`;
  const ms = (value) => (value == null ? '–' : units.ms(value));

  // What a turn did until when, each part on top of the one before it.
  function parts(turn) {
    const headers = turn.headers ?? turn.first ?? turn.end;
    const first = turn.first ?? turn.end;
    const none = turn.first == null;
    return {
      lag: turn.lag,
      'until headers': Math.max(0, Math.min(headers, first) - turn.lag),
      'until first line': none ? 0 : Math.max(0, first - Math.max(headers, turn.lag)),
      'no line came': none ? Math.max(0, turn.end - Math.max(headers, turn.lag)) : 0,
      'until the end': none ? 0 : turn.end - first,
    };
  }

  const looks = {
    lag: 'c2',
    'until headers': 'c3',
    'until first line': 'c1',
    'no line came': 'ill',
    'until the end': 'heat-1',
  };

  function show(turns) {
    const drawn = turns.slice(0, DRAWN_MAX).reverse(); // the first one stands on top
    place.style.height = `${drawn.length * 22 + 100}px`;
    draw({
      ...empty,
      y: { ...empty.y, categories: drawn.map(name) },
      series: [
        ...Object.entries(looks).map(([part, colour]) => ({
          name: part,
          look: 'stack',
          colour,
          points: drawn.map((turn, row) => [parts(turn)[part], row]),
        })),
        { name: 'lines', look: 'mark', colour: 'ink', points: drawn.flatMap((turn, row) => turn.lines.map((at) => [at, row])) },
      ],
    });
    rows.replaceChildren(
      table([
        ['turn', 'due at', 'outcome', 'first line', 'lag', 'longest gap', 'end', 'lines', 'first content', 'rules', 'why here'],
        ...turns.map((turn) => [
          name(turn),
          units.clock(turn.at_s),
          turn.outcome,
          turn.first == null ? `none in ${ms(turn.ttfl)}` : ms(turn.ttfl),
          ms(turn.lag),
          ms(turn.gap),
          ms(turn.end),
          String(turn.lines.length + turn.unshown),
          turn.kind ?? '–',
          turn.rules.join(', '),
          turn.chosen.join(', '),
        ]),
      ]),
    );
  }

  const columns = {
    'why here': (turn) => turn.chosen,
    outcome: (turn) => turn.outcome,
    journey: (turn) => turn.journey,
    turn: (turn) => turn.turn || turn.call,
    rule: (turn) => (turn.rules.length ? turn.rules : ['']),
  };
  filters(document.getElementById('turn-filters'), data.turns, columns, show);
})();
