// Hides the runs that the filters do not let through.
'use strict';

(() => {
  const rows = [...document.querySelectorAll('#runs tbody tr')];
  const columns = {
    verdict: (row) => row.dataset.verdict,
    simulation: (row) => row.dataset.simulation,
    target: (row) => row.dataset.target,
  };
  firstline.filters(document.getElementById('run-filters'), rows, columns, (left) => {
    const shown = new Set(left);
    rows.forEach((row) => (row.hidden = !shown.has(row)));
  });
})();
